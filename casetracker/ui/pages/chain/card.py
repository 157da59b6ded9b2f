"""The card on which a page shows what led to what, and where links are written down."""

from __future__ import annotations

from collections.abc import Sequence

from casetracker.i18n import N_, ntr, tr
from casetracker.model.events.chain import Strength
from casetracker.store import chain
from casetracker.store.chain import Chain
from casetracker.store.chain_nodes import Node
from casetracker.store.reader import Reader
from casetracker.ui.desk import Desk
from casetracker.ui.pages.chain.link import edit_link, new_link
from casetracker.ui.style import Tone
from casetracker.ui.widgets.card import Card
from casetracker.ui.widgets.cell_table import Cell, CellTable, Column, TableRow
from casetracker.ui.widgets.chain import ChainItem, ChainLine, ChainView
from casetracker.ui.widgets.naming import label, named

_PENS = {Strength.DOCUMENTED: "solid", Strength.PLAUSIBLE: "dash", Strength.ASSERTED: "dot"}


def items(shown: Chain, here: str = "") -> tuple[list[ChainItem], list[ChainLine]]:
    """Return a chain as the widget draws it; `here` is the id of the page's own record."""
    titles = {node.id: node.title for node in shown.nodes}
    made = [
        ChainItem(
            f"{node.kind}:{node.id}",
            node.sort,
            node.when,
            node.title,
            tuple(tie.told(f"“{titles[tie.before]}”") for tie in shown.before(node.id)),
            Tone(node.tone),
            node.id == here,
        )
        for node in shown.nodes
    ]
    places = {node.id: n for n, node in enumerate(shown.nodes)}
    lines = []
    for tie in shown.ties:
        start, end = sorted((places[tie.before], places[tie.after]))
        lines.append(ChainLine(start, end, _pen(tie.strength, part=tie.joint is None)))
    return made, lines


def _pen(strength: Strength | None, *, part: bool) -> str:
    return "solid" if part else _PENS.get(strength, "dash") if strength else "dash"


class ChainDrawing(ChainView):
    """A chain that opens the records in it."""

    def __init__(self, desk: Desk, object_name: str) -> None:
        super().__init__(object_name, tr(N_("What led to what")))
        self._desk = desk
        self._nodes: dict[str, Node] = {}
        self.chosen.connect(self._open)

    def show_chain(self, shown: Chain, here: str = "") -> None:
        """Show a chain and no other."""
        self._nodes = {f"{node.kind}:{node.id}": node for node in shown.nodes}
        self.set_chain(*items(shown, here))

    def _open(self, key: str) -> None:
        self._desk.open(*self._nodes[key].target)


class ChainCard(Card):
    """The whole chain of one record, and the links that were written down at it."""

    def __init__(self, desk: Desk, object_name: str = "card.chain") -> None:
        super().__init__(tr(N_("What led to what")), object_name, link=tr(N_("Link to…")))
        self.desk = desk
        self._kind = self._id = ""
        self._none = label(
            tr(N_("Nothing is linked yet. Say which protest led to this, which promise it answers, …")),
            "muted",
            wrap=True,
        )
        self.drawing = ChainDrawing(desk, "chain")
        self._more = named(label("", "muted", wrap=True), "chain.more")
        columns = (Column(tr(N_("How")), 0), Column(tr(N_("Linked with")), 3), Column(tr(N_("How sure")), 1))
        self._links = CellTable(columns, "chain.links", tr(N_("Links written down here")))
        self._links.setToolTip(tr(N_("Open a link to change it or to take it away.")))
        for part in (self._none, self.drawing, self._more, self._links):
            self.add(part)
        self.link_clicked.connect(self.link_to)
        self._links.chosen.connect(lambda key: edit_link(self, desk, key))

    def link_to(self) -> None:
        """Open the dialog for a new link."""
        if self._id:
            new_link(self, self.desk, self._kind, self._id)

    def show_record(self, kind: str, record_id: str) -> None:
        """Read the chain of a record and show it."""
        self._kind, self._id = kind, record_id
        with self.desk.store.reader() as reader:
            shown = chain.chain_of(reader, kind, record_id)
            rows = self._rows(reader)
        self.drawing.show_chain(shown, record_id)
        self.drawing.setVisible(bool(shown.nodes))
        self._none.setVisible(not shown.nodes)
        more = ntr(
            "{n} more record belongs to this chain.", "{n} more records belong to this chain.", shown.more
        )
        self._more.setText(more)
        self._more.setVisible(bool(shown.more))
        self._links.set_rows(rows)
        self._links.setVisible(bool(rows))

    def _rows(self, reader: Reader) -> Sequence[TableRow]:
        rows = []
        for link in chain.links_of(reader, self._id):
            if (told := chain.told_from(reader, link, self._id)) is not None:
                joint, node = told
                other = Cell(node.title, " · ".join((node.sort, node.when)))
                sure = Cell(link.text("strength") or "—", link.text("note"))
                rows.append(TableRow(link.id, (joint, other, sure)))
        return rows
