"""What sources of the example say about facts, where they differ, and two papers that the office has."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import Any

from casetracker.example.drafts import Keys
from casetracker.example.shapes import INVENTED
from casetracker.model import Case, Citation
from casetracker.model.detention.custody import Standing
from casetracker.model.names.writing import Language
from casetracker.model.sources.citation import Stance
from casetracker.model.sources.source import Channel, Credibility, Hand, Reliability, SourceKind
from casetracker.reports import pdf
from casetracker.reports.blocks import Block, Cover, Heading, Para
from casetracker.store import documents
from casetracker.store.draft import Draft
from casetracker.store.edit import Edit
from casetracker.store.store import Store

Paper = tuple[str, str, dt.date, tuple[Block, ...]]
SHOWN, JUDGED = "CT-7F3Q", "CT-M4RX"
LETTER: Paper = (
    "A letter from his brother",
    "letter",
    dt.date(2021, 8, 30),
    (
        Para("Dear Aigul, I was allowed to see him for ten minutes behind a glass."),
        Para("He is in Wusu. He asked whether the children go to school. They told me nine years."),
        Para("Do not telephone. I will write when I can."),
    ),
)
NOTICE: Paper = (
    "Notice of arrest, copy",
    "notice",
    dt.date(2020, 2, 14),
    (
        Heading("Notice to the family"),
        Para("The person named here was taken into criminal custody on 26 October 2018, for gathering a"),
        Para("crowd to disturb public order. Date of birth: 12 March 1974. Emin county."),
    ),
)


def write(store: Store, keys: Keys, label: str) -> None:
    """Write how near the sources were, the citations, and the papers where the casebook is a folder."""
    ids = _sources(store, keys, label)
    with store.edit(label) as edit:
        _birth(edit, store, keys, ids)
        _arrest(edit, store, keys, ids)
        _sentence(edit, store, keys)
    if store.folder is not None:
        with tempfile.TemporaryDirectory() as folder:
            for paper in (LETTER, NOTICE):
                _paper(store, Path(folder), keys.cases[SHOWN], paper)


def _sources(store: Store, keys: Keys, label: str) -> dict[str, str]:
    """Say of the sources of the shown case how near they were; add the notice and the ministry's answer."""
    case = store.draft(Case, keys.cases[SHOWN])
    found = {s.values["relation"]: s for s in case.children["sources"]}
    wife, cousin, letter = found["wife"], found["cousin"], found["prison letter seen by the family"]
    wife.values |= {"hand": Hand.SECOND, "language": Language.KK, "recorded": "written_signed"}
    cousin.values |= {"hand": Hand.THIRD, "origin_id": wife.id}
    letter.values |= {"hand": Hand.FIRST, "language": Language.ZH}
    for kind, relation, channel, grade in (
        (SourceKind.DOCUMENT, "notice of arrest", Channel.LETTER, (Reliability.B, Credibility.TWO)),
        (SourceKind.AUTHORITY, "consulate, orally", Channel.OFFICIAL, (Reliability.C, Credibility.THREE)),
    ):
        case.add(
            "sources",
            label=INVENTED,
            kind=kind,
            relation=relation,
            channel=channel,
            reliability=grade[0],
            reliability_reason="the office saw or heard it itself; who stands behind it is not known",
            credibility=grade[1],
            credibility_reason="fits what the family says, but not in every point",
        )
    store.save(case, label)
    case = store.draft(Case, keys.cases[SHOWN])
    return {s.values["relation"]: s.id for s in case.children["sources"]}


def _cite(edit: Edit, about: tuple[str, str, str], source: str, **values: Any) -> None:
    where = dict(zip(("about", "about_id", "field"), about, strict=True))
    edit.write(Draft(Citation, values={"stance": Stance.SUPPORTS, "source_id": source} | where | values))


def _birth(edit: Edit, store: Store, keys: Keys, ids: dict[str, str]) -> None:
    """The day that the family tells, and another in the notice; nobody has decided yet."""
    place = ("Person", store.draft(Case, keys.cases[SHOWN]).values["person_id"], "birth")
    _cite(edit, place, ids["wife"])
    _cite(
        edit, place, ids["notice of arrest"],
        stance=Stance.CONTRADICTS, says="12 March 1974", place="second line",
    )  # fmt: skip


def _arrest(edit: Edit, store: Store, keys: Keys, ids: dict[str, str]) -> None:
    """Two who say the same but are one origin, and a paper that agrees."""
    episode = store.draft(Case, keys.cases[SHOWN]).children["episodes"][0]
    place = ("Episode", episode.id, "arrested")
    _cite(edit, place, ids["wife"], says="about a month after September 2018")
    _cite(edit, place, ids["cousin"])
    _cite(edit, place, ids["notice of arrest"], says="26 October 2018", place="first line")
    _cite(
        edit, ("Episode", episode.id, "official_reason"), ids["notice of arrest"],
        stance=Stance.CONTRADICTS, says="gathering a crowd to disturb public order",
    )  # fmt: skip


def _sentence(edit: Edit, store: Store, keys: Keys) -> None:
    """Where the family and a list differ about the place, and the office has decided."""
    case = store.draft(Case, keys.cases[JUDGED])
    episode = case.children["episodes"][0]
    place = ("Episode", episode.id, "held_at")
    sister, paper = (
        next(s.id for s in case.children["sources"] if s.values["kind"] is kind)
        for kind in (SourceKind.TESTIMONY, SourceKind.DOCUMENT)
    )
    why = "A man who was released from there in 2020 knew him; the list only names the court."
    _cite(edit, place, sister, standing=Standing.COUNTS, standing_reason=why)
    _cite(
        edit, place, paper, stance=Stance.CONTRADICTS, says="Kashgar prison", place="page 14",
        standing=Standing.SET_ASIDE, standing_reason=why,
    )  # fmt: skip


def _paper(store: Store, folder: Path, case_id: str, paper: Paper) -> None:
    title, kind, day, blocks = paper
    path = folder / f"{title}.pdf"
    path.write_bytes(pdf.to_bytes((Cover(title, subtitle=INVENTED), *blocks), title=title, language="en"))
    values = {
        "case_id": case_id,
        "kind": kind,
        "received": day,
        "received_from": "the family",
        "original_at": "with the family",
        "notes": INVENTED,
    }
    documents.take_in(store, [path], values)
