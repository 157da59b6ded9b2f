"""JSON: every record of an export with its fields, as a published schema describes them.

A field that is withheld is absent; one that is given in part (initials, the year of birth) is given as the
text that the audience may read. Links are ids, and only to records that are in the same file.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from enum import Enum
from typing import Any

from casetracker.exchange.gather import Gathered
from casetracker.model import ENTITIES
from casetracker.model.confidentiality import WITHHELD
from casetracker.model.dates import KnownDate
from casetracker.model.entity import Entity, values_of
from casetracker.model.fields import Choice, Day, Field, Number, Ref, Term, When, YesNo
from casetracker.paths import resource
from casetracker.store.exporting import OutsideIds
from casetracker.store.reader import DisclosedRecord

FORMAT, VERSION = "casetracker-export", 1
SCHEMA = "casetracker-export-1.schema.json"


def as_json(gathered: Gathered, ids: OutsideIds, about: dict[str, Any]) -> Iterator[str]:
    """Yield the pieces of the file; `about` says for whom, in what language and as of which day it is."""
    head = {"format": FORMAT, "version": VERSION, "schema": SCHEMA, **about}
    yield json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}") + ',\n "records": {'
    for place, (entity, records) in enumerate(gathered.records.items()):
        yield ("," if place else "") + f'\n  "{entity.__name__}": ['
        for at, record in enumerate(records):
            text = json.dumps(plain(record, gathered, ids), ensure_ascii=False)
            yield ("," if at else "") + f"\n   {text}"
        yield "\n  ]"
    yield "\n }\n}\n"


def plain(record: DisclosedRecord, gathered: Gathered, ids: OutsideIds) -> dict[str, Any]:
    """Return a record as JSON values."""
    said: dict[str, Any] = {"id": ids.of(record.id)}
    for name, field in values_of(record.entity).items():
        value = _value(record, name, field, gathered, ids)
        if value is not None:
            said[name] = value
    return said


def _value(record: DisclosedRecord, name: str, field: Field, gathered: Gathered, ids: OutsideIds) -> Any:
    value = record.value(name)
    if isinstance(field.kind, Ref):
        return ids.of(value) if value in gathered.ids else None
    if value is None:
        text = record.text(name)
        given = text if text != WITHHELD else ""
        return ({"text": given} if isinstance(field.kind, When) else given) if given else None
    return _written(value)


def _written(value: Any) -> Any:
    if isinstance(value, KnownDate):
        said = {"edtf": value.edtf, "words": value.words, "text": value.text()}
        return {key: text for key, text in said.items() if text}
    if isinstance(value, Enum):
        return value.name
    return value.isoformat() if isinstance(value, dt.date) else value


# The schema


def schema() -> dict[str, Any]:
    """Return the JSON Schema of the format, from the descriptions of the fields."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "casetracker export",
        "description": "Records of a casebook as one audience may see them. A field that is withheld, or of "
        "which nothing is known, is absent.",
        "type": "object",
        "required": ["format", "version", "audience", "language", "as_of", "records"],
        "properties": {
            "format": {"const": FORMAT},
            "version": {"const": VERSION},
            "schema": {"type": "string"},
            "audience": {"type": "string", "description": "Who may read it."},
            "language": {"type": "string", "description": "The language of dates in words and of places."},
            "as_of": {"type": "string", "format": "date"},
            "release": {"type": "string", "description": "The number in the register of what was given out."},
            "records": {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    e.__name__: {"type": "array", "items": {"$ref": f"#/$defs/{e.__name__}"}}
                    for e in ENTITIES
                },
            },
        },
        "$defs": {"date": _DATE, **{e.__name__: _of_entity(e) for e in ENTITIES}},
    }


_DATE = {
    "type": "object",
    "description": "A date as exactly as it is known: EDTF (ISO 8601-2), the words in which it was told, and "
    "the text for readers. Where only a part may be told there is the text alone.",
    "properties": {name: {"type": "string"} for name in ("edtf", "words", "text")},
    "additionalProperties": False,
}


def _list_of(entity: type[Entity]) -> dict[str, Any]:
    return {"type": "array", "items": {"$ref": f"#/$defs/{entity.__name__}"}}


def _of_entity(entity: type[Entity]) -> dict[str, Any]:
    described = {"id": {"type": "string"}}
    return {
        "type": "object",
        "title": entity.singular,
        "required": ["id"],
        "additionalProperties": False,
        "properties": described | {name: _of_field(f) for name, f in values_of(entity).items()},
    }


def _of_field(field: Field) -> dict[str, Any]:
    kind, said = field.kind, {"title": field.label}
    if isinstance(kind, When):
        return {**said, "$ref": "#/$defs/date"}
    if isinstance(kind, Choice):
        return {**said, "enum": [option.name for option in kind.options]}
    if isinstance(kind, Term):
        return {**said, "type": "string", "description": f"A code of the list “{kind.vocabulary}”."}
    if isinstance(kind, Ref):
        return {**said, "type": "string", "description": f"The id of a {kind.target}."}
    if isinstance(kind, Day):
        return {**said, "type": "string", "format": "date"}
    plainly = {YesNo: "boolean", Number: "integer"}
    return {**said, "type": plainly.get(type(kind), "string")}


if __name__ == "__main__":
    published = resource("schemas") / SCHEMA
    published.parent.mkdir(exist_ok=True)
    published.write_text(json.dumps(schema(), ensure_ascii=False, indent=1) + "\n", "utf-8")
