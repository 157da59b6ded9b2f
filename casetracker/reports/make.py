"""Making a paper: for one audience, in one language, as of a day; looked through before it is named."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypedDict

from pypdf import PdfReader

from casetracker import i18n
from casetracker.errors import NotForAudience, ReadOnly, UserError
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
from casetracker.reports import pdf, portraits, submitter_sheet, two_languages
from casetracker.reports.blocks import Block, Footer, texts
from casetracker.reports.case_pages import handling
from casetracker.reports.dossier import cases_of_meeting
from casetracker.reports.pdf.one_page import fitted
from casetracker.reports.report import Report, Scope
from casetracker.reports.scan_pictures import Pictures
from casetracker.store import portraits as store_portraits
from casetracker.store import questions, releases, submitters
from casetracker.store.audit.accesses import Access, Noted
from casetracker.store.portraits import Shown
from casetracker.store.reader import Reader
from casetracker.store.releases import Given, Mark, Override
from casetracker.store.store import Store
from casetracker.store.withheld import must_not_stand

Readers = dict[str, Reader]  # by language


@dataclass(frozen=True)
class Wanted:
    """What paper is wanted."""

    report: Report
    audience: Audience
    language: str = "en"
    scope: Scope = field(default_factory=Scope)
    as_of: dt.date | None = None
    let_through: frozenset[Sensitivity] = NOTHING  # for this paper; it is not saved without the reasons
    second_language: str = ""  # beside the first

    @property
    def languages(self) -> tuple[str, ...]:
        """The one language of the paper, or both."""
        return tuple(dict.fromkeys(code for code in (self.language, self.second_language) if code))

    @property
    def stem(self) -> str:
        """The name of its file without the ending: no name of a person is in it."""
        return "-".join((self.report.name, self.audience.value, *self.languages))

    def possible(self) -> Wanted:
        """Return it in one language, if the report is not made in two."""
        return self if self.report.two_languages else replace(self, second_language="")


@dataclass(frozen=True)
class ReleaseWanted:
    """To whom a paper is given, why something held back is let through, and what protects the file.

    `protect` signs or encrypts the finished paper (see `protection.Protection`), after it was looked through
    and before its hash is taken. `ref` makes a paper again under its old number, in a copy of the casebook of
    that day. Papers for the office itself need not be registered.
    """

    addressee: str = ""
    overrides: tuple[Override, ...] = ()
    protect: Callable[[bytes], bytes] | None = None
    ref: str = ""
    registered: bool = True


@dataclass(frozen=True)
class Forecast:
    """What the dialog says before a paper is made."""

    left_out: tuple[tuple[str, str], ...]  # reference of a case, and why it is left out
    cases: int
    held_back: tuple[str, ...]  # kinds of facts that this audience never gets, in plain words
    told: tuple[str, ...] = ()  # kinds of facts that the reader will be able to learn, and of whom
    portraits: tuple[Shown, ...] = ()  # whose face is seen in it, and whose not
    submitter: tuple[str, ...] = ()  # whose contacts stand on the sheet apart, in words


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
        seen = wanted.report.portraits and wanted.scope.options.photographs
        shown = tuple(store_portraits.outlook(reader, ids)) if seen else ()
        choice = wanted.scope.options.submitter if wanted.report.submitter else ""
        contacts = tuple(submitters.outlook(reader, ids, choice))
    never = tuple(held_back(wanted.audience, wanted.let_through))
    learnt = tuple(told(wanted.audience, wanted.let_through))
    return Forecast(left_out, len(ids), never, learnt, shown, contacts)


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
    require_possible(wanted)
    giving = _giving(store, wanted, out.name, release)
    _require_reasons(wanted, release)
    with i18n.language(wanted.language), _readers(store, wanted) as readers:
        pdf.write(
            _overheard(giving, _blocks(wanted, readers, progress)),
            out,
            **_look(wanted, readers, giving),
            progress=progress,
            withheld=_must_not_stand(readers),
            pictures=lambda: _pictures(wanted, readers),
            apart=lambda places: _apart(readers, places),
            protect=_protecting(giving, release),
            together=(lambda part: giving.registering(part.read_bytes(), readers)) if giving else None,
        )
    _note(store, wanted, giving)
    return out


def make_to_print(
    store: Store,
    wanted: Wanted,
    progress: Progress = Silent(),  # noqa: B008
    release: ReleaseWanted | None = None,
) -> bytes:
    """Return a paper that is to be printed: looked through and registered as one that is saved.

    It never touches the disk. Raises what `make` raises.
    """
    require_possible(wanted)
    name = f"{wanted.stem}.pdf"
    giving = _giving(store, wanted, name, release)
    _require_reasons(wanted, release)
    with i18n.language(wanted.language), _readers(store, wanted) as readers:
        blocks = _overheard(giving, _blocks(wanted, readers, progress))
        places: dict[str, int] = {}
        data = pdf.to_bytes(blocks, **_look(wanted, readers, giving), progress=progress, places=places)
        held, apart = _must_not_stand(readers), _apart(readers, places)
        pdf.refuse_leaks(data, name, held, lambda: _pictures(wanted, readers), apart)
        with giving.registering(data, readers) if giving else nullcontext():
            pass
    _note(store, wanted, giving)
    return data


class _Look(TypedDict):
    title: str
    language: str
    footer: Footer
    paper: pdf.Paper


def _look(wanted: Wanted, readers: Readers, giving: _Giving | None) -> _Look:
    return {
        "title": _title(wanted),
        "language": wanted.language,
        "footer": _footer(readers, giving.mark if giving else None),
        "paper": wanted.scope.options.paper,
    }


def _giving(store: Store, wanted: Wanted, name: str, release: ReleaseWanted | None) -> _Giving | None:
    """Return what writes a paper into the register; None of one that is not written there."""
    keep = release is not None and release.registered and not wanted.report.blank
    return _Giving(store, wanted, name, release) if release and keep else None


def _overheard(giving: _Giving | None, blocks: Iterable[Block]) -> Iterable[Block]:
    return giving.overheard(blocks) if giving else blocks


def _note(store: Store, wanted: Wanted, giving: _Giving | None) -> None:
    """Note a paper that the register does not hold."""
    if giving is None and not wanted.report.blank:
        about = wanted.scope.case_ids[0] if len(wanted.scope.case_ids) == 1 else ""
        store.note(Noted(Access.PRINTED, "Case" if about else "", about, _title(wanted)))


class _Giving:
    """A paper on its way out: what it says is overheard, so that the register knows whom it names."""

    def __init__(self, store: Store, wanted: Wanted, name: str, release: ReleaseWanted) -> None:
        if store.read_only:  # said before the work, not after it
            raise ReadOnly(store.read_only)
        self._store, self._wanted, self._name, self._release = store, wanted, name, release
        self.mark = releases.new_mark(store, release.ref)
        self._said: list[str] = []
        self._pages = 0

    def overheard(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """Pass the blocks on, keeping their texts."""
        for block in blocks:
            self._said.extend(texts(block))
            yield block

    def counting(self, protect: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
        """Count the pages before they are locked away."""

        def protected(data: bytes) -> bytes:
            self._pages = _count(data)
            return protect(data)

        return protected

    def registering(self, data: bytes, readers: Readers) -> AbstractContextManager[None]:
        """Return the context in which a file gets its name and the register its line.

        Whoever is named in either language is in it.
        """
        said = "\n".join(self._said)
        every = list(readers.values())
        given = Given(
            mark=self.mark,
            report=self._wanted.report.name,
            audience=self._wanted.audience,
            language="+".join(self._wanted.languages),
            as_of=every[0].as_of,
            digest=hashlib.sha256(data).hexdigest(),
            file_name=self._name,
            pages=self._pages or _count(data),
            addressee=self._release.addressee,
            case_ids=_unlike(releases.cases_in(reader, said) for reader in every),
            person_ids=_unlike(releases.people_in(reader, said) for reader in every),
            overrides=self._release.overrides,
        )
        return releases.registering(self._store, given)


def _count(data: bytes) -> int:
    return len(PdfReader(io.BytesIO(data)).pages)


def _protecting(giving: _Giving | None, release: ReleaseWanted | None) -> Callable[[bytes], bytes] | None:
    protect = release.protect if release else None
    return giving.counting(protect) if giving and protect else protect


def _require_reasons(wanted: Wanted, release: ReleaseWanted | None) -> None:
    overrides = release.overrides if release else ()
    missing = wanted.let_through - {o.kind for o in overrides}
    releases.require_reasons([*overrides, *(Override(kind, "", "") for kind in sorted(missing, key=str))])


def _reader(store: Store, wanted: Wanted) -> AbstractContextManager[Reader]:
    return store.reader(wanted.audience, wanted.as_of, wanted.let_through)


@contextmanager
def _readers(store: Store, wanted: Wanted) -> Iterator[Readers]:
    """Open a reader for each language of the paper: a record keeps the words it was first read in."""
    with ExitStack() as stack:
        yield {code: stack.enter_context(_reader(store, wanted)) for code in wanted.languages}


def _blocks(wanted: Wanted, readers: Readers, progress: Progress) -> Iterator[Block]:
    """Yield the blocks of the paper, in one language or two, with its options."""
    ways = (progress, Silent())
    built = [
        two_languages.spoken(code, wanted.report.build(reader, wanted.scope, way))
        for (code, reader), way in zip(readers.items(), ways, strict=False)
    ]
    options = wanted.scope.options
    framed = options.framed(two_languages.paired(*built) if len(built) > 1 else built[0])
    return fitted(framed, options.paper, two_languages=len(built) > 1)


def _must_not_stand(readers: Readers) -> Iterator[str]:
    """Yield what the readers withheld; asked for when the paper is built, and no earlier."""
    for code, reader in readers.items():
        with i18n.language(code):
            withheld = must_not_stand(reader) - reader.on_sheet
        yield from withheld


def _apart(readers: Readers, places: dict[str, int]) -> pdf.Apart:
    """Return the contacts of a submitter, which may stand on the sheet apart and nowhere else."""
    outside = (reader for reader in readers.values() if reader.audience is not Audience.INTERNAL)
    texts = frozenset(text for reader in outside for text in reader.on_sheet)
    sheets = frozenset(n for anchor, n in places.items() if anchor.startswith(submitter_sheet.ANCHOR))
    return pdf.Apart(texts, sheets)


def _pictures(wanted: Wanted, readers: Readers) -> Pictures:
    """Return the pictures that may be in the paper, and the faces that may not."""
    reader = next(iter(readers.values()))
    given = {each for one in readers.values() for each in portraits.given(one)}
    hidden = store_portraits.withheld(reader, reader.cases_given())
    return Pictures(tuple(given), wanted.scope.options.logo, tuple(hidden))


def _unlike(found: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for ids in found for each in ids))


def _title(wanted: Wanted) -> str:
    return i18n.BETWEEN.join(dict.fromkeys(_in_each(wanted.languages, lambda: tr(wanted.report.title))))


def _in_each(languages: Iterable[str], say: Callable[[], str]) -> Iterator[str]:
    """Yield what is said in each of the languages."""
    for code in languages:
        with i18n.language(code):
            said = say()
        yield said


def preview(
    store: Store,
    wanted: Wanted,
    progress: Progress = Silent(),  # noqa: B008
    begun: Callable[[bytes], None] | None = None,
) -> bytes:
    """Return a paper as bytes, for the preview; nothing touches the disk.

    `begun` is given the beginning of a longer paper as soon as its first page is full.
    """
    require_possible(wanted)
    with i18n.language(wanted.language), _readers(store, wanted) as readers:
        return pdf.to_bytes(
            _blocks(wanted, readers, progress),
            title=_title(wanted),
            language=wanted.language,
            footer=_footer(readers),
            paper=wanted.scope.options.paper,
            progress=progress,
            begun=begun,
        )


def _footer(readers: Readers, mark: Mark | None = None) -> Footer:
    reader = next(iter(readers.values()))

    def day() -> str:
        return tr(N_("As of {day}"), day=KnownDate.on(reader.as_of).text())

    return Footer(
        handling="\n".join(dict.fromkeys(_in_each(readers, lambda: handling(reader.audience)))),
        as_of="\n".join(_in_each(readers, day)),
        mark=mark.text if mark else "",
        second_language="".join([*readers][1:]),
    )


def require_possible(wanted: Wanted) -> None:
    """Raise `NotForAudience` for a wrong audience, `UserError` where there is no paper in two languages."""
    require_audience(wanted)
    if len(wanted.languages) > 1 and not wanted.report.two_languages:
        sentence = N_("“{report}” is made in one language at a time; leave out the second language.")
        raise UserError(tr(sentence, report=tr(wanted.report.title)))


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
