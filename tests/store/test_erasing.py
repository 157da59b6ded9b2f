"""Erasing a person: nothing of them is left in the file, and the log still holds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from casetracker.errors import ReadOnly, UserError
from casetracker.model import Case, Document, HandOver, Meeting, Note, Person, PersonName
from casetracker.model.confidentiality import Audience, Use
from casetracker.model.papers import PaperKind
from casetracker.model.work.review import ReviewWay, Said
from casetracker.store import documents, handover, notes
from casetracker.store.audit import anchors, reading
from casetracker.store.audit.entries import entries
from casetracker.store.audit.state import log_state
from casetracker.store.audit.unlogged import unlogged
from casetracker.store.audit.verifying import verify
from casetracker.store.casebook import Casebook, create_casebook
from casetracker.store.erasing.doing import erase_person
from casetracker.store.erasing.scope import outlook
from casetracker.store.erasing.words import MARK, Blackener
from casetracker.store.examine import examine, inconsistencies
from casetracker.store.keyslots import DataKey, KdfParameters
from casetracker.store.opening import store_of
from casetracker.store.releases import Given, new_mark, registering
from casetracker.store.reviews import box, sending, taking
from casetracker.store.reviews.packet import STATEMENT, Answers, Reply
from casetracker.store.reviews.sending import ReviewWanted
from casetracker.store.search import search
from casetracker.store.store import Store
from tests.conftest import TODAY, Office_

QUICK = KdfParameters(memory_kib=64 * 1024, passes=2, lanes=1)
PASSPHRASE = "correct horse battery staple"
NAME, OTHER = "Қуанышбек Марқатайұлы", "Сара Қонысбаева"
PHONE, NUMBER, STORY = "+7 701 555 01 99", "N0155533", "zhusanmarker"
MARKS = (NAME, "Kuanyshbek Markataiuly", PHONE, NUMBER, STORY, "қуанышбек", "маркатаюлы")


def decrypted_pages(path: Path, key: DataKey) -> Iterator[bytes]:
    """Decrypt every page of the file, also free ones (SQLCipher 4: AES-256-CBC)."""
    raw = path.read_bytes()
    for at in range(0, len(raw), 4096):
        page = raw[at : at + 4096]
        body = page[16:-80] if at == 0 else page[:-80]
        cipher = Cipher(algorithms.AES(key.database_key), modes.CBC(page[-80:-64])).decryptor()
        yield cipher.update(body) + cipher.finalize()


def marks_in(book: Casebook) -> set[str]:
    """Return which marks stand anywhere in the pages of the file or its log."""
    assert (
        not (book.folder / "records.db-wal").exists() or not (book.folder / "records.db-wal").stat().st_size
    )
    content = b"".join(decrypted_pages(book.folder / "records.db", book._key))
    assert b"audit_entries" in content  # it was decrypted
    return {mark for mark in MARKS if mark.encode() in content}


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    made, _ = create_casebook(tmp_path / "B", PASSPHRASE, "A. Serik", kdf=QUICK, recovery=False)
    with made:
        yield made


Full = tuple[Store, str, str, str]


@pytest.fixture
def full(store: Store, tmp_path: Path) -> Full:
    """Records with somebody in every corner of them; returns person, case and meeting too."""
    store.folder = tmp_path
    return fill(store, tmp_path)


def _reviewed(store: Store, case: str) -> None:
    """Let the family review the case, and answer with words of theirs."""
    family = store.draft(Case, case).values["family_id"]
    wanted = ReviewWanted(family, (case,), ReviewWay.PROGRAM, "en", "A relative")
    review = sending.send(store, wanted)
    asked = sending.packet_of(store, review)
    replies = {
        i.number: Reply(Said.WRONG, STORY, f"as {NAME} said") for i in asked.items if i.kind == STATEMENT
    }
    answers = Answers(asked.review, asked.digest, replies, comment=NAME, cases={asked.cases[0].ref: STORY})
    if store.answers_key:
        box.keep(store, review, answers)
    taking.take_in(store, taking.look(store, answers))


def fill(store: Store, tmp_path: Path) -> Full:
    office = Office_(store)
    case = office.case(consent=(Use.K0, Use.K3, Use.K4))
    person = str(store.draft(Case, case).values["person_id"])
    draft = store.draft(Person, person)
    draft.children["names"][0].values["full"] = NAME
    draft.add("names", full="Kuanyshbek Markataiuly")
    draft.add("contacts", value=PHONE)
    draft.add("papers", kind=PaperKind.OTHER, number=NUMBER)
    draft.values["notes"] = STORY
    store.save(draft)
    draft = store.draft(Case, case)
    draft.values |= {"account": f"{STORY} and {NAME}", "health": STORY}
    store.save(draft)
    meeting = office.meeting(case, office.case(OTHER))
    draft = store.draft(Meeting, meeting)
    draft.values["minutes"] = f"They asked about {NAME.lower()} (tel. {PHONE}) and about {OTHER}."
    store.save(draft)
    handover.hand_over(store, meeting)
    notes.write_note(store, (Person, person), STORY)
    paper = tmp_path / "letter.txt"
    paper.write_text(f"{STORY} {NAME}", "utf-8")
    documents.take_in(store, [paper], {"case_id": case})
    _reviewed(store, case)
    given = Given(
        *(
            new_mark(store),
            "dossier",
            Audience.OFFICIAL,
            "en",
            store.today(),
            "ab" * 32,
            "d.pdf",
            2,
            "the MFA",
        ),
        case_ids=(case,),
        person_ids=(person,),
    )
    with registering(store, given):
        pass
    return store, person, case, meeting


def test_what_is_asked_before_says_what_will_go(full: Full) -> None:
    store, person, case, _ = full

    seen = outlook(store, person)

    assert seen.title == NAME
    assert seen.documents == 1
    assert seen.cases == (store.draft(Case, case).values["ref"],)
    assert [paper.addressee for paper in seen.papers] == ["the MFA"]
    assert seen.records > 10


def test_nothing_of_somebody_is_left_in_the_file(book: Casebook, tmp_path: Path) -> None:
    store, person, case, meeting = fill(store_of(book, today=lambda: TODAY), tmp_path)
    book.compact()
    assert marks_in(book) >= {NAME, PHONE, STORY, NUMBER}  # or the look into the pages would prove nothing
    files = list((book.folder / "evidence").rglob("*.cta"))
    assert len(files) == 1
    assert list((book.folder / box.FOLDER).iterdir())

    done = erase_person(store, person)

    assert marks_in(book) == set()
    assert list((book.folder / "evidence").rglob("*.cta")) == []
    assert list((book.folder / box.FOLDER).iterdir()) == []
    assert (done.files, [p.addressee for p in done.papers]) == (1, ["the MFA"])
    minutes = store.draft(Meeting, meeting).values["minutes"]
    assert minutes == f"They asked about {MARK} (tel. {MARK}) and about {OTHER}."
    for words in (NAME, "Kuanyshbek", PHONE, STORY):
        assert not [hit for hit in search(store, words) if hit.id in (person, case)]
    assert search(store, OTHER)
    book.close()
    assert examine(book.folder, PASSPHRASE) == []


def test_the_casebook_is_sound_afterwards_and_the_log_holds(full: Full) -> None:
    store, person, case, _ = full
    code = anchors.anchor(store)

    erase_person(store, person)

    with store.reading() as session:
        found = verify(session)
        assert found.breaks == []
        assert anchors.compare(found, anchors.read_anchor(code)) is None
        assert list(unlogged(session)) == []
        lost = session.scalars(sa.select(entries.c.seq).where(entries.c.salt.is_(None))).all()
        assert len(lost) > 10
    assert inconsistencies(store) == []
    assert log_state(store).findings == ()
    assert store.draft(Case, case).values["ref"]
    lines = reading.of_record(store, Person, person)
    assert {r.op for line in lines for r in line.records} <= {"erased", "added"}
    assert reading.of_office(store, reading.Wanted())[0].label == "Erased: Person"


def test_others_keep_what_is_theirs(full: Full) -> None:
    store, person, _, _ = full
    with store.reading() as session:
        before = session.scalars(sa.select(PersonName.full).where(PersonName.person_id != person)).all()

    erase_person(store, person)

    with store.reading() as session:
        names = session.scalars(sa.select(PersonName.full).where(PersonName.person_id != person)).all()
        theirs = session.scalars(sa.select(PersonName.full).where(PersonName.person_id == person)).all()
        assert session.scalars(sa.select(HandOver)).one().content.count('"ref"') == 2
        assert session.scalars(sa.select(Document)).all() == session.scalars(sa.select(Note)).all() == []
    assert names == before
    assert theirs == ["Erased person"]


def test_it_cannot_be_undone_nor_anything_that_touched_it(full: Full) -> None:
    store, person, case, _ = full
    store.who = store.chain.who = "B. Omar"
    draft = store.draft(Case, case)
    draft.values["request"] = "a letter"
    store.save(draft)
    store.who = store.chain.who = "A. Serik"

    erase_person(store, person)

    with pytest.raises(UserError, match="cannot be undone"):
        store.undo()
    store.who = "B. Omar"
    with pytest.raises(UserError, match="erased"):
        store.undo()


def test_an_erasure_that_nobody_wrote_is_found(full: Full) -> None:
    store, person, _, _ = full
    erase_person(store, person)
    with store._edits() as session:
        session.execute(sa.text("DROP TRIGGER keep_audit_erasures_update"))
        session.execute(sa.text("DROP TRIGGER keep_audit_entries_update"))
        session.execute(sa.text("UPDATE audit_erasures SET seqs = '[1, 2, 3]'"))

        assert any("erasure" in b.what for b in verify(session).breaks)


def test_reading_only_erases_nothing(store: Store, office: Office_) -> None:
    person = office.person(NAME)
    store.read_only = "on a disc"

    with pytest.raises(ReadOnly):
        erase_person(store, person)


def test_words_are_blacked_out_only_where_they_stand_alone() -> None:
    black = Blackener(["Ann Lee", "12345"])

    assert (
        black.text("Ann Lee, ann lee's; Joann Lee; 123456 12345.")
        == f"{MARK}, {MARK}'s; Joann Lee; 123456 {MARK}."
    )
    assert black.value({"a": ["Ann Lee", 1, None]}) == {"a": [MARK, 1, None]}
    assert Blackener([]).text("Ann Lee") == "Ann Lee"
