"""What came later about some of the detentions: what the State answered, an older arrest, the law."""

from __future__ import annotations

import datetime as dt

from casetracker.example.drafts import Keys
from casetracker.example.shapes import INVENTED, known
from casetracker.model import Case
from casetracker.model.detention.acknowledgement import Acknowledgement
from casetracker.model.detention.case import Stage
from casetracker.model.detention.custody import CustodyKind as C
from casetracker.model.detention.episode import OutsideContact
from casetracker.store.draft import Draft
from casetracker.store.store import Store

EMIN, QORGHAS, RELEASED = "CT-7F3Q", "CT-4KWD", "CT-H6TA"
BEYOND, MISSING, JUDGED = "CT-W3BK", "CT-X2M9", "CT-J3XE"


def write(store: Store, keys: Keys, label: str) -> None:
    """Write it down as one action."""
    with store.edit(label) as edit:
        for ref, tell in (
            (EMIN, _acknowledged),
            (QORGHAS, _normal_life),
            (MISSING, _denied),
            (BEYOND, _beyond),
            (JUDGED, _judged),
            (RELEASED, _came_home),
        ):
            draft = store.draft(Case, keys.cases[ref])
            tell(draft)
            edit.write(draft)


def _source(draft: Draft, relation: str) -> str:
    """Return the id of a source of the case by how it is related."""
    return next(s.id for s in draft.children["sources"] if s.values["relation"] == relation)


def _acknowledged(draft: Draft) -> None:
    """Two bodies stayed silent; a form with a stamp names a prison without saying since when."""
    draft.add(
        "answers",
        on=known("2020-02"),
        body="public security, Emin county",
        says=Acknowledgement.NO_ANSWER,
        form="to_relatives_there",
    )
    draft.add(
        "answers",
        on=known("2021-08-30"),
        body="prison administration, Wusu",
        says=Acknowledgement.WITH_PLACE,
        form="letter",
        source_id=_source(draft, "prison letter seen by the family"),
    )
    (episode,) = draft.children["episodes"]
    episode.values |= {
        "arrest_place_kind": "relatives_home",
        "outside": OutsideContact.FAMILY,
        "family_told": False,
        "basis": "none_named",
        "had_lawyer": False,
        "lawyer_access": "not_permitted",
    }
    for reason in ("kazakhstan_visit", "prayer"):
        episode.add("reasons", reason=reason)
    (judgment,) = episode.children["judgments"]
    judgment.values |= {"hearing": "unknown", "counsel": "not_permitted", "appealed": False}


def _normal_life(draft: Draft) -> None:
    draft.add(
        "answers",
        on=known("2019-11"),
        body="Qorghas county",
        says=Acknowledgement.NORMAL_LIFE,
        form="consulate",
        words="She finished her studies and lives at home.",
        source_id=_source(draft, "answer of the county to the consulate"),
    )
    (episode,) = draft.children["episodes"]
    episode.values |= {"arrest_place_kind": "village_committee", "outside": OutsideContact.HIDDEN}
    episode.add("reasons", reason="relatives_abroad")


def _denied(draft: Draft) -> None:
    """The border service says that he never came in; his passport has the stamp."""
    draft.add(
        "answers",
        on=known("2019-06"),
        body="border inspection, Jeminay",
        says=Acknowledgement.DENIED,
        form="consulate",
        words="No such person has entered the country.",
    )
    (episode,) = draft.children["episodes"]
    episode.values |= {"arrest_place_kind": "border", "outside": OutsideContact.DENIED}


def _beyond(draft: Draft) -> None:
    """He was sentenced to half a year, which was over in the spring; he is still under guard."""
    (episode,) = draft.children["episodes"]
    episode.values |= {"outside": OutsideContact.HIDDEN, "had_lawyer": True, "lawyer_chosen": "state"}
    (mother,) = (s.id for s in draft.children["sources"])
    episode.add(
        "judgments",
        decided=known("2021-01"),
        court="Altay city court",
        court_type="county",
        charge="disturbing public order",
        law="criminal_290_293",
        term_months=6,
        term_from=known("2020-11-20"),
        term_to=known("2021-05-19"),
        hearing="closed",
        counsel="at_trial_silent",
        appealed=False,
        source_id=mother,
    )


def _judged(draft: Draft) -> None:
    (episode,) = draft.children["episodes"]
    (judgment,) = episode.children["judgments"]
    judgment.values |= {
        "court_type": "county",
        "law": "criminal_290_293",
        "charge": "illegal gathering",
        "penalties": "deprivation of political rights for two years",
        "hearing": "family_admitted",
        "counsel": "at_trial_defended",
        "appealed": True,
        "appeal_result": "upheld",
    }


def _came_home(draft: Draft) -> None:
    """He was held once before, for a few days; he is here now, and the case is closed."""
    (long,) = draft.children["episodes"]
    himself = _source(draft, "himself")
    earlier = Draft(long.entity, children={"custody": [], "judgments": [], "reasons": []})
    earlier.values = {
        "arrested": known("2017-06-03"),
        "county": "Ürümqi",
        "ended": known("2017-06-09"),
        "outcome": "released_no_charge",
        "no_reason_given": True,
    }
    earlier.add("custody", kind=C.TAKEN, on=known("2017-06-03"), source_id=himself)
    earlier.add("custody", kind=C.RELEASED, on=known("2017-06-09"), source_id=himself)
    draft.children["episodes"] = [earlier, long]
    long.values |= {"ended": known("2019-12-24"), "outcome": "controlled"}
    long.add("reasons", reason="messenger_or_vpn")
    draft.values["stage"] = Stage.CLOSED
    draft.add(
        "closings",
        closed=dt.date(2021, 3, 15),
        outcome="reunited",
        told_by="himself, in the office",
        note=INVENTED,
    )
