"""How much memory this machine lends us, and how much of it a kernel's heap takes."""

import ctypes
import os
import re
from pathlib import Path

from launcher.problem import USAGE, Problem

GIB = 1 << 30
_CGROUP_LIMITS = ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"]


def total() -> int:
    """Bytes of memory: the machine's, or the container's where that is less."""
    if os.name == "nt":
        return _windows_total()
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return min([machine, *_container_limits()])


def heap(memory: int) -> str:
    """The -Xmx of a kernel, such as 4096m: EMBEDLAB_HEAP, else 40 % of memory from 1 to 8 GiB.

    The rest is for what PyTorch and mapped files take outside the heap, and for the browser.
    """
    chosen = os.environ.get("EMBEDLAB_HEAP")
    if chosen:
        if not re.fullmatch(r"\d+[kKmMgG]?", chosen):
            raise Problem(f"EMBEDLAB_HEAP is '{chosen}': write a size as Java does, such as 4g or 6000m.", USAGE)
        return chosen
    return f"{max(1 * GIB, min(8 * GIB, memory * 2 // 5)) >> 20}m"


def _container_limits() -> list[int]:
    limits = []
    for place in _CGROUP_LIMITS:
        try:
            limits.append(int(Path(place).read_text()))
        except (OSError, ValueError):
            continue  # no such file, or "max": no limit
    return limits


def _windows_total() -> int:
    class Status(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ulong), ("load", ctypes.c_ulong)] + [
            (name, ctypes.c_ulonglong)
            for name in ("total", "available", "page_total", "page_available", "virtual", "virtual_available", "extended")
        ]

    status = Status()
    status.length = ctypes.sizeof(Status)
    ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status))
    return status.total
