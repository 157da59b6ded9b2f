"""Taking in a list: choose it, say what its columns are, try it out, take it in; one undo takes it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QInputDialog, QVBoxLayout, QWidget

from casetracker.errors import UserError
from casetracker.exchange.gedcom import reading as gedcom
from casetracker.exchange.gedcom import taking as trees
from casetracker.exchange.gedcom.reading import Tree
from casetracker.exchange.no_list import no_list
from casetracker.exchange.tables_in import encodings, taking
from casetracker.exchange.tables_in import profile as profiles
from casetracker.exchange.tables_in.profile import Profile
from casetracker.exchange.tables_in.rows import Problem
from casetracker.exchange.tables_in.taking import Counted, Double, Look
from casetracker.i18n import N_, tr
from casetracker.jobs import Progress
from casetracker.store import import_profiles, importing
from casetracker.ui import messages
from casetracker.ui.background import Background
from casetracker.ui.desk import Desk
from casetracker.ui.pages.exchange.mapping import MappingGrid
from casetracker.ui.pages.exchange.parts import beside, combo, sentences
from casetracker.ui.pages.exchange.result import (
    DoublesGrid,
    preview_rows,
    preview_table,
    problem_rows,
    problems_table,
)
from casetracker.ui.style import Tone
from casetracker.ui.widgets.banner import Banner
from casetracker.ui.widgets.card import Card
from casetracker.ui.widgets.empty import EmptyState
from casetracker.ui.widgets.form_row import FormRow
from casetracker.ui.widgets.frame import ScrollPage
from casetracker.ui.widgets.naming import button, label

_BY_HEADINGS = ""
_EXAMPLES = 30  # rows from which examples are shown


class TakingPane(ScrollPage):
    """The steps one below the other; each appears when the one before it is done."""

    folder_dropped = Signal(list)  # no list, but files or a folder of them

    def __init__(self, desk: Desk) -> None:
        super().__init__("taking", tr(N_("Take in a list")), under_tabs=True)
        self._desk = desk
        self.setAcceptDrops(True)
        self.choose_file: Callable[[], str] = self._ask_which
        self.ask_name: Callable[[], str] = self._ask_name
        self.seen: Look | None = None
        self._tree: Tree | None = None
        self.empty = EmptyState(
            tr(N_("A list that somebody else made")),
            tr(
                N_(
                    "CSV, Excel, OpenDocument, JSON or a family tree (GEDCOM), in any encoding: choose it, "
                    "or drop it here. Nothing is written before you have seen what would become of it, and "
                    "one undo takes all of it back."
                )
            ),
            action=tr(N_("Choose a list…")),
            icon_name="upload",
            object_name="taking.empty",
        )
        self.empty.action_clicked.connect(self.choose)
        self.file = Card("", "card.file", link=tr(N_("Another list…")))
        self.file.link_clicked.connect(self.choose)
        self.notes = Banner(object_name="taking.notes")
        self.sheet = combo("taking.sheet", tr(N_("Sheet")), [])
        rows = [(str(n), str(n)) for n in range(1, _EXAMPLES + 1)]
        self.heads_at = combo("taking.heads_at", tr(N_("Headings stand in row")), rows)
        codes = [("", tr(N_("as it was guessed"))), *((code, code) for code in encodings.CHOICES)]
        self.encoding = combo("taking.encoding", tr(N_("Encoding")), codes)
        self.known = combo("taking.profile", tr(N_("The columns are")), [])
        self.keep = button(tr(N_("Keep this mapping…")), "taking.keep", kind="quiet")
        self.mapping = MappingGrid()
        self.preview = preview_table()
        self.try_out = button(tr(N_("Try it out")), "taking.try", kind="primary")
        self._said = QWidget()
        QVBoxLayout(self._said).setContentsMargins(0, 0, 0, 0)
        self.problems = problems_table()
        self.doubles = DoublesGrid()
        self.take_in = button(tr(N_("Take it in")), "taking.take_in", kind="primary")
        self._cards = self._build()
        self._connect()
        self._show_steps(0)

    def _build(self) -> list[list[QWidget]]:
        """Return the widgets of each step after the first."""
        self.file.add(self.notes)
        line = QHBoxLayout()
        for text, widget in (
            (tr(N_("Sheet")), self.sheet),
            (tr(N_("Headings stand in row")), self.heads_at),
            (tr(N_("Encoding")), self.encoding),
            (tr(N_("The columns are")), self.known),
        ):
            line.addWidget(FormRow(text, widget))
        self.file.body.addLayout(line)
        columns = Card(tr(N_("What becomes of the columns")), "card.columns")
        hint = N_(
            "What goes nowhere is kept in a note of the case, under its heading. Nothing of a row is lost."
        )
        columns.add(label(tr(hint), "note", wrap=True))
        columns.add(self.mapping)
        columns.add(beside(self.keep))
        first = Card(tr(N_("The first rows, as they would be taken in")), "card.first")
        first.add(self.preview)
        first.add(beside(self.try_out))
        result = Card(tr(N_("What the list comes to")), "card.result")
        result.add(self._said)
        self._wrong = Card(tr(N_("Doubtful cells")), "card.problems")
        self._wrong.add(self.problems)
        self._alike = Card(tr(N_("Likely doubles")), "card.doubles")
        self._alike.add(self.doubles)
        last = Card("", "card.last")
        last.add(beside(self.take_in))
        for card in (self.empty, self.file, columns, first, result, self._alike, self._wrong, last):
            self.body.addWidget(card)
        self.body.addStretch(1)
        return [[self.file, columns, first], [result, self._alike, self._wrong, last]]

    def _connect(self) -> None:
        self.sheet.activated.connect(lambda _: self._look_again(sheet=True))
        self.heads_at.activated.connect(lambda _: self._look_again())
        self.known.activated.connect(lambda _: self._look_again())
        self.encoding.activated.connect(lambda _: self._look_again())
        self.mapping.changed.connect(self._on_mapped)
        self.keep.clicked.connect(self.keep_mapping)
        self.try_out.clicked.connect(self.try_it_out)
        self.take_in.clicked.connect(self.take_it_in)

    def _show_steps(self, done: int) -> None:
        self.empty.setVisible(done == 0)
        for step, widgets in enumerate(self._cards, 1):
            for widget in widgets:
                widget.setVisible(done >= step)
        writable = not self._desk.store.read_only
        for each in (self.take_in, self.keep):
            each.setEnabled(writable)

    # The file

    def choose(self) -> None:
        """Ask for a list and look at it."""
        if chosen := self.choose_file():
            self.look(Path(chosen))

    def look(self, path: Path, profile: Profile | None = None, **how: object) -> None:
        """Open a list on another thread and show what it is; a family tree is tried out at once."""
        if sentence := no_list(path):
            messages.warn(self, UserError(sentence))
            return
        if gedcom.is_gedcom(path):
            self._look_at_tree(path)
            return
        self._tree = None

        def work(_: Progress) -> tuple[Look, list[list[str]]]:
            seen = taking.look(path, profile, **how)  # type: ignore[arg-type]
            start = seen.heads_at + 1
            return seen, list(islice(seen.sheet.rows(), start, start + _EXAMPLES))

        Background(self, tr(N_("Opening the list")), work, self._opened).start()

    def _look_at_tree(self, path: Path) -> None:
        store = self._desk.store

        def work(progress: Progress) -> tuple[Tree, trees.Counted, dict[str, str]]:
            tree = trees.look(path, progress)
            counted = trees.try_out(store, tree, progress)
            people = dict.fromkeys(d.person_id for d in counted.told_doubles if d.person_id)
            named = importing.names_of(store, people)
            return tree, counted, {id_: f"{name} {ref}".strip() for id_, name, ref in named}

        Background(self, tr(N_("Opening the list")), work, self._tree_tried).start()

    def _tree_tried(self, found: tuple[Tree, trees.Counted, dict[str, str]]) -> None:
        self._tree, counted, names = found
        self.seen = None
        sentences(self._said, trees.summary(counted, written=False))
        self._show_result(counted.told, counted.told_doubles, names)
        for card in self._cards[0]:
            card.setVisible(False)

    def _show_result(
        self, problems: Sequence[Problem], doubles: Sequence[Double], names: dict[str, str]
    ) -> None:
        self.problems.set_rows(problem_rows(problems))
        self.doubles.set_doubles(doubles, names)
        self._show_steps(2)
        self._wrong.setVisible(bool(problems))
        self._alike.setVisible(bool(doubles))
        QTimer.singleShot(0, self, lambda: self.ensureWidgetVisible(self.take_in))  # once it is laid out

    def _opened(self, found: tuple[Look, list[list[str]]]) -> None:
        seen, rows = found
        self.seen = seen
        kind = " · ".join(part for part in (seen.file.kind, seen.file.encoding) if part)
        self.file.set_title(f"{seen.path.name}  ({kind})")
        notes = [*seen.file.notes]
        if seen.missing and seen.profile.name:
            sentence = N_("The list lacks these columns of the mapping: {heads}.")
            notes.append(tr(sentence, heads=", ".join(seen.missing)))
        self.notes.set("", " ".join(notes), Tone.AMBER)
        self.notes.setVisible(bool(notes))
        self.sheet.clear()
        for sheet in seen.file.sheets:
            self.sheet.addItem(sheet.name, sheet.name)
        self.sheet.setCurrentIndex(max(self.sheet.findData(seen.sheet.name), 0))
        self.sheet.setEnabled(len(seen.file.sheets) > 1)
        self.encoding.setEnabled(bool(seen.file.encoding))
        self.heads_at.setCurrentIndex(seen.heads_at)
        self._fill_profiles(seen.profile.name)
        self.mapping.set_list(seen.heads, rows, seen.profile)
        self.preview.set_rows(preview_rows(seen.rows[:12]))
        self._show_steps(1)

    def _fill_profiles(self, chosen: str) -> None:
        self.known.clear()
        self.known.addItem(tr(N_("as their headings say")), _BY_HEADINGS)
        for known in profiles.shipped():
            self.known.addItem(f"{known.name}: {known.about}", known.as_json())
        for _, name, mapping in import_profiles.kept(self._desk.store):
            self.known.addItem(name, mapping)
        names = [self.known.itemText(at).partition(":")[0] for at in range(self.known.count())]
        self.known.setCurrentIndex(names.index(chosen) if chosen in names else 0)

    def _look_again(self, *, sheet: bool = False) -> None:
        if self.seen is None:
            return
        kept = self.known.currentData()
        try:
            profile = profiles.profile_from(kept) if kept else None
        except UserError as error:
            messages.warn(self, error)
            return
        at = None if sheet else self.heads_at.currentIndex()
        how = {"sheet": self.sheet.currentData(), "encoding": self.encoding.currentData()}
        self.look(self.seen.path, profile, heads_at=at, **how)

    def _on_mapped(self) -> None:
        if self.seen is not None:
            self.seen = taking.with_profile(self.seen, self.mapping.profile())
            self.preview.set_rows(preview_rows(self.seen.rows[:12]))
            self._show_steps(1)

    def keep_mapping(self) -> None:
        """Keep the mapping under a name, for the next list of the same sort."""
        if self.seen is None:
            return
        name = self.ask_name()
        if not name:
            return
        made = replace(self.mapping.profile(), name=" ".join(name.split()))
        try:
            import_profiles.keep(self._desk.store, name, made.as_json())
        except UserError as error:
            messages.warn(self, error)
            return
        self._fill_profiles(made.name)

    # Trying out and taking in

    def try_it_out(self) -> None:
        """Count on another thread what the list comes to; nothing is written."""
        seen, store = self.seen, self._desk.store
        if seen is None:
            return

        def work(progress: Progress) -> tuple[Counted, dict[str, str]]:
            counted = taking.try_out(store, seen, progress)
            people = dict.fromkeys(d.person_id for d in counted.told_doubles if d.person_id)
            return counted, {id_: f"{name} {ref}" for id_, name, ref in importing.names_of(store, people)}

        Background(self, tr(N_("Trying out the list")), work, self._tried).start()

    def _tried(self, found: tuple[Counted, dict[str, str]]) -> None:
        counted, names = found
        sentences(self._said, taking.summary(counted, written=False))
        self._show_result(counted.told, counted.told_doubles, names)

    def take_it_in(self) -> None:
        """Write the list as one action, with a bar and a way out."""
        seen, store, tree = self.seen, self._desk.store, self._tree
        same, out = self.doubles.same(), self.doubles.left_out()
        if tree is not None:

            def plant(progress: Progress) -> trees.Counted:
                return trees.take_in(store, tree, progress, same=same, left_out=out)

            Background(self, tr(N_("Taking in the list")), plant, self._tree_taken).start()
        if seen is None:
            return

        def work(progress: Progress) -> Counted:
            return taking.take_in(store, seen, progress, same=same, left_out=out)

        Background(self, tr(N_("Taking in the list")), work, self._taken).start()

    def _tree_taken(self, counted: trees.Counted) -> None:
        said = [*trees.summary(counted, written=True), tr(N_("Undo (Ctrl+Z) takes all of it back."))]
        self._tree = None
        self._show_steps(0)
        messages.tell(self, " ".join(said), tr(N_("Taken in")))

    def _taken(self, counted: Counted) -> None:
        said = [*taking.summary(counted, written=True), tr(N_("Undo (Ctrl+Z) takes all of it back."))]
        said += [tr(N_("Row {row} is left out: {why}"), row=row, why=why) for row, why in counted.refused[:5]]
        self.seen = None
        self._show_steps(0)
        messages.tell(self, " ".join(said), tr(N_("Taken in")))

    # Asking, dropping

    def _ask_which(self) -> str:
        kinds = tr(N_("Lists")) + " (*.csv *.tsv *.txt *.xlsx *.xlsm *.xls *.ods *.json *.ged)"
        return QFileDialog.getOpenFileName(self, tr(N_("Choose a list")), "", kinds)[0]

    def _ask_name(self) -> str:
        title, text = tr(N_("Keep this mapping")), tr(N_("Name of the mapping"))
        name, said = QInputDialog.getText(self, title, text)
        return name if said else ""

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if len(files) > 1 or any(path.is_dir() for path in files):
            self.folder_dropped.emit(files)
        elif files:
            self.look(files[0])
