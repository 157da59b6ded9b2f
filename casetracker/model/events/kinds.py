"""Other kinds of events: hearings, petitions, sessions of the United Nations, reprisals, and the rest."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Mapped

from casetracker.i18n import N_
from casetracker.model import fields as f
from casetracker.model.confidentiality import Confidentiality
from casetracker.model.confidentiality import Sensitivity as S  # noqa: N817 - stands on every line
from casetracker.model.events.event import Event, event_key


class Hearing(Event):
    """A sitting of a court: about the penalty of somebody who protested, or about a detained relative."""

    __tablename__ = "hearings"
    singular, plural, page = N_("Hearing"), N_("Hearings"), True

    id: Mapped[str] = event_key()
    court: Mapped[str | None] = f.text(N_("Court"), S.FATE_HERE, listed=True)
    case_number: Mapped[str | None] = f.text(N_("Number of the court case"), S.FATE_HERE)
    heard: Mapped[str | None] = f.text(N_("What is heard"), S.FATE_HERE)
    penalty_id: Mapped[str | None] = f.ref("Penalty", "penalties", N_("About the penalty"), S.FATE_HERE)
    judgment_id: Mapped[str | None] = f.ref("Judgment", "judgments", N_("About the judgment"), S.STORY)
    judge: Mapped[str | None] = f.text(N_("Judge"), S.PERPETRATOR)
    result: Mapped[str | None] = f.text(N_("Result"), S.FATE_HERE, listed=True)


class Petition(Event):
    """A petition that was handed in: with how many signatures, and under which number it was registered."""

    __tablename__ = "petitions"
    singular, plural, page = N_("Petition"), N_("Petitions"), True

    id: Mapped[str] = event_key()
    office_id: Mapped[str | None] = f.ref("Office", "offices", N_("Delivered to"), S.OPEN, listed=True)
    asks: Mapped[str | None] = f.long_text(N_("What it asks"), S.STORY)
    signatures: Mapped[int | None] = f.number(N_("Signatures"), S.OPEN, listed=True)
    registered: Mapped[str | None] = f.text(N_("Their registration number"), S.OPEN)
    registered_on: Mapped[dt.date | None] = f.day(N_("Registered on"), S.OPEN)


class UNSession(Event):
    """A session of a body of the United Nations at which the detained relatives were spoken of."""

    __tablename__ = "un_sessions"
    singular, plural, page = N_("UN session"), N_("UN sessions"), True

    id: Mapped[str] = event_key()
    body: Mapped[str | None] = f.term("un_body", N_("Body"), S.OPEN, listed=True)
    session: Mapped[str | None] = f.text(N_("Session"), S.OPEN, listed=True)
    statement: Mapped[str | None] = f.long_text(N_("Statement made there"), S.STORY)
    state_answer: Mapped[str | None] = f.long_text(N_("What the States answered"), S.STORY)


class Reprisal(Event):
    """What was done to somebody, or to their kin in China, because they spoke up.

    It stays in the office unless somebody decides otherwise: who reads of it may be who did it.
    """

    __tablename__ = "reprisals"
    singular, plural, page = N_("Reprisal or threat"), N_("Reprisals and threats"), True
    kept = Confidentiality.INTERNAL

    id: Mapped[str] = event_key()
    form: Mapped[str | None] = f.term("reprisal_form", N_("What was done"), S.FATE_HERE, listed=True)
    by_whom: Mapped[str | None] = f.text(N_("By whom"), S.PERPETRATOR)
    words: Mapped[str | None] = f.long_text(N_("What was said"), S.PERPETRATOR)
    kin: Mapped[str | None] = f.text(N_("Kin in China put under pressure"), S.RELATIVE)
    reported_to: Mapped[str | None] = f.text(N_("Reported to"), S.NOTES)
    reported_on: Mapped[dt.date | None] = f.day(N_("Reported on"), S.NOTES)
    prompt_letter: Mapped[bool | None] = f.yes_no(
        N_("Prompt intervention letter asked of the United Nations"), S.NOTES
    )


class OtherEvent(Event):
    """What needs no fields of its own: a visit, a call with an official, a press conference, a memorial."""

    __tablename__ = "other_events"
    singular, plural, page = N_("Other event"), N_("Other events"), True

    id: Mapped[str] = event_key()
    kind: Mapped[str | None] = f.term("event_kind", N_("Kind of event"), S.OPEN, required=True, listed=True)
    office_id: Mapped[str | None] = f.ref("Office", "offices", N_("With which office"), S.OPEN)
