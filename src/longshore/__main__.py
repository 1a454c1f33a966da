"""`python -m longshore`: the same as the command `longshore`."""

from __future__ import annotations

from longshore.cli import main

if __name__ == "__main__":
    main()
