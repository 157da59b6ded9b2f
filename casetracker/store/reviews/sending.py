"""Sending a review: the version that is shown is frozen with its hash, and only withdrawn."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from casetracker import i18n
from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.model import Case, Family, Person, Review, ReviewCase, User, UserFamily
from casetracker.model.confidentiality import Audience, Use
from casetracker.model.people.user import Role
from casetracker.model.work.review import ReviewState, ReviewWay
from casetracker.store import family_file, portraits
from casetracker.store.draft import Draft
from casetracker.store.edit import REF_LETTERS
from casetracker.store.reader import DisclosedRecord, Reader
from casetracker.store.reviews import packet as packets
from casetracker.store.reviews import statements
from casetracker.store.reviews.packet import CONSENT, PHOTOGRAPH, STATEMENT, Item, Packet, PacketCase
from casetracker.store.reviews.statements import At
from casetracker.store.store import Store

# The uses that a family is asked about anew; that the office keeps the case is asked when it is taken down.
USES = (Use.K2, Use.K3, Use.K4, Use.K5, Use.K6, Use.K7, Use.K8, Use.K9, Use.K10, Use.K12)


@dataclass(frozen=True)
class ReviewWanted:
    """A review that is to be sent. `user_id` is the representative's, where it goes in the program."""

    family_id: str
    case_ids: tuple[str, ...]
    way: ReviewWay
    language: str
    addressee: str
    user_id: str = ""


@dataclass(frozen=True)
class Addressee:
    """Somebody to whom a review can be sent."""

    name: str
    user_id: str = ""  # empty: no user of the casebook


def addressees(store: Store, family_id: str) -> list[Addressee]:
    """Return who may answer for a family: its representatives among the users, then the family's own."""
    users = (
        sa.select(User.id, User.name)
        .join(UserFamily, UserFamily.user_id == User.id)
        .where(UserFamily.family_id == family_id, User.role == Role.REPRESENTATIVE, User.left.is_(None))
    )
    with store.reader() as reader:
        found = [Addressee(name, user_id) for user_id, name in reader.rows(users.order_by(User.name))]
        family = reader.get(Family, family_id)
        keys = ("representative_id", "petitioner_id") if family else ()
        people = [person for key in keys if family and (person := family.value(key))]
        found += [Addressee(reader.name(person)) for person in people]
    return list(dict.fromkeys(found))


def cases_to_ask(store: Store, family_id: str) -> list[tuple[str, str, str, str]]:
    """Return the cases of a family: id, reference, name, and why the family may not read it, or ""."""
    query = sa.select(Case.id).where(Case.family_id == family_id).order_by(Case.ref)
    with store.reader() as office, store.reader(Audience.FAMILY) as reader:
        return [
            (c.id, c.text("ref"), statements.name_of(c, office), reader.refusal(c.id))
            for c in office.many(Case, office.ids(query))
        ]


def send(store: Store, wanted: ReviewWanted, office: str = "") -> str:
    """Freeze what a family is asked, and write down to whom it goes; return the id of the review.

    One action that can be undone as long as nobody answered. Raises `UserError` if there is nothing to ask.
    """
    if not wanted.addressee.strip():
        raise UserError(tr(N_("Say to whom the review is sent.")))
    store.require_writable()
    ref = _new_ref(store)
    with i18n.language(wanted.language), store.reader(Audience.FAMILY) as reader:
        packet = _packet(reader, wanted, ref, office)
    content = packet.content()
    if len(content.encode()) > packets.LARGEST:
        raise UserError(tr(N_("This is too much for one review; send fewer cases or photographs at once.")))
    draft = Draft(Review, values=_values(store, wanted, ref, content), children={"cases": [], "answers": []})
    for case in packet.cases:
        draft.add("cases", case_id=case.case_id)
    with store.edit(tr(N_("Send the review {ref}"), ref=ref)) as edit:
        return edit.write(draft)


def withdraw(store: Store, review_id: str, reason: str) -> None:
    """Take a review back that nobody answered; answers that still come are refused."""
    draft = store.draft(Review, review_id)
    if draft.values["state"] is not ReviewState.SENT:
        raise UserError(tr(N_("This review is answered or withdrawn already.")))
    draft.values |= {
        "state": ReviewState.WITHDRAWN,
        "withdrawn": store.today(),
        "withdrawn_reason": reason.strip()[:300] or None,
    }
    with store.edit(tr(N_("Withdraw the review {ref}"), ref=draft.values["ref"])) as edit:
        edit.write(draft)


def packet_of(store: Store, review_id: str) -> Packet:
    """Return what was sent, with its places in the records. Raises `UserError` if it is gone or altered."""
    with store.reader() as reader:
        review = reader.get(Review, review_id)
        if review is None:
            raise UserError(tr(N_("This record is no longer there; it may have been deleted or undone.")))
        return read_kept(review)


def tampered(store: Store) -> list[str]:
    """Return the ids of reviews whose content no longer has the hash under which it was sent."""
    query = sa.select(Review.id, Review.content, Review.digest)
    with store.reading() as session:
        return [
            id_
            for id_, content, digest in session.execute(query)
            if packets.digest(content) != digest and '"erased":true' not in content
        ]


def read_kept(review: DisclosedRecord) -> Packet:
    """Return what a review holds. UserError if it no longer has the hash under which it was sent.

    One from which somebody was erased says so of itself, and the audit log does too.
    """
    content, digest = review.text("content"), review.text("digest")
    kept = packets.read_packet(content, digest)
    if packets.digest(content) != digest and '"erased":true' not in content:
        raise UserError(tr(N_("What was sent with this review was altered afterwards; send a new one.")))
    return kept


def _values(store: Store, wanted: ReviewWanted, ref: str, content: str) -> dict[str, object]:
    family = store.draft(Family, wanted.family_id).values
    return {
        "ref": ref,
        "family_id": wanted.family_id,
        "person_id": family["representative_id"] or family["petitioner_id"],
        "user_id": wanted.user_id or None,
        "addressee": wanted.addressee.strip()[:300],
        "way": wanted.way,
        "language": wanted.language,
        "sent": store.today(),
        "sent_by": store.who,
        "content": content,
        "digest": packets.digest(content),
        "state": ReviewState.SENT,
    }


def _new_ref(store: Store) -> str:
    with store.reading() as session:
        known = set(session.scalars(sa.select(Review.ref)))
    while True:
        ref = f"{Review.ref_prefix}-" + "".join(secrets.choice(REF_LETTERS) for _ in range(4))
        if ref not in known:
            return ref


def _packet(reader: Reader, wanted: ReviewWanted, ref: str, office: str) -> Packet:
    numbers = iter(range(1, packets.MOST_ITEMS + 1))
    cases = []
    for case_id in wanted.case_ids:
        case = reader.get(Case, case_id)
        if case is None or case.value("family_id") != wanted.family_id:
            why = reader.refusal(case_id) or tr(N_("it is none of this family."))
            raise UserError(tr(N_("A case cannot be sent to this family: {why}"), why=why))
        try:
            items = tuple(_items(case, reader, numbers))
        except RuntimeError:  # the numbers ran out
            raise UserError(tr(N_("This is too much for one review; send fewer cases at once."))) from None
        names = reader.names(case.value("person_id"))
        main = statements.best_name(names) or case.text("ref")
        others = tuple(name for name in names if name != main)
        cases.append(PacketCase(case.text("ref"), main, others, items, case_id))
    if not cases:
        raise UserError(tr(N_("Choose at least one case.")))
    sent = reader.as_of.isoformat()
    return Packet(ref, "", wanted.language, sent, wanted.addressee.strip()[:300], office[:300], tuple(cases))


def _items(case: DisclosedRecord, reader: Reader, numbers: Iterable[int]) -> Iterable[Item]:
    taken = iter(numbers)
    for s in statements.of_case(case):
        long = statements.is_long(s.at)
        yield Item(next(taken), STATEMENT, s.group, s.label, s.text, long, at=s.at, mark=s.mark)
    person = case.ref("person_id")
    if person and (picture := portraits.portrait_of(person)):
        at = At(Person.__name__, person.id, ("portraits",))
        label = tr(N_("May this photograph be shown outside the office?"))
        yield Item(next(taken), PHOTOGRAPH, tr(N_("Photograph")), label, "", False, picture, at)
    agreed = family_file.agreed_uses(reader, case)
    yes, no = tr(N_("so far: agreed")), tr(N_("so far: not agreed"))
    for use in USES:
        at = At("Consent", use.name, ())
        said = yes if use in agreed else no
        yield Item(next(taken), CONSENT, tr(N_("What the office may do")), tr(use.value), said, at=at)


def waiting_for(reader: Reader, case_ids: Iterable[str]) -> str:
    """Return the newest review that waits for an answer about one of these cases; "" if none does."""
    query = sa.select(Review.id).join(ReviewCase, ReviewCase.review_id == Review.id)
    query = query.where(ReviewCase.case_id.in_(list(case_ids)), Review.state == ReviewState.SENT)
    return next(iter(reader.ids(query.order_by(Review.sent.desc(), Review.ref).limit(1))), "")


@dataclass(frozen=True)
class Mine:
    """A review that the user of this session is to answer."""

    id: str
    packet: Packet


def of_user(store: Store) -> list[Mine]:
    """Return the reviews that wait for the user of this session, the oldest first."""
    query = sa.select(Review.id).where(
        Review.user_id == store.rights.user_id, Review.state == ReviewState.SENT, Review.user_id != ""
    )
    with store.reader() as reader:  # the views over the tables of a representative say what there is
        found = reader.many(Review, reader.ids(query.order_by(Review.sent, Review.ref)))
        return [Mine(review.id, read_kept(review)) for review in found]
