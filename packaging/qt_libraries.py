"""Look for the shared libraries of the system that Qt needs on Linux, and install them where that is allowed.

The packages of Qt for Python bring Qt itself, but not what it stands on: fonts, keyboard, graphics, X11.
    --offscreen   what Qt needs without a display (tests)
    --window      what it needs for a window as well
With neither, the window's libraries are looked for only where there is a display.
On Windows and macOS there is nothing to do.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

QT_PARTS = ("Core", "Gui", "Widgets", "Svg", "Pdf", "PdfWidgets", "PrintSupport")
OFFSCREEN = ("platforms/libqoffscreen.so",)
WINDOW = ("platforms/libqxcb.so",)

# The Debian package of each library whose name does not follow from the library's own.
PACKAGES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libGLX.so.0": "libglx0",
    "libOpenGL.so.0": "libopengl0",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libSM.so.6": "libsm6",
    "libICE.so.6": "libice6",
    "libz.so.1": "zlib1g",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgobject-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libgio-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libgcc_s.so.1": "libgcc-s1",
    "libstdc++.so.6": "libstdc++6",
    "libnss3.so": "libnss3",
    "libatomic.so.1": "libatomic1",
}


def package_of(library: str) -> str:
    """Return the Debian package of a library: "libxcb-cursor.so.0" → "libxcb-cursor0"."""
    name, _, version = library.partition(".so.")
    return PACKAGES.get(library, f"{name.lower()}{version.split('.')[0]}")


def parts_of_qt(*, window: bool) -> list[Path]:
    """Return the files of Qt whose libraries matter here."""
    spec = find_spec("PySide6")
    if spec is None or spec.origin is None:
        raise SystemExit('Qt for Python is not installed here; run "make test" or "make demo".')
    folder = Path(spec.origin).parent
    bindings = [folder / f"Qt{part}.abi3.so" for part in QT_PARTS]
    plugins = [folder / "Qt" / "plugins" / name for name in (*OFFSCREEN, *(WINDOW if window else ()))]
    files = [*bindings, *plugins]
    if absent := [path.name for path in files if not path.exists()]:
        raise SystemExit(f"Qt for Python is not complete here; these are missing: {', '.join(absent)}")
    return files


def missing_for(files: list[Path]) -> list[str]:
    """Return the libraries that the system's own loader does not find for these files."""
    if shutil.which("ldd") is None:
        return []
    done = subprocess.run(["ldd", *map(str, files)], capture_output=True, text=True, check=False)
    lines = [line.split() for line in done.stdout.splitlines() if line.endswith("not found")]
    return sorted({words[0] for words in lines if words and words[1] == "=>"})


def known_to_apt(package: str) -> bool:
    """Return whether this release of the system has a package of that name."""
    command = ["apt-cache", "show", "--no-all-versions", package]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def packages_for(libraries: list[str]) -> list[str]:
    """Return what to install; newer releases renamed some packages with "t64" at the end."""
    wanted = sorted({package_of(library) for library in libraries})
    return [f"{name}t64" if known_to_apt(f"{name}t64") else name for name in wanted]


def may_install() -> list[str] | None:
    """Return what goes before a command so that it may install: nothing, "sudo", or None if it may not."""
    if os.geteuid() == 0:
        return []
    if (
        shutil.which("sudo")
        and not subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode
    ):
        return ["sudo", "-n"]
    return None


def install(libraries: list[str]) -> bool:
    """Install the packages of these libraries on Debian or Ubuntu; return whether that worked."""
    before = may_install()
    if before is None:
        return False
    subprocess.run([*before, "apt-get", "update", "-qq"], check=False)
    packages = packages_for(libraries)
    print("Installing what Qt needs:", *packages, flush=True)
    command = [*before, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install"]
    return not subprocess.run(
        [*command, "-y", "-qq", "--no-install-recommends", *packages], check=False
    ).returncode


def has_display() -> bool:
    """Return whether a window could be shown."""
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def advice(libraries: list[str]) -> str:
    """Return the one sentence that says what to do by hand."""
    if shutil.which("apt-get") is None:
        return f"Qt needs these libraries, which this system does not have: {', '.join(libraries)}"
    names = " ".join(packages_for(libraries))
    return f"Qt needs libraries that this system does not have; run: sudo apt-get install {names}"


def main(options: list[str]) -> int:
    """Return 0 if all libraries are there in the end."""
    if not sys.platform.startswith("linux"):
        return 0
    window = "--window" in options or ("--offscreen" not in options and has_display())
    files = parts_of_qt(window=window)
    missing = missing_for(files)
    if missing and shutil.which("apt-get") and install(missing):
        missing = missing_for(files)
    if missing:
        print(advice(missing), file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
