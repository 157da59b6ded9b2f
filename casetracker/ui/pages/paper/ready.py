"""What a route asks for and how far the case has it, each with a link to where it is written down."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from casetracker.i18n import N_, ntr, tr
from casetracker.store.readiness import Item, State
from casetracker.ui.desk import Desk
from casetracker.ui.style import Tone
from casetracker.ui.widgets.chip import Chip
from casetracker.ui.widgets.naming import button, label, named
from casetracker.ui.widgets.section import Section

_TONES = {State.MISSING: Tone.RED, State.WEAK: Tone.AMBER, State.OK: Tone.GREEN}

_LONGEST = 34  # letters of a link beside its chip


class ReadyList(Section):
    """A line for each thing that is asked for: what it is, a chip, what is there; Enter opens the record."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(tr(N_("What this paper needs")), "ready")
        self._desk = desk
        self._lines: QWidget | None = None
        self.hide()

    def set_items(self, items: Sequence[Item]) -> None:
        """Show these; nothing at all without any."""
        if self._lines is not None:
            self.body.removeWidget(self._lines)
            self._lines.deleteLater()
        self._lines = named(QWidget(), "ready.lines")
        layout = QVBoxLayout(self._lines)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for place, item in enumerate(items):
            self._add(layout, place, item)
        self.add(self._lines)
        lacking = sum(1 for item in items if item.state is not State.OK)
        self.set_note(ntr("{n} to see to", "{n} to see to", lacking) if lacking else tr(N_("all there")))
        self.setVisible(bool(items))

    def _add(self, layout: QVBoxLayout, place: int, item: Item) -> None:
        state = tr(item.state.value)
        text = item.label if len(item.label) < _LONGEST else f"{item.label[: _LONGEST - 2]}…"
        link = button(text, f"ready.{place}", kind="link", tooltip=f"{item.label}\n{item.said}".strip())
        link.setAccessibleName(f"{item.label}: {state}")
        link.clicked.connect(lambda: self._desk.open(*item.target))
        line = QHBoxLayout()
        line.addWidget(link)
        line.addStretch(1)
        line.addWidget(Chip(state, _TONES[item.state]))
        layout.addLayout(line)
        if item.said:
            layout.addWidget(label(item.said, "note", wrap=True))
