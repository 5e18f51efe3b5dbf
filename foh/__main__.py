"""`python -m foh`: the counter's screen, on a node of this machine or in a scene."""

import sys

from common.ui.program import main
from foh.app import ROOM

if __name__ == "__main__":
    sys.exit(main(ROOM))
