"""Writing a judgment: all that is known of one decision, in a dialog of its own."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from casetracker.i18n import N_, tr
from casetracker.model import Case, Judgment
from casetracker.store.draft import Draft
from casetracker.ui.desk import Desk
from casetracker.ui.editing.dialog import EditDialog
from casetracker.ui.editing.form import Form
from casetracker.ui.pages.case.edit import own_sources

_SENTENCE = (
    *("decided", "court", "court_type", "number", "sentence"),
    *("term_years", "term_months", "term_days", "term_from", "term_to"),
)
_LAW = ("charge", "law", "article", "fine", "penalties")
_TRIAL = ("hearing", "language", "counsel", "appealed", "appeal_result")
_VERSION = ("source_id", "standing", "standing_reason")


def new_judgment(parent: QWidget, desk: Desk, case_id: str, episode_id: str) -> EditDialog:
    """Open the dialog for a new judgment of a detention."""
    draft = desk.store.draft(Judgment)
    draft.values["episode_id"] = episode_id
    return _dialog(parent, desk, case_id, draft, tr(N_("New judgment")))


def edit_judgment(parent: QWidget, desk: Desk, case_id: str, judgment_id: str) -> EditDialog:
    """Open the dialog for a judgment."""
    return _dialog(parent, desk, case_id, desk.store.draft(Judgment, judgment_id), tr(N_("Judgment")))


def _dialog(parent: QWidget, desk: Desk, case_id: str, draft: Draft, title: str) -> EditDialog:
    store = desk.store
    dialog = EditDialog(parent.window(), store, draft, title)
    dialog.add_section(tr(N_("Sentence")), ("", Form(store, draft, _SENTENCE)))
    dialog.add_section(tr(N_("Charge and law")), ("", Form(store, draft, _LAW)))
    held = any(draft.values.get(name) is not None for name in _TRIAL)
    dialog.add_section(tr(N_("Trial and appeal")), ("", Form(store, draft, _TRIAL)), opened=held)
    sources = own_sources(store.draft(Case, case_id))
    version = Form(store, draft, _VERSION, lookups={"source_id": sources})
    dialog.add_section(tr(N_("Source and version")), ("", version))
    dialog.finish()
    dialog.open()
    return dialog
