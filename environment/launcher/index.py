"""Which of pip's package indexes answer, so that pip does not wait for one that does not."""

import os
import re
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from launcher import process

_SECONDS = 4.0


@dataclass(frozen=True)
class Indexes:
    """The indexes pip is configured for, the main one first, and whether it has other sources."""

    urls: list[str]
    find_links: bool
    proxied: bool


def configured(python: Path | str = sys.executable) -> Indexes:
    """Reads pip's own configuration: files, then environment, as pip ranks them."""
    pip = [str(python), "-m", "pip"]
    listing = process.output([*pip, "config", "list"], seconds=120)
    return parse(listing, lambda: default_of(process.output([*pip, "install", "--help"], seconds=120)))


def default_of(usage: str) -> str:
    """The index that pip asks where none is configured, as its own help text names it; empty where it does not."""
    found = re.search(r"--index-url.*?\(default:?\s+(\S+?)\)", usage, re.DOTALL)
    return found.group(1) if found else ""


def parse(listing: str, default: Callable[[], str]) -> Indexes:
    """Reads what ``pip config list`` prints: lines such as ``global.index-url='https://...'``.

    ``default`` is asked for the main index only where none is configured, because the answer starts pip once more.
    """
    values: dict[str, dict[str, str]] = {}
    for line in listing.splitlines():
        name, separator, value = line.partition("=")
        section, _, key = name.strip().rpartition(".")
        if separator and section in ("global", "install", ":env:"):
            values.setdefault(key, {})[section] = value.strip().strip("'\"")
    chosen = {key: next(by[s] for s in (":env:", "install", "global") if s in by) for key, by in values.items()}
    none = chosen.get("no-index", "").lower() in ("1", "true", "yes", "on")
    main = [] if none else [url for url in [chosen.get("index-url") or default()] if url]
    # pip prints several values with an escaped line break between them.
    extra = chosen.get("extra-index-url", "").replace("\\n", " ").split()
    proxied = "proxy" in chosen or any(os.environ.get(n) for n in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"))
    return Indexes(main + extra, "find-links" in chosen, proxied)


def reachable(url: str, seconds: float = _SECONDS) -> bool:
    """Whether an index answers at all: a folder that exists, or a host that takes a connection."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return Path(url2pathname(parts.path)).is_dir()
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        socket.create_connection((parts.hostname or "", port), timeout=seconds).close()
        return True
    except OSError:
        return False


def pip_environment(indexes: Indexes, answering: list[str]) -> dict[str, str]:
    """Variables that make pip ask only the indexes that answer; empty where all of them do."""
    if answering == indexes.urls:
        return {}
    if not answering:
        return {"PIP_NO_INDEX": "1"}
    return {"PIP_INDEX_URL": answering[0], "PIP_EXTRA_INDEX_URL": " ".join(answering[1:])}
