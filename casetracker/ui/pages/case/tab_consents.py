"""The consents about a case: the matrix, every answer, and the lists and papers that were given out."""

from __future__ import annotations

from casetracker.i18n import N_, tr
from casetracker.model import Case
from casetracker.model.confidentiality import AUDIENCE_LABELS, Audience
from casetracker.store import consent_matrix, portraits, release_register
from casetracker.ui.desk import Desk
from casetracker.ui.pages.case.data import CaseData
from casetracker.ui.pages.case.tabs import CaseTab
from casetracker.ui.pages.consent_table import ConsentTable
from casetracker.ui.pages.consents.answers import edit_answers
from casetracker.ui.pages.consents.card import About, ConsentCard
from casetracker.ui.pages.consents.withdraw import fill_given, given_table
from casetracker.ui.pages.given_out.card import ReleasesCard
from casetracker.ui.widgets.naming import label, named


class ConsentTab(CaseTab):
    """Who agreed to what use of the data of the case."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "consents", tr(N_("Consents")))
        self.matrix = ConsentCard(desk, "consents")
        self.body.addWidget(self.matrix)
        self.portrait = named(label("", "soft", wrap=True), "consents.portrait")
        self.body.addWidget(self.portrait)
        self._answers = self.card(tr(N_("Every answer")), "consents.all", link=tr(N_("Edit")))
        self._answers.link_clicked.connect(lambda: edit_answers(self, desk, self.case_id))
        self._table = ConsentTable("consents", about=True)
        self._answers.add(self._table)
        self._given = self.card(tr(N_("Given out already")), "consents.given")
        self._lists = given_table((), desk, "consents.given")
        self._none = label(tr(N_("No list with this case was handed over.")), "muted", wrap=True)
        self._given.add(self._lists)
        self._given.add(self._none)
        self._papers = ReleasesCard(desk, "consents.papers")
        self.body.addWidget(self._papers)
        self.body.addStretch(1)

    def count(self, data: CaseData) -> int:
        return len(data.consents)

    def fill(self, data: CaseData) -> None:
        with self.desk.store.reader() as reader:
            case = reader.get(Case, data.id)
            if case is None:
                return
            matrix = consent_matrix.about_case(case, reader)
            given = consent_matrix.given_out(reader, data.id)
            seen = portraits.readers(reader, case)
        self.portrait.setText(_who_sees(seen))
        self.portrait.setVisible(bool(seen))
        self.matrix.set_abouts([About(data.name, matrix)])
        self._table.set_answers([("", line) for line in data.consents])
        self._answers.setVisible(bool(data.consents))
        fill_given(self._lists, given)
        self._none.setVisible(not given)
        self._papers.set_releases(release_register.of_cases(self.desk.store, [data.id]))


def _who_sees(seen: list[tuple[Audience, str]]) -> str:
    """Say which readers outside will see the portrait in papers, and why others will not."""
    shown = ", ".join(tr(AUDIENCE_LABELS[audience]) for audience, why in seen if not why)
    first = tr(
        N_("The photograph in papers is seen by: {readers}."), readers=shown or tr(N_("nobody outside"))
    )
    hidden = [
        tr(N_("Not by {readers}: {why}"), readers=tr(AUDIENCE_LABELS[audience]), why=why)
        for audience, why in seen
        if why
    ]
    return "\n".join([first, *hidden])
