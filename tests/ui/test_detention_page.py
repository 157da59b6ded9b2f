"""Detention on the page of a case: what the tab shows, judgments, answers, closing and opening again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from casetracker.model import Case
from casetracker.model.dates import KnownDate
from casetracker.model.detention.acknowledgement import Acknowledgement
from casetracker.model.detention.case import Stage
from casetracker.model.detention.custody import CustodyKind
from casetracker.store.draft import Draft
from casetracker.store.store import Store
from casetracker.ui.background import cancel_and_wait
from casetracker.ui.desk import Desk
from casetracker.ui.editing.dialog import EditDialog
from casetracker.ui.pages.case import closing, edit, edit_judgment
from casetracker.ui.pages.case.page import CasePage, CasePane
from casetracker.ui.pages.overview import OverviewPage
from casetracker.ui.widgets.cell_table import CellTable
from casetracker.ui.widgets.chip import Chip, ChipRow
from tests.conftest import Office_
from tests.ui.conftest import show
from tests.ui.test_family_page import cells

KNOWN = KnownDate.from_edtf


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> CasePage:
    return show(CasePage(desk), desk, qtbot, (1400, 1000))


@pytest.fixture
def case(store: Store, office: Office_) -> str:
    """A case with a sentence that is over, an answer of the State, and two detentions."""
    case_id = office.case(custody=((CustodyKind.TAKEN, "2018-10-01"), (CustodyKind.PRISON, "2019-06")))
    draft = store.draft(Case, case_id)
    earlier = draft.children["episodes"].pop()
    first = draft.add("episodes", arrested=KNOWN("2017-03-01"), ended=KNOWN("2017-03-11"))
    first.values["outcome"] = "released_no_charge"
    draft.children["episodes"].append(earlier)
    earlier.values["arrest_place_kind"] = "home"
    earlier.add(
        "judgments",
        court="Mori county court",
        decided=KNOWN("2019-06"),
        term_years=3,
        term_from=KNOWN("2018-10-01"),
    )
    earlier.add("reasons", reason="prayer")
    draft.add("answers", says=Acknowledgement.DENIED, on=KNOWN("2020-02"), body="Mori county")
    return store.save(draft)


def pane(page: CasePage) -> CasePane:
    shown = page.record()
    assert isinstance(shown, CasePane)
    return shown


def shown(page: CasePage, case: str) -> QWidget:
    """Show the tab of detentions of a case."""
    page.show_record(case)
    pane(page).tabs.select("detention")
    return pane(page).more["detention"]


def table(parent: QWidget, name: str) -> list[str]:
    found = parent.findChild(CellTable, name)
    assert found is not None, name
    return cells(found)


def texts(parent: QWidget, name: str) -> list[str]:
    found = parent.findChild(QWidget, name)
    assert found is not None, name
    return [w.text() for w in found.findChildren(QWidget) if hasattr(w, "text") and w.text()]


def saved(dialog: EditDialog) -> None:
    assert dialog.save(), [w.text() for w in dialog.findChildren(QWidget, "edit_problem.text")]


def test_the_three_axes_stand_in_the_header_with_what_they_follow_from(page: CasePage, case: str) -> None:
    page.show_record(case)

    row = pane(page).header.findChild(ChipRow)
    assert row is not None
    assert row.texts()[:4] == [
        "Sentenced · 3 years",
        "Beyond the sentence",
        "State: denied",
        "Rumour, or inferred",
    ]
    by_text = {c.text(): c.toolTip() for c in row.findChildren(Chip)}
    assert by_text["Beyond the sentence"] == "at least 43 days beyond the sentence"
    assert "+25  Held 43 days beyond the sentence" in by_text[row.texts()[-1]]


def test_each_detention_has_its_groups_judgments_and_days(page: CasePage, case: str) -> None:
    tab = shown(page, case)

    title = tab.findChild(QWidget, "episode.0.title")
    assert title is not None
    assert title.text() == "Detention 1 · 1 Mar 2017 · 10 days held"  # type: ignore[attr-defined]
    assert "Released without a charge" in texts(tab, "card.episode.0.end")
    assert "At home" in texts(tab, "card.episode.1.arrest")
    assert "Prayer" in texts(tab, "card.episode.1.law")
    (judgment,) = table(tab, "judgments.1")
    assert judgment.startswith("Jun 2019 | Mori county court")
    assert "3 years\nat least 43 days beyond the sentence" in judgment
    assert len(table(tab, "custody.1")) == 2
    assert tab.findChild(QWidget, "card.episode.0.counsel") is None


def test_the_history_of_the_status_and_the_answers_are_told(page: CasePage, case: str) -> None:
    tab = shown(page, case)

    assert table(tab, "answers") == ["Feb 2020 | Mori county | Denied |  |  | "]
    assert [line.split(" | ")[:4] for line in table(tab, "turns")] == [
        ["1 Oct 2018", "Taken into custody", "In custody, where unknown", ""],
        ["Jun 2019", "Held in a prison", "Sentenced", ""],
        ["Feb 2020", "Answer of the State", "Sentenced", "Denied"],
    ]


def test_dates_that_contradict_are_said_and_not_refused(store: Store, page: CasePage, case: str) -> None:
    draft = store.draft(Case, case)
    draft.children["episodes"][0].values["ended"] = KNOWN("2019-03")
    store.save(draft)

    tab = shown(page, case)

    banner = tab.findChild(QWidget, "detention.warnings")
    assert banner is not None
    assert "Detentions 1 and 2 overlap" in " ".join(texts(tab, "detention.warnings"))


def test_a_judgment_is_written_in_a_dialog_of_its_own(
    qtbot: QtBot, store: Store, desk: Desk, page: CasePage, case: str
) -> None:
    shown(page, case)
    episode = store.draft(Case, case).children["episodes"][1]
    dialog = edit_judgment.new_judgment(page, desk, case, episode.id)
    for name, text in (("court", "Ili intermediate court"), ("term_years", "2"), ("term_months", "14")):
        editor = dialog.findChild(QWidget, name)
        assert editor is not None
        qtbot.keyClicks(editor, text)
    assert not dialog.save()  # fourteen months are a year and two

    months = dialog.findChild(QWidget, "term_months")
    assert months is not None
    months.clear()  # type: ignore[attr-defined]
    saved(dialog)

    kept = store.draft(Case, case).children["episodes"][1].children["judgments"]
    assert {j.values["court"] for j in kept} == {"Mori county court", "Ili intermediate court"}


def test_another_detention_is_written_below_the_others(
    store: Store, desk: Desk, page: CasePage, case: str
) -> None:
    shown(page, case)
    dialog = edit.edit_case(page, desk, case, another=True)
    dialog.draft.children["episodes"][2].values["county"] = "Mori"
    form = dialog.findChildren(QWidget, "county")
    form[2].setText("Mori")  # type: ignore[attr-defined]
    saved(dialog)

    assert [e.values["county"] for e in store.draft(Case, case).children["episodes"]] == [
        None,
        "Emin",
        "Mori",
    ]


# Closing


def offered(page: CasePage) -> set[str]:
    """Return which of the steps that close or open a case are in the menu."""
    steps = {"case.close", "case.duplicate", "case.reopen"}
    return steps & {a.objectName() for a in pane(page).menu.actions()}


def test_closing_asks_for_the_outcome_and_who_told(
    store: Store, desk: Desk, page: CasePage, case: str
) -> None:
    page.show_record(case)
    assert offered(page) == {"case.close", "case.duplicate"}
    dialog = closing.close_case(page, desk, case)
    assert not dialog.save()

    outcome, told = dialog.findChild(QWidget, "outcome"), dialog.findChild(QWidget, "told_by")
    outcome.setCurrentText("Released")  # type: ignore[union-attr]
    told.setText("his wife, by telephone")  # type: ignore[union-attr]
    saved(dialog)

    draft = store.draft(Case, case)
    (kept,) = draft.children["closings"]
    assert draft.values["stage"] is Stage.CLOSED
    assert (kept.values["outcome"], kept.values["closed"]) == ("released", store.today())
    page.refresh()
    assert offered(page) == {"case.reopen"}
    assert page.list.row_count() == 1  # a closed case stays in the list


def close(store: Store, case: str) -> None:
    draft = store.draft(Case, case)
    draft.values["stage"] = Stage.CLOSED
    draft.add("closings", closed=dt.date(2021, 6, 1), outcome="released", told_by="his wife")
    store.save(draft)


def test_opening_again_keeps_how_it_was_closed_and_undo_closes_it(
    store: Store, desk: Desk, page: CasePage, case: str
) -> None:
    close(store, case)
    page.show_record(case)
    dialog = closing.reopen_case(page, desk, case)
    assert not dialog.save()  # why?

    why = dialog.findChild(QWidget, "reopened_why")
    why.setText("he was taken again")  # type: ignore[union-attr]
    saved(dialog)

    draft = store.draft(Case, case)
    (kept,) = draft.children["closings"]
    assert draft.values["stage"] is Stage.ACTIVE
    assert (kept.values["closed"], kept.values["reopened_why"]) == (dt.date(2021, 6, 1), "he was taken again")
    store.undo()
    assert store.draft(Case, case).values["stage"] is Stage.CLOSED


def test_a_case_can_be_closed_a_second_time(store: Store, desk: Desk, page: CasePage, case: str) -> None:
    close(store, case)
    draft = store.draft(Case, case)
    draft.values["stage"] = Stage.ACTIVE
    draft.children["closings"][0].values |= {"reopened": dt.date(2021, 7, 1), "reopened_why": "taken again"}
    store.save(draft)
    close(store, case)

    assert len(store.draft(Case, case).children["closings"]) == 2


@pytest.mark.parametrize(
    ("stage", "problem"), [(Stage.CLOSED, "stage"), (Stage.DUPLICATE, "duplicate_of_id")]
)
def test_a_stage_that_needs_more_is_not_only_chosen(
    store: Store, desk: Desk, page: CasePage, case: str, stage: Stage, problem: str
) -> None:
    draft: Draft = store.draft(Case, case)
    draft.values["stage"] = stage
    dialog = EditDialog(page, store, draft, "Case")

    assert not dialog.save()
    assert store.draft(Case, case).values["stage"] is Stage.ACTIVE
    dialog.dirty = False
    dialog.reject()


def test_a_duplicate_names_the_other_case(
    store: Store, office: Office_, desk: Desk, page: CasePage, case: str
) -> None:
    other = office.case("Ерлан")
    page.show_record(case)
    dialog = closing.mark_duplicate(page, desk, case)
    assert not dialog.save()
    dialog.dirty = False
    dialog.reject()

    draft = store.draft(Case, case)
    draft.values |= {"stage": Stage.DUPLICATE, "duplicate_of_id": other}
    store.save(draft)
    page.refresh()
    assert offered(page) == {"case.reopen"}

    saved(closing.reopen_case(page, desk, case))
    assert store.draft(Case, case).values["duplicate_of_id"] is None


# Attention


@pytest.fixture
def overview(qtbot: QtBot, desk: Desk) -> Iterator[OverviewPage]:
    """The first page; it is kept until the test is over, as the window keeps it."""
    made = OverviewPage(desk)
    qtbot.addWidget(made)
    made.show()
    yield made
    cancel_and_wait(made)


def test_the_card_names_who_needs_attention_and_leads_there(
    qtbot: QtBot, overview: OverviewPage, desk: Desk, case: str
) -> None:
    card = overview.attention
    assert card.table.isHidden()

    overview.refresh()
    overview.refresh()  # while the first is still at work
    qtbot.waitUntil(lambda: not card.table.isHidden() and card.idle, timeout=5000)

    (line,) = cells(card.table)
    assert line.startswith("Бақытжан Нұрланұлы\nCT-")
    assert "Held 43 days beyond the sentence" in line
    with qtbot.waitSignal(desk.go_to) as went:
        card.table.chosen.emit(case)
    assert went.args == ["cases", case]
