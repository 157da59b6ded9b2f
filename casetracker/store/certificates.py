"""The office's own certificate, with which papers are signed: made here, and its private key kept only here.

There are two keys. The root is the office: its fingerprint is what the office makes known, and it stays the
same when the certificate is renewed. It signs nothing but the second one, which signs papers and lasts two
years. Both lie in a table of the encrypted casebook that is no entity: no page, paper or export reads it, and
the log says that a certificate was made, and never what is in it. Nothing else in them than the name of
the office (X.509, RFC 5280; the key usage is what PAdES asks for, ETSI EN 319 142-1).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import sqlalchemy as sa
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from sqlalchemy.orm import Session

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.model.entity import new_id
from casetracker.store.audit import chaining
from casetracker.store.audit.accesses import Access, Noted, rows
from casetracker.store.meta import certificates_table as _table
from casetracker.store.store import Store

ROOT_YEARS = 20
SIGNER_YEARS = 2
SOON = dt.timedelta(days=60)  # before it ends, the window says so
LONGEST_NAME = 64  # characters that X.509 has room for (ub-common-name)


@dataclass(frozen=True)
class Certificate:
    """What may be known of the office's certificate; `der` is the file to give to others."""

    office: str
    fingerprint: str  # SHA-256 of the root, in groups of four signs
    made: dt.date
    until: dt.date  # papers can be signed up to this day
    der: bytes = field(repr=False)
    retired: dt.date | None = None

    def over(self, day: dt.date) -> bool:
        """Whether nothing can be signed on this day."""
        return self.retired is not None or day > self.until

    def ends_soon(self, day: dt.date) -> bool:
        """Whether it is time to renew it."""
        return day > self.until - SOON


@dataclass(frozen=True)
class SigningKey:
    """What a paper is signed with, each in DER; `key` is PKCS #8 and goes nowhere but into the signing."""

    signer: bytes = field(repr=False)
    root: bytes = field(repr=False)
    key: bytes = field(repr=False)


def current(store: Store) -> Certificate | None:
    """Return the certificate with which papers are signed now; None if none was made."""
    return next((each for each in known(store) if each.retired is None), None)


def known(store: Store) -> list[Certificate]:
    """Return all certificates that this casebook ever signed with, the newest first."""
    with store.reading() as session:
        found = session.execute(
            sa.select(_table).order_by(_table.c.retired.is_not(None), _table.c.made.desc())
        )
        return [_certificate(row) for row in found]


def signing_key(store: Store) -> SigningKey:
    """Return what papers are signed with.

    Raises `UserError` if there is no certificate or it has ended, `NotAllowed` if this user writes nothing.
    """
    store.rights.require_writing()
    now = current(store)
    if now is None:
        raise UserError(tr(N_("There is no certificate to sign with yet; make one first.")))
    if now.over(store.today()):
        sentence = N_("The certificate of the office ended on {day}; renew it first.")
        raise UserError(tr(sentence, day=f"{now.until:%d.%m.%Y}"))
    with store.reading() as session:
        row = session.execute(sa.select(_table).where(_table.c.retired.is_(None))).one()
    key = serialization.load_pem_private_key(row.signer_key.encode(), None)
    packed = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return SigningKey(_der(_read(row.signer)), _der(_read(row.root)), packed)


def make(store: Store, office: str) -> Certificate:
    """Make a certificate for the office of this name; one that was there signs no more.

    It cannot be undone. Raises `UserError` if the name is missing or too long, `NotAllowed`, `ReadOnly`.
    """
    store.rights.require_certificate()
    name = " ".join(office.split())
    if not name or not name.isprintable():
        raise UserError(tr(N_("A certificate needs the name of the office, as readers know it.")))
    if len(name) > LONGEST_NAME:
        raise UserError(
            tr(N_("The name is too long for a certificate; take at most {n} signs."), n=LONGEST_NAME)
        )
    today = store.today()
    root_key = ec.generate_private_key(ec.SECP256R1())
    root = _sign(name, root_key, root_key, today, ROOT_YEARS, of_office=True)
    signer_key = ec.generate_private_key(ec.SECP256R1())
    signer = _sign(name, signer_key, root_key, today, SIGNER_YEARS, of_office=False)
    with store.unrecorded() as session:
        session.execute(sa.update(_table).where(_table.c.retired.is_(None)).values(retired=today))
        row = {"root": _pem(root), "root_key": _packed(root_key)}
        row |= {"signer": _pem(signer), "signer_key": _packed(signer_key)}
        session.execute(_table.insert().values(id=new_id(), made=today, **row))
        _note(store, session, root)
    return _there(store)


def renew(store: Store) -> Certificate:
    """Let the office sign for two more years from today, with a new key under the same fingerprint.

    Papers that were signed before stay as good as they were. Raises `UserError` if there is none to renew,
    `NotAllowed`, `ReadOnly`.
    """
    store.rights.require_certificate()
    with store.reading() as session:
        row = session.execute(sa.select(_table).where(_table.c.retired.is_(None))).one_or_none()
    if row is None:
        raise UserError(tr(N_("There is no certificate to sign with yet; make one first.")))
    today, root = store.today(), _read(row.root)
    if _later(today, SIGNER_YEARS) > root.not_valid_after_utc.date():
        raise UserError(tr(N_("This certificate is too old to be renewed; make a new one.")))
    root_key = serialization.load_pem_private_key(row.root_key.encode(), None)
    assert isinstance(root_key, ec.EllipticCurvePrivateKey)  # noqa: S101 - `make` wrote it
    signer_key = ec.generate_private_key(ec.SECP256R1())
    signer = _sign(_name(root), signer_key, root_key, today, SIGNER_YEARS, of_office=False)
    with store.unrecorded() as session:
        new = {"signer": _pem(signer), "signer_key": _packed(signer_key)}
        session.execute(sa.update(_table).where(_table.c.id == row.id).values(**new))
        _note(store, session, root)
    return _there(store)


def fingerprint(der: bytes) -> str:
    """Return the SHA-256 of a certificate in groups of four signs, to be printed and read out."""
    signs = x509.load_der_x509_certificate(der).fingerprint(hashes.SHA256()).hex().upper()
    return " ".join(signs[at : at + 4] for at in range(0, len(signs), 4))


def _there(store: Store) -> Certificate:
    found = current(store)
    assert found is not None  # noqa: S101 - it was written just now
    return found


def _note(store: Store, session: Session, root: x509.Certificate) -> None:
    """Write into the log, in the same transaction, that it was done; the keys stay out of it."""
    at = dt.datetime.now(dt.UTC).replace(tzinfo=None, microsecond=0)
    noted = Noted(Access.CERTIFIED, detail=fingerprint(_der(root)))
    chaining.note(session, store.chain, at, rows(store.who, at, [noted]))


def _sign(
    office: str,
    key: ec.EllipticCurvePrivateKey,
    by: ec.EllipticCurvePrivateKey,
    today: dt.date,
    years: int,
    *,
    of_office: bool,
) -> x509.Certificate:
    """Return a certificate for `key`, signed `by` the root: of the office itself, or of what signs for it."""
    name = x509.Name(
        [x509.NameAttribute(oid, office) for oid in (NameOID.ORGANIZATION_NAME, NameOID.COMMON_NAME)]
    )
    since = today - dt.timedelta(days=1)  # it has begun in every zone
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"), False
    )
    usage |= {"digital_signature": not of_office, "content_commitment": not of_office}
    usage |= {"key_cert_sign": of_office, "crl_sign": of_office}
    builder = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(_midnight(since))
        .not_valid_after(_midnight(_later(since, years)))
        .add_extension(x509.BasicConstraints(of_office, 0 if of_office else None), critical=True)
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if not of_office:
        above = x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key())
        builder = builder.add_extension(above, critical=False)
    return builder.sign(by, hashes.SHA256())


def _later(day: dt.date, years: int) -> dt.date:
    return day.replace(year=day.year + years, day=min(day.day, 28))


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), dt.UTC)


def _certificate(row: sa.Row[tuple[object, ...]]) -> Certificate:
    root, signer = _read(row.root), _read(row.signer)
    der = _der(root)
    until = signer.not_valid_after_utc.date()
    return Certificate(_name(root), fingerprint(der), row.made, until, der, row.retired)


def _name(certificate: x509.Certificate) -> str:
    return str(certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value)


def _read(pem: str) -> x509.Certificate:
    return x509.load_pem_x509_certificate(pem.encode())


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode()


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.DER)


def _packed(key: ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
