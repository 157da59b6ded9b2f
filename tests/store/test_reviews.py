"""A family's review: what is sent, what comes back, what is decided, and whether a confirmation holds."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image

from casetracker.errors import Invalid, UserError
from casetracker.model import Case, Consent, CustodyEvent, Episode, Person, Portrait, Review
from casetracker.model.confidentiality import Audience, Use
from casetracker.model.sources.consent import Answer
from casetracker.model.work.review import Decision, ReviewState, ReviewWay, Said
from casetracker.store import portraits
from casetracker.store.reviews import deciding, packet, sending, taking
from casetracker.store.reviews.packet import CONSENT, PHOTOGRAPH, Answers, Reply
from casetracker.store.reviews.sending import ReviewWanted
from casetracker.store.reviews.standing import Confirmed
from casetracker.store.store import Store
from tests.conftest import Office_
from tests.store.reviewing import ALL, WRONG, Round


@pytest.fixture
def once(store: Store, office: Office_) -> Round:
    return Round(store, office)


def test_the_family_is_asked_in_its_language_without_sources_and_places_in_the_casebook(
    once: Round, store: Store
) -> None:
    with store.reader() as reader:
        kept = reader.get(Review, once.send("kk"))
    assert kept is not None
    asked = sending.read_kept(kept)

    assert (asked.language, asked.cases[0].name) == ("kk", "Бақытжан Нұрланұлы")
    assert [i.text for i in asked.items if i.at and i.at.fields == ("arrested",)] == ["2018\u202fж. қазан"]
    assert packet.digest(asked.content()) == asked.digest
    outside = asked.outside().content()
    assert once.case not in outside
    assert once.person not in outside
    assert packet.read_packet(outside) == asked.outside()


def test_what_is_restricted_and_what_sources_told_is_not_asked(store: Store, office: Office_) -> None:
    case = office.case(consent=ALL, account="his cellmate told it", notes="internal")
    draft = store.draft(Case, case)
    draft.children["episodes"][0].values["officers"] = "Officer Wang"
    hidden = draft.children["episodes"][0].children["custody"][0]
    hidden.values |= {"confidentiality": 4, "note": "told by a guard"}
    store.save(draft)
    family = store.draft(Case, case).values["family_id"]

    sent = sending.send(store, ReviewWanted(family, (case,), ReviewWay.PAPER, "en", "M. Dauletova"))

    content = sending.packet_of(store, sent).content()
    for word in ("cellmate", "internal", "Wang", "guard", "CustodyEvent"):
        assert word not in content


def test_a_case_goes_to_no_other_family_and_not_without_its_yes(store: Store, office: Office_) -> None:
    own, other = (office.case(name, consent=ALL) for name in ("Ерлан Серікұлы", "Асқар Тілеуұлы"))
    family = store.draft(Case, own).values["family_id"]
    silent = office.case("Нұрлан Әлиұлы", consent=(Use.K3,))
    not_asked = store.draft(Case, silent).values["family_id"]

    for family_id, case in ((family, other), (not_asked, silent)):
        with pytest.raises(UserError, match="cannot be sent to this family"):
            sending.send(store, ReviewWanted(family_id, (case,), ReviewWay.PAPER, "en", "M. D."))
    with pytest.raises(UserError, match="at least one case"):
        sending.send(store, ReviewWanted(family, (), ReviewWay.PAPER, "en", "M. D."))


# What comes back


def test_answers_change_no_record(once: Round, store: Store) -> None:
    once.back(once.answers(Occupation=WRONG))

    assert once.occupation(Audience.INTERNAL) == "teacher of music"
    told = once.proposal("Occupation")
    assert (told.now, told.proposed, told.comment, told.who, told.decision) == (
        "teacher of music", "teacher of physics", "He changed in 2016", "M. Dauletova", Decision.OPEN,
    )  # fmt: skip
    assert store.can_undo() == f"Answers to the review {once.packet.review}"
    store.undo()
    assert store.draft(Review, once.id).values["state"] is ReviewState.SENT


def test_a_correction_is_accepted_as_one_action_and_undone(once: Round, store: Store) -> None:
    once.back(once.answers(Occupation=WRONG))

    deciding.accept(store, once.proposal("Occupation").id)

    assert once.occupation(Audience.INTERNAL) == "teacher of physics"
    told = once.proposal("Occupation")
    assert (told.decision, told.decided) == (Decision.ACCEPTED, "12 November 2021 · A. Serik")
    assert once.stands().state is Confirmed.CONFIRMED
    with pytest.raises(UserError, match="decided already"):
        deciding.accept(store, told.id)
    store.undo()
    assert once.occupation(Audience.INTERNAL) == "teacher of music"
    assert once.proposal("Occupation").decision is Decision.OPEN


def test_a_correction_is_changed_or_declined_with_a_reason_only(once: Round, store: Store) -> None:
    once.back(once.answers(Occupation=WRONG, Born=Reply(Said.WRONG, "1971")))
    occupation, born = once.proposal("Occupation").id, once.proposal("Born").id

    with pytest.raises(Invalid, match="Say why"):
        deciding.accept(store, occupation, {"occupation": "teacher"})
    with pytest.raises(Invalid, match="Say why"):
        deciding.decline(store, born, " ")
    assert once.occupation(Audience.INTERNAL) == "teacher of music"
    deciding.accept(store, occupation, {"occupation": "teacher"}, reason="the subject is not sure")
    deciding.decline(store, born, "the passport says 1970")

    assert once.occupation(Audience.INTERNAL) == "teacher"
    assert once.proposal("Occupation").decision is Decision.CHANGED
    assert once.proposal("Born").reason == "the passport says 1970"
    assert once.stands().state is Confirmed.DIFFERS
    deciding.reopen(store, born)
    assert once.stands().state is Confirmed.PROPOSALS


def test_what_happened_in_custody_is_corrected_field_by_field(once: Round, store: Store) -> None:
    label = next(i.label for i in once.packet.items if i.at and i.at.record == "CustodyEvent")
    once.back(once.answers(**{label.replace(" ", "_"): Reply(Said.WRONG, "it was in spring, in Tacheng")}))
    told = once.proposal(label)

    assert [f.name for f in deciding.fields_of(store, told.id)] == ["kind", "on", "place"]
    with pytest.raises(UserError, match="field by field"):
        deciding.accept(store, told.id)
    with pytest.raises(Invalid, match="not one of the choices"):
        deciding.accept(store, told.id, {"kind": "nonsense"})
    deciding.accept(store, told.id, {"on": "2018-04", "place": "Tacheng"})

    with store.reader() as reader:
        (event,) = list(reader.all(CustodyEvent))
        assert (event.value("on").edtf, event.value("place")) == ("2018-04", "Tacheng")
    assert once.stands().state is Confirmed.CONFIRMED


def test_what_is_not_to_be_shared_is_held_back_at_once(once: Round, store: Store) -> None:
    assert once.occupation(Audience.OFFICIAL) == "teacher of music"

    once.back(once.answers(Occupation=Reply(Said.WITHHOLD)))

    assert once.occupation(Audience.OFFICIAL) == "—"
    assert once.occupation(Audience.FAMILY) == once.occupation(Audience.INTERNAL) == "teacher of music"
    with store.reader(Audience.OFFICIAL) as reader:
        reader.get(Person, once.person)
        assert "teacher of music" in reader.told_secretly
    told = once.proposal("Occupation")
    deciding.accept(store, told.id)
    assert once.occupation(Audience.UN) == "—"
    store.undo()
    deciding.decline(store, told.id, "they said on the telephone that it may be shared")
    assert once.occupation(Audience.OFFICIAL) == "teacher of music"
    deciding.reopen(store, told.id)
    assert once.occupation(Audience.OFFICIAL) == "—"


def test_a_line_of_several_facts_is_held_back_whole(once: Round, store: Store) -> None:
    label = next(i.label for i in once.packet.items if i.at and i.at.record == "CustodyEvent")
    with store.reader(Audience.OFFICIAL) as reader:
        assert list(reader.all(CustodyEvent))

    once.back(once.answers(**{label.replace(" ", "_"): Reply(Said.WITHHOLD)}))

    with store.reader(Audience.OFFICIAL) as reader:
        assert list(reader.all(CustodyEvent)) == []
        assert list(reader.all(Episode))


def test_a_refusal_counts_at_once_and_a_yes_when_it_is_accepted(once: Round, store: Store) -> None:
    numbers = {i.at.record_id: i.number for i in once.packet.items if i.kind == CONSENT and i.at}
    answers = once.answers()
    said = {numbers["K3"]: Reply(Said.DISAGREE), numbers["K6"]: Reply(Said.AGREE)}
    once.back(replace(answers, replies={**answers.replies, **said}))

    with store.reader(Audience.OFFICIAL) as reader:
        assert reader.refusal(once.case) == "somebody in the family refused."
        assert reader.get(Case, once.case) is None
    with store.reader(Audience.UN) as reader:
        assert reader.refusal(once.case)
        yes = next(c for c in store.draft(Case, once.case).children["consents"] if c.values["use"] is Use.K3)
    assert yes.values["withdrawn"] is None  # nothing that was recorded is overwritten
    with store.reader() as reader:
        (asked,) = (p for p in deciding.proposals(reader, once.id) if p.said is Said.AGREE)
    deciding.accept(store, asked.id)
    with store.reader(Audience.UN) as reader:
        assert not reader.refusal(once.case)
        given = reader.beside(Audience.INTERNAL).all(Consent)
        assert [c.value("answer") for c in given if c.value("use") is Use.K6] == [Answer.AGREES]


def refused(store: Store, answers: Answers, sentence: str) -> None:
    before = store.recent(1)
    with pytest.raises(UserError, match=sentence):
        taking.look(store, answers)
    assert store.recent(1) == before


def test_answers_that_are_not_to_what_was_sent_are_refused(once: Round, store: Store) -> None:
    right = once.answers()
    number = once.item("Occupation").number
    consent = next(i.number for i in once.packet.items if i.kind == CONSENT)

    refused(store, replace(right, review="RV-2222"), "another casebook")
    refused(store, replace(right, digest="0" * 64), "another version")
    refused(store, replace(right, replies={999: Reply(Said.CORRECT)}), "not to what was asked")
    refused(store, replace(right, replies={number: Reply(Said.ALLOW)}), "not to what was asked")
    refused(store, replace(right, replies={consent: Reply(Said.WITHHOLD)}), "not to what was asked")
    refused(store, replace(right, cases={"CT-2222": "hello"}), "not to what was asked")
    refused(store, replace(right, replies={}), "Nothing was answered")
    once.back(right)
    refused(store, right, "taken in already, those of 10 November 2021")


def test_a_review_that_was_withdrawn_takes_no_answers(once: Round, store: Store) -> None:
    with pytest.raises(Invalid, match="Say why"):
        sending.withdraw(store, once.id, "")
    sending.withdraw(store, once.id, "the name was spelt wrongly")

    refused(store, once.answers(), "was withdrawn on 12 November 2021")
    with pytest.raises(UserError, match="already"):
        sending.withdraw(store, once.id, "again")


def test_what_was_altered_in_the_casebook_is_noticed(once: Round, store: Store) -> None:
    draft = store.draft(Review, once.id)
    draft.values["content"] = draft.values["content"].replace("teacher", "doctor")
    store.save(draft)

    with pytest.raises(UserError, match="altered afterwards"):
        sending.packet_of(store, once.id)


def test_a_photograph_that_is_refused_is_shown_to_nobody_outside(store: Store, office: Office_) -> None:
    once = Round(store, office)
    picture = io.BytesIO()
    Image.new("RGB", (60, 80), "grey").save(picture, "JPEG")
    portraits.choose(store, once.person, picture.getvalue())
    once.id = once.send()
    once.packet = sending.packet_of(store, once.id)
    (item,) = [i for i in once.packet.items if i.kind == PHOTOGRAPH]
    assert item.picture == picture.getvalue()
    assert faces(store, once.person, Audience.OFFICIAL) == 1

    answers = once.answers()
    once.back(replace(answers, replies={**answers.replies, item.number: Reply(Said.REFUSE)}))

    assert faces(store, once.person, Audience.OFFICIAL) == 0
    assert faces(store, once.person, Audience.INTERNAL) == 1
    portraits.choose(store, once.person, picture.getvalue())  # another one is a face as well
    assert faces(store, once.person, Audience.OFFICIAL) == 0


def faces(store: Store, person_id: str, audience: Audience) -> int:
    with store.reader(audience) as reader:
        person = reader.get(Person, person_id)
        assert person is not None
        assert len(person.children("portraits")) == len(list(reader.all(Portrait)))
        return len(person.children("portraits"))
