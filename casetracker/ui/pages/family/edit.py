"""Recording a family, changing it, and giving it a case that is recorded already."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.model import Case, Family
from casetracker.model.people.person import folded
from casetracker.store import kin, lists, questions, relations
from casetracker.store.draft import Draft
from casetracker.store.store import Store
from casetracker.ui.desk import Desk
from casetracker.ui.editing.child_grid import ChildGrid
from casetracker.ui.editing.dialog import EditDialog
from casetracker.ui.editing.editors import name_of
from casetracker.ui.editing.form import Form
from casetracker.ui.editing.people import person_lookup
from casetracker.ui.style import px
from casetracker.ui.widgets.form_row import FormRow
from casetracker.ui.widgets.naming import button, label, named
from casetracker.ui.widgets.suggestions import Hit, Lookup, LookupEdit

_SPEAKS = ("petitioner_id", "representative_id", "contact_id")
_AUTHORITY = ("person_id", "case_id", "document", "number", "since", "until", "withdrawn")
_MEMBER = ("person_id", "kinship", "to_person_id", "whereabouts")


def new_family(parent: QWidget, desk: Desk) -> EditDialog:
    """Open the dialog for a new family."""
    draft = desk.store.draft(Family)
    dialog = _dialog(parent, desk, draft, tr(N_("New family")))
    dialog.before_saving(lambda: _petitioner_is_member(draft))
    dialog.open()
    return dialog


def edit_family(parent: QWidget, desk: Desk, family_id: str) -> EditDialog:
    """Open the dialog for a family and its members."""
    draft = desk.store.draft(Family, family_id)
    dialog = _dialog(parent, desk, draft, draft.values["name"])
    dialog.open()
    return dialog


def _dialog(parent: QWidget, desk: Desk, draft: Draft, title: str) -> EditDialog:
    store = desk.store
    dialog = EditDialog(parent.window(), store, draft, title)
    dialog.add_section(tr(N_("Family")), ("", Form(store, draft, ("name", *_SPEAKS, "safe_contact"))))
    people = person_lookup(store)
    members = ChildGrid(
        store, draft, "members", _MEMBER,
        lookups={"person_id": people, "to_person_id": people},
        widths={"kinship": 190, "to_person_id": 190, "whereabouts": 130},
    )  # fmt: skip
    section = dialog.add_section(tr(N_("Members")), ("members", members))
    section.add(KinshipSaid(store, draft, members))
    authorities = ChildGrid(
        store, draft, "authorities", _AUTHORITY,
        lookups={"person_id": people, "case_id": _cases(store, draft.id)},
        widths={"document": 190, "number": 100, "since": 92, "until": 92, "withdrawn": 92, "case_id": 150},
        defaults={"since": store.today()},
    )  # fmt: skip
    dialog.add_section(
        tr(N_("Authority to act")), ("authorities", authorities), opened=bool(draft.children["authorities"])
    )
    dialog.add_section(tr(N_("For the office only")), ("", Form(store, draft, ("notes",))), opened=False)
    dialog.before_saving(lambda: one_person_a_name(draft))
    dialog.finish()
    dialog.saved.connect(lambda family_id: desk.open("Family", family_id))
    return dialog


def _cases(store: Store, family_id: str) -> Lookup:
    """Return a lookup over the cases of the family alone: authority is for one of them, or for all."""
    with store.reader() as reader:
        cases = relations.cases_of_family(reader, family_id) if family_id else []
        known = [Hit(c.id, f"{questions.case_name(c, reader)} · {c.title}") for c in cases]
    return lambda text: [hit for hit in known if text.casefold() in hit.title.casefold()]


class KinshipSaid(QLabel):
    """Says below the members who is what to whom, both ways, while it is typed: sides are easily mixed up."""

    def __init__(self, store: Store, family: Draft, members: ChildGrid) -> None:
        super().__init__()
        named(self, "family.kinship_said")
        self.setProperty("role", "note")
        self.setWordWrap(True)
        self._store, self._members = store, members
        members.edited.connect(self._say)
        self._say()

    def _say(self) -> None:
        with self._store.reader() as reader:
            said = [
                kin.describe(reader, who.key, kind, whom.key)
                for row in self._members.grid.rows()
                if (who := row.values.get("person_id"))
                and (whom := row.values.get("to_person_id"))
                and (kind := row.values.get("kinship"))
            ]
        self.setText("\n".join(line for line in said if line))


def one_person_a_name(family: Draft) -> None:
    """Let a new person who was typed in several places (petitioner and member) be one person."""
    known: dict[str, Draft] = {}
    for draft, name in _places(family):
        person = draft.values.get(name)
        if isinstance(person, Draft):
            draft.values[name] = known.setdefault(folded(name_of(person)).strip(), person)


def _places(family: Draft) -> Iterator[tuple[Draft, str]]:
    """Yield where a person stands in the draft of a family."""
    for member in family.children.get("members", []):
        yield member, "person_id"
    yield from ((family, name) for name in _SPEAKS)
    for member in family.children.get("members", []):
        yield member, "to_person_id"


def _petitioner_is_member(family: Draft) -> None:
    """Put the petitioner among the members of a new family, whoever typed them only once."""
    petitioner = family.values.get("petitioner_id")
    members = family.children.setdefault("members", [])
    if petitioner and all(member.values.get("person_id") is not petitioner for member in members):
        ids = [member.values.get("person_id") for member in members]
        if petitioner not in ids:
            family.add("members", person_id=petitioner)


def link_case(parent: QWidget, desk: Desk, family_id: str) -> LinkCaseDialog:
    """Open the dialog that gives a family a case."""
    dialog = LinkCaseDialog(parent.window(), desk, family_id)
    dialog.open()
    return dialog


class LinkCaseDialog(QDialog):
    """Chooses a case that is recorded already; says so if it belongs to another family. `linked(case id)`."""

    linked = Signal(str)

    def __init__(self, parent: QWidget, desk: Desk, family_id: str) -> None:
        super().__init__(parent)
        title = tr(N_("Link a case to this family"))
        named(self, "link_case", title)
        self.setWindowTitle("Casetracker")  # task bars show titles
        self.resize(px(520), px(300))
        self._desk, self._family = desk, family_id
        self.case = LookupEdit(self._look, "link_case.case", tr(N_("Case")), eager=True)
        self.case.setPlaceholderText(tr(N_("a name in any spelling, or a reference")))
        self.row = FormRow(tr(N_("Case")), self.case, required=True)
        self.note = named(label("", "note", wrap=True), "link_case.note")
        self.case.picked.connect(self._on_picked)
        self.case.cleared.connect(lambda: self.note.setText(""))
        save = button(tr(N_("Link")), "link_case.save", kind="primary")
        save.setDefault(True)
        save.clicked.connect(self.save)
        cancel = button(tr(N_("Cancel")), "link_case.cancel")
        cancel.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 22, 16)
        layout.setSpacing(10)
        for part in (label(title, "head"), self.row, self.note):
            layout.addWidget(part)
        layout.addStretch(1)
        layout.addLayout(foot)
        self.case.setFocus()

    def _look(self, text: str) -> list[Hit]:
        return [Hit(key, title) for key, title in lists.options(self._desk.store, Case, text, limit=8)]

    def _on_picked(self, hit: Hit) -> None:
        self.row.set_problem("")
        with self._desk.store.reader() as reader:
            case = reader.get(Case, hit.key)
            family = case.ref("family_id") if case else None
        if family is None:
            self.note.setText("")
        elif family.id == self._family:
            self.note.setText(tr(N_("This case belongs to this family already.")))
        else:
            text = N_("Until now this case belongs to “{family}”; it will belong to this family instead.")
            self.note.setText(tr(text, family=family.title))

    def save(self) -> None:
        """Give the case its family; on success close."""
        hit = self.case.hit()
        if hit is None:
            self.row.set_problem(tr(N_("Pick a case of the list.")))
            self.case.setFocus()
            return
        try:
            draft = self._desk.store.draft(Case, hit.key)
            link = Draft(Case, draft.id, draft.version, {"family_id": self._family})
            self._desk.store.save(link, tr(N_("Link case {ref} to a family"), ref=draft.values["ref"]))
        except UserError as error:
            self.row.set_problem(str(error))
            return
        self.linked.emit(hit.key)
        self.accept()
