"""Files of a folder find their cases by number and by name, and go in together or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from casetracker.errors import UserError
from casetracker.jobs import Cancelled
from casetracker.model import Case, Document, DocumentLink, Person
from casetracker.store import documents_together
from casetracker.store.documents import evidence_of, files_of
from casetracker.store.documents_together import Meant
from casetracker.store.file_matching import propose
from casetracker.store.store import Store
from tests.conftest import Office_

PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "from the family"
    made.mkdir()
    return made


def put(folder: Path, name: str, content: bytes = b"") -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_bytes(content or PNG + name.encode())
    return path


def named(store: Store, office: Office_, *names: str) -> tuple[str, str]:
    case_id = office.case(*names)
    return case_id, str(store.draft(Case, case_id).values["ref"])


def whose(store: Store, folder: Path) -> dict[str, str]:
    """The record for which each file is taken without a question, by its name."""
    found = propose(store, files_of([folder]), folder)
    return {p.path.name: p.best.id if p.best else "" for p in found}


def test_the_number_of_the_case_tells_whose_a_file_is(store: Store, office: Office_, folder: Path) -> None:
    case_id, ref = named(store, office, "Erlan Tolegen")
    other, other_ref = named(store, office, "Дана Серік")
    put(folder, f"{ref}.jpg")
    put(folder, f"photo {ref.lower().replace('-', '_')} 2.png")
    put(folder, f"Erlan Tolegen {other_ref}.jpg")  # a number tells more than a name
    put(folder, f"{ref}/passport.png")
    put(folder, "CT-0000.jpg")
    put(folder, f"{ref}X.jpg")
    assert whose(store, folder) == {
        f"{ref}.jpg": case_id,
        f"photo {ref.lower().replace('-', '_')} 2.png": case_id,
        f"Erlan Tolegen {other_ref}.jpg": other,
        "passport.png": case_id,
        "CT-0000.jpg": "",
        f"{ref}X.jpg": "",
    }


@pytest.mark.parametrize(
    "name",
    ["Нұрлан Еркінбек фото.jpg", "Nurlan_Erkinbek-2018.png", "заявление Еркінбек Нұрлан (3).pdf",
     "نۇرلان ەركىنبەك.jpg"],
)  # fmt: skip
def test_a_name_in_any_script_tells_whose_a_file_is(
    store: Store, office: Office_, folder: Path, name: str
) -> None:
    case_id, _ = named(store, office, "Нұрлан Еркінбек")
    named(store, office, "Дана Серік")
    put(folder, name)
    assert whose(store, folder) == {name: case_id}


def test_a_chinese_spelling_is_proposed_but_not_taken_for_granted(
    store: Store, office: Office_, folder: Path
) -> None:
    case_id, _ = named(store, office, "Нұрлан Еркінбек")
    named(store, office, "Дана Серік")
    put(folder, "努尔兰·叶尔肯别克 照片.jpg")
    (found,) = propose(store, files_of([folder]), folder)
    assert ([w.id for w in found.whose], found.best) == ([case_id], None)


def test_namesakes_are_proposed_and_nobody_is_taken_for_granted(
    store: Store, office: Office_, folder: Path
) -> None:
    both = {named(store, office, "Нұрлан Еркінбек")[0] for _ in range(2)}
    put(folder, "Nurlan Erkinbek.jpg")
    put(folder, "Nurlan.jpg")
    put(folder, "IMG_2041.jpg")
    found = {p.path.stem: p for p in propose(store, files_of([folder]), folder)}
    two, one, nobody = (found[name] for name in ("Nurlan Erkinbek", "Nurlan", "IMG_2041"))
    assert {w.id for w in two.whose} == both
    assert two.best is None
    assert "choose" in two.whose[0].why
    assert one.best is None
    assert nobody.whose == []


def test_a_person_without_a_case_has_the_file(store: Store, office: Office_, folder: Path) -> None:
    person = office.person("Айгүл Мұрат")
    put(folder, "Aigul Murat.jpg")
    assert whose(store, folder) == {"Aigul Murat.jpg": person}


@pytest.fixture
def kept(store: Store, tmp_path: Path) -> Store:
    """A store with a folder for files."""
    store.folder = tmp_path / "office.casebook"
    store.folder.mkdir()
    return store


def there(store: Store) -> tuple[int, int]:
    """How many documents and how many sealed files there are."""
    with store.reading() as session:
        rows = session.scalar(sa.select(sa.func.count()).select_from(Document)) or 0
    place = (store.folder or Path()) / "evidence"
    return rows, sum(p.is_file() for p in place.rglob("*")) if place.exists() else 0


def test_files_go_in_as_one_action(kept: Store, office: Office_, folder: Path) -> None:
    case_id, _ = named(kept, office, "Erlan Tolegen")
    person = office.person("Айгүл Мұрат")
    text = b"Taken at night"
    meant = [
        Meant(put(folder, "a.png"), "Case", case_id),
        Meant(put(folder, "b.txt", text), "Case", case_id),
        Meant(put(folder, "twice.txt", text), "Case", case_id),
        Meant(put(folder, "c.png"), "Person", person),
        Meant(folder / "gone.png", "Case", case_id),
    ]
    done = documents_together.take_in(kept, meant)
    assert (len(done.new), [n for n, _ in done.known], len(done.failed)) == (3, ["twice.txt"], 1)
    assert there(kept) == (3, 3)
    with kept.reading() as session:
        query = sa.select(Document.title, Document.kind, Document.case_id).order_by(Document.title)
        assert session.execute(query).all() == [
            ("a", "photo", case_id), ("b", "testimony", case_id), ("c", "photo", None)
        ]  # fmt: skip
        assert session.execute(sa.select(DocumentLink.about, DocumentLink.about_id)).all() == [
            (Person.__name__, person)
        ]
    again = documents_together.take_in(kept, meant[:1])
    assert (again.new, again.known) == ([], [("a.png", "a")])
    kept.undo()
    assert there(kept)[0] == 0
    kept.redo()
    with kept.reading() as session:
        row = session.execute(sa.select(Document.kept_at, Document.key).where(Document.title == "b")).one()
    assert evidence_of(kept).content(*row) == text


@pytest.mark.parametrize("at", [1, 2, 5])
def test_cancelled_or_refused_nothing_of_them_is_there(
    kept: Store, office: Office_, folder: Path, at: int
) -> None:
    case_id, _ = named(kept, office, "Erlan Tolegen")
    meant = [Meant(put(folder, f"{n}.png"), "Case", case_id) for n in range(4)]

    class Stop:
        seen = 0

        def step(self, done: int, total: int, what: str = "") -> None:
            self.seen += 1
            if self.seen == at:
                raise Cancelled

    with pytest.raises(Cancelled):
        documents_together.take_in(kept, meant, Stop())
    assert there(kept) == (0, 0)


def test_a_record_that_is_gone_keeps_all_files_out(kept: Store, office: Office_, folder: Path) -> None:
    case_id, _ = named(kept, office, "Erlan Tolegen")
    meant = [Meant(put(folder, "a.png"), "Case", case_id), Meant(put(folder, "b.png"), "Case", "0" * 32)]
    with pytest.raises(UserError):
        documents_together.take_in(kept, meant)
    assert there(kept) == (0, 0)
