"""One paper that was given out: to whom, what stands in it, what was let through; and asking it back."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from casetracker.i18n import N_, ntr, tr
from casetracker.model import Release
from casetracker.model.dates import KnownDate
from casetracker.model.terms import label_of
from casetracker.store import release_register
from casetracker.store.reader import DisclosedRecord
from casetracker.store.release_register import Registered
from casetracker.ui.desk import Desk
from casetracker.ui.editing.reason_dialog import ReasonDialog
from casetracker.ui.pages.given_out.card import state, words
from casetracker.ui.style import Tone
from casetracker.ui.widgets.card import Card
from casetracker.ui.widgets.cell_table import Cell, CellTable, Column, TableRow
from casetracker.ui.widgets.chip import ChipText
from casetracker.ui.widgets.facts import Fact, Facts
from casetracker.ui.widgets.frame import ScrollPage
from casetracker.ui.widgets.header import PageHeader
from casetracker.ui.widgets.naming import named


class ReleasePane(QWidget):
    """What the register knows of one paper."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        named(self, "release")
        self._desk = desk
        self._release: Registered | None = None
        self.header = PageHeader("release.header")
        self._recall = self.header.add_action(
            "release.recall",
            tr(N_("Asked back…")),
            tooltip=tr(N_("Write down that the paper was asked back")),
        )
        self._recall.clicked.connect(self.ask_back)
        body = ScrollPage("release.scroll", tr(N_("Paper")))
        about = Card(tr(N_("What was given")), "card.release")
        self.facts = Facts("release.facts")
        about.add(self.facts)
        body.body.addWidget(about)
        self._let = Card(tr(N_("Let through for this paper")), "card.release.exceptions")
        heads = (Column(tr(N_("What")), 2), Column(tr(N_("Why")), 3), Column(tr(N_("Who decided it")), 1))
        self.exceptions = CellTable(heads, "release.exceptions", tr(N_("Let through for this paper")))
        self._let.add(self.exceptions)
        body.body.addWidget(self._let)
        in_it = Card(tr(N_("Cases in it")), "card.release.cases")
        two = (Column(tr(N_("Case")), 2), Column(tr(N_("Given on the consent")), 3))
        self.cases = CellTable(two, "release.cases", tr(N_("Cases in it")))
        self.cases.chosen.connect(lambda key: desk.open("Case", key))
        in_it.add(self.cases)
        body.body.addWidget(in_it)
        named_in_it = Card(tr(N_("People named in it")), "card.release.people")
        self.people = CellTable((Column("", 1),), "release.people", tr(N_("People named in it")))
        self.people.chosen.connect(lambda key: desk.open("Person", key))
        named_in_it.add(self.people)
        body.body.addWidget(named_in_it)
        body.body.addStretch(1)
        self._cards = {self.cases: in_it, self.people: named_in_it, self.exceptions: self._let}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(body, 1)

    def show_release(self, release: Registered) -> None:
        """Show one paper of the register."""
        self._release = release
        paper, readers = words(release)
        chip = state(release)
        self.header.set_title(paper)
        self.header.set_subtitle(release.ref, release.addressee or readers)
        self.header.set_chips([ChipText(chip.text, chip.tone or Tone.GREY)])
        outside = release.audience != "internal"
        self._recall.setEnabled(outside and not self._desk.store.read_only)
        self.facts.set_facts([Fact(name, value) for name, value in _facts(release, readers) if value])
        with self._desk.store.reader() as reader:
            record = reader.get(Release, release.id)
            self._fill(record)

    def _fill(self, record: DisclosedRecord | None) -> None:
        cases = record.children("cases") if record else []
        people = record.children("people") if record else []
        let = record.children("overrides") if record else []
        self.cases.set_rows([_case_row(each) for each in cases])
        rows = {p.value("person_id"): TableRow(p.value("person_id"), (p.text("person_id"),)) for p in people}
        self.people.set_rows(sorted(rows.values(), key=lambda row: str(row.cells[0])))
        self.exceptions.set_rows(
            [TableRow(e.id, (Cell(e.text("kind"), bold=True), e.text("reason"), e.text("by"))) for e in let]
        )
        for table, count in (
            (self.cases, len(cases)),
            (self.people, len(people)),
            (self.exceptions, len(let)),
        ):
            self._cards[table].setVisible(bool(count))

    def ask_back(self) -> None:
        """Ask what came of asking the paper back, and write it down with the day."""
        release = self._release
        if release is None:
            return
        title = tr(N_("{ref} was asked back"), ref=release.ref)
        text = tr(N_("Write what came of it: given back, destroyed, refused, no answer yet."))
        ReasonDialog(
            self.window(),
            title,
            text,
            tr(N_("Write it down")),
            lambda note: release_register.note_recall(self._desk.store, release.id, note),
        ).open()


def _facts(release: Registered, readers: str) -> tuple[tuple[str, str], ...]:
    pages = ntr("{n} page", "{n} pages", release.pages) if release.pages else ""
    back = KnownDate.on(release.recalled).text() if release.recalled else ""
    received = KnownDate.on(release.received).text() if release.received else ""
    return (
        (tr(N_("Number")), release.ref),
        (tr(N_("Given to")), release.addressee),
        (tr(N_("Readers")), readers),
        (tr(N_("Given out on")), KnownDate.on(release.released).text()),
        (tr(N_("Given out by")), release.by),
        (tr(N_("As of")), KnownDate.on(release.as_of).text() if release.as_of else ""),
        (tr(N_("File")), " · ".join(part for part in (release.file_name, pages) if part)),
        (tr(N_("Hash (SHA-256)")), release.digest),
        (tr(N_("Received on")), " · ".join(part for part in (received, release.received_by) if part)),
        (tr(N_("Asked back on")), back),
        (tr(N_("What came of asking it back")), release.recall_note),
    )


def _case_row(held: DisclosedRecord) -> TableRow:
    case, use, since = held.ref("case_id"), held.value("use"), held.value("consented")
    name = case.text("person_id") if case else ""
    day = KnownDate.on(since).text() if since else ""
    rested = Cell(f"{use.name} · {label_of(use)}" if use else tr(N_("none needed")), day)
    return TableRow(held.value("case_id"), (Cell(held.text("case_id"), name, bold=True), rested))
