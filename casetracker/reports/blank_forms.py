"""Forms to print and fill in by hand: consent by purpose, and the first taking down of a case.

They hold no record of the casebook. The order of the intake form is that of a spoken appeal: who speaks, who
is meant, what happened, what is asked; consent comes before all of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casetracker.i18n import N_, tr
from casetracker.jobs import Progress
from casetracker.model.confidentiality import Audience, Use
from casetracker.model.terms import label_of
from casetracker.reports.blocks import (
    Block,
    Callout,
    Cover,
    Heading,
    Keep,
    Para,
    Section,
    Signature,
    Table,
    Tone,
)
from casetracker.reports.report import Report, Scope
from casetracker.store.reader import Reader

_BOX = "☐"
_ROOM = "\n\u00a0"  # two lines high, to write in


def _consent(reader: Reader, scope: Scope, progress: Progress) -> Iterator[Block]:
    """Yield the form on which a relative says, use by use, what the office may do."""
    title = tr(N_("Consent"))
    yield Section(title, new_page=False)
    yield Cover(title, tr(N_("Each question is answered on its own. What is not answered counts as no.")))
    yield from _lines(
        (
            tr(N_("Name of who signs, relation")),
            tr(N_("Name of the detained relative")),
            tr(N_("Explained by whom, language, interpreter")),
        )
    )
    yield Callout(
        tr(N_("Before you answer")),
        tr(
            N_(
                "Nobody has to agree. You may stop at any time and take an answer back at any time; what was "
                "handed over before that cannot be called back, but the office will say who received it."
            )
        ),
        Tone.BLUE,
    )
    heads = (tr(N_("What the office may do")), tr(N_("Yes")), tr(N_("No")), tr(N_("Conditions")))
    rows = tuple((label_of(use), _BOX, _BOX, "") for use in Use)
    yield Table(heads, rows, widths=(6, 0.9, 0.9, 3.4), align="lccl")
    yield from _lines((tr(N_("When the office may call; valid until")),))
    yield _signed(tr(N_("Signature of the relative, date")), tr(N_("For the office, witness")))


def _intake(reader: Reader, scope: Scope, progress: Progress) -> Iterator[Block]:
    """Yield the form on which a case is taken down where there is no computer."""
    title = tr(N_("First taking down"))
    yield Section(title, new_page=False)
    yield Cover(title, tr(N_("Ask for consent first, on the form of its own. Dates as they are known.")))
    for heading, labels in _QUESTIONS:
        yield Keep((Heading(tr(heading), level=3), *_lines([tr(each) for each in labels])))
    yield Para(tr(N_("If there are more sources, write on the back: who, when, by which way.")), "muted")
    yield _signed(tr(N_("Taken down by")), tr(N_("Date")))


_QUESTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        N_("Who speaks"),
        (
            N_("Name as in the identity card"),
            N_("Relation to the detained relative"),
            N_("Language, interpreter"),
            N_("Telephone, and when it is safe to call"),
        ),
    ),
    (
        N_("Who is detained"),
        (
            N_("Name in Kazakh or Uyghur"),
            N_("Name as in the passport"),
            N_("Chinese name"),
            N_("Date and place of birth"),
            N_("Chinese identity number, passport"),
            N_("Home: village, county"),
            N_("Status in Kazakhstan"),
        ),
    ),
    (
        N_("What happened"),
        (
            N_("When taken, by whom, where"),
            N_("Reason that was given"),
            N_("Where held, since when"),
            N_("Sentence: court, years"),
            N_("Last news: when, how it came"),
            N_("Health"),
        ),
    ),
    (N_("What the family asks"), (N_("In their own words"), N_("Steps taken until now"))),
)


def _lines(labels: Sequence[str]) -> Iterator[Block]:
    """Yield labels with room to write beside them."""
    yield Table(("", ""), tuple((text, _ROOM) for text in labels), widths=(4, 6))


def _signed(*labels: str) -> Signature:
    return Signature(labels)


CONSENT = Report(
    name="consent-form",
    title=N_("Consent form, blank"),
    about=N_("To print and sign: what the office may do with what it is told, question by question."),
    audiences=(Audience.FAMILY, Audience.INTERNAL),
    build=_consent,
    blank=True,
    two_languages=True,
)
INTAKE = Report(
    name="intake-form",
    title=N_("Intake form, blank"),
    about=N_("To print and fill in by hand where there is no computer."),
    audiences=(Audience.FAMILY, Audience.INTERNAL),
    build=_intake,
    blank=True,
    two_languages=True,
)
