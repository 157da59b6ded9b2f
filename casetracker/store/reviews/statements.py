"""What a family is asked about a case: statements in their language, and a mark of the version of each.

Only what the family may read is asked; of accounts, details and sources nothing, because they may show who
told them. A mark is a hash of what a statement rests on, whatever language it is read in: by it an approval
is bound to the version that was seen.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from casetracker.i18n import N_, current, tr
from casetracker.model import Case, CustodyEvent, Episode, Judgment, Person, PersonName
from casetracker.model.confidentiality import WITHHELD
from casetracker.model.dates import KnownDate
from casetracker.model.detention.custody import Standing
from casetracker.model.entity import Entity, values_of
from casetracker.model.fields import LongText
from casetracker.model.names.writing import Script, script_of
from casetracker.model.terms import label_of
from casetracker.store import situations
from casetracker.store.history import freeze
from casetracker.store.reader import DisclosedRecord, Reader

# The scripts that the reader of a language reads, the first one best.
READ_BY = {
    "kk": (Script.CYRL, Script.ARAB, Script.LATN, Script.HANS),
    "ru": (Script.CYRL, Script.LATN, Script.ARAB, Script.HANS),
    "en": (Script.LATN, Script.CYRL, Script.ARAB, Script.HANS),
}
_WHO, _WISH = N_("Who it is"), N_("What the family asks")
_TAKEN, _HELD, _COURT = N_("Arrest and detention"), N_("In custody"), N_("Court and sentence")
_OF_A_PERSON = ("sex", "birth", "birthplace", "ethnicity", "citizenships", "kz_status", "occupation")
_OF_A_CASE = ("request", "health")
_OF_AN_EPISODE = ("arrested", "arrest_place", "forces", "held_from", "county", "held_at", "contact_allowed",
                  "official_reason", "suspected_reason", "ended", "outcome")  # fmt: skip
_OF_AN_EVENT = ("kind", "on", "place")
_OF_A_JUDGMENT = ("decided", "court", "charge", "sentence", "term_years", "term_months", "term_days")


@dataclass(frozen=True)
class At:
    """Where a statement stands: a record, and the fields that it is made of."""

    record: str
    record_id: str
    fields: tuple[str, ...]

    @property
    def key(self) -> str:
        """The address in a word."""
        return f"{self.record}:{self.record_id}:{','.join(self.fields)}"


@dataclass(frozen=True)
class Statement:
    """One thing that a family is asked: what it is about, how it reads, and its mark."""

    at: At
    group: str
    label: str
    text: str
    mark: str


def of_case(case: DisclosedRecord) -> Iterator[Statement]:
    """Yield the statements about a case in the language now in use; `case` is read for the family."""
    person = case.ref("person_id")
    if person is not None:
        for name in _readable_first(person.children("names")):
            label = tr(N_("Name ({script})"), script=label_of(script_of(name.text("full"))))
            yield from _single(name, "full", tr(_WHO), label)
        for field in _OF_A_PERSON:
            yield from _single(person, field, tr(_WHO))
    for field in _OF_A_CASE:
        yield from _single(case, field, tr(_WISH))
    for episode in case.children("episodes"):
        yield from _of_episode(episode)


def _of_episode(episode: DisclosedRecord) -> Iterator[Statement]:
    for field in _OF_AN_EPISODE:
        yield from _single(episode, field, tr(_TAKEN))
    for event in _in_order(episode.children("custody"), "on"):
        if event.value("standing") is not Standing.SET_ASIDE:
            yield from _joined(event, _OF_AN_EVENT, tr(_HELD), event.text("kind"), _event(event))
    for judgment in _in_order(episode.children("judgments"), "decided"):
        if judgment.value("standing") is not Standing.SET_ASIDE:
            label = tr(Judgment.singular)
            yield from _joined(judgment, _OF_A_JUDGMENT, tr(_COURT), label, _judgment(judgment))


def marks_of(case: DisclosedRecord) -> dict[str, tuple[str, str]]:
    """Return the mark and the label of each statement about a case, by address."""
    return {s.at.key: (s.mark, s.label) for s in of_case(case)}


def mark_of(record: DisclosedRecord, fields: tuple[str, ...]) -> str:
    """Return the mark of what a statement rests on."""
    return mark_of_values([record.value(name) for name in fields])


def mark_of_values(values: Iterable[Any]) -> str:
    """Return the mark of the values of some fields, in their order."""
    held = [_plain(value) for value in values]
    return hashlib.sha256(json.dumps(held, ensure_ascii=False).encode()).hexdigest()[:32]


def best_name(names: list[str], language: str = "") -> str:
    """Return the spelling that the reader of a language (default: the one in use) can read."""
    wanted = READ_BY.get(language or current(), READ_BY["en"])
    return next((n for script in wanted for n in names if script_of(n) is script), names[0] if names else "")


def name_of(case: DisclosedRecord, reader: Reader) -> str:
    """Return how the relative of a case is called for the reader of the language in use."""
    return best_name(reader.names(case.value("person_id"))) or case.text("ref")


def is_long(at: At) -> bool:
    """Whether a correction may need several lines."""
    entity = _KINDS.get(at.record)
    return len(at.fields) > 1 or bool(entity and isinstance(values_of(entity)[at.fields[0]].kind, LongText))


_KINDS: dict[str, type[Entity]] = {
    e.__name__: e for e in (Person, PersonName, Case, Episode, CustodyEvent, Judgment)
}


def _plain(value: Any) -> Any:
    if isinstance(value, KnownDate):
        return [value.words, value.edtf]
    return freeze(value)


def _readable_first(names: list[DisclosedRecord]) -> list[DisclosedRecord]:
    wanted = READ_BY.get(current(), READ_BY["en"])
    return sorted(names, key=lambda n: wanted.index(script_of(n.text("full"))))


def _in_order(records: list[DisclosedRecord], name: str) -> list[DisclosedRecord]:
    def earliest(record: DisclosedRecord) -> str:
        on = record.value(name)
        return str(on.earliest or on.latest or "9") if on else "9"

    return sorted(records, key=earliest)


def _single(record: DisclosedRecord, field: str, group: str, label: str = "") -> Iterator[Statement]:
    yield from _joined(record, (field,), group, label or record.label(field), record.text(field))


def _joined(
    record: DisclosedRecord, fields: tuple[str, ...], group: str, label: str, text: str
) -> Iterator[Statement]:
    if text and text != WITHHELD:
        at = At(record.entity.__name__, record.id, fields)
        yield Statement(at, group, label, text, mark_of(record, fields))


def _event(event: DisclosedRecord) -> str:
    return _line(event.text("on"), event.text("kind"), event.text("place"))


def _judgment(judgment: DisclosedRecord) -> str:
    charge = judgment.text("charge")
    return _line(
        judgment.text("decided"), judgment.text("court"), situations.sentence_text(judgment),
        tr(N_("charge: {charge}"), charge=charge) if charge and charge != WITHHELD else "",
    )  # fmt: skip


def _line(*parts: str) -> str:
    return " · ".join(part for part in parts if part and part != WITHHELD)
