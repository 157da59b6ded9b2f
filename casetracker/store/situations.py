"""How a case stands: three axes of status, the sentence, days held and silent, as one audience may know it.

What came after the reader's day is passed over: a paper made again says what the first one said.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from casetracker.i18n import N_, ntr, tr
from casetracker.model.confidentiality import WITHHELD
from casetracker.model.dates import KnownDate
from casetracker.model.detention import counting
from casetracker.model.detention.acknowledgement import Acknowledgement, deciding
from casetracker.model.detention.certainty import Certainty, Told, certainty
from casetracker.model.detention.counting import Stay
from casetracker.model.detention.custody import (
    STATUS_TONE,
    CustodyKind,
    CustodyStatus,
    Derived,
    Standing,
    derive,
)
from casetracker.model.detention.judgment import SentenceKind
from casetracker.model.detention.sentence import NEVER, Bounds, Release, Term, beyond, release
from casetracker.model.detention.sentence import deciding as counting_term
from casetracker.model.detention.turns import Turn, status_history
from casetracker.model.terms import label_of
from casetracker.store.derived import Answer, Teller
from casetracker.store.reader import DisclosedRecord, Reader


@dataclass(frozen=True)
class Fact:
    """A custody event as the audience may know it."""

    id: str
    kind: CustodyKind
    on: KnownDate | None
    standing: Standing | None
    source_id: str | None

    @property
    def earliest(self) -> dt.date | None:
        """The earliest day on which it can have happened."""
        return self.on.earliest if self.on else None

    @property
    def latest(self) -> dt.date | None:
        """The latest day on which it can have happened."""
        return self.on.latest if self.on else None


@dataclass(frozen=True)
class Situation:
    """How a case stands on the reader's day."""

    status: CustodyStatus
    status_text: str
    tone: str
    decided_by: DisclosedRecord | None
    contradicted: bool
    acknowledgement: Acknowledgement | None
    answer: DisclosedRecord | None
    certainty: Certainty | None
    episode: DisclosedRecord | None
    since: KnownDate | None
    place: str
    judgment: DisclosedRecord | None
    sentence: str
    release: Release | None
    days_beyond: tuple[int | None, int | None] | None
    days_held: tuple[int | None, int | None]
    last_news: KnownDate | None
    days_silent: int | None


def order_of(on: KnownDate | None) -> tuple[dt.date, dt.date]:
    """Return where a date stands in a chronology; without one, at the end."""
    return on.sort_key if on else (dt.date.max, dt.date.max)


def custody(case: DisclosedRecord) -> list[DisclosedRecord]:
    """Return the custody events of all episodes of a case, in the order of their dates."""
    found = [event for episode in case.children("episodes") for event in episode.children("custody")]
    return sorted(found, key=lambda e: order_of(e.value("on")))


def _facts(events: Iterable[DisclosedRecord], as_of: dt.date) -> list[Fact]:
    made = (
        Fact(e.id, e.value("kind"), e.value("on"), e.value("standing"), e.value("source_id")) for e in events
    )
    return [f for f in made if not (f.earliest and f.earliest > as_of)]


def _answers(case: DisclosedRecord, as_of: dt.date) -> list[Answer]:
    found = []
    for answer in case.children("answers"):
        earliest, latest = _bounds(answer.value("on"))
        if not (earliest and earliest > as_of):
            found.append(Answer(answer.id, answer.value("says"), earliest, latest, answer.value("standing")))
    return found


def _sources(case: DisclosedRecord) -> dict[str, Told]:
    fields = Teller.__dataclass_fields__
    return {
        s.id: Teller(s.id, *(s.value(name) for name in fields if name != "id"))
        for s in case.children("sources")
    }


def _bounds(on: KnownDate | None) -> Bounds:
    return (on.earliest, on.latest) if on else NEVER


def derived_status(case: DisclosedRecord, as_of: dt.date = dt.date.max) -> Derived:
    """Return the status that follows from the custody events which this audience may know of."""
    return derive(_facts(custody(case), as_of))


def history(case: DisclosedRecord, reader: Reader) -> list[Turn]:
    """Return how the case stood after each thing that happened or was answered, until the reader's day."""
    facts = _facts(custody(case), reader.as_of)
    return status_history(facts, _answers(case, reader.as_of), _sources(case))


def stays(case: DisclosedRecord, as_of: dt.date) -> list[Stay]:
    """Return the detentions of a case, as days are counted from them."""
    return [
        Stay(
            number,
            e.value("arrested") or e.value("held_from"),
            e.value("ended"),
            e.value("outcome"),
            _facts(e.children("custody"), as_of),
        )
        for number, e in enumerate(case.children("episodes"), 1)
    ]


def situation(case: DisclosedRecord, reader: Reader) -> Situation:
    """Work out how a case stands on the reader's day."""
    day = reader.as_of
    events = {e.id: e for e in custody(case)}
    facts = _facts(events.values(), day)
    derived, answer = derive(facts), deciding(_answers(case, day))
    episodes = case.children("episodes")
    episode = episodes[-1] if episodes else None
    judgment, due = judged(episode, day) if episode else (None, None)
    sentence = sentence_text(judgment) if judgment else ""
    news = _last_news(facts)
    return Situation(
        status=derived.status,
        status_text=_status_text(derived.status, sentence),
        tone=STATUS_TONE[derived.status],
        decided_by=events.get(derived.event_id or ""),
        contradicted=bool(derived.against),
        acknowledgement=answer.says if answer else None,
        answer=next((a for a in case.children("answers") if answer and a.id == answer.id), None),
        certainty=certainty(facts, derived, _sources(case)),
        episode=episode,
        since=(episode.value("arrested") or episode.value("held_from")) if episode else None,
        place=_place(episode) if episode else "",
        judgment=judgment,
        sentence=sentence,
        release=due,
        days_beyond=beyond(due, derived.status, day),
        days_held=counting.days_held(stays(case, day), day),
        last_news=news,
        days_silent=counting.silent_for(news.latest, day) if news else None,
    )


def status_label(status: CustodyStatus) -> str:
    """Return a status in words."""
    return label_of(status)


def _status_text(status: CustodyStatus, sentence: str) -> str:
    text = label_of(status)
    return f"{text} · {sentence}" if status is CustodyStatus.SENTENCED and sentence else text


def _last_news(facts: Iterable[Fact]) -> KnownDate | None:
    """Return the date of the latest thing that was heard; that contact was lost is no news."""
    dated = [f.on for f in facts if f.on and f.on.latest and f.kind is not CustodyKind.LOST]
    return max(dated, key=lambda on: on.latest or dt.date.min, default=None)


def judged(episode: DisclosedRecord, as_of: dt.date) -> tuple[DisclosedRecord | None, Release | None]:
    """Return the judgment that counts in a detention by that day, and when its sentence ends."""
    known = {j.id: j for j in episode.children("judgments")}
    terms = [t for j in known.values() if not ((t := _term(j)).decided[0] and t.decided[0] > as_of)]
    term = counting_term(terms)
    begun = _bounds(episode.value("held_from")) if episode.value("held_from") else NEVER
    begun = begun if any(begun) else _bounds(episode.value("arrested"))
    return (known[term.id], release(terms, begun)) if term else (None, None)


def _term(judgment: DisclosedRecord) -> Term:
    value = judgment.value
    return Term(
        judgment.id,
        _bounds(value("decided")),
        value("sentence"),
        value("term_years"),
        value("term_months"),
        value("term_days"),
        _bounds(value("term_from")),
        _bounds(value("term_to")),
        value("standing"),
    )


def sentence_text(judgment: DisclosedRecord) -> str:
    """Return a sentence in words: its length, or that it is for life; empty if nothing is known of it."""
    kind = judgment.value("sentence")
    years, months, days = (judgment.value(name) for name in ("term_years", "term_months", "term_days"))
    parts = [
        ntr("{n} year", "{n} years", years) if years else "",
        ntr("{n} month", "{n} months", months) if months else "",
        ntr("{n} day", "{n} days", days) if days else "",
    ]
    length = " ".join(p for p in parts if p)
    if kind in (None, SentenceKind.FIXED):
        return length
    said = judgment.text("sentence")
    return tr(N_("{length}, {kind}"), length=length, kind=said.lower()) if length else said.lower()


def reasons_text(episode: DisclosedRecord) -> str:
    """Return the suspected reasons of a detention, in words."""
    return ", ".join(reason.text("reason") for reason in episode.children("reasons"))


def release_text(due: Release | None) -> str:
    """Say when a sentence ends, as exactly as it is known."""
    if due is None:
        return ""
    days = [KnownDate.on(day).text() if day else "" for day in (due.earliest, due.latest)]
    if days[0] == days[1] or not all(days):
        return days[0] or days[1]
    return tr(N_("between {first} and {last}"), first=days[0], last=days[1])


def _place(episode: DisclosedRecord) -> str:
    parts: list[Any] = [episode.text("held_at"), episode.text("county")]
    return ", ".join(p for p in parts if p and p != WITHHELD)
