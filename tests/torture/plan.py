"""Where each of the twenty-five tests of the plan is, and how far it goes: the second half of results.md."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[2]

# What the plan asks for; where it is ("part: …" is a line above); what is less than the plan wants, or "".
TESTS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("500 kills during saves", ("tests/torture/kills.py",), ""),
    (
        "10,000 power cuts, control without syncing",
        ("tests/torture/power.py",),
        "1,000 cuts, in 20 workloads",
    ),
    ("200 runs on a full disk", ("tests/torture/full.py", "tests/store/test_engine.py"), ""),
    ("a kill at every statement of every migration", ("tests/torture/kills.py",), "every tenth statement"),
    (
        "10,000 changed bits in records, slots, documents",
        ("tests/torture/damage.py", "tests/store/test_sealed_vectors.py"),
        "1,000",
    ),
    (
        "1,000 wrong passphrases, 1,000 bent slot files",
        ("tests/torture/nonsense.py", "tests/store/test_keyslots.py"),
        "50 wrong passphrases; 10,000 bent files",
    ),
    (
        "after the lock nothing is left in memory",
        ("tests/ui/test_program.py", "tests/ui/test_locking.py"),
        "the process that held the key ends and leaves no image; memory is not scanned",
    ),
    ("Argon2id: bounds, vectors", ("tests/store/test_keyslots.py",), "its time is not tested, only its work"),
    (
        "the hunt for plain text",
        ("tests/test_no_plaintext.py", "tests/store/test_engine.py", "tests/ui/test_no_names_outside.py"),
        "some hundred marks, not 10,000",
    ),
    ("200 kills while keys change", ("tests/torture/kills.py", "tests/store/test_rekey.py"), ""),
    (
        "leaks in papers: 11 ways, 3 scripts",
        ("tests/reports/test_planted.py", "tests/test_random_casebooks.py"),
        "",
    ),
    ("1,000 photographs without a byte of metadata", ("tests/reports/test_images.py",), ""),
    (
        "100,000 bent files to take in",
        ("tests/torture/nonsense.py", "tests/exchange/test_import.py"),
        "10,000 for each of twelve parsers",
    ),
    ("10,000 bent documents of strangers", ("tests/torture/strangers.py", "tests/store/test_looking.py"), ""),
    (
        "10,000 attacks on the audit log",
        ("tests/torture/tampering.py", "tests/store/test_audit_chain.py"),
        "2,000",
    ),
    ("an old file put in place of the new one", ("tests/store/test_audit_chain.py",), "a few, not 100"),
    ("10,000 turned bits of signed papers", ("tests/reports/test_protection.py",), "360"),
    ("TLS", (), "the program opens no server"),
    ("rights on a server", ("tests/test_roles.py",), "the program opens no server; roles in a casebook"),
    ("role and audience by field", ("tests/test_confidentiality.py", "tests/test_roles.py"), ""),
    (
        "backups are opened and compared",
        ("tests/store/test_backups.py", "tests/torture/kills.py"),
        "on Linux only",
    ),
    ("many who write at once", ("tests/store/test_concurrency.py",), "seconds, not an hour"),
    (
        "a second reader",
        ("tests/store/test_second_reader.py", "tests/store/second_reader.py"),
        "",
    ),
    (
        "where the parts come from; no network",
        ("requirements.lock", "tests/store/test_engine.py", "tests/reports/test_protection.py"),
        "sockets are watched where papers are signed",
    ),
    ("mutation testing of the walls", (), "mistakes were put in by hand; there is no number"),
)


def lines() -> list[str]:
    """Return the table of the plan."""
    said = [
        "## The twenty-five tests of the plan",
        "",
        "Where each is, and what is less than planned.",
        "",
        "| | test | where | less than planned |",
        "|---|---|---|---|",
    ]
    for number, (what, where, less) in enumerate(TESTS, 1):
        places = "<br>".join(f"`{place}`" for place in where) or "–"
        said.append(f"| {number} | {what} | {places} | {less} |")
    return [*said, ""]
