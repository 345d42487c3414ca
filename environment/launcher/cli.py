"""Reads the arguments and ends with an exit code."""

import argparse
import difflib
import sys
from collections.abc import Sequence

from launcher import commands, doctor
from launcher.console import complain
from launcher.problem import INTERRUPTED, USAGE, Problem

USAGE_TEXT = """\
usage: lab [COMMAND] [OPTIONS] [-- JUPYTERLAB OPTIONS]

  lab                       build what has changed and open JupyterLab on the notebooks
  lab run [NOTEBOOK...]     run notebooks without a browser; report in target/notebooks/report.html
      --write               keep the outputs in the notebooks themselves
      --quick               shrink the long ones (EMBEDLAB_QUICK=1)
      --timeout SECONDS     give up on a cell after this long (default: never)
  lab build                 prepare everything, open nothing
  lab doctor                what was found on this machine, and what to do about what is missing
  lab clean [--data]        remove what was built and installed; --data: built data sets as well
  lab COMMAND ...           any other command is a Java one; lab help java lists them

A notebook is a file, or the beginning of its name: lab run 01
Options for JupyterLab follow two dashes: lab -- --no-browser --port 8890
Variables: JAVA_HOME (the JDK), EMBEDLAB_HEAP (such as 4g), EMBEDLAB_DATASETS, EMBEDLAB_PYTHON
Exit codes: 0 done, 1 failed, 2 wrong arguments, 3 something is not installed, 130 interrupted
"""

_OWN = ["run", "build", "doctor", "clean", "help"]


def main(arguments: Sequence[str]) -> int:
    try:
        return dispatch(list(arguments))
    except Problem as problem:
        complain(str(problem))
        return problem.code
    except KeyboardInterrupt:
        complain("interrupted.")
        return INTERRUPTED
    except OSError as error:
        complain(f"{error.strerror or error}: {error.filename or ''}".rstrip(": ") + ".")
        return 1


def dispatch(arguments: list[str]) -> int:
    """Calls the command that the arguments name."""
    word = arguments[0] if arguments else "--"
    if word == "--":
        return commands.open_jupyterlab(arguments[1:])
    if word in ("-h", "--help") or arguments == ["help"]:
        sys.stdout.write(USAGE_TEXT)
        return 0
    if word == "help":
        return commands.run_java(["help", *arguments[1:]] if arguments[1:] != ["java"] else ["--help"])
    if word.startswith("-"):
        raise Problem(f"'{word}' is not an option of lab; JupyterLab's go after two dashes: lab -- {word}", USAGE)
    if word in _OWN:
        return _own(word, arguments[1:])
    similar = difflib.get_close_matches(word, _OWN, n=1, cutoff=0.6)
    if similar:
        raise Problem(f"'{word}' is not a command; did you mean lab {similar[0]}?", USAGE)
    return commands.run_java(arguments)


def _own(word: str, rest: list[str]) -> int:
    if word == "run":
        chosen = _run_parser().parse_args(rest)
        options = ["--write"] * chosen.write + ["--quick"] * chosen.quick
        return commands.run_notebooks(chosen.notebooks, [*options, f"--timeout={chosen.timeout}"])
    parser = argparse.ArgumentParser(prog=f"lab {word}")
    if word == "clean":
        parser.add_argument("--data", action="store_true", help="remove built data sets as well")
        return commands.clean(parser.parse_args(rest).data)
    parser.parse_args(rest)
    return doctor.examine() if word == "doctor" else commands.build_all()


def _run_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="lab run", description="Runs notebooks on the Java kernel.")
    parser.add_argument("notebooks", nargs="*", metavar="NOTEBOOK", help="files, or beginnings of names (default: all)")
    parser.add_argument("--write", action="store_true", help="keep the outputs in the notebooks themselves")
    parser.add_argument("--quick", action="store_true", help="shrink the long ones")
    parser.add_argument("--timeout", type=int, default=0, metavar="SECONDS", help="give up on a cell after this long")
    return parser
