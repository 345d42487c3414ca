"""The one exception that ends the command with a sentence instead of a traceback."""

# Exit codes, as `lab --help` lists them.
FAILED = 1
USAGE = 2
MISSING = 3
INTERRUPTED = 130


class Problem(Exception):
    """Something the reader can act on: one sentence that says what is wrong and what to do."""

    def __init__(self, sentence: str, code: int = FAILED):
        super().__init__(sentence)
        self.code = code
