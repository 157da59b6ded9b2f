"""A guard against a fault of PySide6 6.12 that ends the program under Python 3.11 and older.

Its functions that return nothing hand out `None` without counting the reference (they were built for Python
3.12, where `None` is never counted). Each call takes one reference away; after some thousands of calls Python
stops with "deallocating None". PySide6 6.11.3 and Python 3.12 do not have the fault. Take this file away when
the lock no longer allows both.
"""

from __future__ import annotations

import ctypes
import platform
import sys

_ENOUGH = 1 << 40  # calls; more than a century of drawing


def keep_none() -> None:
    """Give `None` so many references that it outlives every session; does nothing where none are lost."""
    if sys.version_info >= (3, 12) or platform.python_implementation() != "CPython":
        return
    if sys.getrefcount(None) < _ENOUGH // 2:
        ctypes.c_ssize_t.from_address(id(None)).value += _ENOUGH  # the count is the first field of an object
