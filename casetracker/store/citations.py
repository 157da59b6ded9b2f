"""What sources say about fields of records: who supports a value, who says otherwise, which one counts."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from casetracker.errors import Invalid, UserError
from casetracker.i18n import N_, tr
from casetracker.model import BY_NAME, Citation, Source
from casetracker.model.detention.certainty import origins
from casetracker.model.detention.custody import Standing
from casetracker.model.entity import values_of
from casetracker.model.fields import Field, Ref
from casetracker.model.sources.citation import Stance
from casetracker.model.sources.source import Credibility, SourceKind
from casetracker.store.draft import Draft
from casetracker.store.reader import DisclosedRecord, Reader
from casetracker.store.store import Store

Place = tuple[str, str, str]  # the kind of record, its id, the field


@dataclass(frozen=True)
class Support:
    """How many sources stand for and against a value; `origins` counts independent ones among the former."""

    supports: int = 0
    contradicts: int = 0
    origins: int = 0
    reason: str = ""  # why the version that counts does

    @property
    def open(self) -> bool:
        """Whether sources differ and nobody has decided yet."""
        return bool(self.contradicts) and not self.reason


@dataclass(frozen=True)
class Cited:
    """One citation as pages show it."""

    id: str
    place: Place
    stance: Stance
    says: str
    where: str
    standing: Standing | None
    reason: str
    source_id: str
    source: str
    kind: SourceKind | None
    grade: str
    case_id: str


def citations_of(reader: Reader, record_ids: Collection[str]) -> list[Cited]:
    """Return the citations about these records, those that count first."""
    return _cited(reader, Citation.about_id.in_(list(record_ids)))


def citations_from(reader: Reader, case_id: str) -> list[Cited]:
    """Return what the sources of a case say about any record."""
    return _cited(reader, Citation.source_id.in_(sa.select(Source.id).where(Source.case_id == case_id)))


def _cited(reader: Reader, condition: sa.ColumnElement[bool]) -> list[Cited]:
    query = sa.select(Citation.id).where(condition).order_by(Citation.about_id, Citation.field, Citation.id)
    found = [_line(c) for c in reader.many(Citation, reader.ids(query))]
    return sorted(
        found, key=lambda c: (c.place, c.standing is not Standing.COUNTS, c.stance.name != "SUPPORTS")
    )


def _line(record: DisclosedRecord) -> Cited:
    source = record.ref("source_id")
    return Cited(
        record.id,
        (record.text("about"), record.text("about_id"), record.text("field")),
        record.value("stance"),
        record.text("says"),
        record.text("place"),
        record.value("standing"),
        record.text("standing_reason"),
        source.id if source else "",
        called(source),
        source.value("kind") if source else None,
        grade(source),
        source.value("case_id") if source else "",
    )


def called(source: DisclosedRecord | None) -> str:
    """Return how a source is named where only one line is for it: its name, who told, their relation."""
    if source is None:
        return ""
    words = [source.title, *(source.text(name) for name in ("person_id", "relation", "outlet"))]
    return " · ".join(dict.fromkeys(word for word in words if word))


def grade(source: DisclosedRecord | None) -> str:
    """Return the two grades of a source as letter and digit (Admiralty scale), for the office only."""
    if source is None:
        return ""
    letter, digit = source.value("reliability"), source.value("credibility")
    number = str(list(Credibility).index(digit) + 1) if digit else ""
    return (letter.name if letter else "") + number


def support(reader: Reader, record_ids: Collection[str]) -> dict[Place, Support]:
    """Return how well each cited field of these records is supported."""
    by_place: dict[Place, list[Cited]] = {}
    for cited in citations_of(reader, record_ids):
        by_place.setdefault(cited.place, []).append(cited)
    sources = {s.id: s for s in _told(reader, [c for many in by_place.values() for c in many])}
    return {place: _support(many, sources) for place, many in by_place.items()}


def _support(many: Iterable[Cited], sources: dict[str, _Told]) -> Support:
    lines = list(many)
    living = [c for c in lines if c.standing is not Standing.SET_ASIDE]
    for_it = [sources[c.source_id] for c in living if c.stance is Stance.SUPPORTS and c.source_id in sources]
    return Support(
        supports=sum(c.stance is Stance.SUPPORTS for c in lines),
        contradicts=sum(c.stance is Stance.CONTRADICTS for c in lines),
        origins=origins(for_it, sources),
        reason=next((c.reason for c in lines if c.standing is Standing.COUNTS), ""),
    )


@dataclass(frozen=True)
class _Told:
    """A source as far as counting its origin needs it."""

    id: str
    origin_id: str | None
    person_id: str | None


def _told(reader: Reader, cited: Iterable[Cited]) -> list[_Told]:
    """Return the sources, and those by way of which they know it."""
    wanted, found = {c.source_id for c in cited if c.source_id}, dict[str, _Told]()
    while wanted:
        for s in reader.many(Source, sorted(wanted)):
            found[s.id] = _Told(s.id, s.value("origin_id"), s.value("person_id"))
        known = set(found)
        wanted = {t.origin_id for t in found.values() if t.origin_id} - known - wanted
    return list(found.values())


# Writing


def field_of(place: Place) -> Field | None:
    """Return the description of a cited field; None if there is no such field (any more)."""
    entity = BY_NAME.get(place[0])
    return values_of(entity).get(place[2]) if entity else None


def draft(store: Store, place: Place) -> Draft:
    """Begin a citation of a field."""
    made = store.draft(Citation)
    made.values |= dict(zip(("about", "about_id", "field"), place, strict=True))
    made.values["stance"] = Stance.SUPPORTS
    return made


def let_count(store: Store, citation_id: str, reason: str) -> bool:
    """Let the version of this citation count, and set aside those that say otherwise, as one action.

    The value on record becomes what the source says, where it can be read as such a value; returns whether
    the value is now that. Raises `Invalid` without a reason.
    """
    if not reason.strip():
        raise Invalid({"": tr(N_("Say why this version counts or is set aside."))})
    with store.reader() as reader:
        record = reader.get(Citation, citation_id)
        if record is None:
            raise UserError(tr(N_("This record is no longer there; it may have been deleted or undone.")))
        chosen = _line(record)
        rivals = [c for c in citations_of(reader, [chosen.place[1]]) if c.place == chosen.place]
    value = _value(store, chosen)
    now = value is not None or chosen.stance is Stance.SUPPORTS
    with store.edit(tr(N_("Decide between versions"))) as edit:
        if value is not None:
            edit.write(value)
        for rival in rivals:
            line = store.draft(Citation, rival.id)
            agrees = _agree(rival, chosen)
            line.values |= {"standing": Standing.COUNTS if agrees else Standing.SET_ASIDE}
            line.values |= {"standing_reason": reason.strip()[:300]}
            if now:
                line.values["stance"] = Stance.SUPPORTS if agrees else Stance.CONTRADICTS
            edit.write(line)
    return now


def _agree(one: Cited, other: Cited) -> bool:
    if one.stance is Stance.SUPPORTS and other.stance is Stance.SUPPORTS:
        return True
    return one.id == other.id or (bool(one.says) and one.says.casefold() == other.says.casefold())


def _value(store: Store, chosen: Cited) -> Draft | None:
    """Return a draft that gives the field the value of the chosen citation; None if it is not to change."""
    field = field_of(chosen.place)
    if chosen.stance is Stance.SUPPORTS or field is None or isinstance(field.kind, Ref):
        return None
    try:
        read = field.kind.parse(chosen.says)
    except ValueError:
        return None
    if read is None or field.check(read):
        return None
    record = store.draft(BY_NAME[chosen.place[0]], chosen.place[1])
    return Draft(record.entity, record.id, record.version, {field.name: read})


def contradicted(reader: Reader, case_id: str) -> bool:
    """Whether sources of a case differ on a cited field and nobody has decided yet."""
    by_place: dict[Place, list[Cited]] = {}
    for cited in citations_from(reader, case_id):
        by_place.setdefault(cited.place, []).append(cited)
    return any(_support(many, {}).open for many in by_place.values())
