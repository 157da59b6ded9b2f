"""Signing a finished paper with the office's certificate, and telling what a signature says (PAdES B-B).

A signature names the office and nothing else: no user, no reason, no place, and no server is asked for the
time. What it says of the time is what the clock of this computer says.

pyHanko tells what changed after a signature and what of it is harmless; its own list of known problems calls
that imperfect (https://docs.pyhanko.eu/en/latest/known-issues.html). So here nothing is harmless: a file that
goes on after the signed part was changed.
"""

from __future__ import annotations

import datetime as dt
import io
import logging
from dataclasses import dataclass
from enum import Enum
from typing import Any

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.sign.validation import EmbeddedPdfSignature, validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from casetracker.i18n import N_, tr
from casetracker.store.certificates import Certificate, SigningKey, fingerprint

FIELD = "Signature"

for _name in ("pyhanko", "pyhanko_certvalidator"):  # they tell names of certificates, which no log is to hold
    logging.getLogger(_name).addHandler(logging.NullHandler())
    logging.getLogger(_name).propagate = False


class State(Enum):
    """What a signature says of the file; the value is the word for scripts."""

    INTACT = "intact"
    CHANGED = "changed"


@dataclass(frozen=True)
class Signed:
    """The signature of a paper: whether it still holds, and whose it is."""

    state: State
    office: str = ""  # as the certificate says; anybody can write anything there
    fingerprint: str = ""  # of the topmost certificate in the file
    ours: bool = False  # made with a certificate of this casebook

    @property
    def sentence(self) -> str:
        """Say it to people."""
        if self.state is State.CHANGED:
            return tr(
                N_("It bears a signature, but something in it was changed or added after it was signed.")
            )
        if self.ours:
            sentence = N_(
                "It is signed with the certificate of this office, “{office}”, and not changed since."
            )
            return tr(sentence, office=self.office)
        sentence = N_(
            "It is signed, and not changed since, but not with a certificate of this casebook: its name is "
            "“{office}”, its fingerprint {fingerprint}."
        )
        return tr(sentence, office=self.office, fingerprint=self.fingerprint)


class _Writer(IncrementalPdfFileWriter):
    """Adds to a file without writing down by which program and when: a paper says neither."""

    def _update_meta(self) -> None:
        pass


class _Signer(PdfSigner):
    """Signs with the time in UTC: the zone of this computer is nobody's business."""

    def init_signing_session(self, *args: Any, **named: Any) -> PdfSigningSession:
        session = super().init_signing_session(*args, **named)
        session.system_time = dt.datetime.now(dt.UTC).replace(microsecond=0)
        return session


def sign(data: bytes, key: SigningKey, password: str = "") -> bytes:
    """Return the PDF with a signature over all of it; `password` opens it if it is locked already."""
    signer = SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(key.signer),
        signing_key=asn1_keys.PrivateKeyInfo.load(key.key),
        cert_registry=_store_of(key.root),
    )
    writer = _Writer(io.BytesIO(data))
    if password:
        writer.encrypt(password)  # type: ignore[no-untyped-call]
    about = PdfSignatureMetadata(field_name=FIELD, subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256")
    out = io.BytesIO()
    _Signer(about, signer).sign_pdf(writer, output=out)
    return out.getvalue()


def _store_of(root: bytes) -> SimpleCertificateStore:
    found = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    found.register(asn1_x509.Certificate.load(root))
    return found


def signed(data: bytes, ours: list[Certificate], password: str = "") -> Signed | None:
    """Return what the signature of a PDF says; None if it bears none, or cannot be read at all.

    With several signatures the office's own counts, else the last. Never raises for what a file holds.
    """
    try:
        found = _all(data, ours, password)
    except Exception:  # noqa: BLE001 - the file may be anything, and pyHanko raises all sorts of errors
        return Signed(State.CHANGED) if b"/ByteRange" in data and (password or not _locked(data)) else None
    return next((each for each in found if each.ours), found[-1] if found else None)


def _all(data: bytes, ours: list[Certificate], password: str) -> list[Signed]:
    reader = PdfFileReader(io.BytesIO(data))
    if reader.encrypted and password:
        reader.decrypt(password)
    return [_one(each, ours) for each in reader.embedded_regular_signatures]


def _one(found: EmbeddedPdfSignature, ours: list[Certificate]) -> Signed:
    signer = found.signer_cert
    alone = ValidationContext(
        trust_roots=[signer], allow_fetching=False, moment=signer.not_valid_before + dt.timedelta(days=1)
    )  # whose it is does not depend on the day, nor on what else this computer trusts: see `_issued`
    status = validate_pdf_signature(found, signer_validation_context=alone)
    whole = status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    intact = status.intact and status.valid and whole
    office, top = _whose(found)
    mine = intact and any(_issued(signer, asn1_x509.Certificate.load(each.der)) for each in ours)
    return Signed(State.INTACT if intact else State.CHANGED, office, fingerprint(top.dump()), mine)


def _whose(found: EmbeddedPdfSignature) -> tuple[str, asn1_x509.Certificate]:
    """Return the name on the certificate that signed, and the topmost certificate that lies beside it."""
    signer = found.signer_cert
    above = [each for each in found.other_embedded_certs if _issued(signer, each)]
    name = str(signer.subject.native.get("common_name") or signer.subject.human_friendly)
    return name, above[0] if above else signer


def _issued(signer: asn1_x509.Certificate, above: asn1_x509.Certificate) -> bool:
    """Tell whether one certificate was really made with another: anybody can lay ours beside theirs."""
    try:
        issuer = x509.load_der_x509_certificate(above.dump())
        x509.load_der_x509_certificate(signer.dump()).verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _locked(data: bytes) -> bool:
    return b"/Encrypt" in data
