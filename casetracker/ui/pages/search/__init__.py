"""The page that shows everything a search finds."""

from casetracker.ui.pages.search.page import SearchPage

__all__ = ["SearchPage"]
