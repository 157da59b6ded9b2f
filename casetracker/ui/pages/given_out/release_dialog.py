"""Before a paper leaves: to whom, what they will learn, what is held back, what is let through and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from casetracker.errors import UserError
from casetracker.i18n import N_, ntr, tr
from casetracker.model.confidentiality import (
    AUDIENCE_LABELS,
    MAY_BE_LET_THROUGH,
    Audience,
    Sensitivity,
    kinds_held_back,
)
from casetracker.reports.make import Forecast, ReleaseWanted, Wanted
from casetracker.reports.portraits import in_words
from casetracker.store.releases import Override, require_reasons
from casetracker.store.store import Store
from casetracker.ui.pages.paper.protecting import ProtectionSection
from casetracker.ui.style import Tone, px
from casetracker.ui.widgets.banner import Banner
from casetracker.ui.widgets.form_row import FormRow
from casetracker.ui.widgets.frame import ScrollPage
from casetracker.ui.widgets.naming import button, label, named
from casetracker.ui.widgets.section import Section

Release = Callable[[Wanted, ReleaseWanted], object]
_TITLES = {True: N_("Give out: {paper}"), False: N_("Save for the office: {paper}")}


class ReleaseDialog(QDialog):
    """Asks for what the release register keeps; `give_out(wanted, release)` is called when all is said."""

    def __init__(
        self, parent: QWidget, wanted: Wanted, coming: Forecast, store: Store, give_out: Release
    ) -> None:
        self._outside = wanted.audience is not Audience.INTERNAL
        title = tr(_TITLES[self._outside], paper=tr(wanted.report.title))
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        named(self, "release_dialog", title)
        self.setWindowTitle("Casetracker")  # task bars show titles
        self.resize(px(680), px(600 if self._outside else 430))
        self._wanted, self._give_out = wanted, give_out
        self.addressee = named(QLineEdit(), "release.addressee", tr(N_("To whom it is given")))
        self.addressee.setPlaceholderText(tr(N_("person, office or organisation")))
        self._to = FormRow(tr(N_("To whom it is given")), self.addressee, required=True)
        page = ScrollPage("release.words", tr(N_("What this paper tells")))
        page.body.setContentsMargins(0, 0, 8, 0)
        page.body.setSpacing(10)
        page.body.addWidget(self._to)
        self._to.setVisible(self._outside)
        for banner in _words(wanted, coming) if self._outside else [_for_the_office()]:
            page.body.addWidget(banner)
        self.kinds: dict[Sensitivity, QCheckBox] = {}
        self.reason = named(QLineEdit(), "release.reason", tr(N_("Why")))
        self.by = named(QLineEdit(store.who), "release.by", tr(N_("Who decided it")))
        self._why = FormRow(tr(N_("Why")), self.reason)
        page.body.addWidget(self._exceptions())
        self.protecting = ProtectionSection(store, "release.protect")
        self.protecting.set_open(not self._outside)
        page.body.addWidget(self.protecting)
        page.body.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 22, 16)
        layout.setSpacing(12)
        layout.addWidget(label(title, "head", wrap=True))
        layout.addWidget(page, 1)
        layout.addLayout(self._buttons())
        QShortcut(QKeySequence("Ctrl+Return"), self, self.finish)
        (self.addressee if self._outside else self._ok).setFocus()

    def _exceptions(self) -> Section:
        """What is held back for these readers and may be let through: folded, because it is rarely used."""
        audience = self._wanted.audience
        offered = [kind for kind in kinds_held_back(audience) if kind in MAY_BE_LET_THROUGH]
        section = Section(tr(N_("Let something through for this paper")), "release.exceptions", opened=False)
        hint = N_(
            "Only of those who may be named to these readers, and never of children. The reason and the name "
            "are kept in the release register. Contacts, sources, numbers of papers, officers and relatives "
            "in China never leave."
        )
        section.body.addWidget(label(tr(hint), "note", wrap=True))
        for kind in offered:
            text = tr(kind.value)
            self.kinds[kind] = named(QCheckBox(text), f"release.let.{kind.name}", text)
            section.body.addWidget(self.kinds[kind])
        section.body.addWidget(self._why)
        section.body.addWidget(FormRow(tr(N_("Who decided it")), self.by))
        section.setVisible(bool(offered))
        return section

    def _buttons(self) -> QHBoxLayout:
        cancel = button(tr(N_("Cancel")), "release.cancel")
        cancel.clicked.connect(self.reject)
        ok = button(tr(N_("Choose the file…")), "release.ok", kind="primary", tooltip=tr(N_("Ctrl+Enter")))
        ok.clicked.connect(self.finish)
        ok.setDefault(True)
        self._ok = ok
        foot = QHBoxLayout()
        foot.addWidget(label(tr(N_("It is kept in the release register, and cannot be undone.")), "muted"), 1)
        foot.addWidget(cancel)
        foot.addWidget(ok)
        return foot

    def finish(self) -> None:
        """Give the paper out, if all is said that the register needs."""
        whom = self.addressee.text().strip()
        let = frozenset(kind for kind, box in self.kinds.items() if box.isChecked())
        overrides = tuple(Override(k, self.reason.text(), self.by.text()) for k in self.kinds if k in let)
        told = bool(whom) or not self._outside
        self._to.set_problem("" if told else tr(N_("Say to whom the paper is given.")))
        try:
            require_reasons(overrides)
        except UserError as error:
            self._why.set_problem(str(error))
            return
        self._why.set_problem("")
        try:
            protect = self.protecting.protection()
        except UserError:
            return  # it is said where it was typed
        if told:
            self.accept()
            self._give_out(replace(self._wanted, let_through=let), ReleaseWanted(whom, overrides, protect))


def _for_the_office() -> Banner:
    text = N_(
        "It holds what no reader outside gets: who told, contacts, notes. Whoever finds the file can read "
        "it, unless it is locked."
    )
    return Banner(tr(N_("For the office only")), tr(text), tone=Tone.AMBER, object_name="release.inside")


def _words(wanted: Wanted, coming: Forecast) -> list[Banner]:
    """Say what the reader will learn, what is held back, and which cases are left out."""
    readers = tr(AUDIENCE_LABELS[wanted.audience])
    learn = Banner(
        tr(N_("{readers} will be able to learn"), readers=readers),
        ", ".join(coming.told) + ".",
        tone=Tone.BLUE,
        object_name="release.learn",
    )
    children = tr(N_("Children are initials and age only."))
    held = Banner(
        tr(N_("Held back")),
        " ".join((", ".join(coming.held_back) + ".", "" if wanted.audience is Audience.FAMILY else children)),
        tone=Tone.GREEN,
        object_name="release.held",
    )
    found = [learn, held]
    if coming.portraits:
        lines = "\n".join(in_words(coming.portraits))
        found.append(Banner(tr(N_("Photographs")), lines, tone=Tone.BLUE, object_name="release.photographs"))
    if coming.submitter:
        title, lines = tr(N_("Contacts of the submitter")), "\n".join(coming.submitter)
        found.append(Banner(title, lines, tone=Tone.AMBER, object_name="release.submitter"))
    if coming.left_out:
        count = ntr(
            "{out} of {n} case is left out",
            "{out} of {n} cases are left out",
            coming.cases,
            out=len(coming.left_out),
        )
        lines = "\n".join(f"{ref}: {why}" for ref, why in coming.left_out)
        found.append(Banner(count, lines, tone=Tone.AMBER, object_name="release.left_out"))
    return found
