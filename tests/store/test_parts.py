"""A recovery code parted among people: k of n give it back in any order, fewer or foreign ones do not."""

from __future__ import annotations

from itertools import combinations, permutations
from pathlib import Path

import pytest
import shamir_mnemonic
from pypdf import PdfReader

from casetracker.errors import WrongPassphrase
from casetracker.reports import recovery_sheet
from casetracker.reports.recovery_sheet import Part
from casetracker.store import parts, recovery
from casetracker.store.access import Access
from casetracker.store.recovery import MistypedCode
from tests.store.sample import CHEAP, PASSPHRASE, make, reopen

# vectors.json of SLIP-0039, "Basic sharing 2-of-3 (128 bits)"
PUBLISHED = (
    "shadow pistol academic always adequate wildlife fancy gross oasis cylinder mustang wrist rescue view "
    "short owner flip making coding armed",
    "shadow pistol academic acid actress prayer class unknown daughter sweater depict flip twice unkind "
    "craft early superior advocate guest smoking",
)


def test_the_library_gives_what_was_published() -> None:
    secret = shamir_mnemonic.combine_mnemonics(PUBLISHED, b"TREZOR")
    assert secret.hex() == "b43ceb7e57a0ea8766221624d01b0864"
    with pytest.raises(shamir_mnemonic.MnemonicError):
        shamir_mnemonic.combine_mnemonics(PUBLISHED[:1], b"TREZOR")


@pytest.mark.parametrize(("needed", "of"), [(2, 2), (2, 3), (3, 5)])
def test_so_many_parts_give_the_code_back_and_fewer_do_not(needed: int, of: int) -> None:
    code, made = parts.new_parts(needed, of)
    assert len(made) == len(set(made)) == of
    assert recovery.is_code(code)
    for some in combinations(made, needed):
        assert parts.joined(" ".join(some)) == code
        assert parts.joined("\n".join(reversed(some)).upper()) == code
        assert parts.looks_like_parts(" ".join(some))
    for some in combinations(made, needed - 1):
        with pytest.raises(MistypedCode, match="more parts"):
            parts.joined(" ".join([*some, *some[:1]]))
    with pytest.raises(MistypedCode):
        parts.joined(" ".join([*made[: needed - 1], parts.new_parts(needed, of)[1][0]]))


def test_every_mistyped_word_is_noticed() -> None:
    from shamir_mnemonic.wordlist import WORDLIST

    _, made = parts.new_parts(2, 3)
    first = made[0].split()
    for place in range(parts.WORDS):
        wrong = [*first]
        wrong[place] = WORDLIST[(WORDLIST.index(first[place]) + 1) % len(WORDLIST)]
        with pytest.raises(MistypedCode):
            parts.joined(" ".join([*wrong, made[1]]))


@pytest.mark.parametrize(("needed", "of"), [(1, 3), (4, 3), (2, 10), (0, 0)])
def test_nonsense_is_refused(needed: int, of: int) -> None:
    with pytest.raises(ValueError, match="parts"):
        parts.new_parts(needed, of)


@pytest.mark.parametrize("text", ["", PASSPHRASE, "word " * 20, "академия " * 20, "academic " * 19])
def test_a_passphrase_is_not_taken_for_parts(text: str) -> None:
    assert not parts.looks_like_parts(text)


def test_parts_open_the_casebook_where_the_passphrase_is_asked_for(tmp_path: Path) -> None:
    book, old = make(tmp_path / "office")
    with book:
        access = Access(book, None, kdf=CHEAP)  # type: ignore[arg-type]
        with pytest.raises(WrongPassphrase):
            access.new_recovery_parts("not the one", 2, 3)
        made = access.new_recovery_parts(PASSPHRASE, 2, 3)
    for pair in permutations(made, 2):
        reopen(book.folder, " ".join(pair)).close()
    for secret in (made[0], f"{made[0]} {made[0]}", old):
        with pytest.raises(WrongPassphrase):
            reopen(book.folder, secret)


def test_the_sheet_of_a_part_says_which_it_is_and_its_words(tmp_path: Path) -> None:
    _, made = parts.new_parts(3, 5)
    path = tmp_path / "part.pdf"
    recovery_sheet.make_part(path, "Almaty", Part(made[1], 2, 5, 3))
    text = " ".join(page.extract_text() for page in PdfReader(path).pages)
    assert "Part 2 of 5; any 3 of them" in text
    for number, word in enumerate(made[1].split(), 1):
        assert f"{number}. {word}" in text
    assert len(PdfReader(path).pages) == 1
    assert sum(len(page.images) for page in PdfReader(path).pages) == 1
