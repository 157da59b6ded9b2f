"""The small widgets: what they show, what they say, and that the keyboard is enough."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from casetracker.ui.style import Tone, font
from casetracker.ui.widgets.banner import Banner
from casetracker.ui.widgets.bars import Bar, StatusBars
from casetracker.ui.widgets.bidi import isolate, joined
from casetracker.ui.widgets.card import Card
from casetracker.ui.widgets.cell_table import Cell, CellTable, Column, TableRow
from casetracker.ui.widgets.chip import Chip, ChipRow, ChipText, FilterChip
from casetracker.ui.widgets.columns import Columns
from casetracker.ui.widgets.empty import EmptyState
from casetracker.ui.widgets.facts import Fact, Facts
from casetracker.ui.widgets.form_row import FormRow
from casetracker.ui.widgets.frame import ScrollPage, TopBar
from casetracker.ui.widgets.header import PageHeader, initials_of
from casetracker.ui.widgets.list_beside_page import ListBesidePage
from casetracker.ui.widgets.naming import named
from casetracker.ui.widgets.nav import Navigation
from casetracker.ui.widgets.painting import lay_out, text_width
from casetracker.ui.widgets.section import Section
from casetracker.ui.widgets.stat_tile import StatTile
from casetracker.ui.widgets.suggestions import Hit
from casetracker.ui.widgets.tabs import TabPages, TabStrip
from casetracker.ui.widgets.timeline import Timeline, TimelineEntry
from tests.ui.keys import type_into

Key = Qt.Key


def shown(qtbot: QtBot, widget: QWidget, width: int = 700, height: int = 500) -> QWidget:
    """Show a widget in a window of its own."""
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()
    return widget


def test_a_tile_opens_its_list_by_key_and_says_all_it_shows(qtbot: QtBot) -> None:
    tile = StatTile("Promises overdue", "overdue", number="5", note="of 34 made", tone=Tone.RED)
    shown(qtbot, tile)

    assert tile.accessibleName() == "Promises overdue: 5, of 34 made"
    with qtbot.waitSignal(tile.clicked):
        qtbot.keyClick(tile, Key.Key_Space)


def test_a_card_tells_of_its_link(qtbot: QtBot) -> None:
    card = Card("Due next", "due", link="Calendar")
    shown(qtbot, card)
    link = card.findChild(QPushButton, "due.link")

    with qtbot.waitSignal(card.link_clicked):
        qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    card.set_link("")
    assert link.isHidden()


def test_a_bar_tells_which_it_is(qtbot: QtBot) -> None:
    bars = StatusBars("bars", "Status")
    bars.set_bars([Bar("camp", "Camp", 28, Tone.AMBER), Bar("free", "Released", 0, Tone.GREEN)])
    shown(qtbot, bars)

    with qtbot.waitSignal(bars.chosen) as told:
        qtbot.keyClick(bars.findChild(QWidget, "bar.free"), Key.Key_Space)
    assert told.args == ["free"]
    assert bars.findChild(QWidget, "bar.camp").accessibleName() == "Camp: 28"


def test_a_timeline_entry_is_as_tall_as_its_text(qtbot: QtBot) -> None:
    line = Timeline("timeline", "Chronology")
    short = TimelineEntry("a", "2018", "Taken", "", Tone.RED)
    long = TimelineEntry("b", "2019", "Sentence reported by a relative who had it from a neighbour " * 2)
    line.set_entries([short, long])
    shown(qtbot, line, 360, 400)
    first, second = (line.findChild(QWidget, f"entry.{key}") for key in "ab")

    assert second.height() > first.height()
    with qtbot.waitSignal(line.chosen) as told:
        qtbot.mouseClick(second, Qt.MouseButton.LeftButton)
    assert told.args == ["b"]


def test_long_text_is_cut_in_the_last_line_that_may_be_used() -> None:
    lines = lay_out("word " * 100, font(), 100, 3)

    assert len(lines) == 3
    assert lines[-1].endswith("…")


def test_lines_are_cut_between_letters_also_beyond_the_first_plane() -> None:
    text = "𠮷野家 𠮷野家 𠮷野家 𠮷野家"

    assert "".join(lay_out(text, font(), 60, 9)).replace(" ", "") == text.replace(" ", "")


def test_navigation_by_keys_and_what_it_says(qtbot: QtBot) -> None:
    nav = Navigation("Casetracker", "Almaty office.casebook")
    nav.add_entry("overview", "Overview")
    nav.add_separator()
    nav.add_entry("promises", "Promises")
    nav.set_count("promises", 34)
    nav.set_badge("promises", ChipText("5 overdue", Tone.RED))
    nav.set_signed_in("A. <b>Serik", "Case worker")
    nav.select("overview")
    shown(qtbot, nav, 208, 600)
    first, second = (nav.findChild(QWidget, f"nav.{key}") for key in ("overview", "promises"))
    first.setFocus()
    qtbot.keyClick(first, Key.Key_Down)

    assert nav.focusWidget() is second
    assert nav.selected() == "overview"
    with qtbot.waitSignal(nav.chosen) as told:
        qtbot.keyClick(second, Key.Key_Return)
    assert told.args == ["promises"]
    assert second.accessibleName() == "Promises, 5 overdue"
    assert "&lt;b&gt;Serik" in nav.findChild(QLabel, "signed_in").text()


def test_tabs_change_pages_by_arrow_key(qtbot: QtBot) -> None:
    tabs = TabPages()
    pages = {key: QWidget() for key in ("summary", "detention", "history")}
    for key, page in pages.items():
        tabs.add(key, key.title(), page, 3 if key == "detention" else None)
    shown(qtbot, tabs)

    with qtbot.waitSignal(tabs.chosen) as told:
        qtbot.keyClick(tabs.findChild(QWidget, "tab.summary"), Key.Key_Right)
    assert told.args == ["detention"]
    assert pages["detention"].isVisible()
    assert not pages["summary"].isVisible()
    assert tabs.findChild(QWidget, "tab.detention").accessibleName() == "Detention, 3"


def test_tabs_without_room_are_in_the_menu_and_the_marked_one_is_not(qtbot: QtBot) -> None:
    strip = TabStrip()
    keys = ["summary", "detention", "timeline", "family", "meetings", "documents", "history"]
    for key in keys:
        strip.add(key, key.title(), 12)
    strip.select("history")
    shown(qtbot, strip, 320, 40)
    hidden = [key for key in keys if strip.findChild(QWidget, f"tab.{key}").isHidden()]
    more = strip.findChild(QPushButton, "tabs.more")

    assert hidden
    assert "history" not in hidden
    assert len(more.menu().actions()) == len(hidden)
    with qtbot.waitSignal(strip.chosen) as told:
        more.menu().actions()[0].trigger()
    assert told.args == [hidden[0]]
    strip.resize(1400, 40)
    assert more.isHidden()


def test_facts_show_a_name_with_a_tag_as_it_is(qtbot: QtBot) -> None:
    facts = Facts("facts")
    facts.set_facts([Fact("Place", "<img src=x>", note="a & b"), Fact("Note", "<b>x</b>")])
    shown(qtbot, facts)
    first, second = (facts.findChild(QLabel, f"fact.{place}") for place in (0, 1))

    assert "&lt;img" in first.text()
    assert second.textFormat() == Qt.TextFormat.PlainText
    assert first.accessibleName() == "Place"


def test_chips_flow_into_lines(qtbot: QtBot) -> None:
    row = ChipRow([ChipText(f"Consent: share with {number}", Tone.GREEN) for number in range(6)])
    shown(qtbot, row, 400, 100)

    assert row.heightForWidth(200) > row.heightForWidth(400) > row.heightForWidth(4000)
    tops = {chip.y() for chip in row.findChildren(Chip)}
    assert len(tops) > 1
    assert row.texts()[0] == "Consent: share with 0"


def test_a_filter_says_how_to_take_it_away(qtbot: QtBot) -> None:
    chip = FilterChip("Status: in custody", "filter.status")
    shown(qtbot, chip)
    qtbot.keyClick(chip, Key.Key_Space)

    assert chip.isChecked()
    assert chip.text().endswith("✕")


def test_a_header_moves_its_buttons_below_when_it_is_narrow(qtbot: QtBot) -> None:
    header = PageHeader()
    header.set_title("Бақытжан Нұрланұлы")
    header.set_initials(initials_of("Бақытжан Нұрланұлы"))
    header.set_subtitle("Baqytzhan", "باقىتجان", "")
    action = header.add_action("export", "Export PDF", primary=True)
    shown(qtbot, header, 1000, 200)
    beside = action.mapTo(header, action.rect().topLeft())
    header.resize(420, 300)
    header.layout().activate()
    below = action.mapTo(header, action.rect().topLeft())

    assert beside.x() > 700
    assert below.x() < 100
    assert below.y() > beside.y() + 40
    assert initials_of("Бақытжан Нұрланұлы") == "БН"


def test_spellings_keep_their_direction() -> None:
    assert isolate("Latin") == "Latin"
    assert joined(["CT-7F3Q", "", "باقىتجان", "2017 –"]) == "CT-7F3Q · \u2068باقىتجان\u2069 · 2017 –"


def test_a_field_shows_what_is_wrong_and_says_it(qtbot: QtBot) -> None:
    editor = named(QLineEdit(), "office")
    row = FormRow("Office", editor, required=True, help_text="The ministry")
    shown(qtbot, row)
    row.set_problem("Office is needed.")
    below = row.findChild(QLabel, "office.problem")

    assert below.isVisible()
    assert editor.accessibleDescription() == "Office is needed."
    assert row.findChild(QLabel, "office.label").text() == "Office *"
    row.set_problem("")
    assert not below.isVisible()
    assert editor.toolTip() == "The ministry"


def test_columns_become_one_where_there_is_no_room(qtbot: QtBot) -> None:
    columns = Columns("cards", wide_from=600)
    parts = [QLabel(str(number)) for number in range(3)]
    for part in parts[:2]:
        columns.add(part)
    columns.add(parts[2], wide=True)
    shown(qtbot, columns, 800, 300)

    assert parts[0].y() == parts[1].y()
    assert parts[2].width() > parts[0].width() * 1.8
    columns.resize(400, 300)
    assert columns.columns() == 1
    columns.layout().activate()
    assert parts[1].y() > parts[0].y()


def test_a_section_folds_by_key(qtbot: QtBot) -> None:
    section = Section("Contact", "contact")
    inside = QLabel("inside")
    section.add(inside)
    shown(qtbot, section)
    with qtbot.waitSignal(section.toggled):
        qtbot.keyClick(section.findChild(QWidget, "contact.head"), Key.Key_Space)

    assert not inside.isVisible()
    section.set_open(True)
    assert inside.isVisible()


def test_a_banner_and_an_empty_page_offer_their_action(qtbot: QtBot) -> None:
    banner = Banner("2 cases are left out", "no consent", action="Why?", closable=True)
    empty = EmptyState("No promises yet", "Record one.", action="Record promise")
    for widget, name in ((banner, "banner.action"), (empty, "empty.action")):
        shown(qtbot, widget)
        with qtbot.waitSignal(widget.action_clicked):
            qtbot.keyClick(widget.findChild(QPushButton, name), Key.Key_Space)
    with qtbot.waitSignal(banner.closed):
        qtbot.mouseClick(banner.findChild(QPushButton, "banner.close"), Qt.MouseButton.LeftButton)
    assert banner.isHidden()
    assert banner.text() == "2 cases are left out no consent"


def table(qtbot: QtBot, width: int) -> CellTable:
    made = CellTable([Column("Case", 1), Column("Due")], "presented", "Cases presented")
    made.set_rows(
        [
            TableRow(
                "a", (Cell("Бақытжан Нұрланұлы", "CT-7F3Q", bold=True), Cell("18 d overdue", tone=Tone.RED))
            ),
            TableRow("b", ("a long request that has to be broken into lines when there is little room", "—")),
        ]
    )
    shown(qtbot, made, width, 300)
    return made


def test_a_table_is_as_tall_as_its_rows_need(qtbot: QtBot) -> None:
    wide, narrow = table(qtbot, 900), table(qtbot, 300)

    assert narrow.rowHeight(1) > wide.rowHeight(1)
    for made in (wide, narrow):
        rows = sum(made.rowHeight(number) for number in range(2))
        assert made.height() >= rows + made.horizontalHeader().height()
        assert made.columnWidth(0) + made.columnWidth(1) == made.viewport().width()


def test_a_table_without_room_scrolls_and_breaks_no_word(qtbot: QtBot) -> None:
    made = CellTable([Column(f"Head {number}") for number in range(6)], "wide", "Wide")
    made.set_rows([TableRow("a", ("confirmation of sentence",) * 6)])
    shown(qtbot, made, 300, 300)

    assert made.horizontalScrollBar().maximum() > 0
    assert made.columnWidth(0) > text_width("confirmation", font())


def test_a_page_scrolls_rather_than_squeeze_what_is_on_it(qtbot: QtBot) -> None:
    page = ScrollPage("overview")
    tile = StatTile("Promises overdue", "overdue", number="5", note="of 34 made and 9 kept this month")
    made = CellTable([Column("", 1), Column("", 1)], "table", "Table")
    made.set_rows([TableRow(str(number), ("several words in a line",) * 2) for number in range(9)])
    page.body.addWidget(tile)
    page.body.addWidget(made)
    shown(qtbot, page, 900, 400)
    page.resize(260, 400)
    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() > 0)
    qtbot.waitUntil(lambda: made.height() >= made.heightForWidth(made.width()))

    assert tile.height() >= tile.heightForWidth(tile.width())


def test_a_row_of_a_table_is_chosen_by_key(qtbot: QtBot) -> None:
    made = table(qtbot, 600)
    made.setCurrentIndex(made.model().index(0, 0))
    qtbot.keyClick(made, Key.Key_Down)
    with qtbot.waitSignal(made.chosen) as told:
        qtbot.keyClick(made, Key.Key_Return)

    assert told.args == ["b"]
    assert "CT-7F3Q" in made.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)


def test_the_list_gives_way_to_the_page(qtbot: QtBot) -> None:
    frame = ListBesidePage("cases", "Cases", list_width=430)
    shown(qtbot, frame, 1232, 700)
    assert frame.pane.width() == pytest.approx(430, abs=2)
    frame.resize(816, 600)
    assert frame.pane.width() == pytest.approx(285, abs=3)
    page = QLabel("another")
    frame.set_page(page)
    assert page.isVisible()
    assert frame.page() is page


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """The strip at the top in a window tall enough for its list."""
    window = QWidget()
    layout = QVBoxLayout(window)
    layout.addWidget(TopBar())
    layout.addStretch(1)
    shown(qtbot, window, 900, 500)
    return window


def test_search_by_keyboard(qtbot: QtBot, window: QWidget) -> None:
    search = window.findChild(TopBar).search
    hits = [Hit("p1", "Айгүл"), Hit("p2", "ئايگۈل", "CT-7F3Q")]
    search.typed.connect(lambda text: search.show_hits(hits if text == "ай" else []))
    qtbot.keyClick(window, Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert search.field.hasFocus()
    with qtbot.waitSignal(search.typed):
        type_into(search.field, "ай")
    assert search.popup().isVisible()
    assert search.popup().current() == hits[0]
    qtbot.keyClick(search.field, Key.Key_Down)
    with qtbot.waitSignal(search.chosen) as told:
        qtbot.keyClick(search.field, Key.Key_Return)
    assert told.args == ["p2"]
    assert not search.popup().isVisible()
    assert search.text() == ""


def test_search_says_that_nothing_was_found_and_escape_closes(qtbot: QtBot, window: QWidget) -> None:
    search = window.findChild(TopBar).search
    search.typed.connect(lambda text: search.show_hits([]))
    search.start()
    qtbot.keyClicks(search.field, "zzz")
    with qtbot.waitSignal(search.typed):
        qtbot.keyClick(search.field, Key.Key_Return)
    assert search.popup().isVisible()
    qtbot.keyClick(search.field, Key.Key_Escape)
    assert not search.popup().isVisible()
    assert search.text() == "zzz"
    qtbot.keyClick(search.field, Key.Key_Escape)
    assert search.text() == ""
