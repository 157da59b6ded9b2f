"""The reports. A new report is a new file and one name in this list."""

from __future__ import annotations

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.reports.appeal_letter import REPORT as APPEAL_LETTER
from casetracker.reports.blank_forms import CONSENT as CONSENT_FORM
from casetracker.reports.blank_forms import INTAKE as INTAKE_FORM
from casetracker.reports.book_of_cases import REPORT as BOOK_OF_CASES
from casetracker.reports.case_list import REPORT as CASE_LIST
from casetracker.reports.case_summary import REPORT as CASE_SUMMARY
from casetracker.reports.chronicle import REPORT as CHRONICLE
from casetracker.reports.custody_sheet import REPORT as CUSTODY_SHEET
from casetracker.reports.delta import REPORT as DELTA
from casetracker.reports.dossier import REPORT as DOSSIER
from casetracker.reports.family_file import REPORT as FAMILY_FILE
from casetracker.reports.petition import REPORT as PETITION
from casetracker.reports.promise_register import REPORT as PROMISE_REGISTER
from casetracker.reports.receipt import REPORT as RECEIPT
from casetracker.reports.releases import REPORT as RELEASES
from casetracker.reports.reminder import REPORT as REMINDER
from casetracker.reports.report import Report
from casetracker.reports.statistics import REPORT as STATISTICS
from casetracker.reports.un_forms import SPECIAL, WGAD, WGEID

REPORTS: tuple[Report, ...] = (
    CASE_SUMMARY,
    DOSSIER,
    RECEIPT,
    PROMISE_REGISTER,
    CASE_LIST,
    BOOK_OF_CASES,
    CHRONICLE,
    DELTA,
    STATISTICS,
    APPEAL_LETTER,
    REMINDER,
    PETITION,
    FAMILY_FILE,
    WGAD,
    WGEID,
    SPECIAL,
    RELEASES,
    CUSTODY_SHEET,
    CONSENT_FORM,
    INTAKE_FORM,
)


def report_named(name: str) -> Report:
    """Return the report of that name; raises `UserError` that names those there are."""
    for report in REPORTS:
        if report.name == name:
            return report
    known = ", ".join(r.name for r in REPORTS)
    raise UserError(tr(N_("There is no report called “{name}”; there are: {known}."), name=name, known=known))
