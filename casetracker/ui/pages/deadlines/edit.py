"""Writing a task of the office's own, and putting a deadline off until a day."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from casetracker.i18n import N_, tr
from casetracker.model import Task
from casetracker.store import deadlines
from casetracker.store.deadline import Deadline
from casetracker.ui.desk import Desk
from casetracker.ui.editing.dialog import EditDialog
from casetracker.ui.editing.form import Form

_TASK = ("what", "due", "whose", "note")


def new_task(parent: QWidget, desk: Desk) -> EditDialog:
    """Open the dialog for a new task, due tomorrow unless another day is typed."""
    draft = desk.store.draft(Task)
    draft.values["due"] = desk.store.today() + deadlines.A_DAY
    return _open(EditDialog(parent.window(), desk.store, draft, tr(N_("New task"))), desk, _TASK)


def edit_task(parent: QWidget, desk: Desk, task_id: str) -> EditDialog:
    """Open the dialog for a task."""
    draft = desk.store.draft(Task, task_id)
    return _open(EditDialog(parent.window(), desk.store, draft, tr(N_("Task"))), desk, (*_TASK, "done"))


def put_off(parent: QWidget, desk: Desk, deadline: Deadline) -> EditDialog:
    """Open the dialog that asks until which day a deadline is put off."""
    draft = deadlines.task_of(desk.store, deadline)
    draft.values["snoozed"] = deadline.snoozed or desk.store.today() + deadlines.WEEK
    title = tr(N_("Put off"))
    action = tr(N_("Put off: {what}"), what=deadline.what)
    dialog = EditDialog(parent.window(), desk.store, draft, title, action=action, deletable=False)
    return _open(dialog, desk, ("snoozed", "note"))


def _open(dialog: EditDialog, desk: Desk, names: tuple[str, ...]) -> EditDialog:
    dialog.add_section(tr(N_("Task")), ("", Form(desk.store, dialog.draft, names)))
    dialog.finish()
    dialog.open()
    return dialog
