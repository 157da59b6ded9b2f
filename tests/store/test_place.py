"""Warnings of places: clouds by the names of their folders, network drives as each system tells them."""

from __future__ import annotations

from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from casetracker.store import place

CLOUDS = [
    ("OneDrive", PureWindowsPath(r"C:\Users\a\OneDrive\cases")),
    ("OneDrive", PureWindowsPath(r"C:\Users\a\OneDrive - Some Office\cases")),
    ("OneDrive", PurePosixPath("/Users/a/Library/CloudStorage/OneDrive-Personal/cases")),
    ("Dropbox", PurePosixPath("/home/a/Dropbox/x")),
    ("Dropbox", PurePosixPath("/home/a/Dropbox (Office)/x")),
    ("Google Drive", PurePosixPath("/Users/a/Library/CloudStorage/GoogleDrive-a@example.org/My Drive")),
    ("Google Drive", PureWindowsPath("G:\\Мой диск\\x")),
    ("iCloud", PurePosixPath("/Users/a/Library/Mobile Documents/com~apple~CloudDocs/x")),
    ("iCloud", PureWindowsPath(r"C:\Users\a\iCloudDrive")),
    ("Yandex.Disk", PurePosixPath("/home/a/Yandex.Disk/x")),
    ("Yandex.Disk", PureWindowsPath("C:\\Users\\a\\Яндекс.Диск\\x")),
    ("Nextcloud", PurePosixPath("/home/a/Nextcloud")),
    ("Mail.ru Cloud", PureWindowsPath("C:\\Users\\a\\Облако Mail.ru\\x")),
    ("", PurePosixPath("/home/a/cases/boxes/Drop box office.casebook")),
    ("", PureWindowsPath(r"D:\cases\mega office")),
]


@pytest.mark.parametrize(("service", "path"), CLOUDS, ids=lambda value: str(value)[-24:])
def test_clouds(service: str, path: PurePosixPath) -> None:
    assert place.cloud_service(path) == service


def test_the_warning_names_the_service(tmp_path: Path) -> None:
    assert place.place_warning(tmp_path / "Dropbox" / "new.casebook").startswith("Dropbox copies this folder")
    assert place.place_warning(tmp_path / "new.casebook") == ""


def test_a_link_into_a_cloud_is_seen_through(tmp_path: Path) -> None:
    (tmp_path / "Nextcloud").mkdir()
    try:
        (tmp_path / "mine").symlink_to(tmp_path / "Nextcloud", target_is_directory=True)
    except OSError:
        pytest.skip("links are not allowed here")
    assert "Nextcloud" in place.place_warning(tmp_path / "mine" / "new.casebook")


def test_a_onedrive_that_was_renamed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OneDrive", str(tmp_path / "work"))
    assert "OneDrive" in place.place_warning(tmp_path / "work" / "new.casebook")
    assert place.place_warning(tmp_path / "home" / "new.casebook") == ""


@pytest.mark.parametrize(
    ("path", "is_unc"),
    [
        (r"\\server\share\cases", True),
        ("\\\\?\\UNC\\server\\share", True),
        ("\\\\?\\C:\\cases", False),
        (r"C:\cases", False),
        ("/home/a", False),
    ],
)
def test_shares_of_windows(path: str, is_unc: bool) -> None:
    assert place.is_unc(path) is is_unc


LINUX = r"""
sysfs /sys sysfs rw 0 0
/dev/sda1 / ext4 rw 0 0
server:/export /mnt/team\040share nfs4 rw 0 0
//nas/x /home/a/nas cifs rw 0 0
/dev/sdb1 /home/a/nas/local ext4 rw 0 0
broken
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/a/cases", "ext4"),
        ("/mnt/team share/cases", "nfs4"),
        ("/mnt/team shared", "ext4"),
        ("/home/a/nas", "cifs"),
        ("/home/a/nas/local/x", "ext4"),
    ],
)
def test_mounts_of_linux(path: str, kind: str) -> None:
    mounts = place.linux_mounts(LINUX.splitlines())
    assert place.type_at(PurePosixPath(path), mounts) == kind
    assert (kind in place.NETWORK_TYPES) == (kind != "ext4")


def test_mounts_of_macos() -> None:
    mounts = place.macos_mounts(
        [
            "/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)",
            "//me@nas._smb._tcp.local/team on /Volumes/team on nas (smbfs, nodev, nosuid, mounted by me)",
            "map auto_home on /System/Volumes/Data/home (autofs, automounted)",
        ]
    )
    assert mounts["/"] == "apfs"
    assert place.type_at(PurePosixPath("/Volumes/team on nas/x"), mounts) == "smbfs"


def test_this_computer_can_tell() -> None:
    assert place.drive_is_remote("C:\\") is False
    assert place.is_network(Path(__file__)) in (True, False)
