"""Reminders go out for what is overdue only; a family reads of itself, and not who else told the office."""

from __future__ import annotations

import datetime as dt

from casetracker.jobs import Silent
from casetracker.model import Appeal, Case
from casetracker.model.confidentiality import Audience, Use
from casetracker.reports import report_named
from casetracker.reports.blocks import texts
from casetracker.reports.report import Scope
from casetracker.store.store import Store
from tests.conftest import Office_


def printed(store: Store, name: str, audience: Audience, *case_ids: str) -> str:
    """Return all that a paper says."""
    with store.reader(audience) as reader:
        blocks = report_named(name).build(reader, Scope(case_ids), Silent())
        return "\n".join(text for block in blocks for text in texts(block))


def appeal(store: Store, office: Office_, case: str, subject: str, sent: dt.date, due: dt.date) -> None:
    draft = store.draft(Appeal)
    draft.values |= {"subject": subject, "office_id": office.office(), "sent": sent, "extended_until": due}
    draft.add("cases", case_id=case, asked="where he is held")
    store.save(draft)


def test_only_what_is_overdue_is_reminded_of(store: Store, office: Office_) -> None:
    one, other = office.case("Бақытжан Нұрланұлы"), office.case("Серік Оспанұлы")
    appeal(store, office, one, "A question long due", dt.date(2021, 6, 1), dt.date(2021, 8, 2))
    appeal(store, office, other, "A question put off", dt.date(2021, 6, 1), dt.date(2021, 12, 2))

    everything = printed(store, "reminder", Audience.OFFICIAL)

    assert "A question long due" in everything
    assert "A question put off" not in everything
    assert "None of the chosen cases" in printed(store, "reminder", Audience.OFFICIAL, other)


def test_a_family_reads_of_itself_and_not_who_else_told(store: Store, office: Office_) -> None:
    uses = (Use.K0, Use.K3)
    own = office.case("Бақытжан Нұрланұлы", consent=uses)
    office.case("Серік Оспанұлы", consent=uses)
    draft = store.draft(Case, own)
    draft.add("sources", label="A guard of the camp", person_id=office.person("Жасырын Куәұлы"))
    store.save(draft)

    text = printed(store, "family-file", Audience.FAMILY, own)

    assert "Бақытжан Нұрланұлы" in text
    assert "Серік Оспанұлы" not in text
    assert "guard" not in text
    assert "Жасырын" not in text
