"""What came from partner offices, by which ids they know it, and what they confirmed to have received."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy.orm import Mapped

from casetracker.i18n import N_
from casetracker.model import fields as f
from casetracker.model.attached import Attached
from casetracker.model.confidentiality import Sensitivity as S  # noqa: N817 - stands on every line
from casetracker.model.entity import Entity


class ReceivedBundle(Entity):
    """A bundle of cases that another office sent and this one took in; it is taken in once."""

    __tablename__ = "received_bundles"
    singular, plural, page = N_("Bundle of a partner"), N_("Bundles of partners"), False
    named_by: ClassVar[tuple[str, ...]] = ("office_name", "number")

    number: Mapped[str] = f.text(N_("Number at the partner"), S.NOTES, required=True, index=True)
    office: Mapped[str] = f.text(N_("Id of the partner's casebook"), S.NOTES, required=True)
    office_name: Mapped[str | None] = f.text(N_("Partner"), S.NOTES)
    digest: Mapped[str] = f.text(N_("Hash (SHA-256)"), S.NOTES, required=True)
    received: Mapped[dt.date] = f.day(N_("Received on"), S.NOTES, required=True)
    by: Mapped[str] = f.text(N_("Received by"), S.NOTES, required=True)
    notes: Mapped[str | None] = f.long_text(N_("What fitted nowhere"), S.NOTES)


class ForeignRecord(Attached):
    """By which id a partner's casebook knows a record, and what it said of it last.

    What a partner said before and what was decided about it then is not asked again.
    """

    __tablename__ = "foreign_records"
    singular, plural, page = N_("Id at a partner"), N_("Ids at partners"), False
    named_by: ClassVar[tuple[str, ...]] = ("foreign_id",)

    office: Mapped[str] = f.text(N_("Id of the partner's casebook"), S.NOTES, required=True)
    foreign_id: Mapped[str] = f.text(N_("Id there"), S.NOTES, required=True, index=True)
    said: Mapped[str | None] = f.long_text(N_("What was said last"), S.NOTES, found=False)


class ReleaseReceipt(Entity):
    """That a partner confirmed to have received a bundle that this office gave out."""

    __tablename__ = "release_receipts"
    singular, plural, page = N_("Receipt of a partner"), N_("Receipts of partners"), False
    named_by: ClassVar[tuple[str, ...]] = ("received_by",)

    release_id: Mapped[str] = f.ref("Release", "releases", N_("Release"), S.NOTES, required=True)
    received: Mapped[dt.date] = f.day(N_("Received on"), S.NOTES, required=True)
    received_by: Mapped[str | None] = f.text(N_("Received by"), S.NOTES)
    noted: Mapped[dt.date] = f.day(N_("Receipt came on"), S.NOTES, required=True)
