"""The review of a family: everything that is asked in a list, one thing at a time beside it, and the sending.

It is the same page in the program, in review mode on another computer, and when answers are keyed in from a
paper. It knows no casebook: it shows a packet and hands out answers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from casetracker import i18n
from casetracker.i18n import N_, ntr, tr
from casetracker.model.terms import label_of
from casetracker.model.work.review import Said
from casetracker.store.reviews.packet import LONGEST, Answers, Item, Packet, Reply
from casetracker.ui.pages.review.answering import ItemCard, reading
from casetracker.ui.style import Tone, px
from casetracker.ui.widgets.banner import Banner
from casetracker.ui.widgets.bidi import joined
from casetracker.ui.widgets.chip import ChipText
from casetracker.ui.widgets.form_row import FormRow
from casetracker.ui.widgets.frame import ScrollPage
from casetracker.ui.widgets.list_beside_page import ListBesidePage
from casetracker.ui.widgets.naming import button, label, named
from casetracker.ui.widgets.record_rows import RecordRow

KEEP_MS = 700  # after the last letter, before it is kept
_END = "end"
_TONE = {
    Said.CORRECT: Tone.GREEN,
    Said.WRONG: Tone.AMBER,
    Said.WITHHOLD: Tone.RED,
    Said.UNKNOWN: Tone.GREY,
    Said.ALLOW: Tone.GREEN,
    Said.REFUSE: Tone.RED,
    Said.AGREE: Tone.GREEN,
    Said.DISAGREE: Tone.RED,
}


class ReviewSheet(QWidget):
    """Takes the answers to a packet. `kept(Answers)` as they are given, `sent(Answers)` at the end."""

    kept = Signal(object)
    sent = Signal(object)

    def __init__(
        self,
        packet: Packet,
        answers: Answers | None = None,
        *,
        signed: str = "",
        today: Callable[[], dt.date] = dt.date.today,
    ) -> None:
        super().__init__()
        self._today = today
        named(self, "review_sheet")
        self.packet = packet
        self._items = {str(item.number): item for item in packet.items}
        self._case_of = {str(i.number): case for case in packet.cases for i in case.items}
        fitting = answers is not None and answers.digest == packet.digest
        self.answers = (
            answers if answers and fitting else Answers(packet.review, packet.digest, signed=signed)
        )
        self._now = ""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._keep)
        with i18n.language(packet.language):
            self._build()
            self._fill_list()
        self.go(next((key for key, item in self._items.items() if not self._reply(item)), _END))

    # Putting it together

    def _build(self) -> None:
        self.title = named(label("", "title", wrap=True, selectable=True), "review.title")
        self.subtitle = named(label("", "lead", wrap=True), "review.subtitle")
        self.progress = named(QProgressBar(), "review.progress", tr(N_("Answered")))
        self.progress.setRange(0, len(self._items))
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(px(6))
        self.counted = named(label("", "muted"), "review.counted")
        head = named(QWidget(), "review.head")
        lines = QVBoxLayout(head)
        lines.setContentsMargins(px(24), px(16), px(24), px(12))
        lines.setSpacing(px(4))
        under = QHBoxLayout()
        under.addWidget(self.progress, 1)
        under.addSpacing(px(12))
        under.addWidget(self.counted)
        lines.addWidget(self.title)
        lines.addWidget(self.subtitle)
        lines.addLayout(under)
        split = ListBesidePage("review", tr(N_("What you are asked")), list_width=330)
        self.list = split.pane.list
        self.list.chosen.connect(self._on_chosen)
        self.card = ItemCard(self.packet.language)
        self.card.changed.connect(self._on_answer)
        self.end = self._make_end()
        self._stack = QStackedWidget()
        self._asking = ScrollPage("review.item", tr(N_("What is recorded")))
        self._asking.body.addWidget(self.card)
        self._asking.body.addLayout(self._ways())
        self._asking.body.addStretch(1)
        self._stack.addWidget(self._asking)
        self._stack.addWidget(self.end)
        split.set_page(self._stack)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(split, 1)
        self._add_keys()

    def _ways(self) -> QHBoxLayout:
        self.back = button(tr(N_("Back")), "review.back", tooltip=tr(N_("Alt+Left")))
        self.next = button(tr(N_("Next")), "review.next", kind="primary", tooltip=tr(N_("Alt+Right")))
        self.back.clicked.connect(lambda: self._step(-1))
        self.next.clicked.connect(lambda: self._step(1))
        self.hint = label(tr(N_("Keys: 1 to 4 answer, Alt and an arrow go on.")), "note", wrap=True)
        line = QHBoxLayout()
        line.setSpacing(px(10))
        line.addWidget(self.hint, 1)
        line.addWidget(self.back)
        line.addWidget(self.next)
        return line

    def _make_end(self) -> QWidget:
        page = ScrollPage("review.end", tr(N_("At the end")))
        self.missing = Banner(object_name="review.missing")
        self.comment = named(QPlainTextEdit(self.answers.comment), "review.comment",
                             tr(N_("What else the office should know")))  # fmt: skip
        self.comment.setTabChangesFocus(True)
        self.comment.setFixedHeight(px(96))
        self.comment.textChanged.connect(self._later)
        self.signed = named(QLineEdit(self.answers.signed), "review.signed", tr(N_("Your name")))
        self.signed.setMaxLength(300)
        self.signed.textChanged.connect(self._later)
        self.send = button(tr(N_("Send to the office")), "review.send", kind="primary")
        self.send.setMinimumHeight(px(40))
        self.send.clicked.connect(self._on_send)
        last = button(tr(N_("Back")), "review.end_back")
        last.clicked.connect(lambda: self._step(-1))
        self._signed_row = FormRow(tr(N_("Your name, in place of a signature")), self.signed, required=True)
        line = QHBoxLayout()
        line.addWidget(last)
        line.addStretch(1)
        line.addWidget(self.send)
        page.body.addWidget(label(tr(N_("Thank you. Read it over, and send it.")), "head", wrap=True))
        page.body.addWidget(self.missing)
        page.body.addWidget(FormRow(tr(N_("What else the office should know")), self.comment))
        page.body.addWidget(self._signed_row)
        told = N_(
            "Your answers change nothing by themselves: the office looks at each of them. What you do not "
            "want to be shared is held back at once."
        )
        page.body.addWidget(label(tr(told), "muted", wrap=True))
        page.body.addLayout(line)
        page.body.addStretch(1)
        return page

    def _add_keys(self) -> None:
        for keys, step in (
            ("Alt+Right", lambda: self._step(1)),
            ("Alt+Left", lambda: self._step(-1)),
            *((str(n), lambda which=n: self._key(which)) for n in range(1, 5)),
        ):
            made = QShortcut(QKeySequence(keys), self, step)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # What is shown

    def go(self, key: str) -> None:
        """Show an item by its number, or the end."""
        self._now = key
        self.list.select(key)
        case = self._case_of.get(key)
        with i18n.language(self.packet.language):
            if case is not None:
                self.title.setText(case.name)
                self.subtitle.setText(joined((*case.others[:3], case.ref)))
                item = self._items[key]
                self.card.show_item(item, self._reply(item))
                self._stack.setCurrentWidget(self._asking)
                self.back.setEnabled(key != next(iter(self._items)))
            else:
                self.title.setText(tr(N_("At the end")))
                self.subtitle.setText(joined((self.packet.review, self.packet.office)))
                self._stack.setCurrentWidget(self.end)
            self._count()

    def _key(self, number: int) -> None:
        if self._stack.currentWidget() is self._asking:
            self.card.answer(number)

    def _step(self, by: int) -> None:
        keys = [*self._items, _END]
        at = keys.index(self._now) + by
        if 0 <= at < len(keys):
            self.go(keys[at])

    def _on_chosen(self, key: str) -> None:
        if key != self._now and (key in self._items or key == _END):
            self.go(key)

    def _fill_list(self) -> None:
        several = len(self.packet.cases) > 1
        rows = []
        for key, item in self._items.items():
            left = f"{self._case_of[key].name} · {item.group}" if several else item.group
            title, beside = reading(item)
            left = f"{left} · {beside}" if beside else left
            rows.append(RecordRow(key, title, left, chip=self._chip(item)))
        rows.append(RecordRow(_END, tr(N_("At the end")), tr(N_("your name, and sending"))))
        self.list.set_rows(rows)

    def _chip(self, item: Item) -> ChipText | None:
        reply = self._reply(item)
        return ChipText(label_of(reply.said), _TONE[reply.said]) if reply else None

    def _reply(self, item: Item) -> Reply | None:
        return self.answers.replies.get(item.number)

    def _count(self) -> None:
        done, every = len(self.answers.replies), len(self._items)
        self.progress.setValue(done)
        self.counted.setText(ntr("{done} of {n} answered", "{done} of {n} answered", every, done=done))
        left = every - done
        self.missing.setVisible(bool(left))
        self.missing.set(
            ntr("{n} thing is not answered.", "{n} things are not answered.", left),
            tr(N_("You may leave them out; the office will see which ones.")),
        )

    # What is answered

    def _on_answer(self) -> None:
        item = self._items.get(self._now)
        if item is None:
            return
        replies = dict(self.answers.replies)
        reply = self.card.reply()
        if reply is None:
            replies.pop(item.number, None)
        else:
            replies[item.number] = reply
        changed = replies.keys() != self.answers.replies.keys() or (
            reply is not None and self.answers.replies[item.number].said is not reply.said
        )
        self.answers = replace(self.answers, replies=replies)
        if changed:
            with i18n.language(self.packet.language), QSignalBlocker(self.list):
                self._fill_list()
                self._count()
            self.list.select(self._now)
            self._keep()
        else:
            self._later()

    def _later(self) -> None:
        self._soon.start(KEEP_MS)

    def _keep(self) -> None:
        self._soon.stop()
        self.kept.emit(self.told())

    def told(self) -> Answers:
        """Return what was answered so far."""
        return replace(
            self.answers,
            comment=self.comment.toPlainText().strip()[:LONGEST],
            signed=self.signed.text().strip()[:300],
        )

    def keep_now(self) -> None:
        """Keep what waits to be kept: the page is left."""
        if self._soon.isActive():
            self._keep()

    def _on_send(self) -> None:
        self._soon.stop()
        with i18n.language(self.packet.language):
            nobody = not self.signed.text().strip()
            self._signed_row.set_problem(tr(N_("Please write your name.")) if nobody else "")
        if nobody:
            self.signed.setFocus()
            return
        self.sent.emit(replace(self.told(), on=self._today().isoformat(), done=True))
