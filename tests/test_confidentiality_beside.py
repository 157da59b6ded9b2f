"""Papers in two languages give away no more than those in one: the same canaries, looked for in both."""

from __future__ import annotations

from pathlib import Path

import pytest

from casetracker.model.confidentiality import Audience
from casetracker.reports import REPORTS, make
from casetracker.reports.report import Report
from tests.test_confidentiality import AGREED, Full, everything_in, found, named, pdf_text, secrets

FILLED = [r for r in REPORTS if r.two_languages and not r.blank]
BESIDE = [(r, a) for r in FILLED for a in (r.audiences[0], Audience.INTERNAL)]


@pytest.mark.parametrize(("report", "audience"), BESIDE, ids=named)
def test_papers_keep_secrets(full: Full, tmp_path: Path, report: Report, audience: Audience) -> None:
    uses = AGREED["just enough"](audience)
    store = full(uses)
    scope, out = everything_in(report, store), tmp_path / "paper.pdf"

    make.make(store, make.Wanted(report, audience, "ru", scope, second_language="kk"), out)

    assert found(secrets(audience, uses), pdf_text(out)) == set()
    if audience is Audience.INTERNAL:  # else the test would prove nothing
        assert "canary" in "".join(pdf_text(out))
