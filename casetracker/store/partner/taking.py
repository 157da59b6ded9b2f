"""Taking in a bundle as one action: what is new is written, what differs is decided, and both are kept.

Whatever is chosen for a field, the version that is not on record afterwards stands beside it: as a citation
of the bundle on the board of versions, and in a note of the case. What fits nowhere stands in the note too.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from casetracker.errors import Invalid, UserError
from casetracker.i18n import N_, ntr, tr
from casetracker.jobs import Progress, Silent
from casetracker.model import Case, Citation, ForeignRecord, Note, Person, PersonName, ReceivedBundle, Source
from casetracker.model.detention.case import Stage
from casetracker.model.entity import fields_of, values_of
from casetracker.model.fields import LongText, Ref, Text
from casetracker.model.sources.citation import Stance
from casetracker.model.sources.source import SourceKind
from casetracker.store.draft import Draft
from casetracker.store.edit import Edit
from casetracker.store.partner.comparing import (
    Difference,
    Side,
    case_of,
    compare,
    differing,
)
from casetracker.store.partner.theirs import Bundle, Theirs, last_said, ours
from casetracker.store.store import Store

_LONGEST = 300
_TRIES = 4
Decisions = Mapping[tuple[str, str], Side]


@dataclass
class Taken:
    """What came of it."""

    new_cases: int = 0
    known_cases: int = 0
    new: int = 0
    changed: int = 0
    kept_beside: int = 0
    in_notes: int = 0
    already: bool = False
    case_ids: list[str] = field(default_factory=list)

    def text(self) -> str:
        """Say it in sentences."""
        if self.already:
            return tr(N_("This bundle was taken in already; nothing was changed."))
        said = [
            ntr("{n} new case was taken in.", "{n} new cases were taken in.", self.new_cases),
            ntr("{n} case was known.", "{n} cases were known.", self.known_cases),
        ]
        if self.changed:
            said.append(ntr("{n} field was changed.", "{n} fields were changed.", self.changed))
        if self.kept_beside:
            sentence = ntr(
                "{n} other version is kept beside ours.", "{n} other versions are kept beside ours.",
                self.kept_beside,
            )  # fmt: skip
            said.append(sentence)
        if self.in_notes:
            sentence = ntr(
                "{n} thing fitted nowhere and stands in a note.",
                "{n} things fitted nowhere and stand in notes.",
                self.in_notes,
            )
            said.append(sentence)
        return " ".join(said)


def take_in(
    store: Store,
    bundle: Bundle,
    decisions: Decisions,
    default: Side = Side.BOTH,
    progress: Progress = Silent(),  # noqa: B008 - holds nothing
) -> Taken:
    """Take in a bundle as one action that undo takes back whole; a second time it changes nothing.

    `decisions` say whose version of a field counts, `default` of all others. Raises `UserError` for a bundle
    made here, `Cancelled`.
    """
    found = compare(store, bundle)
    if found.already:
        return Taken(already=True)
    label = tr(N_("Bundle {number} of {office}"), number=bundle.number, office=_name(bundle))
    with store.edit(label) as edit:
        taking = _Taking(store, edit, bundle, {d.key: d for d in found.differences}, progress)
        taking.run(decisions, default)
    return taking.taken


def _name(bundle: Bundle) -> str:
    return bundle.office_name or tr(N_("a partner"))


class _Taking:
    def __init__(
        self,
        store: Store,
        edit: Edit,
        bundle: Bundle,
        differences: Mapping[tuple[str, str], Difference],
        progress: Progress,
    ) -> None:
        self._store, self._edit, self._bundle, self._progress = store, edit, bundle, progress
        self._differences = differences
        self._theirs = {each.id: each for each in bundle.records}
        self._ids = ours(store, bundle)
        self._known = dict(self._ids)
        self._lines: dict[str, list[str]] = defaultdict(list)  # by the id of a case of ours, or ""
        self._sources: dict[str, str] = {}
        self._placing: set[str] = set()
        self._failed: set[str] = set()
        self._later: list[tuple[str, str, str]] = []
        self.taken = Taken()

    def run(self, decisions: Decisions, default: Side) -> None:
        for done, each in enumerate(self._bundle.records):
            self._progress.step(done, len(self._bundle.records))
            self._place(each)
        for id_, name, target in self._later:
            if id_ in self._ids and target in self._ids:
                draft = Draft(self._theirs[id_].entity, self._ids[id_])
                draft.values[name] = self._ids[target]
                self._edit.write(draft)
        for each in self._bundle.records:
            if each.id in self._known:
                self._merge(each, decisions, default)
        for each in self._bundle.records:
            self._remember(each)
        self._write_notes()

    # New records

    def _place(self, each: Theirs) -> None:
        """Write a record that is new, after those that it points at."""
        if each.id in self._ids or each.id in self._placing or each.id in self._failed:
            return
        if each.entity is PersonName and each.links.get("person_id") in self._theirs:
            self._place(self._theirs[each.links["person_id"]])
            if each.id in self._ids:  # written with the person, who cannot be without a name
                return
        self._placing.add(each.id)
        draft = Draft(each.entity, values={n: v for n, v in each.values.items() if n != "ref"})
        for name, target in each.links.items():
            if target in self._theirs:
                self._place(self._theirs[target])
            if target in self._ids:
                draft.values[name] = self._ids[target]
            elif target in self._placing:
                self._later.append((each.id, name, target))
        self._placing.discard(each.id)
        self._complete(draft)
        names = self._add_names(draft, each) if each.entity is Person else []
        if written := self._written(draft, each):
            self._ids[each.id] = written
            self._ids |= {id_: child.id for id_, child in names}
            self.taken.new += 1 + len(names)
            self.taken.new_cases += each.entity is Case
            self._tell_number(each)
        else:
            self._failed.add(each.id)
        for label, text in each.unread:
            self._keep(each, f"{label}: {text}")

    def _add_names(self, draft: Draft, person: Theirs) -> list[tuple[str, Draft]]:
        """Add the spellings of a new person, whose main ones must be there when the person is written."""
        found = []
        for each in self._theirs.values():
            if each.entity is PersonName and each.links.get("person_id") == person.id:
                values = {n: v for n, v in each.values.items() if n != "position"}
                found.append((each.id, draft.add("names", **values)))
        if not found:
            draft.add("names", full=self._untold, primary=True)
        return found

    @property
    def _untold(self) -> str:
        return tr(N_("not told by {office}"), office=_name(self._bundle))

    def _complete(self, draft: Draft) -> None:
        """Give a record what it cannot be without where the partner may not tell it: a label, a person."""
        if draft.entity is Case:
            draft.values |= {"stage": Stage.INTAKE, "opened": self._store.today()}
        for name, described in values_of(draft.entity).items():
            if not described.required or draft.values.get(name) is not None:
                continue
            if isinstance(described.kind, Text) and name not in {"ref", "about", "about_id"}:
                draft.values[name] = self._untold
            elif name == "person_id" and draft.entity is Case:
                person = Draft(Person)
                person.add("names", full=self._untold, primary=True, position=0)
                draft.values[name] = self._edit.write(person)

    def _written(self, draft: Draft, each: Theirs) -> str:
        """Write a draft; what the record refuses goes to the note, and so does a record that cannot be."""
        for _ in range(_TRIES):
            try:
                with self._edit.attempt():
                    return self._edit.write(draft)
            except Invalid as error:
                names = [address.partition(".")[0].removesuffix("_reason") for address in error.problems]
                fields = fields_of(each.entity)
                there = [n for n in names if draft.values.get(n) is not None]  # a grade needs its reason
                movable = [n for n in there if not fields[n].required]
                if not movable:
                    break
                for name in movable:
                    self._keep(each, self._text(each, name, draft.values.pop(name)))
            except UserError:
                break
        given = [self._text(each, n, v) for n, v in draft.values.items() if not isinstance(
            values_of(each.entity)[n].kind, Ref)]  # fmt: skip
        if given:
            self._keep(each, f"{tr(each.entity.singular)}: {'; '.join(given)}")
        return ""

    def _tell_number(self, each: Theirs) -> None:
        if ref := each.values.get("ref"):
            case_id = self._ids[each.id] if each.entity is Case else ""
            sentence = N_("Number of the {what} there: {ref}")
            self._lines[case_id].append(tr(sentence, what=tr(each.entity.singular), ref=ref))

    def _text(self, each: Theirs, name: str, value: Any) -> str:
        described = values_of(each.entity)[name]
        return f"{tr(described.label)}: {described.kind.format(value)}"

    def _keep(self, each: Theirs, line: str) -> None:
        self.taken.in_notes += 1
        self._lines[self._case_in_bundle(each)].append(line)

    def _case_in_bundle(self, each: Theirs) -> str:
        """Return our id of the case that a record of the bundle belongs to; "" if it belongs to none."""
        for _ in range(4):
            if each.entity is Case:
                return self._ids.get(each.id, "")
            names = ("case_id", "episode_id", "person_id")
            key = next((each.links[n] for n in names if each.links.get(n) in self._theirs), "")
            if not key:
                break
            each = self._theirs[key]
        theirs = (c for c in self._bundle.cases if c.links.get("person_id") == each.id)
        return next((self._ids[c.id] for c in theirs if c.id in self._ids), "")

    # Known records

    def _merge(self, each: Theirs, decisions: Decisions, default: Side) -> None:
        self.taken.known_cases += each.entity is Case
        now = self._store.draft(each.entity, self._ids[each.id])
        with self._store.reading() as session:
            before = last_said(session, self._bundle.office).get(now.id, {})
            record = session.get(each.entity, now.id)
            names = differing(each, record, before)
            case = case_of(session, record)
            case_id = case.id if case is not None else ""
        draft = Draft(each.entity, now.id, now.version)
        for name in names:
            mine, value = now.values.get(name), each.values[name]
            if mine is None:
                draft.values[name] = value
                self._cite(each, name, now.id, case_id, value, Stance.SUPPORTS)
                continue
            side = decisions.get((each.id, name), default)
            draft.values |= self._decided(each, name, mine, value, side)
            stance = Stance.SUPPORTS if side is Side.THEIRS else Stance.CONTRADICTS
            self._cite(each, name, now.id, case_id, value, stance)
            self._tell_both(each, name, case_id, mine, value, side)
            self.taken.kept_beside += 1
        self.taken.changed += len(draft.values)
        if draft.values and not self._change(draft, each):
            self.taken.changed -= len(draft.values)

    def _change(self, draft: Draft, each: Theirs) -> bool:
        try:
            with self._edit.attempt():
                self._edit.write(draft)
        except Invalid:
            for name, value in draft.values.items():
                self._keep(each, self._text(each, name, value))
            return False
        return True

    def _decided(self, each: Theirs, name: str, mine: Any, value: Any, side: Side) -> dict[str, Any]:
        if side is Side.THEIRS:
            return {name: value}
        if side is Side.BOTH and isinstance(values_of(each.entity)[name].kind, LongText):
            day = f"{self._store.today():%Y-%m-%d}"
            return {name: f"{mine}\n\n[{_name(self._bundle)}, {day}]\n{value}"}
        return {}

    def _cite(
        self, each: Theirs, name: str, record_id: str, case_id: str, value: Any, stance: Stance
    ) -> None:
        """Put what they say on the board of versions, under the bundle as the source."""
        if not case_id:
            return
        if case_id not in self._sources:
            source = Draft(Source)
            label = tr(
                N_("Bundle {number} of {office}"), number=self._bundle.number, office=_name(self._bundle)
            )
            source.values |= {"case_id": case_id, "kind": SourceKind.DOCUMENT, "label": label[:_LONGEST]}
            self._sources[case_id] = self._edit.write(source)
        says = values_of(each.entity)[name].kind.format(value)[:_LONGEST]
        citation = Draft(Citation)
        citation.values |= {"about": each.entity.__name__, "about_id": record_id, "field": name}
        citation.values |= {"source_id": self._sources[case_id], "stance": stance, "says": says}
        self._edit.write(citation)

    def _tell_both(self, each: Theirs, name: str, case_id: str, mine: Any, value: Any, side: Side) -> None:
        described = values_of(each.entity)[name]
        sentence = N_("{what}, {field}: here “{ours}”, there “{theirs}”. Decided: {side}.")
        told = {"ours": described.kind.format(mine), "theirs": described.kind.format(value)}
        what, label = tr(each.entity.singular), tr(described.label)
        self._lines[case_id].append(tr(sentence, what=what, field=label, side=tr(side.value), **told))

    # What is remembered

    def _remember(self, each: Theirs) -> None:
        record_id = self._ids.get(each.id)
        if not record_id:
            return
        kept = self._kept_ids().get((self._bundle.office, each.id), "")
        draft = self._store.draft(ForeignRecord, kept)
        draft.values |= {"about": each.entity.__name__, "about_id": record_id, "office": self._bundle.office}
        draft.values |= {"foreign_id": each.id, "said": json.dumps(each.raw, ensure_ascii=False)}
        self._edit.write(draft)

    def _kept_ids(self) -> dict[tuple[str, str], str]:
        if not hasattr(self, "_kept"):
            import sqlalchemy as sa

            f = ForeignRecord
            with self._store.reading() as session:
                rows = session.execute(sa.select(f.office, f.foreign_id, f.id)).all()
            self._kept = {(office, there): id_ for office, there, id_ in rows}
        return self._kept

    def _write_notes(self) -> None:
        head = tr(N_("From the bundle {number} of {office}, {made}:"), number=self._bundle.number,
                  office=_name(self._bundle), made=self._bundle.made[:10])  # fmt: skip
        for case_id, lines in self._lines.items():
            if not case_id:
                continue
            note = Draft(Note)
            note.values |= {"about": Case.__name__, "about_id": case_id, "text": "\n".join([head, *lines])}
            note.values |= {"written": self._store.today(), "by": self._store.who[:_LONGEST]}
            self._edit.write(note)
        received = Draft(ReceivedBundle)
        received.values |= {
            "number": self._bundle.number[:_LONGEST],
            "office": self._bundle.office[:_LONGEST],
            "office_name": self._bundle.office_name[:_LONGEST] or None,
            "digest": self._bundle.digest,
            "received": self._store.today(),
            "by": self._store.who[:_LONGEST],
            "notes": "\n".join(self._lines.get("", [])) or None,
        }
        self._edit.write(received)
        self.taken.case_ids = [self._ids[c.id] for c in self._bundle.cases if c.id in self._ids]
