"""The small dialogs of the viewer: a copy outside, some of the pages, a transcript or a translation."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QWidget,
)

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.model.names.writing import Language
from casetracker.model.terms import label_of
from casetracker.store.store import Store
from casetracker.ui.editing.dialog import may_discard
from casetracker.ui.editing.keeping import Keeper, KeptOffer
from casetracker.ui.editing.small_dialog import SmallDialog
from casetracker.ui.style import Tone, px
from casetracker.ui.widgets.banner import Banner
from casetracker.ui.widgets.naming import label, named
from casetracker.ui.widgets.number_box import NumberBox


class SaveOutsideDialog(SmallDialog):
    """Asks why a copy leaves the casebook, and of a photograph whether its hidden data goes along."""

    def __init__(
        self, parent: QWidget, title: str, dangers: Sequence[str], *, picture: bool,
        save: Callable[[str, bool], object],
    ) -> None:  # fmt: skip
        super().__init__(
            parent, "outside", tr(N_("Save a copy of “{title}” outside"), title=title), tr(N_("Save…"))
        )
        self._save = save
        said = tr(
            N_(
                "The copy is not encrypted: whoever finds it can read it. It is written into the custody "
                "log, with your name and your reason."
            )
        )
        self.body.addWidget(label(said, "soft", wrap=True))
        if dangers:
            self.body.addWidget(
                Banner(tr(N_("Be careful")), "\n".join(dangers), tone=Tone.RED, object_name="outside.danger")
            )
        self.bare = named(QRadioButton(tr(N_("Without hidden data: place, camera, time"))), "outside.bare")
        self.whole = named(QRadioButton(tr(N_("As it came, with the hash that proves it"))), "outside.whole")
        group = QButtonGroup(self)
        for each in (self.bare, self.whole):
            group.addButton(each)
            each.setVisible(picture)
            each.setAccessibleName(each.text())
            if picture:
                self.body.addWidget(each)
        (self.bare if picture else self.whole).setChecked(True)
        self.reason = named(QLineEdit(), "outside.reason", tr(N_("Why")))
        self.reason.setPlaceholderText(tr(N_("for the lawyer, for a hearing, …")))
        self.body.addWidget(label(tr(N_("Why")), "muted"))
        self.body.addWidget(self.reason)
        self.reason.setFocus()

    def do(self) -> None:
        if not self.reason.text().strip():
            raise UserError(tr(N_("Say why the copy is needed; it stands in the custody log.")))
        self._save(self.reason.text().strip(), self.bare.isChecked())


class PagesDialog(SmallDialog):
    """Asks which pages become a document of their own."""

    def __init__(self, parent: QWidget, pages: int, now: int, make: Callable[[int, int], object]) -> None:
        super().__init__(parent, "pages", tr(N_("Some of the pages")), tr(N_("Make the copy")))
        self._make = make
        said = tr(
            N_(
                "The pages become a document of their own, without the metadata, scripts and attachments "
                "of the original. Words on these pages stay, also hidden ones."
            )
        )
        self.body.addWidget(label(said, "soft", wrap=True))
        line = QHBoxLayout()
        self.first, self.last = (named(NumberBox(), f"pages.{name}") for name in ("first", "last"))
        for text, each in ((tr(N_("From page")), self.first), (tr(N_("to page")), self.last)):
            each.setRange(1, pages)
            each.setValue(now + 1)
            each.setAccessibleName(text)
            line.addWidget(label(text, "muted"))
            line.addWidget(each)
        line.addStretch(1)
        self.body.addLayout(line)
        self.first.setFocus()

    def do(self) -> None:
        if self.last.value() < self.first.value():
            raise UserError(tr(N_("The last page stands before the first.")))
        self._make(self.first.value() - 1, self.last.value() - 1)


class TextDialog(SmallDialog):
    """Asks for a transcript or a translation, in what language and by whom it is."""

    def __init__(
        self, parent: QWidget, store: Store, place: str, title: str,
        make: Callable[[str, Language | None, str], object],
    ) -> None:  # fmt: skip
        super().__init__(parent, "text_copy", title, tr(N_("Keep it beside the original")))
        self._make = make
        self._keeper = Keeper(store, lambda: [self], self)
        self._offer = KeptOffer(self._keeper, "text_copy.kept")
        self.body.addWidget(self._offer)
        self.text = named(QPlainTextEdit(), "text_copy.text", title)
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(px(260))
        self.language = named(QComboBox(), "text_copy.language", tr(N_("Language")))
        self.language.addItem("—", None)
        for each in Language:
            self.language.addItem(label_of(each), each)
        self.by = named(QLineEdit(store.who), "text_copy.by", tr(N_("Written or translated by")))
        self.body.addWidget(self.text)
        line = QHBoxLayout()
        for text, widget in (
            (tr(N_("Language")), self.language),
            (tr(N_("Written or translated by")), self.by),
        ):
            line.addWidget(label(text, "muted"))
            line.addWidget(widget, 1)
        self.body.addLayout(line)
        self.text.setFocus()
        self._offer.offer(self._keeper.begin(place))

    def reject(self) -> None:
        """Close; ask first if something was typed."""
        if self.text.toPlainText().strip() and not may_discard(self):
            return
        self._keeper.end()
        super().reject()

    def do(self) -> None:
        at = self.language.currentIndex()
        self._make(
            self.text.toPlainText(), list(Language)[at - 1] if at > 0 else None, self.by.text().strip()
        )
        self._keeper.end()
