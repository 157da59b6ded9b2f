"""How much memory a dossier takes: made in a process of its own, which tells its pages and its peak.

python -m tests.benchmarks.paper_memory CASEBOOK CASES draw|all
"""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

_TELL = "pages and kilobytes:"


def in_a_child(book: Path, cases: int, part: str) -> tuple[int, int]:
    """Return the pages of a dossier of so many cases, and the peak of a process that made it (kB)."""
    command = [sys.executable, "-m", "tests.benchmarks.paper_memory", str(book), str(cases), part]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    (line,) = [line for line in done.stdout.splitlines() if line.startswith(_TELL)]
    pages, kilobytes = line.removeprefix(_TELL).split()
    return int(pages), int(kilobytes)


def main(words: list[str]) -> int:
    """Make the dossier; with "draw" the blocks of twelve cases are drawn over and over, without records."""
    import pypdf

    from casetracker.model.confidentiality import Audience
    from casetracker.reports import dossier, make, pdf
    from casetracker.reports.blocks import Block, Section
    from casetracker.reports.report import Scope
    from tests.benchmarks import papers
    from tests.benchmarks.measure import opened

    folder, cases, part = Path(words[0]), int(words[1]), words[2]
    with opened(folder) as (_, store):
        size = cases if part == "all" else 12
        scope = Scope(meeting_id=papers._meeting(store, size))
        if part == "all":
            data = make.preview(store, make.Wanted(dossier.REPORT, Audience.OFFICIAL, scope=scope))
        else:
            one = papers._blocks(store, scope)
            start = next(n for n, block in enumerate(one) if isinstance(block, Section) and block.new_page)

            def again() -> Iterator[Block]:
                for _ in range(max(cases // 12, 1)):
                    yield from one[start:]

            data = pdf.to_bytes(again(), title="Dossier", language="en")
        print(_TELL, len(pypdf.PdfReader(io.BytesIO(data)).pages) if cases < 100 else _count(data), _peak())
    return 0


def _count(data: bytes) -> int:
    """Count pages without unpacking the file, which would count as memory of ours."""
    return data.count(b"/Type /Page\n") + data.count(b"/Type /Page ")


def _peak() -> int:
    """Return the most memory that this process ever held, in kB."""
    if sys.platform == "win32":
        import ctypes
        from ctypes import wintypes

        class Counters(ctypes.Structure):
            _fields_ = [("cb", wintypes.DWORD), ("faults", wintypes.DWORD), ("peak", ctypes.c_size_t)] + [
                (f"more{n}", ctypes.c_size_t) for n in range(7)
            ]

        held = Counters()
        held.cb = ctypes.sizeof(held)
        process = ctypes.windll.kernel32.GetCurrentProcess()
        ctypes.windll.psapi.GetProcessMemoryInfo(process, ctypes.byref(held), held.cb)
        return int(held.peak) // 1024
    if (status := Path("/proc/self/status")).exists():  # getrusage also counts what the parent held
        (line,) = [line for line in status.read_text("ascii").splitlines() if line.startswith("VmHWM:")]
        return int(line.split()[1])
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // 1024 if sys.platform == "darwin" else most


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
