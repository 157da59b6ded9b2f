"""Reply forms that came back: what one would record, whether it is ours and unchanged, and filing it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from casetracker.errors import UserError
from casetracker.i18n import BETWEEN, N_, tr
from casetracker.model import Case, HandOver, Meeting, ReplyForm, ReplyFormAnswer, dates, terms
from casetracker.model.dates import KnownDate
from casetracker.model.work.reply_form import FormState
from casetracker.store import questions
from casetracker.store.draft import Draft
from casetracker.store.reader import DisclosedRecord, Reader
from casetracker.store.reading_text import COMMAND, LARGEST_PDF, in_another_process
from casetracker.store.reply_marks import FIELD, FrozenList, Mark, frozen_list
from casetracker.store.store import Store

_COMMAND = (COMMAND, "--fields")
_PARTS = ("answer", "date", "measure", "contact")


@dataclass(frozen=True)
class Answer:
    """What a form says of one case, here or as it was recorded; `day` is when it was read in."""

    result: str = ""  # the code of a term
    words: str = ""
    measure: str = ""
    typed: str = ""
    on: KnownDate | None = None
    contact: str = ""
    day: str = ""
    meeting_id: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing was filled in."""
        return not (self.result or self.words or self.measure or self.typed or self.contact)

    @property
    def told(self) -> str:
        """The answer in the language now in use, or in the official's own words."""
        return terms.label("reply_result", self.result) if self.result else self.words

    @property
    def when(self) -> str:
        """The date in words, or as it was typed if it says no date."""
        return self.on.text() if self.on else self.typed


@dataclass(frozen=True)
class CaseReply:
    """One case of a form: what would be recorded, and what was recorded before, the latest first."""

    case_id: str
    ref: str
    name: str
    answer: Answer
    before: tuple[Answer, ...] = ()


@dataclass(frozen=True)
class FormRead:
    """A form that was read and found to be ours; nothing is recorded yet."""

    meeting_id: str
    meeting: str  # its reference
    title: str
    file_digest: str
    list_digest: str
    cases: tuple[CaseReply, ...]

    @property
    def filled(self) -> tuple[CaseReply, ...]:
        """The cases of which it says something."""
        return tuple(c for c in self.cases if not c.answer.empty)


def content_of(path: Path) -> bytes:
    """Return what is in a file; raises `UserError` if it cannot be opened or is far too large for a form."""
    try:
        if path.stat().st_size > LARGEST_PDF:
            raise _refused(N_("“{name}” is too large to be a reply form."), name=path.name)
        return path.read_bytes()
    except OSError:
        raise _refused(N_("“{name}” cannot be opened."), name=path.name) from None


def read_form(store: Store, content: bytes, *, meeting_id: str = "") -> FormRead:
    """Return what a filled form would record; nothing is written.

    Raises `UserError` if it cannot be read, is no reply form, is that of another casebook, meeting or list,
    was changed in more than its fields, says nothing, or was read in already.
    """
    fields = _fields_of(content)
    mark = Mark.read(fields.get(FIELD, ""))
    if mark is None:
        raise _refused(
            N_("This is no reply form of this program, or its fields were lost when it was saved anew.")
        )
    with store.reader() as reader:
        meeting = _meeting(reader, mark, meeting_id)
        frozen = _frozen(reader, meeting, mark)
        answers = _answers(fields, mark, frozen)
        file_digest = hashlib.sha256(content).hexdigest()
        _require_new(reader, file_digest)
        cases = tuple(
            CaseReply(
                frozen.cases[ref],
                ref,
                _name(reader, frozen.cases[ref]) or ref,
                answer,
                tuple(answers_of(reader, frozen.cases[ref], meeting.id)),
            )
            for ref, answer in answers.items()
        )
        return FormRead(meeting.id, mark.meeting, meeting.title, file_digest, mark.digest, cases)


def file_form(store: Store, form: FormRead) -> str:
    """File a form as one action that can be undone; return its id. The frozen list stays as it was."""
    with store.reader() as reader:
        _require_new(reader, form.file_digest)
    state = FormState.COMPLETE if len(form.filled) == len(form.cases) else FormState.PARTLY
    draft = store.draft(ReplyForm)
    draft.values |= {
        "meeting_id": form.meeting_id,
        "received": store.today(),
        "by": store.who,
        "state": state,
        "file_digest": form.file_digest,
        "list_digest": form.list_digest,
    }
    draft.children["answers"] = [_draft(case) for case in form.filled]
    with store.edit(tr(N_("File the reply form of {ref}"), ref=form.meeting)) as edit:
        return edit.write(draft)


def answers_of(reader: Reader, case_id: str, meeting_id: str = "") -> list[Answer]:
    """Return what forms said of a case, of one meeting or of all, the latest first."""
    query = (
        sa.select(ReplyFormAnswer.id)
        .join(ReplyForm, ReplyForm.id == ReplyFormAnswer.form_id)
        .where(ReplyFormAnswer.case_id == case_id)
        .order_by(ReplyForm.received.desc(), ReplyForm.id.desc())
    )
    if meeting_id:
        query = query.where(ReplyForm.meeting_id == meeting_id)
    return [answer_in(a) for a in reader.many(ReplyFormAnswer, reader.ids(query))]


def answer_in(record: DisclosedRecord) -> Answer:
    """Return an answer that was recorded, as it is shown."""
    form = record.ref("form_id")
    texts = {name: record.text(name) for name in ("words", "measure", "typed", "contact")}
    day, meeting_id = (form.text("received"), form.value("meeting_id")) if form else ("", "")
    result = record.value("result") or ""
    return Answer(result, on=record.value("on"), day=day, meeting_id=meeting_id, **texts)


def filed_at(reader: Reader, meeting_id: str) -> list[CaseReply]:
    """Return what forms of a meeting said of its cases, as it was filed, the latest form first."""
    meeting, found = reader.get(Meeting, meeting_id), []
    for form in reversed(meeting.children("reply_forms") if meeting else []):
        for record in form.children("answers"):
            if case := record.ref("case_id"):
                name = questions.case_name(case, reader)
                found.append(CaseReply(case.id, case.text("ref"), name, answer_in(record)))
    return found


def as_text(form: FormRead) -> str:
    """Say a form in lines, a case after the other, with what was recorded before."""
    lines = [form.title]
    for case in form.cases:
        said = case.answer
        parts = (said.told, said.measure, said.when, said.contact)
        told = " · ".join(" ".join(part.split()) for part in parts if part) or tr(N_("nothing"))
        lines.append(f"{case.ref} {case.name}: {told}")
        lines += [
            tr(N_("recorded on {day}: {answer}"), day=a.day, answer=a.told or a.measure) for a in case.before
        ]
    return "\n".join(lines)


def as_json(form: FormRead) -> dict[str, object]:
    """Return a form in plain values, for scripts."""
    return {
        "meeting": form.meeting,
        "file_sha256": form.file_digest,
        "list_sha256": form.list_digest,
        "cases": [
            {
                "ref": c.ref,
                "result": c.answer.result,
                "answer": c.answer.told,
                "measure": c.answer.measure,
                "date": c.answer.on.edtf if c.answer.on else "",
                "date_typed": c.answer.typed,
                "contact": c.answer.contact,
                "recorded_before": [a.told for a in c.before],
            }
            for c in form.cases
        ],
    }


# Whether it is ours


def _fields_of(content: bytes) -> dict[str, str]:
    said = in_another_process(_COMMAND, content) if len(content) <= LARGEST_PDF else None
    if said is None:
        raise _refused(
            N_("This file cannot be read as a PDF; ask for it again, or for a file without a password.")
        )
    return {str(name): str(text) for name, text in json.loads(said).items()}


def _meeting(reader: Reader, mark: Mark, meeting_id: str) -> DisclosedRecord:
    found = reader.many(Meeting, reader.ids(sa.select(Meeting.id).where(Meeting.ref == mark.meeting)))
    if not found:
        raise _refused(
            N_("This form is that of another casebook: there is no meeting {ref} in this one."),
            ref=mark.meeting,
        )
    if meeting_id and found[0].id != meeting_id:
        raise _refused(N_("This form belongs to another meeting, {ref}; read it in there."), ref=mark.meeting)
    return found[0]


def _frozen(reader: Reader, meeting: DisclosedRecord, mark: Mark) -> FrozenList:
    frozen = frozen_list(reader, meeting.id)
    if frozen is not None and frozen.digest == mark.digest and frozen.whole:
        return frozen
    for given in meeting.children("handovers"):
        if given.entity is HandOver and given.text("digest") == mark.digest and given.text("withdrawn"):
            raise _refused(
                N_("The list of this form was withdrawn on {day}, so its answers are not filed."),
                day=given.text("withdrawn"),
            )
    raise _refused(
        N_("This form is not that of the list which was handed over at this meeting; it was changed.")
    )


def _answers(fields: Mapping[str, str], mark: Mark, frozen: FrozenList) -> dict[str, Answer]:
    """Return the answers by reference; raises `UserError` if the form has other fields than ours."""
    ours = {f"{ref}.{part}" for ref in mark.refs for part in _PARTS}
    if not mark.holds(frozen) or not set(mark.refs) <= set(frozen.cases) or fields.keys() - {FIELD} != ours:
        raise _refused(
            N_("The cases of this form are not those of the list that was handed over; it was changed.")
        )
    answers = {ref: _answer(*(_clean(fields[f"{ref}.{part}"]) for part in _PARTS)) for ref in mark.refs}
    if all(a.empty for a in answers.values()):
        raise _refused(N_("Nothing was filled in in this form."))
    return answers


def _require_new(reader: Reader, file_digest: str) -> None:
    query = sa.select(ReplyForm.id).where(ReplyForm.file_digest == file_digest)
    for form in reader.many(ReplyForm, reader.ids(query)):
        raise _refused(
            N_("This file was read in already, on {day}; nothing was recorded."), day=form.text("received")
        )


def _refused(sentence: str, **values: str) -> UserError:
    return UserError(tr(sentence, **values))


# What it says


def _clean(text: str) -> str:
    """Return a text with its lines, but without blanks around them and signs that print nothing."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    printed = ("".join(c for c in line if c.isprintable() or c == "\t").strip() for line in lines)
    return "\n".join(printed).strip()


def _answer(answer: str, typed: str, measure: str, contact: str) -> Answer:
    result = _result(answer)
    typed = " ".join(typed.split())
    return Answer(result, "" if result else answer, measure, typed, _day(typed), " ".join(contact.split()))


def _result(text: str) -> str:
    """Return the code of the term that was chosen, by its code or its label in any language; else "".

    A form in two languages offers both labels in one line.
    """
    wanted = text.casefold()
    for term in terms.vocabulary("reply_result").terms:
        known = {term.code.casefold(), *(label.casefold() for label in term.labels.values())}
        if wanted in known or known.issuperset(wanted.split(BETWEEN)):
            return term.code
    return ""


def _day(typed: str) -> KnownDate | None:
    try:
        return dates.parse(typed) if typed else None
    except ValueError:  # what was typed is kept beside it
        return None


def _name(reader: Reader, case_id: str) -> str:
    case = reader.get(Case, case_id)
    return questions.case_name(case, reader) if case else ""


def _draft(case: CaseReply) -> Draft:
    said = case.answer
    return Draft(
        ReplyFormAnswer,
        values={
            "case_id": case.case_id,
            "result": said.result or None,
            "words": said.words or None,
            "measure": said.measure or None,
            "on": said.on,
            "typed": said.typed or None,
            "contact": said.contact or None,
        },
    )
