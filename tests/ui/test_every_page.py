"""Every page, tab and dialog: all of it can be named by a screen reader, and all of it is translated.

The records are in Chinese characters and the language is the made-up one, which puts every text of the
program into [brackets]: a Latin letter outside brackets is a text that never went through the catalogue.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from casetracker import i18n
from casetracker.model import Case, Family, Meeting, Office, Protest
from casetracker.model.confidentiality import Use
from casetracker.model.dates import KnownDate
from casetracker.model.detention.case import Stage
from casetracker.model.detention.custody import CustodyKind
from casetracker.model.events.event import Outcome, Part, PenaltyKind
from casetracker.model.sources.consent import Answer
from casetracker.store.store import Store
from casetracker.ui.editing.dialog import EditDialog
from casetracker.ui.main_window import MainWindow
from casetracker.ui.pages import NEW, PAGES, new_record
from casetracker.ui.widgets.nav import Navigation
from casetracker.ui.widgets.tabs import TabPages
from tests.conftest import Office_

TYPED = (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QTableView, QListView)
AS_IT_IS = re.compile(
    r"\[[^\[\]]*\]|Casetracker|HURIDOCS|\.casebook|PDF|Ctrl|Delete|Enter|SHA-256|English|CT-\w+|MT-\w+"
    r"|\d (January|October|(Jan|Oct|Nov) 20\d\d)|Rule of the office"
)
YEAR = KnownDate.from_edtf("2018")
# What is read there is no text of the program: terms in each language beside each other, names of places.
AS_DATA = {"terms.grid", "terms.source", "places.grid", "language"}


@pytest.fixture
def made_up_language() -> Iterator[None]:
    before = i18n.current()
    i18n.use(i18n.PSEUDO)
    yield
    i18n.use(before)


@pytest.fixture
def filled(store: Store, office: Office_) -> Store:
    """One record of each kind, in Chinese characters."""
    store.who = "员工"
    victim, wife, official = (office.person(n, birth=YEAR, ethnicity="族") for n in ("张三", "李四", "王五"))
    family = store.draft(Family)
    family.values |= {"name": "家庭", "petitioner_id": wife, "safe_contact": "不要打电话", "notes": "记录"}
    family.add("members", person_id=wife)
    case = store.draft(Case)
    case.values |= {
        "person_id": victim,
        "family_id": store.save(family),
        "stage": Stage.ACTIVE,
        "request": "请求",
    }
    episode = case.add("episodes", arrested=YEAR, county="县", official_reason="理由")
    episode.add("custody", kind=CustodyKind.TAKEN, on=YEAR, place="地方")
    case.add("consents", person_id=wife, use=Use.K3, answer=Answer.AGREES, given=dt.date(2021, 1, 5))
    case.add("sources", label="来源")
    case_id = store.save(case)
    protest = store.draft(Protest)
    protest.values |= {"title": "抗议", "on": YEAR, "place": "城市", "demands": "要求"}
    taken = protest.add("participants", person_id=wife, part=Part.PARTICIPANT, outcome=Outcome.FINED)
    taken.add("penalties", kind=PenaltyKind.FINE, amount=87510)
    protest.add("cases", case_id=case_id)
    store.save(protest)
    body = store.draft(Office)
    body.values["name"] = "办公室"
    meeting = store.draft(Meeting)
    meeting.values |= {"title": "会议", "on": YEAR, "office_id": store.save(body), "minutes": "纪要"}
    meeting.add("participants", person_id=official, part=Part.OFFICIAL, post="官员")
    meeting.add("presented", case_id=case_id, asked="问题")
    promise = meeting.add("promises", words="承诺", due=dt.date(2021, 10, 25), made_by_id=official)
    promise.add("covers", case_id=case_id)
    store.save(meeting)
    return store


def shown(parent: QWidget, kind: type[QWidget]) -> list[QWidget]:
    return [w for w in parent.findChildren(kind) if w.isVisibleTo(parent)]


def nameless(parent: QWidget) -> list[str]:
    """Controls that a screen reader, or a test, could not name."""
    found = []
    for widget in (w for kind in TYPED for w in shown(parent, kind)):
        inside_of_qt = widget.objectName().startswith("qt_") or isinstance(widget.parent(), QComboBox)
        if not inside_of_qt and not (widget.objectName() and widget.accessibleName()):
            found.append(f"{type(widget).__name__} {widget.objectName()!r} {widget.accessibleName()!r}")
    return found


def texts(parent: QWidget) -> Iterator[str]:
    """Yield every text that somebody reads there."""
    for widget in (*shown(parent, QLabel), *shown(parent, QAbstractButton)):
        if widget.objectName() not in AS_DATA:
            yield re.sub("<[^>]+>", "", widget.text())  # type: ignore[attr-defined]
    for widget in (w for kind in (*TYPED, QLabel) for w in shown(parent, kind)):
        yield widget.toolTip()
        yield widget.accessibleName()
    for edit in shown(parent, QLineEdit):
        yield edit.placeholderText()  # type: ignore[attr-defined]
    for box in shown(parent, QComboBox):
        yield from (box.itemText(n) for n in range(box.count()))  # type: ignore[attr-defined]
    for table in shown(parent, QTableView):
        model = table.model()  # type: ignore[attr-defined]
        for column in range(model.columnCount()):
            yield str(model.headerData(column, 1) or "")
            for row in range(0 if table.objectName() in AS_DATA else model.rowCount()):
                yield str(model.index(row, column).data() or "")


def untranslated(parent: QWidget) -> set[str]:
    return {text for text in texts(parent) if re.search("[A-Za-z]", AS_IT_IS.sub("", AS_IT_IS.sub("", text)))}


def stages(window: MainWindow, key: str) -> Iterator[tuple[str, QWidget]]:
    """Yield a page, and it again with each of its tabs in front."""
    window.go(key)
    page = window.page(key)
    yield key, page
    tabs = page.findChild(TabPages)
    for tab in tabs.keys() if tabs else ():
        tabs.select(tab)
        yield f"{key}/{tab}", page


@pytest.mark.parametrize("key", list(PAGES))
@pytest.mark.parametrize("content", ["empty", "filled"])
def test_a_page_is_translated_and_named(
    qtbot: QtBot, made_up_language: None, request: pytest.FixtureRequest, content: str, key: str
) -> None:
    store = request.getfixturevalue("store" if content == "empty" else "filled")
    store.who = "员工"
    window = MainWindow(store, "办公室")
    qtbot.addWidget(window)
    window.show()
    for stage, page in stages(window, key):
        assert untranslated(page) == set(), stage
        assert nameless(page) == [], stage
    assert untranslated(window.findChild(Navigation)) == set()
    assert nameless(window) == []


@pytest.mark.parametrize("key", list(NEW))
def test_a_dialog_is_translated_and_named(
    qtbot: QtBot, made_up_language: None, filled: Store, key: str
) -> None:
    window = MainWindow(filled, "办公室")
    qtbot.addWidget(window)
    window.show()
    dialog = new_record(key, window, window.desk)
    assert isinstance(dialog, QDialog)
    assert untranslated(dialog) == set()
    assert nameless(dialog) == []
    if isinstance(dialog, EditDialog):
        assert not dialog.save()  # a new record needs a name at least; the sentences are texts too
        assert untranslated(dialog) == set()
        dialog.dirty = False
    dialog.reject()


def test_an_untranslated_text_would_be_found(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    QLabel("Cases", page)
    QLineEdit(page)
    page.show()
    assert untranslated(page) == {"Cases"}
    assert len(nameless(page)) == 1
