"""The open package: read by people and by other programs, and brought back equal to the last field."""

from __future__ import annotations

import html.parser
import io
import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import pyzipper
from hypothesis import given, settings
from sqlalchemy.orm import Session

from casetracker import i18n
from casetracker.errors import Damaged, TooNew, UserError, WrongPassphrase
from casetracker.example import EXAMPLE_DAY, USER
from casetracker.example.build import build
from casetracker.exchange.export import Exported, Wanted, export
from casetracker.exchange.package import contents, locked_zip, reading
from casetracker.jobs import Cancelled, Silent
from casetracker.model import Person
from casetracker.model.confidentiality import Audience
from casetracker.store import documents, packing, unpacking
from casetracker.store.audit import verifying
from casetracker.store.casebook import Casebook, create_casebook, open_casebook
from casetracker.store.evidence import Evidence
from casetracker.store.opening import store_of
from casetracker.store.search import search
from casetracker.store.store import Store
from tests.books.plans import Plan, plans
from tests.conftest import Office_
from tests.store.sample import CHEAP, LOOSE, PASSPHRASE
from tests.test_random_casebooks import _DRAWN, written

LOCK = "rano muso goza dopu tera suma levo"


def give(store: Store, out: Path, audience: Audience = Audience.INTERNAL, **more: Any) -> Exported:
    return export(store, Wanted("package", audience, passphrase=LOCK, **more), out)


def back(package: Path, target: Path, lock: str = LOCK) -> unpacking.Unpacked:
    return reading.bring_back(package, lock, target, PASSPHRASE, kdf=CHEAP, bounds=LOOSE)


def rows(session: Session) -> dict[str, list[packing.Row]]:
    return {table: list(packing.rows_of(session, table)) for table in packing.tables()}


def inside(package: Path) -> dict[str, bytes]:
    """Return the files of a package as another program reads them."""
    with pyzipper.AESZipFile(package) as outer:
        outer.setpassword(LOCK.encode())
        whole = zipfile.ZipFile(io.BytesIO(outer.read("package.zip")))
    return {name: whole.read(name) for name in whole.namelist()}


def remade(package: Path, files: dict[str, bytes]) -> None:
    """Write a package of these files, as somebody could who knows its passphrase."""
    with locked_zip.writing(package, LOCK) as archive:
        for name, content in files.items():
            archive.writestr(name, content, zipfile.ZIP_DEFLATED)


@pytest.fixture(scope="module")
def office_book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Casebook, Store]]:
    """The example as a casebook on disk, with a document."""
    folder = tmp_path_factory.mktemp("office")
    book, _ = create_casebook(folder / "a", PASSPHRASE, USER, kdf=CHEAP, bounds=LOOSE)
    store = store_of(book, today=lambda: EXAMPLE_DAY)
    build(store)
    (folder / "Хат.txt").write_text("Айгүлдің хаты", "utf-8")
    documents.take_in(store, [folder / "Хат.txt"], {})
    yield book, store
    book.close()


@pytest.fixture(scope="module")
def package(office_book: tuple[Casebook, Store], tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("package") / "all.zip"
    assert give(office_book[1], out).notes == ()
    return out


def test_the_example_comes_back_equal_to_field_link_file_and_history(
    office_book: tuple[Casebook, Store], tmp_path: Path
) -> None:
    book, store = office_book
    out = tmp_path / "all.zip"
    with store.reading() as session:
        before = rows(session)
    give(store, out)
    made = back(out, tmp_path / "b")
    with open_casebook(made.folder, PASSPHRASE, bounds=LOOSE) as again:
        with Session(again.engine) as session:
            after = rows(session)
            assert verifying.verify(session).breaks == []
            kept = packing.documents_of(session)
        assert again.id == book.id
    # What giving it out wrote itself came after the rows were read.
    assert {t for t in before if before[t] != after[t]} == set()
    assert sum(map(len, before.values())) == made.rows > 2500
    assert made.documents == len(kept) >= 3
    for document in kept:
        content = Evidence(made.folder).content(document.kept_at, document.key)
        assert content == Evidence(book.folder).content(document.kept_at, document.key)
        assert (made.folder / "evidence" / document.kept_at).read_bytes() == (
            book.folder / "evidence" / document.kept_at
        ).read_bytes()


def test_what_came_back_is_sound_and_worked_with(package: Path, tmp_path: Path) -> None:
    made = back(package, tmp_path / "b")
    assert made.notes == []
    with open_casebook(made.folder, made.code, bounds=LOOSE) as again:
        assert again.check() == []
        store = store_of(again)
        assert store.who == USER
        assert store.rights.manages_users
        assert search(store, "kunbolat")
        Office_(store).case("Айдос Беріков")
        store.undo()


@settings(_DRAWN, max_examples=2)
@given(plans(papers=1))
def test_casebooks_drawn_at_random_come_back_equal(template: Path, plan: Plan) -> None:
    with written(template, plan) as book:
        folder = book.folder
        with book.store.reading() as session:
            before = rows(session)
        give(book.store, folder / "all.zip")
        made = back(folder / "all.zip", folder / "b")
        with open_casebook(made.folder, PASSPHRASE, bounds=LOOSE) as again, Session(again.engine) as session:
            assert rows(session) == before
            assert verifying.verify(session).breaks == []
            for document in packing.documents_of(session):
                assert not Evidence(made.folder).problem(document.kept_at, document.key, document.sha256)


def test_an_empty_casebook_gives_up_its_place_and_a_used_one_does_not(package: Path, tmp_path: Path) -> None:
    empty, _ = create_casebook(tmp_path / "b", PASSPHRASE, "Dana", kdf=CHEAP, bounds=LOOSE)
    store_of(empty)
    empty.close()
    made = back(package, tmp_path / "b.casebook")
    assert made.folder == empty.folder
    assert [path.name for path in tmp_path.iterdir()] == ["b.casebook"]
    keys = (made.folder / "keys.json").read_bytes()
    with pytest.raises(UserError, match="of its own"):
        back(package, made.folder)
    assert (made.folder / "keys.json").read_bytes() == keys


def test_no_table_is_forgotten(store: Store) -> None:
    """What does not go along is said by name: a new table goes along, or somebody decides."""
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    with store.reading() as session:
        there = set(session.connection().exec_driver_sql(query).scalars())
    of_the_search = {name for name in there if name.startswith("text_word")}
    assert there - set(packing.tables()) - of_the_search == {
        *("alembic_version", "kept_draft", "found_texts", "name_keys"),
    }


# What people and programs find in it


def test_other_programs_see_one_nameless_entry(package: Path) -> None:
    assert zipfile.ZipFile(package).namelist() == ["package.zip"]
    raw = package.read_bytes()
    assert b"index.html" not in raw
    assert "Айгүл".encode() not in raw


def test_pages_need_nothing_from_outside_and_links_lead_somewhere(package: Path) -> None:
    files = inside(package)
    manifest = json.loads(files["manifest.json"])
    assert set(manifest["files"]) == set(files) - {"manifest.json"}
    pages = {name: content.decode() for name, content in files.items() if name.endswith(".html")}
    assert "Qunanbai" in pages["index.html"] or "CT-29EN" in pages["index.html"]
    for name, text in pages.items():
        seen = _Links()
        seen.feed(text)
        assert "script" not in seen.tags
        assert "http" not in text.replace("http-equiv", "")
        folder = name.rpartition("/")[0]
        for link in seen.links:
            path = link.removeprefix("../") if link.startswith("../") else f"{folder}/{link}".lstrip("/")
            assert path.replace("%20", " ") in files or any(path in _quoted(f) for f in files), link


def _quoted(name: str) -> str:
    from urllib.parse import quote

    return quote(name)


class _Links(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for key, value in attrs if key in {"href", "src"}]


def test_names_are_escaped_and_pages_are_in_the_language_asked_for(
    store: Store, office: Office_, tmp_path: Path
) -> None:
    office.case("<script>alert(1)</script> & Co", request='"><img src=x>')
    give(store, tmp_path / "a.zip", language="ru")
    text = inside(tmp_path / "a.zip")["index.html"].decode()
    assert "<script>" not in text
    assert "&lt;script&gt;" in text
    assert '<html lang="ru">' in text
    with i18n.language("ru"):
        assert i18n.tr("Cases") in text


def test_a_package_for_others_holds_neither_rows_nor_files_and_is_no_casebook(
    office_book: tuple[Casebook, Store], tmp_path: Path
) -> None:
    give(office_book[1], tmp_path / "p.zip", Audience.PARTNER)
    names = set(inside(tmp_path / "p.zip"))
    assert not [n for n in names if n.startswith(("casebook/", "files/"))]
    assert {"index.html", "records.json", "manifest.json"} <= names
    with pytest.raises(UserError, match="other readers"):
        back(tmp_path / "p.zip", tmp_path / "b")
    assert [path.name for path in tmp_path.iterdir()] == ["p.zip"]


# What can be wrong with it


def test_bad_packages_are_named_and_leave_nothing(package: Path, tmp_path: Path) -> None:
    whole = package.read_bytes()
    bad = tmp_path / "bad.zip"
    for content, error in (
        (whole[:-40], Damaged),
        (whole[: len(whole) // 2], Damaged),
        (whole[:5000] + bytes([whole[5000] ^ 1]) + whole[5001:], Damaged),
        (b"no zip at all", locked_zip.NotAPackage),
    ):
        bad.write_bytes(content)
        with pytest.raises(error):
            back(bad, tmp_path / "b")
    with pytest.raises(WrongPassphrase):
        back(package, tmp_path / "b", "another one")
    assert [path.name for path in tmp_path.iterdir()] == ["bad.zip"]


def _with(package: Path, target: Path, name: str, content: bytes, *, fitting: bool) -> Path:
    files = inside(package)
    files[name] = content
    if fitting:
        manifest = json.loads(files["manifest.json"])
        from hashlib import sha256

        manifest["files"][name] = {"size": len(content), "sha256": sha256(content).hexdigest()}
        files["manifest.json"] = json.dumps(manifest).encode()
    remade(target, files)
    return target


def test_what_was_changed_inside_is_found(package: Path, tmp_path: Path) -> None:
    files = inside(package)
    table = files["casebook/persons.jsonl"]
    bad = tmp_path / "bad.zip"
    _with(package, bad, "casebook/persons.jsonl", table.replace(b"1979", b"1978"), fitting=False)
    with reading.opened(bad, LOCK, Silent()) as opened, pytest.raises(Damaged, match="persons"):
        list(opened.pieces("casebook/persons.jsonl"))
    _with(package, bad, "casebook/persons.jsonl", b"\n".join(table.splitlines()[1:]) + b"\n", fitting=True)
    with pytest.raises(Damaged, match="cannot be read"):  # somebody points at who is gone
        back(bad, tmp_path / "b")
    paper = next(name for name in files if name.startswith("files/"))
    remade(bad, files | {paper: files[paper] + b"x"})
    with pytest.raises(Damaged, match="not whole"):
        back(bad, tmp_path / "b")
    assert [path.name for path in tmp_path.iterdir()] == ["bad.zip"]


def test_a_log_that_was_written_anew_is_said(package: Path, tmp_path: Path) -> None:
    log = inside(package)["casebook/audit_actions.jsonl"].splitlines()
    row = json.loads(log[5])
    log[5] = json.dumps(row | {"who": "Somebody else"}).encode()
    bad = _with(
        package, tmp_path / "bad.zip", "casebook/audit_actions.jsonl", b"\n".join(log) + b"\n", fitting=True
    )
    assert "does not hold" in " ".join(back(bad, tmp_path / "b").notes)


def test_newer_ones_and_bombs_are_not_read(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = inside(package)
    bad = tmp_path / "bad.zip"
    newer = json.loads(files["manifest.json"]) | {"version": contents.VERSION + 1}
    remade(bad, files | {"manifest.json": json.dumps(newer).encode()})
    with pytest.raises(TooNew):
        back(bad, tmp_path / "b")
    origin = json.loads(files["casebook/origin.json"]) | {"revision": "9999"}
    _with(package, bad, "casebook/origin.json", json.dumps(origin).encode(), fitting=True)
    with pytest.raises(TooNew):
        back(bad, tmp_path / "b")
    _with(package, bad, "casebook/persons.jsonl", b" " * 50_000_000, fitting=True)
    with pytest.raises(Damaged, match="fill the memory"):
        back(bad, tmp_path / "b")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10, 10, 1000))  # type: ignore[attr-defined]
    with pytest.raises(UserError, match="room"):
        back(package, tmp_path / "b")
    assert [path.name for path in tmp_path.iterdir()] == ["bad.zip"]


class Impatient:
    """Somebody who stops at the n-th step."""

    def __init__(self, steps: int) -> None:
        self.left = steps

    def step(self, done: int, total: int, what: str = "") -> None:
        self.left -= 1
        if self.left < 0:
            raise Cancelled


@pytest.mark.parametrize("steps", [0, 3, 40, 300])
def test_stopping_leaves_nothing(
    office_book: tuple[Casebook, Store], package: Path, tmp_path: Path, steps: int
) -> None:
    wanted = Wanted("package", Audience.INTERNAL, passphrase=LOCK)
    with pytest.raises(Cancelled):
        export(office_book[1], wanted, tmp_path / "a.zip", progress=Impatient(steps))
    if steps < 50:
        with pytest.raises(Cancelled):
            reading.bring_back(
                package, LOCK, tmp_path / "b", PASSPHRASE, Impatient(steps), kdf=CHEAP, bounds=LOOSE
            )
    assert list(tmp_path.iterdir()) == []


def test_a_weak_passphrase_and_who_may_not_take_everything(
    store: Store, office: Office_, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.case()
    with pytest.raises(UserError, match="guessed"):
        export(store, Wanted("package", Audience.INTERNAL, passphrase="too short"), tmp_path / "a.zip")
    from casetracker.model.people.user import Role
    from casetracker.store.rights import Rights

    monkeypatch.setattr(store, "rights", Rights(Role.CASE_WORKER))
    with pytest.raises(UserError, match="administrator"):
        give(store, tmp_path / "a.zip")
    assert list(tmp_path.glob("a.zip*")) == []


def test_a_document_that_is_gone_already_is_said_on_both_sides(tmp_path: Path) -> None:
    book, _ = create_casebook(tmp_path / "a", PASSPHRASE, USER, kdf=CHEAP, bounds=LOOSE)
    with book:
        store = store_of(book)
        (tmp_path / "x.txt").write_text("a letter")
        documents.take_in(store, [tmp_path / "x.txt"], {})
        for path in (book.folder / "evidence").rglob("*.cta"):
            path.unlink()
        Office_(store).person("Айгүл")
        Office_(store).case()
        done = give(store, tmp_path / "a.zip")
        assert "x.txt" in done.notes[0]
        with store.reader() as reader:
            people = len(list(reader.all(Person)))
    assert "1 document" in back(tmp_path / "a.zip", tmp_path / "b").notes[0]
    assert people == 3
