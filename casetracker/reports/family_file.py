"""Family file: what the office holds for one family, for the family itself to read and to correct.

It says nothing of who else told the office, nor how; nothing of grades and notes; and of consent what counts,
not who answered what. The accounts of what happened are not in it, because they may show who told them.
"""

from __future__ import annotations

from collections.abc import Iterator

from casetracker.i18n import N_, ntr, tr
from casetracker.jobs import Progress
from casetracker.model.confidentiality import Audience, Use
from casetracker.model.dates import KnownDate
from casetracker.reports.blocks import (
    Block,
    Chip,
    Chronology,
    Cover,
    Entry,
    Facts,
    Heading,
    Keep,
    Muted,
    Names,
    Note,
    Para,
    Section,
    Signature,
    Strong,
    Table,
    Tone,
)
from casetracker.reports.case_pages import handling, names_of, petitioner, promise_table, text_of
from casetracker.reports.options import Options
from casetracker.reports.portraits import portrait
from casetracker.reports.report import Report, Scope
from casetracker.store import family_file, kin, questions, relations, situations
from casetracker.store.reader import DisclosedRecord, Reader

_SECTIONS = (
    ("chronology", N_("Chronology")),
    ("consent", N_("Consent")),
    ("promises", N_("Promises")),
    ("voiced", N_("Where the office spoke or wrote about this case")),
    ("corrections", N_("Room for corrections")),
)
_ROOM = "\n\u00a0"  # what makes an empty row high enough to write in


def build(reader: Reader, scope: Scope, progress: Progress) -> Iterator[Block]:
    """Yield each family with its cases on pages of its own."""
    found = [
        (family, cases)
        for family in family_file.families_of(reader, scope.case_ids)
        if (cases := relations.cases_of_family(reader, family.id))
    ]
    if not found:
        yield Cover(tr(N_("Family file")), handling=handling(reader.audience))
        yield Para(tr(N_("None of the chosen cases may be shown to this audience.")))
    for done, (family, cases) in enumerate(found):
        progress.step(done, len(found), family.title)
        yield from _family(family, cases, reader, scope, first=done == 0)


def _family(
    family: DisclosedRecord, cases: list[DisclosedRecord], reader: Reader, scope: Scope, *, first: bool
) -> Iterator[Block]:
    title = tr(N_("Family file"))
    yield Section(title, family.title, f"family-{family.id}", family.title, new_page=not first)
    facts = (
        (tr(N_("Petitioner")), text_of(family, "petitioner_id")),
        (tr(N_("Representative")), text_of(family, "representative_id")),
        (tr(N_("Cases")), ntr("{n} case", "{n} cases", len(cases))),
        (tr(N_("As of")), KnownDate.on(reader.as_of).text()),
    )
    yield Cover(title, family.title, facts, handling(reader.audience))
    rows = tuple(
        (Strong(text_of(m, "person_id")), kin.kin_of(m).text, text_of(m, "whereabouts"))
        for m in family.children("members")
    )
    heads = (tr(N_("Member")), tr(N_("Kinship")), tr(N_("Whereabouts")))
    yield Table(heads, rows, (4, 5, 2.4), empty=tr(N_("No member is recorded yet.")))
    yield from _authority(family, reader)
    for number, case in enumerate(cases):
        if number:
            ref = case.text("ref")
            yield Section(title, ref, f"case-{case.id}")
        yield from _case(case, reader, scope.options)
    yield Note(
        tr(
            N_(
                "This file says what the office holds about your family. Who else told the office, and how, "
                "is told to nobody. What is wrong in it is put right; what you agreed to can be taken back "
                "on any day."
            )
        )
    )


def _authority(family: DisclosedRecord, reader: Reader) -> Iterator[Block]:
    """Yield who may act for the family, or might once; numbers of documents only in the office's copy."""
    rows = tuple(
        (
            (Strong(text_of(a, "person_id")), Muted(text_of(a, "case_id"))),
            (text_of(a, "document"), Muted(text_of(a, "number"))),
            text_of(a, "since"),
            text_of(a, "withdrawn") or text_of(a, "until"),
        )
        for a in family.children("authorities")
    )
    if rows:
        heads = (tr(N_("Who may act")), tr(N_("By which document")), tr(N_("From")), tr(N_("Until")))
        yield Keep((Heading(tr(N_("Authority to act")), level=3), Table(heads, rows, (4, 4, 2, 2))))


def _case(case: DisclosedRecord, reader: Reader, options: Options) -> Iterator[Block]:
    now = situations.situation(case, reader)
    main, others = names_of(case, reader)
    chips = (Chip(now.status_text, Tone(now.tone)), Chip(case.text("ref"), Tone.BLUE))
    yield Names(main, others, chips, portrait(case))
    person = case.ref("person_id")
    yield Facts(
        (
            (tr(N_("Born")), text_of(person, "birth")),
            (tr(N_("Citizenship")), text_of(person, "citizenships")),
            (tr(N_("Detained")), now.since.text() if now.since else ""),
            (tr(N_("Held at")), now.place),
            (tr(N_("Sentence")), now.sentence),
            (tr(N_("Petitioner")), petitioner(case, reader)),
            (tr(N_("What the family asks")), text_of(case, "request")),
        ),
        columns=2,
    )
    yield from options.arranged(
        {
            "chronology": lambda: (Heading(tr(N_("Chronology")), level=3), _chronology(case, reader)),
            "consent": lambda: _consents(case, reader),
            "promises": lambda: _promises(case, reader),
            "voiced": lambda: _voiced(case, reader),
            "corrections": lambda: _corrections(case),
        }
    )


def _chronology(case: DisclosedRecord, reader: Reader) -> Chronology:
    """Return what happened, without a word of who told it."""
    entries = tuple(
        Entry(h.on.short() if h.on else tr(N_("date not known")), h.what, h.detail, "", Tone(h.tone))
        for h in questions.chronology(case, reader)
        if not (h.on and h.on.earliest and h.on.earliest > reader.as_of)
    )
    return Chronology(entries, (), tr(N_("Nothing is recorded yet.")))


def _consents(case: DisclosedRecord, reader: Reader) -> Iterator[Block]:
    """Say use by use what the office may do; what nobody agreed to, or somebody refused, is a no."""
    agreed = family_file.agreed_uses(reader, case)
    yes, no = Chip(tr(N_("agreed")), Tone.GREEN), Chip(tr(N_("not agreed")), Tone.GREY)
    rows = tuple((use.name, tr(use.value), yes if use in agreed else no) for use in Use)
    heads = (tr(N_("Use")), tr(N_("What the office may do")), tr(N_("As it stands")))
    yield Keep((Heading(tr(N_("Consent")), level=3), Table(heads, rows, (1.7, 7.4, 2.2))))


def _promises(case: DisclosedRecord, reader: Reader) -> Iterator[Block]:
    table = promise_table(questions.promises(reader, case_id=case.id))
    yield Keep((Heading(tr(N_("Promises about this case")), level=3), table))


def _voiced(case: DisclosedRecord, reader: Reader) -> Iterator[Block]:
    rows = tuple(
        (v.on, Strong(v.office), (v.what, Muted(v.number))) for v in family_file.voiced(reader, case)
    )
    heads = (tr(N_("Date")), tr(N_("Office")), tr(N_("Meeting or appeal")))
    table = Table(heads, rows, (2.4, 4, 5.4), empty=tr(N_("The case was not brought before an office yet.")))
    yield Keep((Heading(tr(N_("Where the office spoke or wrote about this case")), level=3), table))


def _corrections(case: DisclosedRecord) -> Iterator[Block]:
    rows = tuple((_ROOM, "") for _ in range(3))
    heads = (tr(N_("What is wrong or missing")), tr(N_("How it is right")))
    yield Keep(
        (
            Heading(tr(N_("Corrections to {ref}"), ref=case.text("ref")), level=3),
            Table(heads, rows, (1, 1)),
            Signature((tr(N_("Date")), tr(N_("Name")), tr(N_("Signature")))),
        )
    )


REPORT = Report(
    name="family-file",
    title=N_("Family file"),
    about=N_("What the office holds for one family, for the family to read and to correct."),
    audiences=(Audience.FAMILY, Audience.INTERNAL),
    build=build,
    two_languages=True,
    portraits=True,
    sections=_SECTIONS,
    movable=tuple(key for key, _ in _SECTIONS),
)
