"""Papers as they come out: what is on which page, what is written beside the text, and what is not."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from casetracker.errors import UserError
from casetracker.reports import blocks, pdf
from casetracker.reports.blocks import (
    Block,
    Callout,
    Chip,
    Chips,
    Chronology,
    Cover,
    Entry,
    Facts,
    Footer,
    Heading,
    Index,
    IndexEntry,
    Keep,
    Muted,
    Names,
    Note,
    PageBreak,
    Para,
    Section,
    Signature,
    Strong,
    Table,
    Tone,
)
from tests.reports import reading

ACCOUNT = "He was called to the village police station in the evening and did not come home. "
FOOTER = Footer("For the Commissioner’s office · confidential", "As of 4 November 2021")
LONG_NAME = "Мұхаммед-Қасым Әбдірахманұлы Төлегенов-Жүнісбеков"


class Counting:
    """Progress that remembers what it was told."""

    def __init__(self) -> None:
        self.steps: list[tuple[int, int]] = []

    def step(self, done: int, total: int, what: str = "") -> None:
        self.steps.append((done, total))


def case(number: int, of: int, account: int = 2) -> Iterator[Block]:
    yield Section("Meeting dossier", f"Case {number} of {of}", f"case-{number}", f"Person {number}")
    yield Names(
        f"Person {number}", (LONG_NAME, "巴合提江·努尔兰", "باقىتجان نۇرلانۇلى"), (Chip("held", Tone.RED),)
    )
    yield Callout("What the family asks:", "confirm where he is held; a consular visit.")
    yield Facts((("Born", "12 May 1976"), ("Held at", "Wusu prison (likely)"), ("Sentence", "")), columns=2)
    yield Para(ACCOUNT * account, lead="Summary.")
    yield Heading("Chronology")
    yield Chronology(
        (
            Entry("≈ Oct 2018", "Taken from home", ACCOUNT, "wife"),
            Entry("Jun 2019", "Sentenced", tone=Tone.RED),
        ),
        ("Date", "Event", "Source"),
    )
    yield Heading("Earlier promises")
    yield Table(
        ("By", "Promise", "Outcome"),
        (("MFA, Mar 2020", "diplomatic note", ("no answer", Chip("overdue 18 months", Tone.RED))),),
    )


def dossier(cases: int) -> Iterator[Block]:
    yield Cover("Meeting dossier", "4 November 2021", (("Cases", str(cases)),), "Confidential")
    entries = [
        IndexEntry(str(n), (f"Person {n}", LONG_NAME), f"CT-7F{n:02}", "a consular visit", f"case-{n}")
        for n in range(1, cases + 1)
    ]
    yield Index(tuple(entries), ("No.", "Name", "What is asked", "Page"), empty="No case.")
    for number in range(1, cases + 1):
        yield from case(number, cases)


def written(folder: Path, *parts: Block, **settings: Any) -> Path:
    path = folder / "paper.pdf"
    pdf.write(parts, path, title="Paper", language="en", **settings)
    return path


@pytest.fixture(scope="module")
def twelve(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("twelve") / "dossier.pdf"
    pdf.write(dossier(12), path, title="Meeting dossier · 4 November 2021", language="en", footer=FOOTER)
    return path


def test_twelve_cases_are_sixteen_pages_at_most(twelve: Path) -> None:
    assert 13 <= len(reading.pages(twelve)) <= 16


def test_every_page_says_which_of_how_many_it_is_and_for_whom(twelve: Path) -> None:
    pages = reading.pages(twelve)
    for number, text in enumerate(pages, 1):
        assert f"page {number} of {len(pages)}" in text
        assert FOOTER.handling in text
        assert FOOTER.as_of in text


def test_the_index_names_the_page_of_each_case_and_leads_there(twelve: Path) -> None:
    reader = PdfReader(twelve)
    pages = reading.pages(twelve)
    links: list[Any] = [note.get_object() for page in reader.pages for note in page.get("/Annots", ())]
    assert len(links) == 12
    for number in range(1, 13):
        page = next(i for i, text in enumerate(pages, 1) if f"Case {number} of 12" in text)
        entry = "".join(pages[:2]).split(f"Person {number}\n")[1].split("visit")[1]
        assert re.match(r"\s*(\d+)", entry)[1] == str(page)  # type: ignore[index]
        target = links[number - 1]["/Dest"][0]
        assert reader.get_page_number(target.get_object()) == page - 1


def test_every_case_is_a_bookmark(twelve: Path) -> None:
    titles = [item.title for item in PdfReader(twelve).outline if not isinstance(item, list)]

    assert titles == [f"Person {n}" for n in range(1, 13)]


def test_the_document_tells_its_title_and_language_and_nothing_else(twelve: Path) -> None:
    reader = PdfReader(twelve)

    assert dict(reader.metadata or {}) == {"/Title": "Meeting dossier · 4 November 2021"}
    assert reader.xmp_metadata is None
    assert reader.root_object["/Lang"] == "en"
    data = twelve.read_bytes().lower()
    for word in (
        b"reportlab",
        b"anonymous",
        b"opensource",
        b"creationdate",
        b"producer",
        str(twelve.parent).encode(),
    ):
        assert word not in data


def test_all_fonts_are_embedded_subsets(twelve: Path) -> None:
    fonts = {
        font.get_object()["/BaseFont"]: font.get_object()
        for page in PdfReader(twelve).pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    }

    assert len(fonts) >= 4
    for name, font in fonts.items():
        assert re.match(r"/[A-Z]{6}\+Noto", name)
        assert "/FontFile2" in font["/FontDescriptor"]
        assert "/ToUnicode" in font
    assert twelve.stat().st_size < 400_000


def test_the_same_blocks_give_the_same_bytes() -> None:
    first, second = (pdf.to_bytes(dossier(3), title="x", language="en", footer=FOOTER) for _ in range(2))

    assert first == second


def test_sixty_cases_come_from_a_generator_and_can_be_watched(tmp_path: Path) -> None:
    progress = Counting()
    path = tmp_path / "sixty.pdf"
    pdf.write(dossier(60), path, title="x", language="en", progress=progress)

    pages = len(reading.pages(path))
    assert 61 <= pages <= 70
    assert progress.steps == [*((n, 0) for n in range(pages)), (pages, pages)]


def test_nothing_at_all_is_one_empty_page(tmp_path: Path) -> None:
    assert len(reading.pages(written(tmp_path))) == 1


def test_empty_parts_say_so_or_leave_nothing(tmp_path: Path) -> None:
    empty = (
        Facts((("Born", ""),)),
        Table(("A",), (), empty="No promise is recorded."),
        Chronology((), empty="No event."),
        Chips(()),
        Index((), ("a", "b", "c", "d"), empty="No case."),
        Names("", ()),
        Para(""),
        PageBreak(),
        PageBreak(),
    )
    (page,) = reading.pages(written(tmp_path, *empty))

    assert {"No promise is recorded.", "No event.", "No case."} <= set(page.splitlines())
    assert "Born" not in page


def test_table_heads_are_repeated_on_every_page(tmp_path: Path) -> None:
    rows = tuple((f"row {n}", "text") for n in range(120))
    pages = reading.pages(written(tmp_path, Table(("Head one", "Head two"), rows)))

    assert len(pages) > 2
    assert all("Head one" in page for page in pages)
    assert [int(n) for page in pages for n in re.findall(r"row (\d+)", page)] == list(range(120))


def test_a_row_taller_than_a_page_is_continued(tmp_path: Path) -> None:
    words = [f"word{n}" for n in range(3000)]
    pages = reading.pages(written(tmp_path, Table(("A", "B"), (("left", " ".join(words)),), (1, 2))))

    assert len(pages) > 2
    found = [word for page in pages for word in re.findall(r"word\d+", page)]
    assert found == words
    assert all(page.split()[:2] == ["A", "B"] for page in pages)


@pytest.mark.parametrize("lines", range(30, 56))
def test_no_heading_stands_alone_at_the_foot_of_a_page(tmp_path: Path, lines: int) -> None:
    parts = (Para("\n".join(["line"] * lines)), Heading("A heading"), Para(ACCOUNT * 5))
    pages = reading.pages(written(tmp_path, *parts))

    page = next(page for page in pages if "A heading" in page)
    assert page.split("A heading")[1].count("police station") >= 1


@pytest.mark.parametrize("lines", range(40, 56))
def test_a_paragraph_leaves_no_single_line_behind(tmp_path: Path, lines: int) -> None:
    body = "\n".join(f"text {n}" for n in range(8))
    pages = reading.pages(written(tmp_path, Para("\n".join(["line"] * lines)), Para(body)))

    assert 1 not in {page.count("text ") for page in pages}


def test_what_is_kept_together_stays_on_one_page(tmp_path: Path) -> None:
    kept = Keep((Heading("Kept"), Para("first\n" * 10), Para("last")))
    pages = reading.pages(written(tmp_path, Para("\n".join(["line"] * 45)), kept))

    assert [("Kept" in page, "last" in page) for page in pages] == [(False, False), (True, True)]


def test_what_is_kept_together_but_too_tall_still_comes_out(tmp_path: Path) -> None:
    kept = Keep(tuple(Para(f"number {n}\n" + "line\n" * 8) for n in range(20)))
    text = "".join(reading.pages(written(tmp_path, kept)))

    assert [int(n) for n in re.findall(r"number (\d+)", text)] == list(range(20))


def test_each_section_has_its_own_header_and_a_long_one_is_shortened(tmp_path: Path) -> None:
    long = "Meeting dossier for the Commissioner for Human Rights " * 4
    pages = reading.pages(
        written(tmp_path, Section(long, "Case 1"), Para("one"), Section("Short", "Case 2"), Para("two"))
    )

    assert [page.splitlines()[0].endswith(f"Case {n}") for n, page in enumerate(pages, 1)] == [True, True]
    assert "…" in pages[0]
    assert "Short" in pages[1]


def test_a_section_may_go_on_on_the_same_page(tmp_path: Path) -> None:
    parts = (Section("A", "1"), Para("one"), Section("B", "2", new_page=False), Para("two"))

    assert len(reading.pages(written(tmp_path, *parts))) == 1


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_nothing_is_printed_outside_the_margins(tmp_path: Path, paper: str) -> None:
    wide = "W" * 300
    parts = (
        Section(wide, "Case 1"),
        Cover(wide, wide, ((wide, wide),), wide),
        Names(wide, (wide, wide), (Chip(wide),)),
        Callout(wide, wide),
        Facts(((wide, wide), (wide, wide)), columns=2),
        Para(wide, lead=wide),
        Heading(wide),
        Table((wide, wide, wide), ((wide, Chip(wide), (Strong(wide), Muted(wide))),)),
        Note(wide),
        Chronology((Entry(wide, wide, wide, wide),), ("Date", "Event", "Source")),
        Signature((wide,), "Stamp"),
        Index((IndexEntry("1", (wide,), wide, wide, "nowhere"),), ("No.", "Name", "Asked", "Page")),
    )
    path = written(tmp_path, *parts, paper=paper, footer=Footer(wide, "As of today"))
    width, height = {"A4": (595, 842), "Letter": (612, 792)}[paper]
    for number in range(len(reading.pages(path))):
        left, top, right, bottom = reading.ink(path, number)
        assert left >= 48
        assert right <= width - 48
        assert top >= 30
        assert bottom <= height - 20


def test_chips_keep_a_frame_in_black_and_white(tmp_path: Path) -> None:
    """The frame of a chip is darker than a copier's threshold whatever its colour."""
    from casetracker.reports.pdf import look

    for ink in look.TONES.values():
        red, green, blue = (int(ink.line[at : at + 2], 16) for at in (1, 3, 5))
        assert 0.299 * red + 0.587 * green + 0.114 * blue < 110


def test_what_is_held_back_is_refused_and_no_file_is_left(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="held back"):
        written(tmp_path, Para("Call +7 (701) 555-12-12"), withheld=["+77015551212"])

    assert list(tmp_path.iterdir()) == []
    assert written(tmp_path, Para("Call us"), withheld=["+77015551212"]).exists()


def test_every_kind_of_block_can_be_drawn() -> None:
    """A new block without a drawing would fail only when a report uses it."""
    from casetracker.reports.pdf.compose import rows

    kinds = set(blocks.Block.__args__) - {PageBreak, blocks.OnePage}  # one breaks, the other is chosen from
    assert kinds <= set(rows.registry)


def test_texts_of_a_block_are_all_its_words() -> None:
    block = Keep((Names("a", ("b",), (Chip("c"),)), Table(("d",), ((("e", Muted("f")),),))))

    assert {"a", "b", "c", "d", "e", "f"} <= set(blocks.texts(block))


def test_two_papers_at_once_do_not_disturb_each_other() -> None:
    """The preview is drawn while a paper is saved; both share the fonts."""
    from concurrent.futures import ThreadPoolExecutor

    def one(number: int) -> bytes:
        return pdf.to_bytes(case(number, 9), title="x", language="en")

    alone = [one(n) for n in range(1, 7)]
    with ThreadPoolExecutor(3) as pool:
        together = list(pool.map(one, range(1, 7)))

    assert together == alone


def test_pages_are_made_while_blocks_still_come() -> None:
    """A long report needs no list of all its blocks."""
    seen: list[int] = []
    progress = Counting()

    def endless() -> Iterator[Block]:
        for number in itertools.count():
            seen.append(len(progress.steps))
            yield Para(ACCOUNT * 10)
            if number == 60:
                return

    data = pdf.to_bytes(endless(), title="x", language="en", progress=progress)

    assert seen[-1] > 2
    assert len(PdfReader(io.BytesIO(data)).pages) == len(progress.steps) - 1


def test_the_first_page_is_given_as_soon_as_it_is_full() -> None:
    came: list[tuple[int, bytes]] = []
    taken: list[Block] = []

    def blocks_of_sixty() -> Iterator[Block]:
        for block in dossier(60):
            taken.append(block)
            yield block

    whole = pdf.to_bytes(
        blocks_of_sixty(), title="T", language="en", begun=lambda data: came.append((len(taken), data))
    )
    ((read, data),) = came
    first, later = PdfReader(io.BytesIO(data)), PdfReader(io.BytesIO(whole))
    assert read < len(taken) / 10
    assert len(first.pages) < len(later.pages)
    said = first.pages[0].extract_text()
    assert "page 1 of …" in said
    same = said.replace("of …", f"of {len(later.pages)}").split()
    assert same[:20] == later.pages[0].extract_text().split()[:20]  # then come page numbers not known yet
    assert whole == pdf.to_bytes(dossier(60), title="T", language="en")


def test_a_single_page_needs_no_beginning() -> None:
    came: list[bytes] = []
    pdf.to_bytes([Para("a line")], title="T", language="en", begun=came.append)
    assert came == []
