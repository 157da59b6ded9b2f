"""The vocabulary of fields: what a description says, and that nobody forgets to say the danger."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from casetracker.i18n import language
from casetracker.model import fields as f
from casetracker.model.confidentiality import Sensitivity
from casetracker.model.detention.case import Stage
from casetracker.model.entity import Entity

MAKERS = {
    "text": lambda *a: f.text("What", *a),
    "long_text": lambda *a: f.long_text("What", *a),
    "day": lambda *a: f.day("What", *a),
    "yes_no": lambda *a: f.yes_no("What", *a),
    "number": lambda *a: f.number("What", *a),
    "choice": lambda *a: f.choice(Stage, "What", *a),
    "ref": lambda *a: f.ref("Person", "persons", "What", *a),
    "when": lambda *a: f.when("what", "What", *a),
    "children": lambda *a: f.children("Person", "What", *a),
}


@pytest.mark.parametrize("kind", MAKERS)
def test_a_field_about_whose_danger_nobody_thought_does_not_import(kind: str) -> None:
    with pytest.raises(TypeError, match="sensitivity"):

        class Thoughtless(Entity):
            __tablename__ = "thoughtless"
            what: Mapped[str | None] = MAKERS[kind]()

    assert MAKERS[kind](Sensitivity.NOTES) is not None
    assert "thoughtless" not in Entity.metadata.tables


def test_what_is_needed_is_named_in_the_sentence_when_it_is_missing() -> None:
    field = f.Field(f.Text(), "Name in full", Sensitivity.NAME, required=True)

    assert "Name in full" in field.check(None)
    assert "Name in full" in field.check("")
    assert "Name in full" in field.check(" \n")
    assert field.check("Айгүл") == ""


def test_nothing_is_a_value_like_any_other_where_it_is_allowed() -> None:
    assert f.Field(f.Number(), "Days", Sensitivity.OPEN).check(None) == ""
    assert f.Field(f.Number(), "Days", Sensitivity.OPEN, required=True).check(0) == ""
    assert f.Field(f.YesNo(), "Paid", Sensitivity.OPEN, required=True).check(value=False) == ""


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (f.Text(), "ә" * 300),
        (f.LongText(), "ә" * 100_000),
        (f.Number(), 0),
        (f.Number(), 2**31 - 1),
    ],
)
def test_what_the_column_holds_is_accepted(kind: f.Kind, value: object) -> None:
    assert kind.check(value) == ""


@pytest.mark.parametrize(("kind", "value"), [(f.Text(), "ә" * 301), (f.Number(), -1), (f.Number(), 2**31)])
def test_what_the_column_cannot_hold_is_refused_with_a_sentence(kind: f.Kind, value: object) -> None:
    assert kind.check(value).endswith(".")


@pytest.mark.parametrize("text", ["three", "-1", "1.5", "1,5"])
def test_what_is_no_whole_number_is_refused_with_what_was_typed(text: str) -> None:
    with pytest.raises(ValueError, match="whole number") as refused:
        f.Number().parse(text)

    assert text in str(refused.value)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (f.Text(), "Айгүл"),
        (f.LongText(), "one\n\ntwo"),
        (f.Number(), 43_200),
        (f.YesNo(), True),
        (f.YesNo(), False),
        (f.Choice(Stage), Stage.ACTIVE),
        (f.Text(), None),
        (f.Number(), None),
        (f.YesNo(), None),
        (f.Choice(Stage), None),
    ],
)
@pytest.mark.parametrize("code", ["en", "qps"])
def test_what_is_written_is_read_back_in_every_language(kind: f.Kind, value: object, code: str) -> None:
    with language(code):
        assert kind.parse(kind.format(value)) == value


def test_thousands_may_be_typed_apart() -> None:
    assert f.Number().parse("43 200") == 43_200
    assert f.Number().parse("43\u00a0200") == 43_200


def test_a_day_is_read_in_iso_form_and_written_in_words() -> None:
    assert f.Day().parse("2021-10-25") == dt.date(2021, 10, 25)
    assert f.Day().format(dt.date(2021, 10, 25)) == "25 October 2021"
    assert f.Day().parse(" ") is None


def test_every_reference_is_indexed_and_checked_at_commit() -> None:
    column = f.ref("Person", "persons", "Who", Sensitivity.OPEN).column
    (key,) = column.foreign_keys

    assert column.index
    assert (key.deferrable, key.initially) == (True, "DEFERRED")


def test_a_choice_is_kept_by_its_name_in_a_plain_column() -> None:
    type_ = f.choice(Stage, "Stage", Sensitivity.OPEN).column.type

    assert isinstance(type_, sa.Enum)
    assert not type_.native_enum
    assert type_.length == 40
