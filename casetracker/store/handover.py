"""Handing a list of cases to an official: what was given is frozen with its hash, and only withdrawn."""

from __future__ import annotations

import hashlib
import json

from casetracker.errors import UserError
from casetracker.i18n import N_, ntr, tr
from casetracker.model import HandOver, Meeting
from casetracker.model.confidentiality import Audience
from casetracker.store.draft import Draft
from casetracker.store.questions import case_name
from casetracker.store.reader import DisclosedRecord, Reader
from casetracker.store.situations import situation
from casetracker.store.store import Store


def given(reader: Reader, meeting: DisclosedRecord) -> list[dict[str, str]]:
    """Return the presented cases as this audience reads them, in order, in plain values."""
    lines = []
    for presented in meeting.children("presented"):
        case = presented.ref("case_id")
        if case is None:
            continue
        now = situation(case, reader)
        lines.append(
            {
                "case": case.id,
                "ref": case.text("ref"),
                "name": case_name(case, reader),
                "asked": presented.text("asked") or case.text("request"),
                "status": now.status_text,
                "place": now.place,
            }
        )
    return lines


def digest(content: str) -> str:
    """Return the SHA-256 of a frozen list, in hexadecimal digits."""
    return hashlib.sha256(content.encode("utf-8")).hexdigest()


def hand_over(store: Store, meeting_id: str) -> str:
    """Freeze the presented cases of a meeting as officials may read them; return the hash.

    One action that cannot be undone. A case that may not be shown to officials stays on the meeting's list
    but is not in what was given. Raises `UserError` if there is nothing to hand over, or a list is out.
    """
    with store.reader(Audience.OFFICIAL) as reader:
        meeting = reader.get(Meeting, meeting_id)
        lines = given(reader, meeting) if meeting else []
    draft = store.draft(Meeting, meeting_id)
    presented = [p.values["case_id"] for p in draft.children["presented"]]
    if not presented:
        raise UserError(tr(N_("No case is on the list yet; add the cases that are presented first.")))
    if not lines:
        raise UserError(
            tr(N_("None of these cases may be shown to officials; record the families' consent first."))
        )
    if any(h.values["withdrawn"] is None for h in draft.children["handovers"]):
        raise UserError(
            tr(N_("A list of this meeting was handed over already; withdraw it before giving another."))
        )
    content = json.dumps(lines, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    handover = Draft(
        HandOver,
        values={
            "meeting_id": meeting_id,
            "at": store.today(),
            "content": content,
            "digest": digest(content),
            "case_ids": " ".join(presented),
        },
    )
    with store.edit(ntr("Hand over {n} case", "Hand over {n} cases", len(presented)), final=True) as edit:
        edit.write(handover)
    return digest(content)


def withdraw(store: Store, handover_id: str, reason: str) -> None:
    """Withdraw a list that was handed over; the list stays on record with the reason."""
    draft = store.draft(HandOver, handover_id)
    draft.values |= {"withdrawn": store.today(), "withdrawn_reason": reason.strip() or None}
    with store.edit(tr(N_("Withdraw a handed-over list")), final=True) as edit:
        edit.write(draft)


def tampered(store: Store) -> list[str]:
    """Return the ids of frozen lists whose content no longer has the hash under which it was given.

    One from which somebody was erased says so of itself, and the audit log does too.
    """
    with store.reader() as reader:
        return [
            h.id
            for h in reader.all(HandOver)
            if digest(h.text("content")) != h.text("digest") and '"erased":true' not in h.text("content")
        ]
