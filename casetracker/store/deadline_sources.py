"""All sources of deadlines; a new one is a query with its words and a line in one of the two lists."""

from __future__ import annotations

from casetracker.store import deadline_families, deadline_officials
from casetracker.store.deadline import Source

EVERY: tuple[Source, ...] = (*deadline_officials.SOURCES, *deadline_families.SOURCES)
