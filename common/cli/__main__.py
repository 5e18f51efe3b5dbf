"""`python -m common.cli`."""

from common.cli import main

main()
