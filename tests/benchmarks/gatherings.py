"""The protests and meetings of a generated casebook, and what was promised there."""

from __future__ import annotations

import datetime as dt

from casetracker.model import (
    CaseEvent,
    Meeting,
    Participant,
    Penalty,
    PresentedCase,
    Promise,
    PromisedCase,
    Protest,
)
from casetracker.model.detention.case import CaseRole
from casetracker.model.events.event import Outcome, Paid, Part, PenaltyAppeal, PenaltyKind
from casetracker.model.events.promise import DueBasis, PromiseOutcome
from tests.benchmarks.households import Households
from tests.benchmarks.rows import dated, undated


class Gatherings(Households):
    """Rows of events and of the links of cases to them."""

    def groups(self, ids: list[str], sizes: tuple[int, ...]) -> list[list[str]]:
        """Deal the cases out in groups of these sizes in turn, each case into one of them."""
        shuffled = self.dice.sample(ids, len(ids))
        groups = []
        while shuffled:
            size = sizes[len(groups) % len(sizes)]
            groups.append(shuffled[:size])
            shuffled = shuffled[size:]
        return groups

    def _link(self, case: str, event: str, role: CaseRole) -> None:
        self.add(CaseEvent, case_id=case, event_id=event, role=role)

    def protest(self, number: int, role: CaseRole, cases: list[str]) -> None:
        """Add a protest at which these cases were spoken for, with their families."""
        day = self.day(2020, 2021)
        event = self.add_event(
            Protest,
            {"series": "Daily protest", "day_number": number + 1, "crowd": str(self.dice.randint(5, 40))},
            title=f"Protest at the consulate, day {number + 1}",
            **dated("on", day.isoformat()),
            place="Almaty, Chinese consulate",
        )
        for case in cases:
            self._link(case, event, role)
        people = dict.fromkeys(self.petitioners[case] for case in cases[:20])
        for place, person in enumerate(people):
            held = role is CaseRole.RELATIVE_DETAINED and self.dice.random() < 0.4
            self._participant(event, person, place, day, held=held)

    def _participant(self, event: str, person: str, place: int, day: dt.date, *, held: bool) -> None:
        participant = self.add(
            Participant,
            event_id=event,
            person_id=person,
            part=Part.PARTICIPANT,
            outcome=Outcome.FINED if held else Outcome.PRESENT,
            **(dated("detained", day.isoformat()) if held else undated("detained")),
            position=place,
        )
        if held:
            self.add(
                Penalty,
                participant_id=participant,
                kind=PenaltyKind.FINE,
                article="488(1)",
                amount=self.dice.choice((58_340, 87_510)),
                decided=day,
                paid=Paid.NO,
                appeal=PenaltyAppeal.FILED,
            )

    def meeting(self, year: int, number: int, office: str, official: str, cases: list[str]) -> None:
        """Add a meeting at which these cases were presented, and the promise made there."""
        day = self.day(year, year)
        event = self.add_event(
            Meeting,
            {"ref": self.ref("MT"), "office_id": office, "minutes": "Each case was read out. " * 5},
            title=f"Meeting {number + 1} of {day.year}",
            **dated("on", day.isoformat()),
            place="Astana",
        )
        self.add(
            Participant,
            event_id=event,
            person_id=official,
            part=Part.OFFICIAL,
            post="Commissioner",
            outcome=None,
            **undated("detained"),
            position=0,
        )
        for place, case in enumerate(cases):
            self._link(case, event, CaseRole.PRESENTED)
            self.add(
                PresentedCase,
                meeting_id=event,
                case_id=case,
                position=place,
                asked="confirm where he is held",
            )
        self._promise(event, official, cases, day)

    def _promise(self, meeting: str, official: str, cases: list[str], day: dt.date) -> None:
        due = day + dt.timedelta(days=self.dice.choice((21, 30, 60)))
        promise = self.add(
            Promise,
            meeting_id=meeting,
            words="look into each case and answer in writing",
            made_by_id=official,
            due=due,
            due_basis=DueBasis.SAID,
            position=0,
        )
        for place, case in enumerate(cases):
            outcome = self.dice.choice((PromiseOutcome.PENDING, PromiseOutcome.KEPT, PromiseOutcome.SILENT))
            ended = outcome is not PromiseOutcome.PENDING
            self.add(
                PromisedCase,
                promise_id=promise,
                case_id=case,
                outcome=outcome,
                outcome_on=due if ended else None,
                position=place,
            )
