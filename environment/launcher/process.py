"""Runs other programs with their output in a log file, and ends them when the reader does."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path


def logged(
    command: Sequence[str],
    log: Path,
    on_line: Callable[[str], None] = lambda line: None,
    env: dict[str, str] | None = None,
    cwd: Path | None = None,
) -> int:
    """Runs a command to its end, writes both its streams to ``log`` and returns its exit code."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w", encoding="utf-8") as out:
        with subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=env,
            cwd=cwd,
            text=True,
            encoding="utf-8",
            errors="replace",
        ) as child:
            try:
                for line in child.stdout:
                    out.write(line)
                    on_line(line.rstrip())
                return child.wait()
            except BaseException:
                _end(child)
                raise


def succeeds(command: Sequence[str], seconds: float = 20) -> bool:
    """Whether a short command ends with 0."""
    try:
        done = subprocess.run(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def output(command: Sequence[str], seconds: float = 20, env: dict[str, str] | None = None) -> str:
    """What a short command prints, both streams; empty where it cannot be run."""
    try:
        done = subprocess.run(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=seconds,
            env=env,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout


def without_line(command: Sequence[str], env: dict[str, str], start: bytes) -> int:
    """Runs a command on this terminal and leaves out its first line on standard error if it begins so."""
    with subprocess.Popen([str(part) for part in command], env=env, stderr=subprocess.PIPE) as child:
        pump = threading.Thread(target=_pump, args=(child.stderr.fileno(), start), daemon=True)
        pump.start()
        while True:
            try:
                code = child.wait()
                pump.join()
                return code if code >= 0 else 128 - code  # ended by a signal: as a shell counts it
            except KeyboardInterrupt:
                continue  # the child has been interrupted too and decides what that means


def become(command: Sequence[str], env: dict[str, str], cwd: Path | None = None) -> int:
    """Hands the terminal over to a command: replaces this process where the system can."""
    command = [str(part) for part in command]
    if cwd is not None:
        os.chdir(cwd)
    if os.name == "nt":
        child = subprocess.Popen(command, env=env)
        while True:
            try:
                return child.wait()
            except KeyboardInterrupt:
                continue  # the child has been interrupted too and decides what that means
    os.execve(command[0], command, env)


def last_lines(log: Path, count: int, keep: Callable[[str], bool] = lambda line: True) -> str:
    """The last lines of a log, to show under a failure."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return "\n".join([line for line in lines if line.strip() and keep(line)][-count:])


def _pump(source: int, start: bytes) -> None:
    held: bytes | None = b""
    while chunk := os.read(source, 1 << 16):
        if held is not None:
            held += chunk
            if b"\n" not in held and start.startswith(held[: len(start)]):
                continue  # may still become the line
            chunk = held.partition(b"\n")[2] if held.startswith(start) else held
            held = None
        sys.stderr.buffer.write(chunk)
        sys.stderr.buffer.flush()
    if held:
        sys.stderr.buffer.write(held)
        sys.stderr.buffer.flush()


def _end(child: subprocess.Popen) -> None:
    child.terminate()
    timer = threading.Timer(5, child.kill)
    timer.start()
    child.wait()
    timer.cancel()
