"""The contradiction board of a case: on which facts sources differ, who says what, which version counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from casetracker.errors import Invalid
from casetracker.i18n import N_, tr
from casetracker.model import BY_NAME, Case, CustodyEvent, Judgment
from casetracker.model.detention.custody import STATUS_AFTER, Standing
from casetracker.model.sources.citation import Stance
from casetracker.model.sources.source import SourceKind
from casetracker.model.terms import label_of
from casetracker.store import citations, situations
from casetracker.store.citations import Cited, Place, called, grade
from casetracker.store.reader import DisclosedRecord, Reader
from casetracker.store.store import Store


class Side(Enum):
    """Whose version it is: the columns of the board."""

    OFFICIAL = N_("Official version")
    FAMILY = N_("Family's version")
    DOCUMENT = N_("Document's version")
    OTHER = N_("Others")


SIDE_OF: dict[SourceKind | None, Side] = {
    SourceKind.AUTHORITY: Side.OFFICIAL,
    SourceKind.TESTIMONY: Side.FAMILY,
    SourceKind.DOCUMENT: Side.DOCUMENT,
}


@dataclass(frozen=True)
class Version:
    """What one source says about a fact; `key` is what `let_count` takes."""

    key: str
    side: Side
    text: str
    detail: str
    source: str
    grade: str
    standing: Standing | None
    reason: str


@dataclass(frozen=True)
class Dispute:
    """One fact on which sources differ; `value` is what stands on record."""

    what: str
    about: str
    value: str
    versions: tuple[Version, ...]

    @property
    def decided(self) -> bool:
        """Whether one version counts."""
        return any(v.standing is Standing.COUNTS for v in self.versions)


def board(store: Store, case_id: str) -> list[Dispute]:
    """Return the facts of a case on which sources differ: those nobody has decided first."""
    with store.reader() as reader:
        case = reader.get(Case, case_id)
        if case is None:
            return []
        rows = [*_status(case, reader), *_judgments(case), *_cited(reader, case_id)]
    return sorted(rows, key=lambda row: row.decided)


# What happened in custody, and judgments: versions of their own


def _status(case: DisclosedRecord, reader: Reader) -> list[Dispute]:
    events = situations.custody(case)
    derived = situations.derived_status(case, reader.as_of)
    rivals = {derived.event_id, *derived.against} if derived.against else set()
    lines = [e for e in events if e.id in rivals or e.value("standing")]
    if len(lines) < 2:
        return []
    value = label_of(derived.status)
    return [Dispute(tr(N_("Status")), tr(N_("In custody")), value, tuple(_event(e) for e in lines))]


def _event(event: DisclosedRecord) -> Version:
    on = event.value("on")
    detail = " · ".join(t for t in (on.text() if on else "", event.text("place"), event.text("note")) if t)
    return _version(event, event.text("kind"), detail)


def _judgments(case: DisclosedRecord) -> Iterable[Dispute]:
    """Two judgments of one detention of which at least one is marked are versions of one."""
    for number, episode in enumerate(case.children("episodes"), 1):
        lines = [j for j in episode.children("judgments") if j.value("source_id")]
        if len(lines) > 1 and any(j.value("standing") for j in lines):
            counting = [j for j in lines if j.value("standing") is Standing.COUNTS]
            value = situations.sentence_text(counting[0]) if counting else ""
            about = tr(N_("Detention {number}"), number=number)
            yield Dispute(tr(Judgment.singular), about, value, tuple(_judgment(j) for j in lines))


def _judgment(judgment: DisclosedRecord) -> Version:
    on = judgment.value("decided")
    detail = " · ".join(t for t in (on.text() if on else "", judgment.text("court")) if t)
    return _version(judgment, situations.sentence_text(judgment) or judgment.text("charge"), detail)


def _version(record: DisclosedRecord, text: str, detail: str) -> Version:
    source = record.ref("source_id")
    return Version(
        f"{record.entity.__name__}:{record.id}",
        SIDE_OF.get(source.value("kind") if source else None, Side.OTHER),
        text,
        detail,
        called(source),
        grade(source),
        record.value("standing"),
        record.text("standing_reason"),
    )


# Citations


def _cited(reader: Reader, case_id: str) -> Iterable[Dispute]:
    by_place: dict[Place, list[Cited]] = {}
    for cited in citations.citations_from(reader, case_id):
        by_place.setdefault(cited.place, []).append(cited)
    for place, found in by_place.items():
        if any(c.stance is Stance.CONTRADICTS for c in found):
            yield _dispute(reader, place, found)


def _dispute(reader: Reader, place: Place, found: list[Cited]) -> Dispute:
    field, entity = citations.field_of(place), BY_NAME.get(place[0])
    record = reader.get(entity, place[1]) if entity else None
    value = record.text(place[2]) if record and field else ""
    return Dispute(
        tr(field.label) if field else place[2],
        f"{tr(entity.singular)} · {record.title}" if record and entity else "",
        value,
        tuple(
            Version(
                f"Citation:{c.id}",
                SIDE_OF.get(c.kind, Side.OTHER),
                c.says or value,
                c.where,
                c.source,
                c.grade,
                c.standing,
                c.reason,
            )
            for c in found
        ),
    )


# Deciding


def let_count(store: Store, case_id: str, key: str, reason: str) -> bool:
    """Let one version count and set the others of its fact aside, as one action that can be undone.

    Returns whether the value on record is now that of the version. Raises `Invalid` without a reason.
    """
    kind, _, record_id = key.partition(":")
    if kind == "Citation":
        return citations.let_count(store, record_id, reason)
    if not reason.strip():
        raise Invalid({"": tr(N_("Say why this version counts or is set aside."))})
    rivals = next((row.versions for row in board(store, case_id) if key in {v.key for v in row.versions}), ())
    chosen = store.draft(BY_NAME[kind], record_id)
    with store.edit(tr(N_("Decide between versions"))) as edit:
        for rival in rivals:
            other = store.draft(BY_NAME[kind], rival.key.partition(":")[2])
            standing = Standing.COUNTS if rival.key == key else _beside(chosen.values, other.values, kind)
            other.values["standing"] = standing
            other.values["standing_reason"] = reason.strip()[:300] if standing else None
            edit.write(other)
    return True


def _beside(chosen: dict[str, object], other: dict[str, object], kind: str) -> Standing | None:
    """Say what becomes of another version: one that says the same is left as it is."""
    if kind == CustodyEvent.__name__:
        same = STATUS_AFTER.get(chosen["kind"]) is STATUS_AFTER.get(other["kind"])  # type: ignore[call-overload]
        return None if same else Standing.SET_ASIDE
    return Standing.SET_ASIDE
