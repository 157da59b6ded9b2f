"""The manual names every kind of record, report, audience, consent and sensitivity there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from casetracker.model import ENTITIES
from casetracker.model.confidentiality import AUDIENCE_LABELS, USE_SHORT, Audience, Sensitivity
from casetracker.reports import REPORTS

ROOT = Path(__file__).parent.parent
MANUAL = ROOT / "resources" / "manual"
PAGES = {page.name: page.read_text("utf-8") for page in sorted(MANUAL.glob("*.md"))}
ALL = " ".join(" ".join(PAGES.values()).lower().split())


@pytest.mark.parametrize("entity", ENTITIES, ids=lambda e: e.__name__)
def test_every_entity_is_explained(entity: type) -> None:
    assert entity.singular.lower() in ALL  # type: ignore[attr-defined]


@pytest.mark.parametrize("report", REPORTS, ids=lambda r: r.name)
def test_every_report_is_explained(report: object) -> None:
    assert f"**{report.title}** (`{report.name}`)" in PAGES["papers.md"]  # type: ignore[attr-defined]


def test_every_audience_use_and_sensitivity_is_explained() -> None:
    for audience in Audience:
        assert AUDIENCE_LABELS[audience].lower() in ALL
        assert f"`{audience.value}`" in ALL
    for short in USE_SHORT.values():
        assert short.split(",")[0].lower() in ALL
    for sensitivity in set(Sensitivity) - {Sensitivity.OPEN}:
        assert sensitivity.value.lower() in ALL


def test_every_page_is_in_the_contents_and_every_link_leads_somewhere() -> None:
    linked = set(re.findall(r"\]\(([a-z-]+\.md)\)", PAGES["README.md"]))
    assert linked == set(PAGES) - {"README.md"}
    for page in (ROOT / "README.md", *MANUAL.glob("*.md")):
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
