"""A case on one page: the same in ever fewer words, the less important first, and what gave way in one line.

In this order: what was done around the case is gathered in one line (the picture still shows it), settled
promises are counted, the account becomes shorter, then the middle of what happened in custody, then the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from casetracker.i18n import N_, ntr, tr
from casetracker.model.terms import label_of
from casetracker.reports import timelines
from casetracker.reports.blocks import (
    Block,
    Callout,
    Cell,
    Entry,
    Facts,
    Heading,
    Keep,
    Names,
    Note,
    OnePage,
    Para,
)
from casetracker.reports.case_pages import (
    case_blocks,
    case_head,
    chronology_of,
    entry_of,
    happened,
    promise_table,
    reading_note,
    text_of,
)
from casetracker.reports.options import Options
from casetracker.store import event_kinds
from casetracker.store.questions import Happening, Owed
from casetracker.store.reader import DisclosedRecord, Reader

_ALL = 10**6


@dataclass(frozen=True)
class _Size:
    """How much is printed of each part: letters of texts, lines of tables."""

    settled: bool = True  # promises about which nothing is owed any more, each in its line
    account: int = _ALL
    events: int = _ALL  # in custody
    promises: int = _ALL
    details: int = _ALL  # letters behind an event, and of the words of a promise
    request: int = _ALL
    value: int = _ALL  # letters of a fact
    names: int = _ALL


_SIZES = (
    _Size(),
    _Size(settled=False),
    _Size(settled=False, account=700),
    _Size(settled=False, account=350, events=10, promises=6),
    _Size(settled=False, account=350, events=6, promises=4, details=90, request=600),
    _Size(settled=False, account=200, events=4, promises=3, details=60, request=400, value=120, names=6),
    _Size(settled=False, account=120, events=3, promises=2, details=40, request=240, value=60, names=4),
)


def one_page(case: DisclosedRecord, reader: Reader, promises: Sequence[Owed], options: Options) -> OnePage:
    """Return a case in all its versions, the whole one first."""
    whole = (*case_blocks(case, reader, promises=promises, options=options), reading_note())
    shorter = _Shorter(case, reader, promises, options)
    return OnePage((whole, *(tuple(shorter.version(size)) for size in _SIZES)))


class _Shorter:
    """What is known of a case, asked for once, and put together in each size."""

    def __init__(
        self, case: DisclosedRecord, reader: Reader, promises: Sequence[Owed], options: Options
    ) -> None:
        self._head = tuple(case_head(case, reader, text_of(case, "request")))
        self._account = text_of(case, "account")
        self._lines = happened(case, reader)
        self._promises = sorted(promises, key=lambda p: not p.open)
        self._picture = timelines.of_case(case, reader)  # the promises stand in their table
        self._note = reading_note()
        self._options = options
        self._less: dict[str, None] = {}

    def version(self, size: _Size) -> Iterator[Block]:
        """Yield the case in a size, with a line about what gave way."""
        self._less = {}
        for block in self._head:
            yield self._smaller(block, size)
        yield from self._options.arranged(
            {
                "account": lambda: self._told(size),
                "chronology": lambda: self._happened(size),
                "promises": lambda: self._owed(size),
            }
        )
        note = self._note.text
        yield Note(f"{self._left_out()}\n{note}" if self._less else note)

    def _told(self, size: _Size) -> Iterator[Block]:
        if self._account:
            title = tr(N_("What happened, according to the family"))
            yield Heading(title, level=3)
            yield Para(self._cut(self._account, size.account, title))

    def _happened(self, size: _Size) -> Iterator[Block]:
        yield Heading(tr(N_("Chronology")), level=3)
        yield self._picture
        yield chronology_of(self._entries(size))

    def _left_out(self) -> str:
        parts = "; ".join(self._less)
        whole = N_("Shortened to fit one page: {parts}. The office holds the full file of the case.")
        return tr(whole, parts=parts)

    def _cut(self, text: str, letters: int, part: str) -> str:
        """Return the text up to the end of a sentence or a word, with dots where it was cut."""
        if len(text) <= letters:
            return text
        self._less[part] = None
        begun = text[:letters]
        stop = max(begun.rfind(end) for end in (". ", "! ", "? ", ".\n")) + 1
        return f"{begun[: stop if stop > letters / 2 else max(begun.rfind(' '), letters // 2)].rstrip()} …"

    def _smaller(self, block: Block, size: _Size) -> Block:
        if isinstance(block, Callout):
            return replace(block, text=self._cut(block.text, size.request, block.title))
        if isinstance(block, Names) and len(block.others) > size.names:
            self._less[tr(N_("Names"))] = None
            return replace(block, others=(*block.others[: size.names], "…"))
        if isinstance(block, Facts):
            return replace(block, pairs=tuple((k, self._value(k, v, size.value)) for k, v in block.pairs))
        return block

    def _value(self, label: str, value: Cell, letters: int) -> Cell:
        return self._cut(value, letters, label) if isinstance(value, str) else value

    def _entries(self, size: _Size) -> Iterator[Entry]:
        """Yield what happened to the relative, and in one line what was done around the case."""
        own = [line for line in self._lines if line.target[0] == "Case"]
        around = [line for line in self._lines if line.target[0] != "Case"]
        chronology = tr(N_("Chronology"))
        first, last = own, own[:0]
        if len(own) > size.events:
            first, last = own[:1], own[len(own) - size.events + 1 :]
            self._less[chronology] = None
        shortened = _entry_cutter(lambda text: self._cut(text, size.details, chronology))
        yield from (shortened(line) for line in first)
        if last:
            n = len(own) - 1 - len(last)
            yield Entry("…", ntr("{n} more event in custody", "{n} more events in custody", n))
        yield from (shortened(line) for line in last)
        if len(around) > 1:
            self._less[chronology] = None
            yield _gathered(around)
        else:
            yield from (shortened(line) for line in around)

    def _owed(self, size: _Size) -> Iterator[Block]:
        """Yield the promises on which something is owed, and count the others."""
        if not self._promises:
            return
        title = tr(N_("Promises about this case"))
        shown = [p for p in self._promises if size.settled or p.open][: size.promises]
        counted = [p for p in self._promises if p not in shown]
        if size.details < _ALL:
            shown = [
                replace(p, words=self._cut(p.words, 2 * size.details, title), original="", outcome_note="")
                for p in shown
            ]
        blocks: list[Block] = [Heading(title, level=3)]
        if shown:
            blocks.append(promise_table(shown))
        if counted:
            self._less[title] = None
            more = ntr("{n} more promise", "{n} more promises", len(counted))
            blocks.append(Para(f"{more}: {_states(counted)}", "small"))
        yield Keep(tuple(blocks))


def _entry_cutter(cut: Callable[[str], str]) -> Callable[[Happening], Entry]:
    def shortened(line: Happening) -> Entry:
        entry = entry_of(line)
        return replace(entry, detail=cut(entry.detail))

    return shortened


def _gathered(around: Sequence[Happening]) -> Entry:
    """Return one line for all that was done around the case: how often in which lane, from when to when."""
    dates = [line.on.short() for line in around if line.on]
    lanes = Counter(event_kinds.lane(line.target[0]) for line in around)
    counts = " · ".join(
        f"{tr(label)}: {lanes[name]}" for name, label in event_kinds.LANES.items() if lanes[name]
    )
    when = " – ".join(dict.fromkeys((dates[0], dates[-1]))) if dates else ""
    return Entry(when, tr(N_("Protests, meetings and other events")), counts, around[0].basis)


def _states(promises: Sequence[Owed]) -> str:
    states = Counter(tr(N_("overdue")) if p.days_overdue else label_of(p.outcome).lower() for p in promises)
    return " · ".join(f"{state}: {number}" for state, number in states.items())
