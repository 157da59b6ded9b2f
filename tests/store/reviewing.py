"""A case that was sent to its family for review, and ways to answer."""

from __future__ import annotations

from casetracker.model import Case, Person
from casetracker.model.confidentiality import Audience, Use
from casetracker.model.dates import KnownDate
from casetracker.model.work.review import ReviewWay, Said
from casetracker.store.reviews import deciding, sending, standing, taking
from casetracker.store.reviews.packet import STATEMENT, Answers, Item, Packet, Reply
from casetracker.store.reviews.sending import ReviewWanted
from casetracker.store.store import Store
from tests.conftest import Office_

ALL = (Use.K0, Use.K3)


class Round:
    """A case that was sent to its family, and what they answer."""

    def __init__(self, store: Store, office: Office_, **more: object) -> None:
        self.store = store
        self.case = office.case(consent=ALL, request="Find out where he is", **more)
        draft = store.draft(Case, self.case)
        self.family: str = draft.values["family_id"]
        self.person: str = draft.values["person_id"]
        person = store.draft(Person, self.person)
        person.values |= {"occupation": "teacher of music", "birth": KnownDate.from_edtf("1970-05")}
        store.save(person)
        self.id = self.send()
        self.packet: Packet = sending.packet_of(store, self.id)

    def send(self, language: str = "en", **more: object) -> str:
        wanted = ReviewWanted(self.family, (self.case,), ReviewWay.PAPER, language, "M. Dauletova", **more)
        return sending.send(self.store, wanted)

    def item(self, label: str) -> Item:
        return next(i for i in self.packet.items if i.label == label)

    def answers(self, **said: Reply) -> Answers:
        """Everything is correct, but what is said by label."""
        replies = {i.number: Reply(Said.CORRECT) for i in self.packet.items if i.kind == STATEMENT}
        replies |= {self.item(label.replace("_", " ")).number: reply for label, reply in said.items()}
        return Answers(self.packet.review, self.packet.digest, replies, on="2021-11-10")

    def back(self, answers: Answers) -> None:
        taking.take_in(self.store, taking.look(self.store, answers))

    def proposal(self, label: str) -> deciding.Proposal:
        with self.store.reader() as reader:
            return next(p for p in deciding.proposals(reader, self.id) if p.label == label)

    def stands(self) -> standing.CaseStanding:
        with self.store.reader(Audience.OFFICIAL) as reader:
            return standing.of_case(reader, self.case)

    def occupation(self, audience: Audience) -> str:
        with self.store.reader(audience) as reader:
            person = reader.get(Person, self.person)
            assert person is not None
            return person.text("occupation")


WRONG = Reply(Said.WRONG, "teacher of physics", "He changed in 2016")
