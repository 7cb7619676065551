"""``python -m treves``."""

from treves.cli import main

main()
