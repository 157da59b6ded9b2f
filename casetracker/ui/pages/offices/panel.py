"""The offices with their posts, as a tab of the lists: what sort of body each is, who holds which post."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from casetracker.i18n import N_, ntr, tr
from casetracker.store.offices import OfficeLine, offices
from casetracker.ui.desk import Desk
from casetracker.ui.pages.offices.edit import edit_office, edit_post
from casetracker.ui.widgets.card import Card
from casetracker.ui.widgets.cell_table import Cell, CellTable, Column, TableRow
from casetracker.ui.widgets.frame import ScrollPage
from casetracker.ui.widgets.naming import button, label, named


class OfficesPanel(QWidget):
    """A table of offices over a table of posts; a line opens its dialog."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        page = ScrollPage("offices.page", tr(N_("Offices and posts")), under_tabs=True)
        said = tr(
            N_(
                "What sort of body an office is chooses the rule by which it has to reply. A post outlives "
                "who holds it: what was promised in it, and is still owed, passes to the successor."
            )
        )
        self._new = button(tr(N_("New office")), "offices.new", kind="primary")
        self._new.clicked.connect(lambda: edit_office(self, desk))
        self._new.setEnabled(not desk.store.read_only)
        head = QHBoxLayout()
        head.addWidget(label(said, "muted", wrap=True), 1)
        head.addWidget(self._new)
        page.body.addLayout(head)
        _, self.offices = self._table(
            page, tr(N_("Offices")), "offices", (N_("Office"), N_("Sort of body"), N_("City"))
        )
        self._posts_card, self.posts = self._table(
            page, tr(N_("Posts")), "posts", (N_("Post"), N_("Who holds it"), N_("Promises owed"))
        )
        self.offices.chosen.connect(lambda key: edit_office(self, desk, key))
        self.posts.chosen.connect(lambda key: edit_post(self, desk, key))
        self._none = label(tr(N_("No post yet. Open an office and type its posts there.")), "muted")
        self._posts_card.add(named(self._none, "posts.none"))
        page.body.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(page)

    @staticmethod
    def _table(
        page: ScrollPage, title: str, name: str, heads: tuple[str, str, str]
    ) -> tuple[Card, CellTable]:
        card = Card(title, f"card.{name}")
        first, second, third = (tr(head) for head in heads)
        table = CellTable((Column(first, 3), Column(second, 2), Column(third, 1)), f"{name}.table", title)
        card.add(table)
        page.body.addWidget(card)
        return card, table

    def refresh(self) -> None:
        """Read the offices again."""
        with self._desk.store.reader() as reader:
            found = offices(reader)
        self.offices.set_rows([_row(office) for office in found])
        posts = [post for office in found for post in office.posts]
        self.posts.set_rows(
            [
                TableRow(
                    post.id,
                    (
                        Cell(post.title, post.office, bold=True),
                        Cell(post.holder, post.since) if post.holder else Cell("—", muted=True),
                        str(post.owed) if post.owed else "—",
                    ),
                )
                for post in posts
            ]
        )
        self.posts.setVisible(bool(posts))
        self._none.setVisible(not posts)


def _row(office: OfficeLine) -> TableRow:
    kind = Cell(office.body) if office.body else Cell(tr(N_("not said yet")), muted=True)
    posts = ntr("{n} post", "{n} posts", len(office.posts)) if office.posts else ""
    return TableRow(office.id, (Cell(office.name, posts, bold=True), kind, office.city))
