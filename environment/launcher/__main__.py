"""Entry point: ``python environment/launcher ARGUMENTS``."""

import sys
from pathlib import Path

if sys.version_info < (3, 10):
    sys.exit("lab: Python 3.10 or later is needed, this is %d.%d." % sys.version_info[:2])

# Run as a folder, Python puts the folder itself first on the path; the package is one level up.
sys.path[0] = str(Path(__file__).resolve().parent.parent)

from launcher.cli import main  # noqa: E402

sys.exit(main(sys.argv[1:]))
