"""The profile of an addressee: chosen from a list, kept, renamed, deleted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.store.report_profiles import Profile, forget, keep, profiles
from casetracker.ui.desk import Desk
from casetracker.ui.pages.narrowing.asking import AskLine
from casetracker.ui.widgets.form_row import FormRow
from casetracker.ui.widgets.naming import named
from casetracker.ui.widgets.pick_box import PickBox


class ProfileBar(QWidget):
    """A list of profiles and the menu of what may be done with them; `chosen(Profile)` when one was picked.

    `held` returns the choices of the page as a profile without a name.
    """

    chosen = Signal(object)

    def __init__(self, desk: Desk, held: Callable[[], Profile]) -> None:
        super().__init__()
        named(self, "profiles")
        self._desk, self._held = desk, held
        self._kept: list[Profile] = []
        self.box = named(PickBox(), "profile", tr(N_("Profile")))
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(12)
        self.asking = AskLine()
        self.menu = named(QMenu(self), "profile.menu", tr(N_("Profile")))
        self.menu.aboutToShow.connect(self._fill_menu)
        self.more = named(QPushButton("…"), "profile.more", tr(N_("Keep, rename or delete a profile")))
        self.more.setToolTip(tr(N_("Keep, rename or delete a profile")))
        self.more.setAutoDefault(False)
        self.more.setMenu(self.menu)
        line = QHBoxLayout()
        line.addWidget(FormRow(tr(N_("Profile")), self.box, side=True), 1)
        line.addWidget(self.more)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(line)
        layout.addWidget(self.asking)
        self.box.activated.connect(self._on_activated)
        self.reread()

    def profile(self) -> Profile | None:
        """The profile that is chosen."""
        place = self.box.currentIndex() - 1
        return self._kept[place] if 0 <= place < len(self._kept) else None

    def reread(self, profile_id: str = "") -> None:
        """Read the profiles again and stay on the same one, or go to that of an id."""
        now = self.profile()
        wanted = profile_id or (now.id if now else "")
        self._kept = profiles(self._desk.store)
        self.box.clear()
        self.box.addItem(tr(N_("none: choose freely")))
        self.box.addItems([p.name for p in self._kept])
        ids = [p.id for p in self._kept]
        self.box.setCurrentIndex(ids.index(wanted) + 1 if wanted in ids else 0)
        self.more.setEnabled(not self._desk.store.read_only)

    def _on_activated(self, _: int) -> None:
        if (profile := self.profile()) is not None:
            self.chosen.emit(profile)

    def _fill_menu(self) -> None:
        self.menu.clear()
        steps = [("profile.save_as", tr(N_("Keep as a profile…")), self.save_as)]
        if (profile := self.profile()) is not None:
            steps = [
                ("profile.save", tr(N_("Save “{name}”"), name=profile.name), self.save),
                *steps,
                ("profile.rename", tr(N_("Rename…")), self.rename),
                ("profile.delete", tr(N_("Delete “{name}”"), name=profile.name), self.delete),
            ]
        for name, text, step in steps:
            made = self.menu.addAction(text.replace("&", "&&"))
            made.setObjectName(name)
            made.triggered.connect(step)

    # The steps

    def save_as(self) -> None:
        """Ask for a name and keep the choices of the page under it."""
        self.asking.ask(
            tr(N_("Name of the profile")), lambda name: self._keep(replace(self._held(), name=name))
        )

    def save(self) -> None:
        """Keep the choices of the page under the profile that is chosen."""
        if (now := self.profile()) is not None:
            held = replace(self._held(), name=now.name, id=now.id)
            self._desk.attempt(lambda: keep(self._desk.store, held), self)

    def rename(self) -> None:
        """Ask for another name."""
        if (now := self.profile()) is not None:
            self.asking.ask(
                tr(N_("Name of the profile")), lambda name: self._keep(replace(now, name=name)), now.name
            )

    def delete(self) -> None:
        """Delete the profile; undo brings it back. The choices stay as they are."""
        if (now := self.profile()) is not None:
            self._desk.attempt(lambda: forget(self._desk.store, now.id), self)

    def _keep(self, profile: Profile) -> str:
        try:
            self.reread(keep(self._desk.store, profile))
        except UserError as error:
            return str(error)
        return ""
