"""Given out: the release register, the newest paper first, beside what is known of one of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QInputDialog, QLineEdit, QStackedWidget, QVBoxLayout

from casetracker.i18n import N_, ntr, tr
from casetracker.model import Release
from casetracker.store import release_register
from casetracker.store.release_register import Registered
from casetracker.store.store import Change
from casetracker.ui import messages
from casetracker.ui.desk import Desk
from casetracker.ui.pages.given_out.card import exceptions, state, words
from casetracker.ui.pages.given_out.certificate_dialog import CertificateDialog
from casetracker.ui.pages.given_out.pane import ReleasePane
from casetracker.ui.pages.page import Page
from casetracker.ui.widgets.chip import ChipText, FilterChip
from casetracker.ui.widgets.empty import EmptyState
from casetracker.ui.widgets.list_beside_page import ListBesidePage
from casetracker.ui.widgets.naming import button, named
from casetracker.ui.widgets.record_rows import RecordRow

_SOUGHT_WIDTH = 240  # pixels: what the list has room for in a small window
_VIEWS: dict[str, tuple[str, Callable[[Registered], bool]]] = {
    "all": (N_("All papers"), lambda each: True),
    "out": (N_("Still out"), lambda each: each.audience != "internal" and each.recalled is None),
    "recalled": (N_("Asked back"), lambda each: each.recalled is not None),
    "exceptions": (N_("With exceptions"), lambda each: bool(each.overrides)),
    "office": (N_("In the office"), lambda each: each.audience == "internal"),
}


class GivenOutPage(Page):
    """Every paper that was given out; it can be looked up, checked, and asked back, but not changed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "given_out", tr(N_("Given out")))
        self.view = "all"
        self.choose_file: Callable[[], str] = self._ask_which
        self.ask_password: Callable[[], str] = self._ask_password
        self._known: dict[str, Registered] = {}
        self.split = ListBesidePage("given_out", tr(N_("Given out")))
        self.list = self.split.pane.list
        self.pills = {key: FilterChip(tr(text), f"view.{key}") for key, (text, _) in _VIEWS.items()}
        for key, pill in self.pills.items():
            pill.clicked.connect(self._viewer(key))
            self.split.pane.add_filter(pill)
        self.sought = named(QLineEdit(), "given_out.find", tr(N_("Number, readers or name of the file")))
        self.sought.setPlaceholderText(self.sought.accessibleName())
        self.sought.setToolTip(self.sought.accessibleName())
        self.sought.setClearButtonEnabled(True)
        self.sought.setMinimumWidth(_SOUGHT_WIDTH)
        self.sought.textChanged.connect(self._fill)
        checking = button(tr(N_("Check a paper…")), "given_out.check", kind="quiet")
        checking.setToolTip(tr(N_("Say whether a PDF in hand is one that this office gave out")))
        checking.clicked.connect(self.check_paper)
        signing = button(tr(N_("Certificate…")), "given_out.certificate", kind="quiet")
        signing.setToolTip(tr(N_("With which papers are signed: make it, renew it, see its fingerprint")))
        signing.clicked.connect(self.show_certificate)
        self.split.pane.add_filter(self.sought)
        self.split.pane.add_filter(checking)
        self.split.pane.add_filter(signing)
        self.pane = ReleasePane(desk)
        self.empty = EmptyState(
            tr(N_("Nothing was given out yet")),
            tr(N_("Each paper that is saved on the page “Reports” is listed here with its number and hash.")),
            icon_name="file-text",
            object_name="given_out.empty",
        )
        self._right = QStackedWidget()
        self._right.addWidget(self.empty)
        self._right.addWidget(self.pane)
        self.split.set_page(self._right)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.split)
        self.list.chosen.connect(self._show)

    def _viewer(self, key: str) -> Callable[[], None]:
        return lambda: self.show_view(key)

    def show_view(self, key: str) -> None:
        """Show all papers, or those of one sort."""
        self.view = key
        self._fill()

    def show_record(self, record_id: str) -> None:
        """Show this paper; without an id the newest one."""
        self.view, wanted = "all", record_id
        self.sought.clear()
        self.refresh()
        if wanted and self.list.select(wanted):
            self._show(wanted)

    def refresh(self) -> None:
        """Read the register again."""
        self._known = {each.id: each for each in release_register.register(self.desk.store)}
        self._fill()

    def on_change(self, change: Change) -> None:
        """Papers come, and are asked back; nothing else changes here."""
        if change.touches(Release):
            self.refresh()

    def _fill(self, *_: object) -> None:
        for key, pill in self.pills.items():
            pill.setChecked(key == self.view)
        wanted = self.sought.text().casefold().split()
        shown = [e for e in self._known.values() if _VIEWS[self.view][1](e) and _found(e, wanted)]
        before = self.list.current_key()
        self.list.set_empty_text(tr(N_("Nothing here yet")) if not self._known else tr(N_("None of these")))
        self.list.set_rows([_row(each) for each in shown])
        keys = [each.id for each in shown]
        key = before if before in keys else next(iter(keys), "")
        self.list.select_number(keys.index(key) if key else -1)
        self._show(key)
        self.desk.status.emit(ntr("{n} paper", "{n} papers", len(shown)))

    def _show(self, key: str) -> None:
        release = self._known.get(key)
        if release is not None:
            self.pane.show_release(release)
        self._right.setCurrentWidget(self.pane if release else self.empty)

    # A paper in hand

    def _ask_which(self) -> str:
        path, _ = QFileDialog.getOpenFileName(self, tr(N_("Check a paper")), "", "PDF (*.pdf)")
        return path

    def check_paper(self) -> None:
        """Ask for a file, and say whether it is one of the register; if so, it is shown."""
        from casetracker.reports.verify import verify

        path = self.choose_file()
        if not path:
            return

        def look() -> None:
            found = verify(self.desk.store, Path(path))
            if found.locked and (password := self.ask_password()):
                found = verify(self.desk.store, Path(path), password)
            if found.release is not None:
                self.show_record(found.release.id)
            messages.tell(self, found.sentence, tr(N_("Check a paper")))

        self.desk.attempt(look, self)

    def _ask_password(self) -> str:
        text = tr(N_("The paper is locked. With its password more can be said of it:"))
        return QInputDialog.getText(self, tr(N_("Check a paper")), text)[0].strip()

    def show_certificate(self) -> None:
        """Show the certificate with which papers are signed, or make one."""
        CertificateDialog(self.window(), self.desk.store).open()


def _found(each: Registered, wanted: list[str]) -> bool:
    text = " ".join((each.ref, each.addressee, each.file_name, each.by, *words(each))).casefold()
    return all(word in text for word in wanted)


def _row(each: Registered) -> RecordRow:
    paper, readers = words(each)
    cell = state(each)
    detail = " · ".join(part for part in (each.addressee or readers, each.ref, exceptions(each)) if part)
    chip = ChipText(cell.text, cell.tone) if cell.tone else None
    return RecordRow(each.id, paper, detail, f"{each.released:%d.%m.%Y}", chip)
