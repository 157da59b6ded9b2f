"""Erasing a person: what will go, what stays outside, and the name typed as a confirmation."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from casetracker.i18n import N_, ntr, tr
from casetracker.store.erasing import doing
from casetracker.store.erasing.doing import Erased
from casetracker.store.erasing.scope import Outlook, outlook
from casetracker.ui.background import Background
from casetracker.ui.desk import Desk
from casetracker.ui.pages.given_out.card import fill_releases, releases_table
from casetracker.ui.style import Tone, px
from casetracker.ui.widgets.banner import Banner
from casetracker.ui.widgets.frame import ScrollPage
from casetracker.ui.widgets.naming import button, label, named


def erase_person(parent: QWidget, desk: Desk, person_id: str) -> None:
    """Read what would go on another thread, then ask."""

    def ask(seen: Outlook) -> None:
        EraseDialog(parent.window(), desk, person_id, seen).open()

    title = tr(N_("Looking for what belongs to this person…"))
    Background(parent, title, lambda _: outlook(desk.store, person_id), ask).start()


class EraseDialog(QDialog):
    """Says what erasing does, and does it once the name was typed."""

    def __init__(self, parent: QWidget, desk: Desk, person_id: str, seen: Outlook) -> None:
        title = tr(N_("Erase this person"))
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        named(self, "erase_dialog", title)
        self.setWindowTitle("Casetracker")  # task bars show titles
        self.resize(px(640), px(600))
        self._desk, self._person, self._seen, self._page = desk, person_id, seen, parent
        page = ScrollPage("erase.words", title)
        page.body.setContentsMargins(0, 0, 8, 0)
        page.body.setSpacing(10)
        for part in self._words():
            page.body.addWidget(part)
        page.body.addStretch(1)
        self.typed = named(QLineEdit(), "erase.name", tr(N_("The name, as it stands above")))
        self.typed.textChanged.connect(self._on_typed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 22, 16)
        layout.setSpacing(10)
        layout.addWidget(label(tr(N_("Erase {name}"), name=seen.title), "head", wrap=True))
        layout.addWidget(page, 1)
        layout.addWidget(label(tr(N_("Type the name, as it stands above, to confirm:")), "muted", wrap=True))
        layout.addWidget(self.typed)
        layout.addLayout(self._buttons())
        self.typed.setFocus()

    def _words(self) -> list[QWidget]:
        seen = self._seen
        cases = ", ".join(seen.cases)
        parts = [
            ntr("{n} record", "{n} records", seen.records),
            ntr("{n} document", "{n} documents", seen.documents),
            tr(N_("the contents of the cases {cases}"), cases=cases) if cases else "",
        ]
        what = N_(
            "They go from the records, the history, the index of the search and the evidence: {what}. The "
            "number of a case, and an empty place in lists that were handed over, stay."
        )
        goes = Banner(
            tr(N_("What goes")), tr(what, what="; ".join(filter(None, parts))), tone=Tone.RED,
            object_name="erase.goes",
        )  # fmt: skip
        mind = Banner(tr(N_("Before you do it")), "\n".join(doing.warnings()), object_name="erase.mind")
        found: list[QWidget] = [goes, mind]
        if seen.papers:
            found.append(label(tr(N_("Papers that still contain this person")), "bold"))
            table = releases_table(self._desk, "erase.papers", tr(N_("Papers to ask back")))
            fill_releases(table, seen.papers)
            found.append(table)
        return found

    def _buttons(self) -> QHBoxLayout:
        cancel = button(tr(N_("Cancel")), "erase.cancel")
        cancel.clicked.connect(self.reject)
        self.ok = button(tr(N_("Erase for good")), "erase.ok", kind="danger")
        self.ok.setEnabled(False)
        self.ok.clicked.connect(self.finish)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.ok)
        return foot

    def _on_typed(self, text: str) -> None:
        self.ok.setEnabled(text.strip() == self._seen.title)

    def finish(self) -> None:
        """Erase, on another thread, and say what is left to do."""
        if not self.ok.isEnabled():
            return
        desk, person = self._desk, self._person

        def said(done: Erased) -> None:
            papers = ntr("{n} paper is to be asked back", "{n} papers are to be asked back", len(done.papers))
            desk.note.emit(tr(N_("Erased; {papers}."), papers=papers))

        self.accept()
        Background(
            self._page, tr(N_("Erasing…")), lambda _: doing.erase_person(desk.store, person), said
        ).start()
