import contextlib
import io
import unittest
from unittest import mock

from launcher import cli, commands
from launcher.problem import INTERRUPTED, USAGE, Problem


class DispatchTest(unittest.TestCase):
    def call(self, *arguments: str) -> tuple[int, str]:
        errors = io.StringIO()
        with contextlib.redirect_stderr(errors), contextlib.redirect_stdout(io.StringIO()):
            return cli.main(arguments), errors.getvalue()

    def assert_calls(self, function: str, *expected, given: list[str]):
        with mock.patch.object(commands, function, return_value=0) as called:
            self.assertEqual((0, ""), self.call(*given))
        called.assert_called_once_with(*expected)

    def test_opens_jupyterlab_and_hands_on_what_follows_the_dashes(self):
        self.assert_calls("open_jupyterlab", [], given=[])
        self.assert_calls("open_jupyterlab", ["--no-browser"], given=["--", "--no-browser"])

    def test_runs_notebooks(self):
        self.assert_calls("run_notebooks", [], ["--timeout=0"], given=["run"])
        self.assert_calls("run_notebooks", ["01"], ["--write", "--quick", "--timeout=9"], given="run 01 --write --quick --timeout 9".split())

    def test_hands_other_words_to_java(self):
        self.assert_calls("run_java", ["encode", "--model", "m"], given=["encode", "--model", "m"])
        self.assert_calls("run_java", ["help", "encode"], given=["help", "encode"])

    def test_corrects_a_slip_before_it_builds_anything(self):
        self.assertEqual((USAGE, "lab: 'doctr' is not a command; did you mean lab doctor?\n"), self.call("doctr"))

    def test_says_where_options_of_jupyterlab_go(self):
        code, errors = self.call("--no-browser")
        self.assertEqual(USAGE, code)
        self.assertIn("lab -- --no-browser", errors)

    def test_turns_failures_into_one_sentence_and_a_code(self):
        for failure, code, sentence in (
            (Problem("It broke.", 3), 3, "lab: It broke.\n"),
            (KeyboardInterrupt(), INTERRUPTED, "lab: interrupted.\n"),
            (PermissionError(13, "Permission denied", "/x"), 1, "lab: Permission denied: /x.\n"),
        ):
            with mock.patch.object(commands, "build_all", side_effect=failure):
                self.assertEqual((code, sentence), self.call("build"))

    def test_refuses_a_notebook_that_is_not_there(self):
        code, errors = self.call("run", "no-such-notebook")
        self.assertEqual(USAGE, code)
        self.assertIn("'no-such-notebook' is no notebook", errors)


if __name__ == "__main__":
    unittest.main()
