"""Making a casebook, a step at a time; nothing is on the disk before the last step, and then it is whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from casetracker.i18n import N_, tr
from casetracker.jobs import Progress
from casetracker.store.audit.anchors import anchor
from casetracker.store.casebook import Casebook, create_casebook
from casetracker.store.keyslots import Bounds, KdfParameters
from casetracker.store.opening import store_of
from casetracker.store.place import place_warning
from casetracker.ui import messages
from casetracker.ui.background import Background, cancel_and_wait
from casetracker.ui.new_casebook_steps import PassphraseStep, PlaceStep, RecoveryStep, Step, WhoStep
from casetracker.ui.recovery_step import SheetStep
from casetracker.ui.style import px
from casetracker.ui.widgets.naming import button, label, named
from casetracker.ui.widgets.sheet import Sheet


class NewCasebookDialog(QDialog):
    """Asks, makes the casebook in the background, shows its recovery code.

    `made((casebook, store))` when it is to be opened; whoever hears it closes the casebook in the end. `kdf`
    with its `bounds` can be cheap in tests.
    """

    made = Signal(object)

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        folder: Path | None = None,
        kdf: KdfParameters | None = None,
        bounds: Bounds | None = None,
        warn_of: Callable[[Path], str] = place_warning,
    ) -> None:
        super().__init__(parent)
        named(self, "new_casebook", tr(N_("New casebook")))
        self.setWindowTitle(tr(N_("New casebook")))
        self.resize(px(620), px(520))
        self._kdf, self._bounds = kdf, bounds
        self._opened: tuple[Casebook, Any] | None = None
        self._working = False
        self.place, self.who = PlaceStep(folder, warn_of), WhoStep()
        self.passphrase, self.recovery, self.sheet = PassphraseStep(), RecoveryStep(), SheetStep()
        self._steps: list[Step] = [self.place, self.who, self.passphrase, self.recovery, self.sheet]
        self._build()
        self._show(0)

    def _build(self) -> None:
        self._title = named(label("", "title", wrap=True), "new.title")
        self._count = named(label("", "note"), "new.count")
        self._stack = named(QStackedWidget(), "new.steps")
        for step in self._steps:
            self._stack.addWidget(step)
        paper = Sheet("new.sheet")
        paper.body.addWidget(self._stack)
        self.back = button(tr(N_("Back")), "new.back")
        self.back.clicked.connect(lambda: self._show(self._at() - 1))
        self.cancel = button(tr(N_("Cancel")), "new.cancel")
        self.cancel.clicked.connect(self.reject)
        self.go_on = button(tr(N_("Next")), "new.next", kind="primary")
        self.go_on.setDefault(True)
        self.go_on.clicked.connect(self._next)
        self.sheet.kept.toggled.connect(self.go_on.setEnabled)
        foot = QHBoxLayout()
        foot.setSpacing(px(10))
        foot.addWidget(self.cancel)
        foot.addStretch(1)
        foot.addWidget(self.back)
        foot.addWidget(self.go_on)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(px(28), px(22), px(28), px(20))
        outer.setSpacing(px(14))
        outer.addWidget(self._count)
        outer.addWidget(self._title)
        outer.addWidget(paper, 1)
        outer.addLayout(foot)

    def step(self) -> Step:
        """The step in front."""
        return self._steps[self._at()]

    def _at(self) -> int:
        return self._stack.currentIndex()

    def _show(self, number: int) -> None:
        self._stack.setCurrentIndex(number)
        step = self._steps[number]
        self._title.setText(step.title)
        self._count.setText(tr(N_("Step {n} of {all}"), n=number + 1, all=len(self._steps)))
        self.back.setVisible(0 < number < len(self._steps) - 1)
        self.cancel.setVisible(step is not self.sheet)
        texts = {3: tr(N_("Make the casebook")), 4: tr(N_("Open the casebook"))}
        self.go_on.setText(texts.get(number, tr(N_("Next"))))
        self.go_on.setAccessibleName(self.go_on.text())
        self.go_on.setEnabled(step is not self.sheet or self.sheet.kept.isChecked())
        step.begin()

    def _next(self) -> None:
        step = self.step()
        if self._working:
            return
        if not step.ready():
            step.begin()
        elif step is self.recovery:
            self._make()
        elif step is self.sheet:
            self._finish()
        else:
            self._show(self._at() + 1)

    # Making it

    def _make(self) -> None:
        """Make the casebook on another thread: the key derivation takes a second or two."""
        if not self.place.ready():  # something of that name may have come meanwhile
            self._show(0)
            self.place.ready()
            return
        path, user, secret = self.place.path(), self.who.user(), self.passphrase.first.text()
        wanted = self.recovery.wanted.isChecked()

        def work(progress: Progress) -> tuple[Casebook, str]:
            progress.step(0, 0, tr(N_("Making the keys; this takes a moment")))
            return create_casebook(path, secret, user, kdf=self._kdf, bounds=self._bounds, recovery=wanted)

        self._set_working(working=True)
        job = Background(self, tr(N_("Making the casebook")), work, self._on_made)
        job.finished.connect(lambda: self._set_working(working=False))
        job.start()

    def _on_made(self, both: tuple[Casebook, str]) -> None:
        casebook, code = both
        self._opened = casebook, store_of(casebook)
        self.passphrase.forget()
        if code:
            self.sheet.log_code = anchor(self._opened[1])
            self.sheet.set_code(casebook.name, code)
            self._show(len(self._steps) - 1)
        else:
            self._finish()

    def _finish(self) -> None:
        both, self._opened = self._opened, None
        self.sheet.forget()
        super().accept()
        if both:
            self.made.emit(both)

    def _set_working(self, *, working: bool) -> None:
        self._working = working
        for each in (self.back, self.cancel):
            each.setEnabled(not working)
        self.go_on.setEnabled(not working and (self.step() is not self.sheet or self.sheet.kept.isChecked()))

    # Leaving

    def reject(self) -> None:
        """Close; once the casebook is there, only after it was said that the sheet is not kept."""
        if self._working:
            return
        if self._opened is None:
            self.passphrase.forget()
            super().reject()
        elif self._may_go_without():
            self._finish()

    def _may_go_without(self) -> bool:
        answers = (
            messages.Answer("stay", tr(N_("Back to the sheet")), primary=True, cancel=True),
            messages.Answer("open", tr(N_("Open without keeping it")), danger=True),
        )
        text = tr(
            N_("The code is shown only now. Without it, a lost passphrase means that everything is lost.")
        )
        return messages.ask(self, tr(N_("Go on without the recovery sheet?")), text, answers) == "open"

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._working or self._opened is not None:
            event.ignore()
            self.reject()
            return
        cancel_and_wait(self)
        super().closeEvent(event)
