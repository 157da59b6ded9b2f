"""One answer of a family as a card: what is on record now, what is proposed and why; and deciding it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QWidget

from casetracker.errors import Invalid
from casetracker.i18n import N_, tr
from casetracker.model.terms import label_of
from casetracker.model.work.review import Decision, Said
from casetracker.store.reviews import deciding
from casetracker.store.reviews.deciding import FieldNow, Proposal
from casetracker.ui.desk import Desk
from casetracker.ui.editing.reason_dialog import ReasonDialog
from casetracker.ui.editing.small_dialog import SmallDialog
from casetracker.ui.style import Tone, px
from casetracker.ui.widgets.card import Card
from casetracker.ui.widgets.chip import Chip
from casetracker.ui.widgets.form_row import FormRow
from casetracker.ui.widgets.naming import button, label, named
from casetracker.ui.widgets.pick_box import PickBox

TONES = {
    Decision.OPEN: Tone.AMBER,
    Decision.ACCEPTED: Tone.GREEN,
    Decision.CHANGED: Tone.BLUE,
    Decision.DECLINED: Tone.RED,
    Decision.NONE: Tone.GREY,
}


class ProposalCard(Card):
    """`open_wanted(case)` when the case is to be shown; deciding is done here."""

    open_wanted = Signal(str)

    def __init__(self, desk: Desk, proposal: Proposal) -> None:
        super().__init__(
            f"{proposal.name} · {proposal.label}", f"proposal.{proposal.number}", link=proposal.case_ref
        )
        self._desk, self.proposal = desk, proposal
        self.link_clicked.connect(lambda: self.open_wanted.emit(proposal.case_id))
        self.body.addLayout(self._beside())
        if told := self._why():
            self.add(label(told, "muted", wrap=True))
        if proposal.moved:
            said = tr(N_("The record was changed since the family was asked; they were shown: {text}"),
                      text=proposal.shown)  # fmt: skip
            self.add(label(said, "note", wrap=True))
        self.body.addLayout(self._ways())

    def _beside(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(18))
        grid.setVerticalSpacing(px(2))
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        p = self.proposal
        grid.addWidget(label(tr(N_("On record now")), "muted"), 0, 0)
        said = tr(N_("Proposed")) if p.said is Said.WRONG else label_of(p.said)
        grid.addWidget(label(said, "muted"), 0, 1)
        self.now = named(label(p.now or "—", wrap=True, selectable=True), "proposal.now")
        self.proposed = named(label(self._proposed(), "bold", wrap=True, selectable=True), "proposal.new")
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(self.now, 1, 0, top)
        grid.addWidget(self.proposed, 1, 1, top)
        return grid

    def _proposed(self) -> str:
        p = self.proposal
        if p.said is Said.WITHHOLD:
            return tr(N_("Held back from everybody outside since it was asked"))
        if p.said is Said.REFUSE:
            return tr(N_("The photograph is shown to nobody outside since it was asked"))
        if p.said is Said.AGREE:
            return tr(N_("Record the consent"))
        return p.proposed or "—"

    def _why(self) -> str:
        p = self.proposal
        return " · ".join(part for part in (p.who, p.on, f"“{p.comment}”" if p.comment else "") if part)

    def _ways(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(px(10))
        p, reads = self.proposal, bool(self._desk.store.read_only)
        if p.decision is not Decision.OPEN:
            line.addWidget(Chip(label_of(p.decision), TONES[p.decision]))
            line.addWidget(label(" · ".join(t for t in (p.decided, p.reason) if t), "muted", wrap=True), 1)
            again = button(tr(N_("Decide anew")), "proposal.again", kind="link")
            again.clicked.connect(self._on_again)
            again.setEnabled(not reads)
            line.addWidget(again)
            return line
        self.accept = button(tr(N_("Accept")), "proposal.accept", kind="primary")
        self.change = button(tr(N_("Change…")), "proposal.change")
        self.decline = button(tr(N_("Decline…")), "proposal.decline")
        self.accept.clicked.connect(self._on_accept)
        self.change.clicked.connect(self.ask_change)
        self.decline.clicked.connect(self.ask_reason)
        self.change.setVisible(p.said is Said.WRONG)
        for made in (self.accept, self.change, self.decline):
            made.setEnabled(not reads and not (p.gone and made is not self.decline))
            line.addWidget(made)
        line.addStretch(1)
        return line

    def _on_again(self) -> None:
        self._desk.attempt(lambda: deciding.reopen(self._desk.store, self.proposal.id), self)

    def _on_accept(self) -> None:
        """Accept what can be written as it stands; what has to be read field by field is asked for."""
        store, p = self._desk.store, self.proposal
        if p.said is Said.WRONG and (len(deciding.fields_of(store, p.id)) != 1 or not p.proposed):
            self.ask_change()
            return
        try:
            deciding.accept(store, p.id)
        except Invalid:  # not in the words of the field: somebody has to say what is meant
            self.ask_change()

    def ask_change(self) -> ChangeDialog:
        """Ask how it is to be, field by field."""
        dialog = ChangeDialog(self.window(), self._desk, self.proposal)
        dialog.open()
        return dialog

    def ask_reason(self) -> ReasonDialog:
        """Ask why it is declined."""
        store, p = self._desk.store, self.proposal
        dialog = ReasonDialog(
            self.window(),
            tr(N_("Decline this?")),
            tr(N_("The record stays as it is. The family's representative can read the reason.")),
            tr(N_("Decline")),
            lambda reason: deciding.decline(store, p.id, reason),
        )
        dialog.open()
        return dialog


class ChangeDialog(SmallDialog):
    """The fields that a correction is about, with what stands in them or what was proposed."""

    def __init__(self, parent: QWidget, desk: Desk, proposal: Proposal) -> None:
        super().__init__(parent, "change_proposal", proposal.label, tr(N_("Write into the record")))
        self._desk, self._proposal = desk, proposal
        if proposal.proposed or proposal.comment:
            said = "\n".join(part for part in (proposal.proposed, proposal.comment) if part)
            self.body.addWidget(label(tr(N_("The family says: {words}"), words=said), "soft", wrap=True))
        self.rows: dict[str, FormRow] = {}
        for field in deciding.fields_of(desk.store, proposal.id):
            self.rows[field.name] = FormRow(field.label, _editor(field))
            self.body.addWidget(self.rows[field.name])
        self.reason = named(QLineEdit(), "change_proposal.reason", tr(N_("Why it is changed")))
        self._why = FormRow(tr(N_("Why it is changed, if it is not as they said")), self.reason)
        self.body.addWidget(self._why)

    def do(self) -> None:
        values = {name: _text(row.editor) for name, row in self.rows.items()}
        for row in (*self.rows.values(), self._why):
            row.set_problem("")
        try:
            deciding.accept(self._desk.store, self._proposal.id, values, reason=self.reason.text())
        except Invalid as error:
            for name, problem in error.problems.items():
                self.rows.get(name.split(".")[-1], self._why).set_problem(problem)
            raise


def _editor(field: FieldNow) -> QWidget:
    name = f"change_proposal.{field.name}"
    if not field.options:
        return named(QLineEdit(field.offered), name, field.label)
    box = named(PickBox(), name, field.label)
    box.addItems(["", *field.options])
    box.setCurrentText(
        next((o for o in field.options if o.casefold() == field.offered.casefold()), field.now)
    )
    return box


def _text(editor: QWidget) -> str:
    return editor.currentText() if isinstance(editor, PickBox) else editor.text()  # type: ignore[attr-defined]
