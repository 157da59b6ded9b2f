"""What a review holds as it goes out, and what comes back: plain values, written as JSON, read with distrust.

The packet that is kept in the casebook says of each item where it stands in the records; what leaves does
not. Ids of records never leave the casebook, and with them anybody could tell whether two files speak of the
same person.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from casetracker.errors import Damaged, TooNew
from casetracker.i18n import N_, tr
from casetracker.model.work.review import Said
from casetracker.store.reviews.statements import At

FORMAT, ANSWERS, VERSION = "casetracker-review", "casetracker-answers", 1
STATEMENT, PHOTOGRAPH, CONSENT = "statement", "photograph", "consent"
MAY_SAY: dict[str, tuple[Said, ...]] = {
    STATEMENT: (Said.CORRECT, Said.WRONG, Said.WITHHOLD, Said.UNKNOWN),
    PHOTOGRAPH: (Said.ALLOW, Said.REFUSE),
    CONSENT: (Said.AGREE, Said.DISAGREE),
}
LONGEST = 5000  # letters of a correction or a comment
MOST_ITEMS, MOST_CASES = 2000, 200
LARGEST = 32 * 1024 * 1024  # bytes of a packet, pictures included
LARGEST_ANSWERS = 4 * 1024 * 1024
_BROKEN = N_("What is in this file cannot be read; ask for it to be sent again.")


@dataclass(frozen=True)
class Item:
    """One thing to be answered. `at` and `mark` are known in the casebook only."""

    number: int
    kind: str
    group: str
    label: str
    text: str
    long: bool = False
    picture: bytes = field(default=b"", repr=False)
    at: At | None = None
    mark: str = ""


@dataclass(frozen=True)
class PacketCase:
    """A case of a review: how the relative is called, and what is asked. `case_id` stays in the casebook."""

    ref: str
    name: str
    others: tuple[str, ...]
    items: tuple[Item, ...]
    case_id: str = ""


@dataclass(frozen=True)
class Packet:
    """A review as a representative sees it."""

    review: str  # its reference
    digest: str  # of what is kept in the casebook; answers name it
    language: str
    sent: str  # the day, as ISO has it
    addressee: str
    office: str
    cases: tuple[PacketCase, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """Everything that is asked, in order."""
        return tuple(item for case in self.cases for item in case.items)

    def outside(self) -> Packet:
        """Return what may leave: without the places in the casebook."""
        cases = tuple(
            replace(c, case_id="", items=tuple(replace(i, at=None, mark="") for i in c.items))
            for c in self.cases
        )
        return replace(self, cases=cases)

    def content(self) -> str:
        """Write it as JSON; the digest is not in it where it is the digest of just this."""
        return json.dumps(_told(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True)
class Reply:
    """What was answered to one item."""

    said: Said
    proposed: str = ""
    comment: str = ""


@dataclass(frozen=True)
class Answers:
    """What came back, or has been answered so far."""

    review: str
    digest: str
    replies: Mapping[int, Reply] = field(default_factory=dict)
    cases: Mapping[str, str] = field(default_factory=dict)  # comment by reference of a case
    comment: str = ""
    signed: str = ""
    on: str = ""  # the day of sending
    done: bool = False  # sent, and not only kept

    def content(self) -> str:
        """Write them as JSON."""
        replies = [
            {"n": n, "said": r.said.name, "proposed": r.proposed, "comment": r.comment}
            for n, r in sorted(self.replies.items())
        ]
        told = {"format": ANSWERS, "version": VERSION, "review": self.review, "digest": self.digest,
                "answers": replies, "cases": dict(self.cases), "comment": self.comment,
                "signed": self.signed, "on": self.on, "done": self.done}  # fmt: skip
        return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(content: str) -> str:
    """Return the SHA-256 of a content, in hexadecimal digits."""
    return hashlib.sha256(content.encode("utf-8")).hexdigest()


def read_packet(content: str, digest_of_it: str = "") -> Packet:
    """Read a packet; `Damaged` if it is none, `TooNew` if a newer program wrote it."""
    told = _json(content, FORMAT)
    try:
        cases = tuple(_case(each) for each in _some(told["cases"], MOST_CASES))
        packet = Packet(
            _text(told["review"], 40),
            digest_of_it or _text(told["digest"], 64),
            _text(told["language"], 10),
            _text(told["sent"], 10),
            _text(told["addressee"], 300),
            _text(told["office"], 300),
            cases,
        )
    except (KeyError, TypeError, ValueError):
        raise Damaged(tr(_BROKEN)) from None
    numbers = [item.number for item in packet.items]
    if len(numbers) != len(set(numbers)) or len(numbers) > MOST_ITEMS:
        raise Damaged(tr(_BROKEN))
    return packet


def read_answers(content: str) -> Answers:
    """Read answers; raises what `read_packet` raises."""
    told = _json(content, ANSWERS)
    try:
        replies = {
            _number(each["n"]): Reply(
                Said[_text(each["said"], 20)],
                _text(each["proposed"], LONGEST),
                _text(each["comment"], LONGEST),
            )
            for each in _some(told["answers"], MOST_ITEMS)
        }
        comments = {_text(ref, 40): _text(said, LONGEST) for ref, said in dict(told["cases"]).items()}
        if len(comments) > MOST_CASES:
            raise ValueError
        return Answers(
            _text(told["review"], 40),
            _text(told["digest"], 64),
            replies,
            comments,
            _text(told["comment"], LONGEST),
            _text(told["signed"], 300),
            _text(told["on"], 10),
            told["done"] is True,
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Damaged(tr(_BROKEN)) from None


def _json(content: str, wanted: str) -> dict[str, Any]:
    try:
        told = json.loads(content)
    except (ValueError, RecursionError):
        raise Damaged(tr(_BROKEN)) from None
    if not isinstance(told, dict) or told.get("format") != wanted or type(told.get("version")) is not int:
        raise Damaged(tr(_BROKEN))
    if told["version"] > VERSION:
        raise TooNew(tr(N_("This file was written by a newer program; install the newest one first.")))
    return told


def _told(packet: Packet) -> dict[str, Any]:
    inside = any(case.case_id for case in packet.cases)
    told = {"format": FORMAT, "version": VERSION, "review": packet.review, "language": packet.language,
            "sent": packet.sent, "addressee": packet.addressee, "office": packet.office,
            "cases": [_told_case(case) for case in packet.cases]}  # fmt: skip
    return told if inside else {**told, "digest": packet.digest}


def _told_case(case: PacketCase) -> dict[str, Any]:
    told: dict[str, Any] = {"ref": case.ref, "name": case.name, "others": list(case.others),
                            "items": [_told_item(item) for item in case.items]}  # fmt: skip
    return {**told, "case": case.case_id} if case.case_id else told


def _told_item(item: Item) -> dict[str, Any]:
    told: dict[str, Any] = {"n": item.number, "kind": item.kind, "group": item.group, "label": item.label,
                            "text": item.text, "long": item.long}  # fmt: skip
    if item.picture:
        told["picture"] = base64.b64encode(item.picture).decode()
    if item.at:
        told |= {"at": [item.at.record, item.at.record_id, list(item.at.fields)], "mark": item.mark}
    return told


def _case(told: Any) -> PacketCase:
    return PacketCase(
        _text(told["ref"], 40),
        _text(told["name"], 300),
        tuple(_text(each, 300) for each in _some(told["others"], 50)),
        tuple(_item(each) for each in _some(told["items"], MOST_ITEMS)),
        _text(told.get("case", ""), 32),
    )


def _item(told: Any) -> Item:
    kind = _text(told["kind"], 20)
    if kind not in MAY_SAY:
        raise ValueError
    at = None
    if "at" in told:
        record, record_id, fields = told["at"]
        at = At(_text(record, 60), _text(record_id, 32), tuple(_text(f, 60) for f in _some(fields, 20)))
    return Item(
        _number(told["n"]),
        kind,
        _text(told["group"], 300),
        _text(told["label"], 300),
        _text(told["text"], 100_000),
        told["long"] is True,
        base64.b64decode(_text(told.get("picture", ""), LARGEST), validate=True),
        at,
        _text(told.get("mark", ""), 64),
    )


def _text(value: Any, longest: int) -> str:
    if not isinstance(value, str) or len(value) > longest or "\0" in value:
        raise ValueError
    return value


def _number(value: Any) -> int:
    if type(value) is not int or not 0 < value <= MOST_ITEMS:
        raise ValueError
    return value


def _some(value: Any, most: int) -> Iterable[Any]:
    if not isinstance(value, list) or len(value) > most:
        raise ValueError
    return value
