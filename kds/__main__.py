"""`python -m kds`: a kitchen screen, on a node of this machine or in a scene."""

import sys

from common.ui.program import main
from kds.app import ROOM

if __name__ == "__main__":
    sys.exit(main(ROOM))
