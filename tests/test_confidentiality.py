"""No audience is given what it may not see: tried for every entity and paper, with a canary in each field.

What the table of `model/confidentiality.py` grants is compared with what the reader and the papers give; what
no table may ever grant is said here by hand.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import product
from pathlib import Path

import pytest
from pypdf import PdfReader

from casetracker import i18n
from casetracker.errors import NotForAudience, UserError
from casetracker.jobs import Silent
from casetracker.model import ENTITIES, Case, Meeting, Person
from casetracker.model import fields as f
from casetracker.model.attached import Attached
from casetracker.model.confidentiality import (
    AUDIENCE_LABELS,
    CASE_CONSENT,
    CLEARANCE,
    MATRIX,
    Audience,
    Confidentiality,
    Sensitivity,
    Subject,
    Use,
    disclosed,
    held_back,
)
from casetracker.model.dates import KnownDate
from casetracker.model.entity import Entity, children_of, values_of
from casetracker.model.sources.consent import Answer
from casetracker.reports import REPORTS, make
from casetracker.reports.report import Report, Scope
from casetracker.store import reader as reader_module
from casetracker.store.reader import DisclosedRecord
from casetracker.store.store import Store
from tests.filling import canary

LANGUAGES = i18n.languages()  # each report and audience meets all of them, each with another consent
OUTSIDE = tuple(a for a in Audience if a is not Audience.INTERNAL)
AGREED: dict[str, Callable[[Audience], tuple[Use, ...]]] = {
    "nothing": lambda _: (),
    "just enough": lambda audience: (CASE_CONSENT[audience],) if audience in CASE_CONSENT else (),
    "everything": lambda _: tuple(Use),
}
Full = Callable[[tuple[Use, ...]], Store]


def named(value: object) -> str | None:
    return getattr(value, "__name__", getattr(value, "name", None))


def secrets(
    audience: Audience, agreed: Iterable[Use], entities: Iterable[type[Entity]] = ENTITIES
) -> set[str]:
    """The canaries that this audience must not read, by the table."""
    subject = Subject(frozenset(agreed))
    fields = {(e, n): d.sensitivity for e in entities for n, d in values_of(e).items()}
    words = {canary(e, n, salt): s for (e, n), s in fields.items() for salt in ("", "least")}
    return {word for word, s in words.items() if disclosed(s, word, subject, audience) != word}


def worded(entity: type[Entity], kinds: tuple[type[f.Kind], ...]) -> set[str]:
    """Return the fields that hold a canary: of these kinds, without the keys by which a record hangs."""
    keys = {name for pair in entity.hangs_on for name in pair} if issubclass(entity, Attached) else set()
    return {n for n, d in values_of(entity).items() if isinstance(d.kind, kinds)} - keys


def found(sought: set[str], texts: Iterable[str]) -> set[str]:
    """Return those that stand in the texts, however the lines were broken."""
    joined = "|".join("".join(t.split()) for t in texts)
    return {word for word in sought if word in joined}


Told = dict[str, list[str]]


def tell(record: DisclosedRecord, told: Told, seen: set[str]) -> None:
    """Gather all that a record gives away, with what it points at and what belongs to it."""
    if record.id in seen:
        return
    seen.add(record.id)
    texts = told.setdefault(record.entity.__name__, [])
    texts.append(record.title)
    for name, field in values_of(record.entity).items():
        texts += [record.text(name), str(record.value(name))]
        if isinstance(field.kind, f.Ref) and (target := record.ref(name)):
            tell(target, told, seen)
    for name in children_of(record.entity):
        for child in record.children(name):
            tell(child, told, seen)


def all_told(store: Store, audience: Audience) -> Told:
    """Return all that a reader of this audience gives away, by entity."""
    told: Told = {}
    with store.reader(audience) as reader:
        seen: set[str] = set()
        for entity in ENTITIES:
            for record in reader.all(entity):
                tell(record, told, seen)
    return told


@pytest.fixture(scope="module")
def read(full: Full) -> Callable[[tuple[Use, ...], Audience], Told]:
    """What each audience reads, gathered once."""
    return cache(lambda agreed, audience: all_told(full(agreed), audience))


@pytest.mark.parametrize("agreed", AGREED)
@pytest.mark.parametrize(("entity", "audience"), list(product(ENTITIES, Audience)), ids=named)
def test_records_keep_secrets(
    read: Callable[[tuple[Use, ...], Audience], Told], entity: type[Entity], audience: Audience, agreed: str
) -> None:
    uses = AGREED[agreed](audience)

    texts = read(uses, audience).get(entity.__name__, [])

    assert found(secrets(audience, uses), texts) == set()
    if audience is Audience.INTERNAL:  # else the test would prove nothing
        kinds = f.Text | f.LongText | f.When
        words = {canary(entity, n) for n in worded(entity, kinds)}
        assert found(words, texts) == words


@pytest.mark.parametrize(("entity", "audience"), list(product(ENTITIES, OUTSIDE)), ids=named)
def test_what_is_withheld_has_neither_text_nor_value(
    full: Full, entity: type[Entity], audience: Audience
) -> None:
    """Canaries are texts; grades, channels and other choices are tried here."""
    everything = Subject(frozenset(Use))
    hidden = [
        n for n, d in values_of(entity).items() if disclosed(d.sensitivity, "x", everything, audience) is None
    ]

    with full(tuple(Use)).reader(audience) as reader:
        records = list(reader.all(entity))
        assert records
        for record, name in product(records, hidden):
            assert record.withheld(name)
            assert record.value(name) is None
            assert record.ref(name) is None if isinstance(values_of(entity)[name].kind, f.Ref) else True


def test_the_canaries_are_found_if_the_table_is_not_asked(
    full: Full, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control: the same search finds what a reader without rules lets through."""
    monkeypatch.setattr(reader_module, "disclosed", lambda _sensitivity, text, *_: text)

    told = all_told(full(tuple(Use)), Audience.PUBLIC)

    for entity in ENTITIES:
        hidden = secrets(Audience.PUBLIC, Use, [entity])
        kinds = f.Text | f.LongText
        words = {canary(entity, n) for n in worded(entity, kinds)}
        assert found(hidden, told[entity.__name__]) >= hidden & words


@pytest.mark.parametrize("audience", OUTSIDE, ids=named)
def test_nothing_of_a_case_is_given_without_consent(full: Full, audience: Audience) -> None:
    with full(()).reader(audience) as reader:
        for entity in ENTITIES:
            if entity is Case or "case_id" in values_of(entity) or "episode_id" in values_of(entity):
                given = list(reader.all(entity))
                if "case_id" in values_of(entity):
                    # of which case it is may be withheld, or it is of none: then nothing is said of a case
                    given = [r for r in given if not r.withheld("case_id") and r.text("case_id")]
                assert given == [], entity


# Papers


def everything_in(report: Report, store: Store) -> Scope:
    """Ask for all that is in the casebook: the meeting with every field filled, or all cases."""
    if not report.by_meeting:
        return Scope(since=dt.date(2000, 1, 1) if report.by_day else None)
    with store.reader() as reader:
        full_one = canary(Meeting, "title")
        return Scope(meeting_id=next(m.id for m in reader.all(Meeting) if m.text("title") == full_one))


def words_of(block: object) -> Iterator[str]:
    """Yield every text in a block, before a renderer breaks it into lines."""
    if isinstance(block, str):
        yield block
    elif dataclasses.is_dataclass(block):
        for part in dataclasses.fields(block):
            yield from words_of(getattr(block, part.name))
    elif isinstance(block, tuple | list):
        for part in block:
            yield from words_of(part)


def pdf_text(path: Path) -> list[str]:
    reader = PdfReader(path)
    return [page.extract_text() for page in reader.pages] + [str(reader.metadata), str(reader.outline)]


@pytest.mark.parametrize("agreed", AGREED)
@pytest.mark.parametrize(("report", "audience"), list(product(REPORTS, Audience)), ids=named)
def test_papers_keep_secrets(
    full: Full, tmp_path: Path, report: Report, audience: Audience, agreed: str
) -> None:
    uses = AGREED[agreed](audience)
    store, out = full(uses), tmp_path / "paper.pdf"
    language = LANGUAGES[(REPORTS.index(report) + list(AGREED).index(agreed)) % len(LANGUAGES)]
    wanted = make.Wanted(report, audience, language, scope=everything_in(report, store))
    if audience not in report.audiences:
        with pytest.raises(NotForAudience):
            make.make(store, wanted, out)
        assert not out.exists()
        return

    make.make(store, wanted, out)
    with i18n.language(language), store.reader(audience) as reader:
        blocks = list(words_of(list(report.build(reader, wanted.scope, Silent()))))

    for texts in (pdf_text(out), blocks):
        assert found(secrets(audience, uses), texts) == set()
    if audience is Audience.INTERNAL and not (report.blank or report.numbers):  # else it would prove nothing
        assert all("canary" in "".join(texts) for texts in (pdf_text(out), blocks))


IN_WORDS = [r for r in REPORTS if not (r.blank or r.numbers or r.name == "custody")]  # hashes and days alone
TOLD_OUTSIDE = [r for r in IN_WORDS if r.audiences != (Audience.INTERNAL,)]


@pytest.mark.parametrize("report", TOLD_OUTSIDE, ids=named)
def test_the_canaries_are_found_in_papers_if_the_table_is_not_asked(
    full: Full, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, report: Report
) -> None:
    """Negative control: the search finds canaries in a paper of a reader that shows everything to anybody."""
    store = full(())
    audience = next(a for a in report.audiences if a is not Audience.INTERNAL)
    wanted = make.Wanted(report, audience, scope=everything_in(report, store))
    monkeypatch.setattr(reader_module, "disclosed", lambda _sensitivity, text, *_: text)
    monkeypatch.setattr(reader_module.Reader, "refusal", lambda _reader, _case_id: "")

    with store.reader(audience) as reader:
        blocks = list(words_of(list(report.build(reader, wanted.scope, Silent()))))
    out = tmp_path / "paper.pdf"
    out.write_bytes(make.preview(store, wanted))

    assert found(secrets(audience, ()), blocks) != set()
    assert found(secrets(audience, ()), pdf_text(out)) != set()


# By hand: a rule and its test must not be derived from each other only


@pytest.mark.parametrize("audience", OUTSIDE, ids=named)
@pytest.mark.parametrize(
    "sensitivity",
    [
        Sensitivity.CONTACT,
        Sensitivity.TESTIFIER,
        Sensitivity.GRADE,
        Sensitivity.NOTES,
        Sensitivity.PERPETRATOR,
    ],
    ids=named,
)
def test_some_things_never_leave_whatever_was_agreed(sensitivity: Sensitivity, audience: Audience) -> None:
    for minor, public_figure in product((False, True), repeat=2):
        subject = Subject(frozenset(Use), minor=minor, public_figure=public_figure)
        assert disclosed(sensitivity, "2001", subject, audience) is None


@pytest.mark.parametrize("audience", [a for a in OUTSIDE if a is not Audience.FAMILY], ids=named)
@pytest.mark.parametrize("sensitivity", [Sensitivity.RELATIVE, Sensitivity.HEALTH], ids=named)
def test_relatives_in_china_and_health_are_for_the_family_only(
    sensitivity: Sensitivity, audience: Audience
) -> None:
    assert disclosed(sensitivity, "2001", Subject(frozenset(Use)), audience) is None


NEVER = {
    Sensitivity.CONTACT,
    Sensitivity.TESTIFIER,
    Sensitivity.GRADE,
    Sensitivity.NOTES,
    Sensitivity.PERPETRATOR,
}


@pytest.mark.parametrize(
    ("entity", "name"),
    [
        ("ContactPoint", "value"),
        ("ContactPoint", "note"),
        ("Family", "contact_id"),
        ("Family", "safe_contact"),
        ("Family", "notes"),
        ("Person", "notes"),
        ("PersonName", "source"),
        ("Case", "notes"),
        ("Case", "stage"),
        ("CaseEvent", "note"),
        ("Source", "label"),
        ("Source", "person_id"),
        ("Source", "channel"),
        ("Source", "told"),
        ("Source", "account"),
        ("Source", "reliability"),
        ("Source", "credibility"),
        ("Source", "reliability_reason"),
        ("Source", "credibility_reason"),
        ("Source", "origin_id"),
        ("Source", "hand"),
        ("Source", "outlet"),
        ("Source", "told_at"),
        ("Source", "language"),
        ("Source", "interpreter"),
        ("Source", "interviewer"),
        ("Source", "recorded"),
        ("Source", "translation"),
        ("Source", "translator"),
        ("Episode", "officers"),
        ("CustodyEvent", "standing_reason"),
        ("Meeting", "minutes"),
        ("Meeting", "agenda"),
        ("Meeting", "account"),
        ("Protest", "source"),
        ("Participant", "note"),
        ("Penalty", "paid_by"),
        ("HandOver", "content"),
        ("Consent", "conditions"),
        ("Consent", "recalled"),
        ("ContactEntry", "person_id"),
        ("ContactEntry", "channel"),
        ("ContactEntry", "said"),
        ("ContactEntry", "next_due"),
        ("Authority", "number"),
        ("Authority", "note"),
    ],
)
def test_these_fields_are_of_a_kind_that_never_leaves(entity: str, name: str) -> None:
    by_name = {e.__name__: e for e in ENTITIES}

    assert values_of(by_name[entity])[name].sensitivity in NEVER


def test_every_sensitivity_has_its_line_and_the_office_reads_everything() -> None:
    assert set(MATRIX) == set(Sensitivity)
    for sensitivity in Sensitivity:
        assert disclosed(sensitivity, "text", Subject(), Audience.INTERNAL) == "text"


def test_every_audience_has_a_label_a_clearance_and_needs_a_consent() -> None:
    assert set(AUDIENCE_LABELS) == set(CLEARANCE) == set(Audience)
    assert set(CASE_CONSENT) == set(OUTSIDE)
    assert max(CLEARANCE[a] for a in OUTSIDE) < Confidentiality.INTERNAL


def test_what_is_held_back_is_said_in_words() -> None:
    said = held_back(Audience.OFFICIAL)

    assert "internal notes" in said
    assert "who told, and how the news came" in said
    assert "grades of sources" in said
    assert "names" not in said
    assert held_back(Audience.INTERNAL) == []


def test_a_name_is_given_as_far_as_agreed_and_no_further(store: Store) -> None:
    def person(name: str, *uses: Use, withdrawn: dt.date | None = None, **values: object) -> str:
        draft = store.draft(Person)
        draft.values |= {"confidentiality": int(Confidentiality.PUBLIC)} | values
        draft.add("names", full=name, confidentiality=int(Confidentiality.PUBLIC))
        for use in uses:
            answer = {"answer": Answer.AGREES, "given": dt.date(2021, 1, 5), "withdrawn": withdrawn}
            draft.add("consents", use=use, **answer)
        return store.save(draft)

    agreed = person("Айгүл Серікқызы", Use.K3, Use.K9)
    silent = person("Мақпал Ерланқызы")
    withdrew = person("Гүлназ Асқарқызы", Use.K3, Use.K9, withdrawn=dt.date(2021, 10, 1))
    official = person("Эльвира Жақсылық", public_figure=True)
    child = person("Аяулым Дарханқызы", Use.K3, Use.K9, birth=KnownDate.from_edtf("2010-05"))
    everybody = [agreed, silent, withdrew, official, child]

    with store.reader(Audience.PUBLIC) as reader:
        assert [reader.name(p) for p in everybody] == [
            "Айгүл Серікқызы",
            "—",
            "—",
            "Эльвира Жақсылық",
            "А. Д. (11 years)",
        ]
        assert reader.get(Person, silent) is None  # not even as initials
    with store.reader(Audience.OFFICIAL) as reader:
        assert [reader.name(p) for p in everybody] == [
            "Айгүл Серікқызы",
            "—",
            "—",
            "Эльвира Жақсылық",
            "А. Д. (11 years)",
        ]
        assert reader.get(Person, child).value("birth") is not None
    with store.reader(Audience.PUBLIC) as reader:
        assert reader.get(Person, child).text("birth") == "2010"
        assert reader.get(Person, child).value("birth") is None


def test_errors_of_the_gate_are_sentences(full: Full, tmp_path: Path) -> None:
    not_for = next((r, a) for r, a in product(REPORTS, Audience) if a not in r.audiences)

    with pytest.raises(UserError, match="not for this audience"):
        make.make(full(()), make.Wanted(*not_for), tmp_path / "paper.pdf")
