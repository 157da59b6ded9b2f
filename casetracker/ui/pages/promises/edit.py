"""Recording a promise, and what became of it for each case."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from casetracker.i18n import N_, ntr, tr
from casetracker.model import Meeting, Promise
from casetracker.model.entity import new_id
from casetracker.model.people.person import folded
from casetracker.store import linking, promises, questions
from casetracker.store.draft import Draft
from casetracker.store.store import Store
from casetracker.ui.desk import Desk
from casetracker.ui.editing.child_grid import ChildGrid
from casetracker.ui.editing.dialog import EditDialog
from casetracker.ui.editing.form import Form
from casetracker.ui.editing.people import mark_official, person_lookup
from casetracker.ui.pages.offices.edit import posts_of
from casetracker.ui.widgets.suggestions import Hit, Lookup

_FIELDS = ("words", "made_by_id", "original", "original_language", "due", "due_basis", "post_id", "renews_id")
_MORE = ("test", "evidence")
_OUTCOME = ("case_id", "outcome", "outcome_on", "outcome_note")


def record_promise(parent: QWidget, desk: Desk, meeting_id: str) -> EditDialog:
    """Open the dialog for a promise made at a meeting."""
    draft = desk.store.draft(Promise)
    made = len(desk.store.draft(Meeting, meeting_id).children["promises"])
    draft.values |= {"meeting_id": meeting_id, "position": made}
    return _dialog(parent, desk, draft, ("case_id",), tr(N_("Record promise")))


def edit_promise(parent: QWidget, desk: Desk, promise_id: str) -> EditDialog:
    """Open the dialog for a promise with its outcomes."""
    draft = desk.store.draft(Promise, promise_id)
    return _dialog(parent, desk, draft, _OUTCOME, tr(N_("Promise")))


def _dialog(parent: QWidget, desk: Desk, draft: Draft, columns: Sequence[str], title: str) -> EditDialog:
    store = desk.store
    cases = presented_cases(store, draft.values["meeting_id"])
    dialog = EditDialog(parent.window(), store, draft, title, action="" if draft.id else title)
    looks = {"post_id": posts_of(store), "renews_id": _earlier(store, draft)}
    dialog.add_section(tr(N_("What was promised")), ("", Form(store, draft, _FIELDS, lookups=looks)))
    grid = ChildGrid(
        store, draft, "covers", columns,
        lookups={"case_id": among(cases)}, widths={"outcome_note": 200, "outcome": 130},
    )  # fmt: skip
    text = ntr("Each case presented ({n})", "Each case presented ({n})", len(cases))
    each = grid.add_button(text, "covers.each")
    each.clicked.connect(lambda: cover_each(grid, draft, cases))
    each.setEnabled(bool(cases))
    dialog.add_section(tr(N_("For which cases")), ("covers", grid))
    hearers = ChildGrid(
        store, draft, "heard", ("person_id", "note"), lookups={"person_id": person_lookup(store)}
    )
    held = bool(draft.children["heard"] or any(draft.values.get(name) for name in _MORE))
    more = (("", Form(store, draft, _MORE)), ("heard", hearers))
    dialog.add_section(tr(N_("What would count as kept, who heard it")), *more, opened=held)

    def complete() -> None:
        linking.require_covered(draft, [case.key for case in cases])
        mark_official(draft.values.get("made_by_id"))

    dialog.before_saving(complete)
    if not draft.id:
        dialog.saved.connect(lambda _: _mark_earlier(parent, desk, draft))
    dialog.finish()
    dialog.open()
    return dialog


def _earlier(store: Store, draft: Draft) -> Lookup:
    """Suggest what the same office promised before, what is still owed first."""

    def look(text: str) -> list[Hit]:
        found = promises.renewable(store, draft.values["meeting_id"], text)
        return [Hit(key, words, meeting) for key, words, meeting in found if key != draft.id]

    return look


def _mark_earlier(parent: QWidget, desk: Desk, draft: Draft) -> None:
    """Say of what was promised before that it was promised again; the day is that of the meeting."""
    earlier = draft.values.get("renews_id")
    if not earlier:
        return
    store = desk.store
    on = store.draft(Meeting, draft.values["meeting_id"]).values["on"]
    cases = [covered.values["case_id"] for covered in draft.children["covers"]]
    desk.attempt(lambda: promises.mark_renewed(store, earlier, cases, on.latest if on else None), parent)


def cover_each(grid: ChildGrid, draft: Draft, cases: Sequence[Hit]) -> None:
    """Add every presented case that the promise does not cover yet."""
    grid.collect()
    covered = {covers.values.get("case_id") for covers in draft.children["covers"]}
    for case in cases:
        if case.key not in covered:
            draft.add("covers", case_id=case.key).id = new_id()
    grid.reload()
    grid.edited.emit()


def presented_cases(store: Store, meeting_id: str) -> list[Hit]:
    """Return the cases presented at a meeting, in order."""
    with store.reader() as reader:
        meeting = reader.get(Meeting, meeting_id)
        cases = [p.ref("case_id") for p in meeting.children("presented")] if meeting else []
        return [
            Hit(case.id, f"{questions.case_name(case, reader)} · {case.text('ref')}")
            for case in cases
            if case
        ]


def among(hits: Sequence[Hit]) -> Lookup:
    """Return a lookup over these hits alone."""
    return lambda text: [hit for hit in hits if folded(text) in folded(hit.title)]
