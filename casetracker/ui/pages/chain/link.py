"""Writing down a link: what it leads to, found while typing, how the two are linked and how sure that is."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from casetracker.i18n import N_, tr
from casetracker.model import ChainLink
from casetracker.model.entity import fields_of
from casetracker.model.events.chain import Joint, Strength
from casetracker.store import chain_nodes, linkable
from casetracker.store.draft import Draft
from casetracker.store.store import Store
from casetracker.ui.desk import Desk
from casetracker.ui.editing.dialog import EditDialog
from casetracker.ui.editing.form import Form
from casetracker.ui.style import Tone
from casetracker.ui.widgets.chip import ChipText
from casetracker.ui.widgets.form_row import FormRow
from casetracker.ui.widgets.suggestions import Hit, Lookup, LookupEdit

_AFTER = ("strength", "note", "source")


def target_lookup(store: Store, but: str) -> Lookup:
    """Return a lookup over all that can stand in a chain, without the record itself."""

    def look(text: str) -> list[Hit]:
        return [
            Hit(
                f"{node.kind}:{node.id}", node.title, node.when,
                ChipText(node.sort, Tone(node.tone)),
            )
            for node in linkable.find(store, text, but=but)
        ]  # fmt: skip

    return look


class LinkForm(Form):
    """The fields of a link, the other record first."""

    def __init__(self, store: Store, draft: Draft) -> None:
        super().__init__(store, draft, ("joint",))
        about = draft.values["about_id"]
        self.target = LookupEdit(target_lookup(store, about), "target", tr(N_("Linked with")), eager=True)
        self.target.setPlaceholderText(tr(N_("a title, a place, an office, a name; or ↓ for the latest")))
        self.target.picked.connect(self._on_change)
        self.target.cleared.connect(self._on_change)
        self._target_row = FormRow(tr(N_("Linked with")), self.target, required=True)
        self._grid.add(self._target_row)
        for name in _AFTER:
            self._add(fields_of(ChainLink)[name], store)
        if draft.values.get("to_id"):
            with store.reader() as reader:
                node = chain_nodes.node_of(reader, draft.values["to"], draft.values["to_id"])
            self.target.set_hit(Hit(f"{node.kind}:{node.id}", node.title) if node else None)

    def collect(self) -> dict[str, str]:
        hit = self.target.hit()
        problems = super().collect()
        if hit is None:
            problems["to_id"] = tr(N_("Say with what this is linked; pick a line of the list."))
        else:
            self.draft.values["to"], self.draft.values["to_id"] = hit.key.split(":", 1)
        self.show_problems(problems)
        return problems

    def show_problems(self, problems: dict[str, str]) -> dict[str, str]:
        self._target_row.set_problem(problems.get("to_id", ""))
        return super().show_problems({n: text for n, text in problems.items() if n != "to_id"})

    def focus_first(self, problems: dict[str, str]) -> bool:
        if "to_id" in problems:
            self.target.setFocus()
            return True
        return super().focus_first(problems)


def new_link(parent: QWidget, desk: Desk, kind: str, record_id: str) -> EditDialog:
    """Open the dialog for a new link of a record."""
    draft = desk.store.draft(ChainLink)
    draft.values |= {"about": kind, "about_id": record_id, "joint": Joint.FOLLOWS}
    draft.values["strength"] = Strength.PLAUSIBLE
    return _dialog(parent, desk, draft)


def edit_link(parent: QWidget, desk: Desk, link_id: str) -> EditDialog:
    """Open the dialog for a link that is there; it reads from the record that it hangs on."""
    return _dialog(parent, desk, desk.store.draft(ChainLink, link_id))


def _dialog(parent: QWidget, desk: Desk, draft: Draft) -> EditDialog:
    store = desk.store
    with store.reader() as reader:
        node = chain_nodes.node_of(reader, draft.values["about"], draft.values["about_id"])
    title = tr(N_("“{title}” is linked with…"), title=node.title if node else "")
    dialog = EditDialog(parent.window(), store, draft, title)
    form = LinkForm(store, draft)
    dialog.add_section(tr(N_("Link")), ("", form))
    dialog.before_saving(lambda: linkable.require_sound(store, draft))
    dialog.finish()
    dialog.open()
    form.target.setFocus()
    return dialog
