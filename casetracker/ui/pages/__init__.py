"""The pages that people live in, designed by hand. A new page is a new file and one line in this list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from casetracker.i18n import N_
from casetracker.model import Appeal, Case, Entity, Facility, Family, Meeting, Person, Protest
from casetracker.model.people.user import Role
from casetracker.ui.desk import Desk
from casetracker.ui.pages.appeals.edit import new_appeal
from casetracker.ui.pages.appeals.page import AppealsPage
from casetracker.ui.pages.backups.page import BackupsPage
from casetracker.ui.pages.case.edit import new_case
from casetracker.ui.pages.case.page import CasePage
from casetracker.ui.pages.deadlines.edit import new_task
from casetracker.ui.pages.deadlines.page import DeadlinesPage
from casetracker.ui.pages.duplicates.page import DuplicatesPage
from casetracker.ui.pages.events.edit import new_event
from casetracker.ui.pages.events.page import EventsPage
from casetracker.ui.pages.exchange.page import ExchangePage
from casetracker.ui.pages.facilities import FacilitiesPage, new_facility
from casetracker.ui.pages.family.edit import new_family
from casetracker.ui.pages.family.page import FamilyPage
from casetracker.ui.pages.given_out.page import GivenOutPage
from casetracker.ui.pages.history.page import HistoryPage
from casetracker.ui.pages.intake.page import IntakePage
from casetracker.ui.pages.lists import ListsPage
from casetracker.ui.pages.meeting.edit import new_meeting
from casetracker.ui.pages.meeting.page import MeetingPage
from casetracker.ui.pages.overview import OverviewPage
from casetracker.ui.pages.page import Page
from casetracker.ui.pages.person.edit import new_person
from casetracker.ui.pages.person.page import PersonPage
from casetracker.ui.pages.promises import PromisesPage
from casetracker.ui.pages.protest.edit import new_protest
from casetracker.ui.pages.protest.page import ProtestPage
from casetracker.ui.pages.review.page import MyReviewPage
from casetracker.ui.pages.reviews.page import ReviewsPage
from casetracker.ui.pages.reviews.send import new_review
from casetracker.ui.pages.search import SearchPage
from casetracker.ui.pages.users.page import UsersPage


def reports_page(desk: Desk) -> Page:
    """Make the page of reports; only then are ReportLab and QtPdf loaded."""
    from casetracker.ui.pages.reports import ReportsPage

    return ReportsPage(desk)


@dataclass(frozen=True)
class Entry:
    """One place to go to: its key, its name in the navigation, and what makes the page.

    `counts` is the entity whose number stands beside the name; `new` opens the dialog for a new record, which
    the menu "+ New" calls `new_text`; `early` pages are made while nothing else is to do. `group` is what the
    group is called that begins with this entry.
    """

    key: str
    text: str
    page: Callable[[Desk], Page]
    counts: type[Entity] | None = None
    new: Callable[[QWidget, Desk], Any] | None = None
    new_text: str = ""
    starts_group: bool = False
    group: str = ""
    early: bool = True
    for_families: bool = False  # for representatives, and nobody else


ENTRIES: tuple[Entry, ...] = (
    Entry("overview", N_("Overview"), OverviewPage),
    Entry("deadlines", N_("Deadlines"), DeadlinesPage, new=new_task, new_text=N_("Task")),
    Entry("intake", N_("Intake day"), IntakePage, early=False),
    Entry("cases", N_("Cases"), CasePage, Case, new_case, N_("Case")),
    Entry("people", N_("People"), PersonPage, Person, new_person, N_("Person")),
    Entry("families", N_("Families"), FamilyPage, Family, new_family, N_("Family")),
    Entry(
        "facilities", N_("Facilities"), FacilitiesPage, Facility, new_facility, N_("Facility"), early=False
    ),
    Entry(
        "protests",
        N_("Protests"),
        ProtestPage,
        Protest,
        new_protest,
        N_("Protest"),
        starts_group=True,
        group=N_("Events and promises"),
    ),
    Entry("meetings", N_("Meetings"), MeetingPage, Meeting, new_meeting, N_("Meeting")),
    Entry("events", N_("Events"), EventsPage, new=new_event, new_text=N_("Event")),
    Entry("promises", N_("Promises"), PromisesPage),
    Entry("appeals", N_("Appeals"), AppealsPage, Appeal, new_appeal, N_("Appeal")),
    Entry(
        "reports", N_("Reports"), reports_page, starts_group=True, group=N_("Papers and finding"), early=False
    ),
    Entry("reviews", N_("Reviews"), ReviewsPage, new=new_review, new_text=N_("Review"), early=False),
    Entry("search", N_("Search"), SearchPage, early=False),
    Entry("given_out", N_("Given out"), GivenOutPage, early=False),
    Entry("exchange", N_("Lists in and out"), ExchangePage, early=False),
    Entry("duplicates", N_("Duplicates"), DuplicatesPage, early=False),
    Entry("history", N_("History"), HistoryPage, early=False),
    Entry("lists", N_("Lists and rules"), ListsPage, starts_group=True, early=False),
    Entry("users", N_("Users"), UsersPage, early=False),
    Entry("backups", N_("Backups"), BackupsPage, early=False),
    Entry("my_review", N_("Your review"), MyReviewPage, for_families=True),
)

PAGES: dict[str, Callable[[Desk], Page]] = {e.key: e.page for e in ENTRIES}
NEW: dict[str, Callable[[QWidget, Desk], Any]] = {e.key: e.new for e in ENTRIES if e.new}


# What a representative finds at the left: their review, and where their cases can be read.
_OF_REPRESENTATIVES = {"my_review", "cases", "families", "meetings", "promises", "search", "users"}


def entries_for(role: Role) -> tuple[Entry, ...]:
    """Return where a user of this role can go."""
    if role is Role.REPRESENTATIVE:
        theirs = [e for e in ENTRIES if e.key in _OF_REPRESENTATIVES]
        return tuple(sorted(theirs, key=lambda e: not e.for_families))  # their review is the first
    return tuple(e for e in ENTRIES if not e.for_families)


def new_record(key: str, parent: QWidget, desk: Desk) -> Any:
    """Open the dialog for a new record of a page's kind and return it."""
    return NEW[key](parent, desk)
