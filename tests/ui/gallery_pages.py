"""A case and a meeting in the gallery of widgets."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QVBoxLayout,
    QWidget,
)

from casetracker.ui.style import Tone
from casetracker.ui.widgets.banner import Banner
from casetracker.ui.widgets.card import Card
from casetracker.ui.widgets.cell_table import Cell, CellTable, Column, TableRow
from casetracker.ui.widgets.chip import ChipText, FilterChip
from casetracker.ui.widgets.columns import Columns
from casetracker.ui.widgets.empty import EmptyState
from casetracker.ui.widgets.facts import Fact, Facts
from casetracker.ui.widgets.frame import ScrollPage
from casetracker.ui.widgets.header import PageHeader
from casetracker.ui.widgets.list_beside_page import ListBesidePage
from casetracker.ui.widgets.record_rows import RecordRow
from casetracker.ui.widgets.tabs import TabPages
from casetracker.ui.widgets.timeline import Timeline, TimelineEntry

PEOPLE = [
    RecordRow(
        "1",
        "Бақытжан Нұрланұлы",
        "CT-7F3Q · Tacheng · since Oct 2018 · wife Айгүл",
        "12 d ago",
        ChipText("Sentenced", Tone.RED),
    ),
    RecordRow(
        "2",
        "Гүлнар Әбдіқызы",
        "CT-4K9M · Ili · since spring 2018 · brother",
        "96 d ago",
        ChipText("Camp", Tone.AMBER),
    ),
    RecordRow(
        "3",
        "Ерлан Төлегенұлы",
        "CT-2X8P · Altay · since 2017/2018 · son",
        "4 d ago",
        ChipText("Whereabouts unknown", Tone.GREY),
    ),
    RecordRow(
        "4",
        "Мұрат Қайратұлы",
        "CT-9B1T · Ürümqi · 2018-03 – 2019-12",
        "31 d ago",
        ChipText("Released", Tone.GREEN),
    ),
    RecordRow(
        "5",
        "Сәуле Бекенқызы",
        "CT-5D6W · Bortala · since Aug 2017",
        "61 d ago",
        ChipText("Passport taken", Tone.AMBER),
    ),
    RecordRow(
        "6",
        "ئابدۇراخمان مۇھەممەد",
        "CT-3H7R · Kashgar · 2017 – · 14 years",
        "8 d ago",
        ChipText("Sentenced", Tone.RED),
    ),
    RecordRow(
        "7", "拜山 · Байсан", "CT-8N2V · Ili · since Feb 2018", "15 d ago", ChipText("Camp", Tone.AMBER)
    ),
]


def case() -> QWidget:
    """A case beside the list of cases."""
    frame = ListBesidePage("cases", "Cases")
    for text, on in (
        ("Status: in custody", True),
        ("Consent", False),
        ("Place", False),
        ("No contact > 90 days", False),
    ):
        frame.pane.add_filter(FilterChip(text, f"filter.{text}", on=on))
    frame.pane.list.set_rows(PEOPLE)
    frame.pane.list.select("1")
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    header = PageHeader()
    header.set_initials("БН")
    header.set_title("Бақытжан Нұрланұлы")
    header.set_subtitle("Baqytzhan Nurlanuly", "巴合提江·努尔兰", "باقىتجان نۇرلانۇلى")
    header.set_chips(
        [
            ChipText("Sentenced · 9 years", Tone.RED),
            ChipText("CT-7F3Q", Tone.BLUE),
            ChipText("Consent: share with officials", Tone.GREEN),
            ChipText("Restricted: no publication", Tone.GREY),
        ]
    )
    header.add_action("add_event", "Add event")
    header.add_action("link", "Link…")
    header.add_action("export", "Export PDF", primary=True)
    tabs = TabPages()
    tabs.add("summary", "Summary", _summary())
    for key, text, count in (
        ("detention", "Detention", 3),
        ("timeline", "Timeline", 17),
        ("family", "Family", 5),
        ("meetings", "Meetings & promises", 4),
        ("documents", "Documents", 6),
    ):
        tabs.add(key, text, QWidget(), count)
    tabs.add("history", "History", QWidget())
    layout.addWidget(header)
    layout.addSpacing(0)
    layout.addWidget(tabs, 1)
    frame.set_page(page)
    return frame


def _summary() -> QWidget:
    page = ScrollPage("summary", under_tabs=True)
    grid = Columns("summary.cards", weights=(5, 4))
    facts = Facts("facts")
    facts.set_facts(
        [
            Fact("Status", "In prison, sentenced to 9 years", "reported by wife, B2, 12 days ago"),
            Fact("Place", "Wusu prison, Tacheng prefecture (likely)"),
            Fact("Detained", "about October 2018"),
            Fact("Official reason", "none given to the family"),
            Fact("Suspected reason", "travel to Kazakhstan, prayer"),
            Fact("Citizenship / status", "China · Kazakhstan residence permit since 2014"),
            Fact("Health", "diabetes; no medicine reported"),
        ]
    )
    timeline = Timeline("timeline", "Chronology")
    timeline.set_entries(
        [
            TimelineEntry(
                "1",
                "≈ Oct 2018",
                "Taken from home in Emin county",
                "source: wife, testimony · 2 documents",
                Tone.RED,
            ),
            TimelineEntry(
                "2", "Jun 2019", "Sentence reported: 9 years", "source: relative by phone", Tone.RED
            ),
            TimelineEntry(
                "3",
                "1 Oct 2021",
                "Protest in Nur-Sultan — wife detained, fined",
                "8 detained, police response",
                Tone.AMBER,
            ),
            TimelineEntry(
                "4",
                "4 Oct 2021",
                "Meeting with the Commissioner — case presented",
                "promise: look into the case",
                Tone.GREEN,
            ),
        ]
    )
    promises = CellTable(
        [Column("Promised by", 1), Column("What", 1), Column("Due")], "promises", "Open promises"
    )
    promises.set_rows(
        [
            TableRow("a", ("Commissioner, 4 Oct", "look into the case", Cell("18 d overdue", tone=Tone.RED))),
            TableRow("b", ("MFA, 11 Oct", "diplomatic note", Cell("in 6 d", tone=Tone.AMBER))),
        ]
    )
    family = CellTable([Column("", 1), Column(), Column()], "family", "Family")
    family.set_rows(
        [
            TableRow("a", ("Айгүл Серікқызы", "wife, petitioner", Cell("consented", tone=Tone.GREEN))),
            TableRow("b", ("Нұрлан Бақытжанұлы", "son", Cell("minor", muted=True))),
            TableRow("c", ("Representative", "Қ. Төлеу", Cell("review due", tone=Tone.AMBER))),
        ]
    )
    for place, (title, link, inside) in enumerate(
        (
            ("Situation now", "Edit", facts),
            ("Open promises", "All", promises),
            ("Timeline", "Open", timeline),
            ("Family", "Open family", family),
        )
    ):
        card = Card(title, f"card.{place}", link=link)
        card.add(inside)
        card.fill_up()
        grid.add(card)
    page.body.addWidget(grid)
    page.body.addStretch(1)
    return page


def meeting() -> QWidget:
    """A meeting with the cases that were presented."""
    frame = ListBesidePage("meetings", "Meetings", list_width=300)
    frame.pane.add_filter(FilterChip("2021", "filter.2021", on=True))
    frame.pane.list.set_rows(
        [
            RecordRow("a", "Commissioner for Human Rights", "4 Oct 2021 · Nur-Sultan · 11 cases"),
            RecordRow("b", "Ministry of Foreign Affairs", "11 Oct 2021 · Nur-Sultan · 4 cases"),
        ]
    )
    frame.pane.list.select("a")
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    header = PageHeader()
    header.set_title("Meeting with the Commissioner for Human Rights")
    header.set_subtitle(
        "4 October 2021", "Nur-Sultan", "9 family members present", "follows the protest of 1 October"
    )
    header.set_chips(
        [ChipText("11 cases presented", Tone.BLUE), ChipText("6 promises open, 2 overdue", Tone.RED)]
    )
    header.add_action("promise", "Record promise")
    header.add_action("dossier", "Dossier PDF…", primary=True)
    tabs = TabPages()
    inside = ScrollPage("presented", under_tabs=True)
    card = Card("", "presented.card")
    table = CellTable(
        [
            Column("#"),
            Column("Case", 1),
            Column("Asked for", 1),
            Column("Answer given at the meeting", 1),
            Column("Promise", 1),
            Column("Due"),
            Column("Outcome"),
        ],
        "presented.table",
        "Cases presented",
    )
    late = Cell("18 d overdue", tone=Tone.RED)
    table.set_rows(
        [
            TableRow(
                "1",
                (
                    "1",
                    Cell("Бақытжан Нұрланұлы", "CT-7F3Q", bold=True),
                    "confirm place and sentence",
                    "will look into the case",
                    "written answer",
                    late,
                    "—",
                ),
            ),
            TableRow(
                "2",
                (
                    "2",
                    Cell("Гүлнар Әбдіқызы", "CT-4K9M", bold=True),
                    "consular visit",
                    "refer to MFA",
                    "referral letter",
                    "25 Oct 2021",
                    Cell("kept 21 Oct", tone=Tone.GREEN),
                ),
            ),
            TableRow(
                "3",
                (
                    "3",
                    Cell("ئابدۇراخمان مۇھەممەد", "CT-3H7R", bold=True),
                    "whereabouts",
                    "will look into the case",
                    "none",
                    "—",
                    Cell("refused", muted=True),
                ),
            ),
        ]
    )
    card.add(table)
    inside.body.addWidget(card)
    inside.body.addWidget(
        Banner(
            "2 of 11 cases are left out",
            "CT-9B1T: the family has not agreed to it.\nCT-5D6W: consent ran out on 30 Sep 2021.",
        )
    )
    inside.body.addWidget(
        Banner(
            "Held back for this audience",
            "phone numbers, home addresses in China, names of 7 informants, internal notes",
            tone=Tone.GREEN,
        )
    )
    inside.body.addStretch(1)
    tabs.add("presented", "Cases presented", inside, 11)
    tabs.add(
        "promises",
        "Promises",
        EmptyState(
            "No promises yet",
            "Record what was promised, by whom, and for which of the cases.",
            action="Record promise",
        ),
        8,
    )
    layout.addWidget(header)
    layout.addWidget(tabs, 1)
    frame.set_page(page)
    return frame
