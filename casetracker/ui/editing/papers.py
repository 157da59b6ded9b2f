"""Identity papers, addresses and numbers elsewhere in the dialog of a person, with warnings beside them."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from casetracker.i18n import N_, tr
from casetracker.model.papers import Finding, Known, PaperKind, Severity, check
from casetracker.model.terms import label_of
from casetracker.store.draft import Draft
from casetracker.store.store import Store
from casetracker.ui.editing.child_grid import ChildGrid
from casetracker.ui.editing.dialog import EditDialog
from casetracker.ui.editing.form import Form
from casetracker.ui.style import Tone
from casetracker.ui.widgets.banner import Banner

_PAPER = ("kind", "number", "issued", "expires", "state", "issuer", "note")
_ADDRESS = ("kind", "text", "place", "since", "until")
_TONES = {Severity.WRONG: Tone.RED, Severity.NOTICE: Tone.AMBER, Severity.INFORMATION: Tone.BLUE}


def findings(papers: list[Draft], person: Draft) -> list[tuple[PaperKind, Finding]]:
    """Return what is odd about the numbers typed so far, compared with what is known of the person."""
    sex = person.values.get("sex")
    known = Known(person.values.get("birth"), sex.name if sex else None)
    return [
        (kind, finding)
        for paper in papers
        if (kind := paper.values.get("kind")) and (number := paper.values.get("number"))
        for finding in check(kind, str(number), known)
    ]


class PapersGrid(QWidget):
    """The grid of papers, and below it what their numbers say. Nothing here keeps one from saving."""

    def __init__(self, store: Store, person: Draft, facts: Form) -> None:
        super().__init__()
        self._person, self._facts = person, facts
        self.grid = ChildGrid(
            store, person, "papers", _PAPER,
            widths={"kind": 160, "number": 0, "issued": 90, "expires": 90, "state": 110, "issuer": 110},
        )  # fmt: skip
        self.warning = Banner(object_name="papers.warning")
        self.warning.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.warning)
        self.grid.edited.connect(self.look)
        facts.edited.connect(self.look)

    def look(self) -> None:
        """Check the numbers against each other and the person's facts."""
        self.grid.collect()
        self._facts.collect()
        found = findings(self._person.children["papers"], self._person)
        self.warning.setVisible(bool(found))
        if found:
            worst = min((f.severity for _, f in found), key=list(Severity).index)
            text = "\n".join(f"{label_of(kind)}: {finding.sentence}" for kind, finding in found)
            self.warning.set(label_of(worst), text, _TONES[worst])


def add_papers(dialog: EditDialog, store: Store, person: Draft, facts: Form) -> None:
    """Add the sections of papers, addresses, numbers elsewhere and physical description to a dialog."""
    papers = PapersGrid(store, person, facts)
    section = dialog.add_section(
        tr(N_("Identity papers")), ("papers", papers.grid), opened=bool(person.children["papers"])
    )
    section.add(papers)
    papers.look()
    addresses = ChildGrid(
        store, person, "addresses", _ADDRESS, widths={"kind": 150, "since": 110, "until": 110}
    )
    numbers = ChildGrid(store, person, "numbers", ("scheme", "number", "link"), widths={"scheme": 200})
    more = [*person.children["addresses"], *person.children["numbers"]]
    dialog.add_section(
        tr(N_("Addresses and numbers elsewhere")),
        ("addresses", addresses),
        ("numbers", numbers),
        opened=bool(more),
    )
    dialog.add_section(
        tr(N_("Physical description")), ("", Form(store, person, ("marks", "build"))), opened=False
    )
