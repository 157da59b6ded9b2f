"""Every report is made on an empty casebook and on the example, for each of its audiences and languages."""

from __future__ import annotations

import datetime as dt
import json
import re
from itertools import product
from pathlib import Path

import pypdfium2
import pytest

from casetracker import i18n
from casetracker.errors import NotForAudience, UserError
from casetracker.example import CASE_SHOWN, EXAMPLE_DAY
from casetracker.i18n import tr
from casetracker.jobs import Cancelled, Silent
from casetracker.model import Case, Family, Person
from casetracker.model.confidentiality import Audience
from casetracker.model.dates import KnownDate
from casetracker.model.people.family import Kinship
from casetracker.reports import REPORTS, report_named, two_languages
from casetracker.reports.blocks import Keep
from casetracker.reports.make import Wanted, forecast, make, preview
from casetracker.reports.report import Report, Scope
from casetracker.reports.two_languages import likeness
from casetracker.store import questions
from casetracker.store.store import Store
from tests.conftest import Office_

FILLED = [r for r in REPORTS if not r.blank]
MADE = [(r, a) for r in FILLED for a in r.audiences]
BLANK = [r for r in REPORTS if r.blank]
LANGUAGES = ("en", "qps")
HEADINGS = {"appeal-letter": "Appeal"}  # what the office of the addressee calls the paper
PUBLISHED = "CT-6ZJH"  # the one case of the example that may be published


def name(value: object) -> str | None:
    return getattr(value, "name", None)


def text_of(paper: Path | bytes) -> str:
    """What PDFium reads, line ends made to spaces."""
    document = pypdfium2.PdfDocument(paper)
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return " ".join(" ".join(pages).split())


@pytest.mark.parametrize(("report", "audience"), MADE, ids=name)
def test_on_an_empty_casebook(store: Store, tmp_path: Path, report: Report, audience: Audience) -> None:
    out = make(store, Wanted(report, audience), tmp_path / "paper.pdf")
    said = (
        "None of the chosen cases",
        "No meeting is recorded",
        "No promise is recorded",
        "No paper was given out",
        "No document is kept",
        "No protest is recorded",
        "No meeting is recorded that was held",
    )
    assert any(sentence in text_of(out) for sentence in said)


@pytest.mark.parametrize(("made", "language"), list(product(MADE, LANGUAGES)), ids=name)
def test_on_the_example(example: Store, tmp_path: Path, made: tuple[Report, Audience], language: str) -> None:
    report, audience = made
    wanted = Wanted(report, audience, language)
    if language == "qps":  # its words alone are of interest, and they are the same before the paper is a file
        text = text_of(preview(example, wanted))
    else:
        text = text_of(make(example, wanted, tmp_path / "paper.pdf"))
        assert sorted(p.name for p in tmp_path.iterdir() if p.suffix != ".db") == ["paper.pdf"]
    if report.name == "custody":
        assert "No document is kept" in text  # this casebook is no folder with files
    elif report.numbers:
        assert not re.search(r"CT-[0-9A-Z]{4}", text)
    elif audience is not Audience.PUBLIC:
        assert CASE_SHOWN in text
    elif not report.by_meeting:  # at the last meeting it was not spoken of
        assert PUBLISHED in text
        assert CASE_SHOWN not in text
    heading = HEADINGS.get(report.name, report.title)
    assert (f"[{heading}" in text) == (language == "qps")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("report", BLANK, ids=name)
def test_a_blank_form_holds_no_record(example: Store, tmp_path: Path, report: Report, language: str) -> None:
    text = text_of(make(example, Wanted(report, report.audiences[0], language), tmp_path / "form.pdf"))
    assert "☐" in text or "____" in text
    assert CASE_SHOWN not in text
    with example.reader() as reader:
        names = {n for p in reader.all(Person) for n in reader.names(p.id)}
    assert not [n for n in names if n in text]


@pytest.mark.parametrize("language", ["ru", "kk"])
@pytest.mark.parametrize("report", REPORTS, ids=name)
def test_it_speaks_the_language_it_is_asked_for(example: Store, report: Report, language: str) -> None:
    text = text_of(preview(example, Wanted(report, report.audiences[0], language)))
    with i18n.language(language):
        assert tr(report.title) != report.title
    assert sum("\u0400" < letter < "\u0530" for letter in text) > 100


@pytest.mark.parametrize("second", ["kk", "en"])
@pytest.mark.parametrize("report", [r for r in REPORTS if r.two_languages], ids=name)
def test_in_another_language_it_says_the_same_in_the_same_order(
    example: Store, report: Report, second: str
) -> None:
    """So that two languages can stand beside each other: block for block, and row for row the same cases."""
    built = {}
    for language in ("ru", second):
        with example.reader(report.audiences[0]) as reader:
            blocks = report.build(reader, Scope(), Silent())
            built[language] = list(two_languages.spoken(language, blocks))
    assert [likeness(block) for block in built["ru"]] == [likeness(block) for block in built[second]]
    for one, other in zip(built["ru"], built[second], strict=True):
        for row, same in zip(rows_of(one), rows_of(other), strict=True):
            assert codes_in(row) == codes_in(same)


def rows_of(block: object) -> list[object]:
    if isinstance(block, Keep):
        return [row for each in block.blocks for row in rows_of(each)]
    return [*getattr(block, "rows", ()), *getattr(block, "entries", ())]


def codes_in(row: object) -> set[str]:
    """The references in a row; years and amounts are written with other words around them, not otherwise."""
    said = str(row)
    return set(re.findall(r"[A-Z]{2}-[0-9A-Z]{4}", said)) | set(re.findall(r"\b(?:19|20)\d\d\b", said))


@pytest.mark.parametrize("report", REPORTS, ids=name)
def test_the_same_day_gives_the_same_bytes(example: Store, tmp_path: Path, report: Report) -> None:
    wanted = Wanted(report, report.audiences[0], as_of=dt.date(2021, 11, 1))
    if report.name == "releases":  # it bears the code of the log, in which each making is noted
        assert preview(example, wanted) == preview(example, wanted)
        return
    one, two = make(example, wanted, tmp_path / "1.pdf"), make(example, wanted, tmp_path / "2.pdf")
    assert one.read_bytes() == two.read_bytes() == preview(example, wanted)


@pytest.mark.parametrize("report", FILLED, ids=name)
def test_it_can_be_cancelled_and_leaves_nothing(example: Store, tmp_path: Path, report: Report) -> None:
    class Impatient:
        def step(self, done: int, total: int, what: str = "") -> None:
            if done:
                raise Cancelled

    with pytest.raises(Cancelled):
        make(example, Wanted(report, report.audiences[0]), tmp_path / "paper.pdf", Impatient())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("report", REPORTS, ids=name)
def test_it_is_not_made_for_others(example: Store, tmp_path: Path, report: Report) -> None:
    for audience in set(Audience) - set(report.audiences):
        with pytest.raises(NotForAudience, match="not for this audience"):
            make(example, Wanted(report, audience), tmp_path / "paper.pdf")
    assert list(tmp_path.iterdir()) == []


def test_overdue_is_counted_to_the_day_of_the_paper(example: Store, tmp_path: Path) -> None:
    dossier = report_named("dossier")
    late = make(example, Wanted(dossier, Audience.OFFICIAL, as_of=EXAMPLE_DAY), tmp_path / "late.pdf")
    assert "18 days overdue" in text_of(late)
    early = Wanted(dossier, Audience.OFFICIAL, as_of=dt.date(2021, 10, 26))
    assert "1 day overdue" in text_of(make(example, early, tmp_path / "early.pdf"))


def test_cases_without_consent_are_left_out_and_named_with_the_reason(example: Store, tmp_path: Path) -> None:
    wanted = Wanted(report_named("case"), Audience.OFFICIAL)
    told = forecast(example, wanted)
    assert told.left_out
    text = text_of(make(example, wanted, tmp_path / "cases.pdf"))
    for ref, why in told.left_out:
        assert ref not in text
        assert why.endswith(".")


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_a_case_is_exactly_one_page(example: Store, tmp_path: Path, language: str) -> None:
    wanted = Wanted(report_named("case"), Audience.OFFICIAL, language)
    told = forecast(example, wanted)
    with pypdfium2.PdfDocument(make(example, wanted, tmp_path / "cases.pdf")) as document:
        assert len(document) == told.cases - len(told.left_out)


def test_what_was_handed_over_is_in_the_dossier_of_that_meeting(example: Store, tmp_path: Path) -> None:
    with example.reader() as reader:
        meeting = next(m for m in questions.meetings_of(reader) if m.children("handovers"))
        given = json.loads(meeting.children("handovers")[0].text("content"))
    scope = Scope(meeting_id=meeting.id)
    wanted = Wanted(report_named("dossier"), Audience.OFFICIAL, scope=scope, as_of=dt.date(2021, 10, 4))
    out = make(example, wanted, tmp_path / "given.pdf")
    text = text_of(out)
    assert given
    assert all(line["ref"] in text for line in given)


def test_a_source_may_be_called_what_is_printed_anyway(store: Store, office: Office_, tmp_path: Path) -> None:
    case = office.case()
    draft = store.draft(Case, case)
    draft.add("sources", label="Wife")
    store.save(draft)
    family = store.draft(Family, draft.values["family_id"])
    family.children["members"][0].values["kinship"] = Kinship.WIFE
    store.save(family)
    out = make(store, Wanted(report_named("case"), Audience.OFFICIAL), tmp_path / "case.pdf")
    assert "wife" in text_of(out)


def test_a_withheld_name_in_an_account_stops_the_paper(store: Store, office: Office_, tmp_path: Path) -> None:
    witness = office.person("Серікбай Тоқтарұлы")
    case = office.case(account="Серікбай Тоқтарұлы saw how he was taken away.")
    draft = store.draft(Case, case)
    draft.add("sources", label="A neighbour", person_id=witness)
    store.save(draft)
    with pytest.raises(UserError, match="page 1"):
        make(store, Wanted(report_named("case"), Audience.OFFICIAL), tmp_path / "case.pdf")
    assert not list(tmp_path.glob("*.pdf*"))


@pytest.mark.parametrize("typed", ["Гүлнар Сәрсенқызы", "库柏柏楚", "王小明"])
def test_so_does_the_name_of_somebody_who_has_nothing_to_do_with_the_case(
    store: Store, office: Office_, tmp_path: Path, typed: str
) -> None:
    office.person(typed)
    office.case(account=f"The wife of {typed} saw it.")
    with pytest.raises(UserError, match="page 1"):
        make(store, Wanted(report_named("case"), Audience.OFFICIAL), tmp_path / "case.pdf")


@pytest.mark.parametrize(
    "spelling", ["Серікбай Тоқтарұлы", "Serikbai Toktaruly", "سەرىكباي توقتارۇلى", "Тоқтарұлы Серікбай"]
)
def test_a_withheld_name_stops_the_paper_in_every_script(
    store: Store, office: Office_, tmp_path: Path, spelling: str
) -> None:
    witness = office.person("Серікбай Тоқтарұлы")
    case = office.case(account=f"{spelling} saw how he was taken away.")
    draft = store.draft(Case, case)
    draft.add("sources", label="A neighbour", person_id=witness)
    store.save(draft)
    with pytest.raises(UserError, match="page 1"):
        make(store, Wanted(report_named("case"), Audience.OFFICIAL), tmp_path / "case.pdf")


@pytest.mark.parametrize("written", ["7 May 1985", "07.05.1985", "1985-05-07"])
def test_a_withheld_day_of_birth_stops_the_paper(
    store: Store, office: Office_, tmp_path: Path, written: str
) -> None:
    case = office.case(account=f"Her mother, born {written}, waits for her.")
    family = store.draft(Family, store.draft(Case, case).values["family_id"])
    mother = office.person("Сара Қонысбайқызы", birth=KnownDate.from_edtf("1985-05-07"))
    family.add("members", person_id=mother, kinship=Kinship.MOTHER)
    store.save(family)
    with pytest.raises(UserError, match="page 1"):
        make(store, Wanted(report_named("case"), Audience.OFFICIAL), tmp_path / "case.pdf")


def test_a_planned_protest_is_told_to_nobody_outside(example: Store, tmp_path: Path) -> None:
    chronicle = report_named("chronicle")
    office = text_of(make(example, Wanted(chronicle, Audience.INTERNAL), tmp_path / "office.pdf"))
    official = text_of(make(example, Wanted(chronicle, Audience.OFFICIAL), tmp_path / "official.pdf"))
    assert "Picket planned" in office
    assert "Picket planned" not in official


def test_what_it_cost_is_told_family_by_family(example: Store, tmp_path: Path) -> None:
    chronicle = report_named("chronicle")
    text = text_of(make(example, Wanted(chronicle, Audience.OFFICIAL), tmp_path / "official.pdf"))
    costs = text.partition("What it cost each family")[2]
    assert costs.count("tenge") > 12  # a line a family, four amounts each
