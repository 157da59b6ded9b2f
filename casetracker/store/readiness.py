"""Whether a case has what a route asks for: each item missing, weak or ok, with where it is written down.

The lists follow the minimum of each mechanism (questionnaire of the WGAD; form of the WGEID; submissions
to special procedures; an appeal to the Commissioner). They help, and keep nobody from making a draft.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from casetracker.i18n import N_, tr
from casetracker.model import Case
from casetracker.model.confidentiality import Audience, Use
from casetracker.model.dates import Precision
from casetracker.store import portraits, relations, situations
from casetracker.store.appeal_replies import with_case
from casetracker.store.reader import DisclosedRecord, Reader


class State(Enum):
    """How far an item is there."""

    MISSING = N_("missing")
    WEAK = N_("weak")
    OK = N_("ok")


@dataclass(frozen=True)
class Item:
    """One thing that is asked for; `target` is the record and tab on which it is written down."""

    label: str
    state: State
    said: str
    target: tuple[str, str]
    tab: str = ""


Check = Callable[["_Case"], Iterator[Item]]


class _Case:
    """What the checks look at, read once."""

    def __init__(self, case: DisclosedRecord, reader: Reader) -> None:
        self.case, self.reader = case, reader
        self.person = case.ref("person_id")
        self.now = situations.situation(case, reader)
        self.episode = self.now.episode
        self.family = case.ref("family_id")
        self.appeals = with_case(reader, case.id)
        consents = [c for c in case.children("consents") if c.value("answer")]
        self.agreed = {c.value("use") for c in consents if c.value("answer").name == "AGREES"}

    def item(self, label: str, text: str, *, weak: str = "", tab: str = "", person: bool = False) -> Item:
        """Say whether something is there; `weak` says why it may not do."""
        state = State.MISSING if not text else State.WEAK if weak else State.OK
        target = ("Person", self.person.id) if person and self.person else ("Case", self.case.id)
        return Item(label, state, weak or text, target, tab)


def _text(record: DisclosedRecord | None, name: str) -> str:
    return record.text(name) if record else ""


def identity(case: _Case) -> Iterator[Item]:
    """Name, sex, birth, citizenship, document, occupation."""
    names = case.reader.names(case.person.id) if case.person else []
    weak = "" if len(names) > 1 else tr(N_("only one spelling; that of the papers helps"))
    yield case.item(tr(N_("Full name")), ", ".join(names[:3]), weak=weak, person=True)
    yield case.item(tr(N_("Sex")), _text(case.person, "sex"), person=True)
    yield case.item(tr(N_("Date of birth")), _text(case.person, "birth"), person=True)
    yield case.item(tr(N_("Citizenship")), _text(case.person, "citizenships"), person=True)
    papers = case.person.children("papers") if case.person else []
    yield case.item(tr(N_("Identity paper")), ", ".join(p.text("kind") for p in papers), person=True)


def arrest(case: _Case) -> Iterator[Item]:
    """When, where, by whom, with what reason."""
    on = case.episode.value("arrested") or case.episode.value("held_from") if case.episode else None
    vague = on is not None and on.precision in (Precision.YEAR, Precision.DECADE, Precision.NONE)
    weak = tr(N_("month and year are asked for")) if vague else ""
    yield case.item(tr(N_("Date of arrest")), on.text() if on else "", weak=weak, tab="detention")
    where = _text(case.episode, "arrest_place") or _text(case.episode, "county")
    yield case.item(tr(N_("Place of arrest")), where, tab="detention")
    yield case.item(tr(N_("Forces")), _text(case.episode, "forces"), tab="detention")
    reason = _text(case.episode, "official_reason")
    none = case.episode.value("no_reason_given") if case.episode else None
    said = reason or (tr(N_("no reason was given")) if none else "")
    yield case.item(tr(N_("Reason given by the authorities")), said, tab="detention")


def law(case: _Case) -> Iterator[Item]:
    """Legal basis, judgment, and why it is arbitrary."""
    basis = _text(case.episode, "legal_basis") or _text(case.episode, "basis")
    yield case.item(tr(N_("Legal basis")), basis or _text(case.now.judgment, "article"), tab="detention")
    suspected = _text(case.episode, "suspected_reason")
    children = case.episode.children("reasons") if case.episode else []
    reasons = ", ".join([*(r.text("reason") for r in children), *([suspected] if suspected else [])])
    yield case.item(tr(N_("Why it is considered arbitrary")), reasons, tab="detention")


def story(case: _Case) -> Iterator[Item]:
    """What happened, in words."""
    account = _text(case.case, "account")
    weak = tr(N_("a few words only")) if account and len(account) < 200 else ""
    yield case.item(tr(N_("Circumstances")), account, weak=weak)


def steps(case: _Case) -> Iterator[Item]:
    """What was done to find the person or to get an answer."""
    said = ", ".join(a.text("office_id") for a in case.appeals)
    yield case.item(tr(N_("Steps taken, with dates and numbers")), said, tab="appeals")


def submitter(case: _Case) -> Iterator[Item]:
    """Who submits, and by what authority."""
    who = _text(case.family, "petitioner_id")
    acting = relations.may_act(case.reader, case.case.id)
    weak = "" if acting else tr(N_("no authority to act is recorded"))
    yield case.item(tr(N_("Submitter")), who, weak=weak, tab="family")


def consent(*uses: Use) -> Check:
    """Consent for the uses that this route needs."""

    def check(case: _Case) -> Iterator[Item]:
        for use in uses:
            given = tr(use.value) if use in case.agreed else ""
            yield case.item(tr(N_("Consent: {use}"), use=tr(use.value)), given, tab="consents")

    return check


def photograph(audience: Audience) -> Check:
    """A portrait, if one is kept: whether these readers may see it. No form asks for one."""

    def check(case: _Case) -> Iterator[Item]:
        why = dict(portraits.readers(case.reader, case.case)).get(audience)
        if why is not None:
            text = tr(N_("will be seen"))
            yield case.item(tr(N_("Photograph")), text, weak=why, tab="consents")

    return check


def request(case: _Case) -> Iterator[Item]:
    """What is asked."""
    yield case.item(tr(N_("What is asked")), _text(case.case, "request"))


ROUTES: dict[str, tuple[Check, ...]] = {
    "wgad": (identity, arrest, law, story, steps, submitter, consent(Use.K6), photograph(Audience.UN)),
    "wgeid": (identity, arrest, story, steps, submitter, consent(Use.K6), photograph(Audience.UN)),
    "special-procedures": (
        *(identity, arrest, story, submitter, request),
        *(consent(Use.K6, Use.K7), photograph(Audience.UN)),
    ),
    "appeal-letter": (identity, story, request, submitter, consent(Use.K3)),
}


def readiness(reader: Reader, case_id: str, route: str) -> list[Item]:
    """Return what a route asks for and how far the case has it; read as the office sees it."""
    case = reader.get(Case, case_id)
    if case is None or route not in ROUTES:
        return []
    asked = _Case(case, reader)
    return [item for check in ROUTES[route] for item in check(asked)]
