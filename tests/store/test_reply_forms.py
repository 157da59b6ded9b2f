"""A dossier with fields is filled in by different PDF programs, comes back, and is filed or refused."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from casetracker.errors import UserError
from casetracker.model import Meeting, ReplyForm, ReplyFormAnswer
from casetracker.model.confidentiality import Audience, Use
from casetracker.model.work.reply_form import FormState
from casetracker.reports import report_named
from casetracker.reports.make import Wanted, preview
from casetracker.reports.report import Scope
from casetracker.store import handover
from casetracker.store.reply_forms import FormRead, answers_of, file_form, read_form
from casetracker.store.store import Store
from tests.conftest import Office_

Values = dict[str, str]
MEASURE = "Запрос направлен в МИД.\nЖауап күтілуде: ӘҢҒҮҰҚӨҺ"


class Given:
    """A meeting at which two cases were handed over, and the paper with fields."""

    def __init__(self, store: Store, office: Office_, day: str = "2021-10-04") -> None:
        self.store = store
        self.cases = [office.case(f"Relative A {day}"), office.case(f"Relative B {day}")]
        self.meeting = office.meeting(*self.cases, day=day)
        handover.hand_over(store, self.meeting)
        with store.reader() as reader:
            record = reader.get(Meeting, self.meeting)
            assert record
            self.ref = record.text("ref")
            self.refs = [p.ref("case_id").text("ref") for p in record.children("presented")]  # type: ignore[union-attr]
        self.paper = self.make()

    def make(self, audience: Audience = Audience.OFFICIAL, language: str = "en") -> bytes:
        scope = Scope(meeting_id=self.meeting, reply_form=True)
        return preview(self.store, Wanted(report_named("dossier"), audience, language, scope))

    def answers(self) -> Values:
        one, two = self.refs
        return {
            f"{one}.answer": "refused",
            f"{one}.measure": MEASURE,
            f"{one}.date": "15.11.2021",
            f"{one}.contact": "Second secretary, room 12",
            f"{two}.answer": "Мы ответим позже",
        }


@pytest.fixture
def given(store: Store, office: Office_) -> Given:
    return Given(store, office)


def with_pypdf(paper: bytes, values: Values) -> bytes:
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(paper)))
    for page in writer.pages:
        writer.update_page_form_field_values(page, dict(values), auto_regenerate=False)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def with_pikepdf(paper: bytes, values: Values) -> bytes:
    pikepdf = pytest.importorskip("pikepdf", reason="pikepdf (QPDF) is not installed")
    with pikepdf.open(io.BytesIO(paper)) as document:
        for group in document.Root.AcroForm.Fields:
            for field in group.get("/Kids", []):
                name = f"{group.T}.{field.T}"
                if name in values:
                    field.V = pikepdf.String(values[name])
        out = io.BytesIO()
        document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def with_pdftk(paper: bytes, values: Values) -> bytes:
    """Fill in as pdftk does it, from a file of values in the format that readers exchange (XFDF)."""
    beside = os.pathsep.join((os.environ.get("PATH", ""), str(Path(sys.executable).parent)))
    tool = shutil.which("pdftk", path=beside)
    if not tool:
        pytest.skip("pdftk is not installed (Debian: pdftk-java)")
    fields = "".join(f'<field name="{name}"><value>{text}</value></field>' for name, text in values.items())
    xfdf = f'<?xml version="1.0" encoding="UTF-8"?><xfdf xmlns="http://ns.adobe.com/xfdf/"><fields>{fields}'
    folder = Path(os.environ["PYTEST_FOLDER"])
    (folder / "paper.pdf").write_bytes(paper)
    (folder / "values.xfdf").write_text(f"{xfdf}</fields></xfdf>", "utf-8")
    words = ["paper.pdf", "fill_form", "values.xfdf", "output", "filled.pdf"]
    subprocess.run([tool, *words], cwd=folder, check=True, capture_output=True)
    return (folder / "filled.pdf").read_bytes()


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTEST_FOLDER", str(tmp_path))


@pytest.mark.parametrize("fill", [with_pypdf, with_pikepdf, with_pdftk])
def test_what_was_filled_in_is_read(given: Given, fill: Callable[[bytes, Values], bytes]) -> None:
    form = read_form(given.store, fill(given.paper, given.answers()))
    assert (form.meeting_id, form.meeting) == (given.meeting, given.ref)
    one, two = form.cases
    assert [one.case_id, two.case_id] == given.cases
    assert (one.answer.result, one.answer.words, one.answer.measure) == ("refused", "", MEASURE)
    assert one.answer.typed == "15.11.2021"
    assert one.answer.on is not None
    assert one.answer.on.edtf == "2021-11-15"
    assert one.answer.contact == "Second secretary, room 12"
    assert (two.answer.result, two.answer.words, two.answer.on) == ("", "Мы ответим позже", None)


def filed(given: Given) -> tuple[FormRead, str]:
    form = read_form(given.store, with_pypdf(given.paper, given.answers()))
    return form, file_form(given.store, form)


def test_it_is_filed_as_one_action_and_can_be_undone(given: Given) -> None:
    before = given.store.draft(Meeting, given.meeting).children["handovers"]
    _, form_id = filed(given)
    draft = given.store.draft(ReplyForm, form_id)
    assert draft.values["state"] is FormState.COMPLETE
    assert draft.values["by"] == given.store.who
    assert [a.values["case_id"] for a in draft.children["answers"]] == given.cases
    after = given.store.draft(Meeting, given.meeting)
    assert [d.values for d in after.children["handovers"]] == [d.values for d in before]
    with given.store.reader() as reader:
        (answer,) = answers_of(reader, given.cases[0])
        assert (answer.told, answer.measure, answer.day) == ("Refused", MEASURE, "12 November 2021")
    assert given.store.undo() == f"File the reply form of {given.ref}"
    with given.store.reader() as reader:
        assert list(reader.all(ReplyForm)) == list(reader.all(ReplyFormAnswer)) == []


def test_the_same_file_twice_is_noticed(given: Given) -> None:
    form, _ = filed(given)
    with pytest.raises(UserError, match="read in already, on 12 November 2021"):
        file_form(given.store, form)
    with pytest.raises(UserError, match="read in already"):
        read_form(given.store, with_pypdf(given.paper, given.answers()))


def test_a_second_form_shows_what_was_recorded_before(given: Given) -> None:
    filed(given)
    one = given.refs[0]
    form = read_form(given.store, with_pypdf(given.paper, {f"{one}.answer": "released"}))
    assert [a.told for a in form.cases[0].before] == ["Refused"]
    assert len(form.filled) == 1
    file_form(given.store, form)
    with given.store.reader() as reader:
        assert {a.result for a in answers_of(reader, given.cases[0])} == {"released", "refused"}


def refused(store: Store, content: bytes, sentence: str, **more: str) -> None:
    with pytest.raises(UserError, match=sentence):
        read_form(store, content, **more)
    with store.reader() as reader:
        assert not list(reader.all(ReplyForm))


def test_an_empty_form_is_refused(given: Given) -> None:
    refused(given.store, given.paper, "Nothing was filled in")
    refused(
        given.store, with_pypdf(given.paper, {f"{given.refs[0]}.measure": " \n "}), "Nothing was filled in"
    )


def test_what_is_no_form_is_refused(given: Given) -> None:
    scope = Scope(meeting_id=given.meeting)
    plain = preview(given.store, Wanted(report_named("dossier"), Audience.OFFICIAL, scope=scope))
    refused(given.store, plain, "no reply form")
    for broken in (b"", b"%PDF-1.7 and no more", given.paper[: len(given.paper) // 2], os.urandom(2000)):
        refused(given.store, broken, "cannot be read as a PDF")


def test_a_form_of_another_casebook_or_meeting_is_refused(given: Given, office: Office_) -> None:
    other = Given(given.store, office, "2021-10-20")
    filled = with_pypdf(other.paper, other.answers())
    refused(given.store, filled, f"another meeting, {other.ref}", meeting_id=given.meeting)
    foreign = changed(filled, lambda line: line.replace(other.ref, "MT-0000"))
    refused(given.store, foreign, "another casebook: there is no meeting MT-0000")


def changed(paper: bytes, change: Callable[[str], str], rename: tuple[str, str] = ("", "")) -> bytes:
    """Change the hidden line, or the name of a group of fields."""
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(paper)))
    for entry in writer.root_object["/AcroForm"]["/Fields"]:  # type: ignore[index]
        field = entry.get_object()
        assert isinstance(field, DictionaryObject)
        if field["/T"] == "casetracker":
            field[NameObject("/V")] = TextStringObject(change(str(field["/V"])))
        elif field["/T"] == rename[0]:
            field[NameObject("/T")] = TextStringObject(rename[1])
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_form_that_was_changed_is_refused(given: Given) -> None:
    filled = with_pypdf(given.paper, given.answers())
    _, two = given.refs
    (out,) = given.store.draft(Meeting, given.meeting).children["handovers"]
    digest = out.values["digest"]
    assert digest in str(pypdf.PdfReader(io.BytesIO(changed(filled, str))).get_fields())
    refused(given.store, changed(filled, lambda line: line.replace(digest, "0" * 64)), "it was changed")
    cases = "cases of this form are not those"
    refused(given.store, changed(filled, lambda line: line.replace(f",{two}", "")), cases)
    refused(given.store, changed(filled, lambda line: line.replace(two, "CT-0000")), cases)
    refused(given.store, changed(filled, lambda line: line, rename=(two, "CT-0000")), cases)


def test_a_form_may_be_signed_by_whoever_filled_it_in(given: Given) -> None:
    filled = with_pypdf(given.paper, given.answers())
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(filled)))
    signature = {NameObject("/FT"): NameObject("/Sig"), NameObject("/T"): TextStringObject("Signature1")}
    fields = writer.root_object["/AcroForm"]["/Fields"]  # type: ignore[index]
    fields.append(writer._add_object(DictionaryObject(signature)))
    out = io.BytesIO()
    writer.write(out)
    assert len(read_form(given.store, out.getvalue()).filled) == 2


def test_a_form_of_a_withdrawn_list_is_refused(given: Given) -> None:
    filled = with_pypdf(given.paper, given.answers())
    (out,) = given.store.draft(Meeting, given.meeting).children["handovers"]
    handover.withdraw(given.store, out.id, "one case was missing")
    refused(given.store, filled, "was withdrawn on 12 November 2021")
    with pytest.raises(UserError, match="hand the list over first"):
        given.make()


def test_a_form_is_only_made_for_officials_and_for_a_list_handed_over(given: Given, office: Office_) -> None:
    with pytest.raises(UserError, match="only made for officials"):
        given.make(Audience.PARTNER)
    left_out = office.case("Relative D", consent=(Use.K0,))
    meeting = office.meeting(office.case("Relative E"), left_out, day="2021-10-22")
    handover.hand_over(given.store, meeting)
    given.meeting = meeting
    fields = pypdf.PdfReader(io.BytesIO(given.make())).get_fields() or {}
    assert len([name for name in fields if name.endswith(".answer")]) == 1  # the other was not handed over


def test_a_form_in_two_languages_sends_back_the_same(given: Given) -> None:
    scope = Scope(meeting_id=given.meeting, reply_form=True)
    dossier = report_named("dossier")
    wanted = Wanted(dossier, Audience.OFFICIAL, "ru", scope, second_language="kk")
    paper = preview(given.store, wanted)
    fields = pypdf.PdfReader(io.BytesIO(paper)).get_fields()
    assert fields is not None
    answer = fields[f"{given.refs[0]}.answer"]
    assert " / " in str(answer["/TU"])
    assert any(" / " in str(text) for _, text in answer["/_States_"])
    label = next(text for code, text in answer["/_States_"] if code == "refused")
    one, two = given.refs
    read = read_form(given.store, with_pypdf(paper, {f"{one}.answer": "refused", f"{two}.answer": label}))
    assert [case.answer.result for case in read.cases] == ["refused", "refused"]


def test_labels_are_understood_in_any_language(given: Given) -> None:
    paper = given.make(language="ru")
    (one, _) = given.refs
    form = read_form(given.store, with_pypdf(paper, {f"{one}.answer": "Отказано"}))
    assert form.cases[0].answer.result == "refused"
