"""Writing what is known of a document: how it came, what it is, its transcript. The file stays as it is."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from casetracker.i18n import N_, tr
from casetracker.model import Document
from casetracker.store.draft import Draft
from casetracker.ui.desk import Desk
from casetracker.ui.editing.dialog import EditDialog
from casetracker.ui.editing.form import Form

_WHAT = ("title", "kind", "case_id", "language")
_CAME = ("received_from", "received", "received_by", "original_at")
_WORDS = ("transcript", "translator", "machine_made", "notes")


def edit_document(parent: QWidget, desk: Desk, document_id: str) -> EditDialog:
    """Open the dialog for a document."""
    full = desk.store.draft(Document, document_id)
    names = (*_WHAT, *_CAME, *_WORDS)
    draft = Draft(Document, full.id, full.version, {name: full.values[name] for name in names})
    dialog = EditDialog(parent.window(), desk.store, draft, tr(Document.singular))
    dialog.add_section(tr(N_("What it is")), ("", Form(desk.store, draft, _WHAT)))
    dialog.add_section(tr(N_("How it came to the office")), ("", Form(desk.store, draft, _CAME)))
    dialog.add_section(tr(N_("Transcript, translation, notes")), ("", Form(desk.store, draft, _WORDS)))
    dialog.finish()
    dialog.open()
    return dialog
