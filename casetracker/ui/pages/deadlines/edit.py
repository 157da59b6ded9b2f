"""Writing a task of the office's own, and putting a deadline off until a day."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from casetracker.i18n import N_, tr
from casetracker.model import Case, Entity, Task
from casetracker.store import deadlines
from casetracker.store.deadline import Deadline
from casetracker.ui.desk import Desk
from casetracker.ui.editing.dialog import EditDialog
from casetracker.ui.editing.form import Form

_TASK = ("what", "due", "whose", "note")


def new_task(
    parent: QWidget, desk: Desk, about: type[Entity] | None = None, about_id: str = ""
) -> EditDialog:
    """Open the dialog for a new task, due tomorrow unless another day is typed; perhaps about a record."""
    draft = desk.store.draft(Task)
    draft.values |= {"due": desk.store.today() + deadlines.A_DAY, "whose": desk.store.who}
    if about is not None:
        draft.values |= {"about": about.__name__, "about_id": about_id}
    return _open(EditDialog(parent.window(), desk.store, draft, tr(N_("New task"))), desk, _TASK)


def task_about_case(parent: QWidget, desk: Desk, case_id: str) -> EditDialog | None:
    """Open the dialog for a task about a case."""
    return None if desk.store.read_only else new_task(parent, desk, Case, case_id)


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
