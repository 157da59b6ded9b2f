"""The steps of making a casebook: where, who works here, the passphrase, the recovery sheet."""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from casetracker.i18n import N_, tr
from casetracker.store.casebook import casebook_folder
from casetracker.store.passphrase import passphrase_problem
from casetracker.store.place import place_warning
from casetracker.ui.style import Tone
from casetracker.ui.widgets.banner import Banner
from casetracker.ui.widgets.chip import Chip
from casetracker.ui.widgets.form_row import FormRow
from casetracker.ui.widgets.naming import button, label, named
from casetracker.ui.widgets.passphrase_edit import PassphraseEdit

_NOT_IN_NAMES = '\\/:*?"<>|'  # what Windows refuses; a casebook may move there
_LONGEST_NAME = 80


class Step(QWidget):
    """One step. `ready()` says whether it may be left, and shows what is missing beside its fields."""

    def __init__(self, object_name: str, title: str, text: str) -> None:
        super().__init__()
        named(self, object_name, title)
        self.title = title
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(12)
        self.body.addWidget(label(text, "muted", wrap=True))

    def ready(self) -> bool:
        """Check what was entered."""
        return True

    def begin(self) -> None:
        """Put the keyboard where the step begins."""


class PlaceStep(Step):
    """How the casebook is called, and the folder that it lies in."""

    def __init__(self, folder: Path | None = None, warn_of: Callable[[Path], str] = place_warning) -> None:
        text = N_("A casebook is a folder that holds all records of one office, encrypted.")
        super().__init__("new.place", tr(N_("Where shall it be kept?")), tr(text))
        self._warn_of = warn_of
        self.name = named(QLineEdit(), "new.name", tr(N_("Name of the casebook")))
        self.name.setPlaceholderText(tr(N_("for example: Almaty office")))
        self.where = named(QLineEdit(str(folder or documents())), "new.folder", tr(N_("Folder")))
        browse = button(tr(N_("Browse…")), "new.browse")
        browse.clicked.connect(self._browse)
        self.name_row = FormRow(tr(N_("Name of the casebook")), self.name, required=True)
        self.where_row = FormRow(tr(N_("Folder")), self.where, required=True)
        beside = QHBoxLayout()
        beside.setSpacing(8)
        beside.addWidget(self.where_row, 1)
        beside.addWidget(browse, 0, Qt.AlignmentFlag.AlignBottom)
        self.warning = Banner(object_name="new.warning")
        self.path_line = named(label("", "note", wrap=True), "new.path")
        self.body.addWidget(self.name_row)
        self.body.addLayout(beside)
        self.body.addWidget(self.path_line)
        self.body.addWidget(self.warning)
        self.body.addStretch(1)
        self.name.textChanged.connect(self._look)
        self.where.textChanged.connect(self._look)
        self._look()

    def path(self) -> Path:
        """The folder that will be made."""
        return casebook_folder(Path(self.where.text().strip()).expanduser() / self.name.text().strip())

    def begin(self) -> None:
        (self.where if self.where_row.problem() and not self.name_row.problem() else self.name).setFocus()

    def ready(self) -> bool:
        self.name_row.set_problem(self._name_problem())
        self.where_row.set_problem(self._where_problem())
        return not (self.name_row.problem() or self.where_row.problem())

    def _name_problem(self) -> str:
        name = self.name.text().strip()
        if not name:
            return tr(N_("Give the casebook a name."))
        if strange := next((c for c in name if c in _NOT_IN_NAMES or not c.isprintable()), ""):
            return tr(N_("A name cannot contain “{sign}”; leave it out."), sign=strange)
        if len(name) > _LONGEST_NAME or name.startswith(".") or name.endswith("."):
            return tr(N_("Take a name of up to {n} letters, without a dot at either end."), n=_LONGEST_NAME)
        if os.path.lexists(self.path()):
            return tr(
                N_("There is something called {name} already; choose another name."), name=self.path().name
            )
        return ""

    def _where_problem(self) -> str:
        folder = Path(self.where.text().strip()).expanduser()
        if not self.where.text().strip() or not folder.is_dir():
            return tr(N_("This folder does not exist; choose one that does."))
        if not os.access(folder, os.W_OK):
            return tr(N_("Nothing may be written in this folder; choose another one."))
        return ""

    def _look(self) -> None:
        folder = self.where.text().strip()
        text = self._warn_of(Path(folder).expanduser()) if folder else ""
        self.warning.set(tr(N_("Not a good place")), text)
        self.warning.setVisible(bool(text))
        named_already = bool(folder and self.name.text().strip())
        self.path_line.setText(tr(N_("It will be {path}"), path=self.path()) if named_already else "")
        self.name_row.set_problem("")
        self.where_row.set_problem("")

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr(N_("Where shall it be kept?")), self.where.text())
        if chosen:
            self.where.setText(chosen)


def documents() -> Path:
    """Return the user's folder for documents, or the home folder if there is none."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(place) if place and Path(place).is_dir() else Path.home()


class WhoStep(Step):
    """Who works here, as the history names them."""

    def __init__(self) -> None:
        text = N_(
            "Every change is kept with the name of who made it. It stays inside the casebook, encrypted; a "
            "name that only the office understands will do."
        )
        super().__init__("new.who", tr(N_("Who works here?")), tr(text))
        self.name = named(QLineEdit(), "new.user", tr(N_("Your name")))
        self.name.setMaxLength(60)
        self.row = FormRow(tr(N_("Your name")), self.name, required=True)
        self.body.addWidget(self.row)
        self.body.addStretch(1)
        self.name.textChanged.connect(lambda: self.row.set_problem(""))

    def user(self) -> str:
        """The name."""
        return self.name.text().strip()

    def begin(self) -> None:
        self.name.setFocus()

    def ready(self) -> bool:
        self.row.set_problem("" if self.user() else tr(N_("Write how you are to be named in the history.")))
        return bool(self.user())


class PassphraseStep(Step):
    """The passphrase, twice, and how strong it is in words."""

    def __init__(self) -> None:
        text = N_(
            "It is the key to everything. Take five or six words that have nothing to do with each other. "
            "Nobody can open the casebook without it, also not those who wrote this program."
        )
        super().__init__("new.passphrase", tr(N_("A passphrase")), tr(text))
        self.first = PassphraseEdit("new.first", tr(N_("Passphrase")))
        self.second = PassphraseEdit("new.second", tr(N_("The same again")))
        self.strength = Chip("", Tone.GREY)
        self.strength.hide()
        self.first_row = FormRow(tr(N_("Passphrase")), self.first, required=True)
        self.second_row = FormRow(tr(N_("The same again")), self.second, required=True)
        self.body.addWidget(self.first_row)
        self.body.addWidget(self.strength)
        self.body.addWidget(self.second_row)
        self.body.addStretch(1)
        self.first.changed.connect(self._on_first)
        self.second.changed.connect(lambda: self.second_row.set_problem(""))

    def begin(self) -> None:
        (self.second if self.second_row.problem() else self.first).setFocus()

    def ready(self) -> bool:
        first, second = self.first.text(), self.second.text()
        problem = passphrase_problem(first)
        self.first_row.set_problem(problem)
        differ = tr(N_("The two differ; type the same passphrase twice.")) if first != second else ""
        self.second_row.set_problem("" if problem else differ)
        return not problem and not differ

    def forget(self) -> None:
        """Take what was typed off the screen."""
        self.first.clear()
        self.second.clear()

    def _on_first(self) -> None:
        self.first_row.set_problem("")
        text, tone = strength(self.first.text())
        self.strength.set(text, tone)
        self.strength.setVisible(bool(text))


def strength(passphrase: str) -> tuple[str, Tone]:
    """Say in words how long a passphrase would hold against guessing, by a cautious count of its chances.

    A word counts as one of 7776 (the length of the usual lists for choosing by dice), a letter as one of its
    kind; what is repeated counts once.
    """
    if not passphrase:
        return "", Tone.GREY
    if passphrase_problem(passphrase):
        return tr(N_("Too weak")), Tone.RED
    words = {word for word in passphrase.casefold().split() if len(word) > 2}
    kinds = (
        26 * any(c.islower() for c in passphrase) + 26 * any(c.isupper() for c in passphrase),
        10 * any(c.isdigit() for c in passphrase) + 20 * any(not c.isalnum() for c in passphrase),
    )
    by_letters = len(set(passphrase)) * math.log2(max(sum(kinds), 2))
    bits = min(by_letters, len(words) * math.log2(7776)) if len(words) > 2 else by_letters * 0.8
    for least, text, tone in (
        (64, N_("Strong"), Tone.GREEN),
        (50, N_("Good"), Tone.GREEN),
        (0, N_("Fair; another word makes it much stronger"), Tone.AMBER),
    ):
        if bits >= least:
            return tr(text), tone
    return "", Tone.GREY


class RecoveryStep(Step):
    """Whether a recovery sheet is made; to go without one has to be said."""

    changed = Signal()

    def __init__(self) -> None:
        text = N_(
            "A recovery sheet is a page with a code that opens the casebook when the passphrase is lost."
        )
        super().__init__("new.recovery", tr(N_("A recovery sheet")), tr(text))
        self.wanted = named(QRadioButton(tr(N_("Make a recovery sheet (recommended)"))), "new.with_sheet")
        self.declined = named(QRadioButton(tr(N_("Make none"))), "new.without_sheet")
        for choice in (self.wanted, self.declined):
            choice.setAccessibleName(choice.text())
            self.body.addWidget(choice)
        self.wanted.setChecked(True)
        self._danger = Banner(
            tr(N_("There is no other way in")),
            tr(N_("If the passphrase is lost, everything in this casebook is lost with it.")),
            tone=Tone.RED,
            object_name="new.no_way_in",
        )
        self._danger.hide()
        self.body.addWidget(self._danger)
        self.body.addStretch(1)
        self.declined.toggled.connect(self._danger.setVisible)

    def begin(self) -> None:
        (self.wanted if self.wanted.isChecked() else self.declined).setFocus()
