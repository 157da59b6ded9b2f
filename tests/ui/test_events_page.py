"""The page of events: recording one of each kind, the filter, links written down and opened by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from casetracker.model import ChainLink, Event, Hearing, OtherEvent, Petition, Protest, Reprisal
from casetracker.model.dates import KnownDate
from casetracker.model.events.chain import Joint, Strength
from casetracker.model.events.event import EventState, Part, PenaltyKind
from casetracker.store.draft import Draft
from casetracker.store.store import Store
from casetracker.store.views.query import Query, where
from casetracker.ui.desk import Desk
from casetracker.ui.editing.child_grid import ChildGrid
from casetracker.ui.editing.dialog import EditDialog
from casetracker.ui.pages.chain.link import LinkForm, edit_link, new_link
from casetracker.ui.pages.events.edit import edit_event, new_event, new_of
from casetracker.ui.pages.events.page import EventsPage
from casetracker.ui.pages.events.pane import EventPane
from casetracker.ui.widgets.chain import ChainView
from casetracker.ui.widgets.suggestions import LookupEdit
from tests.conftest import Office_
from tests.ui.conftest import show
from tests.ui.keys import Typist, type_into
from tests.ui.story import CaseWorker

Key = Qt.Key


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> EventsPage:
    return show(EventsPage(desk), desk, qtbot, (1232, 820))


def pane(page: EventsPage) -> EventPane:
    shown = page.record()
    assert isinstance(shown, EventPane)
    return shown


def event(store: Store, of: type[Event], title: str, day: str, **values: object) -> str:
    draft = store.draft(of)
    draft.values |= {"title": title, "on": KnownDate.from_edtf(day), **values}
    return store.save(draft)


def write(dialog: EditDialog, name: str, text: str) -> None:
    field = dialog.findChild(QLineEdit, name)
    assert field is not None, name
    field.setFocus()
    field.clear()
    type_into(field, text)


def said(page: EventsPage) -> set[str]:
    return {label.text() for label in page.findChildren(QLabel) if label.isVisible() and label.text()}


def test_a_reprisal_is_written_down_with_whom_it_was_done_to(
    qtbot: QtBot, page: EventsPage, store: Store, office: Office_
) -> None:
    office.person("Айгүл Серікқызы", "Aigul Serikkyzy")
    dialog = new_of(page, page.desk, Reprisal)
    form = dialog.findChild(QLineEdit, "by_whom")
    assert form is not None
    write(dialog, "by_whom", "a man who gave no name")
    write(dialog, "place", "Almaty")
    grid = dialog.findChild(ChildGrid)
    assert isinstance(grid, ChildGrid)
    grid.grid.start()
    Typist(qtbot, grid.grid).line("aigul serikkyzy", "", "", "by telephone")

    assert dialog.save()

    with store.reader() as reader:
        (made,) = reader.all(Reprisal)
        (victim,) = made.children("participants")
        assert made.title == "Reprisal or threat, Almaty"
        assert made.text("by_whom") == "a man who gave no name"
        assert (victim.text("person_id"), victim.value("part")) == ("Айгүл Серікқызы", Part.TARGET)


def test_another_kind_keeps_what_was_typed(qtbot: QtBot, page: EventsPage, store: Store) -> None:
    dialog = new_event(page, page.desk)
    write(dialog, "place", "Nur-Sultan")
    button = dialog.findChild(QPushButton, "kind.Petition")
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    (second,) = [d for d in page.window().findChildren(EditDialog) if d.isVisible()]
    write(second, "signatures", "412")
    assert second.save()
    with store.reader() as reader:
        assert list(reader.all(OtherEvent)) == []
        (made,) = reader.all(Petition)
        assert (made.text("place"), made.value("signatures")) == ("Nur-Sultan", 412)
        assert made.title == "Petition, Nur-Sultan"


def test_a_planned_hearing_says_when_it_is_and_about_whose_fine(
    qtbot: QtBot, page: EventsPage, store: Store, office: Office_
) -> None:
    protest = store.draft(Protest)
    protest.values |= {"title": "Protest", "on": KnownDate.from_edtf("2021-10-01")}
    person = office.person("Айгүл Серікқызы")
    protest.add("participants", person_id=person).add("penalties", kind=PenaltyKind.FINE, article="488")
    store.save(protest)
    hearing = event(store, Hearing, "Appeal", "2021-11-20", state=EventState.PLANNED, starts="10:00")
    dialog = edit_event(page, page.desk, hearing)
    field = dialog.findChild(LookupEdit, "penalty_id")
    assert isinstance(field, LookupEdit)
    field.setFocus()
    type_into(field, "айгүл")
    qtbot.keyClick(field, Key.Key_Return)
    assert dialog.save()

    page.show_record(hearing)
    assert {"Айгүл Серікқызы · Fine 488", "20 November 2021 10:00"} <= said(page)
    record = pane(page)
    assert record.data is not None
    assert record.data.waiting == "planned, in 8 d"
    again = edit_event(page, page.desk, hearing)
    shown = again.findChild(LookupEdit, "penalty_id")
    assert isinstance(shown, LookupEdit)
    assert shown.text() == "Айгүл Серікқызы · Fine 488"
    again.reject()


def test_the_pills_narrow_the_list_and_the_first_is_shown(page: EventsPage, store: Store) -> None:
    event(store, Hearing, "Hearing", "2021-10-09")
    event(store, OtherEvent, "Visit of a deputy", "2020-11-20", kind="visit")
    page.refresh()

    page.narrow("OtherEvent:visit")
    assert page.narrowing is not None
    assert page.list.row_count() == 1
    assert [chip.text() for chip in page.narrowing.terms()] == ["of the kind Visit ✕"]
    assert pane(page).data is not None
    page.narrowing.set_query(Query(terms=(where("year", "2021"),)))
    assert [page.list.row_at(n).title for n in range(page.list.row_count())] == ["Hearing"]
    assert page.status_text() == "2 events · 1 shown"


def test_a_link_is_written_down_by_keyboard_and_drawn(
    qtbot: QtBot, page: EventsPage, store: Store, desk: Desk
) -> None:
    protest = event(store, Protest, "Protest in Nur-Sultan", "2021-10-01")
    call = event(store, Reprisal, "Call at night", "2021-10-03")
    page.show_record(call)
    record = pane(page)
    record.chain.link_to()
    (dialog,) = [d for d in page.window().findChildren(EditDialog) if d.isVisible()]
    assert not dialog.save()  # with what?
    form = dialog.findChild(LinkForm)
    assert isinstance(form, LinkForm)
    form.target.setFocus()
    type_into(form.target, "nur-sultan")
    qtbot.keyClick(form.target, Key.Key_Return)
    assert dialog.save()

    page.show_record(call)
    drawn = record.findChild(ChainView)
    assert isinstance(drawn, ChainView)
    rows = [row for row in drawn.children() if getattr(row, "objectName", str)().startswith("chain.")]
    assert [row.accessibleName() for row in rows] == [  # type: ignore[attr-defined]
        "Protest, 1 Oct 2021: Protest in Nur-Sultan",
        "Reprisal or threat, 3 Oct 2021: Call at night",
    ]
    opened: list[tuple[str, str]] = []
    desk.go_to.connect(lambda key, what: opened.append((key, what)))
    rows[1].setFocus()  # type: ignore[attr-defined]
    qtbot.keyClick(rows[1], Key.Key_Up)
    qtbot.keyClick(drawn.focusWidget(), Key.Key_Return)
    assert opened == [("protests", protest)]


def test_a_link_is_changed_but_not_written_down_twice(qtbot: QtBot, page: EventsPage, store: Store) -> None:
    protest = event(store, Protest, "Protest", "2021-10-01")
    call = event(store, Reprisal, "Call", "2021-10-03")
    ends = {"about": "Reprisal", "about_id": call, "to": "Protest", "to_id": protest}
    made = store.save(Draft(ChainLink, values={**ends, "joint": Joint.FOLLOWS}))
    dialog = edit_link(page, page.desk, made)
    form = dialog.findChild(LinkForm)
    assert isinstance(form, LinkForm)
    assert form.target.text() == "Protest"
    form.editor("strength").setCurrentText("Documented")  # type: ignore[attr-defined]
    assert dialog.save()

    assert store.draft(ChainLink, made).values["strength"] is Strength.DOCUMENTED
    again = new_link(page, page.desk, "Protest", protest)
    other = again.findChild(LinkForm)
    assert isinstance(other, LinkForm)
    other.target.setFocus()
    type_into(other.target, "call")
    qtbot.keyClick(other.target, Key.Key_Return)
    assert not again.save()
    problem = again.findChild(QLabel, "target.problem")
    assert isinstance(problem, QLabel)
    assert problem.text() == "These two are linked already; change that link instead."
    again.dirty = False
    again.reject()


def test_ctrl_n_on_the_page_begins_an_event(qtbot: QtBot, store: Store) -> None:
    worker = CaseWorker(qtbot, store)
    dialog = worker.new("events")
    assert dialog.draft.entity is OtherEvent
    worker.fill(dialog, kind="Visit", place="Almaty")
    worker.save(dialog)
    with store.reader() as reader:
        (made,) = reader.all(OtherEvent)
        assert made.title == "Visit, Almaty"
    worker.window.close()
