import contextlib
import io
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from launcher import build, kernelspec, places, process
from launcher.console import Step, say
from launcher.problem import MISSING, Problem


class FingerprintTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        for name in ("pom.xml", "lib/core/pom.xml", "lib/core/src/main/java/A.java", "environment/kernel/pom.xml"):
            self.write(name, name)
        patches = mock.patch.multiple(places, ROOT=self.root, ENVIRONMENT=self.root / "environment")
        patches.start()
        self.addCleanup(patches.stop)

    def write(self, name: str, text: str) -> None:
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def changes(self, name: str, text: str) -> bool:
        before = build.fingerprint()
        self.write(name, text)
        return build.fingerprint() != before

    def test_sees_changed_and_new_sources(self):
        self.assertTrue(self.changes("lib/core/src/main/java/A.java", "other"))
        self.assertTrue(self.changes("lib/core/src/main/resources/new.txt", ""))
        self.assertTrue(self.changes("environment/kernel/pom.xml", "other"))

    def test_overlooks_tests_and_touched_files(self):
        self.assertFalse(self.changes("lib/core/src/test/java/T.java", "test"))
        self.assertFalse(self.changes("lib/core/src/main/java/A.java", "lib/core/src/main/java/A.java"))


class ComplaintTest(unittest.TestCase):
    def test_keeps_the_cause_and_leaves_out_the_advice(self):
        said = [
            "[INFO] BUILD FAILURE",
            "[ERROR] /a/B.java:[3,5] ';' expected",
            "[ERROR] ",
            "[ERROR] Re-run Maven using the -X switch to enable full debug logging.",
            "[ERROR] [Help 1] an address",
            "[ERROR]   mvn <args> -rf :embedlab-core",
        ]
        self.assertEqual(said[1:2], [line for line in said if build.says_what_failed(line)])


class MavenTest(unittest.TestCase):
    def test_tells_what_maven_is_doing(self):
        self.assertEqual("2 of 9: EmbedLab core", build._detail("[INFO] Building EmbedLab core 0.1.0       [2/9]"))
        self.assertEqual("downloading a-1.jar", build._detail("Downloading from central: https://host/x/a-1.jar"))
        self.assertEqual("", build._detail("[INFO] Nothing of interest"))

    def test_says_how_to_get_maven(self):
        with mock.patch.object(build.shutil, "which", return_value=None), self.assertRaises(Problem) as caught:
            build.find_maven()
        self.assertEqual(MISSING, caught.exception.code)


class FlagsTest(unittest.TestCase):
    def test_joins_a_flag_with_its_value(self):
        flags = ["--add-modules", "jdk.incubator.vector", "-Dx=1", "--enable-native-access=ALL-UNNAMED"]
        expected = ["--add-modules=jdk.incubator.vector", "-Dx=1", "--enable-native-access=ALL-UNNAMED"]
        self.assertEqual(expected, kernelspec._joined(flags))

    def test_reads_the_flags_of_the_project(self):
        self.assertIn("--add-modules=jdk.incubator.vector", kernelspec.jvm_flags())


class ProcessTest(unittest.TestCase):
    def test_logs_both_streams_and_returns_the_code(self):
        script = "import sys; print('out', flush=True); print('err', file=sys.stderr); sys.exit(7)"
        with tempfile.TemporaryDirectory() as folder:
            log, seen = Path(folder) / "logs" / "x.log", []
            self.assertEqual(7, process.logged([sys.executable, "-c", script], log, seen.append))
            self.assertEqual(["out", "err"], seen)
            self.assertEqual("err", process.last_lines(log, 1))

    def test_survives_a_program_that_is_not_there(self):
        self.assertFalse(process.succeeds(["no-such-program"]))
        self.assertEqual("", process.output(["no-such-program"]))

    def test_leaves_out_one_line_and_nothing_else(self):
        for printed, shown in (("noise 1\\nreal\\n", "real\n"), ("real\\nnoise\\n", "real\nnoise\n"), ("noi", "noi")):
            with self.subTest(printed):
                self.assertEqual(shown, self.filtered(f"import sys; sys.stderr.write('{printed}'); sys.exit(3)"))

    def filtered(self, script: str) -> str:
        call = f"from launcher import process; sys.exit(process.without_line([sys.executable, '-c', {script!r}], None, b'noise'))"
        done = subprocess.run(
            [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(places.ENVIRONMENT)!r}); {call}"],
            stderr=subprocess.PIPE,
            text=True,
        )
        self.assertEqual(3, done.returncode)
        return done.stderr


class StepTest(unittest.TestCase):
    def test_leaves_standard_output_to_what_a_command_computes(self):
        out, errors = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(errors), Step("Doing"):
            say("a word")
        self.assertEqual("", out.getvalue())
        self.assertRegex(errors.getvalue(), r"Doing \.\.\.\na word\nDoing: [0-9.]+ s\n")

    def test_passes_an_error_on(self):
        with self.assertRaises(Problem), mock.patch("builtins.print"), Step("Doing"):
            raise Problem("It broke.")


if __name__ == "__main__":
    unittest.main()
