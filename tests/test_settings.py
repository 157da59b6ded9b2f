"""What is remembered between two runs, and what a damaged file does to it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from casetracker import settings
from casetracker.settings import MOST_RECENT, NAME, Settings, load, save


def test_what_was_saved_is_read_again(tmp_path: Path) -> None:
    chosen = Settings(recent=["/a/Бюро"], window_width=1200, window_height=800, window_maximised=True)

    assert save(chosen, tmp_path / "new folder")

    assert load(tmp_path / "new folder") == chosen
    assert [each.name for each in (tmp_path / "new folder").iterdir()] == [NAME]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in another way")
def test_nobody_else_may_read_them(tmp_path: Path) -> None:
    save(Settings(), tmp_path)

    assert (tmp_path / NAME).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"recent"', "\x00\xff"])
def test_a_damaged_file_is_as_none(tmp_path: Path, text: str) -> None:
    (tmp_path / NAME).write_bytes(text.encode("latin-1"))

    assert load(tmp_path) == Settings()


WRONG = [
    {"recent": "a"}, {"recent": [1]}, {"window_width": "wide"}, {"window_width": True},
    {"window_height": -1}, {"window_maximised": 1}, {"window_width": 1e9},
]  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG)
def test_one_wrong_value_does_not_spoil_the_others(tmp_path: Path, wrong: dict[str, object]) -> None:
    good = {"recent": ["x"], "window_width": 900, "window_height": 700, "unknown": 1}
    (tmp_path / NAME).write_text(json.dumps(good | wrong), "utf-8")

    read = load(tmp_path)

    (name,) = wrong
    assert getattr(read, name) == getattr(Settings(), name)
    assert {n: getattr(read, n) for n in ("recent", "window_width", "window_height") if n != name} == {
        n: v for n, v in good.items() if n not in (name, "unknown")
    }


def test_the_last_one_opened_stands_first_and_once() -> None:
    known = Settings()
    for number in range(MOST_RECENT + 2):
        known.opened(Path(f"book{number}").absolute())
    known.opened(Path("book5").absolute())

    assert [Path(each).name for each in known.recent[:2]] == ["book5", f"book{MOST_RECENT + 1}"]
    assert len(known.recent) == len(set(known.recent)) == MOST_RECENT


def test_recent_casebooks_can_be_forgotten() -> None:
    known = Settings(recent=["a", "b"])
    known.forget("a")
    assert known.recent == ["b"]
    known.forget()
    assert known.recent == []
    known.remember_recent = False
    known.opened(Path("c"))
    assert known.recent == []


def test_a_folder_that_cannot_be_written_is_no_reason_to_stop(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")

    assert not save(Settings(), tmp_path / "file")


def test_a_failed_write_leaves_the_former_settings_and_no_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(Settings(window_width=900), tmp_path)

    def full(*_args: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(settings.json, "dump", full)

    assert not save(Settings(window_width=1000), tmp_path)
    assert load(tmp_path).window_width == 900
    assert [each.name for each in tmp_path.iterdir()] == [NAME]
