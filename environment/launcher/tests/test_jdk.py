import contextlib
import os
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from launcher import jdk
from launcher.problem import MISSING, Problem


def make(folder: Path, version: str | None, compiler: bool = True) -> Path:
    """A folder that looks like a JDK, or like a runtime without a compiler."""
    (folder / "bin").mkdir(parents=True)
    if compiler:
        (folder / "bin" / ("javac.exe" if os.name == "nt" else "javac")).touch()
    if version:
        (folder / "release").write_text(f'IMPLEMENTOR="X"\nJAVA_VERSION="{version}"\n')
    return folder


class FindTest(unittest.TestCase):
    def setUp(self):
        self.stack = contextlib.ExitStack()
        self.addCleanup(self.stack.close)
        self.folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))

    def among(self, *homes: Path):
        return mock.patch.object(jdk, "candidates", lambda: iter(homes))

    def test_reads_feature_releases_of_all_ages(self):
        self.assertEqual([25, 25, 8, 9], [jdk.feature_of(v) for v in ("25", "25.0.3", "1.8.0_392", "9-ea")])

    def test_takes_the_first_that_fits_exactly(self):
        homes = [make(self.folder / n, v) for n, v in (("a", "17.0.1"), ("b", "26"), ("c", "25.0.1"), ("d", "25.0.3"))]
        with self.among(*homes):
            self.assertEqual(self.folder / "c", jdk.find().home)

    def test_takes_the_nearest_later_one_otherwise(self):
        homes = [make(self.folder / n, v) for n, v in (("a", "27"), ("b", "26.0.1"), ("c", "21"))]
        with self.among(*homes):
            self.assertEqual("26.0.1", jdk.find().version)

    def test_passes_over_runtimes_and_broken_folders(self):
        homes = [make(self.folder / "jre", "25", compiler=False), self.folder / "gone", make(self.folder / "mute", None)]
        with self.among(*homes), self.assertRaises(Problem):
            jdk.find()

    def test_names_what_it_found_instead(self):
        with self.among(make(self.folder / "a", "17.0.1")), self.assertRaises(Problem) as caught:
            jdk.find()
        self.assertEqual(MISSING, caught.exception.code)
        self.assertIn("found only 17.0.1", str(caught.exception))

    def test_asks_java_home_first(self):
        home = make(self.folder / "mine", "25")
        with mock.patch.dict(os.environ, {"JAVA_HOME": str(home)}):
            self.assertEqual(home, next(jdk.candidates()))


if __name__ == "__main__":
    unittest.main()
