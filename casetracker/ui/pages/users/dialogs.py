"""The dialogs of the page of users: a new user, another role, a passphrase, somebody who leaves."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from casetracker.errors import Invalid, UserError
from casetracker.i18n import N_, tr
from casetracker.jobs import Cancelled
from casetracker.model import Family
from casetracker.model.people.user import Role
from casetracker.store import lists
from casetracker.store.store import Store
from casetracker.store.users import UserLine
from casetracker.ui.background import Background, Work
from casetracker.ui.new_casebook_steps import PassphraseStep
from casetracker.ui.pages.users.words import COPIES, MEANING, ROLES_GUARD
from casetracker.ui.style import px
from casetracker.ui.widgets.naming import button, label, named
from casetracker.ui.widgets.passphrase_edit import PassphraseEdit

_MOST_FAMILIES = 500


class AskingDialog(QDialog):
    """A title, what is asked, a place for what went wrong, and the buttons.

    `do` is called with the dialog when its button is pressed; `attempt` runs slow work and closes it.
    """

    def __init__(
        self, parent: QWidget, object_name: str, title: str, action: str, *, danger: bool = False
    ) -> None:
        super().__init__(parent)
        named(self, object_name, title)
        self.setWindowTitle("Casetracker")  # task bars show titles
        self.setMinimumWidth(px(520))
        self.do: Callable[[], None] = self.accept
        self.result_: object = None
        self._problem = named(label("", "problem", wrap=True), f"{object_name}.problem")
        self._problem.hide()
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        self.go = button(action, f"{object_name}.go", kind="danger" if danger else "primary")
        self.go.clicked.connect(self._on_go)
        self.cancel = button(tr(N_("Cancel")), f"{object_name}.cancel")
        self.cancel.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.go)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 22, 16)
        layout.setSpacing(12)
        layout.addWidget(label(title, "head", wrap=True))
        layout.addLayout(self.body)
        layout.addWidget(self._problem)
        layout.addLayout(foot)

    def _on_go(self) -> None:
        self.do()

    def problem(self) -> str:
        """What was said to be wrong."""
        return self._problem.text()

    def say(self, text: str) -> None:
        """Say what is wrong beside the buttons; "" takes it away."""
        self._problem.setText(text)
        self._problem.setVisible(bool(text))

    def attempt(self, work: Work) -> None:
        """Do something that takes a second on another thread; close when it is done, else say why not."""
        self.say("")
        self.go.setEnabled(False)
        Background(self, self.accessibleName(), work, self._done, failed=self._failed).start()

    def _done(self, result: object) -> None:
        self.result_ = result
        self.accept()

    def _failed(self, error: BaseException) -> None:
        self.go.setEnabled(True)
        if isinstance(error, Invalid):
            self.say(" ".join(error.problems.values()))
        elif isinstance(error, UserError):
            self.say(str(error))
        elif not isinstance(error, Cancelled):
            raise error


class RoleChoice(QWidget):
    """Which role; and for a representative, which families."""

    def __init__(self, store: Store, role: Role = Role.CASE_WORKER, families: Sequence[str] = ()) -> None:
        super().__init__()
        named(self, "user.roles", tr(N_("What this user may do")))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self.choices: dict[Role, QRadioButton] = {}
        for each in Role:
            choice = named(QRadioButton(tr(each.value)), f"user.role.{each.name.lower()}", tr(each.value))
            choice.setAccessibleDescription(tr(MEANING[each]))
            choice.setChecked(each is role)
            choice.toggled.connect(self._on_role)
            self.choices[each] = choice
            meaning = label(tr(MEANING[each]), "note", wrap=True)
            meaning.setContentsMargins(24, 0, 0, 4)
            layout.addWidget(choice)
            layout.addWidget(meaning)
        self.families = named(QListWidget(), "user.families", tr(N_("Families of this representative")))
        self.families.setMinimumHeight(px(120))
        for key, name in lists.options(store, Family, limit=_MOST_FAMILIES):
            line = QListWidgetItem(name)
            line.setData(Qt.ItemDataRole.UserRole, key)
            line.setCheckState(Qt.CheckState.Checked if key in families else Qt.CheckState.Unchecked)
            self.families.addItem(line)
        layout.addWidget(self.families)
        self._on_role()

    def role(self) -> Role:
        """The role that is chosen."""
        return next(role for role, choice in self.choices.items() if choice.isChecked())

    def chosen(self) -> tuple[str, ...]:
        """The ids of the families that are ticked."""
        lines = [self.families.item(n) for n in range(self.families.count())]
        ticked = [line for line in lines if line.checkState() == Qt.CheckState.Checked]
        return tuple(str(line.data(Qt.ItemDataRole.UserRole)) for line in ticked)

    def _on_role(self) -> None:
        self.families.setVisible(self.choices[Role.REPRESENTATIVE].isChecked())


class UserDialog(AskingDialog):
    """A new user, or another role for one."""

    def __init__(self, parent: QWidget, store: Store, line: UserLine | None = None) -> None:
        title = tr(N_("New user")) if line is None else tr(N_("What may {name} do?"), name=line.name)
        super().__init__(parent, "user", title, tr(N_("Add")) if line is None else tr(N_("Save")))
        self.name = named(QLineEdit(line.name if line else ""), "user.name", tr(N_("Name of the user")))
        self.name.setMaxLength(80)
        if line is None:
            self.body.addWidget(label(tr(N_("Name, as it is to stand in the history")), "muted"))
            self.body.addWidget(self.name)
        families = [key for key, _ in line.families] if line else ()
        self.roles = RoleChoice(store, line.role if line else Role.CASE_WORKER, families)
        self.body.addWidget(self.roles)
        self.body.addWidget(label(tr(ROLES_GUARD), "note", wrap=True))


class WordsDialog(AskingDialog):
    """The first passphrase of somebody, shown once."""

    def __init__(self, parent: QWidget, name: str, words: str) -> None:
        super().__init__(
            parent, "words", tr(N_("First passphrase of {name}"), name=name), tr(N_("I told them"))
        )
        self.cancel.hide()
        self.words = named(label(words, "head", wrap=True, selectable=True), "words.words", words)
        self.body.addWidget(self.words)
        said = N_(
            "Tell it face to face, not by message. It is shown only now. At the first sign-in a passphrase "
            "of their own is asked for, and this one no longer opens."
        )
        self.body.addWidget(label(tr(said), "muted", wrap=True))


class OwnPassphraseDialog(AskingDialog):
    """One's own passphrase: the present one, and the new one twice."""

    def __init__(self, parent: QWidget, why: str = "") -> None:
        super().__init__(parent, "own", tr(N_("Change your passphrase")), tr(N_("Change")))
        if why:
            self.body.addWidget(label(why, wrap=True))
        self.old = PassphraseEdit("own.old", tr(N_("Present passphrase")))
        self.new = PassphraseStep()
        self.body.addWidget(label(tr(N_("Present passphrase")), "muted"))
        self.body.addWidget(self.old)
        self.body.addWidget(self.new)
        said = N_("Copies and backups that were made before still open with the present passphrase.")
        self.body.addWidget(label(tr(said), "note", wrap=True))

    def ready(self) -> bool:
        """Whether both are typed well; what is missing is said beside them."""
        return self.new.ready() and bool(self.old.text())


class LeaveDialog(AskingDialog):
    """How somebody leaves: the slot only, or a new key for all who stay."""

    def __init__(self, parent: QWidget, name: str, losing: Sequence[str]) -> None:
        title = tr(N_("{name} no longer works with this casebook"), name=name)
        super().__init__(parent, "leave", title, tr(N_("Deactivate")), danger=True)
        said = N_(
            "The name stays in the history. From now on the casebook does not open to this person here."
        )
        self.body.addWidget(label(tr(said), wrap=True))
        self.slot = _choice("leave.slot", tr(N_("Take the passphrase away")))
        self.new_key = _choice("leave.new_key", tr(N_("Take the passphrase away and make a new key (safer)")))
        self.new_key.setChecked(True)
        for choice, meaning in (
            (self.slot, N_("At once. Enough for somebody who only leaves and is trusted.")),
            (
                self.new_key,
                N_(
                    "All records are encrypted anew, so that what is saved from now on cannot be read even "
                    "with a key that was copied before. It takes a while; then you sign in again."
                ),
            ),
        ):
            note = label(tr(meaning), "note", wrap=True)
            note.setContentsMargins(24, 0, 0, 4)
            self.body.addWidget(choice)
            self.body.addWidget(note)
        self.body.addWidget(label(tr(COPIES), "bold", wrap=True))
        if losing:
            lost = N_(
                "With a new key these users need a new first passphrase from you, because they have not "
                "signed in since the last version: {names}."
            )
            self.body.addWidget(label(tr(lost, names=", ".join(losing)), "problem", wrap=True))


def _choice(name: str, text: str) -> QRadioButton:
    return named(QRadioButton(text), name, text)
