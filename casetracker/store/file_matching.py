"""Whose each file of a folder is: by the number of the case, a number elsewhere, or the name of a person.

The name of the file is asked first, then those of the folders around it, the nearest first. What is found is
a proposal with its reason; only what stands on a number, or on one name that nobody else has, is taken for
granted until somebody looks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa

from casetracker.i18n import N_, tr
from casetracker.jobs import Progress, Silent
from casetracker.model import Case, ExternalNumber, Person, PersonName
from casetracker.model.detention.case import AT_REST
from casetracker.store.draft import Draft
from casetracker.store.edit import REF_LETTERS
from casetracker.store.known_people import KnownPeople
from casetracker.store.store import Store

_REF = re.compile(rf"(?<![A-Z0-9])CT[-_ .]?([{REF_LETTERS}]{{4,6}})(?![A-Z0-9])", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['’ʻʼ-][^\W\d_]+)*")
_NUMBER = re.compile(r"\w+(?:[-/]\w+)*")
_LEAST = 0.2  # of a pair: a name in another script, and nothing else is known
_SURE = 0.6  # of a pair: the same name, and nothing else is known
# What people write beside a name, in the languages in which they write it.
_BESIDE = """
    img image dsc photo foto picture portrait pic scan scanned passport paper statement testimony letter copy
    final new old page doc document the of and from file whatsapp screenshot jpg jpeg png pdf
    фото фотография снимок портрет скан паспорт заявление показания рассказ письмо копия стр страница файл
    документ сурет суреті фотосы арыз арызы өтініш өтініші хат хаты көшірме құжат құжаты
    照片 相片 护照 证明 信 扫描 复印件
"""
_SAID_BESIDE = frozenset(_BESIDE.split())


@dataclass(frozen=True)
class Whose:
    """A record that a file may belong to: a case, or a person without one; how it is called, and why."""

    kind: str
    id: str
    title: str
    why: str
    sure: bool = False


@dataclass
class Proposal:
    """A file and whose it may be, the likeliest first."""

    path: Path
    whose: list[Whose] = field(default_factory=list)

    @property
    def best(self) -> Whose | None:
        """What is taken for granted; None where somebody has to choose."""
        first = next(iter(self.whose), None)
        return first if first is not None and first.sure else None


def propose(
    store: Store, files: Sequence[Path], folder: Path | None = None, progress: Progress = Silent()  # noqa: B008
) -> list[Proposal]:  # fmt: skip
    """Return whose each file may be; nothing is written. Raises `Cancelled`."""
    matcher = _Matcher(store, progress)
    found = []
    for number, path in enumerate(files):
        progress.step(number, len(files), path.name)
        found.append(Proposal(path, matcher.whose(list(_said(path, folder)))))
    return found


def _said(path: Path, folder: Path | None) -> Iterator[str]:
    """Yield the name of a file and those of the folders around it, down from the one that was chosen."""
    yield path.stem
    for parent in path.parents:
        if folder is None or (parent != folder and folder not in parent.parents):
            return
        yield parent.name


class _Matcher:
    def __init__(self, store: Store, progress: Progress) -> None:
        self._store = store
        self._people = KnownPeople(store, progress)
        with store.reading() as session:
            self._refs = {ref.upper(): id_ for ref, id_ in session.execute(sa.select(Case.ref, Case.id))}
            query = sa.select(ExternalNumber.number, ExternalNumber.case_id)
            rows = session.execute(query.where(ExternalNumber.case_id.is_not(None)))
            self._numbers = {
                number.casefold(): case_id for number, case_id in rows if case_id and len(number) > 3
            }

    def whose(self, said: Sequence[str]) -> list[Whose]:
        for text in said:
            if case_id := self._by_ref(text):
                return [self._case(case_id, tr(N_("The number of the case stands in the name.")), sure=True)]
            if case_id := self._by_number(text):
                why = tr(N_("A number under which others keep the case stands in the name."))
                return [self._case(case_id, why, sure=True)]
        for text in said:
            if found := list(self._by_name(text)):
                return found
        return []

    def _by_ref(self, text: str) -> str:
        letters = (match[1].upper() for match in _REF.finditer(text))
        return next((self._refs[f"CT-{each}"] for each in letters if f"CT-{each}" in self._refs), "")

    def _by_number(self, text: str) -> str:
        words = (match[0].casefold() for match in _NUMBER.finditer(text.replace("_", " ")))
        return next((self._numbers[word] for word in words if word in self._numbers), "")

    def _by_name(self, text: str) -> Iterator[Whose]:
        words = [w for w in _WORD.findall(text.replace("_", " ")) if w.casefold() not in _SAID_BESIDE]
        if not words:
            return
        asked = Draft(Person, children={"names": [Draft(PersonName, values={"full": " ".join(words[:4])})]})
        (pairs,) = self._people.near([asked], 4, _LEAST)
        clear = len(words) > 1 and (len(pairs) == 1 or (pairs and pairs[0].value - pairs[1].value > 0.15))
        for at, pair in enumerate(pairs):
            person_id = pair.second if pair.first == "new" else pair.first
            cases = self._cases_of(person_id)
            likely = clear and not at and pair.value >= _SURE
            why = pair.reasons[0] if pair.reasons else ""
            if len(pairs) > 1 and not likely:
                why = tr(N_("{why}. Others have a like name: choose."), why=why)
            for case_id in cases:
                yield self._case(case_id, why, sure=bool(likely) and len(cases) == 1)
            if not cases:
                yield Whose(Person.__name__, person_id, self._name(person_id), why, sure=bool(likely))

    def _cases_of(self, person_id: str) -> list[str]:
        query = sa.select(Case.id).where(Case.person_id == person_id)
        query = query.order_by(Case.stage.in_(AT_REST), Case.opened.desc(), Case.ref)
        with self._store.reading() as session:
            return list(session.scalars(query))

    def _case(self, case_id: str, why: str, *, sure: bool) -> Whose:
        with self._store.reader() as reader:
            case = reader.get(Case, case_id)
            assert case is not None  # noqa: S101 - read just now
            title = f"{case.text('ref')} {reader.name(case.value('person_id'))}"
        return Whose(Case.__name__, case_id, title, why, sure)

    def _name(self, person_id: str) -> str:
        with self._store.reader() as reader:
            return reader.name(person_id)
