"""Making a paper: for one audience, in one language, as of a day; looked through before it is named."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from pypdf import PdfReader

from casetracker import i18n
from casetracker.errors import NotForAudience, ReadOnly
from casetracker.i18n import N_, tr
from casetracker.jobs import Progress, Silent
from casetracker.model.confidentiality import (
    AUDIENCE_LABELS,
    NOTHING,
    Audience,
    Sensitivity,
    held_back,
    told,
)
from casetracker.model.dates import KnownDate
from casetracker.reports import pdf
from casetracker.reports.blocks import Block, Footer, texts
from casetracker.reports.case_pages import handling
from casetracker.reports.dossier import cases_of_meeting
from casetracker.reports.report import Report, Scope
from casetracker.store import questions, releases
from casetracker.store.reader import Reader
from casetracker.store.releases import Given, Mark, Override
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
    let_through: frozenset[Sensitivity] = NOTHING  # for this paper; it is not saved without the reasons


@dataclass(frozen=True)
class ReleaseWanted:
    """To whom a paper is given, why something held back is let through, and what protects the file.

    `protect` signs or encrypts the part file where it lies, after it was looked through and before its hash
    is taken. `ref` makes a paper again under its old number, in a copy of the casebook of that day.
    """

    addressee: str = ""
    overrides: tuple[Override, ...] = ()
    protect: Callable[[Path], None] | None = None
    ref: str = ""


@dataclass(frozen=True)
class Forecast:
    """What the dialog says before a paper is made."""

    left_out: tuple[tuple[str, str], ...]  # reference of a case, and why it is left out
    cases: int
    held_back: tuple[str, ...]  # kinds of facts that this audience never gets, in plain words
    told: tuple[str, ...] = ()  # kinds of facts that the reader will be able to learn, and of whom


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
    with _reader(store, wanted) as reader:
        left_out = tuple((refs[i], why) for i in ids if (why := reader.refusal(i)))
    never = tuple(held_back(wanted.audience, wanted.let_through))
    return Forecast(left_out, len(ids), never, tuple(told(wanted.audience, wanted.let_through)))


def make(
    store: Store,
    wanted: Wanted,
    out: Path,
    progress: Progress = Silent(),  # noqa: B008
    release: ReleaseWanted | None = None,
) -> Path:
    """Write a paper to `out`.

    It is built as a part file from what the audience may see, opened again and looked through for what was
    withheld, protected, and only then gets its name. With `release` that happens together with an entry in
    the release register, whose number is printed on every page; a blank form holds nothing and is not
    registered. Raises `NotForAudience`, or `UserError` if something withheld is in the file, or the file or
    the register cannot be written.
    """
    require_audience(wanted)
    giving = _Giving(store, wanted, out, release) if release and not wanted.report.blank else None
    _require_reasons(wanted, release)
    with i18n.language(wanted.language), _reader(store, wanted) as reader:
        options = wanted.scope.options
        blocks = options.framed(wanted.report.build(reader, wanted.scope, progress))
        pdf.write(
            giving.overheard(blocks) if giving else blocks,
            out,
            title=tr(wanted.report.title),
            language=wanted.language,
            footer=_footer(reader, giving.mark if giving else None),
            paper=options.paper,
            progress=progress,
            withheld=_must_not_stand(reader),
            protect=release.protect if release else None,
            together=(lambda part: giving.registering(part, reader)) if giving else None,
        )
    return out


class _Giving:
    """A paper on its way out: what it says is overheard, so that the register knows whom it names."""

    def __init__(self, store: Store, wanted: Wanted, out: Path, release: ReleaseWanted) -> None:
        if store.read_only:  # said before the work, not after it
            raise ReadOnly(store.read_only)
        self._store, self._wanted, self._out, self._release = store, wanted, out, release
        self.mark = releases.new_mark(store, release.ref)
        self._said: list[str] = []

    def overheard(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """Pass the blocks on, keeping their texts."""
        for block in blocks:
            self._said.extend(texts(block))
            yield block

    def registering(self, part: Path, reader: Reader) -> AbstractContextManager[None]:
        """Return the context in which the part file gets its name and the register its line."""
        said, data = "\n".join(self._said), part.read_bytes()
        given = Given(
            mark=self.mark,
            report=self._wanted.report.name,
            audience=self._wanted.audience,
            language=self._wanted.language,
            as_of=reader.as_of,
            digest=hashlib.sha256(data).hexdigest(),
            file_name=self._out.name,
            pages=_pages(part),
            addressee=self._release.addressee,
            case_ids=releases.cases_in(reader, said),
            person_ids=releases.people_in(reader, said),
            overrides=self._release.overrides,
        )
        return releases.registering(self._store, given)


def _pages(part: Path) -> int | None:
    """Count the pages; None of an encrypted file, which is not opened again."""
    read = PdfReader(part)
    return None if read.is_encrypted else len(read.pages)


def _require_reasons(wanted: Wanted, release: ReleaseWanted | None) -> None:
    overrides = release.overrides if release else ()
    missing = wanted.let_through - {o.kind for o in overrides}
    releases.require_reasons([*overrides, *(Override(kind, "", "") for kind in sorted(missing, key=str))])


def _reader(store: Store, wanted: Wanted) -> AbstractContextManager[Reader]:
    return store.reader(wanted.audience, wanted.as_of, wanted.let_through)


def _must_not_stand(reader: Reader) -> Iterator[str]:
    """Yield what the reader withheld; asked for when the paper is built, and no earlier."""
    yield from must_not_stand(reader)


def preview(store: Store, wanted: Wanted, progress: Progress = Silent()) -> bytes:  # noqa: B008
    """Return a paper as bytes, for the preview; nothing touches the disk."""
    require_audience(wanted)
    with i18n.language(wanted.language), _reader(store, wanted) as reader:
        return pdf.to_bytes(
            wanted.scope.options.framed(wanted.report.build(reader, wanted.scope, progress)),
            title=tr(wanted.report.title),
            language=wanted.language,
            footer=_footer(reader),
            paper=wanted.scope.options.paper,
            progress=progress,
        )


def _footer(reader: Reader, mark: Mark | None = None) -> Footer:
    as_of = tr(N_("As of {day}"), day=KnownDate.on(reader.as_of).text())
    return Footer(handling=handling(reader.audience), as_of=as_of, mark=mark.text if mark else "")


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
