"""Users with slots of their own, from being added to leaving; each opens the real folder in their role."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from casetracker.errors import ReadOnly, UserError, WrongPassphrase
from casetracker.i18n import language
from casetracker.jobs import Silent
from casetracker.model import Case, Family, Person
from casetracker.model.people.user import Role
from casetracker.store import keyfile, lists, users
from casetracker.store.access import WORDS, Access, first_passphrase
from casetracker.store.casebook import Casebook, create_casebook, open_casebook
from casetracker.store.draft import Draft
from casetracker.store.opening import store_of
from casetracker.store.passphrase import passphrase_problem
from casetracker.store.rights import NotAllowed
from casetracker.store.store import Store
from tests.conftest import TODAY, Office_
from tests.store.sample import CHEAP, LOOSE, PASSPHRASE

Open = tuple[Casebook, Store]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[tuple[Access, dict[str, str]]]:
    """A casebook with two families, as its administrator has it."""
    casebook, _ = create_casebook(
        tmp_path / "office", PASSPHRASE, "A. Serik", kdf=CHEAP, bounds=LOOSE, recovery=False
    )
    store = store_of(casebook, today=lambda: TODAY)
    write = Office_(store)
    cases = {name: write.case(name) for name in ("Бақытжан Нұрланұлы", "Ерлан Серікұлы")}
    with store.reading() as session:
        families = {n: session.get_one(Case, case).family_id or "" for n, case in cases.items()}
    with casebook:
        yield Access(casebook, store, kdf=CHEAP), families


def sign_in(folder: Path, words: str) -> Open:
    casebook = open_casebook(folder, words, bounds=LOOSE)
    return casebook, store_of(casebook, today=lambda: TODAY)


def test_who_makes_the_casebook_looks_after_it(office: tuple[Access, dict[str, str]]) -> None:
    access, _ = office
    assert [(line.name, line.role) for line in access.lines()] == [("A. Serik", Role.ADMINISTRATOR)]
    assert access.may_manage
    assert access.store.can_undo()  # what was done before can be undone, the first user cannot
    assert access.casebook.user_id == access.lines()[0].id


@pytest.mark.parametrize("role", Role)
def test_each_role_signs_in_and_has_its_rights(office: tuple[Access, dict[str, str]], role: Role) -> None:
    access, families = office
    own = (families["Ерлан Серікұлы"],) if role is Role.REPRESENTATIVE else ()
    words = access.add("M. Dauletova", role, own)
    assert len(words.split()) == WORDS
    folder = access.casebook.folder
    access.casebook.close()

    casebook, store = sign_in(folder, words)
    with casebook:
        assert (casebook.user, store.who, store.rights.role) == ("M. Dauletova", "M. Dauletova", role)
        assert casebook.first_passphrase
        expected = 1 if role is Role.REPRESENTATIVE else 2
        assert lists.count(store, Case) == expected
        assert lists.count(store, Family) == expected
        if role in (Role.ADMINISTRATOR, Role.CASE_WORKER):
            store.save(_named(store))
        else:
            assert store.read_only
            with pytest.raises(NotAllowed):
                store.save(_named(store))
        # Everybody changes their own passphrase, whatever the role: it is no record.
        theirs = Access(casebook, store, kdf=CHEAP)
        with pytest.raises(UserError, match="you have"):
            theirs.change_own_passphrase(words, words)
        theirs.change_own_passphrase(words, "words that nobody else ever knew")
        assert not casebook.first_passphrase
    with pytest.raises(WrongPassphrase):
        sign_in(folder, words)
    again, _ = sign_in(folder, "words that nobody else ever knew")
    with again:
        assert again.rights.role is role


def _named(store: Store) -> Draft:
    draft = store.draft(Person)
    draft.add("names", full="Айгүл Серікқызы")
    return draft


def test_somebody_who_only_reads_keeps_nobody_from_writing(office: tuple[Access, dict[str, str]]) -> None:
    access, _ = office
    words = access.add("Reader", Role.READ_ONLY)
    folder = access.casebook.folder
    access.casebook.close()
    reader, seen = sign_in(folder, words)
    with reader:
        writer, store = sign_in(folder, PASSPHRASE)
        with writer:
            assert not store.read_only
            store.save(_named(store))
            assert lists.count(seen, Person) == lists.count(store, Person)
            with pytest.raises(ReadOnly):  # while somebody writes, the key files are theirs
                reader.change_passphrase(words, "words that nobody else ever knew")
        with pytest.raises(sa.exc.DatabaseError), reader.engines.editing.begin() as connection:
            connection.exec_driver_sql("DELETE FROM cases")


def test_who_is_deactivated_opens_nothing_more(office: tuple[Access, dict[str, str]]) -> None:
    access, _ = office
    words = access.add("Marat", Role.CASE_WORKER)
    marat = next(line for line in access.lines() if line.name == "Marat")
    before = keyfile.newest(access.casebook.folder)

    access.deactivate(marat.id)

    line = next(line for line in access.lines() if line.id == marat.id)
    assert line.left == TODAY  # still on record: the log names them
    folder = access.casebook.folder
    access.casebook.close()
    with pytest.raises(WrongPassphrase):
        sign_in(folder, words)
    keyfile.write(folder, before)  # an older copy of the key files put back
    with pytest.raises(NotAllowed, match="deactivated"):
        sign_in(folder, words)


def test_a_new_key_shuts_out_even_who_kept_the_old_one(office: tuple[Access, dict[str, str]]) -> None:
    access, _ = office
    words = access.add("Marat", Role.ADMINISTRATOR)
    other = access.add("Dana", Role.CASE_WORKER)
    marat = next(line for line in access.lines() if line.name == "Marat")
    old, folder = access.casebook.key, access.casebook.folder
    before = keyfile.newest(folder)

    access.deactivate_with_new_key(marat.id, Silent())

    for secret in (PASSPHRASE, other):
        casebook, store = sign_in(folder, secret)
        with casebook:
            assert casebook.key != old
            assert lists.count(store, Case) == 2
            assert store.put_back == ""  # this computer knows the log under the new key
    keyfile.write(folder, before)
    with pytest.raises(UserError):
        sign_in(folder, words)


def test_a_forgotten_passphrase_is_given_anew(office: tuple[Access, dict[str, str]]) -> None:
    access, _ = office
    old = access.add("Dana", Role.CASE_WORKER)
    dana = next(line for line in access.lines() if line.name == "Dana")
    new = access.give_passphrase(dana.id)
    folder = access.casebook.folder
    access.casebook.close()
    with pytest.raises(WrongPassphrase):
        sign_in(folder, old)
    casebook, _ = sign_in(folder, new)
    with casebook:
        assert (casebook.user_id, casebook.first_passphrase) == (dana.id, True)


def test_what_cannot_be_is_said(office: tuple[Access, dict[str, str]]) -> None:
    access, _ = office
    with pytest.raises(UserError, match="yourself"):
        access.deactivate(access.casebook.user_id)
    with pytest.raises(UserError, match="families"):
        access.add("Speaker", Role.REPRESENTATIVE)
    with pytest.raises(UserError, match="name already"):
        access.add("a. serik", Role.CASE_WORKER)
    assert len(keyfile.newest(access.casebook.folder).slots) == 1  # nothing half done stays
    with pytest.raises(UserError, match="at least"):
        access.change_own_passphrase(PASSPHRASE, "short")
    with pytest.raises(WrongPassphrase):
        access.change_own_passphrase("not the words of anybody", "words that nobody else ever knew")


def test_a_case_worker_adds_nobody(office: tuple[Access, dict[str, str]]) -> None:
    access, _ = office
    words = access.add("Dana", Role.CASE_WORKER)
    folder, me = access.casebook.folder, access.casebook.user_id
    access.casebook.close()
    casebook, store = sign_in(folder, words)
    with casebook:
        theirs = Access(casebook, store, kdf=CHEAP)
        assert not theirs.may_manage
        for attempt in (
            lambda: theirs.add("Friend", Role.ADMINISTRATOR),
            lambda: theirs.deactivate(me),
            lambda: theirs.give_passphrase(me),
            lambda: theirs.change(me, Role.READ_ONLY),
            lambda: theirs.deactivate_with_new_key(me, Silent()),
        ):
            with pytest.raises(NotAllowed, match="administrator"):
                attempt()
    assert len(keyfile.newest(folder).slots) == 2


@pytest.mark.parametrize("code", ["en", "ru", "kk"])
def test_first_passphrases_are_words_that_can_be_typed(code: str) -> None:
    with language(code):
        made = {first_passphrase() for _ in range(20)}
    assert len(made) == 20
    for words in made:
        assert passphrase_problem(words) == ""
        assert words.isascii() is (code == "en")


def test_users_of_a_casebook_that_had_none(office: tuple[Access, dict[str, str]]) -> None:
    """An older casebook: whoever opens it first looks after it, and nobody else gets in by a slot alone."""
    access, _ = office
    words = access.add("Dana", Role.CASE_WORKER)
    folder = access.casebook.folder
    with access.casebook.engines.editing.begin() as connection:
        connection.exec_driver_sql("DELETE FROM users")
    access.casebook.close()

    casebook, store = sign_in(folder, words)
    with casebook:
        assert [(u.name, u.role) for u in users.lines(store)] == [("Dana", Role.ADMINISTRATOR)]
    with pytest.raises(NotAllowed, match="no user of this casebook"):
        sign_in(folder, PASSPHRASE)
