"""The example casebook: public facts of October 2021 as they stand, and invented families around them."""

from __future__ import annotations

import datetime as dt

# What `make demo` and the pictures of the window are made as of: the promise of 4 October is overdue, and the
# second meeting is three days away.
EXAMPLE_DAY = dt.date(2021, 11, 12)
USER = "A. Serik"
CASE_SHOWN = "CT-7F3Q"
NEXT_MEETING = "MT-T7VG"
