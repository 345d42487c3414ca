import os
import unittest
from unittest import mock

from launcher import memory
from launcher.problem import Problem


class HeapTest(unittest.TestCase):
    def heap(self, gib: float, chosen: str = "") -> str:
        with mock.patch.dict(os.environ, {"EMBEDLAB_HEAP": chosen}):
            return memory.heap(int(gib * memory.GIB))

    def test_takes_two_fifths_between_one_and_eight_gib(self):
        self.assertEqual(["1024m", "3276m", "6553m", "8192m"], [self.heap(gib) for gib in (1, 8, 16, 64)])

    def test_takes_the_readers_size(self):
        self.assertEqual("6g", self.heap(16, "6g"))

    def test_refuses_what_java_would_not_read(self):
        with self.assertRaisesRegex(Problem, "EMBEDLAB_HEAP is 'much'"):
            self.heap(16, "much")

    def test_finds_some_memory_on_this_machine(self):
        self.assertGreater(memory.total(), 100 << 20)


if __name__ == "__main__":
    unittest.main()
