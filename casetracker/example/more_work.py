"""Posts and a successor, promises that were made again, tasks: the office's own work, all of it invented."""

from __future__ import annotations

import datetime as dt

from casetracker.example import drafts
from casetracker.example.drafts import Keys
from casetracker.example.shapes import INVENTED, Human, known
from casetracker.model import Case, Meeting, Office, Promise, Task
from casetracker.model.entity import new_id
from casetracker.model.people.person import Sex
from casetracker.store.draft import Draft
from casetracker.store.edit import Edit
from casetracker.store.store import Store

SUCCESSOR = Human(
    "ermekov",
    ("Бауыржан Ермеков", "Bauyrzhan Ermekov"),
    Sex.MALE,
    fields={"occupation": "consular service, Ministry of Foreign Affairs", "public_figure": True},
)
HEAD = {
    "title": "Head of section, consular service",
    "title_ru": "Начальник отдела, консульская служба",
    "title_kk": "Консулдық қызметтің бөлім бастығы",
}
DEPUTY = {
    "title": "Deputy director, consular service",
    "title_ru": "Заместитель директора, консульская служба",
    "title_kk": "Консулдық қызмет директорының орынбасары",
}
FIRST_NOTE, SECOND_NOTE = "Send a diplomatic note about the three cases", "Send a second diplomatic note"
WRITTEN, EACH_CASE = "Give a written answer in each case", "To look into each case"
TASKS = (
    ("Have the letter of the prison administration translated", dt.date(2021, 11, 16), "CT-7F3Q", None),
    ("Print the dossier for the second meeting, three copies", dt.date(2021, 11, 14), "", None),
    ("Ask the lawyer about the two fines that are not paid", dt.date(2021, 11, 26), "", None),
    ("Copy the passport of the grandmother", dt.date(2021, 11, 9), "CT-5NDT", dt.date(2021, 11, 10)),
)


def write(store: Store, keys: Keys, label: str) -> None:
    """Write posts, promises and tasks as one action."""
    head, deputy = new_id(), new_id()
    with store.edit(label) as edit:
        keys.people[SUCCESSOR.key] = edit.write(drafts.person(SUCCESSOR))
        _posts(store, edit, keys, head, deputy)
        first = _promise(store, keys, "mfa2020", FIRST_NOTE)
        first.values["post_id"] = head
        edit.write(first)
        second = _promise(store, keys, "mfa2021", SECOND_NOTE)
        second.values |= {
            "post_id": deputy,
            "renews_id": first.id,
            "test": "The number and the date of the note are told to the family.",
            "evidence": f"Notes taken in the room by two of those who were there. {INVENTED}",
        }
        for place, key in enumerate(("mukhit", "aigul")):
            second.add("heard", person_id=keys.people[key], position=place)
        edit.write(second)
        each = _promise(store, keys, "october4", EACH_CASE)
        each.values["renews_id"] = _promise(store, keys, "staff2021", WRITTEN).id
        edit.write(each)
        for what, due, ref, done in TASKS:
            about = {"about": Case.__name__, "about_id": keys.cases[ref]} if ref else {}
            values = {"what": what, "due": due, "done": done, "whose": store.who}
            edit.write(Draft(Task, values=values | about))


def _promise(store: Store, keys: Keys, meeting: str, words: str) -> Draft:
    made = store.draft(Meeting, keys.events[meeting]).children["promises"]
    return store.draft(Promise, next(p.id for p in made if p.values["words"] == words))


def _posts(store: Store, edit: Edit, keys: Keys, head: str, deputy: str) -> None:
    """The one who promised went up in autumn; whoever came after him inherits what he left open."""
    office = store.draft(Office, keys.offices["mfa"])
    lower, upper = office.add("posts", **HEAD), office.add("posts", **DEPUTY)
    lower.id, upper.id = head, deputy
    before, after = keys.people["sadyrov"], keys.people[SUCCESSOR.key]
    lower.add("tenures", person_id=before, since=known("2019"), until=known("2021-09-05"), note=INVENTED)
    lower.add("tenures", person_id=after, since=known("2021-09-06"), note=INVENTED)
    upper.add("tenures", person_id=before, since=known("2021-09-06"), note=INVENTED)
    edit.write(office)
