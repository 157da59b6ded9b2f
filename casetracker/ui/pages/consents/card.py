"""A card with the matrix of consents about one thing at a time, and what can be done about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QWidget

from casetracker.i18n import N_, tr
from casetracker.store.consent_matrix import Matrix
from casetracker.ui.desk import Desk
from casetracker.ui.pages.consents.ask import ask_about_case, ask_about_themselves
from casetracker.ui.pages.consents.matrix import ConsentMatrix
from casetracker.ui.pages.consents.withdraw import withdraw
from casetracker.ui.widgets.card import Card
from casetracker.ui.widgets.naming import button, label, named


@dataclass(frozen=True)
class About:
    """One thing that consents are about: a case by name, or everybody's own data."""

    name: str
    matrix: Matrix


class ConsentCard(Card):
    """The matrix, which of several it is about, and buttons for asking and withdrawing."""

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__(tr(N_("Consents")), f"card.{name}")
        self._desk, self._abouts = desk, list[About]()
        self.about = named(QComboBox(), f"{name}.about", tr(N_("Consents about")))
        self.ask = button(tr(N_("Ask…")), f"{name}.ask", tooltip=tr(N_("Ask about every use at once")))
        self.withdraw = button(tr(N_("Withdraw…")), f"{name}.withdraw", kind="quiet")
        self.ask.clicked.connect(self._ask)
        self.withdraw.clicked.connect(self._withdraw)
        self.whom = named(QMenu(self), f"{name}.whom", tr(N_("Whom to ask")))
        head = QWidget()
        line = QHBoxLayout(head)
        line.setContentsMargins(0, 0, 0, 0)
        said = tr(N_("Missing means no; the strictest living answer counts."))
        line.addWidget(self.about)
        line.addWidget(label(said, "muted", wrap=True), 1)
        line.addWidget(self.withdraw)
        line.addWidget(self.ask)
        self.matrix = ConsentMatrix(f"{name}.matrix")
        self.add(head)
        self.add(self.matrix)
        self.about.currentIndexChanged.connect(self._show)

    def set_abouts(self, abouts: Sequence[About]) -> None:
        """Show these, the one that was looked at still in front."""
        before = self.shown().matrix.case_id if self._abouts else None
        self._abouts = list(abouts)
        self.about.blockSignals(True)  # one drawing, below
        self.about.clear()
        self.about.addItems([a.name for a in abouts])
        place = next((n for n, a in enumerate(abouts) if a.matrix.case_id == before), 0)
        self.about.setCurrentIndex(place)
        self.about.blockSignals(False)
        self.about.setVisible(len(abouts) > 1)
        self._show()

    def shown(self) -> About:
        """What is looked at."""
        return self._abouts[max(self.about.currentIndex(), 0)]

    def _show(self) -> None:
        if self._abouts:
            matrix = self.shown().matrix
            self.matrix.set_matrix(matrix)
            self.withdraw.setVisible(bool(matrix.case_id) and matrix.asked)
            may = not self._desk.store.read_only and bool(matrix.people or matrix.case_id)
            self.ask.setEnabled(may)
            self.withdraw.setEnabled(may)

    def _ask(self) -> None:
        """Ask about a case, or offer the members whose own data can be asked about."""
        matrix = self.shown().matrix
        if matrix.case_id:
            ask_about_case(self, self._desk, matrix.case_id, matrix.people[0][0] if matrix.people else "")
        elif matrix.people:
            self._offer(matrix).popup(self.ask.mapToGlobal(self.ask.rect().bottomLeft()))

    def _offer(self, matrix: Matrix) -> QMenu:
        self.whom.clear()
        for person_id, name in matrix.people:
            action = self.whom.addAction(name)
            action.triggered.connect(lambda _=False, key=person_id: self._ask_themselves(key))
        return self.whom

    def _ask_themselves(self, person_id: str) -> None:
        ask_about_themselves(self, self._desk, person_id)

    def _withdraw(self) -> None:
        withdraw(self, self._desk, self.shown().matrix.case_id)
