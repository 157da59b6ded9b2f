"""What left the office stays as it was: lists handed over and the release register change in no way."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sqlalchemy.orm import Session

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.model import (
    Document,
    DocumentUse,
    HandOver,
    Meeting,
    PresentedCase,
    Release,
    ReleasedCase,
    ReleasedPerson,
    ReleaseOverride,
)
from casetracker.model.entity import Entity
from casetracker.store.history import Changed

_MAY_CHANGE = {"withdrawn", "withdrawn_reason"}
_OF_THE_LIST = {"case_id", "meeting_id", "position"}
# What may still be written into the release register: that a paper was asked back; and who somebody is, when
# two records of one person or case are merged.
_OF_A_RELEASE: dict[str, set[str]] = {
    Release.__name__: {"recalled", "recall_note", "confidentiality"},
    ReleasedCase.__name__: {"case_id", "confidentiality"},
    ReleasedPerson.__name__: {"person_id", "confidentiality"},
    ReleaseOverride.__name__: {"confidentiality"},
}
# What is known of the file of a document: with another file it is another document.
FIXED: dict[type[Entity], frozenset[str]] = {
    Document: frozenset(
        {"original_id", "copy_kind", "size", "sha256", "sealed_sha256", "kept_at", "key", "file_name"}
    )
}
KEPT: tuple[type[Entity], ...] = (
    DocumentUse,
    HandOver,
    Release,
    ReleasedCase,
    ReleasedPerson,
    ReleaseOverride,
)


def require_unchanged(session: Session, changes: Iterable[Changed]) -> None:
    """Raise `UserError` if these changes touch what was given out. Call after a flush.

    The page of a meeting says so beside the field; this is for every other way to the same rows.
    """
    meetings = set()
    for change in changes:
        if change.before is not None and change.entity in _RULES:
            _RULES[change.entity](change)
        if change.entity == PresentedCase.__name__ and _of_the_list(change):
            meetings |= {v["meeting_id"] for v in (change.before, change.after) if v and "meeting_id" in v}
            if (presented := session.get(PresentedCase, change.record_id)) is not None:
                meetings.add(presented.meeting_id)
    for meeting in (session.get(Meeting, meeting_id) for meeting_id in meetings):
        if meeting is not None:
            session.expire(meeting, ["presented", "handovers"])
            if problem := meeting.check().get("presented"):
                raise UserError(problem)


def _require_withdrawal(change: Changed) -> None:
    before, after = change.before or {}, change.after
    if after is None:
        raise UserError(tr(N_("This list was handed over and is kept; withdraw it instead, with a reason.")))
    if not after.keys() <= _MAY_CHANGE:
        raise UserError(tr(N_("This list was handed over and cannot change; withdraw it, with a reason.")))
    if before.get("withdrawn", "since earlier") is not None:  # a reason goes with its day
        raise UserError(tr(N_("This list was withdrawn already and stays as it is.")))


def _require_register_kept(change: Changed) -> None:
    if change.after is None or not change.after.keys() <= _OF_A_RELEASE[change.entity]:
        raise UserError(
            tr(N_("What was given out stays in the release register as it was; note when it is asked back."))
        )


def _require_log_kept(change: Changed) -> None:
    raise UserError(tr(N_("What was done with a document stays in its custody log.")))


def _require_file_kept(change: Changed) -> None:
    """Let a document be taken away as a whole; its file is not exchanged for another."""
    before, after = change.before or {}, change.after or {}
    if after and any(
        before.get(name) not in (None, after.get(name)) for name in FIXED[Document] & after.keys()
    ):
        raise UserError(
            tr(N_("The file of a document never changes; add the other file as a document of its own."))
        )


def _of_the_list(change: Changed) -> bool:
    return change.before is None or change.after is None or not _OF_THE_LIST.isdisjoint(change.after)


_RULES: dict[str, Callable[[Changed], None]] = {
    HandOver.__name__: _require_withdrawal,
    DocumentUse.__name__: _require_log_kept,
    Document.__name__: _require_file_kept,
    **dict.fromkeys(_OF_A_RELEASE, _require_register_kept),
}
