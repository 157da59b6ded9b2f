"""The ledger of promises, and the page of one promise."""

from casetracker.ui.pages.promises.page import PromisesPage

__all__ = ["PromisesPage"]
