"""Review files: what is in them, who opens them, and the answers that only the office reads."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
import sqlalchemy as sa

from casetracker.errors import Damaged, TooNew, UserError, WrongPassphrase
from casetracker.exchange import review_file
from casetracker.exchange.review_file import (
    ReviewFile,
    open_review_file,
    read_answers_file,
    write_answers,
    write_review_file,
)
from casetracker.exchange.sealed_file import Identity, WrongKind, seal_bytes
from casetracker.model import Case, Family, Person, Release
from casetracker.model.work.review import ReviewWay
from casetracker.store.reviews import sending, taking
from casetracker.store.reviews.sending import ReviewWanted
from casetracker.store.store import Store
from tests.conftest import Office_
from tests.exchange.test_sealed_file import BOUNDS, CHEAP
from tests.store.reviewing import ALL, WRONG, Round

WORDS = "bulak tarazy kiyiz altai"


@pytest.fixture
def once(store: Store, office: Office_) -> Round:
    return Round(store, office)


@pytest.fixture
def sent(once: Round, tmp_path: Path) -> Path:
    return write_review_file(once.store, once.id, tmp_path / "r.ctreview", WORDS, kdf=CHEAP)


def opened(path: Path, words: str = WORDS) -> ReviewFile:
    return open_review_file(path, words, bounds=BOUNDS)


def test_a_review_goes_out_and_its_answers_come_back(once: Round, sent: Path, tmp_path: Path) -> None:
    review = opened(sent)
    assert review.packet == once.packet.outside()
    back = write_answers(tmp_path / "a.ctanswers", review, once.answers(Occupation=WRONG))
    assert b"physics" not in back.read_bytes()

    taking.take_in(once.store, read_answers_file(once.store, back))

    assert once.proposal("Occupation").proposed == "teacher of physics"
    with pytest.raises(UserError, match="taken in already"):
        read_answers_file(once.store, back)


def test_it_is_in_the_release_register(once: Round, sent: Path, store: Store) -> None:
    with store.reader() as reader:
        (release,) = reader.all(Release)
        assert (release.text("audience"), release.text("addressee")) == ("family", "M. Dauletova")
        assert [c.value("case_id") for c in release.children("cases")] == [once.case]


def test_the_file_holds_nothing_but_what_the_family_may_read(
    store: Store, office: Office_, tmp_path: Path
) -> None:
    """Canaries: of sources, notes and another family, in everything that is in the opened file."""
    once = Round(store, office, account="canary-account", notes="canary-notes")
    draft = store.draft(Case, once.case)
    draft.add("sources", label="canary-source")
    draft.children["episodes"][0].values |= {"officers": "canary-officer", "conditions": "canary-inside"}
    store.save(draft)
    other = office.case("Ерлан Серікұлы", consent=ALL, request="canary-other")
    review = once.send()

    path = write_review_file(store, review, tmp_path / "r.ctreview", WORDS, kdf=CHEAP)

    told = opened(path).packet.content() + path.read_bytes().decode("latin-1")
    assert "teacher of music" in told
    for word in ("canary", "Ерлан", other, once.case, once.person, once.family, "Petitioner"):
        assert word not in told


def test_what_may_no_longer_be_read_is_not_written(once: Round, store: Store, tmp_path: Path) -> None:
    case = store.draft(Case, once.case)
    case.children["consents"] = []
    store.save(case)
    with pytest.raises(UserError, match="cannot be sent to this family"):
        write_review_file(store, once.id, tmp_path / "r.ctreview", WORDS, kdf=CHEAP)
    assert list(tmp_path.glob("r.ctreview*")) == []


def test_a_contact_typed_into_a_text_of_the_family_is_found(
    store: Store, office: Office_, tmp_path: Path
) -> None:
    once = Round(store, office)
    draft = store.draft(Person, store.draft(Family, once.family).values["petitioner_id"])
    draft.add("contacts", value="+7 701 555 01 99")
    store.save(draft)
    case = store.draft(Case, once.case)
    case.values["request"] = "Call +7 701 555 01 99"
    store.save(case)
    wanted = ReviewWanted(once.family, (once.case,), ReviewWay.FILE, "en", "M. Dauletova")
    review = sending.send(store, wanted)

    with pytest.raises(UserError, match="held back"):
        write_review_file(store, review, tmp_path / "r.ctreview", WORDS, kdf=CHEAP)
    assert list(tmp_path.glob("r.ctreview*")) == []
    with store.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Release)) == 0


def test_passphrases(once: Round, sent: Path, tmp_path: Path) -> None:
    with pytest.raises(WrongPassphrase):
        opened(sent, "bulak tarazy kiyiz altay")
    with pytest.raises(UserError, match="at least"):
        write_review_file(once.store, once.id, tmp_path / "weak.ctreview", "short")
    assert not (tmp_path / "weak.ctreview").exists()


def test_files_that_were_changed_or_are_others(once: Round, sent: Path, tmp_path: Path, store: Store) -> None:
    whole = sent.read_bytes()
    for altered in (whole[:-1], whole[: len(whole) // 2], whole[:-9] + b"x" + whole[-8:], whole + b"x"):
        sent.write_bytes(altered)
        with pytest.raises(Damaged, match="sent again"):
            opened(sent)
    sent.write_bytes(whole.replace(b"sealed file 1", b"sealed file 7"))
    with pytest.raises(TooNew):
        opened(sent)
    sent.write_bytes(whole)
    with pytest.raises(WrongKind, match="review file"):
        read_answers_file(store, sent)
    with pytest.raises(UserError, match="cannot be opened"):
        opened(tmp_path / "gone.ctreview")
    stranger = ReviewFile(once.packet, Identity.random().public)
    back = write_answers(tmp_path / "a.ctanswers", stranger, once.answers())
    with pytest.raises(UserError, match="another casebook"):
        read_answers_file(store, back)


def test_what_is_inside_is_read_with_distrust(once: Round, sent: Path, store: Store, tmp_path: Path) -> None:
    """Somebody who knows the passphrase, or the public key, may seal whatever they like."""
    chance = random.Random(11)
    review = opened(sent)
    told = {"format": "casetracker-review-file", "version": 1, "packet": "{}", "answer_to": review.answer_to}
    contents = [
        b"",
        b"[]",
        b"\xff\xfe",
        json.dumps(told).encode(),
        json.dumps({**told, "version": 9}).encode(),
    ]
    contents += [chance.randbytes(chance.randrange(400)) for _ in range(40)]
    for content in contents:
        sent.write_bytes(seal_bytes(content, kind="review", passphrase=WORDS, kdf=CHEAP))
        with pytest.raises(UserError):
            opened(sent)
        sent.write_bytes(seal_bytes(content, kind="answers", recipients=[review.answer_to]))
        with pytest.raises(UserError):
            read_answers_file(store, sent)
    good = once.answers().content()
    for _ in range(60):
        at = chance.randrange(len(good))
        bad = good[:at] + chance.choice('0x}]"') + good[at + 1 :]
        sent.write_bytes(seal_bytes(bad.encode(), kind="answers", recipients=[review.answer_to]))
        try:
            read_answers_file(store, sent)
        except UserError:
            continue
    assert review_file.SUFFIX == ".ctreview"
