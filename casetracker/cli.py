"""The command line: the same functions as the window, without a display.

What goes wrong is one sentence on standard error; 1 says that it went wrong, 2 that the words of the command
were not right. The passphrase is asked for, or read from CASETRACKER_PASSPHRASE; it is never shown.
"""

from __future__ import annotations

import datetime as dt
import getpass
import io
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casetracker.errors import NotForAudience, UserError
from casetracker.i18n import N_, languages, ntr, tr

if TYPE_CHECKING:
    from casetracker.model.confidentiality import Audience
    from casetracker.reports.make import ReleaseWanted, Wanted
    from casetracker.reports.report import Report, Scope
    from casetracker.store.store import Store

PASSPHRASE = "CASETRACKER_PASSPHRASE"  # noqa: S105 - the name of the variable
WRONG, MISUSED = 1, 2
ALTERED, NOT_KNOWN = 3, 4  # of a paper that is verified
STOPPED = N_("Stopped.")
INTERRUPTED = 130  # what Typer makes of Ctrl+C

app = typer.Typer(
    name="casetracker",
    help="The memory of a human-rights advocacy office: cases, families, protests, meetings, promises.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


class Misuse(UserError):
    """The words of the command are not right."""


File = Annotated[Path, typer.Argument(metavar="FILE", help="The folder of the casebook.", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]


@app.callback(invoke_without_command=True)
def start(context: typer.Context) -> None:
    """Without a command, open the window."""
    if context.invoked_subcommand is None:
        raise typer.Exit(_window(None))


@app.command()
def new(
    file: File,
    user: Annotated[str, typer.Option(help="Who works here, as the audit log names them.")] = "",
) -> None:
    """Make an empty casebook, and print its recovery code once."""
    from casetracker.store.casebook import create_casebook, passphrase_problem, place_warning

    secret = _passphrase(twice=True)
    if problem := passphrase_problem(secret):
        raise UserError(problem)
    if warning := place_warning(file):
        _complain(warning)
    casebook, code = create_casebook(file, secret, user or getpass.getuser())
    with casebook:
        print(tr(N_("Made {name}."), name=casebook.folder.name))
    print(tr(N_("Recovery code, shown only now; print it and keep it apart: {code}"), code=code))


@app.command("open")
def open_window(
    file: Annotated[Path | None, typer.Argument(metavar="FILE", show_default=False)] = None,
    quit_after_start: Annotated[bool, typer.Option(help="Close again at once, to try it out.")] = False,
    today: Annotated[str, typer.Option(metavar="DATE", help="Count from this day, as in 2021-11-12.")] = "",
) -> None:
    """Open the window, on a casebook if one is named."""
    raise typer.Exit(_window(file, quit_after_start=quit_after_start, today=_day(today) if today else None))


@app.command()
def example(file: File) -> None:
    """Make the example casebook: public facts of October 2021, and invented families."""
    from casetracker.example import USER
    from casetracker.example.build import build
    from casetracker.store.casebook import create_casebook
    from casetracker.store.opening import store_of

    casebook, _ = create_casebook(file, _passphrase(twice=True), USER, recovery=False)
    with casebook:
        build(store_of(casebook))
    print(tr(N_("Made {name}."), name=casebook.folder.name))


@app.command()
def report(  # noqa: PLR0913 - one parameter a word of the command
    name: Annotated[str, typer.Argument(metavar="NAME", help='Which report; "list" names them all.')],
    file: Annotated[Path | None, typer.Argument(metavar="FILE", show_default=False)] = None,
    *,
    audience: Annotated[str, typer.Option(help="Who will read it, for example official.")] = "",
    in_language: Annotated[str, typer.Option("--language", help="Language of the paper.")] = "en",
    case: Annotated[list[str] | None, typer.Option(metavar="REF", help="This case; may be repeated.")] = None,
    meeting: Annotated[str, typer.Option(metavar="REF", help="The cases of this meeting.")] = "",
    each: Annotated[bool, typer.Option(help="A paper for each case, in the folder --out.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="All that the report can be about.")] = False,
    as_of: Annotated[str, typer.Option(metavar="DATE", help="The day that deadlines count from.")] = "",
    since: Annotated[str, typer.Option(metavar="DATE", help="The day since which changes are told.")] = "",
    out: Annotated[Path | None, typer.Option(metavar="PDF", help="The file to write.")] = None,
    reply_form: Annotated[bool, typer.Option(help="A dossier with fields to answer in.")] = False,
    to: Annotated[str, typer.Option(metavar="WHOM", help="To whom it is given, for the register.")] = "",
    no_register: Annotated[
        bool, typer.Option("--no-register", help="Leave no trace in the release register: internal papers.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Write a report as a PDF and register it as given out, or list the reports there are."""
    if name == "list":
        _list_reports(as_json=as_json)
        return
    if file is None or out is None or not audience:
        raise Misuse(
            tr(N_("A report needs a casebook, an audience and a file: NAME FILE --audience … --out PDF."))
        )
    if bool(case) + bool(meeting) + everything > 1:
        raise Misuse(tr(N_("Give only one of --case, --meeting and --all.")))
    from casetracker.reports.make import Wanted, require_audience
    from casetracker.reports.report import Scope

    scope = Scope(since=_day(since) if since else None, reply_form=reply_form)
    day = _day(as_of) if as_of else None
    wanted = Wanted(_report(name), _audience(audience), _language(in_language), scope, day)
    if reply_form and name != "dossier":
        raise Misuse(tr(N_("Only the dossier carries a reply form.")))
    require_audience(wanted)  # before the passphrase is asked for
    release = _release(wanted, to, registered=not no_register)
    _write_report(file, wanted, case or [], meeting, out, release=release, each=each)


@app.command()
def verify(
    file: File,
    paper: Annotated[Path, typer.Argument(metavar="PDF", help="The paper in hand.", show_default=False)],
    as_json: AsJson = False,
) -> None:
    """Say whether a paper is one that this office gave out: 0 genuine, 3 altered, 4 not known here."""
    from casetracker.reports.verify import Verdict
    from casetracker.reports.verify import verify as compare
    from casetracker.store.opening import open_store

    casebook, store = open_store(file, _passphrase(), read_only=True)
    with casebook:
        found = compare(store, paper)
    if as_json:
        told = asdict(found.release) if found.release else None
        said = {"verdict": found.verdict.value, "sentence": found.sentence, "release": told}
        print(json.dumps(said, ensure_ascii=False, indent=2, default=_plain))
    else:
        print(found.sentence)
    codes = {Verdict.GENUINE: 0, Verdict.ALTERED: ALTERED, Verdict.UNKNOWN: NOT_KNOWN}
    raise typer.Exit(codes[found.verdict])


@app.command()
def check(file: File, as_json: AsJson = False) -> None:
    """Say whether a casebook is sound; if not, what is wrong, and where."""
    from casetracker.store.examine import examine

    found = examine(file, _passphrase())
    if as_json:
        print(json.dumps([{"where": f.where, "what": f.what} for f in found], ensure_ascii=False, indent=2))
    else:
        for finding in found:
            print(f"{finding.where}: {finding.what}")
        print(ntr("{n} thing is wrong.", "{n} things are wrong.", len(found)) if found else tr(N_("Sound.")))
    if found:
        raise typer.Exit(WRONG)


@app.command(hidden=True)
def read_text(fields: bool = False) -> None:
    """Take words or fields out of a PDF at standard input: the program starts this as a process apart."""
    from casetracker.store.pdf_words import child, form_child

    form_child() if fields else child()


@app.command("import-reply")
def import_reply(
    file: File,
    pdf: Annotated[Path, typer.Argument(metavar="PDF", help="The form that came back.", show_default=False)],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be recorded.")] = False,
    as_json: AsJson = False,
) -> None:
    """File what an official answered in a reply form, for exactly the cases of the list handed over."""
    from casetracker.store import reply_forms
    from casetracker.store.opening import open_store

    casebook, store = open_store(file, _passphrase(), read_only=dry_run)
    with casebook:
        form = reply_forms.read_form(store, reply_forms.content_of(pdf))
        if not dry_run:
            reply_forms.file_form(store, form)
    said = reply_forms.as_json(form) | {"filed": not dry_run}
    print(json.dumps(said, ensure_ascii=False, indent=2) if as_json else reply_forms.as_text(form))


@app.command()
def search(
    file: File,
    query: Annotated[
        str, typer.Argument(metavar="QUERY", help="A name in any script, a number, a place, words of a text.")
    ],
    as_json: AsJson = False,
) -> None:
    """Find people, cases, events and everything else by names, numbers, places and texts, with the reason."""
    from casetracker.model import BY_NAME
    from casetracker.store.opening import open_store
    from casetracker.store.search import search as find

    casebook, store = open_store(file, _passphrase(), read_only=True)
    with casebook:
        hits = find(store, query)
    if as_json:
        print(json.dumps([asdict(hit) for hit in hits], ensure_ascii=False, indent=2))
        return
    for hit in hits:
        what = " · ".join(part for part in (hit.title, hit.detail) if part)
        said = f": {hit.snippet}" if hit.snippet else ""
        print(f"{tr(BY_NAME[hit.entity].singular):<8} {what} ({hit.why}){said}")
    if not hits:
        print(tr(N_("Nothing was found.")))


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code."""
    _speak_unicode()
    try:
        done = app(list(sys.argv[1:] if words is None else words), standalone_mode=False)
        sys.stdout.flush()
        return _complain(tr(STOPPED)) if done == INTERRUPTED else int(done or 0)
    except (Misuse, NotForAudience) as error:
        return _complain(error, MISUSED)
    except UserError as error:
        return _complain(error)
    except (KeyboardInterrupt, typer.Abort):
        return _complain(tr(STOPPED))
    except BrokenPipeError:  # whoever read our output has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001 - the last place before a traceback with the user's data in it
        if say := getattr(error, "format_message", None):  # Typer's, whose class depends on its version
            return _complain(say(), MISUSED)
        return _crashed(error)


# What the commands are made of


def _window(file: Path | None, *, quit_after_start: bool = False, today: dt.date | None = None) -> int:
    from casetracker.ui.app import run

    secret = os.environ.get(PASSPHRASE, "")
    return run(file, passphrase=secret, today=today, quit_after_start=quit_after_start)


def _list_reports(*, as_json: bool) -> None:
    from casetracker.reports import REPORTS

    known = [
        {"name": r.name, "title": tr(r.title), "audiences": [a.value for a in r.audiences]} for r in REPORTS
    ]
    if as_json:
        print(json.dumps(known, ensure_ascii=False, indent=2))
        return
    for each in known:
        print(f"{each['name']:<12} {each['title']} ({', '.join(each['audiences'])})")


def _report(name: str) -> Report:
    from casetracker.reports import report_named

    try:
        return report_named(name)
    except UserError as error:
        raise Misuse(str(error)) from None


def _audience(name: str) -> Audience:
    from casetracker.model.confidentiality import Audience

    try:
        return Audience(name.strip().lower())
    except ValueError:
        known = ", ".join(a.value for a in Audience)
        sentence = N_("There is no audience called “{name}”; there are: {known}.")
        raise Misuse(tr(sentence, name=name, known=known)) from None


def _language(code: str) -> str:
    known = languages()
    if code.strip().lower() not in known:
        sentence = N_("There are no texts in the language “{code}”; there are: {known}.")
        raise Misuse(tr(sentence, code=code, known=", ".join(known)))
    return code.strip().lower()


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        raise Misuse(
            tr(
                N_("“{text}” is not a day; write it as year, month and day, for example 2021-11-12."),
                text=text,
            )
        ) from None


def _plain(value: object) -> str:
    """Write what JSON has no form for: days, and kinds of facts."""
    return value.isoformat() if isinstance(value, dt.date) else str(getattr(value, "value", value))


def _release(wanted: Wanted, to: str, *, registered: bool) -> ReleaseWanted | None:
    from casetracker.model.confidentiality import Audience
    from casetracker.reports.make import ReleaseWanted

    if not registered and wanted.audience is not Audience.INTERNAL:
        raise Misuse(tr(N_("Only papers for the office itself may leave no trace; leave out --no-register.")))
    return ReleaseWanted(to) if registered and not wanted.report.blank else None


def _write_report(
    file: Path,
    wanted: Wanted,
    refs: Sequence[str],
    meeting: str,
    out: Path,
    *,
    release: ReleaseWanted | None,
    each: bool,
) -> None:
    from casetracker.reports.batch import told, write_each
    from casetracker.reports.make import forecast, make
    from casetracker.store.opening import open_store

    casebook, store = open_store(file, _passphrase(), read_only=release is None)
    with casebook:
        scope = _scope(store, wanted, refs, meeting)
        wanted = replace(
            wanted, scope=replace(scope, since=wanted.scope.since, reply_form=wanted.scope.reply_form)
        )
        if each:
            print("\n".join(told(write_each(store, [wanted], out, release=release))))
            return
        coming = forecast(store, wanted)
        reasons = [f"{ref}: {why}" for ref, why in coming.left_out]
        if coming.cases and len(reasons) == coming.cases:
            raise UserError(
                tr(N_("No paper was written, because every case is left out: {why}"), why=" ".join(reasons))
            )
        make(store, wanted, out, release=release)
    print(
        ntr(
            "Written: {file}, with {n} case.",
            "Written: {file}, with {n} cases.",
            coming.cases - len(reasons),
            file=out,
        )
    )
    for reason in reasons:
        print(tr(N_("Left out: {why}"), why=reason))


def _scope(store: Store, wanted: Wanted, refs: Sequence[str], meeting: str) -> Scope:
    """Return what the paper is about; raises `UserError` if a reference is not known."""
    from casetracker.reports.dossier import cases_of_meeting
    from casetracker.reports.report import Scope
    from casetracker.store import questions

    if refs and wanted.report.by_meeting:
        raise Misuse(tr(N_("This report is about a meeting; give --meeting instead of --case.")))
    with store.reader(as_of=wanted.as_of) as reader:
        for ref in refs:
            if not questions.cases_of(reader, [ref]):
                raise UserError(tr(N_("There is no case {ref} in this casebook."), ref=ref.strip().upper()))
        if not meeting:
            return Scope(tuple(questions.cases_of(reader, refs)) if refs else ())
        found = [m.id for m in questions.meetings_of(reader) if m.text("ref") == meeting.strip().upper()]
        if not found:
            raise UserError(
                tr(N_("There is no meeting {ref} in this casebook."), ref=meeting.strip().upper())
            )
        scope = Scope(meeting_id=found[0])
        return scope if wanted.report.by_meeting else Scope(tuple(cases_of_meeting(reader, scope)))


def _passphrase(*, twice: bool = False) -> str:
    """Take the passphrase from the environment, else from the keyboard or the first line that is piped in."""
    if given := os.environ.get(PASSPHRASE, ""):
        return given
    if not sys.stdin or not sys.stdin.isatty():
        secret = sys.stdin.readline().rstrip("\r\n") if sys.stdin else ""
    else:
        secret = getpass.getpass(tr(N_("Passphrase: ")))
        if twice and secret and secret != getpass.getpass(tr(N_("The same again: "))):
            raise UserError(tr(N_("The two passphrases differ; nothing was made.")))
    if not secret:
        raise UserError(tr(N_("No passphrase was given; type it, or set CASETRACKER_PASSPHRASE.")))
    return secret


# How it ends


def _complain(what: object, code: int = WRONG) -> int:
    print(" ".join(str(what).split()), file=sys.stderr)
    return code


def _crashed(error: Exception) -> int:
    from casetracker.logs import write_report

    path = write_report(error)
    kind = type(error).__name__
    if path is None:
        return _complain(tr(N_("Something is wrong in the program itself ({kind})."), kind=kind))
    sentence = N_(
        "Something is wrong in the program itself ({kind}); where, but none of your data, is in {path}."
    )
    return _complain(tr(sentence, kind=kind, path=path))


def _speak_unicode() -> None:
    """Names are in four scripts: what a console cannot show becomes a question mark, not an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
