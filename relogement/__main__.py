"""`python -m relogement` is `relogement`."""

from relogement.cli import main

main()
