"""Withdrawing consents: which ones, from which day, and what has been given out already."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from casetracker.i18n import N_, tr
from casetracker.model import Case, Consent
from casetracker.model.confidentiality import Use
from casetracker.model.sources.consent import Answer
from casetracker.model.terms import label_of
from casetracker.store import consent_matrix, release_register
from casetracker.store.consent_matrix import AGREEING, GivenOut, Matrix
from casetracker.store.draft import Draft
from casetracker.store.store import Store
from casetracker.ui.desk import Desk
from casetracker.ui.editing.dialog import EditDialog
from casetracker.ui.editing.form import Form
from casetracker.ui.pages.given_out.card import fill_releases, releases_table
from casetracker.ui.pages.page import tone
from casetracker.ui.widgets.cell_table import Cell, CellTable, Column, TableRow
from casetracker.ui.widgets.naming import label, named
from casetracker.ui.widgets.section import Section

_STAYS_HERE = frozenset({Use.K0, Use.K12})


def withdraw(parent: QWidget, desk: Desk, case_id: str) -> EditDialog:
    """Open the dialog in which somebody takes back what they agreed to about a case."""
    store = desk.store
    with store.reader() as reader:
        case = reader.get(Case, case_id)
        matrix = consent_matrix.about_case(case, reader) if case else Matrix("", (), ())
        given = consent_matrix.given_out(reader, case_id)
    draft = store.draft(Case, case_id)
    title = tr(N_("Withdraw consents about case {ref}"), ref=draft.values["ref"])
    dialog = EditDialog(
        parent.window(), store, draft, title, action=tr(N_("Withdraw consents")), deletable=False
    )
    part = WithdrawPart(store, draft, matrix)
    section = dialog.add_section(tr(N_("Given out already")))
    section.add(given_table(given, desk, "withdraw.given"))
    hint = N_("Withdraw these lists on the page of their meeting, and tell the office that holds them.")
    section.add(
        label(tr(hint if given else N_("No list with this case was handed over.")), "note", wrap=True)
    )
    _papers(section, desk, case_id)
    dialog.add_section(tr(N_("What is taken back")), ("", part))
    dialog.finish()
    dialog.open()
    return dialog


def _papers(section: Section, desk: Desk, case_id: str) -> None:
    """Show the recall list: the papers with this case that are still outside the office."""
    papers = release_register.to_ask_back(desk.store, [case_id], frozenset(Use))
    table = releases_table(desk, "withdraw.papers", tr(N_("Papers to ask back")))
    fill_releases(table, papers)
    section.add(table)
    hint = N_("Ask these papers back, and write on the page “Given out” what came of it.")
    none = N_("No paper with this case is outside the office.")
    section.add(label(tr(hint if papers else none), "note", wrap=True))


class WithdrawPart(Form):
    """Whose consents, which uses, from when; and what the office did about it."""

    def __init__(self, store: Store, record: Draft, matrix: Matrix) -> None:
        told = Draft(Consent, values={"withdrawn": store.today()})
        super().__init__(store, told, ("withdrawn", "handled_on", "recalled"))
        self._record, self._matrix = record, matrix
        self._kept = [(c, dict(c.values)) for c in record.children["consents"]]
        self.who = named(QComboBox(), "withdraw.who", tr(N_("Given by")))
        for key, name in matrix.people:
            if self._agreed(key):
                self.who.addItem(name, key)
        self.uses: dict[Use, QCheckBox] = {}
        self.layout().insertWidget(0, self.who)  # type: ignore[union-attr]
        for use in Use:
            box = self.uses[use] = named(QCheckBox(label_of(use)), f"withdraw.{use.name}", label_of(use))
            box.toggled.connect(self._on_change)
            self.add_below(box)
        self.forbids = named(
            QCheckBox(tr(N_("They forbid it from now on, whoever else agrees"))), "withdraw.forbids"
        )
        self.forbids.setAccessibleName(self.forbids.text())
        self.forbids.setChecked(True)
        self.add_below(self.forbids)
        self._none = label(tr(N_("Nobody agrees to anything now; there is nothing to take back.")), "muted")
        self.add_below(self._none)
        self.who.currentIndexChanged.connect(self._offer)
        self._offer()

    def add_below(self, widget: QWidget) -> None:
        """Put a widget below what is there."""
        self.layout().addWidget(widget)  # type: ignore[union-attr]

    def _agreed(self, person_id: str) -> set[Use]:
        place = [key for key, _ in self._matrix.people].index(person_id)
        return {line.use for line in self._matrix.lines if line.stands[place].state in AGREEING}

    def _offer(self) -> None:
        """Offer what this person agrees to now; ticked is all by which something leaves the office."""
        agreed = self._agreed(self.who.currentData()) if self.who.count() else set()
        for use, box in self.uses.items():
            box.setVisible(use in agreed)
            box.setChecked(use in agreed - _STAYS_HERE)
        self._none.setVisible(not agreed)
        self.forbids.setVisible(bool(agreed))
        self.who.setVisible(bool(self.who.count()))

    def collect(self) -> dict[str, str]:
        """Write the day of the withdrawal into each answer that is taken back."""
        problems = super().collect()
        uses = {use for use, box in self.uses.items() if box.isChecked() and not box.isHidden()}
        if not self.draft.values.get("withdrawn"):
            problems.setdefault("withdrawn", tr(N_("Say on which day it was taken back.")))
        elif not uses:
            problems["withdrawn"] = tr(N_("Tick what is taken back."))
        self.show_problems(problems)
        if not problems:
            self._write(uses)
        return problems

    def _write(self, uses: set[Use]) -> None:
        self._record.children["consents"] = [consent for consent, _ in self._kept]
        if self.forbids.isChecked():
            for use in sorted(uses, key=list(Use).index):
                self._record.add(
                    "consents",
                    person_id=self.who.currentData(),
                    use=use,
                    answer=Answer.REFUSES,
                    given=self.draft.values["withdrawn"],
                )
        for consent, values in self._kept:
            consent.values = dict(values)
            told = consent.values
            mine = told["person_id"] == self.who.currentData() and told["use"] in uses
            if mine and told["answer"] is Answer.AGREES and not told["withdrawn"]:
                told |= {n: self.draft.values.get(n) for n in ("withdrawn", "handled_on", "recalled")}


def given_table(given: Sequence[GivenOut], desk: Desk, object_name: str) -> CellTable:
    """Return the lists that were handed over with a case on them: those still out are to be recalled."""
    columns = (Column(tr(N_("Given on")), 0), Column(tr(N_("To whom")), 2), Column("", 0))
    table = CellTable(columns, object_name, tr(N_("Given out already")))
    table.chosen.connect(lambda key: desk.open("Meeting", key))
    fill_given(table, given)
    return table


def fill_given(table: CellTable, given: Sequence[GivenOut]) -> None:
    """Show these lists."""
    rows = []
    for each in given:
        out = each.withdrawn is None
        said = tr(N_("still out")) if out else tr(N_("withdrawn {day}"), day=f"{each.withdrawn:%d.%m.%Y}")
        state = Cell(said, tone=tone("amber" if out else "grey"))
        rows.append(TableRow(each.meeting_id, (f"{each.on:%d.%m.%Y}", Cell(each.office, each.title), state)))
    table.set_rows(rows)
    table.setVisible(bool(rows))
