"""What the office makes of an answer: accepted, accepted with a change, or declined with a reason.

Each decision is one action with its audit entry, and can be undone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from casetracker.errors import Invalid, UserError
from casetracker.i18n import N_, tr
from casetracker.model import BY_NAME, Case, HeldBack, Review, ReviewAnswer, terms
from casetracker.model.confidentiality import Audience, Use
from casetracker.model.entity import values_of
from casetracker.model.fields import Choice, Field, Term
from casetracker.model.sources.consent import Answer
from casetracker.model.work.review import Decision, Said
from casetracker.store.draft import Draft
from casetracker.store.reader import DisclosedRecord, Reader
from casetracker.store.reviews import statements, taking
from casetracker.store.reviews.packet import MAY_SAY, STATEMENT
from casetracker.store.store import Store


@dataclass(frozen=True)
class FieldNow:
    """A field that a correction is about: what stands in it now, and what it would become."""

    name: str
    label: str
    now: str
    offered: str  # typed by the representative, where the correction is about one field
    options: tuple[str, ...] = ()  # labels, where only these are possible


@dataclass(frozen=True)
class Proposal:
    """One answer with what is on record now: a line of the page on which proposals are decided."""

    id: str
    review_id: str
    review: str
    case_id: str
    case_ref: str
    name: str
    number: int
    label: str
    shown: str
    now: str
    said: Said
    proposed: str
    comment: str
    who: str
    on: str
    decision: Decision
    decided: str
    reason: str
    gone: bool = False  # the record is no longer there

    @property
    def moved(self) -> bool:
        """Whether what is on record is no longer what the family was shown."""
        return bool(self.shown) and self.now != self.shown and self.decision is Decision.OPEN


def proposals(reader: Reader, review_id: str) -> list[Proposal]:
    """Return the answers of a review in order, with what is on record now, read for the family."""
    review = reader.get(Review, review_id)
    if review is None:
        return []
    beside = reader.beside(Audience.FAMILY)
    now = {
        s.at.key: s.text
        for kept in review.children("cases")
        if (case := beside.get(Case, kept.value("case_id"))) is not None
        for s in statements.of_case(case)
    }
    return [_proposal(reader, review, answer, now) for answer in taking.kept_answers(reader, review_id)]


def _proposal(
    reader: Reader, review: DisclosedRecord, answer: DisclosedRecord, now: Mapping[str, str]
) -> Proposal:
    case = answer.ref("case_id")
    kind = answer.text("record")
    key = ":".join((kind, answer.text("record_id"), answer.text("field")))
    is_statement = answer.value("said") in MAY_SAY[STATEMENT]
    return Proposal(
        id=answer.id,
        review_id=review.id,
        review=review.text("ref"),
        case_id=case.id if case else "",
        case_ref=case.text("ref") if case else "",
        name=statements.name_of(case, reader) if case else "",
        number=answer.value("number"),
        label=answer.text("label"),
        shown=answer.text("shown"),
        now=now.get(key, "") if is_statement else answer.text("shown"),
        said=answer.value("said"),
        proposed=answer.text("proposed"),
        comment=answer.text("comment"),
        who=review.text("signed") or review.text("addressee"),
        on=review.text("answered"),
        decision=answer.value("decision"),
        decided=" · ".join(t for t in (answer.text("decided"), answer.text("decided_by")) if t),
        reason=answer.text("reason"),
        gone=is_statement and reader.get(BY_NAME[kind], answer.text("record_id")) is None,
    )


def fields_of(store: Store, answer_id: str) -> list[FieldNow]:
    """Return the fields that a correction is about, each with what stands in it and what is offered."""
    answer = store.draft(ReviewAnswer, answer_id).values
    names = [name for name in (answer["field"] or "").split(",") if name]
    with store.reader() as reader:
        record = reader.get(BY_NAME[answer["record"]], answer["record_id"])
        if record is None:
            return []
        offered = answer["proposed"] if len(names) == 1 and answer["said"] is Said.WRONG else None
        return [_field_now(record, name, offered) for name in names]


def accept(
    store: Store, answer_id: str, values: Mapping[str, str] | None = None, *, reason: str = ""
) -> None:
    """Accept an answer; of a correction, write `values` (texts by field) into the record.

    Without values a correction of one field is written as it was proposed. Other words than were proposed
    count as a change, and need a reason. Raises `Invalid`, with a sentence by field.
    """
    answer = _open(store, answer_id)
    said: Said = answer.values["said"]
    label = tr(N_("Accept what the family said: {what}"), what=answer.values["label"])
    if said is not Said.WRONG:
        _decide(store, answer, Decision.ACCEPTED, reason)
        with store.edit(label) as edit:
            edit.write(answer)
            if said is Said.AGREE:
                edit.write(_consent(store, answer))
        return
    record, changed = _corrected(store, answer, values)
    _decide(store, answer, Decision.CHANGED if changed else Decision.ACCEPTED, reason)
    with store.edit(label) as edit:
        edit.write(record)
        edit.write(answer)


def decline(store: Store, answer_id: str, reason: str) -> None:
    """Decline an answer with a reason; what was held back for it may be shared again."""
    answer = _open(store, answer_id)
    if not reason.strip():
        raise Invalid({"reason": tr(N_("Say why, so that the family can be told."))})
    _decide(store, answer, Decision.DECLINED, reason)
    held = _held_for(store, answer_id)
    for draft in held:
        draft.values |= {"lifted": store.today(), "lifted_reason": reason.strip()[:300]}
    with store.edit(tr(N_("Decline what the family said: {what}"), what=answer.values["label"])) as edit:
        edit.write(answer)
        for draft in held:
            edit.write(draft)


def reopen(store: Store, answer_id: str) -> None:
    """Let a decision be made anew; what was written into a record stays until it is decided again."""
    answer = store.draft(ReviewAnswer, answer_id)
    if answer.values["decision"] not in (Decision.ACCEPTED, Decision.CHANGED, Decision.DECLINED):
        raise UserError(tr(N_("Nothing was decided here yet.")))
    answer.values |= dict.fromkeys(("decided", "decided_by", "reason", "settled"))
    answer.values["decision"] = Decision.OPEN
    held = _held_for(store, answer_id)
    for draft in held:  # until it is decided, it is not shared
        draft.values |= {"lifted": None, "lifted_reason": None}
    with store.edit(tr(N_("Decide anew: {what}"), what=answer.values["label"])) as edit:
        edit.write(answer)
        for draft in held:
            edit.write(draft)


def _open(store: Store, answer_id: str) -> Draft:
    answer = store.draft(ReviewAnswer, answer_id)
    if answer.values["decision"] is not Decision.OPEN:
        raise UserError(tr(N_("This was decided already; look at the page again.")))
    return answer


def _decide(store: Store, answer: Draft, decision: Decision, reason: str) -> None:
    answer.values |= {
        "decision": decision,
        "decided": store.today(),
        "decided_by": store.who,
        "reason": reason.strip()[:300] or None,
    }


def _corrected(store: Store, answer: Draft, values: Mapping[str, str] | None) -> tuple[Draft, bool]:
    """Return the record as it is to be, and whether that is something else than was proposed."""
    kind, key = answer.values["record"], answer.values["record_id"]
    names = [name for name in (answer.values["field"] or "").split(",") if name]
    proposed = (answer.values["proposed"] or "").strip()
    if values is None:
        if len(names) != 1 or not proposed:
            raise UserError(tr(N_("Write down how it is to be, field by field.")))
        values = {names[0]: proposed}
    record = store.draft(BY_NAME[kind], key)
    fields, problems = values_of(BY_NAME[kind]), dict[str, str]()
    for name in names:
        if name in values:
            try:
                record.values[name] = _read(fields[name], values[name])
            except ValueError as error:
                problems[name] = str(error)
    if problems:
        raise Invalid(problems)
    # Now this is what the family confirmed: see `reviews.standing`.
    answer.values["settled"] = statements.mark_of_values([record.values.get(name) for name in names])
    changed = len(names) == 1 and bool(proposed) and values.get(names[0], "").strip() != proposed
    return record, changed


def _read(field: Field, text: str) -> Any:
    """Read a value from text; raises `ValueError` with a sentence."""
    value = field.kind.parse(text)
    if isinstance(field.kind, Choice) and text.strip() and value is None:
        raise ValueError(tr(N_("“{text}” is not one of the choices for “{label}”."),
                            text=text.strip(), label=tr(field.label)))  # fmt: skip
    if problem := field.check(value):
        raise ValueError(problem)
    return value


def _consent(store: Store, answer: Draft) -> Draft:
    review = store.draft(Review, answer.values["review_id"]).values
    if not review["person_id"]:
        raise UserError(tr(N_("The family has no representative and no petitioner; name one first.")))
    use = Use[answer.values["record_id"]]
    return taking.consent(
        review["person_id"], answer.values["case_id"], use, Answer.AGREES, review["answered"]
    )


def _held_for(store: Store, answer_id: str) -> list[Draft]:
    with store.reading() as session:
        ids = session.scalars(sa.select(HeldBack.id).where(HeldBack.answer_id == answer_id)).all()
    return [store.draft(HeldBack, each) for each in ids]


def _field_now(record: DisclosedRecord, name: str, offered: str | None) -> FieldNow:
    kind = values_of(record.entity)[name].kind
    now = record.text(name)
    options: tuple[str, ...] = ()
    if isinstance(kind, Choice):
        options = tuple(kind.format(each) for each in kind.options)
    if isinstance(kind, Term):
        options = tuple(t.text() for t in terms.vocabulary(kind.vocabulary).terms if t.active)
    return FieldNow(name, record.label(name), now, now if offered is None else offered, options)
