"""Whether a folder is a good place for a casebook: network drives and folders of a cloud are not.

A cloud service copies `records.db` and its `-wal` at different moments and so can make a copy that cannot be
read; what it copies lies with somebody else; and a network drive may not keep two writers apart. The lists
are data: a new service is one line.
"""

from __future__ import annotations

import ctypes
import os
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from typing import Any

from casetracker.i18n import N_, tr

# Service → how the folder names on the way to it look (compared in lower case, whole name).
CLOUDS: dict[str, str] = {
    "OneDrive": r"onedrive( - .+|-.+)?|skydrive",
    "Dropbox": r"dropbox( \(.+\))?",
    "Google Drive": r"google ?drive.*|googledrive-.+|my drive|мой диск",
    "iCloud": r"icloud ?drive.*|mobile documents|com~apple~clouddocs",
    "Yandex.Disk": r"yandex\.?disk.*|яндекс\.?диск.*",
    "Nextcloud": r"nextcloud.*|owncloud.*",
    "Mail.ru Cloud": r"облако mail(\.ru)?.*|cloud mail\.ru.*|mail\.ru cloud.*",
    "Box": r"box( sync)?|box-box",
    "MEGA": r"mega(sync)?",
    "pCloud": r"pcloud ?drive|pclouddrive",
    "Syncthing": r"syncthing",
}
NETWORK_TYPES = frozenset(
    {
        *(
            "nfs",
            "nfs3",
            "nfs4",
            "cifs",
            "smb",
            "smb2",
            "smb3",
            "smbfs",
            "afp",
            "afpfs",
            "webdav",
            "ncpfs",
            "9p",
        ),
        *("davfs", "davfs2", "sshfs", "ceph", "glusterfs", "lustre", "beegfs", "afs", "rclone"),
        *("fuse.davfs2", "fuse.sshfs", "fuse.ceph", "fuse.glusterfs", "fuse.rclone", "fuse.gvfsd-fuse"),
    }
)
_CLOUD_VARIABLES = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
_DRIVE_REMOTE = 4  # GetDriveTypeW, DRIVE_REMOTE


def place_warning(folder: Path) -> str:
    """Return a sentence that warns of this place for a casebook, or "" if nothing speaks against it."""
    path = folder.absolute()
    service = cloud_service(path) or cloud_service(_real(path)) or _cloud_of_environment(path)
    if service:
        return tr(
            N_(
                "{service} copies this folder to computers of others; take a folder that stays on this "
                "computer."
            ),
            service=service,
        )
    if is_unc(str(folder)) or is_network(path):
        return tr(N_("This folder lies on a network drive; take a folder on this computer's own disk."))
    return ""


def cloud_service(path: PurePath) -> str:
    """Return the name of the service whose folder this lies in, by the names on the way; "" if none."""
    for part in path.parts:
        for service, pattern in CLOUDS.items():
            if re.fullmatch(pattern, part.casefold()):
                return service
    return ""


def is_unc(path: str) -> bool:
    r"""Whether this is a Windows path to another computer (``\\server\share``)."""
    local = path.startswith(("\\\\?\\", "\\\\.\\")) and not path.upper().startswith("\\\\?\\UNC\\")
    return not local and path.startswith("\\\\") and bool(PureWindowsPath(path).drive)


def is_network(path: Path) -> bool:
    """Whether the nearest folder that exists is on another computer's drive; False if nobody can tell."""
    there = next((each for each in (path, *path.parents) if each.exists()), path)
    try:
        if os.name == "nt":
            return drive_is_remote(there.anchor)
        return type_at(_real(there), mounts_now()) in NETWORK_TYPES
    except (OSError, subprocess.SubprocessError, ValueError):
        return False


def drive_is_remote(root: str) -> bool:
    r"""Ask Windows about a drive such as ``Z:\``; False on other systems."""
    windows: Any = vars(ctypes).get("windll")
    return windows is not None and bool(windows.kernel32.GetDriveTypeW(root) == _DRIVE_REMOTE)


def mounts_now() -> dict[str, str]:
    """Return mount point → type of file system, as the running system tells it (Linux, macOS)."""
    table = Path("/proc/self/mounts")
    if table.exists():
        return linux_mounts(table.read_text("utf-8", "surrogateescape").splitlines())
    told = subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=5, check=True)
    return macos_mounts(told.stdout.splitlines())


def linux_mounts(lines: Iterable[str]) -> dict[str, str]:
    r"""Read `/proc/self/mounts`: device, mount point (a space is ``\040``), type, options."""
    found = {}
    for line in lines:
        words = line.split()
        if len(words) > 2:
            point = re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), words[1])
            found[point] = words[2].lower()
    return found


def macos_mounts(lines: Iterable[str]) -> dict[str, str]:
    """Read what `mount` prints on macOS: ``//me@server/share on /Volumes/share (smbfs, nodev)``."""
    found = {}
    for line in lines:
        match = re.fullmatch(r".+? on (/.*) \(([\w.]+)[^()]*\)", line.strip())
        if match:
            found[match[1]] = match[2].lower()
    return found


def type_at(path: PurePath, mounts: dict[str, str]) -> str:
    """Return the type of the file system that a path lies on: that of the longest mount point above it."""
    above = [point for point in mounts if PurePosixPath(path).is_relative_to(point)]
    return mounts[max(above, key=len)] if above else ""


def _real(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path


def _cloud_of_environment(path: Path) -> str:
    """OneDrive can be moved and renamed; Windows then still says where it is."""
    for name in _CLOUD_VARIABLES:
        root = os.environ.get(name)
        if root and path.is_relative_to(root):
            return "OneDrive"
    return ""
