"""Whether a family's confirmation of a case holds; what is answered in the program; what others wrote."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from casetracker import i18n
from casetracker.errors import Damaged, TooNew, UserError
from casetracker.model import Case, HeldBack, Person, PersonName
from casetracker.model.confidentiality import Audience
from casetracker.model.dates import KnownDate
from casetracker.model.people.user import Role
from casetracker.model.work.review import ReviewWay, Said
from casetracker.store import users
from casetracker.store.access import Access
from casetracker.store.casebook import create_casebook, open_casebook
from casetracker.store.opening import store_of
from casetracker.store.reviews import box, packet, sending, standing, taking
from casetracker.store.reviews.board import board
from casetracker.store.reviews.packet import Reply
from casetracker.store.reviews.sending import ReviewWanted
from casetracker.store.reviews.standing import Confirmed
from casetracker.store.store import Store
from tests.conftest import TODAY, Office_
from tests.store.reviewing import ALL, WRONG, Round
from tests.store.sample import CHEAP, LOOSE, PASSPHRASE


@pytest.fixture
def once(store: Store, office: Office_) -> Round:
    return Round(store, office)


# How a case stands


def change_birth(once: Round) -> None:
    person = once.store.draft(Person, once.person)
    person.values["birth"] = KnownDate.from_edtf("1972")
    once.store.save(person)


def new_event(once: Round) -> None:
    case = once.store.draft(Case, once.case)
    from casetracker.model.detention.custody import CustodyKind

    case.children["episodes"][0].add("custody", kind=CustodyKind.RELEASED, on=KnownDate.from_edtf("2021"))
    once.store.save(case)


def new_spelling(once: Round) -> None:
    person = once.store.draft(Person, once.person)
    person.add("names", full="Baqytjan Nurlanuly")
    once.store.save(person)


@pytest.mark.parametrize(
    ("change", "what"), [(change_birth, "Born"), (new_event, "Released"), (new_spelling, "Name (Latin)")]
)
def test_a_confirmation_lapses_when_what_was_confirmed_changes(
    once: Round, store: Store, change: Callable[[Round], None], what: str
) -> None:
    assert once.stands() == standing.CaseStanding(Confirmed.WAITING, TODAY, waiting_since=TODAY)
    once.back(once.answers())
    assert once.stands().printed() == "Confirmed by the family on 10 November 2021"

    change(once)

    assert once.stands().state is Confirmed.LAPSED
    assert once.stands().changed == (what,)
    assert once.stands().printed() == ""
    assert [each.case_id for each in board(store).lapsed] == [once.case]
    store.undo()
    assert once.stands().state is Confirmed.CONFIRMED


def test_what_no_paper_says_does_not_let_it_lapse_and_no_language_does(once: Round, store: Store) -> None:
    once.back(once.answers())
    case = store.draft(Case, once.case)
    case.values["notes"] = "call them again"
    store.save(case)

    for language in ("en", "ru", "kk"):
        with i18n.language(language):
            assert once.stands().state is Confirmed.CONFIRMED


def test_a_confirmation_is_old_after_a_year(once: Round, clock: Callable[[dt.date], None]) -> None:
    once.back(once.answers())
    clock(dt.date(2022, 11, 10))
    assert once.stands().state is Confirmed.CONFIRMED
    clock(dt.date(2022, 11, 11))

    assert once.stands().state is Confirmed.STALE
    assert once.stands().printed() == "Confirmed by the family on 10 November 2021; not confirmed again since"


def test_answers_in_part_confirm_nothing(once: Round) -> None:
    answers = once.answers()
    once.back(replace(answers, replies=dict(list(answers.replies.items())[:2])))

    assert once.stands().state is Confirmed.PARTLY
    assert once.stands().printed() == ""


def test_a_paper_of_an_earlier_day_knows_nothing_of_a_later_answer(once: Round, store: Store) -> None:
    once.back(once.answers())
    with store.reader(Audience.OFFICIAL, as_of=dt.date(2021, 11, 9)) as reader:
        assert standing.of_case(reader, once.case).state is Confirmed.NEVER


# In the program


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[tuple[Access, Round, str]]:
    """A casebook of two families; the words of the representative of the first one."""
    casebook, _ = create_casebook(
        tmp_path / "office", PASSPHRASE, "A. Serik", kdf=CHEAP, bounds=LOOSE, recovery=False
    )
    store = store_of(casebook, today=lambda: TODAY)
    once = Round(store, Office_(store))
    Office_(store).case("Ерлан Серікұлы", consent=ALL)
    access = Access(casebook, store, kdf=CHEAP)
    words = access.add("M. Dauletova", Role.REPRESENTATIVE, (once.family,))
    user = next(line.id for line in users.lines(store) if line.name == "M. Dauletova")
    wanted = ReviewWanted(once.family, (once.case,), ReviewWay.PROGRAM, "en", "M. Dauletova", user)
    once.id = sending.send(store, wanted)
    once.packet = sending.packet_of(store, once.id)
    with casebook:
        yield access, once, words


def test_a_representative_answers_beside_the_records(shared: tuple[Access, Round, str]) -> None:
    access, once, words = shared
    folder, office = access.casebook.folder, access.store
    with open_casebook(folder, words, bounds=LOOSE) as theirs:
        store = store_of(theirs, today=lambda: TODAY)
        (mine,) = sending.of_user(store)
        assert mine.packet.digest == once.packet.digest
        answers = once.answers(Occupation=WRONG)
        box.keep(store, once.id, replace(answers, done=False))
        assert list(box.sent(office)) == []
        assert box.kept(store, once.id) == answers
        box.keep(store, once.id, replace(answers, done=True))
        with pytest.raises(UserError, match="cannot change"):
            taking.take_in(store, taking.look(store, answers))
    (path,) = (folder / box.FOLDER).iterdir()
    assert b"physics" not in path.read_bytes()

    ((review_id, sent),) = box.sent(office)
    taking.take_in(office, taking.look(office, sent))

    assert review_id == once.id
    assert once.proposal("Occupation").proposed == "teacher of physics"
    assert list(box.sent(office)) == []


def test_a_box_that_was_changed_or_belongs_to_another_review_is_none(
    shared: tuple[Access, Round, str],
) -> None:
    access, once, _ = shared
    store = access.store
    box.keep(store, once.id, once.answers())
    (path,) = (access.casebook.folder / box.FOLDER).iterdir()
    whole = path.read_bytes()
    for altered in (whole[:-1], whole[:20], b"", whole[:40] + b"x" + whole[41:], b"x" * 300):
        path.write_bytes(altered)
        assert box.kept(store, once.id) is None
    path.with_name("a" * 32 + box.SUFFIX).write_bytes(whole)
    assert box.kept(store, "a" * 32) is None
    box.forget(store, once.id)
    assert not path.exists()


# What others wrote


@pytest.mark.parametrize("read", [packet.read_packet, packet.read_answers])
def test_nonsense_is_refused_with_a_sentence(once: Round, read: Callable[[str], object]) -> None:
    import random

    chance = random.Random(3)
    whole = once.packet.outside().content() if read is packet.read_packet else once.answers().content()
    read(whole)
    with pytest.raises(TooNew, match="newer program"):
        read(whole.replace('"version":1', '"version":2'))
    for _ in range(300):
        at = chance.randrange(len(whole))
        cut = whole[:at] + chance.choice(["", "}", '"', "9" * 40, "[[[", "null", "\\ud800"]) + whole[at + 3 :]
        try:
            read(cut)
        except (Damaged, TooNew):
            continue
    for strange in (
        "",
        "[]",
        "null",
        "{" * 5000,
        "[" * 100_000,
        '{"format":"casetracker-review","version":1}',
    ):
        with pytest.raises(Damaged):
            read(strange)


def test_held_back_stays_when_the_review_is_undone_no_longer(once: Round, store: Store) -> None:
    once.back(once.answers(**{"Name_(Cyrillic)": Reply(Said.WITHHOLD)}))
    with store.reading() as session:
        held = session.scalars(sa.select(HeldBack)).one()
        name = session.get(PersonName, held.about_id)
        assert (held.about, held.field, name is not None) == ("PersonName", "full", True)
    with store.reader(Audience.OFFICIAL) as reader:
        assert reader.names(once.person) == []
