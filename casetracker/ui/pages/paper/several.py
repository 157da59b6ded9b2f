"""Many papers at once: which reports, about which cases, to whom; then a folder, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.model.confidentiality import Audience
from casetracker.reports import REPORTS
from casetracker.reports.report import Report
from casetracker.store.store import Store
from casetracker.store.views import saved
from casetracker.store.views.listed import LISTS, lines
from casetracker.store.views.saved import View
from casetracker.ui.pages.paper.protecting import Protect, ProtectionSection
from casetracker.ui.style import px
from casetracker.ui.widgets.form_row import FormRow
from casetracker.ui.widgets.frame import ScrollPage
from casetracker.ui.widgets.naming import button, label, named
from casetracker.ui.widgets.pick_box import PickBox

_ALL = 1_000_000


@dataclass(frozen=True)
class Several:
    """What is to be written: these reports, each about each of these cases (all cases if there are none)."""

    reports: tuple[Report, ...]
    view: View | None
    addressee: str
    protect: Protect | None = None


class SeveralDialog(QDialog):
    """Asks for what `Several` holds; `go_on(Several)` is called when all is said."""

    def __init__(
        self, parent: QWidget, store: Store, audience: Audience, now: Report, go_on: Callable[[Several], None]
    ) -> None:
        title = tr(N_("Export several papers"))
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        named(self, "several", title)
        self.setWindowTitle("Casetracker")  # task bars show titles
        self.resize(px(560), px(600))
        self._go_on, self._outside = go_on, audience is not Audience.INTERNAL
        self._views = [*saved.ready_made("cases"), *saved.saved(store, "cases")]
        self.boxes = {r: QCheckBox(tr(r.title)) for r in REPORTS if not r.blank and audience in r.audiences}
        self.cases = named(PickBox(), "several.cases", tr(N_("Which cases")))
        self.cases.addItems([tr(N_("all cases")), *(view.name for view in self._views)])
        self.addressee = named(QLineEdit(), "several.addressee", tr(N_("To whom it is given")))
        self._to = FormRow(tr(N_("To whom it is given")), self.addressee, required=True, side=True)
        self._to.setVisible(self._outside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 22, 16)
        layout.setSpacing(10)
        layout.addWidget(label(title, "head", wrap=True))
        hint = N_("One paper a case, or a meeting, with the audience, language and options of the page.")
        layout.addWidget(label(tr(hint), "note", wrap=True))
        self.protecting = ProtectionSection(store, "several.protect")
        layout.addWidget(self._asked(now), 1)
        layout.addLayout(self._buttons())

    def _asked(self, now: Report) -> ScrollPage:
        page = ScrollPage("several.scroll", tr(N_("Export several papers")))
        page.body.setContentsMargins(0, 0, 8, 0)
        page.body.setSpacing(10)
        for report, box in self.boxes.items():
            named(box, f"several.{report.name}", tr(report.title))
            box.setChecked(report is now)
            page.body.addWidget(box)
        page.body.addWidget(FormRow(tr(N_("Which cases")), self.cases, side=True))
        page.body.addWidget(self._to)
        page.body.addWidget(self.protecting)
        page.body.addStretch(1)
        return page

    def _buttons(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.addStretch(1)
        cancel = button(tr(N_("Cancel")), "several.cancel")
        go = button(tr(N_("Choose a folder…")), "several.ok", kind="primary")
        go.setDefault(True)
        cancel.clicked.connect(self.reject)
        go.clicked.connect(self.finish)
        line.addWidget(cancel)
        line.addWidget(go)
        return line

    def finish(self) -> None:
        """Go on, unless the register would not know to whom the papers went."""
        chosen = tuple(report for report, box in self.boxes.items() if box.isChecked())
        if self._outside and not self.addressee.text().strip():
            self._to.set_problem(tr(N_("Say to whom the papers are given; the register keeps it.")))
            self.addressee.setFocus()
        elif chosen:
            place = self.cases.currentIndex() - 1
            view = self._views[place] if place >= 0 else None
            try:
                protect = self.protecting.protection()
            except UserError:
                return  # it is said where it was typed
            self.accept()
            self._go_on(Several(chosen, view, self.addressee.text().strip(), protect))


def cases_of(store: Store, view: View | None) -> tuple[str, ...] | None:
    """Return the ids of the cases of a view; None for all."""
    if view is None:
        return None
    return tuple(line.id for line in lines(store, LISTS["cases"], view.query, limit=_ALL))
