"""Sending a review: which cases of a family, to whom, how, in which language; and saving it as a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QFileDialog, QLineEdit, QWidget

from casetracker.errors import UserError
from casetracker.i18n import N_, OWN_NAMES, tr
from casetracker.model import Case, Family
from casetracker.model.terms import label_of
from casetracker.model.work.review import ReviewWay
from casetracker.reports.protection import new_password
from casetracker.store.passphrase import passphrase_problem
from casetracker.store.reviews import sending
from casetracker.store.reviews.sending import Addressee, ReviewWanted
from casetracker.ui.desk import Desk
from casetracker.ui.editing.small_dialog import SmallDialog
from casetracker.ui.pages.pick import PickDialog
from casetracker.ui.widgets.form_row import FormRow
from casetracker.ui.widgets.naming import button, label, named
from casetracker.ui.widgets.pick_box import PickBox


def new_review(parent: QWidget, desk: Desk, family_id: str = "", case_id: str = "") -> QDialog | None:
    """Open the dialog for a review by a family; without one it is asked for first."""
    if desk.store.read_only:
        return None
    if family_id:
        return _send(parent, desk, family_id, case_id)
    asked = PickDialog(parent, desk.store, Family, tr(N_("Which family looks over its cases?")))
    asked.accepted.connect(lambda: _send(parent, desk, asked.chosen(), case_id))
    asked.finished.connect(asked.deleteLater)
    asked.open()
    return asked


def _send(parent: QWidget, desk: Desk, family_id: str, case_id: str) -> SendDialog:
    dialog = SendDialog(parent.window(), desk, family_id, case_id)
    dialog.open()
    return dialog


def review_of_case(parent: QWidget, desk: Desk, case_id: str) -> QDialog | None:
    """Open the dialog for a review of one case by its family."""
    family_id = desk.store.draft(Case, case_id).values["family_id"] or ""
    return new_review(parent, desk, family_id, case_id)


class SendDialog(SmallDialog):
    """Asks for what is needed to send a review."""

    def __init__(self, parent: QWidget, desk: Desk, family_id: str, case_id: str = "") -> None:
        super().__init__(parent, "send_review", tr(N_("New review by the family")), tr(N_("Send")))
        self._desk, self._family_id = desk, family_id
        self.body.addWidget(label(tr(N_("Which cases are looked over?")), "muted"))
        self.cases: dict[str, QCheckBox] = {}
        for id_, ref, name, why in sending.cases_to_ask(desk.store, family_id):
            box = self.cases[id_] = named(QCheckBox(f"{name} · {ref}"), f"send_review.case.{ref}", name)
            box.setEnabled(not why)
            box.setChecked(not why and case_id in ("", id_))
            box.setToolTip(why)
            self.body.addWidget(box)
            if why:
                self.body.addWidget(label(why, "note", wrap=True))
        self.to = named(QComboBox(), "send_review.to", tr(N_("Sent to")))
        self.to.setEditable(True)
        self._known = {each.name: each for each in sending.addressees(desk.store, family_id)}
        self.to.addItems(list(self._known))
        self.way = named(PickBox(), "send_review.way", tr(N_("How it is sent")))
        for way in ReviewWay:
            self.way.addItem(label_of(way), way)
        self.language = named(PickBox(), "send_review.language", tr(N_("Language")))
        for code in ("kk", "ru", "en"):
            self.language.addItem(OWN_NAMES[code], code)
        for text, editor in (
            (tr(N_("Sent to")), self.to),
            (tr(N_("How it is sent")), self.way),
            (tr(N_("Language")), self.language),
        ):
            self.body.addWidget(FormRow(text, editor, required=True))
        self.to.currentTextChanged.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        """In the program only to somebody who can sign in."""
        in_program = bool(self._addressee().user_id)
        self.way.setCurrentIndex(0 if in_program else 1)

    def _addressee(self) -> Addressee:
        name = self.to.currentText().strip()
        return self._known.get(name, Addressee(name))

    def do(self) -> None:
        to, way = self._addressee(), self.way.currentData()
        if way is ReviewWay.PROGRAM and not to.user_id:
            raise UserError(
                tr(N_("In the program only a user with the role “Family representative” can answer; add one, "
                      "or send it in another way."))
            )  # fmt: skip
        chosen = tuple(id_ for id_, box in self.cases.items() if box.isChecked())
        user = to.user_id if way is ReviewWay.PROGRAM else ""
        wanted = ReviewWanted(self._family_id, chosen, way, self.language.currentData(), to.name, user)
        self.sent = sending.send(self._desk.store, wanted, self._desk.casebook_name)


class FileDialog(SmallDialog):
    """Asks for the passphrase of a review file; `write(path, passphrase)` when both are known."""

    def __init__(self, parent: QWidget, ref: str, write: Callable[[Path, str], object]) -> None:
        super().__init__(
            parent, "review_file", tr(N_("Save as an encrypted file")), tr(N_("Choose the file…"))
        )
        self._ref, self._write = ref, write
        self.passphrase = named(QLineEdit(new_password()), "review_file.passphrase", tr(N_("Passphrase")))
        another = button(tr(N_("Suggest another")), "review_file.suggest", kind="link")
        another.clicked.connect(lambda: self.passphrase.setText(new_password()))
        told = N_(
            "Write it down now, and tell it by telephone, never by the way the file goes. It is kept nowhere."
        )
        self.body.addWidget(label(tr(told), "soft", wrap=True))
        self.body.addWidget(FormRow(tr(N_("Passphrase")), self.passphrase, required=True))
        self.body.addWidget(another)

    def do(self) -> None:
        if problem := passphrase_problem(self.passphrase.text()):
            raise UserError(problem)
        name = f"{self._ref}.ctreview"
        place, _ = QFileDialog.getSaveFileName(self, tr(N_("Save the review file")), name, "*.ctreview")
        if not place:
            raise UserError(tr(N_("Choose where the file is saved.")))
        self._write(Path(place), self.passphrase.text())
