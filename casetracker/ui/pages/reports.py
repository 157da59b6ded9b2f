"""Reports: choose a paper and its readers, see in words what is held back, look at it, save it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from casetracker.i18n import N_, ntr, tr
from casetracker.jobs import Progress
from casetracker.model.confidentiality import AUDIENCE_LABELS, Audience
from casetracker.reports import REPORTS
from casetracker.reports.batch import Batch, told, write_each
from casetracker.reports.make import Forecast, ReleaseWanted, Wanted, forecast, make, make_to_print
from casetracker.reports.options import options_from
from casetracker.reports.portraits import in_words
from casetracker.reports.reply_form import may_carry
from casetracker.reports.report import Report, Scope
from casetracker.store import lists
from casetracker.store.lists import Filter
from casetracker.store.report_profiles import Profile
from casetracker.store.store import Change
from casetracker.store.submitters import candidates
from casetracker.ui import messages
from casetracker.ui.background import Background
from casetracker.ui.date_editor import DateEditor
from casetracker.ui.desk import Desk
from casetracker.ui.pages.given_out.release_dialog import ReleaseDialog
from casetracker.ui.pages.page import Page
from casetracker.ui.pages.paper.in_languages import PaperLanguages
from casetracker.ui.pages.paper.options import OptionsSection
from casetracker.ui.pages.paper.preview import Foreseen, PreviewPane
from casetracker.ui.pages.paper.profiles import ProfileBar
from casetracker.ui.pages.paper.ready import ReadyList
from casetracker.ui.pages.paper.several import Several, SeveralDialog, cases_of
from casetracker.ui.style import Tone, px
from casetracker.ui.widgets.banner import Banner
from casetracker.ui.widgets.form_row import FormRow
from casetracker.ui.widgets.frame import ScrollPage
from casetracker.ui.widgets.naming import button, label, named
from casetracker.ui.widgets.pick_box import PickBox
from casetracker.ui.widgets.suggestions import Hit, LookupEdit

if TYPE_CHECKING:  # seldom wanted, and it takes a moment to load
    from PySide6.QtPrintSupport import QPrinter

_MOST_TOLD = 16  # lines that a message holds on a small screen
_WAIT_MS = 150  # a moment after the last change, so that the preview is not made for each of them


class ReportsPage(Page):
    """The one page by which papers leave; `saved(path)` after one was written, `exported(Batch)` of many."""

    saved = Signal(str)
    previewed = Signal()
    printed = Signal(int)
    exported = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "reports", tr(N_("Reports")))
        self.choose_file: Callable[[str], str] = self._ask_where
        self.choose_folder: Callable[[], str] = self._ask_folder
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._make_preview)
        self.choose_printer: Callable[[], QPrinter | None] = self._ask_printer
        self._coming: Forecast | None = None  # of what is chosen now, once the preview has it
        self.preview = PreviewPane(self)
        self.view = self.preview.view
        self.preview.foreseen.connect(self._tell_foreseen)
        self.preview.previewed.connect(self._on_previewed)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self._build_options())
        line.addWidget(self.preview, 1)
        self.documents: tuple[str, ...] = ()  # that a viewer asked a sheet for; a case takes their place
        self._on_report()

    # The options at the left

    def _build_options(self) -> QWidget:
        options = named(QWidget(), "report_options")
        options.setFixedWidth(px(400))
        scroll = ScrollPage("report.scroll", tr(N_("Options")))
        body = scroll.body
        body.setContentsMargins(16, 16, 16, 16)
        body.setSpacing(10)
        self._title = named(label("", "head", wrap=True), "report.title")
        self._about = named(label("", "muted", wrap=True), "report.about")
        body.addWidget(self._title)
        body.addWidget(self._about)
        self.profiles = ProfileBar(self.desk, self._held)
        body.addWidget(self.profiles)
        self.report_box = _combo("report", [(r, tr(r.title)) for r in REPORTS])
        self.audience_box = _combo("audience", [])
        self.languages = PaperLanguages()
        self.meeting_edit = LookupEdit(self._meetings, "meeting", tr(N_("Meeting")), eager=True, free=True)
        self.meeting_edit.setPlaceholderText(tr(N_("the next meeting, else the last")))
        self.case_edit = LookupEdit(self._cases, "case", tr(N_("Case")), eager=True, free=True)
        self.case_edit.setPlaceholderText(tr(N_("all cases")))
        self._meeting_row = FormRow(tr(N_("Meeting")), self.meeting_edit, side=True)
        self._case_row = FormRow(tr(N_("Case")), self.case_edit, side=True)
        self.since_edit = DateEditor("since", tr(N_("Changes since")))
        self._since_row = FormRow(tr(N_("Changes since")), self.since_edit, side=True)
        for row in (
            FormRow(tr(N_("Report")), self.report_box, side=True),
            self._meeting_row,
            self._case_row,
            self._since_row,
            FormRow(tr(N_("Audience")), self.audience_box, side=True),
            self.languages.row,
            self.languages.second_row,
        ):
            body.addWidget(row)
        self.reply_box = named(
            QCheckBox(tr(N_("With a reply form"))), "reply_form", tr(N_("With a reply form"))
        )
        self.reply_box.setToolTip(
            tr(N_("Fields in which the official answers to each case of the list that was handed over"))
        )
        self.reply_box.toggled.connect(self._ask_again)
        body.addWidget(self.reply_box)
        self.options = OptionsSection()
        self.ready = ReadyList(self.desk)
        body.addWidget(self.options)
        body.addWidget(self.ready)
        self.left_out = Banner(object_name="left_out")
        self.held_back = Banner(object_name="held_back", tone=Tone.GREEN)
        self.photographs = Banner(object_name="photographs")
        for banner in (self.left_out, self.held_back, self.photographs):
            banner.hide()  # until something is known
            body.addWidget(banner)
        body.addStretch(1)
        layout = QVBoxLayout(options)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll, 1)
        layout.addLayout(self._build_buttons())
        self.report_box.currentIndexChanged.connect(self._on_report)
        self.audience_box.currentIndexChanged.connect(self._ask_again)
        self.languages.changed.connect(self._ask_again)
        self.since_edit.changed.connect(self._ask_again)
        self.options.changed.connect(self._ask_again)
        self.profiles.chosen.connect(self._on_profile)
        for edit in (self.meeting_edit, self.case_edit):
            edit.picked.connect(self._ask_again)
            edit.cleared.connect(self._ask_again)
        return options

    def _build_buttons(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 16)
        several = button(tr(N_("Export several…")), "several", tooltip=tr(N_("A paper for each case")))
        several.clicked.connect(self.export_several)
        foot.addWidget(several)
        foot.addStretch(1)
        printing = button(tr(N_("Print…")), "print", tooltip=tr(N_("Print without saving a file")))
        saving = button(tr(N_("Save PDF…")), "save_pdf", kind="primary", tooltip=tr(N_("Ctrl+S")))
        saving.setShortcut("Ctrl+S")
        printing.clicked.connect(self.print_paper)
        saving.clicked.connect(self.save)
        foot.addWidget(printing)
        foot.addWidget(saving)
        return foot

    def _meetings(self, text: str) -> list[Hit]:
        lines = lists.meeting_lines(self.desk.store, text, limit=10)
        return [Hit(line.id, line.title, line.detail) for line in lines]

    def _cases(self, text: str) -> list[Hit]:
        lines = lists.case_lines(self.desk.store, Filter(text=text), limit=10)
        return [Hit(line.id, line.title, line.detail) for line in lines]

    # What is wanted

    def report(self) -> Report:
        """The report that is chosen."""
        return REPORTS[max(self.report_box.currentIndex(), 0)]

    def wanted(self) -> Wanted:
        """What paper is chosen."""
        report, meeting, case = self.report(), self.meeting_edit.hit(), self.case_edit.hit()
        audience = report.audiences[max(self.audience_box.currentIndex(), 0)]
        scope = Scope(
            case_ids=(case.key,) if case and not report.by_meeting else (),
            meeting_id=meeting.key if meeting and report.by_meeting else "",
            document_ids=self.documents if report.name == "custody" and not case else (),
            since=since.earliest if report.by_day and (since := self.since_edit.value()) else None,
            options=self.options.options(),
        )
        scope = replace(scope, reply_form=self._form_wanted(report, audience, scope.meeting_id))
        first, second = self.languages.chosen()
        return Wanted(report, audience, first, scope, second_language=second)

    def _form_wanted(self, report: Report, audience: Audience, meeting_id: str) -> bool:
        """Whether the paper gets fields to answer in; that is offered only where it can have some."""
        possible = report.name == "dossier" and may_carry(self.desk.store, audience, meeting_id)
        self.reply_box.setVisible(possible)
        return possible and self.reply_box.isChecked()

    def _held(self) -> Profile:
        """Return what is chosen here, as a profile that has no name yet."""
        wanted = self.wanted()
        options = wanted.scope.options
        return Profile(
            "",
            wanted.report.name,
            wanted.audience.value,
            wanted.language,
            self.options.addressee_edit.text().strip(),
            options=options.as_json(),
            second_language=wanted.second_language,
            logo=options.logo,
        )

    def _on_profile(self, profile: Profile) -> None:
        """Choose what a profile says; what this version of the program does not know stays as it was."""
        names = [r.name for r in REPORTS]
        if profile.report in names:
            self.report_box.setCurrentIndex(names.index(profile.report))
        audiences = [a.value for a in self.report().audiences]
        if profile.audience in audiences:
            self.audience_box.setCurrentIndex(audiences.index(profile.audience))
        self.languages.choose(profile.language, profile.second_language)
        self.options.addressee_edit.setText(profile.addressee)
        self.options.set_options(options_from(profile.options, profile.logo))
        self._ask_again()

    def show_record(self, record_id: str) -> None:
        """Show the reports: "case:ID", "meeting:ID" or "document:ID" chooses the paper about that record."""
        kind, _, key = record_id.partition(":")
        if kind == "document":
            self.report_box.setCurrentIndex([r.name for r in REPORTS].index("custody"))
            self.case_edit.set_hit(None)
            self.documents = (key,)
        elif key:
            name = {"case": "case", "meeting": "dossier"}[kind]
            self.report_box.setCurrentIndex([r.name for r in REPORTS].index(name))
            edit = self.case_edit if kind == "case" else self.meeting_edit
            edit.set_hit(self._hit(kind, key))
        self._ask_again()

    def _hit(self, kind: str, key: str) -> Hit:
        from casetracker.model import Case, Meeting

        with self.desk.store.reader() as reader:
            record = reader.get(Case if kind == "case" else Meeting, key)
            person = record.value("person_id") if record and kind == "case" else None
            title = reader.name(person) if person else (record.title if record else "")
        return Hit(key, title)

    def refresh(self) -> None:
        self.options.offer_submitters(candidates(self.desk.store))
        self._ask_again()

    def on_change(self, change: Change) -> None:
        if self.desk.touches(change, "ReportProfile"):
            self.profiles.reread()
        if self.desk.touches(change, "Person", "Consent", "ContactPoint"):
            self.options.offer_submitters(candidates(self.desk.store))
        self._ask_again()

    def _on_report(self) -> None:
        report = self.report()
        self._title.setText(tr(report.title))
        self._about.setText(tr(report.about))
        self.audience_box.blockSignals(True)
        self.audience_box.clear()
        for audience in report.audiences:
            self.audience_box.addItem(tr(AUDIENCE_LABELS[audience]))
        self.audience_box.blockSignals(False)
        self._meeting_row.setVisible(report.by_meeting)
        self._since_row.setVisible(report.by_day)
        self.languages.offer_second(offered=report.two_languages)
        self.options.show_report(report)
        self._case_row.setVisible(not report.by_meeting and not report.blank)
        self._ask_again()

    def _ask_again(self, *_: object) -> None:
        self._coming = None
        self._timer.start()

    # The preview

    def _make_preview(self) -> None:
        if not self.isVisible():
            return
        self.preview.make(self.desk.store, self.wanted())

    def _on_previewed(self) -> None:
        self.desk.status.emit(self.preview.pages_told())
        self.previewed.emit()

    def _tell_foreseen(self, foreseen: Foreseen) -> None:
        self._coming = None if self._timer.isActive() else foreseen.forecast
        self.ready.set_items(foreseen.needs)
        self._tell(foreseen.forecast, self.wanted().audience)

    def _tell(self, told: Forecast, audience: Audience) -> None:
        title = ntr(
            "{out} of {n} case is left out",
            "{out} of {n} cases are left out",
            told.cases,
            out=len(told.left_out),
        )
        self.left_out.set(title, "\n".join(f"{ref}: {why}" for ref, why in told.left_out), Tone.AMBER)
        self.left_out.setVisible(bool(told.left_out))
        kinds = ", ".join(told.held_back)
        self.held_back.set(tr(N_("Held back for this audience")), kinds or tr(N_("nothing")), Tone.GREEN)
        self.held_back.setVisible(audience is not Audience.INTERNAL)
        self.photographs.set(tr(N_("Photographs")), "\n".join(in_words(told.portraits)), Tone.BLUE)
        self.photographs.setVisible(bool(told.portraits) and audience is not Audience.INTERNAL)

    # Leaving the program

    def _ask_where(self, name: str) -> str:
        path, _ = QFileDialog.getSaveFileName(self, tr(N_("Save PDF")), name, "PDF (*.pdf)")
        return path

    def save(self) -> None:
        """Ask to whom the paper is given, what protects it, and then where it is written."""
        wanted, store = self.wanted(), self.desk.store
        if wanted.report.blank:
            self._write(wanted, None)
        elif store.read_only:
            self.desk.note.emit(store.read_only)
        else:
            coming = self._coming or forecast(store, wanted)  # with many cases that takes a while
            dialog = ReleaseDialog(self.window(), wanted, coming, store, self._write)
            dialog.addressee.setText(self.options.addressee_edit.text().strip())
            dialog.open()

    def _write(self, wanted: Wanted, release: ReleaseWanted | None) -> None:
        """Ask where, and write the paper on another thread."""
        store = self.desk.store
        path = self.choose_file(f"{wanted.stem}.pdf")
        if not path:
            return

        def done(out: Path) -> None:
            self.desk.note.emit(tr(N_("Saved {name}"), name=out.name))
            self.saved.emit(str(out))

        def work(progress: Progress) -> Path:
            return make(store, wanted, Path(path), progress, release)

        Background(self, tr(wanted.report.title), work, done).start()

    def _ask_folder(self) -> str:
        return QFileDialog.getExistingDirectory(self, tr(N_("Folder for the papers")))

    def export_several(self) -> None:
        """Ask which papers, about which cases and to whom, and write them into a folder."""
        store, wanted = self.desk.store, self.wanted()
        if store.read_only:
            self.desk.note.emit(store.read_only)
            return
        SeveralDialog(self.window(), store, wanted.audience, wanted.report, self._write_several).open()

    def _write_several(self, several: Several) -> None:
        store, wanted, folder = self.desk.store, self.wanted(), self.choose_folder()
        cases = cases_of(store, several.view)
        if not folder:
            return
        if cases == ():
            self.desk.note.emit(tr(N_("No case is in this view.")))
            return
        scope = replace(wanted.scope, case_ids=cases or (), meeting_id="", reply_form=False)
        papers = [replace(wanted, report=report, scope=scope).possible() for report in several.reports]
        release = ReleaseWanted(several.addressee, protect=several.protect)

        def work(progress: Progress) -> Batch:
            return write_each(store, papers, Path(folder), progress, release)

        def done(batch: Batch) -> None:
            said = told(batch)
            more = [tr(N_("… and {n} more"), n=len(said) - _MOST_TOLD)] if len(said) > _MOST_TOLD else []
            messages.tell(self, "\n".join(said[:_MOST_TOLD] + more), tr(N_("Export several papers")))
            self.exported.emit(batch)

        Background(self, tr(N_("Export several papers")), work, done).start()

    def _ask_printer(self) -> QPrinter | None:
        from casetracker.ui.printing import ask_printer

        return ask_printer(self)

    def print_paper(self) -> None:
        """Print a paper: one for readers outside is looked through and registered as one that is saved."""
        wanted, store = self.wanted(), self.desk.store
        if wanted.report.blank:
            self._print(wanted, None)
        elif wanted.audience is Audience.INTERNAL:
            self._print(wanted, ReleaseWanted())
        elif store.read_only:
            self.desk.note.emit(store.read_only)
        else:
            ReleaseDialog(self.window(), wanted, forecast(store, wanted), store, self._print).open()

    def _print(self, wanted: Wanted, release: ReleaseWanted | None) -> None:
        """Ask for a printer, make the paper on another thread, and print it."""
        from casetracker.ui.printing import Printing

        store, printer = self.desk.store, self.choose_printer()
        if printer is None:
            return
        unlocked = replace(release, protect=None) if release else None  # paper has neither lock nor seal

        def done(data: bytes) -> None:
            printing = Printing(self, printer, data)
            printing.finished.connect(self._on_printed)
            printing.start()

        def work(progress: Progress) -> bytes:
            return make_to_print(store, wanted, progress, unlocked)

        Background(self, tr(wanted.report.title), work, done).start()

    def _on_printed(self, pages: int) -> None:
        self.desk.note.emit(ntr("Printed: {n} page", "Printed: {n} pages", pages))
        self.printed.emit(pages)


def _combo(name: str, options: list[tuple[object, str]]) -> QComboBox:
    made = named(PickBox(), name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(12)
    for _, text in options:
        made.addItem(text)
    return made
