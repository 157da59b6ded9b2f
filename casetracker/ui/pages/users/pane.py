"""What one user may do, and what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from casetracker.i18n import N_, ntr, tr
from casetracker.store.users import UserLine
from casetracker.ui.clearing_clipboard import SECONDS
from casetracker.ui.locking import LONGEST, SHORTEST
from casetracker.ui.pages.users.words import MEANING, ROLES_GUARD, chips
from casetracker.ui.widgets.card import Card
from casetracker.ui.widgets.frame import ScrollPage
from casetracker.ui.widgets.header import PageHeader
from casetracker.ui.widgets.naming import button, label, named
from casetracker.ui.widgets.number_box import NumberBox


class UserPane(QWidget):
    """One user. The signals say which of the buttons was pressed."""

    role_wanted = Signal()
    words_wanted = Signal()
    leave_wanted = Signal()
    passphrase_wanted = Signal()
    sheet_wanted = Signal()
    erase_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        named(self, "user.pane")
        self.user_id = ""
        self.header = PageHeader("user.header")
        self.leave = self.header.add_action("user.leave", tr(N_("Deactivate…")))
        self.words = self.header.add_action("user.words", tr(N_("New first passphrase…")))
        self.words.setToolTip(tr(N_("For somebody who forgot the passphrase")))
        self.change = self.header.add_action("user.change", tr(N_("Change…")), primary=True)
        self.leave.clicked.connect(self.leave_wanted)
        self.words.clicked.connect(self.words_wanted)
        self.change.clicked.connect(self.role_wanted)
        self.may = Card(tr(N_("What this user may do")), "card.may")
        self.meaning = named(label("", wrap=True, selectable=True), "user.meaning")
        self.families = named(label("", wrap=True, selectable=True), "user.of_families")
        for part in (self.meaning, self.families, label(tr(ROLES_GUARD), "note", wrap=True)):
            self.may.add(part)
        self.own = Card(tr(N_("Your passphrase")), "card.passphrase", link=tr(N_("Change it…")))
        said = N_("It opens your own key slot. Nobody else knows it, and nobody can look it up.")
        self.own.add(label(tr(said), wrap=True))
        self.own.link_clicked.connect(self.passphrase_wanted)
        self.sheet = Card(tr(N_("Recovery sheet")), "card.sheet", link=tr(N_("Make a new one…")))
        said = N_(
            "A page with a code that opens the casebook when the passphrase is lost. It can be parted among "
            "several people, so that none of them can open it alone. A new one makes the old one useless."
        )
        self.sheet.add(label(tr(said), wrap=True))
        self.sheet.link_clicked.connect(self.sheet_wanted)
        self.computer = ComputerCard()
        self.locking = LockCard()
        self.erase = Card(tr(N_("In danger")), "card.erase", link=tr(N_("Erase this casebook…")))
        said = N_("Makes the casebook on this computer unreadable for ever, before somebody can take it.")
        self.erase.add(label(tr(said), wrap=True))
        self.erase.link_clicked.connect(self.erase_wanted)
        body = ScrollPage("user.scroll", tr(N_("User")))
        for card in (self.may, self.own, self.sheet, self.computer, self.locking, self.erase):
            body.body.addWidget(card)
        body.body.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(body, 1)

    def show_user(self, line: UserLine, *, own: bool, manages: bool) -> None:
        """Show one user; `manages` is whether the one who looks may change something."""
        self.user_id = line.id
        self.header.set_title(line.name)
        self.header.set_chips(chips(line))
        self.meaning.setText(tr(MEANING[line.role]))
        names = ", ".join(name for _, name in line.families)
        self.families.setText(tr(N_("Families: {names}"), names=names) if names else "")
        self.families.setVisible(bool(names))
        here = line.left is None
        self.change.setVisible(manages and here)
        self.words.setVisible(manages and here and not own)
        self.leave.setVisible(manages and here and not own)
        self.own.setVisible(own)
        self.sheet.setVisible(own)
        self.computer.setVisible(own)
        self.locking.setVisible(own)
        self.erase.setVisible(own and manages)


class ComputerCard(Card):
    """Whether this computer opens the casebook by its own keyring; off unless somebody wants it."""

    wanted = Signal(bool)
    everywhere_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(tr(N_("This computer's keyring")), "card.computer")
        self.box = named(
            QCheckBox(tr(N_("Open this casebook here without the passphrase"))), "computer.keyring"
        )
        self.box.setEnabled(False)  # until it is known how it is
        self.box.clicked.connect(self.wanted)
        self.elsewhere = button("", "computer.elsewhere", kind="link")
        self.elsewhere.clicked.connect(self.everywhere_wanted)
        self.elsewhere.hide()
        self.problem = named(label("", "problem", wrap=True), "computer.problem")
        self.problem.hide()
        self.add(self.box)
        self.add(self.problem)
        self.add(self.elsewhere)
        said = N_(
            "A key of its own is then kept in the keyring of Windows, macOS or Linux. It is convenient and "
            "protects less: whoever is signed in to this computer as you, and any program that runs as you, "
            "can open the casebook, also after it was locked. Not for a computer that may be taken away "
            "while it is on."
        )
        self.add(label(tr(said), "note", wrap=True))

    def show_state(self, *, on: bool, others: int, possible: bool) -> None:
        """Show whether it is so here, and on how many other computers."""
        self.say("")
        self.box.setChecked(on)
        self.box.setEnabled(possible)
        self.elsewhere.setVisible(others > 0 and possible)
        self.elsewhere.setText(
            ntr("Take it back on {n} other computer…", "Take it back on {n} other computers…", others)
        )

    def say(self, text: str) -> None:
        """Say what went wrong."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))


class LockCard(Card):
    """After how many minutes without anything done the casebook locks; `changed(minutes)`."""

    changed = Signal(int)

    def __init__(self) -> None:
        super().__init__(tr(N_("Locking")), "card.locking")
        self.minutes = named(NumberBox(), "lock.minutes", tr(N_("Minutes until the casebook locks")))
        self.minutes.setRange(SHORTEST, LONGEST)
        self.minutes.valueChanged.connect(self.changed)
        line = QHBoxLayout()
        line.addWidget(self.minutes)
        line.addWidget(label(tr(N_("minutes without anything done, and the casebook locks"))), 1)
        self.body.addLayout(line)
        said = N_(
            "It locks also when the computer goes to sleep, and at once with Ctrl+L. What you were typing is "
            "kept. What you copy is taken out of the clipboard after {n} seconds."
        )
        self.add(label(tr(said, n=SECONDS), "note", wrap=True))

    def show_minutes(self, minutes: int) -> None:
        """Show what is set."""
        with QSignalBlocker(self.minutes):
            self.minutes.setValue(minutes)
