"""`python -m exactfact` is the `exactfact` command."""

import sys

from exactfact.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
