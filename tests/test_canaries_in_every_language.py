"""The canaries of `test_confidentiality.py` in Russian and Kazakh, and in papers of two languages.

What is withheld does not hang on the language of a paper; but each language has its own words for dates and
terms, its own names of offices, and its own path through labels and plurals.
"""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from casetracker import i18n
from casetracker.jobs import Silent
from casetracker.model import ENTITIES
from casetracker.model import fields as f
from casetracker.model.confidentiality import Audience
from casetracker.reports import REPORTS, make
from casetracker.reports.report import Report
from tests.filling import canary
from tests.test_confidentiality import (
    AGREED,
    Full,
    all_told,
    everything_in,
    found,
    named,
    pdf_text,
    secrets,
    worded,
    words_of,
)

ENOUGH = AGREED["just enough"]
OTHERS = ("ru", "kk")
MADE = [(r, a) for r in REPORTS for a in r.audiences]
TEXTS = {(e, n) for e in ENTITIES for n in worded(e, (f.Text, f.LongText))}
EVERY = {canary(e, n, salt) for (e, n), salt in product(TEXTS, ("", "least"))}
# Some names are recorded in several languages, and a paper takes the one that it speaks.
OF_ONE_LANGUAGE = {
    canary(e, n, salt)
    for (e, n), salt in product(TEXTS, ("", "least"))
    if n.endswith(("_ru", "_kk")) or (e, f"{n}_ru") in TEXTS
}


@pytest.mark.parametrize(("audience", "language"), list(product(Audience, OTHERS)), ids=named)
def test_records_keep_secrets(full: Full, audience: Audience, language: str) -> None:
    uses = ENOUGH(audience)
    with i18n.language(language):
        told = all_told(full(uses), audience)
    for entity in ENTITIES:
        texts = told.get(entity.__name__, [])
        assert found(secrets(audience, uses), texts) == set(), entity
        if audience is Audience.INTERNAL:
            words = {canary(entity, n) for n in worded(entity, (f.Text, f.LongText, f.When))}
            assert found(words, texts) == words


@pytest.mark.parametrize(("made", "language"), list(product(MADE, OTHERS)), ids=named)
def test_papers_keep_secrets(
    full: Full, tmp_path: Path, made: tuple[Report, Audience], language: str
) -> None:
    report, audience = made
    uses = ENOUGH(audience)
    store, second = full(uses), ""
    if report.two_languages and language == "kk":
        second = "en"
    wanted = make.Wanted(report, audience, language, everything_in(report, store), second_language=second)
    out = make.make(store, wanted, tmp_path / "paper.pdf")
    text = pdf_text(out)
    assert found(secrets(audience, uses), text) == set()
    if audience is Audience.INTERNAL and not (report.blank or report.numbers):
        assert found(EVERY, text) != set()


@pytest.mark.parametrize("report", [r for r in REPORTS if Audience.INTERNAL in r.audiences], ids=named)
def test_the_office_reads_the_same_in_every_language(full: Full, report: Report) -> None:
    store, told = full(ENOUGH(Audience.INTERNAL)), {}
    for language in ("en", *OTHERS):
        with i18n.language(language), store.reader() as reader:
            blocks = list(words_of(list(report.build(reader, everything_in(report, store), Silent()))))
        told[language] = found(EVERY, blocks) - OF_ONE_LANGUAGE
    assert told["en"] == told["ru"] == told["kk"]
    assert bool(told["en"]) is not (report.blank or report.numbers)
