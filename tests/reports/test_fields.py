"""Fields on paper: what they are called, that typed Cyrillic is drawn, and that leaks in them are found."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest
from pypdf import PdfReader, PdfWriter
from pypdfium2 import raw

from casetracker.reports import pdf, scan
from casetracker.reports.blocks import Block, Cover, FormFields, PageBreak, ReplyField
from casetracker.reports.pdf import fields

TYPED = "Запрос направлен: ӘҢҒҮҰҚӨҺ"


def box(ref: str, *, secret: str = "", where: str = "") -> FormFields:
    """A box with four fields, of which one may hold a secret."""
    held = {name: secret if name == where else "" for name in ("label", "value", "option", "hidden")}
    return FormFields(
        f"Reply to {ref}",
        (
            ReplyField(f"mark-{ref}", value=held["hidden"] or "1", hidden=True),
            ReplyField(
                f"{ref}.answer", "Answer", options=(("refused", held["option"] or "Отказано"),), share=0.6
            ),
            ReplyField(f"{ref}.date", held["label"] or "Date", share=0.4),
            ReplyField(f"{ref}.measure", "Measure taken", lines=3, value=held["value"]),
        ),
        "Fill in and send back.",
    )


def paper(*blocks: Block) -> bytes:
    return pdf.to_bytes([Cover("Paper"), *blocks], title="Paper", language="en")


def test_fields_have_their_names_sorts_and_places() -> None:
    reader = PdfReader(io.BytesIO(paper(box("CT-2222"), PageBreak(), box("CT-3333"))))
    fields = reader.get_fields() or {}
    assert {name for name, field in fields.items() if "/FT" in field} == {
        f"{ref}{part}" for ref in ("CT-2222", "CT-3333") for part in (".answer", ".date", ".measure")
    } | {"mark-CT-2222", "mark-CT-3333"}
    assert fields["CT-2222.answer"]["/FT"] == "/Ch"
    assert fields["CT-2222.measure"]["/Ff"] & 1 << 12  # of several lines
    assert fields["mark-CT-2222"]["/Ff"] & 1  # read-only
    assert [len(page["/Annots"]) for page in reader.pages] == [4, 4]
    for page in reader.pages:
        for annotation in page["/Annots"]:
            left, bottom, right, top = (float(n) for n in annotation.get_object()["/Rect"])
            assert 0 <= left <= right <= float(page.mediabox.width)
            assert 0 <= bottom <= top <= float(page.mediabox.height)


def test_the_same_fields_give_the_same_bytes_and_none_leave_no_form() -> None:
    assert paper(box("CT-2222")) == paper(box("CT-2222"))
    assert "/AcroForm" not in PdfReader(io.BytesIO(paper())).root_object


def test_typed_cyrillic_is_drawn(tmp_path: Path) -> None:
    tool = shutil.which("pdftotext")
    if not tool:
        pytest.skip("pdftotext is not installed (Debian: poppler-utils)")
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(paper(box("CT-2222")))))
    writer.update_page_form_field_values(writer.pages[0], {"CT-2222.measure": TYPED}, auto_regenerate=True)
    for annotation in writer.pages[0]["/Annots"]:
        annotation.get_object().pop("/AP", None)  # poppler draws them anew with the font of the form
    writer.write(tmp_path / "filled.pdf")
    done = subprocess.run([tool, "filled.pdf", "-"], cwd=tmp_path, check=True, capture_output=True)
    assert TYPED in done.stdout.decode("utf-8")
    assert b"rror" not in done.stderr


def typed_in_pdfium(data: bytes, words: str) -> tuple[bytes, int]:
    """Type words into the largest field, as in the browsers that use PDFium; return the file and the ink."""
    with pypdfium2.PdfDocument(data) as document:
        document.init_forms()
        form = document.formenv
        page = document[0]
        box = (60.0, 620.0)  # inside the field of several lines
        raw.FORM_OnMouseMove(form, page, 0, *box)
        raw.FORM_OnLButtonDown(form, page, 0, *box)
        raw.FORM_OnLButtonUp(form, page, 0, *box)
        for letter in words:
            raw.FORM_OnChar(form, page, ord(letter), 0)
        raw.FORM_ForceToKillFocus(form)
        drawn = page.render(scale=1, may_draw_forms=True).to_pil().convert("L").crop((52, 192, 540, 233))
        file = io.BytesIO()
        document.save(file)
        page.close()
    return file.getvalue(), sum(drawn.histogram()[:128])


def test_cyrillic_typed_in_pdfium_is_drawn_by_it_and_read_back() -> None:
    data, dark = typed_in_pdfium(paper(box("CT-2222")), TYPED)
    assert (PdfReader(io.BytesIO(data)).get_fields() or {})["CT-2222.measure"]["/V"] == TYPED
    assert dark > 150


def test_pdfium_draws_no_cyrillic_with_a_font_of_another_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Why the font has the name it has; when this fails PDFium has changed, and any name will do."""
    monkeypatch.setattr(fields, "_FONT", "Reply")
    _, dark = typed_in_pdfium(paper(box("CT-2222")), TYPED.replace(":", ""))
    assert dark < 20


@pytest.mark.parametrize("where", ["label", "value", "option", "hidden"])
def test_what_is_withheld_is_found_in_fields(tmp_path: Path, where: str) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(paper(box("CT-2222", secret="Гүлнар Сақтаған", where=where)))
    assert scan.leaks(path.read_bytes(), ["Гүлнар Сақтаған"])
    assert not scan.leaks(path.read_bytes(), ["Гүлнар Сақтағанова"])
