"""What the reader sees: one line per step, alive while it lasts on a terminal.

All of it goes to the error stream: standard output belongs to what a command computes.
"""

import shutil
import sys
import time


class Step:
    """A line such as ``Building ... 12 s``; the details of the moment follow it on a terminal."""

    def __init__(self, title: str):
        self._title = title
        self._started = time.monotonic()
        self._alive = sys.stderr.isatty()

    def __enter__(self) -> "Step":
        if self._alive:
            self.now("")
        else:
            say(f"{self._title} ...")
        return self

    def now(self, detail: str) -> None:
        """Shows what is being done at this moment; on a terminal only, so logs stay short."""
        if self._alive:
            line = f"{self._title} ... {self.seconds():.0f} s  {detail}".rstrip()
            self._rewrite(line[: shutil.get_terminal_size().columns - 1])

    def seconds(self) -> float:
        return time.monotonic() - self._started

    def __exit__(self, kind, error, trace) -> None:
        if self._alive:
            self._rewrite("")
        if kind is None:
            say(f"{self._title}: {self.seconds():.1f} s")

    @staticmethod
    def _rewrite(line: str) -> None:
        sys.stderr.write("\r\x1b[K" + line)
        sys.stderr.flush()


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def complain(line: str) -> None:
    sys.stdout.flush()
    print(f"lab: {line}", file=sys.stderr, flush=True)
