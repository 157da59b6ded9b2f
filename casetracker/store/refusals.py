"""A refusal outlives the record of the person who refused: without it, missing would no longer mean no.

Deleting a person takes along what the person answered. What they answered about a case that stays is the
reason why that case is not given to anybody, or no longer; another relative's yes would then open it. So a
person with such an answer is not deleted. What they refused about their own data goes with that data.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.model import Case, Consent, Person
from casetracker.model.sources.consent import Answer
from casetracker.store.history import Changed


def require_refusals_kept(session: Session, changes: Iterable[Changed]) -> None:
    """Raise `UserError` if a person is deleted whose refusal, or withdrawal, keeps a case from going out.

    Call after a flush. An answer that is taken out of the list of a case by itself was a slip of the pen.
    """
    for change in changes:
        if change.entity != Consent.__name__ or change.after is not None or change.before is None:
            continue
        told = change.before
        if told.get("answer") != Answer.REFUSES.name and told.get("withdrawn") is None:
            continue
        case = session.get(Case, told["case_id"]) if told.get("case_id") else None
        if case is not None and session.get(Person, told["person_id"]) is None:
            raise UserError(
                tr(
                    N_(
                        "This person refused or withdrew a consent about case {ref}; deleted, nobody would "
                        "know of it. Keep the person, or take the answer out of the case first."
                    ),
                    ref=case.ref,
                )
            )
