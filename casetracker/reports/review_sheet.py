"""Review sheet: what the office has recorded, for a family to answer: with a PDF program, or by hand.

It belongs to a review that was sent, so it is made on the page of reviews and is not among the papers that
are chosen from a list.
"""

from __future__ import annotations

from collections.abc import Iterator

from casetracker.i18n import N_, tr
from casetracker.jobs import Progress
from casetracker.leaving.formats import REVIEW_SHEET
from casetracker.model import Case, Review
from casetracker.model.confidentiality import Audience
from casetracker.model.dates import KnownDate
from casetracker.model.terms import label_of
from casetracker.reports.blocks import (
    Block,
    Cover,
    FormFields,
    Heading,
    Keep,
    Names,
    Note,
    Para,
    Picture,
    ReplyField,
    Section,
    Signature,
)
from casetracker.reports.case_pages import handling
from casetracker.reports.portraits import given as given_faces
from casetracker.reports.portraits import portrait, printable
from casetracker.reports.report import Report, Scope
from casetracker.store.reader import Reader
from casetracker.store.reviews import sending, statements
from casetracker.store.reviews.packet import CONSENT, MAY_SAY, Item, Packet, PacketCase
from casetracker.store.reviews.sheet_answers import COMMENT, FIELD, SIGNED, field_of, mark_line


def build(reader: Reader, scope: Scope, progress: Progress) -> Iterator[Block]:
    """Yield the sheet of a review: the one that is named, else the newest that waits for these cases."""
    title = tr(N_("Review sheet"))
    review_id = scope.review_id or sending.waiting_for(reader, scope.case_ids)
    review = reader.get(Review, review_id) if review_id else None
    if review is None:
        yield Cover(title, handling=handling(reader.audience))
        yield Para(tr(N_("No review waits for this family. Send one on the page “Reviews” first.")))
        return
    packet = sending.read_kept(review)
    given = reader.many(Case, [case.case_id for case in packet.cases])
    for case_now in given:  # so that what is held back, and no more, is looked for in the finished paper
        list(statements.of_case(case_now))
        portrait(case_now)
    faces = frozenset(given_faces(reader))
    yield Section(title, packet.review, "review", title, new_page=False)
    facts = (
        (tr(N_("Sent to")), packet.addressee),
        (tr(N_("The office")), packet.office),
        (tr(N_("Sent on")), KnownDate.from_edtf(packet.sent).text()),
        (tr(N_("Code")), f"{packet.review} · {packet.digest[:12]}"),
    )
    yield Cover(title, "", facts, handling(reader.audience))
    yield Para(_how())
    hidden: tuple[ReplyField, ...] = (ReplyField(FIELD, value=mark_line(packet), hidden=True),)
    known = {case.id for case in given}
    for done, case in enumerate(packet.cases):
        progress.step(done, len(packet.cases), case.ref)
        if case.case_id in known:
            yield from _case(case, hidden, faces)
            hidden = ()
    yield from _end(packet)


def _how() -> str:
    return tr(
        N_(
            "This is what the office has written down. To each line choose or underline one answer, and "
            "write beside it how it should be. Nothing is changed by itself: the office looks at each "
            "answer. What you do not want to be shared is held back at once. Fill it in with a PDF program "
            "and send the file back as it is, or print it, write by hand, and sign it."
        )
    )


def _case(case: PacketCase, hidden: tuple[ReplyField, ...], faces: frozenset[bytes]) -> Iterator[Block]:
    yield Names(case.name, case.others)
    group = ""
    for item in case.items:
        blocks: list[Block] = []
        if item.group != group:
            group = item.group
            blocks.append(Heading(group, level=3))
        if item.picture and (face := printable(item.picture)) in faces:  # not one that was taken away since
            blocks.append(Picture(face, item.label, width=32))
        blocks.append(FormFields(_title(item), (*hidden, *_fields(item))))
        hidden = ()
        yield Keep(tuple(blocks))


def _title(item: Item) -> str:
    if item.kind == CONSENT or not item.text:
        words = f"{item.label} ({item.text})" if item.text else item.label
    else:
        words = f"{item.label}: {item.text}"
    return f"{item.number}. {words}"


def _fields(item: Item) -> tuple[ReplyField, ...]:
    options = tuple((said.name, label_of(said)) for said in MAY_SAY[item.kind])
    choose = " · ".join(text for _, text in options)
    words = tr(N_("How it should be, or a remark"))
    return (
        ReplyField(field_of(item, "answer"), choose, options=options, share=0.5),
        ReplyField(field_of(item, "words"), words, lines=2 if item.long else 1, share=0.5),
    )


def _end(packet: Packet) -> Iterator[Block]:
    fields = (
        ReplyField(COMMENT, tr(N_("What else the office should know")), lines=4),
        ReplyField(SIGNED, tr(N_("Your name, in place of a signature"))),
    )
    yield Keep(
        (
            FormFields(tr(N_("At the end")), fields),
            Signature((tr(N_("Date")), tr(N_("Name")), tr(N_("Signature")))),
            Note(tr(N_("Code of this sheet: {code}"), code=f"{packet.review} · {packet.digest[:12]}")),
        )
    )


REPORT = Report(
    name=REVIEW_SHEET,
    title=N_("Review sheet"),
    about=N_("What is recorded, for a family to say what is right, what is wrong, what must not be shared."),
    audiences=(Audience.FAMILY,),
    build=build,
)
