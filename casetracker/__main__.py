"""Start the program: `python -m casetracker`, and the command `casetracker`."""

from __future__ import annotations

from casetracker.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    raise SystemExit(main())
