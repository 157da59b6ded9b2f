"""The window: navigation at the left, search and actions at the top, one page at a time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from casetracker.i18n import N_, ntr, tr
from casetracker.model import BY_NAME
from casetracker.model.people.user import Role
from casetracker.store import deadlines, lists
from casetracker.store.overview import promises_made
from casetracker.store.reviews.board import open_answers
from casetracker.store.search import Hit as Found
from casetracker.store.search import search
from casetracker.store.store import Change, Store
from casetracker.ui.background import Background, cancel_and_wait
from casetracker.ui.desk import Desk
from casetracker.ui.icons import app_icon
from casetracker.ui.pages import NEW, PAGES, entries_for, new_record
from casetracker.ui.pages.family.call import log_call
from casetracker.ui.pages.overview import OverviewPage
from casetracker.ui.pages.page import ListPage, Page
from casetracker.ui.pages.search import SearchPage
from casetracker.ui.rereading import Rereading
from casetracker.ui.style import Tone, px
from casetracker.ui.widgets.banner import Banner
from casetracker.ui.widgets.chip import ChipText
from casetracker.ui.widgets.frame import StatusStrip, TopBar
from casetracker.ui.widgets.language_pick import LanguagePick
from casetracker.ui.widgets.naming import READING_ONLY, named
from casetracker.ui.widgets.nav import Navigation
from casetracker.ui.widgets.suggestions import Hit

NOTE_MS = 8000
_ALL = "search"  # in place of an entity: everything that was found
WARM_UP_MS = 150  # between two steps, so that clicks and keys come first


class MainWindow(QMainWindow):
    """One open casebook. `lock_requested` and `closed` tell the program what to do next."""

    lock_requested = Signal()
    language_wanted = Signal(str)
    closed = Signal()

    def __init__(self, store: Store, casebook_name: str = "") -> None:
        super().__init__()
        named(self, "main_window", "Casetracker")
        self.setWindowTitle("Casetracker")  # no name of a casebook or a person: task bars show titles
        self.setWindowIcon(app_icon())
        self.resize(px(1440), px(900))
        self.setMinimumSize(px(900), px(600))
        self.desk = Desk(store, casebook_name, self)
        self._entries = entries_for(store.rights.role)
        self.setProperty(READING_ONLY, bool(store.read_only))
        self._pages: dict[str, Page] = {}
        self._makers = PAGES
        self.nav = Navigation("Casetracker", f"{casebook_name}.casebook" if casebook_name else "")
        self.top = TopBar()
        self.strip = StatusStrip()
        self.stack = named(QStackedWidget(), "pages")
        self._note_timer = QTimer(self)
        self._note_timer.setSingleShot(True)
        self._note_timer.timeout.connect(self._show_saved)
        self._late = Rereading(
            self, tr(N_("Deadlines")), lambda: deadlines.count_overdue(store), self._show_late
        )
        self._build()
        self._build_actions()
        self._connect()
        self.go(self._entries[0].key)
        self._count()
        self._show_saved()

    # Putting it together

    def _build(self) -> None:
        for entry in self._entries:
            if entry.starts_group:
                self.nav.add_separator(tr(entry.group))
            self.nav.add_entry(entry.key, tr(entry.text))
        store = self.desk.store
        role = store.rights.role
        reads = bool(store.read_only) and not store.rights.why_not_write
        self.nav.set_signed_in(store.who, tr(N_("Reading only")) if reads else tr(role.value))
        language = LanguagePick()
        language.picked.connect(self._on_language)
        self.nav.add_below(language)
        self._banner = Banner(tr(N_("Reading only")), store.read_only, object_name="read_only")
        self._banner.setVisible(bool(store.read_only))
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        put_back = Banner(
            tr(N_("Another state of the casebook")), store.put_back, tone=Tone.RED, closable=True,
            object_name="put_back",
        )  # fmt: skip
        put_back.setVisible(bool(store.put_back))
        for widget in (self.top, self._banner, put_back):
            right.addWidget(widget)
        right.addWidget(self.stack, 1)
        right.addWidget(self.strip)
        middle = named(QWidget(), "desk")
        line = QHBoxLayout(middle)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self.nav)
        line.addLayout(right, 1)
        self.setCentralWidget(middle)

    def _build_actions(self) -> None:
        undo = self.top.add_button(
            "undo", tr(N_("Undo")), tooltip=tr(N_("Take back the last change (Ctrl+Z)"))
        )
        lock = self.top.add_button(
            "lock", tr(N_("Lock")), tooltip=tr(N_("Close the casebook at once (Ctrl+L)"))
        )
        new = self.top.add_button("new", tr(N_("+ New")), primary=True, tooltip=tr(N_("Ctrl+N")))
        self._new_menu = QMenu(new)
        for each in self._entries:
            if each.new:
                entry = self._new_menu.addAction(tr(each.new_text))
                entry.setObjectName(f"new.{each.key}")
                entry.triggered.connect(self._newer(each.key))
        undo.clicked.connect(self.desk.undo)
        lock.clicked.connect(self.lock)
        new.clicked.connect(lambda: self._new_menu.exec(new.mapToGlobal(new.rect().bottomLeft())))
        for name, keys, step in (
            ("action.undo", "Ctrl+Z", self.desk.undo),
            ("action.redo", "Ctrl+Shift+Z", self.desk.redo),
            ("action.call", "Ctrl+Shift+L", self.log_call),
            ("action.search", "Ctrl+Shift+K", lambda: self.search_all(self.top.search.text())),
            ("action.redo2", "Ctrl+Y", self.desk.redo),
            ("action.lock", "Ctrl+L", self.lock),
            ("action.new", "Ctrl+N", lambda: self.new(self.nav.selected())),
            *(
                (f"action.page{n}", f"Ctrl+{n}", self._goer(e.key))
                for n, e in enumerate(self._entries[:9], 1)
            ),
        ):
            action = named_action(self, name, keys)
            action.triggered.connect(step)
        for button in (undo, new):
            button.setEnabled(not self.desk.store.read_only)
            button.setVisible(self.desk.store.rights.role is not Role.REPRESENTATIVE)

    def _newer(self, key: str) -> Callable[[], None]:
        return lambda: self.new(key)

    def _goer(self, key: str) -> Callable[[], None]:
        return lambda: self.go(key)

    def _connect(self) -> None:
        self.nav.chosen.connect(self._enter)
        self.desk.go_to.connect(self.go)
        self.desk.changed.connect(self._on_change)
        self.desk.note.connect(self._on_note)
        self.desk.status.connect(self.strip.set_shown)
        self.top.search.typed.connect(self._search)
        self.top.search.chosen.connect(self._choose)

    # Going somewhere

    def page(self, key: str) -> Page:
        """Return the page of that key; it is made when it is first asked for."""
        if key not in self._pages:
            page = self._pages[key] = self._makers[key](self.desk)
            self.stack.addWidget(page)
            if isinstance(page, OverviewPage):
                page.narrowed.connect(self._narrow)
                page.new_case.connect(lambda: self.new("cases"))
        return self._pages[key]

    def go(self, key: str, record_id: str = "") -> None:
        """Show a page, and on it a record, unless the page that is left still holds something unsaved."""
        if self._bring(key):
            self.page(key).show_record(record_id)

    def _enter(self, key: str) -> None:
        """Show the page that was picked in the navigation, with the keyboard in it, so that its keys work."""
        self.go(key)
        page = self.stack.currentWidget()
        each: QWidget | None = page.nextInFocusChain() if page else None
        while page and each and each is not page:
            tabbed = bool(each.focusPolicy() & Qt.FocusPolicy.TabFocus) and each.isEnabled()
            if tabbed and each.isVisible() and page.isAncestorOf(each):
                each.setFocus(Qt.FocusReason.TabFocusReason)
                return
            each = each.nextInFocusChain()

    def _bring(self, key: str) -> bool:
        """Bring a page to the front; False if the one that is there may not be left."""
        now = self.stack.currentWidget()
        page = self.page(key)
        if isinstance(now, Page) and now is not page and not now.may_leave():
            self.nav.select(next(k for k, p in self._pages.items() if p is now))
            return False
        self.stack.setCurrentWidget(page)
        self.nav.select(key)
        # Where a representative answers, nothing has to be said about what they cannot change.
        self._banner.setVisible(bool(self.desk.store.read_only) and key != "my_review")
        return True

    def warm_up(self) -> None:
        """Make the pages nobody has gone to yet, one at a time while nothing else is to do.

        Reports wait until they are asked for: they bring ReportLab and QtPdf with them.
        """
        waiting = [e.key for e in self._entries if e.early and e.key not in self._pages]
        if not waiting or not self.isVisible():
            return
        page = self.page(waiting[0])
        if isinstance(page, ListPage):
            QTimer.singleShot(WARM_UP_MS, page, page.record)
        QTimer.singleShot(2 * WARM_UP_MS, self, self.warm_up)

    def _narrow(self, key: str) -> None:
        kind, _, which = key.rpartition(":")
        page = self.page(kind or "cases")
        if self._bring(kind or "cases"):
            page.narrow(which)

    def new(self, key: str) -> None:
        """Open the dialog for a new record of the page's kind; a case if the page has none."""
        if not self.desk.store.read_only:
            new_record(key if key in NEW else "cases", self, self.desk)

    def log_call(self) -> None:
        """Log a contact with the family of the record that is shown; elsewhere the family is asked for."""
        key = self.nav.selected()
        page = self.page(key)
        shown = page.record().record_id if isinstance(page, ListPage) and key in ("families", "cases") else ""
        family, case = (shown, "") if key == "families" else ("", shown)
        log_call(self, self.desk, family, case)

    def _search(self, text: str) -> None:
        """Search on another thread: a large casebook must not hold up the typing."""
        store = self.desk.store
        said = tr(N_("Searching…"))
        Background(self, said, lambda _: (text, search(store, text)), self._found, show_after=5000).start()

    def _found(self, result: tuple[str, list[Found]]) -> None:
        text, hits = result
        if text != self.top.search.text():
            return  # more was typed meanwhile
        offered = [
            Hit(
                f"{h.entity}:{h.id}",
                h.title,
                " · ".join(part for part in (h.why, h.snippet or h.detail) if part),
                ChipText(tr(BY_NAME[h.entity].singular)),
            )
            for h in hits
        ]
        every = Hit(
            f"{_ALL}:{text}", tr(N_("All results…")), tr(N_("by kind, with the reasons (Ctrl+Shift+K)"))
        )
        self.top.search.show_hits([*offered, every] if offered else [])

    def _choose(self, key: str) -> None:
        kind, _, rest = key.partition(":")
        if kind == _ALL:
            self.search_all(rest)
        else:
            self.desk.open(kind, rest)

    def search_all(self, text: str = "") -> None:
        """Show the page of the search, for this text if there is one."""
        self.go("search")
        page = self.page("search")
        if text and isinstance(page, SearchPage):
            page.look(text)

    # What changes

    def _on_change(self, change: Change) -> None:
        now = self.stack.currentWidget()
        if isinstance(now, Page):
            now.on_change(change)
        self._count()
        if not self._note_timer.isActive():
            self._show_saved()

    def _count(self) -> None:
        store = self.desk.store
        for entry in self._entries:
            if entry.counts:
                self.nav.set_count(entry.key, lists.count(store, entry.counts))
        made, late = promises_made(store)
        badge = ChipText(ntr("{n} overdue", "{n} overdue", late), Tone.RED) if late else None
        self.nav.set_count("promises", made)
        self.nav.set_badge("promises", badge)
        deciding, waiting = open_answers(store)
        said = ChipText(ntr("{n} to decide", "{n} to decide", deciding), Tone.AMBER)
        wait = ChipText(ntr("{n} waiting", "{n} waiting", waiting), Tone.GREY) if waiting else None
        self.nav.set_badge("reviews", said if deciding else wait)

        self._late.start()

    def _show_late(self, late: int) -> None:
        badge = ChipText(ntr("{n} overdue", "{n} overdue", late), Tone.RED) if late else None
        self.nav.set_badge("deadlines", badge)

    def _on_note(self, text: str) -> None:
        self.strip.set_saved(text)
        self._note_timer.start(NOTE_MS)

    def _show_saved(self) -> None:
        saved = self.desk.store.saved_at
        state = tr(N_("saved {time}"), time=f"{saved:%H:%M}") if saved else tr(N_("nothing changed yet"))
        self.strip.set_saved(tr(N_("Encrypted casebook · {state}"), state=state))
        self.strip.set_right(f"{self.desk.store.today():%d.%m.%Y}")

    # Leaving

    def _on_language(self, code: str) -> None:
        """Ask for the same window in another language, unless something unsaved is to stay."""
        now = self.stack.currentWidget()
        if not isinstance(now, Page) or now.may_leave():
            self.language_wanted.emit(code)

    def lock(self) -> None:
        """Close the casebook at once, after asking about what is not saved."""
        now = self.stack.currentWidget()
        if not isinstance(now, Page) or now.may_leave():
            self.lock_requested.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        now = self.stack.currentWidget()
        if isinstance(now, Page) and not now.may_leave():
            event.ignore()
            return
        cancel_and_wait(self)
        self.desk.close()
        self.closed.emit()
        super().closeEvent(event)


def named_action(window: QMainWindow, name: str, keys: str) -> QAction:
    """Return an action of the window that its shortcut sets off wherever the keyboard is."""
    action = QAction(window)
    action.setObjectName(name)
    action.setShortcut(QKeySequence(keys))
    window.addAction(action)
    return action
