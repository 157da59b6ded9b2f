"""Lines of the tables of appeals: cases with what was replied to them, and replies."""

from __future__ import annotations

from casetracker.i18n import N_, ntr, tr
from casetracker.model.dates import KnownDate
from casetracker.model.work.appeal import ENDS_WAITING, ReplyKind
from casetracker.store.appeal_replies import AskedCase, CameBack, Said
from casetracker.ui.pages.page import tone
from casetracker.ui.style import Tone
from casetracker.ui.widgets.cell_table import Cell, TableRow

_KINDS = {ReplyKind.SUBSTANTIVE: Tone.GREEN, ReplyKind.REFUSAL: Tone.RED, ReplyKind.NO_COMPETENCE: Tone.RED}


def case_row(line: AskedCase) -> TableRow:
    """Return a case of an appeal: what was asked, what the last reply came to, and its words."""
    last = line.said[0] if line.said else None
    words = Cell(last.words, _when(last)) if last else Cell("—", muted=True)
    return TableRow(
        line.case_id,
        (Cell(line.name, line.ref, bold=True), Cell(line.asked or "—"), result_cell(line), words),
    )


def result_cell(line: AskedCase) -> Cell:
    """Return what was replied to a case, in short, as a chip."""
    last = line.said[0] if line.said else None
    if last is None:
        return Cell(tr(N_("no reply")), muted=True)
    if last.general or not last.result:
        ends = last.kind in ENDS_WAITING
        return Cell(tr(N_("replied in general")) if ends else tr(N_("nothing yet")), tone=Tone.GREY)
    return Cell(last.result, tone=tone(last.tone))


def _when(said: Said) -> str:
    on = KnownDate.on(said.on).short() if said.on else ""
    return " · ".join(part for part in (on, said.number) if part)


def reply_row(reply: CameBack) -> TableRow:
    """Return a reply: its day and number, what kind it is, what it says."""
    on = KnownDate.on(reply.on).short() if reply.on else ""
    of = ntr("on {n} case", "on {n} cases", reply.cases) if reply.cases else tr(N_("on the whole"))
    kind = Cell(reply.kind_text, tone=_KINDS.get(reply.kind, Tone.AMBER))  # type: ignore[arg-type]
    note = " · ".join(part for part in (of, reply.signed_by) if part)
    return TableRow(reply.id, (Cell(on, reply.number, bold=True), kind, Cell(reply.summary or "—", note)))
