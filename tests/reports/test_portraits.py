"""A face is seen in papers by those who may see it, without a trace of the camera, and by nobody else."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageDraw
from pypdf import PdfReader
from pypdf.generic import StreamObject

from casetracker.errors import UserError
from casetracker.model import Case, Person
from casetracker.model.confidentiality import Audience, Use
from casetracker.model.dates import KnownDate
from casetracker.model.sources.consent import Answer
from casetracker.reports import REPORTS, images, pdf, report_named
from casetracker.reports.blocks import Names
from casetracker.reports.make import Wanted, forecast, make, make_to_print
from casetracker.reports.options import Options
from casetracker.reports.portraits import in_words
from casetracker.reports.report import Report, Scope
from casetracker.reports.scan_pictures import Pictures, leaks
from casetracker.store import portraits
from casetracker.store.store import Store
from tests.conftest import Office_
from tests.reports import reading
from tests.reports.test_images import CAMERA, photograph, segments

# What the redaction matrix of the field asks for a photograph, said here by hand.
NEEDED = {
    Audience.OFFICIAL: Use.K3,
    Audience.MINISTRY: Use.K3,
    Audience.UN: Use.K6,
    Audience.PARTNER: Use.K10,
    Audience.PUBLIC: Use.K10,
}
GREEN = (20, 200, 60)
WITH_FACES = [r for r in REPORTS if r.portraits]


def face() -> bytes:
    """A picture that the camera marked with its place, as a phone hands it over; green, so it is found."""
    plain = Image.open(io.BytesIO(photograph((300, 400)))).convert("RGB")
    ImageDraw.Draw(plain).rectangle((0, 0, *plain.size), fill=GREEN)
    marked = Image.open(io.BytesIO(photograph((300, 400))))
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=95, exif=marked.info["exif"], comment=b"by Tattler")
    return out.getvalue()


def portrayed(store: Store, case: str, picture: bytes | None = None) -> str:
    """Give the relative of a case a portrait; return the person."""
    person: str = store.draft(Case, case).values["person_id"]
    portraits.choose(store, person, picture or face())
    return person


def pictures(data: bytes) -> list[bytes]:
    """The JPEG files in a PDF, on whatever object."""
    reader = PdfReader(io.BytesIO(data))
    objects = (reader.get_object(n) for n in range(1, int(str(reader.trailer["/Size"]))))
    held = [bytes(o.get_data()) for o in objects if isinstance(o, StreamObject)]
    return [each for each in held if each.startswith(b"\xff\xd8\xff")]


def green(path: Path) -> bool:
    """Whether a page shows the face, as PDFium draws it."""
    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            picture = page.render(scale=1).to_pil().convert("RGB")
            near = sum(
                count
                for count, (r, g, b) in picture.getcolors(10**7)
                if abs(r - GREEN[0]) + abs(g - GREEN[1]) + abs(b - GREEN[2]) < 40
            )
            if near > 500:
                return True
    return False


def paper(store: Store, out: Path, report: Report, audience: Audience, **options: object) -> Path:
    scope = Scope(options=Options(**options))  # type: ignore[arg-type]
    return make(store, Wanted(report, audience, scope=scope), out / f"{report.name}-{audience.value}.pdf")


PAPERS = [
    (report, audience, agreed)
    for report, audience, agreed in product(WITH_FACES, Audience, (True, False))
    if audience in report.audiences and (agreed or audience in NEEDED)
]


def called(value: object) -> str | None:
    return getattr(value, "name", None)


@pytest.fixture(scope="module")
def casebooks(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[frozenset[Use]], Store]:
    """A casebook with one case that has a portrait and is presented at a meeting, by what was agreed to."""
    from casetracker.store.engine import open_engine
    from tests.conftest import KEY, TODAY

    known: dict[frozenset[Use], Store] = {}

    def of(uses: frozenset[Use]) -> Store:
        if uses not in known:
            path = tmp_path_factory.mktemp("faces") / "records.db"
            path.write_bytes(template.read_bytes())
            store = known[uses] = Store(open_engine(path, KEY), "A. Serik", today=lambda: TODAY)
            office = Office_(store)
            case = office.case(consent=tuple(uses))
            portrayed(store, case)
            office.meeting(case)
        return known[uses]

    return of


@pytest.mark.parametrize(("report", "audience", "agreed"), PAPERS, ids=called)
def test_a_face_is_printed_for_those_who_may_see_it(
    casebooks: Callable[[frozenset[Use]], Store],
    tmp_path: Path,
    report: Report,
    audience: Audience,
    agreed: bool,
) -> None:
    """Everything else is agreed to, so that only the one consent decides."""
    store = casebooks(frozenset(set(Use) - (set() if agreed else {NEEDED[audience]})))

    out = paper(store, tmp_path, report, audience)

    assert green(out) is agreed
    found = pictures(out.read_bytes())
    assert len(found) == int(agreed)
    for jpeg in found:
        assert max(Image.open(io.BytesIO(jpeg)).size) <= 420
        assert segments(jpeg) & {*range(0xE1, 0xF0), 0xFE} == set()
    for word in (CAMERA.encode(), b"Exif", b"GPS", b"Tattler"):
        assert word not in out.read_bytes()


@pytest.mark.parametrize("audience", [Audience.OFFICIAL, Audience.PUBLIC], ids=called)
def test_a_case_may_leave_without_the_face(
    casebooks: Callable[[frozenset[Use]], Store], tmp_path: Path, audience: Audience
) -> None:
    """The public hears of the case by K8 and sees no face without K10; officials do, by K3 alone."""
    store = casebooks(frozenset({Use.K3, Use.K8, Use.K9}))

    out = paper(store, tmp_path, report_named("case"), audience)

    assert reading.finds(out, "CT-")
    assert green(out) is (audience is Audience.OFFICIAL)


@pytest.mark.parametrize("ended", ["withdrawn", "until"])
def test_a_consent_that_ended_hides_the_face(
    store: Store, office: Office_, tmp_path: Path, ended: str
) -> None:
    case = office.case(consent=(Use.K8, Use.K9, Use.K10))
    portrayed(store, case)
    assert green(paper(store, tmp_path, report_named("case"), Audience.PUBLIC))
    draft = store.draft(Case, case)
    (shown,) = (c for c in draft.children["consents"] if c.values["use"] is Use.K10)
    shown.values[ended] = dt.date(2021, 10, 1)
    store.save(draft)

    out = paper(store, tmp_path, report_named("case"), Audience.PUBLIC)

    assert not green(out)
    assert pictures(out.read_bytes()) == []


def test_one_refusal_hides_the_face(store: Store, office: Office_, tmp_path: Path) -> None:
    case = office.case(consent=(Use.K8, Use.K9, Use.K10))
    portrayed(store, case)
    draft = store.draft(Case, case)
    brother = office.person("Brother")
    draft.add("consents", person_id=brother, use=Use.K10, answer=Answer.REFUSES, given=dt.date(2021, 2, 1))
    store.save(draft)

    assert not green(paper(store, tmp_path, report_named("case"), Audience.PUBLIC))


@pytest.mark.parametrize("audience", list(NEEDED), ids=called)
def test_a_child_is_shown_to_nobody_outside(
    store: Store, office: Office_, tmp_path: Path, audience: Audience
) -> None:
    case = office.case(consent=tuple(Use))
    person = portrayed(store, case)
    draft = store.draft(Person, person)
    draft.values["birth"] = KnownDate.from_edtf("2010-05")
    store.save(draft)
    report = next(r for r in WITH_FACES if audience in r.audiences)

    assert not green(paper(store, tmp_path, report, audience))
    assert green(paper(store, tmp_path, report_named("case"), Audience.INTERNAL))


def test_a_paper_may_be_made_without_photographs(store: Store, office: Office_, tmp_path: Path) -> None:
    case = office.case(consent=tuple(Use))
    portrayed(store, case)
    for report, audience in (("case", Audience.OFFICIAL), ("wgad", Audience.UN)):
        assert green(paper(store, tmp_path, report_named(report), audience))
        assert not green(paper(store, tmp_path, report_named(report), audience, photographs=False))


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
@pytest.mark.parametrize("pictured", [True, False])
def test_the_official_gets_one_page_with_and_without_a_face(
    store: Store, office: Office_, tmp_path: Path, language: str, pictured: bool
) -> None:
    account = "According to the family he was seen once more at the gate of the factory. " * 60
    case = office.case(account=account, request="Tell where he is held. " * 30)
    for number in range(8):
        office.meeting(case, day=f"2021-0{1 + number}-11", due=dt.date(2021, 10, 1 + number))
    if pictured:
        portrayed(store, case)

    out = tmp_path / "paper.pdf"
    make(store, Wanted(report_named("case"), Audience.OFFICIAL, language), out)

    assert len(reading.pages(out)) == 1
    assert green(out) is pictured


def test_without_a_portrait_names_have_the_whole_width() -> None:
    def width(portrait: bytes) -> float:
        data = pdf.to_bytes([Names("Name " * 30, portrait=portrait)], title="x", language="en")
        with pypdfium2.PdfDocument(data) as document:
            text = document[0].get_textpage()
            boxes = [text.get_rect(n) for n in range(text.count_rects())]
        return max(right for _, bottom, right, _ in boxes if bottom > 400)  # not the footer

    assert width(b"") > width(images.clean(face())) + 60


# Saying it before


def test_the_dialog_says_whose_face_is_seen_and_why_not(store: Store, office: Office_) -> None:
    case = office.case(consent=(Use.K3, Use.K8))
    portrayed(store, case)
    draft = store.draft(Case, case)
    (consent,) = (c for c in draft.children["consents"] if c.values["use"] is Use.K3)
    consent.values["conditions"] = "not on the internet"
    store.save(draft)
    ref = store.draft(Case, case).values["ref"]

    def said(audience: Audience, **options: object) -> list[str]:
        scope = Scope(options=Options(**options))  # type: ignore[arg-type]
        return in_words(forecast(store, Wanted(report_named("case"), audience, scope=scope)).portraits)

    assert said(Audience.OFFICIAL) == [
        f"1 photograph will be seen: {ref}.",
        f"{ref}: agreed to under the condition “not on the internet”",
    ]
    assert said(Audience.PUBLIC) == [
        f"{ref}: no photograph, no consent to “Publish photograph, video or voice”."
    ]
    assert said(Audience.OFFICIAL, photographs=False) == []


# The last look at the file


def test_a_picture_that_was_not_given_stops_the_release(
    store: Store, office: Office_, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if a report had found another way to a picture than the reader of its audience."""
    portrayed(store, office.case(consent=(Use.K8,)))
    stolen = images.clean(face())
    monkeypatch.setattr("casetracker.reports.case_pages.portrait", lambda _case: stolen)
    wanted, out = Wanted(report_named("case"), Audience.PUBLIC), tmp_path / "paper.pdf"

    with pytest.raises(UserError, match="pictures"):
        make(store, wanted, out)
    with pytest.raises(UserError, match="pictures"):
        make_to_print(store, wanted)
    assert list(tmp_path.glob("paper*")) == []


def striped(size: tuple[int, int] = (300, 400)) -> Image.Image:
    """A picture with looks of its own."""
    picture = Image.new("L", size)
    for x in range(size[0]):
        for y in range(size[1]):
            picture.putpixel((x, y), (x * x // 90 + 3 * y + (x * y) // 200) % 256)
    return picture.convert("RGB")


def test_a_face_that_is_held_back_is_no_logo(store: Store, office: Office_, tmp_path: Path) -> None:
    """Smaller and in another form, as somebody would keep it as a logo."""
    jpeg, logo = io.BytesIO(), io.BytesIO()
    striped().save(jpeg, "JPEG", quality=85)
    striped().resize((150, 200)).save(logo, "PNG")
    portrayed(store, office.case(consent=(Use.K8,)), jpeg.getvalue())
    other = io.BytesIO()
    striped().transpose(Image.Transpose.FLIP_LEFT_RIGHT).save(other, "PNG")

    def published(picture: bytes) -> Path:
        return paper(store, tmp_path, report_named("case"), Audience.PUBLIC, logo=images.clean_logo(picture))

    with pytest.raises(UserError, match="pictures"):
        published(logo.getvalue())
    assert published(other.getvalue()).is_file()


def test_a_picture_hidden_in_an_attachment_is_found() -> None:
    from pypdf import PdfWriter

    writer = PdfWriter(io.BytesIO(pdf.to_bytes([Names("Name")], title="x", language="en")))
    writer.add_attachment("notes.txt", images.clean(face()))
    out = io.BytesIO()
    writer.write(out)

    assert leaks(out.getvalue(), Pictures())
    assert leaks(out.getvalue(), Pictures(given=(images.clean(face()),))) == []


# Choosing


def test_a_portrait_is_chosen_changed_taken_away_and_each_is_undone(store: Store, office: Office_) -> None:
    person = office.person("Somebody")

    def now() -> bytes:
        with store.reader() as reader:
            return portraits.portrait_of(reader.get(Person, person))

    portraits.choose(store, person, b"one")
    portraits.choose(store, person, b"two")
    assert now() == b"two"
    portraits.take_away(store, person)
    assert now() == b""
    store.undo()
    assert now() == b"two"
    store.undo()
    assert now() == b"one"
