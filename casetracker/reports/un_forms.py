"""Drafts for the United Nations: the WGAD questionnaire, the WGEID form, a summary for special procedures.

The order of the questions is that of the model questionnaires (E/CN.4/1992/20 annex II and Fact Sheet 26
annex V for the WGAD; the form of the WGEID). Their wording is from general knowledge: compare it with the
form of the day before anything is sent, which the draft says too. The submitter stands on a sheet of its own,
because the rest is passed on to the State.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from casetracker.i18n import N_, tr
from casetracker.jobs import Progress
from casetracker.model import Case
from casetracker.model.confidentiality import Audience
from casetracker.model.dates import KnownDate
from casetracker.reports.blocks import (
    Block,
    Callout,
    Chip,
    Chronology,
    Cover,
    Entry,
    Facts,
    Heading,
    Note,
    Para,
    Picture,
    Section,
    Strong,
    Table,
    Tone,
)
from casetracker.reports.case_pages import handling, names_of, text_of
from casetracker.reports.portraits import portrait
from casetracker.reports.report import Report, Scope
from casetracker.reports.submitter_sheet import FOR_THE_STATE, sheet
from casetracker.store import appeal_replies, questions, situations
from casetracker.store.reader import DisclosedRecord, Reader
from casetracker.store.readiness import State, readiness
from casetracker.store.situations import Situation

_TONES = {State.MISSING: Tone.RED, State.WEAK: Tone.AMBER, State.OK: Tone.GREEN}
Part = Callable[[DisclosedRecord, Situation, Reader], Iterator[Block]]


def _builder(
    title: str, route: str, parts: Sequence[Part]
) -> Callable[[Reader, Scope, Progress], Iterator[Block]]:
    """Return what yields one form a case: what is missing, the questions, the sheet of the submitter."""

    def build(reader: Reader, scope: Scope, progress: Progress) -> Iterator[Block]:
        cases = reader.many(Case, scope.case_ids or questions.cases_of(reader))
        if not cases:
            yield Cover(tr(title), handling=handling(reader.audience))
            yield Para(tr(N_("None of the chosen cases may be shown to this audience.")))
            return
        for done, case in enumerate(cases):
            progress.step(done, len(cases), case.text("ref"))
            name = names_of(case, reader)[0]
            yield Section(tr(title), case.text("ref"), f"case-{case.id}", name, new_page=done > 0)
            yield Cover(tr(title), name, _facts(case, reader), handling(reader.audience))
            yield _draft()
            if reader.audience is Audience.INTERNAL:
                yield from _ready(reader, case, route)
            now = situations.situation(case, reader)
            for part in parts:
                yield from part(case, now, reader)
            yield from _photograph(case, tr(title))
            yield from sheet(case, reader, scope.options, tr(title), FOR_THE_STATE)

    return build


def _facts(case: DisclosedRecord, reader: Reader) -> tuple[tuple[str, str], ...]:
    return (
        (tr(N_("Reference")), case.text("ref")),
        (tr(N_("As of")), KnownDate.on(reader.as_of).text()),
    )


def _draft() -> Callout:
    text = N_(
        "A person has to read this before it is sent, and to compare the questions with the form that "
        "the United Nations use today. What the source does not know is said to be unknown."
    )
    return Callout(tr(N_("Draft")), tr(text), Tone.AMBER)


def _ready(reader: Reader, case: DisclosedRecord, route: str) -> Iterator[Block]:
    """Say for the office what is missing; the Reports page has the same list with links."""
    yield Heading(tr(N_("Ready to send?")), level=3)
    rows = tuple(
        (Strong(item.label), Chip(tr(item.state.value), _TONES[item.state]), item.said)
        for item in readiness(reader, case.id, route)
    )
    yield Table((tr(N_("What is asked for")), "", tr(N_("What there is"))), rows, widths=(3, 1.2, 5))


def _known(pairs: Sequence[tuple[str, str]]) -> Facts:
    """Return questions and answers; what nobody knows is said to be unknown, as the forms ask."""
    return Facts(tuple((label, text or tr(N_("not known to the source"))) for label, text in pairs))


# The questions


def _identity(case: DisclosedRecord, now: Situation, reader: Reader) -> Iterator[Block]:
    person = case.ref("person_id")
    main, others = names_of(case, reader)
    yield Heading(tr(N_("I. Identity")), level=2)
    yield _known(
        (
            (tr(N_("Name in full")), main),
            (tr(N_("Other spellings")), ", ".join(others)),
            (tr(N_("Sex")), text_of(person, "sex")),
            (tr(N_("Date of birth")), text_of(person, "birth")),
            (tr(N_("Citizenships")), text_of(person, "citizenships")),
            (tr(N_("People (ethnicity)")), text_of(person, "ethnicity")),
            (tr(N_("Occupation")), text_of(person, "occupation")),
            (tr(N_("Usual residence")), text_of(person, "home") or text_of(now.episode, "county")),
            (tr(N_("Status in Kazakhstan")), text_of(person, "kz_status")),
        )
    )


def _arrest(case: DisclosedRecord, now: Situation, reader: Reader) -> Iterator[Block]:
    episode = now.episode
    yield Heading(tr(N_("II. Arrest")), level=2)
    yield _known(
        (
            (tr(N_("Date of arrest")), text_of(episode, "arrested")),
            (tr(N_("Place of arrest")), text_of(episode, "arrest_place") or text_of(episode, "county")),
            (tr(N_("Forces who carried it out")), text_of(episode, "forces")),
            (tr(N_("Was a warrant shown?")), text_of(episode, "warrant")),
            (tr(N_("Authority that issued it")), text_of(episode, "warrant_authority")),
            (tr(N_("Reasons given by the authorities")), _reason(episode)),
            (tr(N_("Legal basis")), text_of(episode, "basis") or text_of(episode, "legal_basis")),
        )
    )


def _reason(episode: DisclosedRecord | None) -> str:
    reason = text_of(episode, "official_reason")
    none = episode is not None and episode.value("no_reason_given")
    return reason or (tr(N_("no reason was given")) if none else "")


def _detention(case: DisclosedRecord, now: Situation, reader: Reader) -> Iterator[Block]:
    episode = now.episode
    least, most = now.days_held
    held = tr(N_("at least {n} days"), n=least) if least is not None else ""
    if most is not None and most != least:
        held = (
            tr(N_("{least}, at most {n} days"), least=held, n=most)
            if held
            else tr(N_("at most {n} days"), n=most)
        )
    yield Heading(tr(N_("III. Detention")), level=2)
    yield _known(
        (
            (tr(N_("Date of detention")), text_of(episode, "held_from") or text_of(episode, "arrested")),
            (tr(N_("Duration")), held),
            (tr(N_("Where held now")), now.place),
            (tr(N_("Authority that ordered it")), text_of(episode, "authority")),
            (tr(N_("Contact and whereabouts")), text_of(episode, "outside")),
            (tr(N_("Counsel")), text_of(episode, "lawyer_access")),
            (tr(N_("Sentence")), now.sentence),
            (tr(N_("Court")), text_of(now.judgment, "court")),
        )
    )
    yield Heading(tr(N_("Places of detention and what happened there")), level=3)
    heads = (tr(N_("Date")), tr(N_("Event")), tr(N_("Basis")))
    told = [h for h in questions.chronology(case, reader) if h.record_id]
    entries = [Entry(h.on.short() if h.on else "", h.what, h.detail, h.basis, Tone(h.tone)) for h in told]
    yield Chronology(tuple(entries), heads, tr(N_("not known to the source")))


def _circumstances(case: DisclosedRecord, now: Situation, reader: Reader) -> Iterator[Block]:
    yield Heading(tr(N_("IV. Circumstances, as the family tells them")), level=2)
    yield Para(text_of(case, "account") or tr(N_("not known to the source")))


def _arbitrary(case: DisclosedRecord, now: Situation, reader: Reader) -> Iterator[Block]:
    yield Heading(tr(N_("V. Why the detention is considered arbitrary")), level=2)
    children = now.episode.children("reasons") if now.episode else []
    reasons = [r.text("reason") for r in children] + [text_of(now.episode, "suspected_reason")]
    yield _known(((tr(N_("Suspected reasons")), ", ".join(r for r in reasons if r)),))
    rows = tuple((Strong(category), tr(words), "☐") for category, words in _CATEGORIES)
    yield Table((tr(N_("Category")), tr(N_("Test")), ""), rows, widths=(1, 8, 0.8), align="llc")
    yield Note(
        tr(N_("A person marks the category and writes the reasoning; the program draws no legal conclusion."))
    )


_CATEGORIES = (
    ("I", N_("no legal basis can be invoked, or the sentence has been served")),
    ("II", N_("the detention results from the exercise of protected rights")),
    ("III", N_("the norms of a fair trial were not observed, gravely enough to make it arbitrary")),
    ("IV", N_("prolonged administrative custody of asylum seekers, immigrants or refugees without review")),
    (
        "V",
        N_("discrimination: national, ethnic or social origin, language, religion, opinion, or other status"),
    ),
)


def _steps(case: DisclosedRecord, now: Situation, reader: Reader) -> Iterator[Block]:
    yield Heading(tr(N_("VI. Steps taken, and what came of them")), level=2)
    heads = (tr(N_("Sent on")), tr(N_("Office")), tr(N_("Number")), tr(N_("Answer")))
    rows = []
    for appeal in appeal_replies.with_case(reader, case.id):
        replies = [text_of(reply, "kind") for reply in appeal.children("replies")]
        number = text_of(appeal, "registered") or text_of(appeal, "number")
        answer = ", ".join(r for r in replies if r) or tr(N_("no answer"))
        rows.append((text_of(appeal, "sent"), text_of(appeal, "office_id"), number, answer))
    for owed in questions.promises(reader, case_id=case.id):
        made = owed.made_on.short() if owed.made_on else ""
        rows.append((made, owed.office, tr(N_("promise")), owed.state))
    none = tr(N_("No step is recorded. Say why none was possible."))
    yield Table(heads, tuple(rows), widths=(2, 4, 2.4, 3), empty=none)


def _disappearance(case: DisclosedRecord, now: Situation, reader: Reader) -> Iterator[Block]:
    episode = now.episode
    yield Heading(tr(N_("Disappearance")), level=2)
    yield _known(
        (
            (
                tr(N_("Date (month and year at least)")),
                text_of(episode, "arrested") or text_of(episode, "held_from"),
            ),
            (tr(N_("Last news")), now.last_news.text() if now.last_news else ""),
            (tr(N_("Place, or where last seen")), text_of(episode, "arrest_place") or now.place),
            (tr(N_("State or State-supported forces")), text_of(episode, "forces")),
            (tr(N_("What the State says")), text_of(now.answer, "says")),
        )
    )


def _asked(case: DisclosedRecord, now: Situation, reader: Reader) -> Iterator[Block]:
    yield Heading(tr(N_("What is asked")), level=2)
    yield Para(text_of(case, "request") or tr(N_("To be written by a person.")))


def _photograph(case: DisclosedRecord, title: str) -> Iterator[Block]:
    """Yield the portrait as an annex: the forms have no place for it among the questions."""
    if picture := portrait(case):
        annex = tr(N_("Annex: photograph"))
        yield Picture(picture, f"{annex} · {title} · {case.text('ref')}", 60)


def _report(name: str, title: str, about: str, parts: Sequence[Part]) -> Report:
    audiences = (Audience.UN, Audience.INTERNAL)
    return Report(
        name,
        title,
        about,
        audiences,
        _builder(title, name, parts),
        portraits=True,
        submitter=True,
        two_languages=True,
        route=name,
    )


WGAD = _report(
    "wgad",
    N_("Questionnaire for the Working Group on Arbitrary Detention"),
    N_("Draft, one a case, with what is still missing; the submitter on a sheet of its own."),
    (_identity, _arrest, _detention, _circumstances, _arbitrary, _steps),
)
WGEID = _report(
    "wgeid",
    N_("Form for the Working Group on Enforced Disappearances"),
    N_("Draft, one a case, with what is still missing; the submitter on a sheet of its own."),
    (_identity, _disappearance, _steps, _circumstances),
)
SPECIAL = _report(
    "special-procedures",
    N_("Summary for special procedures"),
    N_("Draft: who, by whom, when, where, what happened, what was done, what is asked."),
    (_identity, _arrest, _circumstances, _steps, _asked),
)
