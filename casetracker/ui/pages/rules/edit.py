"""The dialogs in which the office writes its own rules, days off and monthly indices."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from casetracker.i18n import N_, tr
from casetracker.model.entity import new_id
from casetracker.store import rule_lists
from casetracker.store.draft import Draft
from casetracker.store.rule_lists import Line
from casetracker.ui.desk import Desk
from casetracker.ui.editing.dialog import EditDialog
from casetracker.ui.editing.form import Form

_TERM = ("amount", "unit", "counted", "before", "rolls")
_FOR = ("body", "kind")
_NAMES = ("label_en", "label_ru", "label_kk")
_SOURCE = ("source", "dated", "verified")


def edit_rule(parent: QWidget, desk: Desk, line: Line | None = None) -> EditDialog:
    """Open the dialog for a rule: the office's own, one in the place of the program's, or a new one."""
    draft = rule_lists.rule_draft(desk.store, line)
    parts = (
        (tr(N_("How long")), _TERM),
        (tr(N_("Where it is written")), _SOURCE),
        (tr(N_("For replies of whom")), _FOR),
        (tr(N_("What it is called")), _NAMES),
    )
    dialog = _dialog(parent, desk, draft, line.what if line else tr(N_("New rule")), parts)

    def complete() -> None:
        if not draft.values.get("key"):
            draft.values["key"] = f"own_{new_id()[:8]}"

    dialog.before_saving(complete)
    dialog.open()
    return dialog


def edit_day(parent: QWidget, desk: Desk, line: Line | None = None) -> EditDialog:
    """Open the dialog for a day that is off or worked."""
    draft = rule_lists.day_draft(desk.store, line)
    names = ("day", "worked", "source", "verified")
    dialog = _dialog(parent, desk, draft, tr(N_("Day off or worked")), (("", names),))
    dialog.open()
    return dialog


def edit_rate(parent: QWidget, desk: Desk, line: Line | None = None) -> EditDialog:
    """Open the dialog for a monthly calculation index."""
    draft = rule_lists.rate_draft(desk.store, line)
    names = ("since", "tenge", "source", "verified")
    dialog = _dialog(parent, desk, draft, tr(N_("Monthly calculation index")), (("", names),))
    dialog.open()
    return dialog


def _dialog(
    parent: QWidget, desk: Desk, draft: Draft, title: str, parts: Sequence[tuple[str, Sequence[str]]]
) -> EditDialog:
    dialog = EditDialog(parent.window(), desk.store, draft, title)
    for text, names in parts:
        dialog.add_section(text, ("", Form(desk.store, draft, names)))
    dialog.finish()
    return dialog
