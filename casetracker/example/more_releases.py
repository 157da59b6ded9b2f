"""Three papers that the example's office gave out: two to the Commissioner, one for itself."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from casetracker.example.drafts import Keys
from casetracker.model import Case
from casetracker.model.confidentiality import Audience
from casetracker.store import releases
from casetracker.store.releases import Given, Mark
from casetracker.store.store import Store


class Paper(NamedTuple):
    """A paper that was given out."""

    ref: str
    on: dt.date
    report: str
    audience: Audience
    addressee: str
    pages: int
    cases: tuple[str, ...]


PAPERS = (
    Paper("RL-7XQ4", dt.date(2021, 10, 4), "dossier", Audience.OFFICIAL,
          "Office of the Commissioner for Human Rights", 14, ("CT-X2M9", "CT-B9FV")),
    Paper("RL-M2K9", dt.date(2021, 10, 18), "case", Audience.OFFICIAL,
          "Office of the Commissioner for Human Rights", 2, ("CT-7F3Q", "CT-B9FV")),
    Paper("RL-H8TD", dt.date(2021, 11, 2), "case-list", Audience.INTERNAL, "", 3, ("CT-7F3Q", "CT-X2M9")),
)  # fmt: skip


def write(store: Store, keys: Keys, label: str) -> None:
    """Write the papers into the release register, each on the day on which it was given."""
    for paper in PAPERS:
        case_ids = tuple(keys.cases[ref] for ref in paper.cases)
        given = Given(
            mark=Mark(paper.ref, ""),
            report=paper.report,
            audience=paper.audience,
            language="en",
            as_of=paper.on,
            digest=hashlib.sha256(paper.ref.encode()).hexdigest(),
            file_name=f"{paper.report}-{paper.audience.value}-en.pdf",
            pages=paper.pages,
            addressee=paper.addressee,
            case_ids=case_ids,
            person_ids=tuple(store.draft(Case, case_id).values["person_id"] for case_id in case_ids),
        )
        with on_day(store, paper.on), releases.registering(store, given):
            pass


@contextmanager
def on_day(store: Store, day: dt.date) -> Iterator[None]:
    """Do something as of a day: what is given out is written down with it."""
    before, store.today = store.today, lambda: day
    try:
        yield
    finally:
        store.today = before
