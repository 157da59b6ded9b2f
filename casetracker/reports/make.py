"""Making a paper: for one audience, in one language, as of a day; looked through before it is named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from casetracker import i18n
from casetracker.errors import NotForAudience
from casetracker.i18n import N_, tr
from casetracker.jobs import Progress, Silent
from casetracker.model.confidentiality import AUDIENCE_LABELS, Audience, held_back
from casetracker.model.dates import KnownDate
from casetracker.reports import pdf
from casetracker.reports.blocks import Footer
from casetracker.reports.case_pages import handling
from casetracker.reports.dossier import cases_of_meeting
from casetracker.reports.report import Report, Scope
from casetracker.store import questions
from casetracker.store.reader import Reader
from casetracker.store.store import Store
from casetracker.store.withheld import must_not_stand


@dataclass(frozen=True)
class Wanted:
    """What paper is wanted."""

    report: Report
    audience: Audience
    language: str = "en"
    scope: Scope = field(default_factory=Scope)
    as_of: dt.date | None = None


@dataclass(frozen=True)
class Forecast:
    """What the dialog says before a paper is made."""

    left_out: tuple[tuple[str, str], ...]  # reference of a case, and why it is left out
    cases: int
    held_back: tuple[str, ...]  # kinds of facts that this audience never gets, in plain words


def forecast(store: Store, wanted: Wanted) -> Forecast:
    """Say which cases would be left out of a paper and why, and what kinds of facts are held back."""
    if wanted.report.blank:
        return Forecast((), 0, ())
    with store.reader(as_of=wanted.as_of) as all_seeing:
        if wanted.report.by_meeting:
            ids = cases_of_meeting(all_seeing, wanted.scope)
        else:
            ids = list(wanted.scope.case_ids) or questions.cases_of(all_seeing)
        refs = questions.refs_of(all_seeing, ids)
    with store.reader(wanted.audience, wanted.as_of) as reader:
        left_out = tuple((refs[i], why) for i in ids if (why := reader.refusal(i)))
    return Forecast(left_out, len(ids), tuple(held_back(wanted.audience)))


def make(store: Store, wanted: Wanted, out: Path, progress: Progress = Silent()) -> Path:  # noqa: B008
    """Write a paper to `out`.

    It is built as a part file from what the audience may see, opened again and looked through for what was
    withheld, and only then gets its name. Raises `NotForAudience`, or `UserError` if something withheld is
    in the file or the file cannot be written.
    """
    require_audience(wanted)
    with i18n.language(wanted.language), store.reader(wanted.audience, wanted.as_of) as reader:
        pdf.write(
            wanted.report.build(reader, wanted.scope, progress),
            out,
            title=tr(wanted.report.title),
            language=wanted.language,
            footer=_footer(reader),
            progress=progress,
            withheld=_must_not_stand(reader),
        )
    return out


def _must_not_stand(reader: Reader) -> Iterator[str]:
    """Yield what the reader withheld; asked for when the paper is built, and no earlier."""
    yield from must_not_stand(reader)


def preview(store: Store, wanted: Wanted, progress: Progress = Silent()) -> bytes:  # noqa: B008
    """Return a paper as bytes, for the preview; nothing touches the disk."""
    require_audience(wanted)
    with i18n.language(wanted.language), store.reader(wanted.audience, wanted.as_of) as reader:
        return pdf.to_bytes(
            wanted.report.build(reader, wanted.scope, progress),
            title=tr(wanted.report.title),
            language=wanted.language,
            footer=_footer(reader),
            progress=progress,
        )


def _footer(reader: Reader) -> Footer:
    as_of = tr(N_("As of {day}"), day=KnownDate.on(reader.as_of).text())
    return Footer(handling=handling(reader.audience), as_of=as_of)


def require_audience(wanted: Wanted) -> None:
    """Raise `NotForAudience` if the report is not made for the audience."""
    if wanted.audience not in wanted.report.audiences:
        raise NotForAudience(
            tr(
                N_("“{report}” is not for this audience ({audience}); it is made for: {audiences}."),
                report=tr(wanted.report.title),
                audience=tr(AUDIENCE_LABELS[wanted.audience]),
                audiences=", ".join(a.value for a in wanted.report.audiences),
            )
        )
