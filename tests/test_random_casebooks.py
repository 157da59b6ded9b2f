"""Casebooks drawn at random: no paper of any of them tells its readers what they may not know.

Fifty are drawn in the usual run, a thousand in the nightly one (`make nightly`). What may stand where is said
by hand in `tests/books/rules.py`; what stands in a file is read by PDFium and pikepdf, neither of which made
it. A name that a clerk typed into an account by mistake has to stop the paper.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from uuid import UUID

import pikepdf
import pytest
from hypothesis import HealthCheck, Phase, given, note, settings

from casetracker import i18n
from casetracker.errors import UserError
from casetracker.model import entity
from casetracker.model.confidentiality import Audience
from casetracker.model.dates import KnownDate
from casetracker.reports import report_named
from casetracker.reports.make import ReleaseWanted, Wanted, make, preview
from casetracker.reports.report import Scope
from casetracker.store.engine import open_engine
from casetracker.store.releases import Override
from casetracker.store.store import Store
from tests.books import words
from tests.books.plans import Asked, Plan, plans
from tests.books.rules import Paper
from tests.books.written import TODAY, Book
from tests.conftest import KEY
from tests.reports import reading

USUAL = 50
NIGHTLY = int(os.environ.get("CASETRACKER_CASEBOOKS", "1000"))
_HELD_BACK = "would show what is held back"
_DRAWN = settings(
    deadline=None,
    database=None,
    derandomize=True,  # the same casebooks in each run: what fails here fails again
    print_blob=True,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.generate,),  # making a failing casebook smaller would take minutes
)


@contextmanager
def written(template: Path, plan: Plan) -> Iterator[Book]:
    """Write a casebook with ids that are the same each time."""
    ids = count(1)
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(entity, "uuid4", lambda: UUID(int=next(ids) * 0x9E3779B97F4A7C15 % 2**128))
        path = Path(folder) / "records.db"
        shutil.copy(template, path)
        engine = open_engine(path, KEY)
        try:
            yield Book(
                Store(engine, "A. Serik", today=lambda: TODAY, folder=Path(folder)), plan, Path(folder)
            )
        finally:
            engine.dispose()


def wanted(book: Book, asked: Asked) -> Wanted:
    report = report_named(asked.report)
    meeting = book.meetings[-1] if book.meetings and report.by_meeting else ""
    cases = () if asked.one_case is None or meeting else (book.cases[asked.one_case % len(book.cases)],)
    form = asked.reply_form and asked.report == "dossier" and asked.audience is Audience.OFFICIAL
    scope = Scope(
        case_ids=cases,
        meeting_id=meeting,
        since=dt.date(2021, 2, 1) if report.by_day else None,
        reply_form=form,
    )
    second = asked.second if report.two_languages and not form else ""
    return Wanted(
        report, asked.audience, asked.language, scope, let_through=asked.let_through, second_language=second
    )


def everything_in(path: Path) -> str:
    """Return all that a file says, to a reader or to somebody who takes it apart, in one spelling."""
    said = reading.pages(path)
    with pikepdf.open(path) as pdf:
        for thing in [*pdf.objects, pdf.trailer]:
            said += _texts(thing)
            if isinstance(thing, pikepdf.Stream):
                for data in (thing.read_bytes(pikepdf.StreamDecodeLevel.generalized), thing.read_raw_bytes()):
                    said += [data.decode("utf-8", "ignore"), data.decode("utf-16-be", "ignore")]
    text = folded("|".join(said))
    return f"{text}|{text[::-1]}"


def _texts(thing: object) -> list[str]:
    """Return the strings in an object of a PDF; other objects are asked by themselves."""
    if isinstance(thing, pikepdf.String):
        return [str(thing)]
    if isinstance(thing, pikepdf.Array):
        return [text for each in thing if not _apart(each) for text in _texts(each)]
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        return [text for key in thing.keys() if not _apart(thing[key]) for text in _texts(thing[key])]  # noqa: SIM118
    return []


def _apart(thing: object) -> bool:
    return bool(getattr(thing, "is_indirect", False))


def folded(text: str) -> str:
    return re.sub(
        r"[\s\u200b-\u200f\u202a-\u202e\ufffe-]+", "", unicodedata.normalize("NFKC", text)
    ).casefold()


def spelt(word: str, language: str) -> list[str]:
    """Return the forms in which a secret would stand; a day of birth can be written in several ways."""
    if not word.startswith("day of birth "):
        return [folded(word)]
    day = dt.date.fromisoformat(word.removeprefix("day of birth "))
    with i18n.language(language):
        said = KnownDate.on(day).text()
    return [folded(form) for form in (said, f"{day:%d.%m.%Y}", f"{day:%Y-%m-%d}")]


def leaked(book: Book, asked: Asked, path: Path) -> list[str]:
    """Return the secrets that stand in a finished paper although its readers must not know them."""
    families = book.paper_families(asked.one_case)
    told = everything_in(path)
    secrets = book.secrets.of(Paper(asked.audience, asked.let_through, families))
    return [word for word in secrets if any(form in told for form in spelt(word, asked.language))]


def release_of(asked: Asked) -> ReleaseWanted | None:
    if not (asked.released or asked.let_through):
        return None
    reasons = tuple(
        Override(kind, "the family asked for it", "A. Serik") for kind in sorted(asked.let_through, key=str)
    )
    return ReleaseWanted("Office of the reader", reasons)


def check(template: Path, plan: Plan, outcomes: Counter[str]) -> None:
    """Write a casebook, make its papers, look into each."""
    with written(template, plan) as book:
        for number, asked in enumerate(plan.asked):
            _check_paper(book, asked, book.folder / f"{number}.pdf", outcomes)


def _check_paper(book: Book, asked: Asked, out: Path, outcomes: Counter[str]) -> None:
    paper = wanted(book, asked)
    note(f"{asked.report} for {asked.audience.value} in {asked.language}")
    if refused := _refused(book, paper, asked, out):
        outcomes[refused] += 1
        return
    outcomes[asked.audience.value] += 1
    assert leaked(book, asked, out) == []
    if asked.twice and release_of(asked) is None:
        assert preview(book.store, paper) == out.read_bytes()
    if asked.audience is Audience.INTERNAL and asked.report == "case":
        _is_whole(book, paper, out)


def _refused(book: Book, paper: Wanted, asked: Asked, out: Path) -> str:
    """Make a paper; return why there is none, where there is a good reason for it, else nothing."""
    try:
        make(book.store, paper, out, release=release_of(asked))
    except UserError as error:
        said = str(error)
    else:
        return ""
    assert [p for p in out.parent.iterdir() if p.name.startswith(out.stem)] == []
    if _HELD_BACK not in said and paper.scope.reply_form:
        return "no list was handed over, so there is no form"
    slipped = any(case.slip for case, _ in book.case_of)
    assert slipped, f"nothing was typed by mistake, and yet there is no paper: {said}"
    assert _HELD_BACK in said
    return "stopped"


def _is_whole(book: Book, paper: Wanted, out: Path) -> None:
    """The office's own copy has the names and accounts: else nothing would be proved by their absence."""
    told = everything_in(out)
    for case_id, (case, _) in zip(book.cases, book.case_of, strict=True):
        if paper.scope.case_ids and case_id not in paper.scope.case_ids:
            continue
        for script in case.detained.scripts:
            assert all(folded(word) in told for word in words.name_words(case.detained.number, script))


def _tried(template: Path, number: int, papers: int) -> Counter[str]:
    outcomes: Counter[str] = Counter()

    @settings(_DRAWN, max_examples=number)
    @given(plan=plans(papers))
    def run(plan: Plan) -> None:
        check(template, plan, outcomes)

    run()
    return outcomes


def test_no_paper_of_fifty_casebooks_tells_too_much(template: Path) -> None:
    outcomes = _tried(template, USUAL, papers=1)
    assert len(outcomes) > 5  # most audiences were among them


@pytest.mark.nightly
def test_no_paper_of_a_thousand_casebooks_tells_too_much(template: Path) -> None:
    outcomes = _tried(template, NIGHTLY, papers=3)
    print(f"papers by audience, or why there is none: {dict(outcomes)}")
    assert {a.value for a in Audience} <= set(outcomes)
