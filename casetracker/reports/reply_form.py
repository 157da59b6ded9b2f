"""The fields that a dossier carries on request, in which an official answers to each case of the list."""

from __future__ import annotations

from collections.abc import Iterator

from casetracker.errors import UserError
from casetracker.i18n import N_, in_window, tr
from casetracker.model import Meeting, terms
from casetracker.model.confidentiality import Audience
from casetracker.reports.blocks import Block, FormFields, Keep, ReplyField
from casetracker.reports.report import Scope
from casetracker.store import questions
from casetracker.store.reader import DisclosedRecord, Reader
from casetracker.store.reply_marks import FIELD, FrozenList, frozen_list, mark_for
from casetracker.store.store import Store

AUDIENCES = frozenset({Audience.OFFICIAL, Audience.MINISTRY})


class ReplyBoxes:
    """The boxes of one dossier, one for each case of the frozen list."""

    def __init__(self, frozen: FrozenList, meeting: str, refs: list[str]) -> None:
        self._refs = [ref for ref in refs if ref in frozen.cases]
        self._mark: str | None = mark_for(frozen, meeting, self._refs).line()

    def box(self, case: DisclosedRecord) -> Iterator[Block]:
        """Yield the box for a case; the first one holds the hidden field too."""
        ref = case.text("ref")
        if ref not in self._refs:
            return
        mark, self._mark = self._mark, None
        hidden = (ReplyField(FIELD, value=mark, hidden=True),) if mark else ()
        yield Keep((_fields(ref, hidden),))


def reply_boxes(meeting: DisclosedRecord, refs: list[str], reader: Reader, scope: Scope) -> ReplyBoxes | None:
    """Return the boxes if they are wanted; raises `UserError` if they cannot be made."""
    if not scope.reply_form:
        return None
    if reader.audience not in AUDIENCES:
        raise UserError(in_window(N_("A reply form is only made for officials and ministries.")))
    frozen = frozen_list(reader, meeting.id)
    if frozen is None:
        raise UserError(
            in_window(N_("A reply form belongs to a list that was handed over; hand the list over first."))
        )
    return ReplyBoxes(frozen, meeting.text("ref"), refs)


def may_carry(store: Store, audience: Audience, meeting_id: str) -> bool:
    """Whether the dossier of a meeting (the next, else the last, without an id) can carry a reply form."""
    if audience not in AUDIENCES:
        return False
    with store.reader(audience) as reader:
        meeting = reader.get(Meeting, meeting_id) if meeting_id else questions.meeting_for_dossier(reader)
        return meeting is not None and frozen_list(reader, meeting.id) is not None


def _fields(ref: str, hidden: tuple[ReplyField, ...]) -> FormFields:
    results = tuple((t.code, t.text()) for t in terms.vocabulary("reply_result").terms if t.active)
    return FormFields(
        tr(N_("Reply to {ref}"), ref=ref),
        (
            *hidden,
            ReplyField(
                f"{ref}.answer", tr(N_("Answer (choose, or type your own)")), options=results, share=0.6
            ),
            ReplyField(f"{ref}.date", tr(N_("Date of the measure")), share=0.4),
            ReplyField(f"{ref}.measure", tr(N_("Measure taken")), lines=3),
            ReplyField(f"{ref}.contact", tr(N_("Whom to ask"))),
        ),
        tr(N_("Fill in with a PDF program, save the file, and send it back as it is.")),
    )
