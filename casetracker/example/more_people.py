"""Papers, addresses and a facility of the example. The numbers are documented vectors of nobody alive."""

from __future__ import annotations

from casetracker.example.drafts import Keys
from casetracker.model import Case, Facility, Person
from casetracker.model.dates import KnownDate
from casetracker.model.detention.custody import CustodyKind
from casetracker.model.papers import PaperKind
from casetracker.model.people.papers import PaperState
from casetracker.store.draft import Draft
from casetracker.store.store import Store

# Born in 1900 by their numbers: the page says that they do not agree with the person, as it would of a slip.
PAPERS = {
    "CT-7F3Q": (
        (PaperKind.PRC_ID, "654221190006300133", PaperState.CONFISCATED),
        (PaperKind.PRC_PASSPORT, "E00000000", PaperState.CONFISCATED),
    ),
    "CT-29EN": ((PaperKind.PRC_ID, "654125190101010038", PaperState.UNKNOWN),),
}
HOMES = {
    "CT-7F3Q": ("before_detention", "village of the second brigade", "Emin", "2018-10~"),
    "aigul": ("in_kazakhstan", "a village near the city (invented)", "Almaty Region", ""),
}
FACILITY = {
    "name": "Emin county detention centre",
    "name_zh": "额敏县看守所",
    "kind": "detention_centre",
    "tier": "tier_3",
    "place": "Emin",
    "seen": "invented for the example",
}


def write(store: Store, keys: Keys, label: str) -> None:
    """Write all of it as one action."""
    with store.edit(label) as edit:
        for ref in (*PAPERS, "aigul"):
            edit.write(_person(store, keys, ref))
        facility = edit.write(Draft(Facility, values=dict(FACILITY)))
        case = store.draft(Case, keys.cases["CT-7F3Q"])
        for event in case.children["episodes"][0].children["custody"]:
            if event.values["kind"] is CustodyKind.DETENTION_CENTRE:
                event.values["facility_id"] = facility
        edit.write(case)


def _person(store: Store, keys: Keys, key: str) -> Draft:
    """Return the relative of a case, or somebody of a family, with papers and a home."""
    known = keys.people.get(key) or store.draft(Case, keys.cases[key]).values["person_id"]
    person = store.draft(Person, known)
    for kind, number, state in PAPERS.get(key, ()):
        person.add("papers", kind=kind, number=number, state=state)
    if home := HOMES.get(key):
        kind_, text, place, until = home
        gone = KnownDate.from_edtf(until) if until else None
        person.add("addresses", kind=kind_, text=text, place=place, until=gone)
    if key == "CT-7F3Q":
        person.add("numbers", scheme="xvd", number="00000")
    return person
