"""The pages that people live in, designed by hand. A new page is a new file and one line in this list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from casetracker.ui.desk import Desk
from casetracker.ui.pages.case.edit import new_case
from casetracker.ui.pages.case.page import CasePage
from casetracker.ui.pages.family.edit import new_family
from casetracker.ui.pages.family.page import FamilyPage
from casetracker.ui.pages.meeting.edit import new_meeting
from casetracker.ui.pages.meeting.page import MeetingPage
from casetracker.ui.pages.overview import OverviewPage
from casetracker.ui.pages.page import Page
from casetracker.ui.pages.person.edit import new_person
from casetracker.ui.pages.person.page import PersonPage
from casetracker.ui.pages.promises import PromisesPage
from casetracker.ui.pages.protest.edit import new_protest
from casetracker.ui.pages.protest.page import ProtestPage


def reports_page(desk: Desk) -> Page:
    """Make the page of reports; only then are ReportLab and QtPdf loaded."""
    from casetracker.ui.pages.reports import ReportsPage

    return ReportsPage(desk)


PAGES: dict[str, Callable[[Desk], Page]] = {
    "overview": OverviewPage,
    "cases": CasePage,
    "people": PersonPage,
    "families": FamilyPage,
    "protests": ProtestPage,
    "meetings": MeetingPage,
    "promises": PromisesPage,
    "reports": reports_page,
}

NEW: dict[str, Callable[[QWidget, Desk], Any]] = {
    "cases": new_case,
    "families": new_family,
    "people": new_person,
    "protests": new_protest,
    "meetings": new_meeting,
}


def new_record(key: str, parent: QWidget, desk: Desk) -> Any:
    """Open the dialog for a new record of a page's kind and return it."""
    return NEW[key](parent, desk)
