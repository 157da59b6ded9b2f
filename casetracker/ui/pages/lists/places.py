"""The places that come with the program: their codes, also abolished ones, and their names, to look up."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from casetracker.i18n import N_, ntr, tr
from casetracker.model import places
from casetracker.model.places import Place
from casetracker.ui.desk import Desk
from casetracker.ui.pages.lists.saved_grid import SavedGrid
from casetracker.ui.style import px
from casetracker.ui.widgets.grid_rows import GridColumn, GridRow
from casetracker.ui.widgets.naming import label, named

LEVELS = {
    "country": N_("country"),
    "region": N_("region"),
    "prefecture": N_("prefecture"),
    "county": N_("county"),
    "city": N_("city"),
}
_NAMES = {
    "en": N_("English"),
    "kk": N_("Kazakh"),
    "ru": N_("Russian"),
    "zh": N_("Chinese"),
    "pinyin": N_("Pinyin"),
}


class PlacesTab(QWidget):
    """A table to look places up in; it is not edited here, as papers depend on it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.search = named(QLineEdit(), "places.search", tr(N_("Search places")))
        self.search.setPlaceholderText(tr(N_("Name in any language, or code…")))
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(px(420))
        self.grid = SavedGrid(
            [
                GridColumn("code", tr(N_("Code")), width=76, fixed=True),
                GridColumn("level", tr(N_("Level")), width=92, fixed=True),
                *(GridColumn(key, tr(text), fixed=True) for key, text in _NAMES.items()),
                GridColumn("inside", tr(N_("Lies in")), fixed=True),
                GridColumn("valid", tr(N_("In force")), width=140, fixed=True),
            ],
            "places.grid",
            tr(N_("Places")),
        )
        self.grid.set_grows(False)
        self._count = named(label("", "muted"), "places.count")
        said = tr(
            N_(
                "Places come with the program. Abolished codes stay, because they stand on papers of "
                "living people. What somebody said of a place is always kept beside its code."
            )
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 16, 22, 16)
        layout.setSpacing(10)
        for part in (label(said, "muted", wrap=True), self.search, self.grid, self._count):
            layout.addWidget(part, 1 if part is self.grid else 0)
        self.search.textChanged.connect(self.refresh)

    def refresh(self) -> None:
        """Show the places that fit what was typed."""
        wanted = self.search.text().strip().casefold()
        found = [place for place in places.everywhere() if _fits(place, wanted)]
        self.grid.set_rows([GridRow(f"{place.code}.{place.valid_to}", _cells(place)) for place in found])
        self._count.setText(ntr("{n} place", "{n} places", len(found)))


def _fits(place: Place, wanted: str) -> bool:
    words = (place.code, *place.alternatives())
    return any(wanted in word.casefold() for word in words) or place in places.with_name(wanted)


def _cells(place: Place) -> dict[str, str | None]:
    names: dict[str, str | None] = {key: place.names.get(key) for key in _NAMES}
    return names | {
        "code": place.code,
        "level": tr(LEVELS.get(place.level, place.level)),
        "inside": next((upper.text() for upper in places.above(place)), ""),
        "valid": _valid(place),
    }


def _valid(place: Place) -> str:
    if place.valid_to is not None:
        return tr(N_("abolished, until {year}"), year=place.valid_to)
    return tr(N_("since {date}"), date=place.valid_from) if place.valid_from else ""
