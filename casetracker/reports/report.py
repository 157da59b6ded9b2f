"""What a report is: a name, the audiences it is made for, and a generator of blocks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from casetracker.jobs import Progress
from casetracker.model.confidentiality import Audience
from casetracker.reports.blocks import Block
from casetracker.reports.options import Options
from casetracker.store.reader import Reader


@dataclass(frozen=True)
class Scope:
    """What a paper is about: cases by id, or one meeting; neither means all cases (or the next meeting)."""

    case_ids: tuple[str, ...] = ()
    meeting_id: str = ""
    document_ids: tuple[str, ...] = ()  # of a sheet about documents that were chosen one by one
    since: dt.date | None = None  # of what changed; the last meeting if nothing is said
    options: Options = field(default_factory=Options)
    review_id: str = ""  # of a review sheet
    reply_form: bool = False  # with fields in which an official answers to each case of a list handed over


Build = Callable[[Reader, Scope, Progress], Iterator[Block]]


@dataclass(frozen=True)
class Report:
    """One kind of paper."""

    name: str
    title: str  # marked with N_, translated when it is shown
    about: str  # one sentence for the person who chooses, marked with N_
    audiences: tuple[Audience, ...]
    build: Build
    by_meeting: bool = False
    by_day: bool = False  # tells what changed since a day
    blank: bool = False  # a form to be filled in by hand, which holds no record
    numbers: bool = False  # counts only: nobody, and no case, is named in it
    sections: tuple[tuple[str, str], ...] = ()  # parts that may be left out: key, and label marked with N_
    portraits: bool = False  # shows the detained relative, where the reader may see a face
    submitter: bool = False  # has a sheet of its own for the contacts of whoever submits it
    two_languages: bool = False  # can be made in two at once
    movable: tuple[str, ...] = ()  # those of `sections` that may follow each other in another order
    route: str = ""  # whose list of what has to be there is shown beside it (store.readiness)
