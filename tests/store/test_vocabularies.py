"""The office's hand on the vocabularies: labels change everywhere, what is in use stays or is replaced."""

from __future__ import annotations

import pytest

from casetracker.errors import UserError
from casetracker.model import Case, OwnTerm, Person, terms
from casetracker.model.detention.custody import CustodyKind
from casetracker.model.people.person import Sex
from casetracker.store import own_terms, vocabularies
from casetracker.store.casebook import create_casebook
from casetracker.store.keyslots import Bounds, KdfParameters
from casetracker.store.opening import store_of
from casetracker.store.store import Store
from tests.conftest import Office_

LIST = "detention_reason"


def with_reason(store: Store, office: Office_, code: str, name: str = "Бақытжан Нұрланұлы") -> str:
    """Write a case whose detention has this suspected reason."""
    case_id = office.case(name)
    draft = store.draft(Case, case_id)
    draft.children["episodes"][0].add("reasons", reason=code)
    store.save(draft)
    return case_id


def reasons(store: Store, case_id: str) -> list[str]:
    episode = store.draft(Case, case_id).children["episodes"][0]
    return [reason.values["reason"] for reason in episode.children["reasons"]]


def codes(key: str) -> list[str]:
    return [term.code for term in terms.vocabulary(key).terms]


def entry(store: Store, code: str, key: str = LIST) -> vocabularies.Entry:
    [found] = [each for each in vocabularies.entries(store, key) if each.term.code == code]
    return found


def test_a_term_of_the_office_is_offered_after_the_others(store: Store) -> None:
    code = vocabularies.add(store, LIST, {"en": "Sang a song", "kk": "Ән айтқан"})
    assert code == "sang_a_song"
    assert codes(LIST)[-1] == code
    assert terms.label(LIST, code, "kk") == "Ән айтқан"
    assert terms.label(LIST, code, "ru") == "Sang a song"
    assert not entry(store, code).shipped
    store.undo()
    assert code not in codes(LIST)
    store.redo()
    assert codes(LIST)[-1] == code


def test_two_terms_of_one_label_get_different_codes_or_are_refused(store: Store) -> None:
    first = vocabularies.add(store, LIST, {"en": "Song!"})
    second = vocabularies.add(store, LIST, {"en": "Song?"})
    assert (first, second) == ("song", "song_2")
    with pytest.raises(UserError, match="on this list already"):
        vocabularies.add(store, LIST, {"en": "song!"})
    assert vocabularies.add(store, LIST, {"kk": "Ән"}) == "term"
    with pytest.raises(UserError, match="needs a label"):
        vocabularies.add(store, LIST, {"en": "  "})


def test_a_label_changes_everywhere_and_back(store: Store, office: Office_) -> None:
    person = office.person("Бақытжан", sex=Sex.MALE)
    vocabularies.relabel(store, "Sex", "MALE", "en", "Man")
    with store.reader() as reader:
        assert reader.get(Person, person).text("sex") == "Man"  # type: ignore[union-attr]
    vocabularies.relabel(store, "Sex", "MALE", "en", "")
    assert terms.label_of(Sex.MALE, "en") == "Male"
    with store.reading() as session:
        assert session.query(OwnTerm).count() == 0  # nothing of the office's own is left
    with pytest.raises(UserError, match="on this list already"):
        vocabularies.relabel(store, "Sex", "MALE", "en", "female")


def test_a_term_in_use_cannot_be_deleted_by_any_way(store: Store, office: Office_) -> None:
    code = vocabularies.add(store, LIST, {"en": "Sang a song"})
    added = store.recent(1)[0].records[0][1]
    case_id = with_reason(store, office, code)
    said = r"“Sang a song” is in use: .+ \(1\)\. It cannot be deleted; retire it"
    with pytest.raises(UserError, match=said):
        vocabularies.delete(store, LIST, code)
    with pytest.raises(UserError, match=said):
        store.delete(OwnTerm, added)
    draft = store.draft(OwnTerm, added)
    draft.values["code"] = "another_code"
    with pytest.raises(UserError, match=said):
        store.save(draft)
    assert codes(LIST)[-1] == code
    store.delete(Case, case_id)
    vocabularies.delete(store, LIST, code)
    assert code not in codes(LIST)


def test_retired_terms_stay_where_they_are_in_use(store: Store, office: Office_) -> None:
    code = codes(LIST)[0]
    case_id = with_reason(store, office, code)
    vocabularies.set_active(store, LIST, code, active=False)
    assert entry(store, code).used == 1
    assert not entry(store, code).term.active
    assert reasons(store, case_id) == [code]
    with pytest.raises(UserError, match="came with the program"):
        vocabularies.delete(store, LIST, code)
    vocabularies.set_active(store, LIST, code, active=True)
    assert entry(store, code).term.active
    assert not entry(store, code).changed


def test_one_term_replaces_another_as_one_action(store: Store, office: Office_) -> None:
    old, new = vocabularies.add(store, LIST, {"en": "Sang a song"}), codes(LIST)[0]
    cases = [with_reason(store, office, old, name) for name in ("Бақытжан Нұрланұлы", "Гүлнар Әбдіқызы")]
    assert vocabularies.replace(store, LIST, old, new) == 2
    assert [reasons(store, case) for case in cases] == [[new], [new]]
    assert old not in codes(LIST)
    store.undo()
    assert [reasons(store, case) for case in cases] == [[old], [old]]
    assert codes(LIST)[-1] == old
    with pytest.raises(UserError, match="Pick another term"):
        vocabularies.replace(store, LIST, old, old)


def test_codes_that_no_list_knows_are_shown_and_can_be_replaced(store: Store, office: Office_) -> None:
    case_id = with_reason(store, office, "from_another_office")
    assert entry(store, "from_another_office").used == 1
    vocabularies.replace(store, LIST, "from_another_office", codes(LIST)[0])
    assert reasons(store, case_id) == [codes(LIST)[0]]
    assert "from_another_office" not in [e.term.code for e in vocabularies.entries(store, LIST)]


def test_lists_on_which_rules_depend_are_closed(store: Store, office: Office_) -> None:
    office.case(custody=((CustodyKind.TAKEN, "2018-10"), (CustodyKind.CAMP, "2018-12")))
    assert entry(store, "CAMP", "CustodyKind").used == 1
    for attempt in (
        lambda: vocabularies.add(store, "CustodyKind", {"en": "Sent home"}),
        lambda: vocabularies.set_active(store, "CustodyKind", "CAMP", active=False),
        lambda: vocabularies.replace(store, "CustodyKind", "CAMP", "PRISON"),
    ):
        with pytest.raises(UserError, match="rules of the program depend on it"):
            attempt()
    vocabularies.relabel(store, "CustodyKind", "CAMP", "en", "Sent to a camp (“school”)")
    assert CustodyKind.CAMP.value != terms.label_of(CustodyKind.CAMP, "en")


def test_every_list_of_every_record_is_protected() -> None:
    assert {"CustodyKind", "Sex", LIST} <= own_terms.uses().keys()
    shared = {entity for entity, _ in own_terms.uses()["Language"]}
    assert len(shared) > 1


def test_a_casebook_takes_its_terms_with_it(tmp_path_factory: pytest.TempPathFactory) -> None:
    cheap, loose = KdfParameters(8, 1, 1), Bounds(memory_kib=(8, 2**20), passes=(1, 10), lanes=(1, 16))
    where = tmp_path_factory.mktemp("terms") / "Office"
    book, _ = create_casebook(where, "a pass phrase", "A. Serik", kdf=cheap, bounds=loose, recovery=False)
    with book:
        code = vocabularies.add(store_of(book), LIST, {"en": "Sang a song"})
        assert code in codes(LIST)
        terms.set_own()
        store_of(book)  # opened again
        assert code in codes(LIST)
    assert code not in codes(LIST)
