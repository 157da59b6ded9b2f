"""The command that writes papers, or lists what papers there are."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casetracker.cli.asked import About, Asked
from casetracker.cli.protecting import Protecting, overrides_of
from casetracker.cli.words import AsJson, Misuse, day_of, passphrase
from casetracker.errors import UserError
from casetracker.i18n import N_, ntr, tr

if TYPE_CHECKING:
    from casetracker.reports.make import Wanted
    from casetracker.reports.report import Report, Scope
    from casetracker.store.store import Store


def report(  # noqa: PLR0913 - one parameter a word of the command
    name: Annotated[str, typer.Argument(metavar="NAME", help='Which report; "list" names them all.')],
    file: Annotated[Path | None, typer.Argument(metavar="FILE", show_default=False)] = None,
    *,
    audience: Annotated[str, typer.Option(help="Who will read it, for example official.")] = "",
    in_language: Annotated[
        str, typer.Option("--language", help="Language of the paper; en, or that of the profile.")
    ] = "",
    second_language: Annotated[
        str, typer.Option(metavar="LANGUAGE", help='Beside the first; "none" leaves out that of the profile.')
    ] = "",
    profile: Annotated[
        str, typer.Option(metavar="NAME", help="As it is kept for an addressee, but for what is said here.")
    ] = "",
    case: Annotated[list[str] | None, typer.Option(metavar="REF", help="This case; may be repeated.")] = None,
    meeting: Annotated[str, typer.Option(metavar="REF", help="The cases of this meeting.")] = "",
    each: Annotated[bool, typer.Option(help="A paper for each case, in the folder --out.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="All that the report can be about.")] = False,
    as_of: Annotated[str, typer.Option(metavar="DATE", help="The day that deadlines count from.")] = "",
    since: Annotated[str, typer.Option(metavar="DATE", help="The day since which changes are told.")] = "",
    out: Annotated[Path | None, typer.Option(metavar="PDF", help="The file to write.")] = None,
    reply_form: Annotated[bool, typer.Option(help="A dossier with fields to answer in.")] = False,
    to: Annotated[str, typer.Option(metavar="WHOM", help="To whom it is given, for the register.")] = "",
    submitter: Annotated[
        str,
        typer.Option(
            metavar="WHO", help='Whose contacts stand on a sheet apart: "petitioner", a name, "none".'
        ),
    ] = "",
    sign: Annotated[bool, typer.Option("--sign", help="Sign it with the certificate of the office.")] = False,
    password_file: Annotated[
        str, typer.Option(metavar="FILE", help='Lock it with the password in this file; "-" asks for it.')
    ] = "",
    let_through: Annotated[
        list[str] | None,
        typer.Option(metavar="KIND", help="Give what is held back, for this paper; may be repeated."),
    ] = None,
    reason: Annotated[
        list[str] | None, typer.Option(help="Why it is let through; one for all kinds, or one for each.")
    ] = None,
    by: Annotated[
        list[str] | None, typer.Option(help="Who decided it; one for all kinds, or one for each.")
    ] = None,
    no_register: Annotated[
        bool, typer.Option("--no-register", help="Leave no trace in the release register: internal papers.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Write a report as a PDF and register it as given out, or list the reports there are."""
    if name == "list":
        _list_reports(as_json=as_json)
        return
    if file is None or out is None or not (audience or profile):
        raise Misuse(
            tr(
                N_(
                    "A report needs a casebook, an audience or a profile, and a file: NAME FILE --audience … "
                    "--out PDF."
                )
            )
        )
    if bool(case) + bool(meeting) + everything > 1:
        raise Misuse(tr(N_("Give only one of --case, --meeting and --all.")))
    if reply_form and name != "dossier":
        raise Misuse(tr(N_("Only the dossier carries a reply form.")))
    asked = Asked(
        _report(name),
        audience,
        in_language,
        second_language,
        to,
        profile,
        day_of(as_of) if as_of else None,
        day_of(since) if since else None,
        overrides_of(let_through or [], reason or [], by or []),
        reply_form=reply_form,
        registered=not no_register,
        submitter=submitter,
    )
    if not profile:
        asked.release(asked.wanted(None), None)  # what is wrong is said before the passphrase is asked for
    _write_report(file, asked, About(tuple(case or ()), meeting, each), Protecting(password_file, sign), out)


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


def _write_report(file: Path, asked: Asked, about: About, protecting: Protecting, out: Path) -> None:
    from casetracker.reports.batch import told, write_each
    from casetracker.reports.make import forecast, make
    from casetracker.store.opening import open_store
    from casetracker.store.report_profiles import profile_named

    casebook, store = open_store(file, passphrase(), read_only=asked.leaves_no_trace)
    with casebook:
        kept = profile_named(store, asked.profile) if asked.profile else None
        wanted = asked.submitted(asked.wanted(kept), store)
        release = replace(asked.release(wanted, kept), protect=protecting.of(store))
        wanted = replace(wanted, scope=_scope(store, wanted, about))
        if about.each:
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


def _scope(store: Store, wanted: Wanted, about: About) -> Scope:
    """Return what the paper is about; raises `UserError` if a reference is not known."""
    from casetracker.reports.dossier import cases_of_meeting
    from casetracker.store import questions

    refs, meeting, scope = about.refs, about.meeting.strip().upper(), wanted.scope
    if refs and wanted.report.by_meeting:
        raise Misuse(tr(N_("This report is about a meeting; give --meeting instead of --case.")))
    with store.reader(as_of=wanted.as_of) as reader:
        for ref in refs:
            if not questions.cases_of(reader, [ref]):
                raise UserError(tr(N_("There is no case {ref} in this casebook."), ref=ref.strip().upper()))
        if not meeting:
            return replace(scope, case_ids=tuple(questions.cases_of(reader, refs)) if refs else ())
        found = [m.id for m in questions.meetings_of(reader) if m.text("ref") == meeting]
        if not found:
            raise UserError(tr(N_("There is no meeting {ref} in this casebook."), ref=meeting))
        at_it = replace(scope, meeting_id=found[0])
        if wanted.report.by_meeting:
            return at_it
        return replace(scope, case_ids=tuple(cases_of_meeting(reader, at_it)))
