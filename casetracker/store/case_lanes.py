"""The chronology of a case by lanes: custody, family, protests, officials, promises. For the office only."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from casetracker.i18n import N_, ntr, tr
from casetracker.model import Case
from casetracker.model.dates import KnownDate
from casetracker.store import event_kinds, questions
from casetracker.store.questions import Happening, Owed
from casetracker.store.reader import DisclosedRecord, Reader
from casetracker.store.situations import order_of


@dataclass(frozen=True)
class Laned:
    """One line of the chronology, and the lane it runs in."""

    lane: str
    line: Happening


def lanes(reader: Reader, case_id: str) -> list[Laned]:
    """Return all that happened to the relative and around the case, in the order of time."""
    case = reader.get(Case, case_id)
    if case is None:
        return []
    found = [Laned(_lane(line), line) for line in questions.chronology(case, reader)]
    found += [Laned("family", line) for line in _family(case)]
    found += [Laned("promises", line) for line in _promises(questions.promises(reader, case_id=case_id))]
    return sorted(found, key=lambda each: order_of(each.line.on))


def _lane(line: Happening) -> str:
    kind = line.target[0]
    return "custody" if kind == "Case" else event_kinds.lane(kind)


def _line(on: dt.date, what: str, detail: str, tone: str, target: tuple[str, str]) -> Happening:
    return Happening(KnownDate.on(on), what, detail, tone, "", target)


def _family(case: DisclosedRecord) -> Iterator[Happening]:
    """Tell when the family told something, and when it agreed to a use or took that back."""
    target = ("Case", case.id)
    for source in case.children("sources"):
        if (told := source.value("told")) is not None:
            yield Happening(told, tr(N_("Told: {source}"), source=source.title), "", "grey", "", target)
    given: dict[tuple[dt.date, str, str], int] = defaultdict(int)
    for consent in case.children("consents"):
        who = consent.text("person_id")
        given[consent.value("given"), consent.text("answer"), who] += 1
        if (withdrawn := consent.value("withdrawn")) is not None:
            what = tr(N_("Consent withdrawn: {use}"), use=consent.text("use"))
            yield _line(withdrawn, what, who, "red", target)
    for (on, answer, who), number in given.items():
        uses = ntr("for {n} use", "for {n} uses", number)
        what = tr(N_("Consent: {answer}"), answer=answer.lower())
        yield _line(on, what, " · ".join(p for p in (who, uses) if p), "green", target)


def _promises(owed: list[Owed]) -> Iterator[Happening]:
    """Tell when a promise was made, when it was due, and what became of it."""
    for each in owed:
        target = ("Promise", each.promise_id)
        words = tr(N_("Promised: {words}"), words=each.words)
        yield Happening(each.made_on, words, each.office, "amber", "", target)
        if each.due:
            late = tr(N_("overdue")) if each.days_overdue else ""
            what = tr(N_("Due: {words}"), words=each.words)
            yield _line(each.due, what, late, "red" if each.days_overdue else "grey", target)
        if each.outcome_on and not each.open:
            yield _line(each.outcome_on, each.state, each.words, each.tone, target)
