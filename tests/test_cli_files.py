"""The command that matches the photographs and statements of a folder to cases."""

from __future__ import annotations

import json
from pathlib import Path

from tests.test_cli_export import Run, casebook, run

__all__ = ["casebook", "run"]  # fixtures


def test_files_are_matched_tried_out_and_taken_in(run: Run, casebook: Path, tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    words = ("export", casebook, "--format", "json", "--audience", "internal", "--no-register")
    run(*words, "--out", tmp_path / "all.json")
    held = json.loads((tmp_path / "all.json").read_text("utf-8"))["records"]
    refs = [str(record.get("ref")) for records in held.values() for record in records]
    ref = next(ref for ref in refs if ref.startswith("CT-"))
    (folder / f"{ref}.txt").write_text("seen in 2018")
    (folder / "nobody at all.txt").write_text("nothing")
    code, said, _ = run("import", casebook, folder, "--dry-run", "--json")
    told = json.loads(said)
    assert (code, told["written"], told["taken_in"]) == (1, False, 0)
    assert {f["file"]: f["sure"] for f in told["files"]} == {f"{ref}.txt": True, "nobody at all.txt": False}
    (folder / "nobody at all.txt").unlink()
    code, said, _ = run("import", casebook, folder, "--files")
    assert code == 0
    assert "→" in said
    assert "1 document added." in said
    code, said, _ = run("import", casebook, folder, "--json")
    assert (code, json.loads(said)["known"]) == (0, [f"{ref}.txt"])


def test_an_empty_folder_is_said(run: Run, casebook: Path, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    code, _, complained = run("import", casebook, tmp_path / "none")
    assert code == 1
    assert "There is no file in “none”." in complained
