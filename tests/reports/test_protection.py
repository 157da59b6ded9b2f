"""A paper that is locked, signed, or both: it opens where it should, and every change is noticed."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import random
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import sqlalchemy as sa
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pypdf import PdfReader

from casetracker.errors import ReadOnly, UserError
from casetracker.model import Release
from casetracker.model.confidentiality import Audience
from casetracker.model.people.user import Role
from casetracker.reports import pdf, report_named
from casetracker.reports.blocks import Para
from casetracker.reports.make import ReleaseWanted, Wanted, make
from casetracker.reports.protection import Protection, new_password, password_problem
from casetracker.reports.signature import State, signed
from casetracker.reports.verify import Verdict, verify
from casetracker.store import certificates, meta, upgrade
from casetracker.store.audit.accesses import accesses
from casetracker.store.audit.verifying import verify as audit_verify
from casetracker.store.certificates import Certificate
from casetracker.store.engine import open_engine
from casetracker.store.history import AuditChange
from casetracker.store.rights import NotAllowed, Rights
from casetracker.store.store import Store
from tests.conftest import KEY, TODAY, Office_

OFFICE = "Бюро родственников"
PASSWORD = "bako timu sena"
WANTED = Wanted(report_named("case"), Audience.OFFICIAL)


@pytest.fixture
def certificate(store: Store) -> Certificate:
    return certificates.make(store, f" {OFFICE} ")


def given(store: Store, out: Path, protection: Protection) -> bytes:
    release = ReleaseWanted("Office of the Commissioner", protect=protection)
    return make(store, WANTED, out, release=release).read_bytes()


@pytest.fixture
def paper(store: Store, office: Office_, certificate: Certificate, tmp_path: Path) -> bytes:
    """A signed paper of one case."""
    office.case("Бақытжан Нұрланұлы")
    return given(store, tmp_path / "given.pdf", Protection(key=certificates.signing_key(store)))


# The password


def test_a_locked_paper_opens_with_its_password_only(store: Store, office: Office_, tmp_path: Path) -> None:
    office.case("Бақытжан Нұрланұлы")
    data = given(store, tmp_path / "given.pdf", Protection(PASSWORD))

    for wrong in ("", "another one"):
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(io.BytesIO(data), password=wrong)
        with pytest.raises(pypdfium2.PdfiumError):
            pypdfium2.PdfDocument(data, password=wrong)
    with pikepdf.open(io.BytesIO(data), password=PASSWORD) as read:
        how = read.encryption
        assert (how.R, how.bits, how.stream_method.name, how.string_method.name) == (6, 256, "aesv3", "aesv3")
        assert read.check_pdf_syntax() == []
    words = pypdfium2.PdfDocument(data, password=PASSWORD)[0].get_textpage().get_text_range()
    assert "Бақытжан Нұрланұлы" in words
    assert "Нұрланұлы".encode("utf-16-be") not in data
    assert b"Case summary" not in data


def test_the_register_knows_a_locked_paper(store: Store, office: Office_, tmp_path: Path) -> None:
    office.case()
    data = given(store, tmp_path / "given.pdf", Protection(PASSWORD))

    with store.reader() as reader:
        (line,) = reader.all(Release)
        assert line.value("digest") == hashlib.sha256(data).hexdigest()
        with pikepdf.open(io.BytesIO(data), password=PASSWORD) as read:
            assert line.value("pages") == len(read.pages)
    assert verify(store, tmp_path / "given.pdf").verdict is Verdict.GENUINE


@pytest.mark.parametrize(
    ("password", "why"),
    [("short", "12 characters"), ("пароль из слов", "Latin"), ("aaaaaaaaaaaaaa", "repeats"),
     ("abcdefgh" * 16, "at most 127"), (" bako timu sena", "Latin")],
)  # fmt: skip
def test_a_password_that_will_not_do(
    store: Store, office: Office_, tmp_path: Path, password: str, why: str
) -> None:
    office.case()
    assert why in password_problem(password)
    with pytest.raises(UserError, match=why):
        given(store, tmp_path / "given.pdf", Protection(password))
    assert not list(tmp_path.glob("given*"))
    with store.reader() as reader:
        assert not list(reader.all(Release))


def test_offered_passwords_are_many_and_good() -> None:
    offered = {new_password() for _ in range(200)}

    assert len(offered) == 200
    assert all(
        re.fullmatch(r"([bdfgklmnprstvz][aeiou]){2}( ([bdfgklmnprstvz][aeiou]){2}){4}", p) for p in offered
    )
    assert {password_problem(p) for p in offered} == {""}


# The certificate


def test_the_certificate_names_the_office_and_nobody_else(store: Store, certificate: Certificate) -> None:
    assert certificate.office == OFFICE
    assert re.fullmatch(r"([0-9A-F]{4} ){15}[0-9A-F]{4}", certificate.fingerprint)
    assert hashlib.sha256(certificate.der).hexdigest().upper() == certificate.fingerprint.replace(" ", "")
    assert store.who.encode() not in certificate.der
    assert certificate.until - TODAY > dt.timedelta(days=700)
    assert not certificate.ends_soon(TODAY)


def test_to_renew_keeps_the_fingerprint(store: Store, office: Office_, paper: bytes, tmp_path: Path) -> None:
    first = certificates.current(store)
    assert first is not None
    later = first.until + dt.timedelta(days=1)
    store.today = lambda: later
    assert first.over(later)
    with pytest.raises(UserError, match="ended on"):
        certificates.signing_key(store)

    renewed = certificates.renew(store)

    assert renewed.fingerprint == first.fingerprint
    assert renewed.until > later
    new = given(store, tmp_path / "new.pdf", Protection(key=certificates.signing_key(store)))
    for data in (paper, new):
        found = signed(data, certificates.known(store))
        assert found is not None
        assert (found.state, found.ours) == (State.INTACT, True)


def test_another_certificate_takes_the_place_of_the_first(store: Store, paper: bytes) -> None:
    first = certificates.current(store)
    second = certificates.make(store, "Another name")

    assert certificates.current(store) == second
    assert [c.office for c in certificates.known(store)] == ["Another name", OFFICE]
    assert first is not None
    assert first.fingerprint != second.fingerprint
    found = signed(paper, certificates.known(store))
    assert found is not None
    assert found.ours


@pytest.mark.parametrize(("name", "why"), [(" ", "the name of the office"), ("x" * 65, "too long")])
def test_a_name_that_will_not_do(store: Store, name: str, why: str) -> None:
    with pytest.raises(UserError, match=why):
        certificates.make(store, name)
    assert certificates.known(store) == []


def test_the_log_says_it_was_made_and_holds_no_key(store: Store, certificate: Certificate) -> None:
    """Nor does undo bring it back, or take it away."""
    certificates.renew(store)

    with store.reading() as session:
        assert not session.query(AuditChange).count()
        told = session.execute(sa.select(accesses.c.what, accesses.c.detail)).all()
        assert audit_verify(session).breaks == []
    assert [tuple(row) for row in told] == [("CERTIFIED", certificate.fingerprint)] * 2
    with pytest.raises(UserError, match="nothing to undo"):
        store.undo()


def test_one_who_only_reads_makes_none(store: Store) -> None:
    store.read_only = "It is open elsewhere."
    with pytest.raises(ReadOnly):
        certificates.make(store, OFFICE)


def test_the_certificate_is_made_by_administrators(store: Store, database: Path) -> None:
    certificates.make(store, OFFICE)
    engine = open_engine(database, KEY)
    worker = Store(engine, "M. Dauletova", today=lambda: TODAY, rights=Rights(Role.CASE_WORKER))
    reading = Store(engine, "S. Omar", today=lambda: TODAY, rights=Rights(Role.READ_ONLY))

    for change in (certificates.renew, lambda one: certificates.make(one, "Another")):
        for one in (worker, reading):
            with pytest.raises(NotAllowed):
                change(one)
    assert certificates.signing_key(worker).key
    with pytest.raises(NotAllowed):
        certificates.signing_key(reading)
    engine.dispose()


def test_without_a_certificate_nothing_is_signed(store: Store) -> None:
    with pytest.raises(UserError, match="no certificate"):
        certificates.signing_key(store)
    with pytest.raises(UserError, match="no certificate"):
        certificates.renew(store)


# The signature


def test_a_signed_paper_opens_everywhere_without_a_warning(paper: bytes, tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(paper)) as read:
        assert read.check_pdf_syntax() == []
    assert "Бақытжан Нұрланұлы" in pypdfium2.PdfDocument(paper)[0].get_textpage().get_text_range()
    for program, *words in (["pdfsig"], ["pdftotext", "-q"]):
        if found := shutil.which(program):
            said = subprocess.run(
                [found, *words, str(tmp_path / "given.pdf")], capture_output=True, check=False
            )
            assert said.stderr == b""
            if program == "pdfsig":
                assert b"Signature is Valid" in said.stdout
                assert b"Total document signed" in said.stdout
                assert b"ETSI.CAdES.detached" in said.stdout


def test_a_signature_names_the_office_only(store: Store, paper: bytes) -> None:
    read = PdfReader(io.BytesIO(paper))
    (field,) = (f for f in (read.get_fields() or {}).values() if f["/FT"] == "/Sig")
    signature = field["/V"]

    assert set(signature) == {"/Type", "/Filter", "/SubFilter", "/Contents", "/ByteRange", "/M"}
    assert signature["/M"].endswith("Z")  # the zone of this computer stays here
    assert set(read.metadata or {}) == {"/Title"}
    assert "/Metadata" not in read.trailer["/Root"]
    for word in (store.who, "pyHanko"):
        for code in ("utf-8", "utf-16-be"):
            assert word.encode(code) not in paper
            assert word.encode(code).hex().encode() not in paper.lower()


def test_a_signature_is_added_behind_the_paper(store: Store, certificate: Certificate) -> None:
    bare = pdf.to_bytes((Para("Nothing to see."),), title="Paper", language="en")

    assert Protection(key=certificates.signing_key(store))(bare).startswith(bare)


def flipped(data: bytes, seed: int, count: int) -> Iterator[bytes]:
    """The file with one bit turned, each time at another place of what is signed."""
    chance = random.Random(seed)
    found = re.search(rb"/ByteRange\s*\[\s*(\d+) (\d+) (\d+) (\d+)", data)
    assert found
    _, first, start, last = map(int, found.groups())
    for _ in range(count):
        at = chance.randrange(first + last)
        changed = bytearray(data)
        changed[at if at < first else start + at - first] ^= 1 << chance.randrange(8)
        yield bytes(changed)


def accepted(data: bytes, seed: int, count: int, ours: list[Certificate], password: str = "") -> int:
    states = (signed(each, ours, password) for each in flipped(data, seed, count))
    return sum(found is not None and found.state is State.INTACT for found in states)


@pytest.mark.parametrize(("password", "flips"), [("", 300), (PASSWORD, 60)])
def test_no_turned_bit_of_a_dossier_is_accepted(
    store: Store, office: Office_, certificate: Certificate, password: str, flips: int, tmp_path: Path
) -> None:
    office.meeting(office.case("Бақытжан Нұрланұлы"))
    key = certificates.signing_key(store)
    wanted = Wanted(report_named("dossier"), Audience.OFFICIAL)
    release = ReleaseWanted("Commissioner", protect=Protection(password, key))
    data = make(store, wanted, tmp_path / "dossier.pdf", release=release).read_bytes()

    ours = certificates.known(store)
    found = signed(data, ours, password)
    assert found is not None
    assert (found.state, found.ours) == (State.INTACT, True)
    assert accepted(data, 2, flips, ours, password) == 0


def test_what_is_added_after_the_signature_is_noticed(store: Store, paper: bytes) -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(paper))
    writer.root["/Remark"] = generic.TextStringObject("added")
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)

    for changed in (out.getvalue(), paper + b"\n% a remark\n"):
        found = signed(changed, certificates.known(store))
        assert found is not None
        assert (found.state, found.ours) == (State.CHANGED, False)


def test_locked_and_signed(store: Store, office: Office_, certificate: Certificate, tmp_path: Path) -> None:
    office.case("Бақытжан Нұрланұлы")
    path = tmp_path / "given.pdf"
    data = given(store, path, Protection(PASSWORD, certificates.signing_key(store)))

    with pikepdf.open(io.BytesIO(data), password=PASSWORD) as read:
        assert read.encryption.R == 6
        assert read.check_pdf_syntax() == []
    assert pypdfium2.PdfDocument(data, password=PASSWORD)[0].get_textpage().count_chars() > 100
    if program := shutil.which("pdfsig"):
        said = subprocess.run([program, "-upw", PASSWORD, str(path)], capture_output=True, check=False)
        assert b"Signature is Valid" in said.stdout
        assert said.stderr == b""
    assert "with the certificate of this office" in verify(store, path, PASSWORD).sentence
    bare = verify(store, path)
    assert (bare.verdict, bare.locked, bare.signature) == (Verdict.GENUINE, True, None)


# Verifying


def test_a_signed_paper_is_verified(store: Store, paper: bytes, tmp_path: Path) -> None:
    found = verify(store, tmp_path / "given.pdf")

    assert found.verdict is Verdict.GENUINE
    assert found.signature is not None
    assert found.signature.ours
    assert found.sentence.endswith(
        f"It is signed with the certificate of this office, “{OFFICE}”, and not changed since."
    )


def test_a_changed_paper_says_so(store: Store, paper: bytes, tmp_path: Path) -> None:
    path = tmp_path / "given.pdf"
    path.write_bytes(paper + b"\n% a remark\n")

    found = verify(store, path)

    assert found.verdict is Verdict.ALTERED
    assert found.sentence.endswith("something in it was changed or added after it was signed.")


def test_a_signature_of_somebody_else_is_not_ours(
    store: Store, office: Office_, certificate: Certificate, tmp_path: Path
) -> None:
    """Not even under our name, and with our certificate laid beside theirs."""
    path = tmp_path / "other.db"
    upgrade.create_tables(path, KEY, lambda connection: meta.write_identity(connection, "1" * 32))
    engine = open_engine(path, KEY)
    other = Store(engine, "B. Omar", today=lambda: TODAY)
    theirs = certificates.make(other, OFFICE)
    key = certificates.signing_key(other)
    engine.dispose()
    bare = pdf.to_bytes((Para("Nothing to see."),), title="Paper", language="en")

    for root, shown in ((key.root, theirs.fingerprint), (certificate.der, None)):
        found = signed(Protection(key=replace(key, root=root))(bare), [certificate])
        assert found is not None
        assert (found.state, found.office, found.ours) == (State.INTACT, OFFICE, False)
        assert found.fingerprint != certificate.fingerprint
        assert found.fingerprint == (shown or certificates.fingerprint(key.signer))
        assert found.fingerprint in found.sentence


def test_a_locked_paper_that_was_changed(store: Store, office: Office_, tmp_path: Path) -> None:
    office.case()
    path = tmp_path / "given.pdf"
    path.write_bytes(given(store, path, Protection(PASSWORD)) + b"\n% a remark\n")

    assert verify(store, path).verdict is Verdict.UNKNOWN
    assert "with its password more can be said" in verify(store, path).sentence
    assert verify(store, path, PASSWORD).verdict is Verdict.ALTERED
    with pytest.raises(UserError, match="does not open"):
        verify(store, path, "another one")


@pytest.mark.parametrize("data", [b"", b"no PDF at all", b"%PDF-1.5\n1 0 obj\n<<>>\n"])
def test_what_is_no_paper_bears_no_signature(store: Store, data: bytes) -> None:
    assert signed(data, certificates.known(store)) is None


def test_no_network_is_asked(store: Store, certificate: Certificate, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither for the time nor for a list of certificates that were taken back."""

    def refused(*_: object) -> None:
        raise AssertionError("a connection was opened")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    bare = pdf.to_bytes((Para("Nothing to see."),), title="Paper", language="en")
    data = Protection(PASSWORD, certificates.signing_key(store))(bare)

    found = signed(data, certificates.known(store), PASSWORD)
    assert found is not None
    assert found.ours
