import os
import socket
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from launcher import index, process
from launcher.index import Indexes


def default():
    return "https://default"


def unasked():
    raise AssertionError("the default was asked for though it is not needed")


NO_PROXY = {"HTTPS_PROXY": "", "https_proxy": "", "ALL_PROXY": ""}


@mock.patch.dict(os.environ, NO_PROXY)
class ParseTest(unittest.TestCase):
    def test_knows_the_default(self):
        self.assertEqual(Indexes(["https://default"], False, False), index.parse("", default))

    def test_reads_the_default_from_the_help_of_pip(self):
        usage = "  -i, --index-url <url>       Base URL of the index (default\n      https://default/simple). It should"
        self.assertEqual("https://default/simple", index.default_of(usage))
        self.assertEqual("", index.default_of("usage: pip"))

    def test_understands_the_pip_that_is_here(self):
        usage = process.output([sys.executable, "-m", "pip", "install", "--help"], seconds=120)
        self.assertRegex(index.default_of(usage), "^https?://[^/]+/.+")

    def test_reads_several_extra_indexes(self):
        listing = "global.extra-index-url='https://a/simple https://b/simple'\nglobal.index-url='https://c/simple'"
        self.assertEqual(["https://c/simple", "https://a/simple", "https://b/simple"], index.parse(listing, unasked).urls)

    def test_reads_values_on_several_lines(self):
        listing = "global.extra-index-url='\\nhttps://a/simple\\nhttps://b/simple'"
        self.assertEqual(["https://a/simple", "https://b/simple"], index.parse(listing, default).urls[1:])

    def test_ranks_the_environment_over_files(self):
        listing = ":env:.index-url='https://env'\nglobal.index-url='https://global'\ninstall.index-url='https://install'"
        self.assertEqual(["https://env"], index.parse(listing, unasked).urls)

    def test_knows_that_the_index_may_be_switched_off(self):
        listing = "global.no-index='true'\nglobal.find-links='/wheels'"
        self.assertEqual(Indexes([], True, False), index.parse(listing, unasked))

    def test_sees_a_proxy(self):
        self.assertTrue(index.parse("global.proxy='http://proxy:3128'", default).proxied)


class ReachableTest(unittest.TestCase):
    def test_tells_folders_that_are_there(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assertTrue(index.reachable(Path(folder).as_uri()))
        self.assertFalse(index.reachable(Path(folder).as_uri()))

    def test_tells_hosts_that_answer(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
            self.assertTrue(index.reachable(f"http://127.0.0.1:{port}/simple"))
        self.assertFalse(index.reachable(f"http://127.0.0.1:{port}/simple"))


class PipEnvironmentTest(unittest.TestCase):
    INDEXES = Indexes(["https://a", "https://b", "https://c"], False, False)

    def test_leaves_pip_alone_when_all_answer(self):
        self.assertEqual({}, index.pip_environment(self.INDEXES, ["https://a", "https://b", "https://c"]))

    def test_moves_up_the_next_when_the_first_is_silent(self):
        expected = {"PIP_INDEX_URL": "https://b", "PIP_EXTRA_INDEX_URL": "https://c"}
        self.assertEqual(expected, index.pip_environment(self.INDEXES, ["https://b", "https://c"]))

    def test_asks_no_index_when_none_answers(self):
        self.assertEqual({"PIP_NO_INDEX": "1"}, index.pip_environment(self.INDEXES, []))


if __name__ == "__main__":
    unittest.main()
