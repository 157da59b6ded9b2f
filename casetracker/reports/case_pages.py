"""What is printed about one case, in a dossier and alone: names, request, facts, chronology, promises."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from casetracker.i18n import N_, current, ntr, tr
from casetracker.model import Case
from casetracker.model.confidentiality import WITHHELD, Audience
from casetracker.model.dates import KnownDate
from casetracker.model.detention.sentence import Basis, Release
from casetracker.model.names.writing import Script, script_of
from casetracker.reports import timelines
from casetracker.reports.blocks import (
    Block,
    Callout,
    Cell,
    Chip,
    Chronology,
    Entry,
    Facts,
    Heading,
    Keep,
    Muted,
    Names,
    Note,
    Para,
    Strong,
    Table,
    Tone,
)
from casetracker.reports.options import Options
from casetracker.reports.portraits import portrait
from casetracker.store import kin, questions, situations
from casetracker.store.questions import Happening, Owed
from casetracker.store.reader import DisclosedRecord, Reader
from casetracker.store.reviews import standing
from casetracker.store.situations import Situation, reasons_text, release_text

SECTIONS = (
    ("account", N_("What happened, according to the family")),
    ("chronology", N_("Chronology")),
    ("promises", N_("Promises")),
)
MOVABLE = tuple(key for key, _ in SECTIONS)
_SCRIPTS = {"en": Script.LATN, "ru": Script.CYRL, "kk": Script.CYRL}


def text_of(record: DisclosedRecord | None, name: str) -> str:
    """Return a field as it is to be printed; empty where nothing is known or nothing may be said."""
    text = record.text(name) if record else ""
    return "" if text == WITHHELD else text


def names_of(case: DisclosedRecord, reader: Reader) -> tuple[str, tuple[str, ...]]:
    """Return the main name of the detained relative and the others; the reference if none may be said."""
    names = reader.names(case.value("person_id")) if case.value("person_id") else []
    if not names:
        return case.text("ref"), ()
    first = first_for_reader(names)
    return first, tuple(name for name in names if name != first)


def name_of(case_id: str, reader: Reader) -> str:
    """Return the name of the detained relative of a case in the script of the paper's language."""
    case = reader.get(Case, case_id)
    return names_of(case, reader)[0] if case else ""


def first_for_reader(names: Sequence[str]) -> str:
    """Return the spelling that the reader of the paper's language can read: the main one of that script.

    Without one it is a spelling in letters that they know at least.
    """
    wanted = (_SCRIPTS.get(current()), Script.LATN, Script.CYRL)
    return next((name for script in wanted for name in names if script_of(name) is script), names[0])


def case_blocks(
    case: DisclosedRecord,
    reader: Reader,
    *,
    asked: str = "",
    promises: Sequence[Owed] = (),
    about: str = "",
    options: Options = Options(),  # noqa: B008 - frozen
) -> Iterator[Block]:
    """Yield one case with those of `SECTIONS` that are wanted; `about` is the heading over its promises."""
    yield from case_head(case, reader, asked or text_of(case, "request"))
    yield from options.arranged(
        {
            "account": lambda: _account(case),
            "chronology": lambda: _chronology(case, reader, promises),
            "promises": lambda: _promises(promises, about or tr(N_("Promises about this case"))),
        }
    )


def _account(case: DisclosedRecord) -> Iterator[Block]:
    if account := text_of(case, "account"):
        yield Heading(tr(N_("What happened, according to the family")), level=3)
        yield Para(account)


def _promises(promises: Sequence[Owed], heading: str) -> Iterator[Block]:
    if promises:
        yield Keep((Heading(heading, level=3), promise_table(promises)))


def case_head(case: DisclosedRecord, reader: Reader, asked: str) -> Iterator[Block]:
    """Yield names, status, what is asked, and the facts."""
    now = situations.situation(case, reader)
    main, others = names_of(case, reader)
    chips = (Chip(now.status_text, Tone(now.tone)), Chip(case.text("ref"), Tone.BLUE))
    yield Names(main, others, chips, portrait(case))
    if asked:
        yield Callout(tr(N_("What the family asks")), asked, Tone.RED)
    yield Facts(tuple(_facts(case, now, reader)), columns=2)
    if confirmed := standing.of_case(reader, case.id).printed():
        yield Para(confirmed, "muted")


def _facts(case: DisclosedRecord, now: Situation, reader: Reader) -> Iterator[tuple[str, Cell]]:
    person, episode = case.ref("person_id"), now.episode
    yield tr(N_("Born")), _joined(text_of(person, "birth"), text_of(person, "birthplace"))
    yield tr(N_("Detained")), now.since.text() if now.since else ""
    yield (
        tr(N_("Citizenship")),
        _joined(text_of(person, "ethnicity"), text_of(person, "citizenships")),
    )
    yield tr(N_("Held at")), now.place
    status = _joined(text_of(person, "kz_status"), text_of(person, "kz_since"))
    yield tr(N_("Status in Kazakhstan")), status
    yield tr(N_("Sentence")), _sentence(now)
    yield tr(N_("Petitioner")), petitioner(case, reader)
    yield tr(N_("Official reason")), _official_reason(episode)
    yield tr(N_("Suspected reason")), _suspected(episode)
    yield tr(N_("Charge")), text_of(now.judgment, "charge")
    yield tr(N_("Legal basis")), _law(now)
    yield tr(N_("Contact allowed")), text_of(episode, "contact_allowed")
    yield tr(N_("Days held")), _days_held(now.days_held)
    yield tr(N_("The State says")), _state(now)


def _joined(*parts: str) -> str:
    return ", ".join(p for p in parts if p)


def _sentence(now: Situation) -> str:
    """Say the sentence, the court, and when it ends or for how long it has been over."""
    court = _joined(now.sentence, text_of(now.judgment, "court"))
    if now.days_beyond and now.days_beyond[0]:
        n = now.days_beyond[0]
        over = ntr("over for at least {n} day", "over for at least {n} days", n)
        return _joined(court, over)
    day = _end(now.release)
    return _joined(court, tr(N_("ends {day}"), day=day) if day else "")


def _end(due: Release | None) -> str:
    """Say when a sentence ends; what was only counted from the arrest is about a month."""
    if due and due.latest and due.basis is Basis.ESTIMATED:
        return KnownDate.from_edtf(f"{due.latest:%Y-%m}~").short()
    return release_text(due)


def _suspected(episode: DisclosedRecord | None) -> str:
    """Say why the family thinks it happened: in its words, else by the terms of the list."""
    return text_of(episode, "suspected_reason") or (reasons_text(episode) if episode else "")


def _law(now: Situation) -> str:
    """Say what law was invoked: by the judgment, else at the arrest; the article as it was told first."""
    said = (
        (now.judgment, "article"),
        (now.judgment, "law"),
        (now.episode, "legal_basis"),
        (now.episode, "basis"),
    )
    return next((text for record, name in said if (text := text_of(record, name))), "")


def _state(now: Situation) -> str:
    """Say what the State answered, which body, and when."""
    on: KnownDate | None = now.answer.value("on") if now.answer else None
    by = _joined(text_of(now.answer, "body"), on.short() if on else "")
    says = text_of(now.answer, "says")
    return tr(N_("{says} ({by})"), says=says, by=by) if says and by else says


def _official_reason(episode: DisclosedRecord | None) -> str:
    if episode and episode.value("no_reason_given"):
        return tr(N_("none was given"))
    return text_of(episode, "official_reason")


def _days_held(days: tuple[int | None, int | None]) -> str:
    least, most = days
    if least is None:
        return tr(N_("at most {n}"), n=most) if most is not None else ""
    if most is None or most == least:
        return str(least)
    return tr(N_("{least} to {most}"), least=least, most=most)


def petitioner(case: DisclosedRecord, reader: Reader) -> str:
    """Say who asks for the relative: the kinship, and the name as far as the petitioner agreed to it."""
    family = case.ref("family_id")
    person_id = family.value("petitioner_id") if family else None
    if not family or not person_id:
        return ""
    member = kin.member_of(family, person_id)
    term = kin.kin_of(member, case.ref("person_id")).term if member else ""
    name = reader.name(person_id)
    return _joined(term, "" if name == WITHHELD else name)


def _chronology(case: DisclosedRecord, reader: Reader, promises: Sequence[Owed]) -> Iterator[Block]:
    """Yield the picture, and the table that says the same."""
    yield Heading(tr(N_("Chronology")), level=3)
    yield timelines.of_case(case, reader, promises)
    yield chronology_of([entry_of(h) for h in happened(case, reader)])


def happened(case: DisclosedRecord, reader: Reader) -> list[Happening]:
    """Return the lines of a chronology: a paper tells what has happened by its day."""
    lines = questions.chronology(case, reader)
    return [h for h in lines if not (h.on and h.on.earliest and h.on.earliest > reader.as_of)]


def entry_of(line: Happening) -> Entry:
    """Return a line of a chronology as it is printed."""
    date = line.on.short() if line.on else tr(N_("date not known"))
    detail = "" if line.target[0] == "Meeting" else line.detail  # presented there, which goes without saying
    return Entry(date, line.what, detail, line.basis, Tone(line.tone))


def chronology_of(entries: Iterable[Entry]) -> Chronology:
    """Return a chronology with its heads."""
    heads = (tr(N_("Date")), tr(N_("Event")), tr(N_("Basis")))
    return Chronology(tuple(entries), heads, tr(N_("Nothing is recorded yet.")))


def promise_table(promises: Sequence[Owed]) -> Table:
    """Return promises with when they were made, when they were due, and what became of them."""
    rows = tuple(
        (
            (Strong(p.made_on.short() if p.made_on else ""), Muted(p.made_by or p.office)),
            (p.words, *((Muted(f"“{p.original}”"),) if p.original else ())),
            (KnownDate.on(p.due).short() if p.due else tr(N_("no date was named")),),
            outcome_cell(p),
        )
        for p in promises
    )
    heads = (tr(N_("Made")), tr(N_("Promise")), tr(N_("Due")), tr(N_("What became of it")))
    return Table(heads, rows, widths=(2.8, 4.4, 2.2, 4.2), empty=tr(N_("None.")))


def outcome_cell(owed: Owed) -> Cell:
    """Return what became of a promise: a chip, and the note below it."""
    chip = Chip(owed.state, Tone(owed.tone))
    note = "" if owed.outcome_note == WITHHELD else owed.outcome_note
    return (chip, Muted(note)) if note else (chip,)


def reading_note() -> Note:
    """Say how to read dates and the basis of statements."""
    return Note(
        tr(
            N_(
                "Dates are printed as exactly as they are known: “≈” is about, “?” is perhaps. "
                "“According to the family” marks what relatives told the office; the authorities have not "
                "confirmed it unless the basis says so."
            )
        )
        + " "
        + timelines.reading_aid()
    )


def handling(audience: Audience) -> str:
    """Return the label that says for whom a paper is."""
    labels = {
        Audience.INTERNAL: N_("For the office only"),
        Audience.OFFICIAL: N_("For the official it is handed to · confidential"),
    }
    others = N_("Confidential")
    return tr(labels.get(audience, others))
