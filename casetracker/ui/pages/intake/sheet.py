"""The one page on which a minimal case is taken down: who speaks, consent, who is held, what happened."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal

from casetracker.errors import Invalid, UserError
from casetracker.i18n import N_, tr
from casetracker.model.sources.consent import Answer
from casetracker.store import intake
from casetracker.store.draft import Draft
from casetracker.store.store import Store
from casetracker.ui.editing.form import Form
from casetracker.ui.editing.keeping import Keeper, KeptOffer
from casetracker.ui.editing.likely import LikelyPeople
from casetracker.ui.pages.intake.consent_ask import ConsentAsk
from casetracker.ui.style import Tone
from casetracker.ui.widgets.banner import Banner
from casetracker.ui.widgets.card import Card
from casetracker.ui.widgets.card_columns import CardColumns
from casetracker.ui.widgets.frame import ScrollPage
from casetracker.ui.widgets.naming import label


class IntakeSheet(ScrollPage):
    """`saved(case_id)` when the case was written; `edited` when something was typed."""

    saved = Signal(str)
    edited = Signal()

    def __init__(self, store: Store, entry_id: str) -> None:
        super().__init__("intake.sheet", tr(N_("Taking down")))
        self._store = store
        self.sheet = intake.sheet(store, entry_id)
        self.dirty = False
        self._parts: dict[str, Form] = {}
        self._problem = Banner(tone=Tone.RED, object_name="intake.problem")
        self._problem.hide()
        self.body.addWidget(self._problem)
        self._gate = Banner(object_name="intake.gate")
        columns = CardColumns(left=1, right=1)
        columns.add(self._speaker())
        columns.add(self._consent())
        self._held = columns.add(self._relative())
        self._what = columns.add(self._happened())
        self.body.addWidget(columns)
        self.body.addStretch(1)
        self.ask.changed.connect(self._on_answer)
        self._on_answer()
        self.dirty = False
        # What was said before somebody refused must not be kept either.
        self.keeper = Keeper(store, lambda: [columns], self, allowed=lambda: not self.refused())
        self.kept = KeptOffer(self.keeper, "intake.kept")
        self.body.insertWidget(1, self.kept)
        self.kept.offer(self.keeper.begin(f"intake:{entry_id}"))

    def forget(self) -> None:
        """Throw away what was kept while it was typed: it is saved, or not wanted."""
        self.keeper.end()

    # The four cards

    def _form(self, address: str, draft: Draft, *names: str, labels: Mapping[str, str] | None = None) -> Form:
        made = self._parts[address] = Form(self._store, draft, names, labels=labels, optional=bool(labels))
        made.edited.connect(self._on_edited)
        return made

    def _speaker(self) -> Card:
        card = Card(tr(N_("1 · Who speaks")), "card.speaker")
        person, sheet = self.sheet.petitioner, self.sheet
        card.add(self._form("petitioner.names.0", person.children["names"][0], "full"))
        card.add(self._form("family.members.0", sheet.family.children["members"][0], "kinship"))
        phone = {"value": N_("Telephone (never printed)")}
        card.add(self._form("petitioner.contacts.0", person.children["contacts"][0], "value", labels=phone))
        card.add(self._form("entry", sheet.entry, "language", "interpreter"))
        card.fill_up()
        return card

    def _consent(self) -> Card:
        card = Card(tr(N_("2 · Consent first")), "card.consent")
        self.ask = ConsentAsk(intake.ASKED_FIRST)
        card.add(
            label(tr(N_("Explain, then ask. Press A for yes, R for no, N for not asked.")), "note", wrap=True)
        )
        card.add(self.ask)
        card.add(self._gate)
        card.fill_up()
        return card

    def _relative(self) -> Card:
        card = Card(tr(N_("3 · Who is detained")), "card.relative")
        person = self.sheet.relative
        first, second = person.children["names"]
        names = self._form("relative.names.0", first, "full")
        other = self._form(
            "relative.names.1", second, "full", labels={"full": N_("Another spelling (passport, Chinese)")}
        )
        facts = self._form("relative", person, "sex", "birth", "birthplace", "ethnicity")
        for part in (names, LikelyPeople(self.saved, self._store, person, names, other, facts), other, facts):
            card.add(part)
        card.fill_up()
        return card

    def _happened(self) -> Card:
        card = Card(tr(N_("4 · What happened")), "card.happened")
        case = self.sheet.case
        (episode,), (source,) = case.children["episodes"], case.children["sources"]
        (custody,) = episode.children["custody"]
        card.add(self._form("case.episodes.0", episode, "arrested", "county"))
        card.add(self._form("case.episodes.0.custody.0", custody, "kind"))
        card.add(self._form("case.sources.0", source, "channel"))
        card.add(self._form("case", case, "account", "request"))
        card.fill_up()
        return card

    # What is typed

    def _on_edited(self) -> None:
        self.dirty = True
        self.edited.emit()

    def _on_answer(self) -> None:
        """Open the rest of the page once it may be written down at all."""
        self.sheet.answers = self.ask.answers()
        keep = self.sheet.agreed_to_keep
        refused = self.sheet.answers[intake.ASKED_FIRST[0]] is Answer.REFUSES
        text = (
            tr(N_("Nothing may be kept. Press F9: the place in the queue is closed without a name."))
            if refused
            else tr(N_("Ask the first question; the rest of the page opens when it is agreed to."))
        )
        self._gate.set("", text, Tone.RED if refused else Tone.AMBER)
        self._gate.setVisible(not keep)
        for card in (self._held, self._what):
            card.setEnabled(keep)
        self._on_edited()

    def focus_first(self) -> None:
        """Put the keyboard where the talk begins."""
        self._parts["petitioner.names.0"].editor("full").setFocus()

    def refused(self) -> bool:
        """Whether nothing may be kept."""
        return self.ask.answers()[intake.ASKED_FIRST[0]] is Answer.REFUSES

    def save(self) -> bool:
        """Write the case as one action; otherwise say what is wrong, beside the field."""
        problems: dict[str, str] = {}
        for address, part in self._parts.items():
            problems |= {f"{address}.{name}": text for name, text in part.collect().items()}
        self.sheet.answers = self.ask.answers()
        if not problems:
            try:
                case_id = intake.take_down(self._store, self.sheet)
            except Invalid as error:
                problems = error.problems
            except UserError as error:
                problems = {"": str(error)}
            else:
                self.dirty = False
                self.saved.emit(case_id)
                return True
        self._show(problems)
        return False

    def _show(self, problems: dict[str, str]) -> None:
        left = dict(problems)
        for address, part in self._parts.items():
            own = {key.removeprefix(f"{address}."): key for key in problems if key.startswith(f"{address}.")}
            missed = part.show_problems({name: problems[key] for name, key in own.items()})
            for name in own.keys() - missed.keys():
                left.pop(own[name], None)
        text = " ".join(dict.fromkeys(left.values()))
        self._problem.set("", text or tr(N_("Some fields need a look; nothing was lost.")), Tone.RED)
        self._problem.show()
        for part in self._parts.values():
            if part.focus_first(part.shown_problems()):
                return
