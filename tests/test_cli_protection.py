"""Passwords, signatures and exceptions on the command line, on a small casebook."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pikepdf
import pytest
from cryptography import x509
from pypdf import PdfReader

from tests.test_cli_verify import SECRET, WHOM, casebook, give, run

__all__ = ["casebook"]

PASSWORD = "bako timu sena zuda"
HEALTH = ("--audience", "official", "--to", WHOM, "--let-through", "health")


@pytest.fixture
def password_file(tmp_path: Path) -> Path:
    path = tmp_path / "password.txt"
    path.write_text(f"{PASSWORD}\nnot this line\n", "utf-8-sig")
    return path


def text_of(paper: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(paper).pages).split())


# The password


def test_a_paper_is_locked_with_the_password_in_a_file(
    casebook: Path, tmp_path: Path, password_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paper = tmp_path / "given.pdf"
    assert give(casebook, paper, "--audience", "official", "--password-file", str(password_file)) == 0

    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(paper)
    with pikepdf.open(paper, password=PASSWORD) as read:
        assert read.encryption.R == 6
    assert PASSWORD not in "".join(capsys.readouterr())
    assert run("verify", casebook, paper) == 0


def test_a_password_that_is_piped_in_follows_the_passphrase(
    casebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CASETRACKER_PASSPHRASE")
    paper = tmp_path / "own.pdf"
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{SECRET}\n{PASSWORD}\n"))
    assert give(casebook, paper, "--audience", "internal", "--no-register", "--password-file", "-") == 0

    with pikepdf.open(paper, password=PASSWORD) as read:
        assert read.is_encrypted


def test_each_of_many_papers_is_locked(casebook: Path, tmp_path: Path, password_file: Path) -> None:
    words = ("--each", "--audience", "official", "--to", WHOM, "--password-file", str(password_file))
    folder = tmp_path / "papers"
    folder.mkdir()

    assert give(casebook, folder, *words) == 0
    (paper,) = folder.iterdir()
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(paper)


def test_a_changed_paper_is_known_with_its_password(
    casebook: Path, tmp_path: Path, password_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paper = tmp_path / "given.pdf"
    assert give(casebook, paper, "--audience", "official", "--password-file", str(password_file)) == 0
    paper.write_bytes(paper.read_bytes() + b"\n")
    capsys.readouterr()

    assert run("verify", casebook, paper, "--json") == 4
    assert json.loads(capsys.readouterr().out)["locked"] is True
    assert run("verify", casebook, paper, "--password-file", password_file) == 3


@pytest.mark.parametrize(
    ("content", "why"), [(None, "cannot be read"), ("", "first line"), ("short", "12"), ("пароль", "Latin")]
)
def test_a_password_file_that_will_not_do(
    casebook: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str | None, why: str
) -> None:
    path = tmp_path / "password.txt"
    if content is not None:
        path.write_text(content, "utf-8")

    assert give(casebook, tmp_path / "x.pdf", "--audience", "official", "--password-file", str(path)) == 1
    assert why in capsys.readouterr().err
    assert not list(tmp_path.glob("x.pdf*"))


# The signature


def test_a_certificate_is_made_shown_renewed_and_signs(
    casebook: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paper, given_out = tmp_path / "given.pdf", tmp_path / "office.cer"
    assert run("certificate", casebook) == 1
    assert give(casebook, paper, "--audience", "official", "--sign") == 1
    assert capsys.readouterr().err.count("There is no certificate to sign with yet") == 2
    assert not paper.exists()

    assert run("certificate", casebook, "--make", "Бюро родственников", "--out", given_out) == 0
    said = capsys.readouterr().out
    printed = re.findall(r"\b[0-9A-F]{4}\b", said)[:16]
    assert "Бюро родственников" in said
    assert len(printed) == 16
    assert x509.load_der_x509_certificate(given_out.read_bytes()).issuer.rfc4514_string()
    assert b"PRIVATE" not in given_out.read_bytes()

    assert run("certificate", casebook, "--renew", "--json") == 0
    assert json.loads(capsys.readouterr().out)["fingerprint"].split() == printed
    assert give(casebook, paper, "--audience", "official", "--sign") == 0
    capsys.readouterr()
    assert run("verify", casebook, paper, "--json") == 0
    signature = json.loads(capsys.readouterr().out)["signature"]
    assert (signature["state"], signature["ours"], signature["office"]) == (
        "intact",
        True,
        "Бюро родственников",
    )


# What is let through


def test_what_is_let_through_is_printed_in_the_register(casebook: Path, tmp_path: Path) -> None:
    more = ("--let-through", "birth", "--reason", "Asked by the doctor", "--by", "Aliya S.")
    assert give(casebook, tmp_path / "given.pdf", *HEALTH, *more) == 0

    assert run("report", "releases", casebook, "--audience", "internal", "--all", "--no-register",
               "--out", tmp_path / "register.pdf") == 0  # fmt: skip
    told = text_of(tmp_path / "register.pdf")
    assert told.count("Asked by the doctor") == 2
    assert told.count("Aliya S.") == 2
    assert "health" in told


def test_each_kind_may_have_its_own_reason(casebook: Path, tmp_path: Path) -> None:
    more = (
        "--reason",
        "One",
        "--by",
        "Aliya S.",
        "--let-through",
        "BIRTH",
        "--reason",
        "Two",
        "--by",
        "Nurlan",
    )
    assert give(casebook, tmp_path / "given.pdf", *HEALTH, *more) == 0

    assert run("report", "releases", casebook, "--audience", "internal", "--all", "--no-register",
               "--out", tmp_path / "register.pdf") == 0  # fmt: skip
    told = text_of(tmp_path / "register.pdf")
    assert [word in told for word in ("One", "Two", "Nurlan")] == [True] * 3


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (HEALTH, "a reason and the name"),
        ((*HEALTH, "--reason", "asked"), "a reason and the name"),
        ((*HEALTH, "--by", "Aliya S."), "a reason and the name"),
        ((*HEALTH, "--reason", " ", "--by", "Aliya S."), "a reason and the name"),
        ((*HEALTH, "--let-through", "birth", "--let-through", "place", "--reason", "a", "--reason", "b",
          "--by", "c"),
         "a reason and the name"),
        (("--audience", "official", "--reason", "asked", "--by", "Aliya S."), "--let-through"),
        (("--audience", "official", "--let-through", "contact", "--reason", "a", "--by", "b"), "birth"),
        (("--audience", "official", "--let-through", "what", "--reason", "a", "--by", "b"), "“what”"),
    ],
)  # fmt: skip
def test_nothing_is_let_through_without_a_reason_and_a_name(
    casebook: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], why: str
) -> None:
    assert give(casebook, tmp_path / "given.pdf", *words) == 2
    assert why in capsys.readouterr().err
    assert not list(tmp_path.glob("given*"))
