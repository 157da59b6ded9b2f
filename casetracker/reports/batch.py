"""Many papers at once: one for each case, or each meeting, in a folder; and what was left out, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.jobs import Cancelled, Progress, Silent
from casetracker.reports.make import ReleaseWanted, Wanted, forecast, make
from casetracker.reports.report import Scope
from casetracker.store import questions
from casetracker.store.store import Store


@dataclass(frozen=True)
class Batch:
    """What came of it; `left_out` holds pairs of what a paper would have been about and why there is none."""

    written: tuple[Path, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    stopped: bool = False


def write_each(
    store: Store,
    papers: Iterable[Wanted],
    folder: Path,
    progress: Progress = Silent(),  # noqa: B008 - holds nothing
    release: ReleaseWanted | None = None,
) -> Batch:
    """Write a paper for each case of each of `papers` (all cases if it names none), or for each meeting.

    Each is looked through and registered as a single one is. What cannot be written is left out with its
    reason, and the others go on; a file that is there already is never replaced. When the user has had
    enough, what is written stays. Raises `UserError` if the folder is not there or a report holds no records.
    """
    if not folder.is_dir():
        raise UserError(tr(N_("There is no folder “{folder}”; make it, or choose another."), folder=folder))
    wanted = [one for paper in papers for one in _ones(store, paper)]
    written: list[Path] = []
    left_out: list[tuple[str, str]] = []
    for done, (ref, one) in enumerate(wanted):
        out = folder / f"{one.stem}-{ref}.pdf"
        try:
            progress.step(done, len(wanted), ref)
            _write(store, one, out, _Within(progress, done, len(wanted), ref), release)
        except Cancelled:
            return Batch(tuple(written), tuple(left_out), stopped=True)
        except UserError as error:
            left_out.append((ref, str(error)))
        else:
            written.append(out)
    progress.step(len(wanted), len(wanted))
    return Batch(tuple(written), tuple(left_out))


def _ones(store: Store, wanted: Wanted) -> list[tuple[str, Wanted]]:
    """Split a paper into papers about one case or one meeting, each with its reference."""
    if wanted.report.blank:
        sentence = N_("“{report}” holds no record; write it once.")
        raise UserError(tr(sentence, report=tr(wanted.report.title)))
    with store.reader(as_of=wanted.as_of) as reader:
        if wanted.report.by_meeting:
            refs = {m.id: m.text("ref") for m in questions.meetings_of(reader)}
        else:
            refs = questions.refs_of(reader, wanted.scope.case_ids or questions.cases_of(reader))
    return [(ref, replace(wanted, scope=_about(wanted, record_id))) for record_id, ref in refs.items()]


def _about(wanted: Wanted, record_id: str) -> Scope:
    """Narrow what a paper is about to one record."""
    if wanted.report.by_meeting:
        return replace(wanted.scope, meeting_id=record_id)
    return replace(wanted.scope, case_ids=(record_id,))


def _write(store: Store, one: Wanted, out: Path, progress: Progress, release: ReleaseWanted | None) -> None:
    coming = forecast(store, one)
    if len(coming.left_out) == coming.cases:
        reasons = dict.fromkeys(why for _, why in coming.left_out)
        raise UserError(" ".join(reasons) or tr(N_("It would hold no case.")))
    if out.exists():
        raise UserError(tr(N_("“{name}” is in the folder already; it was not replaced."), name=out.name))
    make(store, one, out, progress, release)


class _Within:
    """The progress of one paper among many: it can be stopped at every page, and counts as one step."""

    def __init__(self, whole: Progress, done: int, total: int, ref: str) -> None:
        self._whole, self._at = whole, (done, total, ref)

    def step(self, done: int, total: int, what: str = "") -> None:
        """Pass on where the whole is."""
        self._whole.step(*self._at)


def told(batch: Batch) -> list[str]:
    """Say what was written and what was left out, a sentence for each thing left out."""
    said = [tr(N_("Papers written: {n}."), n=len(batch.written))]
    if batch.stopped:
        said.append(tr(N_("Stopped before the end; what was written stays.")))
    return said + [tr(N_("Left out: {why}"), why=f"{ref}: {why}") for ref, why in batch.left_out]
