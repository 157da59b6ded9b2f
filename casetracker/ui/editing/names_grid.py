"""The spellings of a name, typed into a grid, with those in other scripts suggested and never just added."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QItemSelection, QItemSelectionModel

from casetracker.i18n import N_, tr
from casetracker.model.names.suggest import Suggestion, suggestions
from casetracker.model.people.person import Language, NameKind, Script, script_of
from casetracker.store.draft import Draft
from casetracker.store.store import Store
from casetracker.ui import messages
from casetracker.ui.editing.child_grid import ChildGrid
from casetracker.ui.editing.name_parts import NamePartsDialog
from casetracker.ui.editing.spellings_dialog import Origin, SpellingsDialog
from casetracker.ui.widgets.grid_rows import GridRow

_COLUMNS = ("full", "language", "script", "kind", "primary", "source")
_WIDTHS = {"language": 100, "script": 110, "kind": 130, "primary": 110, "source": 130}
# Cyrillic is turned into the other scripts by rule; from Latin letters Kazakh ones can only be guessed.
_SUREST = (Script.CYRL, Script.ARAB, Script.HANS, Script.LATN)


@dataclass(frozen=True)
class Typed:
    """A name as it stands in the grid."""

    full: str
    language: Language | None = None


class NamesGrid(ChildGrid):
    """The names of a person. What is suggested and ticked becomes lines, unsaved like any that is typed."""

    def __init__(self, store: Store, person: Draft) -> None:
        super().__init__(store, person, "names", _COLUMNS, widths=_WIDTHS)
        suggest = self.add_button(tr(N_("Suggest spellings…")), "names.suggest")
        suggest.setToolTip(tr(N_("How the names typed here could be written in the other scripts")))
        suggest.clicked.connect(self.suggest)
        parts = self.add_button(tr(N_("Parts of the name…")), "names.parts")
        parts.setToolTip(tr(N_("Given name, father's name, family name of the chosen spelling")))
        parts.clicked.connect(self.parts)

    def parts(self) -> NamePartsDialog | None:
        """Open the parts of the chosen spelling, or of the first; does not wait."""
        self.grid.commit()
        self.collect()
        name = self.child(max(self.grid.currentIndex().row(), 0)) or self.child(0)
        if name is None or not name.values.get("full"):
            messages.tell(self.window(), tr(N_("Type a name first; then its parts can be told apart.")))
            return None
        dialog = NamePartsDialog(self.window(), self._store, name)
        dialog.changed.connect(self.edited)
        dialog.open()
        return dialog

    def typed(self) -> list[Typed]:
        """Return the names typed so far, in the order of their lines."""
        rows = [(str(row.values.get("full") or ""), row.values.get("language")) for row in self.grid.rows()]
        return [Typed(" ".join(full.split()), language) for full, language in rows if full.strip()]

    def suggest(self) -> None:
        """Open the list of spellings to tick; does not wait."""
        self.grid.commit()
        names = self.typed()
        if not names:
            messages.tell(self.window(), tr(N_("Type a name first; then its other spellings are suggested.")))
            return
        found = new_spellings(names)
        if not found:
            messages.tell(self.window(), tr(N_("There is no spelling to suggest that is not here already.")))
            return
        dialog = SpellingsDialog(self.window(), found)
        dialog.chosen.connect(self.add_spellings)
        dialog.open()

    def add_spellings(self, ticked: Sequence[Suggestion]) -> None:
        """Add a line for each, and select these lines, so that Delete takes them out again."""
        added = [self.grid.add_row(GridRow("", _line(each))) for each in ticked]
        if not added:
            return
        model = self.grid.model()
        last = model.columnCount() - 1
        self.grid.setFocus()
        self.grid.setCurrentIndex(model.index(added[0], 0))
        lines = QItemSelection(model.index(added[0], 0), model.index(added[-1], last))
        self.grid.selectionModel().select(lines, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def new_spellings(names: Iterable[Typed]) -> list[Origin]:
    """Return what can be suggested for these names and is not among them, by the name it was made from.

    The script is told from the letters, whatever stands beside them. Nothing is made from a name that a
    surer one already leads to: guesses from a guess only look like more evidence.
    """
    ordered = sorted(
        names, key=lambda n: (_SUREST.index(script_of(n.full)), n.language not in {None, Language.KK})
    )
    there = {_alike(name.full) for name in ordered}
    led_to: set[str] = set()
    found = []
    for name in ordered:
        if _alike(name.full) in led_to:
            continue
        offered = suggestions(name.full, None, name.language)
        fresh = [each for each in offered if _alike(each.full) not in there | led_to]
        led_to |= {_alike(each.full) for each in offered}
        if fresh:
            found.append(Origin(name.full, tuple(fresh)))
    return found


def _alike(full: str) -> str:
    """Return what two ways to type the same letters have in common; Kazakh letters stay what they are."""
    return unicodedata.normalize("NFKC", " ".join(full.split())).casefold()


def _line(each: Suggestion) -> dict[str, object]:
    """Return the cells of a line. It is nobody's main spelling, and says that no paper shows it."""
    return {
        "full": each.full,
        "language": each.language,
        "script": each.script,
        "kind": NameKind.ROMANISED if each.script is Script.LATN else NameKind.USUAL,
        "source": tr(N_("In no paper. {remark}"), remark=each.remark()),
    }
