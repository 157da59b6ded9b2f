"""Reading a GEDCOM file into drafts of people and families; what fits no field is kept for a note.

ged4py reads lines, encodings (ANSEL, ANSI, UTF-8, UTF-16) and dates. Sources: GEDCOM 5.5.1 (2019) and
FamilySearch GEDCOM 7.0. A child is a member by the parent that is named first, a wife by the husband: a
program of ours says of each member whose kin they are.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from casetracker.errors import UserError
from casetracker.exchange.tables_in import encodings, written_dates
from casetracker.i18n import N_, tr
from casetracker.jobs import Progress
from casetracker.model import Family, Person
from casetracker.model.dates import KnownDate
from casetracker.model.people.kinship import Kinship
from casetracker.model.people.person import NameKind, Sex
from casetracker.store.draft import Draft

LARGEST = 64 * 1024**2  # bytes; it is read whole
_LONGEST = 300
_SAMPLE = 256 * 1024
_WIDE = (b"\xff\xfe", b"\xfe\xff")  # how UTF-16 begins
_HEAD = re.compile(rb"^(\xef\xbb\xbf)?\s*0\s+HEAD\b")
_CHAR = re.compile(rb"^\s*1\s+CHAR\s+(\S+)", re.MULTILINE)
_SEXES = {"M": Sex.MALE, "F": Sex.FEMALE}
_NAMES = {"married": None, "maiden": NameKind.MAIDEN, "birth": NameKind.REGISTERED, "aka": NameKind.USUAL}
_NICKNAME, _ROMANISED = ("NICK",), ("ROMN", "FONE", "TRAN")
# What is read into fields, or only says how the file is made.
_READ = {"NAME", "SEX", "BIRT", "OCCU", "RESI", "FAMC", "FAMS", "CHAN", "CREA", "RIN", "UID", "_UID", "REFN"}
_PARTS_OF_NAME = {"GIVN", "SURN", "NPFX", "NSFX", "SPFX", "TYPE", "LANG", *_NICKNAME, *_ROMANISED}
_LABELS = {
    "DEAT": N_("Died"),
    "BURI": N_("Buried"),
    "MARR": N_("Married"),
    "DIV": N_("Divorced"),
    "NATI": N_("People (ethnicity)"),
    "RELI": N_("Religion"),
    "EDUC": N_("Education"),
    "EMIG": N_("Emigrated"),
    "IMMI": N_("Immigrated"),
    "NOTE": N_("Note"),
    "SOUR": N_("Source"),
    "DATE": N_("When"),
    "PLAC": N_("Place"),
    "RESN": N_("Restriction"),
}


@dataclass
class Someone:
    """A person of the tree: the draft, what was doubtful (what stands there, and why), and the note."""

    number: int
    id: str
    draft: Draft
    note: list[str] = field(default_factory=list)
    doubtful: list[tuple[str, str, str]] = field(default_factory=list)  # label, what stands there, why

    @property
    def name(self) -> str:
        """The first spelling."""
        return str(self.draft.children["names"][0].values["full"])


@dataclass
class Household:
    """A family of the tree: who is whose kin, by the ids of the file."""

    name: str
    members: list[tuple[str, Kinship | None, str]]  # who, what they are, to whom ("" for nobody)
    note: list[str] = field(default_factory=list)


@dataclass
class Tree:
    """A whole file."""

    name: str
    people: dict[str, Someone]
    households: list[Household]
    encoding: str = ""


def is_gedcom(path: Path) -> bool:
    """Whether a file begins as a GEDCOM file does, in any of its encodings."""
    try:
        with path.open("rb") as file:
            head = file.read(64)
    except OSError:
        return False
    wide = head[:2] in _WIDE
    return bool(_HEAD.match(head.decode("utf-16", "ignore").encode() if wide else head))


def read(path: Path, progress: Progress, encoding: str = "") -> Tree:
    """Read a file. Raises `UserError` where it is too large, has nobody in it, or cannot be read."""
    from ged4py.parser import CodecError, GedcomReader, IntegrityError, ParserError

    if path.stat().st_size > LARGEST:
        raise UserError(tr(N_("“{name}” is too large for a family tree (64 MB at most)."), name=path.name))
    code = encoding or _encoding(path)
    try:
        with GedcomReader(_bytes(path), encoding=code or None, errors="replace") as reader:
            people = {s.id: s for s in _people(reader, progress)}
            households = [h for f in reader.records0("FAM") if (h := _household(f, people)).members]
    except (ParserError, CodecError, IntegrityError, LookupError, ValueError, OSError) as error:
        sentence = N_(
            "“{name}” cannot be read as a family tree: a line in it is broken. Save it again as UTF-8."
        )
        raise UserError(tr(sentence, name=path.name)) from error
    if not people:
        raise UserError(tr(N_("There is nobody in the family tree “{name}”."), name=path.name))
    return Tree(path.name, people, households, code or "ANSEL")


def _bytes(path: Path) -> io.BytesIO:
    """Return the file; UTF-16, which ged4py does not read, in UTF-8."""
    data = path.read_bytes()
    if data[:2] not in _WIDE:
        return io.BytesIO(data)
    plain = data.decode("utf-16", "replace").encode()
    return io.BytesIO(_CHAR.sub(b"1 CHAR UTF-8", plain, count=1))


def _encoding(path: Path) -> str:
    """Return the encoding where the file says it wrongly, or not at all; "" leaves it to what it says."""
    data = path.read_bytes()
    if data[:2] in _WIDE:
        return "utf-8"
    if data.startswith(b"\xef\xbb\xbf"):
        return ""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        said = _CHAR.search(data[:_SAMPLE])
        if said and said[1].upper() == b"ANSEL":
            return ""
        return encodings.guess(data[:_SAMPLE])
    return "utf-8"


# People


def _people(reader: Any, progress: Progress) -> Iterator[Someone]:
    for number, record in enumerate(reader.records0("INDI"), 1):
        progress.step(number, 0, tr(N_("person {n}"), n=number))
        found = Someone(number, str(record.xref_id), Draft(Person, children={"names": []}))
        _names(found, record)
        found.draft.values["sex"] = _SEXES.get(str(record.sub_tag_value("SEX") or "").upper())
        if (birth := record.sub_tag("BIRT")) is not None:
            _birth(found, birth)
        for each in record.sub_tags("OCCU"):
            _once(found, "occupation", tr(N_("Occupation")), _text(each))
        for each in record.sub_tags("RESI"):
            _residence(found, each)
        for each in record.sub_records:
            if each.tag not in _READ:
                found.note += _lines(each)
        yield found


def _names(found: Someone, record: Any) -> None:
    for each in record.sub_tags("NAME"):
        said = str(each.sub_tag_value("TYPE") or "").casefold()
        _name(found, _full(each.value), _NAMES.get(said))
        for part in each.sub_records:
            if part.tag in _NICKNAME:
                _name(found, _text(part), NameKind.NICKNAME)
            elif part.tag in _ROMANISED:
                _name(found, _full(part.value), NameKind.ROMANISED if part.tag == "ROMN" else None)
            elif part.tag not in _PARTS_OF_NAME:
                found.note += _lines(part)
    if not found.draft.children["names"]:
        _name(found, tr(N_("Name not known")), None)
        found.doubtful.append((tr(N_("Name")), "", tr(N_("There is no name in this row."))))


def _name(found: Someone, full: str, kind: NameKind | None) -> None:
    names = found.draft.children["names"]
    if not full or any(n.values["full"] == full[:_LONGEST] for n in names):
        return
    if len(full) > _LONGEST:
        found.note.append(full)
    values: dict[str, Any] = {"full": full[:_LONGEST], "primary": not names or None, "position": len(names)}
    found.draft.add("names", **values, kind=kind)


def _full(value: Any) -> str:
    """Return a name without the strokes around the surname; ged4py gives given name, surname and the rest."""
    parts = [str(part or "") for part in value] if isinstance(value, tuple) else [str(value or "")]
    return " ".join(" ".join(parts).replace("/", " ").split())


def _birth(found: Someone, record: Any) -> None:
    for each in record.sub_records:
        if each.tag == "DATE":
            known, understood = date(each.value, str(each.value or ""))
            if not understood:
                why = tr(N_("This is no date that exists or can be read; it was kept as words."))
                found.doubtful.append((tr(N_("Born")), str(each.value), why))
            found.draft.values["birth"] = known
        elif each.tag == "PLAC":
            _once(found, "birthplace", tr(N_("Place of birth")), _text(each))
        else:
            found.note += _lines(each, tr(N_("Born")))


def _residence(found: Someone, record: Any) -> None:
    parts = [_text(record), *(_text(s) for s in record.sub_records if s.tag in {"ADDR", "PLAC"})]
    text = ", ".join(dict.fromkeys(part for part in parts if part))
    if text:
        found.draft.add("addresses", text=text[:_LONGEST])
    rest = [s for s in record.sub_records if s.tag not in {"ADDR", "PLAC"}]
    for each in rest:
        found.note += _lines(each, tr(N_("Address")))
    if len(text) > _LONGEST:
        found.note.append(text)


def _once(found: Someone, name: str, label: str, text: str) -> None:
    if text and not found.draft.values.get(name) and len(text) <= _LONGEST:
        found.draft.values[name] = text
    elif text:
        found.note.append(f"{label}: {text}")


def _text(record: Any) -> str:
    return " ".join(str(record.value or "").split())


def _lines(record: Any, before: str = "") -> list[str]:
    """Return a record and all below it in lines; nothing of it is lost."""
    label = tr(_LABELS.get(record.tag, record.tag)) if record.tag in _LABELS else str(record.tag)
    way = f"{before}, {label}" if before else label
    value = record.value
    text = _full(value) if isinstance(value, tuple) else str(value if value is not None else "").strip()
    found = [f"{way}: {text}"] if text else []
    for each in record.sub_records:
        found += _lines(each, way)
    return found


# Dates


def date(value: Any, said: str) -> tuple[KnownDate, bool]:
    """Return a date of the file as it is known, and whether it was understood."""
    kind = getattr(getattr(value, "kind", None), "name", "")
    one, other = (_day(getattr(value, name, None)) for name in ("date1", "date2"))
    one = one or _day(getattr(value, "date", None))
    edtf = ""
    if one and kind in {"SIMPLE", "INTERPRETED"}:
        edtf = one
    elif one and kind in {"ABOUT", "ESTIMATED", "CALCULATED"}:
        edtf = f"{one}~"
    elif one and kind in {"BEFORE", "AFTER"}:
        return written_dates.read(f"{kind.lower()} {one}")
    elif one and kind in {"TO", "FROM"}:
        edtf = f"[..{one}]" if kind == "TO" else f"[{one}..]"
    elif one and other and kind in {"RANGE", "PERIOD"}:
        edtf = f"[{one}..{other}]" if kind == "RANGE" else f"{one}/{other}"
    phrase = str(getattr(value, "phrase", None) or "").strip("()")
    if edtf:
        try:
            return KnownDate.from_edtf(edtf, phrase[:_LONGEST] or None), True
        except ValueError:
            pass  # such as 29 February 1954
    return written_dates.read((phrase or said).strip("()"))


def _day(value: Any) -> str:
    """Return a Gregorian date in ISO form, as exactly as it is known; "" of another calendar."""
    if type(value).__name__ != "GregorianDate" or getattr(value, "bc", False) or not value.year:
        return ""
    if getattr(value, "dual_year", None):
        return ""
    parts = [f"{value.year:04d}"]
    if value.month:
        parts.append(f"{value.month_num:02d}")
        if value.day:
            parts.append(f"{value.day:02d}")
    return "-".join(parts)


# Families


def _household(record: Any, people: dict[str, Someone]) -> Household:
    husbands, wives, children = (
        [str(each.xref_id) for each in record.sub_tags(tag) if str(each.xref_id) in people]
        for tag in ("HUSB", "WIFE", "CHIL")
    )
    head = next(iter([*husbands, *wives]), "")
    members: dict[str, tuple[str, Kinship | None, str]] = {head: (head, None, "")} if head else {}
    for other in [*husbands, *wives]:
        kinship = Kinship.WIFE if other in wives and husbands else Kinship.SPOUSE
        members.setdefault(other, (other, kinship, head))
    for child in children:
        members.setdefault(child, (child, _child(people[child]) if head else None, head))
    rest = (s for s in record.sub_records if s.tag not in {"HUSB", "WIFE", "CHIL", "CHAN"})
    note = [line for each in rest for line in _lines(each)]
    first = next(iter(members), "")
    name = tr(N_("Family of {name}"), name=people[first].name) if first else ""
    return Household(name[:_LONGEST], list(members.values()), note)


def _child(someone: Someone) -> Kinship:
    sons = {Sex.MALE: Kinship.SON, Sex.FEMALE: Kinship.DAUGHTER}
    sex = someone.draft.values.get("sex")
    return sons.get(sex, Kinship.CHILD) if sex else Kinship.CHILD


def family_draft(household: Household, ids: dict[str, str]) -> Draft:
    """Return the draft of a family whose people have these ids in the casebook."""
    draft = Draft(Family, values={"name": household.name}, children={"members": []})
    for place, (who, kinship, to) in enumerate(household.members):
        told = {"kinship": kinship, "to_person_id": ids.get(to), "position": place}
        draft.add("members", person_id=ids[who], **(told if kinship else {"position": place}))
    return draft
