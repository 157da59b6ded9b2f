"""Closing a case with its outcome, pointing out that it is a duplicate, and opening it again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from casetracker.i18n import N_, tr
from casetracker.model import Case
from casetracker.model.detention.case import AT_REST, Stage
from casetracker.store.draft import Draft
from casetracker.ui.desk import Desk
from casetracker.ui.editing.dialog import EditDialog
from casetracker.ui.editing.form import Form
from casetracker.ui.style import px


def close_case(parent: QWidget, desk: Desk, case_id: str) -> EditDialog:
    """Open the dialog that asks for the outcome, who told us, and the day."""
    draft = desk.store.draft(Case, case_id)
    number = len(draft.children["closings"])
    closing = draft.add("closings", closed=desk.store.today())
    draft.values["stage"] = Stage.CLOSED
    form = Form(desk.store, closing, ("outcome", "closed", "told_by", "note"))
    return _dialog(parent, desk, draft, N_("Close case {ref}"), (f"closings.{number}", form))


def reopen_case(parent: QWidget, desk: Desk, case_id: str) -> EditDialog:
    """Open the dialog that asks why a case is opened again; how it was closed stays on record."""
    draft = desk.store.draft(Case, case_id)
    draft.values |= {"stage": Stage.ACTIVE, "duplicate_of_id": None}
    closings = draft.children["closings"]
    standing = [n for n, closing in enumerate(closings) if closing.values["reopened"] is None]
    if not standing:  # a duplicate, which was not closed
        return _dialog(
            parent, desk, draft, N_("Open case {ref} again"), ("", Form(desk.store, draft, ("stage",)))
        )
    closing = closings[standing[-1]]
    closing.values["reopened"] = desk.store.today()
    form = Form(desk.store, closing, ("reopened", "reopened_why"))
    return _dialog(parent, desk, draft, N_("Open case {ref} again"), (f"closings.{standing[-1]}", form))


def mark_duplicate(parent: QWidget, desk: Desk, case_id: str) -> EditDialog:
    """Open the dialog that asks of which other case this one is a duplicate."""
    draft = desk.store.draft(Case, case_id)
    draft.values["stage"] = Stage.DUPLICATE
    form = Form(desk.store, draft, ("duplicate_of_id",), columns=1)
    return _dialog(parent, desk, draft, N_("Case {ref} is a duplicate"), ("", form))


def _dialog(parent: QWidget, desk: Desk, draft: Draft, title: str, part: tuple[str, Form]) -> EditDialog:
    said = tr(title, ref=draft.values["ref"])
    dialog = EditDialog(parent.window(), desk.store, draft, said, action=said, deletable=False)
    dialog.resize(px(620), px(420))
    dialog.add_section(
        tr(N_("A closed case keeps its history, its roles and its place in the numbers.")), part
    )
    dialog.finish()
    dialog.open()
    return dialog


Step = Callable[[QWidget, Desk, str], EditDialog]


def steps(stage: Stage | None) -> list[tuple[str, str, Step]]:
    """Return what can be done to a case in this stage: a name, what the menu says, and the step."""
    if stage in AT_REST:
        return [("reopen", tr(N_("Open again…")), reopen_case)]
    return [
        ("close", tr(N_("Close case…")), close_case),
        ("duplicate", tr(N_("Mark as a duplicate…")), mark_duplicate),
    ]
