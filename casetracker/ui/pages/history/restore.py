"""What a line of the history can bring back: one field, or the record as it was before or after."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from casetracker.i18n import N_, tr
from casetracker.model import BY_NAME
from casetracker.model.entity import Entity
from casetracker.store.audit import restoring
from casetracker.store.audit.reading import HistoryLine
from casetracker.store.audit.telling import FieldDiff, RecordDiff
from casetracker.ui.background import Background
from casetracker.ui.desk import Desk

_MOST, _LETTERS = 12, 40
About = tuple[type[Entity], str]


def restore_menu(parent: QWidget, desk: Desk, about: About, line: HistoryLine) -> QMenu:
    """Return the menu of what one line can bring back."""
    menu = QMenu(parent)
    menu.setObjectName("history.restore")
    _, record_id = about
    for name, text, seq in (
        ("before", tr(N_("The whole record as it was before this")), line.seq - 1),
        ("after", tr(N_("The whole record as it was after this")), line.seq),
    ):
        action = menu.addAction(text)
        action.setObjectName(f"restore.{name}")
        action.triggered.connect(_whole(parent, desk, about, seq))
    fields = [(r, f) for r in line.records if r.op == "changed" for f in r.fields][:_MOST]
    if fields:
        menu.addSeparator()
        menu.addAction(tr(N_("Only one field, as it was before this:"))).setEnabled(False)
    for record, field in fields:
        action = menu.addAction(_said(record, field, own=record.record_id == record_id))
        action.setObjectName(f"restore.{record.entity}.{field.name}")
        action.triggered.connect(_field(parent, desk, record, field.name, line.seq))
    return menu


def _said(record: RecordDiff, field: FieldDiff, *, own: bool) -> str:
    value = field.before or tr(N_("(empty)"))
    short = value if len(value) <= _LETTERS else f"{value[:_LETTERS].rstrip()}…"
    where = "" if own else f"{record.kind} · "
    return f"{where}{field.label}: {short}".replace("&", "&&")


def _whole(parent: QWidget, desk: Desk, about: About, seq: int) -> Callable[[], None]:
    entity, record_id = about
    return lambda: bring_back(
        parent, desk, lambda: restoring.restore_record(desk.store, entity, record_id, seq)
    )


def _field(parent: QWidget, desk: Desk, record: RecordDiff, name: str, seq: int) -> Callable[[], None]:
    entity = BY_NAME[record.entity]
    return lambda: bring_back(
        parent, desk, lambda: restoring.restore_field(desk.store, entity, record.record_id, name, seq)
    )


def bring_back(parent: QWidget, desk: Desk, work: Callable[[], None]) -> None:
    """Bring something back on another thread; what forbids it is said in a sentence."""
    said = tr(N_("Brought back; Ctrl+Z takes it away again."))
    Background(parent, tr(N_("Bringing back…")), lambda _: work(), lambda _: desk.note.emit(said)).start()


def show_menu(menu: QMenu, at: QPoint) -> None:
    """Show a menu; it goes when it closes."""
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(at)
