"""The options of a paper, folded away: parts, size, head, logo, note, lines to sign on, photographs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit

from casetracker.i18n import N_, tr
from casetracker.reports.options import Options
from casetracker.reports.pdf import Paper
from casetracker.reports.report import Report
from casetracker.store.submitters import PETITIONER, REPRESENTATIVE
from casetracker.ui.pages.paper.logo import LogoPicker
from casetracker.ui.pages.paper.parts import PartsList
from casetracker.ui.style import px
from casetracker.ui.widgets.form_row import FormRow
from casetracker.ui.widgets.naming import named
from casetracker.ui.widgets.pick_box import PickBox
from casetracker.ui.widgets.section import Section

LONGEST_LINE = 90  # letters of the running header: what one line of a page holds
PAPERS: tuple[Paper, ...] = get_args(Paper)


class OptionsSection(Section):
    """Edits `Options`, and to whom such papers are given; `changed` after every change of what is printed."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(tr(N_("Options of the paper")), "paper.options", opened=False)
        self.parts = PartsList()
        self.paper_box = named(PickBox(), "paper.size", tr(N_("Paper size")))
        self.paper_box.addItems(list(PAPERS))
        self.header_edit = named(QLineEdit(), "paper.header", tr(N_("Organisation")))
        self.header_edit.setPlaceholderText(tr(N_("at the head of the first page")))
        self.addressee_edit = named(QLineEdit(), "paper.addressee", tr(N_("Addressee")))
        self.addressee_edit.setPlaceholderText(tr(N_("to whom it is given; not printed")))
        self.logo = LogoPicker()
        self.running_edit = named(QLineEdit(), "paper.running", tr(N_("Running header")))
        self.running_edit.setPlaceholderText(tr(N_("a line at the head of every page")))
        self.running_edit.setMaxLength(LONGEST_LINE)
        self.note_edit = _few_lines("paper.note", tr(N_("Cover note")))
        self.sign_edit = _few_lines("paper.signatures", tr(N_("Lines to sign on")))
        self.sign_edit.setPlaceholderText(tr(N_("one in each line, such as “Head of the office”")))
        self.photographs_box = named(
            QCheckBox(tr(N_("With photographs"))), "paper.photographs", tr(N_("With photographs"))
        )
        self.submitter_box = named(PickBox(), "paper.submitter", tr(N_("Submitter")))
        self.submitter_box.setToolTip(
            tr(N_("Whose contacts stand on a sheet apart; only with their consent about their own data"))
        )
        self.submitter_box.setSizeAdjustPolicy(PickBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.submitter_box.setMinimumContentsLength(12)
        self._people: list[tuple[str, str]] = []
        self._lay_out()
        self.offer_submitters(())
        self.set_options(Options())
        self.paper_box.currentIndexChanged.connect(self._on_edited)
        self.photographs_box.toggled.connect(self._on_edited)
        self.submitter_box.currentIndexChanged.connect(self._on_edited)
        self.parts.changed.connect(self._on_edited)
        self.logo.changed.connect(self._on_edited)
        for edit in (self.header_edit, self.running_edit, self.note_edit, self.sign_edit):
            edit.textChanged.connect(self._on_edited)

    def _lay_out(self) -> None:
        self.add(self.parts)
        for text, edit in (
            (N_("Addressee"), self.addressee_edit),
            (N_("Paper size"), self.paper_box),
            (N_("Organisation"), self.header_edit),
            (N_("Logo"), self.logo),
            (N_("Running header"), self.running_edit),
            (N_("Cover note"), self.note_edit),
            (N_("Lines to sign on"), self.sign_edit),
        ):
            self.add(FormRow(tr(text), edit, side=True))
        self._submitter_row = FormRow(tr(N_("Submitter")), self.submitter_box, side=True)
        self.add(self._submitter_row)
        self.add(self.photographs_box)

    def offer_submitters(self, people: Sequence[tuple[str, str]]) -> None:
        """Offer these people, id and name, as those whose contacts stand on the sheet; the choice stays."""
        chosen = self.submitter()
        self._people = [
            ("", tr(N_("lines to fill in by hand"))),
            (PETITIONER, tr(N_("the petitioner of each case"))),
            (REPRESENTATIVE, tr(N_("the representative of each family"))),
            *people,
        ]
        self.submitter_box.blockSignals(True)
        self.submitter_box.clear()
        self.submitter_box.addItems([name for _, name in self._people])
        self._pick(chosen)
        self.submitter_box.blockSignals(False)

    def submitter(self) -> str:
        """The choice that papers are made with."""
        place = self.submitter_box.currentIndex()
        return self._people[place][0] if 0 <= place < len(self._people) else ""

    def _pick(self, choice: str) -> None:
        """Go to a choice; somebody who is not offered is offered again, under what is known of them."""
        keys = [key for key, _ in self._people]
        if choice not in keys:
            self._people.append((choice, tr(N_("somebody of the profile"))))
            self.submitter_box.addItem(self._people[-1][1])
            keys.append(choice)
        self.submitter_box.setCurrentIndex(keys.index(choice))

    def show_report(self, report: Report) -> None:
        """Offer the parts of a report; what was left out stays left out where the report has that part."""
        self.parts.show_report(report)
        self._submitter_row.setVisible(report.submitter)
        self._say()

    def options(self) -> Options:
        """What is chosen."""
        return Options(
            left_out=self.parts.left_out(),
            paper=PAPERS[max(self.paper_box.currentIndex(), 0)],
            header=self.header_edit.text().strip(),
            cover_note=self.note_edit.toPlainText().strip(),
            signatures=_lines(self.sign_edit),
            photographs=self.photographs_box.isChecked(),
            order=self.parts.order(),
            running=self.running_edit.text().strip(),
            submitter=self.submitter(),
            logo=self.logo.data(),
        )

    def set_options(self, options: Options) -> None:
        """Show options, without a signal."""
        self.blockSignals(True)
        self.parts.set_options(options)
        self.logo.set_data(options.logo)
        self.running_edit.setText(options.running)
        self.paper_box.setCurrentIndex(PAPERS.index(options.paper))
        self.header_edit.setText(options.header)
        self.note_edit.setPlainText(options.cover_note)
        self.sign_edit.setPlainText("\n".join(options.signatures))
        self.photographs_box.setChecked(options.photographs)
        self._pick(options.submitter)
        self.blockSignals(False)
        self._say()

    def _on_edited(self, *_: object) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        self.set_note("" if self.options() == Options() else tr(N_("changed")))


def _few_lines(name: str, text: str) -> QPlainTextEdit:
    edit = named(QPlainTextEdit(), name, text)
    edit.setTabChangesFocus(True)
    edit.setFixedHeight(px(64))
    return edit


def _lines(edit: QPlainTextEdit) -> tuple[str, ...]:
    return tuple(line.strip() for line in edit.toPlainText().splitlines() if line.strip())
