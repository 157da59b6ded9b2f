"""Writing a file for another program: for whom, in what form, of which cases; said before it is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from casetracker import i18n
from casetracker.errors import UserError
from casetracker.exchange.export import Exported, Outlook, Wanted, export, formats, outlook
from casetracker.i18n import N_, ntr, tr
from casetracker.jobs import Progress
from casetracker.leaving.formats import SUFFIXES
from casetracker.model.confidentiality import AUDIENCE_LABELS, Audience
from casetracker.store import certificates, questions
from casetracker.store.passphrase import PACKAGE_WORDS, made_up_words
from casetracker.ui import messages
from casetracker.ui.background import Background
from casetracker.ui.desk import Desk
from casetracker.ui.pages.exchange.parts import beside, combo, sentences
from casetracker.ui.widgets.card import Card
from casetracker.ui.widgets.form_row import FormGrid, FormRow
from casetracker.ui.widgets.frame import ScrollPage
from casetracker.ui.widgets.naming import button, label, named

_ABOUT = {
    "xlsx": N_("A sheet of cases as people read them, and one for each other kind of record."),
    "csv": N_("The table of cases, for any program."),
    "json": N_("Every record with every field that these readers may see; for other databases."),
    "ics": N_("Meetings, protests, hearings, and the days by which promises are due; for a telephone."),
    "vcard": N_("Officials who hold a post now: name, post and office, without numbers."),
    "ftm": N_("People, families, offices and events with their links; for OpenAleph and its kin."),
    "uwazi": N_("One line a case, with the columns that Uwazi takes."),
    "package": N_(
        "One encrypted zip that 7-Zip opens too: pages to read, every record, and for the office its "
        "documents and history, of which the same casebook can be made again."
    ),
    "partner": N_(
        "A sealed file that another office takes into its own casebook and merges with what it has; for the "
        "readers “partners”. It confirms with a receipt that the file came."
    ),
}


_TELL_IT = N_(
    "Write it down and tell it by telephone, never by the way on which the package goes. Without it nobody "
    "can open the package."
)


class GivingPane(ScrollPage):
    """The form of an export, what it will hold and leave out, and the button that writes it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("giving", tr(N_("Files for other programs")), under_tabs=True)
        self._desk = desk
        self.choose_file: Callable[[str], str] = self._ask_where
        audiences = [(a.value, tr(AUDIENCE_LABELS[a])) for a in Audience if a is not Audience.FAMILY]
        self.audience = combo("giving.audience", tr(N_("For whom")), audiences)
        self.format = combo("giving.format", tr(N_("In what form")), formats())
        languages = [(code, i18n.OWN_NAMES[code]) for code in i18n.languages()]
        self.language = combo("giving.language", tr(N_("In which language")), languages)
        self.language.setCurrentIndex(max(self.language.findData(i18n.current()), 0))
        self.cases = named(QPlainTextEdit(), "giving.cases", tr(N_("Of which cases")))
        self.cases.setPlaceholderText(tr(N_("All cases; or their references, as in CT-7F3Q CT-29EN")))
        self.cases.setTabChangesFocus(True)
        self.cases.setFixedHeight(58)
        self.to = named(QLineEdit(), "giving.to", tr(N_("To whom it is given")))
        self.to.setPlaceholderText(tr(N_("Name or office; stands in the release register")))
        self.passphrase = named(QLineEdit(), "giving.passphrase", tr(N_("Passphrase of the package")))
        self.draw = button(tr(N_("Draw another one")), "giving.draw", kind="quiet")
        self.draw.clicked.connect(self.draw_passphrase)
        self._lock = FormRow(tr(N_("Passphrase of the package")), self.passphrase)
        self._lock_said = label(tr(_TELL_IT), "note", wrap=True)
        self.about = label("", "note", wrap=True)
        self.save = button(tr(N_("Save the file…")), "giving.save", kind="primary")
        self.save.clicked.connect(self.write)
        self._told = QWidget()
        QVBoxLayout(self._told).setContentsMargins(0, 0, 0, 0)
        self._build()
        self._show_lock()
        for box in (self.audience, self.format, self.language):
            box.currentIndexChanged.connect(self.refresh)
        self.cases.textChanged.connect(self.refresh)
        self.save.setEnabled(not desk.store.read_only)

    def _build(self) -> None:
        asked = Card(tr(N_("A file for another program")), "card.giving")
        form = FormGrid()
        form.add(FormRow(tr(N_("For whom")), self.audience))
        form.add(FormRow(tr(N_("In what form")), self.format))
        form.add(FormRow(tr(N_("In which language")), self.language))
        form.add(FormRow(tr(N_("To whom it is given")), self.to))
        asked.add(form)
        asked.add(self.about)
        asked.add(self._lock)
        asked.add(self._lock_said)
        asked.add(beside(self.draw))
        asked.add(FormRow(tr(N_("Of which cases")), self.cases))
        asked.add(beside(self.save))
        said = Card(tr(N_("Before it is written")), "card.outlook")
        said.add(self._told)
        self.body.addWidget(asked)
        self.body.addWidget(said)
        self.body.addStretch(1)

    # What it will be

    def wanted(self) -> Wanted:
        """Return what the form asks for; raises `UserError` if a reference is not known."""
        refs = self.cases.toPlainText().replace(",", " ").replace(";", " ").upper().split()
        ids: tuple[str, ...] = ()
        if refs:
            with self._desk.store.reader() as reader:
                ids = tuple(questions.cases_of(reader, refs))
                known = set(questions.refs_of(reader, ids).values())
            unknown = next((ref for ref in refs if ref not in known), "")
            if unknown:
                raise UserError(tr(N_("There is no case {ref} in this casebook."), ref=unknown))
        audience = Audience(self.audience.currentData())
        lock = self.passphrase.text().strip() if self._locks() else ""
        in_format, language = self.format.currentData(), self.language.currentData()
        office = certificates.current(self._desk.store) if in_format == "partner" else None
        return Wanted(
            in_format, audience, language, ids, passphrase=lock, office=office.office if office else ""
        )

    def _locks(self) -> bool:
        return self.format.currentData() in {"package", "partner"}

    def _show_lock(self) -> None:
        for each in (self._lock, self._lock_said, self.draw):
            each.setVisible(self._locks())
        if self._locks() and not self.passphrase.text():
            self.draw_passphrase()

    def draw_passphrase(self) -> None:
        """Draw a passphrase at random, in place of the one that stands there."""
        self.passphrase.setText(made_up_words(PACKAGE_WORDS))

    def refresh(self) -> None:
        """Say what the file will hold; read on another thread."""
        self.about.setText(tr(_ABOUT.get(self.format.currentData(), "")))
        self._show_lock()
        try:
            wanted = self.wanted()
        except UserError as error:
            sentences(self._told, [str(error)])
            self.save.setEnabled(False)
            return
        store = self._desk.store

        def read(_: Progress) -> tuple[Wanted, Outlook]:
            return wanted, outlook(store, wanted)

        title = tr(N_("Looking at what may be given"))
        Background(self, title, read, self._show, failed=self._fail, show_after=5000).start()

    def _show(self, found: tuple[Wanted, Outlook]) -> None:
        wanted, coming = found
        try:
            if replace(wanted, passphrase="") != replace(self.wanted(), passphrase=""):
                return  # something else was chosen meanwhile
        except UserError:
            return
        sentences(self._told, told(coming))
        self.save.setEnabled(bool(coming.cases) and not self._desk.store.read_only)

    def _fail(self, error: BaseException) -> None:
        sentences(self._told, [str(error)])
        self.save.setEnabled(False)

    # Writing

    def write(self) -> None:
        """Ask for the name of the file, write it on another thread, and say what came of it."""
        wanted = self.wanted()
        suggested = f"casetracker-{wanted.audience.value}{SUFFIXES[wanted.format]}"
        chosen = self.choose_file(suggested)
        if not chosen:
            return
        store, to = self._desk.store, self.to.text()

        def work(progress: Progress) -> Exported:
            return export(store, wanted, Path(chosen), addressee=to, progress=progress)

        Background(self, tr(N_("Writing the file")), work, self._written).start()

    def _written(self, done: Exported) -> None:
        said = [
            ntr("Written: {file}, with {n} case.", "Written: {file}, with {n} cases.", done.cases,
                file=done.path.name),
            tr(N_("It stands in the release register as {ref}."), ref=done.ref),
            tr(N_("The passphrase is: {words}"), words=self.passphrase.text()) if self._locks()
            else tr(N_("The file is plain: who has it can read it.")),
            *done.notes,
        ]  # fmt: skip
        messages.tell(self, " ".join(said), tr(N_("Written")))

    def _ask_where(self, suggested: str) -> str:
        return QFileDialog.getSaveFileName(self, tr(N_("Save the file")), suggested)[0]


def told(coming: Outlook) -> list[str]:
    """Say in plain words what an export holds, leaves out and holds back."""
    said = [ntr("{n} case will be in it.", "{n} cases will be in it.", coming.cases)]
    if coming.told:
        said.append(tr(N_("Its readers will learn: {what}."), what="; ".join(coming.told)))
    if coming.held_back:
        said.append(tr(N_("Held back from them: {what}."), what="; ".join(coming.held_back)))
    for ref, why in coming.left_out[:20]:
        said.append(tr(N_("Left out: {why}"), why=f"{ref}: {why}"))
    more = len(coming.left_out) - 20
    if more > 0:
        said.append(ntr("and {n} more case.", "and {n} more cases.", more))
    return said
