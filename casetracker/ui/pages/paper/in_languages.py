"""The language of a paper, and a second one beside it where the report can be made in two."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QComboBox

from casetracker.i18n import N_, OWN_NAMES, languages, tr
from casetracker.ui.widgets.form_row import FormRow
from casetracker.ui.widgets.naming import named
from casetracker.ui.widgets.pick_box import PickBox

LANGUAGES = tuple((code, OWN_NAMES.get(code, code)) for code in languages())


class PaperLanguages(QObject):
    """Two lists of languages; the second offers "none" and what is not chosen in the first."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.first = _list("language", tr(N_("Language")))
        self.second = _list("second_language", tr(N_("Second language")))
        for code, name in LANGUAGES:
            self.first.addItem(name, code)
        self.row = FormRow(tr(N_("Language")), self.first, side=True)
        self.second_row = FormRow(tr(N_("Second language")), self.second, side=True)
        self.second.setToolTip(tr(N_("Both beside each other; what is the same in both is printed once.")))
        self._offered = True
        self._fill("")
        self.first.currentIndexChanged.connect(self._on_first)
        self.second.currentIndexChanged.connect(self.changed)

    def chosen(self) -> tuple[str, str]:
        """The codes of both; the second is empty where there is none."""
        return self.first.currentData(), self.second.currentData() if self._offered else ""

    def choose(self, first: str, second: str) -> None:
        """Choose languages; one that this program does not speak leaves what was chosen before."""
        place = self.first.findData(first)
        if place >= 0:
            self.first.setCurrentIndex(place)
        self.second.setCurrentIndex(max(self.second.findData(second), 0))

    def offer_second(self, *, offered: bool) -> None:
        """Show or hide the second list; what is chosen in it is kept for the next report."""
        self._offered = offered
        self.second_row.setVisible(offered)

    def _on_first(self) -> None:
        self._fill(self.second.currentData())
        self.changed.emit()

    def _fill(self, chosen: str) -> None:
        self.second.blockSignals(True)
        self.second.clear()
        self.second.addItem(tr(N_("none")), "")
        for code, name in LANGUAGES:
            if code != self.first.currentData():
                self.second.addItem(name, code)
        self.second.setCurrentIndex(max(self.second.findData(chosen), 0))
        self.second.blockSignals(False)


def _list(name: str, text: str) -> QComboBox:
    made = named(PickBox(), name, text)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(12)
    return made
