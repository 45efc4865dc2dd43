"""``python -m ecliptic``: the same as the command ``ecliptic``."""

from ecliptic.cli import main

if __name__ == "__main__":
    main()
