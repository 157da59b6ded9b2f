"""A promise that is made again, by keyboard; posts and who holds them; what a successor inherits."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from casetracker.model import Meeting, Office, Post, Promise
from casetracker.model.events.promise import PromiseOutcome
from casetracker.model.work.post import BodyKind
from casetracker.store.store import Store
from casetracker.ui.pages.lists.page import ListsPage
from casetracker.ui.pages.meeting.data import read as read_meeting
from casetracker.ui.pages.offices.panel import OfficesPanel
from casetracker.ui.pages.person.page import PersonPane
from casetracker.ui.pages.promises.edit import record_promise
from casetracker.ui.pages.promises.page import PromisePane
from tests.conftest import Office_
from tests.ui.story import CaseWorker


@pytest.fixture
def worker(qtbot: QtBot, store: Store) -> CaseWorker:
    return CaseWorker(qtbot, store)


def promise_of(store: Store, meeting: str) -> str:
    return store.draft(Meeting, meeting).children["promises"][0].id


def test_a_promise_is_made_again(worker: CaseWorker, store: Store, office: Office_) -> None:
    case = office.case("Relative A")
    earlier = promise_of(store, office.meeting(case, day="2021-03-01"))
    later = office.meeting(case, due=None)
    dialog = record_promise(worker.window, worker.window.desk, later)
    worker.fill(dialog, words="look into it soon", renews_id="look into", test="a letter with a number")
    worker.press(dialog, "covers.each")
    worker.add_line(worker.grid(dialog, "heard"), person_id="Aigul", note="sat beside him")
    worker.save(dialog)

    again = promise_of(store, later)
    draft = store.draft(Promise, again)
    assert draft.values["renews_id"] == earlier
    assert [h.values["note"] for h in draft.children["heard"]] == ["sat beside him"]
    covers = store.draft(Promise, earlier).children["covers"]
    assert [(c.values["outcome"], str(c.values["outcome_on"])) for c in covers] == [
        (PromiseOutcome.RENEWED, "2021-10-04")
    ]
    worker.window.go("promises", again)
    pane = worker.window.page("promises").record()  # type: ignore[attr-defined]
    assert isinstance(pane, PromisePane)
    assert pane.data is not None
    facts = {fact.label: fact.value for fact in pane.data.facts}
    assert facts["Promised how often"] == "second time promised, first on 1 March 2021, 256 days ago"
    assert facts["Heard by"] == "Aigul"
    assert facts["What would count as kept"] == "a letter with a number"
    data = read_meeting(store, later)
    assert data is not None
    assert data.promises[0].again == facts["Promised how often"]
    assert data.presented[0].owed[0].renewal == facts["Promised how often"]


def test_an_office_gets_its_posts_and_a_post_its_holders(
    worker: CaseWorker, store: Store, office: Office_
) -> None:
    body = office.office("City akimat")
    worker.window.go("lists", "offices")
    page = worker.window.page("lists")
    assert isinstance(page, ListsPage)
    panel = page.tabs.page("offices")
    assert isinstance(panel, OfficesPanel)
    assert panel.offices.rows()[0].cell(1).text == "not said yet"

    panel.offices.chosen.emit(body)
    dialog = worker.dialog()
    worker.fill(dialog, body="Akimat")
    worker.add_line(worker.grid(dialog, "posts"), title="Deputy akim")
    worker.save(dialog)
    assert store.draft(Office, body).values["body"] is BodyKind.AKIMAT
    worker.bot.waitUntil(lambda: len(panel.posts.rows()) == 1)
    post = panel.posts.rows()[0].key

    panel.posts.chosen.emit(post)
    dialog = worker.dialog()
    worker.add_line(worker.grid(dialog, "tenures"), person_id="B. Official", since="2021-03")
    worker.save(dialog)
    worker.bot.waitUntil(lambda: panel.posts.rows()[0].cell(1).text == "B. Official")
    assert panel.posts.rows()[0].cell(1).note == "since March 2021"
    holder = store.draft(Post, post).children["tenures"][0].values["person_id"]
    with store.reader() as reader:
        assert reader.name(holder) == "B. Official"


def test_the_page_of_a_successor_shows_what_came_with_the_post(
    worker: CaseWorker, store: Store, office: Office_
) -> None:
    draft = store.draft(Office, office.office())
    draft.add("posts", title="Commissioner")
    store.save(draft)
    post = store.draft(Office, office.office()).children["posts"][0].id
    before, after = office.person("Before"), office.person("After")
    held = store.draft(Post, post)
    held.add("tenures", person_id=after)
    store.save(held)
    promise = promise_of(store, office.meeting(office.case("Relative A")))
    changed = store.draft(Promise, promise)
    changed.values |= {"post_id": post, "made_by_id": before}
    store.save(changed)

    worker.window.go("people", after)
    pane = worker.window.page("people").record()  # type: ignore[attr-defined]
    assert isinstance(pane, PersonPane)
    (row,) = pane.inherited.table.rows()
    assert (row.cell(2).text, row.cell(2).note, row.cell(3).text) == (
        "Before",
        "Commissioner",
        "18 d overdue",
    )
    worker.window.go("people", before)
    assert not pane.inherited.isVisible()
    worker.window.go("promises", promise)
    shown = worker.window.page("promises").record()  # type: ignore[attr-defined]
    assert isinstance(shown, PromisePane)
    assert shown.data is not None
    (fact,) = [f for f in shown.data.facts if f.label == "In which post"]
    assert (fact.value, fact.note) == ("Commissioner", "now After, who inherits it")
