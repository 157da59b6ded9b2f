"""The sheet of the submitter: a page of its own, signed, with that one person's contacts if they agreed."""

from __future__ import annotations

from collections.abc import Iterator

from casetracker.i18n import N_, tr
from casetracker.reports.blocks import Block, Callout, Facts, Heading, Para, Section, Signature, Tone
from casetracker.reports.case_pages import petitioner
from casetracker.reports.options import Options
from casetracker.store.reader import DisclosedRecord, Reader
from casetracker.store.submitters import Submitter, submitter

ANCHOR = "submitter-sheet "  # the last look at a paper finds the sheets by it
FOR_THE_STATE = N_(
    "This sheet stays with the secretariat. It is kept apart from the rest, which is passed on."
)
FOR_THE_OFFICE = N_(
    "This sheet is for the office that answers the letter. It is kept apart from the rest, and not passed on."
)


def sheet(
    case: DisclosedRecord, reader: Reader, options: Options, title: str, kept_by: str
) -> Iterator[Block]:
    """Yield the page; lines to fill in by hand where nobody was chosen, or may not be given."""
    ref = case.text("ref")
    head = tr(N_("{title}: submitter, confidential"), title=title)
    yield Section(head, ref, f"{ANCHOR}{ref}")
    yield Heading(tr(N_("Submitter")), level=2)
    warning = N_("Not for the State") if kept_by == FOR_THE_STATE else N_("Kept apart")
    yield Callout(tr(warning), tr(kept_by), Tone.RED)
    who = submitter(reader, case, options.submitter)
    if who is None or who.why_not:
        yield from _by_hand(who, petitioner(case, reader))
        return
    organisation = ((tr(N_("Organisation")), options.header),) if options.header else ()
    yield Facts(
        (
            (tr(N_("Name and relation")), _called(who)),
            *organisation,
            (tr(N_("Telephone")), "\n".join(who.phones)),
            (tr(N_("E-mail")), "\n".join(who.emails)),
            (tr(N_("Address")), "\n".join(who.addresses)),
        )
    )
    yield Para(tr(N_("I agree that these contacts are given to the readers of this sheet, to answer me.")))
    yield Signature((tr(N_("Date and signature")),))


def _by_hand(who: Submitter | None, petitioner: str) -> Iterator[Block]:
    yield Facts(((tr(N_("Name and relation")), _called(who) if who and who.name else petitioner),))
    if who is not None:
        yield Para(tr(N_("To be filled in by hand: {why}"), why=who.why_not), "muted")
    yield Signature(
        (tr(N_("Address, telephone, e-mail")), tr(N_("Organisation")), tr(N_("Date and signature"))), ""
    )


def _called(who: Submitter) -> str:
    return ", ".join(part for part in (who.relation, who.name) if part)
