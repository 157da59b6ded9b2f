"""Lists and rules: terms, tags and places."""

from casetracker.ui.pages.lists.page import ListsPage

__all__ = ["ListsPage"]
