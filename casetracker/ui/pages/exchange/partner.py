"""What a partner office sent: a bundle of cases is looked at, decided upon and merged; a receipt is noted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QGridLayout, QInputDialog, QVBoxLayout, QWidget

from casetracker.errors import UserError
from casetracker.exchange.partner import receiving
from casetracker.i18n import N_, ntr, tr
from casetracker.jobs import Progress
from casetracker.model import dates
from casetracker.model.dates import KnownDate
from casetracker.store import certificates
from casetracker.store.partner import comparing, receipts, taking
from casetracker.store.partner.comparing import Comparison, Difference, Side
from casetracker.store.partner.taking import Taken
from casetracker.store.partner.theirs import Bundle
from casetracker.ui import messages
from casetracker.ui.background import Background
from casetracker.ui.desk import Desk
from casetracker.ui.pages.exchange.parts import beside, combo, sentences
from casetracker.ui.widgets.card import Card
from casetracker.ui.widgets.empty import EmptyState
from casetracker.ui.widgets.frame import ScrollPage
from casetracker.ui.widgets.naming import button, label, named

SHOWN = 200  # differences that are asked about; of the rest both are kept


class PartnerPane(ScrollPage):
    """One card says what came, one asks about each field that differs; one button merges."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("partner", tr(N_("From a partner office")), under_tabs=True)
        self._desk = desk
        self.choose_file: Callable[[], str] = self._ask_which
        self.choose_receipt: Callable[[str], str] = self._ask_where
        self.ask_passphrase: Callable[[], str] = self._ask_passphrase
        self.bundle: Bundle | None = None
        self.empty = EmptyState(
            tr(N_("Cases that another office sent")),
            tr(
                N_(
                    "Choose the sealed file. You see first what is in it and where it differs from yours; "
                    "then it is merged as one action, and undo takes it back. "
                    "A partner's receipt goes in here too."
                )
            ),
            action=tr(N_("Choose the file…")),
            icon_name="upload",
            object_name="partner.empty",
        )
        self.empty.action_clicked.connect(self.choose)
        self.what = Card("", "card.bundle", link=tr(N_("Another file…")))
        self.what.link_clicked.connect(self.choose)
        self._said = QWidget()
        QVBoxLayout(self._said).setContentsMargins(0, 0, 0, 0)
        self.what.add(self._said)
        self.differs = Card(tr(N_("Where the two offices differ")), "card.differences")
        hint = N_(
            "Whatever you choose, the other version is kept beside it: under “Versions” of the case and in a "
            "note. Nothing is lost."
        )
        self.differs.add(label(tr(hint), "note", wrap=True))
        self.grid = DifferencesGrid()
        self.differs.add(self.grid)
        self.take_in = button(tr(N_("Merge")), "partner.take_in", kind="primary")
        self.take_in.clicked.connect(self.merge)
        self.receipt = button(tr(N_("Save the receipt…")), "partner.receipt")
        self.receipt.clicked.connect(self.save_receipt)
        self._last = Card("", "card.merge")
        self._last.add(beside(self.take_in, self.receipt))
        for card in (self.empty, self.what, self.differs, self._last):
            self.body.addWidget(card)
        self.body.addStretch(1)
        self._show_steps()

    def _show_steps(self, found: Comparison | None = None, *, merged: bool = False) -> None:
        there = self.bundle is not None
        self.empty.setVisible(not there)
        self.what.setVisible(there)
        self.differs.setVisible(bool(found and found.differences and not merged))
        self._last.setVisible(there)
        fresh = found is not None and found.already is None and not merged
        self.take_in.setVisible(fresh)
        self.take_in.setEnabled(not self._desk.store.read_only)
        self.receipt.setVisible(there and not fresh)

    # The file

    def choose(self) -> None:
        """Ask for a bundle or a receipt."""
        if chosen := self.choose_file():
            self.look(Path(chosen))

    def look(self, path: Path) -> None:
        """Open a bundle on another thread and say what is in it; note a receipt at once."""
        if receiving.is_receipt(path):
            self._note(path)
            return
        if not receiving.is_bundle(path):
            messages.warn(self, UserError(tr(N_("“{name}” is no file of cases from a partner office."),
                                             name=path.name)))  # fmt: skip
            return
        secret, store = self.ask_passphrase(), self._desk.store
        if not secret:
            return

        def work(_: Progress) -> tuple[Bundle, Comparison]:
            bundle = receiving.read(path, secret)
            return bundle, comparing.compare(store, bundle)

        Background(self, tr(N_("Opening the file")), work, self._opened).start()

    def _note(self, path: Path) -> None:
        try:
            said = receipts.note(self._desk.store, receiving.read_receipt(path))
        except UserError as error:
            messages.warn(self, error)
        else:
            messages.tell(self, said, tr(N_("Receipt")))

    def _opened(self, found: tuple[Bundle, Comparison]) -> None:
        self.bundle, coming = found
        office = self.bundle.office_name or tr(N_("a partner"))
        title = tr(N_("Bundle {number} of {office}"), number=self.bundle.number, office=office)
        self.what.set_title(title)
        sentences(self._said, told(self.bundle, coming))
        self.grid.set_differences(coming.differences)
        self._show_steps(coming)

    # Merging

    def merge(self) -> None:
        """Take the bundle in as one action, with a bar and a way out."""
        bundle, store, decisions = self.bundle, self._desk.store, self.grid.decisions()
        if bundle is None:
            return

        def work(progress: Progress) -> Taken:
            return taking.take_in(store, bundle, decisions, Side.BOTH, progress)

        Background(self, tr(N_("Merging")), work, self._merged).start()

    def _merged(self, taken: Taken) -> None:
        said = [taken.text(), tr(N_("Undo (Ctrl+Z) takes all of it back."))]
        sentences(self._said, [*said, tr(N_("Save the receipt and send it to the partner."))])
        self._show_steps(merged=True)

    def save_receipt(self) -> None:
        """Write the file by which the partner learns that the bundle came."""
        if self.bundle is None:
            return
        out = self.choose_receipt(f"receipt-{self.bundle.number}.json")
        if not out:
            return
        made = certificates.current(self._desk.store)
        try:
            name = made.office if made else ""
            receiving.write_receipt(self._desk.store, self.bundle, name, Path(out))
        except UserError as error:
            messages.warn(self, error)
        else:
            messages.tell(self, tr(N_("The receipt is written; it names no case.")), tr(N_("Receipt")))

    # Asking

    def _ask_which(self) -> str:
        kinds = tr(N_("Files of partner offices")) + " (*.ctsealed *.json)"
        return QFileDialog.getOpenFileName(self, tr(N_("Choose the file")), "", kinds)[0]

    def _ask_where(self, suggested: str) -> str:
        return QFileDialog.getSaveFileName(self, tr(N_("Save the receipt")), suggested)[0]

    def _ask_passphrase(self) -> str:
        title, text = tr(N_("Passphrase of the file")), tr(N_("The words that the partner told you:"))
        words, said = QInputDialog.getText(self, title, text)
        return words.strip() if said else ""


def told(bundle: Bundle, found: Comparison) -> list[str]:
    """Say what a bundle is and what taking it in would do."""
    made = dates.parse(bundle.made).text() if bundle.made else "?"
    said = [tr(N_("Made on {day}."), day=made)]
    if found.already:
        day = KnownDate.on(found.already).text()
        said.append(tr(N_("It was taken in on {day} already; a second time nothing changes."), day=day))
        return said
    said.append(ntr("{n} case would be new.", "{n} cases would be new.", found.new_cases))
    said.append(ntr("{n} case is known.", "{n} cases are known.", found.known_cases))
    if found.filled:
        sentence = ntr(
            "{n} field that is empty here would be filled.",
            "{n} fields that are empty here would be filled.",
            found.filled,
        )
        said.append(sentence)
    if not found.differences and found.known_cases:
        said.append(tr(N_("Nothing differs that was not decided before.")))
    said.append(tr(N_("Consents do not come along: ask the families before you give anything on.")))
    return said


class DifferencesGrid(QWidget):
    """A line for each field that differs: what it is, ours, theirs, and whose counts."""

    def __init__(self) -> None:
        super().__init__()
        named(self, "differences", tr(N_("Where the two offices differ")))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(8)
        for column, stretch in enumerate((2, 3, 3, 0)):
            self._grid.setColumnStretch(column, stretch)
        self._boxes: list[tuple[Difference, QComboBox]] = []

    def set_differences(self, differences: list[Difference]) -> None:
        """Show them, with “both” chosen."""
        self._boxes.clear()
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        heads = (tr(N_("What")), tr(N_("Here")), tr(N_("At the partner")), tr(N_("Decide")))
        for column, head in enumerate(heads):
            self._grid.addWidget(label(head, "muted"), 0, column)
        for at, each in enumerate(differences[:SHOWN], 1):
            name = f"{each.about}, {each.label}"
            options = [(side.name, tr(side.value)) for side in (Side.BOTH, Side.OURS, Side.THEIRS)]
            box = combo(f"difference.{at}", name, options)
            self._boxes.append((each, box))
            top = Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(label(name, "bold", wrap=True), at, 0, top)
            self._grid.addWidget(label(each.ours, wrap=True, selectable=True), at, 1, top)
            self._grid.addWidget(label(each.theirs, wrap=True, selectable=True), at, 2, top)
            self._grid.addWidget(box, at, 3, top)

    def decisions(self) -> dict[tuple[str, str], Side]:
        """Return whose version counts, by record and field."""
        return {each.key: Side[box.currentData()] for each, box in self._boxes}
