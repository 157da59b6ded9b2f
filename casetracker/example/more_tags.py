"""What the office of the example keeps for itself: tags, notes, and a term of its own in a list."""

from __future__ import annotations

import datetime as dt

from casetracker.example.drafts import Keys
from casetracker.model import Case, Note, OwnTerm, Tag, Tagging
from casetracker.model.tagging import TagColour
from casetracker.store.draft import Draft
from casetracker.store.edit import Edit
from casetracker.store.store import Store

LIST, CODE = "detention_reason", "sang_at_a_wedding"
TAGGED_ON = dt.date(2021, 11, 9)
TAGS: dict[str, tuple[TagColour, tuple[str, ...]]] = {
    "for the next meeting": (TagColour.BLUE, ("CT-7F3Q", "CT-4KWD", "CT-J3XE")),
    "medicine needed": (TagColour.RED, ("CT-7F3Q", "CT-W3BK")),
    "press has asked": (TagColour.AMBER, ("CT-6ZJH",)),
}
NOTES: tuple[tuple[str, dt.date, str, bool], ...] = (
    ("CT-7F3Q", dt.date(2021, 10, 6), "Айгүл rings on Fridays after 19:00. Do not call her at work.", True),
    ("CT-7F3Q", dt.date(2021, 11, 3), "Ask for a copy of the judgment before the next meeting.", False),
    ("CT-W3BK", dt.date(2021, 10, 20), "Сара will bring the hospital paper when her brother is back.", False),
    (
        "CT-H6TA",
        dt.date(2021, 9, 14),
        "He does not want to speak about the factory; ask again in spring.",
        False,
    ),
)


def write(store: Store, keys: Keys, label: str) -> None:
    """Write tags, notes and the term, as one action."""
    with store.edit(label) as edit:
        for name, (colour, refs) in TAGS.items():
            tag = edit.write(Draft(Tag, values={"name": name, "colour": colour}))
            for ref in refs:
                _tag(edit, store, tag, keys.cases[ref])
        for ref, day, text, pinned in NOTES:
            about = {"about": Case.__name__, "about_id": keys.cases[ref]}
            said = {"text": text, "written": day, "by": store.who, "pinned": pinned}
            edit.write(Draft(Note, values=about | said))
        edit.write(Draft(OwnTerm, values=_term()))
    case = store.draft(Case, keys.cases["CT-H6TA"])
    case.children["episodes"][0].add("reasons", reason=CODE)
    store.save(case, label)


def _tag(edit: Edit, store: Store, tag: str, case_id: str) -> None:
    held = {"about": Case.__name__, "about_id": case_id, "tag_id": tag}
    edit.write(Draft(Tagging, values=held | {"tagged": TAGGED_ON, "by": store.who}))


def _term() -> dict[str, object]:
    labels = {
        "label_en": "Sang Kazakh songs at a wedding",
        "label_ru": "Пел(а) казахские песни на свадьбе",
        "label_kk": "Тойда қазақша ән айтқан",
    }
    return {"vocabulary": LIST, "code": CODE, "active": True, "position": 100} | labels
