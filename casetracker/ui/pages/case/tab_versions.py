"""The contradiction board of a case: who says what about the facts on which sources differ."""

from __future__ import annotations

from casetracker.i18n import N_, tr
from casetracker.model.detention.custody import Standing
from casetracker.model.terms import label_of
from casetracker.store import versions
from casetracker.store.versions import Dispute, Side, Version
from casetracker.ui.desk import Desk
from casetracker.ui.editing.reason_dialog import ReasonDialog
from casetracker.ui.pages.case.data import CaseData
from casetracker.ui.pages.case.tabs import CaseTab
from casetracker.ui.style import Tone
from casetracker.ui.widgets.naming import label, named
from casetracker.ui.widgets.version_board import BoardRow, VersionBoard, VersionText


class VersionsTab(CaseTab):
    """The versions side by side; Enter on one lets it count, with a reason, and undo takes that back."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "versions", tr(N_("Versions")))
        self._rows: list[Dispute] = []
        card = self.card(tr(N_("Where sources differ")), "versions")
        self._help = label(
            tr(
                N_(
                    "Choose the version that counts and say why: it becomes the value on record, and the "
                    "others stay beside it, set aside. Papers for officials show the one that counts."
                )
            ),
            "muted",
            wrap=True,
        )
        self._none = named(
            label(
                tr(
                    N_(
                        "No source says otherwise. Cite a source on any fact (Ctrl+Shift+C) and mark that it "
                        "says otherwise; the versions then stand here side by side."
                    )
                ),
                "muted",
                wrap=True,
            ),
            "versions.none",
        )
        self._board = VersionBoard([tr(s.value) for s in Side], "versions", tr(N_("Where sources differ")))
        self._board.chosen.connect(self.let_count)
        for widget in (self._help, self._none, self._board):
            card.add(widget)
        self.body.addStretch(1)

    def fill(self, data: CaseData) -> None:
        self._rows = versions.board(self.desk.store, data.id)
        self._none.setVisible(not self._rows)
        self._help.setVisible(bool(self._rows))
        self._board.setVisible(bool(self._rows))
        fixed = bool(self.desk.store.read_only)
        self._board.set_rows([_row(row) for row in self._rows], fixed=fixed)

    def let_count(self, key: str) -> ReasonDialog:
        """Ask for the reason and let a version count."""
        row, version = next((r, v) for r in self._rows for v in r.versions if v.key == key)
        text = tr(N_("{what}: {version}"), what=row.what, version=version.text)
        dialog = ReasonDialog(
            self.window(),
            tr(N_("This version counts")),
            " — ".join(p for p in (text, version.source) if p),
            tr(N_("This one counts")),
            lambda reason: self._decide(key, reason),
        )
        dialog.open()
        return dialog

    def _decide(self, key: str, reason: str) -> None:
        if not versions.let_count(self.desk.store, self.case_id, key, reason):
            said = tr(N_("It counts now. The value on record could not be taken from it; change it by hand."))
            self.desk.note.emit(said)


def _row(row: Dispute) -> BoardRow:
    return BoardRow(
        row.what,
        row.about,
        row.value,
        [[_version(v) for v in row.versions if v.side is side] for side in Side],
        row.decided,
        tr(N_("decided")) if row.decided else tr(N_("not decided")),
        Tone.GREEN if row.decided else Tone.AMBER,
    )


def _version(version: Version) -> VersionText:
    tone = Tone.GREEN if version.standing is Standing.COUNTS else Tone.GREY
    source = " · ".join(part for part in (version.source, version.grade) if part)
    chip = label_of(version.standing) if version.standing else ""
    return VersionText(version.key, version.text, version.detail, source, chip, tone, version.reason)
