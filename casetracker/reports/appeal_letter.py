"""Appeal letter: one case before one office, from who writes to what is asked; signed by the petitioner."""

from __future__ import annotations

from collections.abc import Iterator

from casetracker.i18n import N_, tr
from casetracker.jobs import Progress
from casetracker.model import Case
from casetracker.model.confidentiality import Audience
from casetracker.reports import letter_parts
from casetracker.reports.blocks import Block, Cover, Facts, Heading, Keep, Para, Section
from casetracker.reports.case_pages import handling, names_of, text_of
from casetracker.reports.options import Options
from casetracker.reports.report import Report, Scope
from casetracker.reports.submitter_sheet import FOR_THE_OFFICE, sheet
from casetracker.store import appeal_replies, questions, situations
from casetracker.store.reader import DisclosedRecord, Reader

_SECTIONS = (
    ("account", N_("What happened, according to the family")),
    ("steps", N_("Steps taken so far")),
    ("promises", N_("Promises not kept yet")),
    ("enclosures", N_("Enclosures")),
)


def build(reader: Reader, scope: Scope, progress: Progress) -> Iterator[Block]:
    """Yield a letter for each case that this audience may know of."""
    title = tr(N_("Appeal"))
    cases = reader.many(Case, scope.case_ids or questions.cases_of(reader))
    if not cases:
        yield Cover(title, handling=handling(reader.audience))
        yield Para(tr(N_("None of the chosen cases may be shown to this audience.")))
    for done, case in enumerate(cases):
        progress.step(done, len(cases), case.text("ref"))
        name = names_of(case, reader)[0]
        yield Section(title, case.text("ref"), f"case-{case.id}", name, new_page=done > 0)
        yield from _letter(case, reader, scope.options)
        if scope.options.submitter:
            yield from sheet(case, reader, scope.options, title, FOR_THE_OFFICE)


def _letter(case: DisclosedRecord, reader: Reader, options: Options) -> Iterator[Block]:
    appeal = next(iter(appeal_replies.with_case(reader, case.id)), None)
    yield letter_parts.addressee(appeal)
    yield letter_parts.sender(case, reader, apart=bool(options.submitter))
    main, others = names_of(case, reader)
    asked = _asked(appeal, case)
    subject = (text_of(appeal, "subject"), tr(N_("{name} · {ref}"), name=main, ref=case.text("ref")))
    yield Heading(tr(N_("Appeal")), level=1)
    yield Facts(((tr(N_("Subject")), tuple(s for s in subject if s)),))
    yield Heading(tr(N_("Facts, according to the family")), level=3)
    yield _facts(case, main, others, reader)
    yield from options.arranged(
        {
            "account": lambda: (Para(text_of(case, "account")),),
            "steps": lambda: letter_parts.steps(case, reader),
            "promises": lambda: letter_parts.owed(case, reader),
        }
    )
    yield Heading(tr(N_("What is asked")), level=3)
    yield Para(asked or f"{letter_parts.LINE}\n{letter_parts.LINE}")
    yield Para(
        tr(N_("Please answer in writing, with the number and date of the registration of this appeal."))
    )
    enclosed = (
        tr(N_("Copy of the identity paper of the petitioner")),
        tr(N_("Consent of the family in writing")),
        tr(N_("Summary of the case, {ref}"), ref=case.text("ref")),
        letter_parts.LINE,
    )
    listed = letter_parts.enclosures(enclosed) if options.shows("enclosures") else ()
    yield Keep((*listed, letter_parts.signing()))


def _asked(appeal: DisclosedRecord | None, case: DisclosedRecord) -> str:
    """Return what this appeal asks for the case; else what the family asks."""
    lines = appeal.children("cases", case_id=case.id) if appeal else []
    asked = next((text for line in lines if (text := text_of(line, "asked"))), "")
    return asked or text_of(case, "request")


def _facts(case: DisclosedRecord, main: str, others: tuple[str, ...], reader: Reader) -> Facts:
    now, person = situations.situation(case, reader), case.ref("person_id")
    return Facts(
        (
            (tr(N_("Name")), main),
            (tr(N_("Other spellings")), ", ".join(others)),
            (tr(N_("Born")), text_of(person, "birth")),
            (tr(N_("Citizenship")), text_of(person, "citizenships")),
            (tr(N_("Status in Kazakhstan")), text_of(person, "kz_status")),
            (tr(N_("Detained")), now.since.text() if now.since else ""),
            (tr(N_("Held at")), now.place),
            (tr(N_("Status")), now.status_text),
            (tr(N_("Sentence")), now.sentence),
        ),
        columns=2,
    )


REPORT = Report(
    name="appeal-letter",
    title=N_("Appeal letter"),
    about=N_("A letter to an office about one case: facts, steps taken, what is asked, enclosures."),
    audiences=(Audience.OFFICIAL, Audience.MINISTRY, Audience.INTERNAL),
    build=build,
    two_languages=True,
    submitter=True,
    sections=_SECTIONS,
    movable=("account", "steps", "promises"),
    route="appeal-letter",
)
