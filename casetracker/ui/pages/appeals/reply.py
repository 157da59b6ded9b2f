"""Recording a reply for all cases of an appeal at once, and changing one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from casetracker.i18n import N_, tr
from casetracker.model import Appeal, Case
from casetracker.model.entity import new_id
from casetracker.model.work.appeal import ReplyKind
from casetracker.store.draft import Draft
from casetracker.store.store import Store
from casetracker.ui.desk import Desk
from casetracker.ui.editing.child_grid import ChildGrid
from casetracker.ui.editing.dialog import EditDialog
from casetracker.ui.editing.editors import titles_of
from casetracker.ui.editing.form import Form
from casetracker.ui.pages.appeals.edit import COURSE
from casetracker.ui.pages.promises.edit import among
from casetracker.ui.widgets.suggestions import Hit

_ABOUT = ("kind", "on", "number", "came", "signed_by", "language", "summary", "words")


def record_reply(parent: QWidget, desk: Desk, appeal_id: str) -> EditDialog:
    """Open the dialog for a reply that just came, a line for each case of the appeal."""
    whole = desk.store.draft(Appeal, appeal_id)
    part = _part(whole)
    today = desk.store.today()
    reply = part.add("replies", on=today, came=today, kind=ReplyKind.SUBSTANTIVE)
    reply.id = new_id()
    for line in whole.children["cases"]:
        reply.add("cases", case_id=line.values["case_id"]).id = new_id()
    return _dialog(parent, desk, whole, part, reply, tr(N_("Record a reply")))


def edit_reply(parent: QWidget, desk: Desk, appeal_id: str, reply_id: str) -> EditDialog | None:
    """Open the dialog for a reply; nothing where it is no longer there."""
    whole = desk.store.draft(Appeal, appeal_id)
    part = _part(whole)
    reply = next((r for r in part.children["replies"] if r.id == reply_id), None)
    return _dialog(parent, desk, whole, part, reply, tr(N_("Reply"))) if reply else None


def _part(whole: Draft) -> Draft:
    """The replies of an appeal and what else a reply may change, so that the appeal checks it."""
    values = {name: whole.values.get(name) for name in COURSE}
    replies = list(whole.children["replies"])
    return Draft(Appeal, whole.id, whole.version, values, {"replies": replies}, whole.seen)


def _dialog(
    parent: QWidget, desk: Desk, whole: Draft, part: Draft, reply: Draft, title: str
) -> EditDialog:  # fmt: skip
    store = desk.store
    dialog = EditDialog(parent.window(), store, part, title, action=title, deletable=False)
    address = f"replies.{part.children['replies'].index(reply)}"
    dialog.add_section(tr(N_("What came")), (address, Form(store, reply, _ABOUT)))
    cases = _cases(store, whole)
    grid = ChildGrid(
        store, reply, "cases", ("case_id", "result", "said"),
        lookups={"case_id": among(cases)}, widths={"case_id": 250, "result": 170},
    )  # fmt: skip
    same = grid.add_button(tr(N_("The same for every case")), "reply.same")
    same.setToolTip(tr(N_("Gives every case of the appeal what stands in the first line.")))
    same.clicked.connect(lambda: spread(grid, reply, cases))
    dialog.add_section(tr(N_("What it says of each case")), (f"{address}.cases", grid))
    later = reply.values.get("kind") in (ReplyKind.EXTENSION, ReplyKind.FORWARDED)
    dialog.add_section(tr(N_("Extended or forwarded")), ("", Form(store, part, COURSE)), opened=later)
    dialog.before_saving(lambda: leave_out_empty(reply))
    dialog.finish()
    dialog.open()
    return dialog


def leave_out_empty(reply: Draft) -> None:
    """Leave out the cases of which a reply says nothing; one that names no case at all speaks of all."""
    lines = reply.children.get("cases", [])
    reply.children["cases"] = [c for c in lines if c.values.get("result") or c.values.get("said")]


def spread(grid: ChildGrid, reply: Draft, cases: Sequence[Hit]) -> None:
    """Give every case of the appeal what stands in the first line of a reply."""
    grid.collect()
    lines = reply.children["cases"]
    known = {line.values.get("case_id") for line in lines}
    for case in cases:
        if case.key not in known:
            reply.add("cases", case_id=case.key).id = new_id()
    for line in lines[1:]:
        line.values |= {name: lines[0].values.get(name) for name in ("result", "said")}
    grid.reload()
    grid.edited.emit()


def _cases(store: Store, appeal: Draft) -> list[Hit]:
    """Return the cases of an appeal to choose from; a reply speaks of no other."""
    ids = [line.values["case_id"] for line in appeal.children["cases"]]
    titles = titles_of(store, Case, ids)
    return [Hit(case_id, titles.get(case_id, "")) for case_id in ids]
