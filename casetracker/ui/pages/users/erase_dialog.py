"""Emergency erase: an honest text, and the name of the casebook typed by hand."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from casetracker.i18n import N_, tr
from casetracker.store.casebook import Casebook
from casetracker.store.destroying import destroy
from casetracker.ui.pages.users.dialogs import AskingDialog
from casetracker.ui.widgets.naming import label, named

WHAT_STAYS = N_(
    "It cannot be undone, and nobody can bring the casebook back from here. Not erased are: copies and "
    "backups in other places, papers that were saved or given out, what the disk keeps of overwritten files "
    "(an SSD does), and what other people copied. Without the keys, what is left of this casebook is "
    "unreadable."
)


class EraseDialog(AskingDialog):
    """Destroys the open casebook when its name was typed."""

    def __init__(self, parent: QWidget, casebook: Casebook) -> None:
        super().__init__(
            parent, "erase", tr(N_("Erase this casebook")), tr(N_("Erase for ever")), danger=True
        )
        said = N_("First the keys are destroyed, then the records and documents on this computer.")
        self.body.addWidget(label(tr(said), wrap=True))
        self.body.addWidget(label(tr(WHAT_STAYS), "bold", wrap=True))
        asked = tr(N_("To go on, type the name of the casebook: {name}"), name=casebook.name)
        self.typed = named(QLineEdit(), "erase.typed", asked)
        self.body.addWidget(label(asked, "muted", wrap=True))
        self.body.addWidget(self.typed)
        self.go.setEnabled(False)
        self.typed.textChanged.connect(lambda text: self.go.setEnabled(text.strip() == casebook.name))
        self.do = lambda: self.attempt(lambda _: destroy(casebook, self.typed.text()))
