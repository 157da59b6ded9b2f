"""The office's certificate to make known: a page with its fingerprint to print, and the file for programs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from casetracker.i18n import N_, current, tr
from casetracker.leaving import part_file
from casetracker.model.dates import KnownDate
from casetracker.reports import pdf
from casetracker.reports.blocks import Block, Cover, Facts, Heading, Para, Strong, Table
from casetracker.store.certificates import Certificate

GROUPS_A_LINE = 4


def make(path: Path, certificate: Certificate) -> None:
    """Write the page as a PDF; raises `UserError` where the disk is in the way."""
    pdf.write(blocks(certificate), path, title=tr(N_("Certificate of the office")), language=current())


def write_certificate(certificate: Certificate, path: Path) -> None:
    """Write the certificate, without any key, as others load it into their programs (X.509 in DER)."""
    with part_file.writing(path) as part:
        part.write_bytes(certificate.der)


def lines_of(fingerprint: str) -> list[list[str]]:
    """Return the groups of a fingerprint in lines, as they are printed and read out."""
    groups = fingerprint.split()
    return [groups[at : at + GROUPS_A_LINE] for at in range(0, len(groups), GROUPS_A_LINE)]


def as_text(certificate: Certificate, today: dt.date) -> str:
    """Say the certificate in lines."""
    lines = [tr(N_("Certificate of “{office}”"), office=certificate.office)]
    lines += [" ".join(line) for line in lines_of(certificate.fingerprint)]
    return "\n".join([*lines, until(certificate, today)])


def until(certificate: Certificate, today: dt.date) -> str:
    """Say until when papers can be signed with it."""
    day = KnownDate.on(certificate.until).text()
    if certificate.over(today):
        return tr(N_("It ended on {day}; renew it, and the fingerprint stays the same."), day=day)
    if certificate.ends_soon(today):
        return tr(N_("It ends on {day}; renew it, and the fingerprint stays the same."), day=day)
    return tr(N_("Papers can be signed with it until {day}."), day=day)


def advice() -> list[str]:
    """Return how those who get signed papers use it, a sentence each."""
    return [
        tr(
            N_(
                "Papers of this office can bear a signature. Programs that open PDFs say whether a signed "
                "paper was changed, and with which certificate it was signed."
            )
        ),
        tr(
            N_(
                "They call the signature unknown, because no authority vouches for this certificate. Compare "
                "its fingerprint (SHA-256) with the one on this sheet."
            )
        ),
        tr(
            N_(
                "Anybody can make a certificate that bears this name. Only the fingerprint cannot be made "
                "twice. Take it from us by hand, or from where we made it known, not from a paper itself."
            )
        ),
    ]


def blocks(certificate: Certificate) -> Iterator[Block]:
    """Yield the page as blocks."""
    yield Cover(tr(N_("Certificate of the office")), subtitle=certificate.office)
    made, ends = (KnownDate.on(day).text() for day in (certificate.made, certificate.until))
    yield Facts(((tr(N_("Made on")), made), (tr(N_("Signs until")), ends)))
    yield Heading(tr(N_("Fingerprint (SHA-256)")))
    rows = tuple(tuple(Strong(group) for group in line) for line in lines_of(certificate.fingerprint))
    yield Table(("",) * GROUPS_A_LINE, rows, widths=(1,) * GROUPS_A_LINE)
    for sentence in advice():
        yield Para(sentence)
