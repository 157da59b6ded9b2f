"""Identity papers, addresses and numbers elsewhere in the dialog of a person, with warnings beside them."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from casetracker.i18n import N_, tr
from casetracker.model import Person
from casetracker.model.papers import Finding, Known, PaperKind, Severity, check
from casetracker.model.people.papers import masked
from casetracker.model.terms import label_of
from casetracker.store import papers as numbers
from casetracker.store.draft import Draft
from casetracker.store.store import Store
from casetracker.ui import messages
from casetracker.ui.editing.child_grid import ChildGrid
from casetracker.ui.editing.dialog import EditDialog
from casetracker.ui.editing.editors import title_of
from casetracker.ui.editing.form import Form
from casetracker.ui.editing.paper_lines import PaperLinesDialog
from casetracker.ui.style import Tone
from casetracker.ui.widgets.banner import Banner

_PAPER = ("kind", "number", "issued", "expires", "state", "note")
_ADDRESS = ("kind", "text", "place", "since", "until")
_TONES = {Severity.WRONG: Tone.RED, Severity.NOTICE: Tone.AMBER, Severity.INFORMATION: Tone.BLUE}


def known_of(person: Draft) -> Known:
    """Return what the record says about the holder, as typed so far."""
    sex = person.values.get("sex")
    return Known(person.values.get("birth"), sex.name if sex else None, person.values.get("birthplace"))


class PapersGrid(QWidget):
    """The grid of papers; what their numbers say stands below it. Nothing here keeps one from saving."""

    def __init__(self, store: Store, person: Draft, facts: Form) -> None:
        super().__init__()
        self._store, self._person, self._facts = store, person, facts
        self.grid = ChildGrid(
            store, person, "papers", _PAPER,
            widths={"kind": 160, "number": 170, "issued": 90, "expires": 90, "state": 106},
        )  # fmt: skip
        lines = self.grid.add_button(tr(N_("More about the paper…")), "papers.lines")
        lines.setToolTip(
            tr(N_("Who issued the chosen paper, and the lines for machines with their check digits"))
        )
        lines.clicked.connect(self.lines)
        self.warning = Banner(object_name="papers.warning")
        self.warning.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.warning)
        self.grid.edited.connect(self.look)
        facts.edited.connect(self.look)

    def lines(self) -> PaperLinesDialog | None:
        """Open what else is known of the chosen paper, or of the first; does not wait."""
        self.grid.collect()
        paper = self.grid.child(max(self.grid.grid.currentIndex().row(), 0)) or self.grid.child(0)
        if paper is None:
            messages.tell(
                self.window(), tr(N_("Choose the kind of paper first; then more about it can be typed."))
            )
            return None
        dialog = PaperLinesDialog(self.window(), self._store, paper, known_of(self._person))
        dialog.changed.connect(self._reload)
        dialog.open()
        return dialog

    def _reload(self) -> None:
        self.grid.reload()
        self.grid.edited.emit()

    def look(self) -> None:
        """Check the numbers against themselves, the person's facts and the other people's papers."""
        self.grid.collect()
        self._facts.collect()
        papers = self._person.children["papers"]
        found = {row: odd for row, paper in enumerate(papers) if (odd := self._findings(paper))}
        self.grid.grid.set_notices(
            {(row, "number"): "\n".join(f.sentence for f in odd) for row, odd in found.items()}
        )
        self.warning.setVisible(bool(found))
        if found:
            worst = min((f.severity for odd in found.values() for f in odd), key=list(Severity).index)
            text = "\n".join(
                f"{_called(papers[row])}: {f.sentence}" for row, odd in found.items() for f in odd
            )
            self.warning.set(label_of(worst), text, _TONES[worst])

    def _findings(self, paper: Draft) -> list[Finding]:
        kind, number = paper.values.get("kind"), str(paper.values.get("number") or "")
        if not isinstance(kind, PaperKind):
            return []
        odd = check(kind, number, known_of(self._person), str(paper.values.get("mrz") or ""))
        sentence = N_("The same number stands on a paper of {name}.")
        return [
            *odd,
            *(Finding(Severity.NOTICE, tr(sentence, name=name)) for name in self._others_with(number)),
        ]

    def _others_with(self, number: str) -> list[str]:
        with self._store.reading() as session:
            people = numbers.people_with_number(session, number)
        return [title_of(self._store, Person, other) for other in people if other != self._person.id]


def _called(paper: Draft) -> str:
    return f"{label_of(paper.values['kind'])} {masked(str(paper.values.get('number') or ''))}".strip()


def number_grid(store: Store, draft: Draft) -> ChildGrid:
    """Return the grid of the numbers under which others keep a person or a case."""
    return ChildGrid(
        store, draft, "numbers", ("scheme", "number", "link"), widths={"scheme": 200}, most_lines=5
    )


def add_papers(dialog: EditDialog, store: Store, person: Draft, facts: Form) -> None:
    """Add the sections of papers, addresses, numbers elsewhere and physical description to a dialog.

    The section of papers is folded: their numbers are not for everybody who looks at the screen.
    """
    papers, held = PapersGrid(store, person, facts), len(person.children["papers"])
    title = tr(N_("Identity papers ({n})"), n=held) if held else tr(N_("Identity papers"))
    section = dialog.add_section(title, ("papers", papers.grid), opened=False)
    section.add(papers)
    papers.look()
    addresses = ChildGrid(
        store, person, "addresses", _ADDRESS, widths={"kind": 150, "since": 110, "until": 110}
    )
    more = [*person.children["addresses"], *person.children["numbers"]]
    dialog.add_section(
        tr(N_("Addresses and numbers elsewhere")),
        ("addresses", addresses),
        ("numbers", number_grid(store, person)),
        opened=bool(more),
    )
    dialog.add_section(
        tr(N_("Physical description")), ("", Form(store, person, ("marks", "build"))), opened=False
    )
