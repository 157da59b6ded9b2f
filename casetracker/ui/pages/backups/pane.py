"""One backup: what is known of it, and, once it was brought back beside, what differs."""

from __future__ import annotations

import shutil
from collections import Counter

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from casetracker.errors import Damaged, UserError
from casetracker.i18n import N_, ntr, tr
from casetracker.model import Case, Family, Person
from casetracker.store.backups.comparing import Difference, Differs
from casetracker.store.backups.place import Backup
from casetracker.store.backups.restoring import key_of
from casetracker.store.backups.service import Backups, Restored
from casetracker.store.keyslots import DataKey
from casetracker.ui import messages
from casetracker.ui.desk import Desk
from casetracker.ui.pages.backups.ask_passphrase import ask_passphrase
from casetracker.ui.style import Tone
from casetracker.ui.widgets.banner import Banner
from casetracker.ui.widgets.card import Card
from casetracker.ui.widgets.cell_table import Cell, CellTable, Column, TableRow
from casetracker.ui.widgets.chip import ChipText
from casetracker.ui.widgets.facts import Fact, Facts
from casetracker.ui.widgets.frame import ScrollPage
from casetracker.ui.widgets.header import PageHeader
from casetracker.ui.widgets.naming import button, label, named

_MOST = 200  # lines of differences; the sentence above them counts all
_TONES = {Differs.ONLY_NOW: Tone.AMBER, Differs.ONLY_COPY: Tone.BLUE, Differs.CHANGED: Tone.GREY}


class BackupPane(QWidget):
    """What is known of one backup; asks for it to be read, or to be brought back."""

    look_wanted = Signal(object)
    restore_wanted = Signal(object)

    def __init__(self, desk: Desk, place: QWidget) -> None:
        super().__init__()
        named(self, "backup")
        self._desk = desk
        self._backup: Backup | None = None
        self.restored: Restored | None = None
        self.header = PageHeader("backup.header")
        look = self.header.add_action("backup.look", tr(N_("Read it again")))
        look.setToolTip(tr(N_("Read every byte and compare it with what was copied")))
        look.clicked.connect(lambda: self.look_wanted.emit(self._backup))
        bring = self.header.add_action("backup.restore", tr(N_("Bring it back beside…")), primary=True)
        bring.setToolTip(tr(N_("Make a casebook of it beside the present one; nothing is replaced")))
        bring.clicked.connect(lambda: self.restore_wanted.emit(self._backup))
        body = ScrollPage("backup.scroll", tr(N_("Backup")))
        about = Card(tr(N_("What is in it")), "card.backup")
        self.facts = Facts("backup.facts")
        about.add(self.facts)
        body.body.addWidget(about)
        body.body.addWidget(self._make_differences())
        body.body.addWidget(place)
        body.body.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(body, 1)

    def _make_differences(self) -> Card:
        self.card = Card(tr(N_("What differs from the present casebook")), "card.differences")
        self.said = named(label("", wrap=True, selectable=True), "differences.said")
        self.lost = Banner(tone=Tone.RED, object_name="differences.lost")
        columns = (Column(tr(N_("How")), 0), Column(tr(N_("Kind")), 1), Column(tr(N_("Record")), 3))
        self.table = CellTable(columns, "differences", self.card.accessibleName())
        self.use = button(tr(N_("Use this copy in place of the present one…")), "differences.use")
        self.use.clicked.connect(self._use)
        away = button(tr(N_("Throw the copy away")), "differences.away", kind="quiet")
        away.clicked.connect(self._throw_away)
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.use)
        line.addWidget(away)
        line.addStretch(1)
        buttons = QWidget()
        buttons.setLayout(line)
        for widget in (self.said, self.lost, self.table, buttons):
            self.card.add(widget)
        self.card.hide()
        return self.card

    def show_backup(self, backup: Backup) -> None:
        """Show one backup."""
        if self._backup is None or backup.folder != self._backup.folder:
            self.restored = None
            self.card.hide()
        self._backup = backup
        at, told = backup.made_at.astimezone(), backup.manifest
        self.header.set_title(tr(N_("Backup of {when}"), when=f"{at:%d.%m.%Y, %H:%M}"))
        self.header.set_chips(
            [
                ChipText(tr(N_("good")), Tone.GREEN)
                if backup.good
                else ChipText(tr(N_("has a fault")), Tone.RED)
            ]
        )
        facts = [Fact(tr(N_("Records")), size_text(sum(each.size for each in told.files)))]
        documents = ntr("{n} document", "{n} documents", len(told.evidence))
        size = size_text(sum(each.size for each in told.evidence)) if told.evidence else ""
        facts.append(Fact(tr(N_("Documents")), documents, size))
        facts += self._counted(backup)
        facts.append(Fact(tr(N_("Where it lies")), str(backup.folder), muted=True))
        self.facts.set_facts(facts)

    def _counted(self, backup: Backup) -> list[Fact]:
        """Return how many records are in it, where its key is that of today."""
        backups = self._desk.backups
        try:
            counts = backup.manifest.inside(backups.source.key).counts if backups else {}
        except UserError:
            return []
        said = [(tr(each.plural), each.__tablename__) for each in (Case, Person, Family)]
        said.append((tr(N_("Actions")), "audit_actions"))
        return [Fact(text, str(counts[table])) for text, table in said if table in counts]

    def key_for(self, backup: Backup, backups: Backups) -> DataKey | None:
        """Return the key of a backup; if it is not that of today, ask for the passphrase of that time."""
        try:
            backup.manifest.inside(backups.source.key)
        except Damaged:
            text = tr(N_("This backup was made under an earlier key. Type a passphrase that was good then."))
            return ask_passphrase(self, text, lambda secret: key_of(backup, secret))
        return backups.source.key

    # What differs

    def show_restored(self, restored: Restored) -> None:
        """Show how a backup that was brought back beside differs from the present casebook."""
        self.restored = restored
        self.said.setText(_said(restored))
        lost = ntr("{n} document could not be brought back.", "{n} documents could not be brought back.",
                   len(restored.lost))  # fmt: skip
        self.lost.set("", lost, Tone.RED)
        self.lost.setVisible(bool(restored.lost))
        self.table.set_rows([_row(each) for each in restored.differences[:_MOST]])
        self.table.setVisible(bool(restored.differences))
        self.use.setEnabled(not self._desk.store.read_only)
        self.card.show()

    def _throw_away(self) -> None:
        if self.restored is not None:
            shutil.rmtree(self.restored.folder, ignore_errors=True)
            self.restored = None
        self.card.hide()

    def _use(self) -> None:
        restored = self.restored
        if restored is None:
            return
        answers = (
            messages.Answer("keep", tr(N_("Go on with the present one")), primary=True, cancel=True),
            messages.Answer("use", tr(N_("Use the copy")), danger=True),
        )
        text = tr(
            N_(
                "What was written since is then only in the present casebook, which is kept beside under "
                "another name. The casebook is closed and asks for the passphrase again."
            )
        )
        if messages.ask(self, tr(N_("Use the copy in its place?")), text, answers) == "use":
            self._desk.replace_wanted.emit(restored.folder)


def size_text(size: int) -> str:
    """Write a number of bytes as people read it."""
    if size < 1024 * 1024:
        return f"{max(1, size // 1024)} KB"
    if size < 1024**3:
        return f"{size / 1024**2:.1f} MB"
    return f"{size / 1024**3:.1f} GB"


def _said(restored: Restored) -> str:
    where = tr(N_("It now lies beside the present casebook as “{name}”."), name=restored.folder.name)
    counted = Counter(each.how for each in restored.differences)
    if not counted:
        return f"{where} {tr(N_('Nothing differs: all records are the same.'))}"
    parts = [
        ntr("{n} record is not in the copy", "{n} records are not in the copy", counted[Differs.ONLY_NOW]),
        ntr("{n} is only in the copy", "{n} are only in the copy", counted[Differs.ONLY_COPY]),
        ntr("{n} differs", "{n} differ", counted[Differs.CHANGED]),
    ]
    wanted = (Differs.ONLY_NOW, Differs.ONLY_COPY, Differs.CHANGED)
    return f"{where} {'; '.join(p for p, how in zip(parts, wanted, strict=True) if counted[how])}."


def _row(each: Difference) -> TableRow:
    key = f"{each.entity}:{each.record_id}"
    return TableRow(
        key, (Cell(tr(each.how.value), tone=_TONES[each.how]), each.kind, Cell(each.title, bold=True))
    )
