"""What the tab of detentions shows: facts in groups, judgments, answers, how the status changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from casetracker.i18n import N_, tr
from casetracker.model import Case, StateAnswer, terms
from casetracker.model.dates import KnownDate
from casetracker.model.detention.acknowledgement import ACKNOWLEDGEMENT_TONE
from casetracker.model.detention.certainty import CERTAINTY_TONE
from casetracker.model.detention.counting import days_held, warnings
from casetracker.model.detention.custody import STATUS_TONE, Standing
from casetracker.model.detention.sentence import Basis, Release, beyond
from casetracker.store import situations
from casetracker.store.citations import grade
from casetracker.store.reader import DisclosedRecord, Reader
from casetracker.store.store import Store
from casetracker.ui.pages.case.data import Chip, Facts, beyond_text, held

# The groups of facts of a detention: the fields of each, in their order.
GROUPS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "arrest",
        N_("Arrest"),
        (
            *("arrested", "arrest_place", "arrest_place_kind", "forces", "officers"),
            *("warrant", "warrant_authority"),
        ),
    ),
    (
        "held",
        N_("Detention"),
        (
            *("held_from", "held_at", "county", "authority", "family_told", "family_told_on"),
            *("outside", "contact_allowed", "conditions", "torture", "torture_note"),
        ),
    ),
    (
        "law",
        N_("Reasons and law"),
        ("official_reason", "no_reason_given", "reasons", "suspected_reason", "basis", "legal_basis"),
    ),
    ("counsel", N_("Counsel"), ("had_lawyer", "lawyer_chosen", "lawyer_access")),
    ("end", N_("End"), ("ended", "outcome")),
)


@dataclass(frozen=True)
class Version:
    """Who says something, and whether that version counts."""

    source: str
    grade: str
    chip: Chip | None
    reason: str


@dataclass(frozen=True)
class CustodyLine:
    """One custody event with its source."""

    id: str
    when: str
    what: str
    place: str
    version: Version


@dataclass(frozen=True)
class JudgmentLine:
    """One judgment, and when its sentence ends."""

    id: str
    when: str
    court: str
    law: str
    sentence: str
    sentence_note: str
    more: str
    counts: bool
    version: Version


@dataclass(frozen=True)
class AnswerLine:
    """One answer of the State."""

    id: str
    when: str
    body: str
    form: str
    chip: Chip
    words: str
    version: Version


@dataclass(frozen=True)
class TurnLine:
    """How the case stood from a day on, and what made it so."""

    id: str
    when: str
    cause: str
    status: Chip
    acknowledgement: Chip | None
    certainty: Chip | None


@dataclass(frozen=True)
class EpisodeData:
    """One time in detention; `groups` are the key, title and facts of each group that has any."""

    id: str
    title: str
    groups: list[tuple[str, str, Facts]]
    judgments: list[JudgmentLine]
    custody: list[CustodyLine]


@dataclass(frozen=True)
class DetentionData:
    """Everything on the tab."""

    episodes: list[EpisodeData] = field(default_factory=list)
    answers: list[AnswerLine] = field(default_factory=list)
    turns: list[TurnLine] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    totals: str = ""
    account: str = ""


def read(store: Store, case_id: str) -> DetentionData:
    """Read the detentions of a case as the office sees them; nothing if the case is no longer there."""
    with store.reader() as reader:
        case = reader.get(Case, case_id)
        return _read(case, reader) if case else DetentionData()


def _read(case: DisclosedRecord, reader: Reader) -> DetentionData:
    stays = situations.stays(case, reader.as_of)
    now = situations.situation(case, reader)
    episodes = case.children("episodes")
    last = len(episodes)
    return DetentionData(
        episodes=[
            _episode(e, n, now if n == last else None, reader, days_held([stays[n - 1]], reader.as_of))
            for n, e in enumerate(episodes, 1)
        ],
        answers=[_answer(a) for a in case.children("answers")],
        turns=_turns(case, reader),
        warnings=warnings(stays, reader.as_of),
        totals=held(days_held(stays, reader.as_of)) if last > 1 else "",
        account=case.text("account"),
    )


def _episode(
    episode: DisclosedRecord,
    number: int,
    now: situations.Situation | None,
    reader: Reader,
    days: tuple[int | None, int | None],
) -> EpisodeData:
    groups = [(key, tr(title), _facts(episode, names)) for key, title, names in GROUPS]
    begun: KnownDate | None = episode.value("arrested") or episode.value("held_from")
    parts = [tr(N_("Detention {number}"), number=number), begun.short() if begun else "", held(days)]
    judgment, due = situations.judged(episode, reader.as_of)
    return EpisodeData(
        episode.id,
        " · ".join(p for p in parts if p),
        [group for group in groups if group[2]],
        [
            _judgment(j, due if judgment and j.id == judgment.id else None, now, reader)
            for j in episode.children("judgments")
        ],
        [_custody_line(e) for e in episode.children("custody")],
    )


def _facts(episode: DisclosedRecord, names: Iterable[str]) -> Facts:
    facts: Facts = []
    for name in names:
        if name == "reasons":
            text = situations.reasons_text(episode)
        elif name == "no_reason_given" and episode.value(name):
            text = tr(N_("none given to the family"))
            facts.append((episode.label("official_reason"), text, ""))
            continue
        else:
            text = episode.text(name) if name != "no_reason_given" else ""
        if text:
            facts.append((episode.label(name), text, ""))
    return facts


def _version(record: DisclosedRecord) -> Version:
    source = record.ref("source_id")
    chip = {
        Standing.COUNTS: Chip(tr(Standing.COUNTS.value), "green"),
        Standing.SET_ASIDE: Chip(tr(Standing.SET_ASIDE.value), "grey"),
    }.get(record.value("standing"))
    return Version(source.title if source else "", grade(source), chip, record.text("standing_reason"))


def when(on: KnownDate | None) -> str:
    """Return a date for a narrow column."""
    return on.short() if on else tr(N_("no date"))


def _custody_line(event: DisclosedRecord) -> CustodyLine:
    names = ("facility_id", "place", "agency", "note")
    where = " · ".join(text for name in names if (text := event.text(name)))
    return CustodyLine(event.id, when(event.value("on")), event.text("kind"), where, _version(event))


def _judgment(
    judgment: DisclosedRecord, due: Release | None, now: situations.Situation | None, reader: Reader
) -> JudgmentLine:
    law = " · ".join(t for n in ("charge", "law", "article") if (t := judgment.text(n)))
    more = [judgment.text(n) for n in ("hearing", "counsel", "language", "penalties")]
    if fine := judgment.value("fine"):
        more.append(tr(N_("fine of {n} yuan"), n=f"{fine:,}"))
    if judgment.value("appealed") is not None:
        result = judgment.text("appeal_result")
        appeal = tr(N_("appealed")) if judgment.value("appealed") else tr(N_("not appealed"))
        more.append(f"{appeal}: {result}" if result else appeal)
    late = beyond(due, now.status, reader.as_of) if due and now else None
    return JudgmentLine(
        judgment.id,
        when(judgment.value("decided")),
        judgment.text("court") or judgment.text("court_type"),
        law,
        situations.sentence_text(judgment),
        beyond_text(late) or _ends(due),
        " · ".join(m for m in more if m),
        due is not None,
        _version(judgment),
    )


def _ends(due: Release | None) -> str:
    if due is None:
        return ""
    text = tr(N_("ends {day}"), day=situations.release_text(due))
    return tr(N_("{text} (estimated)"), text=text) if due.basis is Basis.ESTIMATED else text


def _answer(answer: DisclosedRecord) -> AnswerLine:
    chip = Chip(answer.text("says"), ACKNOWLEDGEMENT_TONE[answer.value("says")])
    return AnswerLine(
        answer.id,
        when(answer.value("on")),
        answer.text("body"),
        answer.text("form"),
        chip,
        answer.text("words"),
        _version(answer),
    )


def _turns(case: DisclosedRecord, reader: Reader) -> list[TurnLine]:
    causes = {e.id: e for e in (*situations.custody(case), *case.children("answers"))}
    lines = []
    for turn in situations.history(case, reader):
        cause = causes[turn.cause_id]
        answered = cause.entity is StateAnswer
        what = tr(StateAnswer.singular) if answered else cause.text("kind")
        says, sure = turn.acknowledgement, turn.certainty
        lines.append(
            TurnLine(
                turn.cause_id,
                when(cause.value("on")),
                what,
                Chip(terms.label_of(turn.status), STATUS_TONE[turn.status]),
                Chip(terms.label_of(says), ACKNOWLEDGEMENT_TONE[says]) if says else None,
                Chip(terms.label_of(sure), CERTAINTY_TONE[sure]) if sure else None,
            )
        )
    return lines
