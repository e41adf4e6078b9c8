"""`python -m oppsummering`."""

from oppsummering.cli.app import main

if __name__ == "__main__":
    main()
