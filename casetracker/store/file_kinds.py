"""What a file really is, by its first bytes, and what is dangerous about it. Nothing is decoded here.

The name of a file is what somebody wrote on it; evidence from strangers is looked at as what it is. The list
has what such an office is sent, and what attackers send.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import PurePath

from casetracker.i18n import N_, tr

HEAD = 64 * 1024  # bytes that are looked at


class Look(Enum):
    """How the program can show a file."""

    PICTURE = "picture"
    PDF = "pdf"
    TEXT = "text"
    MEDIA = "media"
    NOT = "not"


class Danger(Enum):
    """Why a file should not be handed to another program without a thought."""

    NONE = ""
    PROGRAM = N_("It is a program. On another computer it could do anything its maker wants.")
    SCRIPT = N_("It is a script: opened with another program, it can run commands.")
    MACROS = N_("It is an office document that can hold macros, which run commands when it is opened.")
    WEB_PAGE = N_("It is a web page: opened in a browser, it can run scripts and tell others who reads it.")
    ARCHIVE = N_("It is an archive: what is inside was not looked at, and unpacked it can be very large.")
    UNKNOWN = N_("What sort of file it is could not be found out.")


@dataclass(frozen=True)
class FileKind:
    """One sort of file: its type, its usual endings (the first one is the right one), how it is shown."""

    mime: str
    endings: tuple[str, ...]
    look: Look = Look.NOT
    danger: Danger = Danger.NONE


def _picture(mime: str, *endings: str) -> FileKind:
    return FileKind(f"image/{mime}", endings, Look.PICTURE)


def _media(mime: str, *endings: str) -> FileKind:
    return FileKind(mime, endings, Look.MEDIA)


def _danger(danger: Danger, mime: str, *endings: str) -> FileKind:
    return FileKind(f"application/{mime}", endings, danger=danger)


_D = Danger
PDF = FileKind("application/pdf", (".pdf",), Look.PDF)
TEXT = FileKind(
    "text/plain", (".txt", ".md", ".csv", ".log", ".json", ".eml", ".srt", ".vtt", ".ini", ".tsv"), Look.TEXT
)
UNKNOWN = FileKind("application/octet-stream", (), danger=Danger.UNKNOWN)
EMPTY = FileKind("application/x-empty", ())
HTML = FileKind("text/html", (".html", ".htm", ".xhtml", ".svg", ".mht"), Look.TEXT, Danger.WEB_PAGE)
SCRIPT = FileKind("text/x-script", (), Look.TEXT, Danger.SCRIPT)
OLD_OFFICE = _danger(_D.MACROS, "x-ole-storage", ".doc", ".xls", ".ppt", ".msg", ".msi", ".dot", ".pps")
OFFICE = _danger(_D.NONE, "vnd.openxmlformats", ".docx", ".xlsx", ".pptx")
MACRO_OFFICE = _danger(_D.MACROS, "vnd.ms-office.macro", ".docm", ".xlsm", ".pptm", ".dotm", ".xlsb", ".xlam")
OPEN_OFFICE = _danger(_D.MACROS, "vnd.oasis.opendocument", ".odt", ".ods", ".odp")
ZIP = _danger(_D.ARCHIVE, "zip", ".zip", ".epub", ".apk", ".jar", ".xpi", ".kmz")
_MP4 = _media("video/mp4", ".mp4", ".m4v", ".mov", ".3gp", ".m4a", ".aac", ".mp4a")
_MP3 = _media("audio/mpeg", ".mp3")

# The first bytes of a file, at their place.
_MARKS: tuple[tuple[int, bytes, FileKind], ...] = (
    (0, b"\xff\xd8\xff", _picture("jpeg", ".jpg", ".jpeg", ".jpe", ".jfif")),
    (0, b"\x89PNG\r\n\x1a\n", _picture("png", ".png")),
    (0, b"GIF8", _picture("gif", ".gif")),
    (8, b"WEBP", _picture("webp", ".webp")),
    (0, b"II*\x00", _picture("tiff", ".tif", ".tiff", ".dng")),
    (0, b"MM\x00*", _picture("tiff", ".tif", ".tiff", ".dng")),
    (0, b"BM", _picture("bmp", ".bmp", ".dib")),
    (4, b"ftypavif", _picture("avif", ".avif")),
    (4, b"ftyphe", FileKind("image/heic", (".heic", ".heif"))),
    (4, b"ftypmif1", FileKind("image/heic", (".heic", ".heif"))),
    (4, b"ftyp", _MP4),
    (8, b"WAVE", _media("audio/wav", ".wav")),
    (8, b"AVI ", _media("video/x-msvideo", ".avi")),
    (0, b"OggS", _media("audio/ogg", ".ogg", ".oga", ".opus", ".ogv")),
    (0, b"ID3", _MP3),
    (0, b"\xff\xfb", _MP3),
    (0, b"\xff\xf3", _MP3),
    (0, b"fLaC", _media("audio/flac", ".flac")),
    (0, b"#!AMR", _media("audio/amr", ".amr")),
    (0, b"\x1aE\xdf\xa3", _media("video/webm", ".webm", ".mkv", ".mka")),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", _media("video/x-ms-asf", ".wmv", ".wma", ".asf")),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_OFFICE),
    (0, b"{\\rtf", _danger(_D.MACROS, "rtf", ".rtf", ".doc")),
    (0, b"Rar!", _danger(_D.ARCHIVE, "vnd.rar", ".rar")),
    (0, b"7z\xbc\xaf\x27\x1c", _danger(_D.ARCHIVE, "x-7z-compressed", ".7z")),
    (0, b"\x1f\x8b", _danger(_D.ARCHIVE, "gzip", ".gz", ".tgz")),
    (0, b"BZh", _danger(_D.ARCHIVE, "x-bzip2", ".bz2")),
    (0, b"\xfd7zXZ\x00", _danger(_D.ARCHIVE, "x-xz", ".xz")),
    (0, b"MZ", _danger(_D.PROGRAM, "x-msdownload", ".exe", ".dll", ".scr", ".com", ".sys")),
    (0, b"\x7fELF", _danger(_D.PROGRAM, "x-executable")),
    (0, b"\xcf\xfa\xed\xfe", _danger(_D.PROGRAM, "x-mach-binary")),
    (0, b"\xca\xfe\xba\xbe", _danger(_D.PROGRAM, "x-mach-binary")),
    (0, b"L\x00\x00\x00\x01\x14\x02\x00", _danger(_D.PROGRAM, "x-ms-shortcut", ".lnk")),
    (0, b"#!", SCRIPT),
)
_SCRIPT_ENDINGS = frozenset(
    {
        *(".bat", ".cmd", ".ps1", ".psm1", ".vbs", ".vbe", ".js", ".jse", ".wsf", ".hta", ".sh", ".command"),
        *(".py", ".pyw", ".rb", ".pl", ".php", ".reg", ".scpt", ".desktop", ".url", ".inf", ".jnlp"),
    }
)
_WEB_MARKS = (b"<!doctype html", b"<html", b"<script", b"<svg", b"<?xml", b"<!entity", b"<!doctype")


def kind_of(head: bytes, name: str = "") -> FileKind:
    """Return what a file is by its first `HEAD` bytes; its name decides only where they say nothing."""
    if not head:
        return EMPTY
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(head, name)
    if b"%PDF-" in head[:1024]:  # readers accept something before it
        return PDF
    for place, mark, kind in _MARKS:
        if head.startswith(mark, place):
            return kind
    return _text_or_unknown(head, name)


def _zipped(head: bytes, name: str) -> FileKind:
    if b"vbaProject" in head:
        return MACRO_OFFICE
    if b"[Content_Types].xml" in head[:4096]:
        return MACRO_OFFICE if PurePath(name).suffix.lower() in MACRO_OFFICE.endings else OFFICE
    return OPEN_OFFICE if b"mimetypeapplication/vnd.oasis" in head[:200] else ZIP


def _text_or_unknown(head: bytes, name: str) -> FileKind:
    ending = PurePath(name).suffix.lower()
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not wide and b"\x00" in head:
        return UNKNOWN
    if ending in _SCRIPT_ENDINGS:
        return SCRIPT
    lowered = head[:2048].lower().lstrip(b"\xef\xbb\xbf \t\r\n")
    if ending in HTML.endings or any(
        lowered.startswith(mark) or mark in lowered[:512] for mark in _WEB_MARKS
    ):
        return HTML
    control = sum(byte < 9 or 13 < byte < 32 for byte in head[:4096])
    return TEXT if wide or control <= len(head[:4096]) // 100 else UNKNOWN


def warnings_of(kind: FileKind, name: str) -> list[str]:
    """Say what somebody should know before another program opens a file: its danger, a wrong ending."""
    said = [tr(kind.danger.value)] if kind.danger is not Danger.NONE else []
    if misnamed(kind, name):
        ending = PurePath(name).suffix
        said.append(tr(N_("Its name ends in {ending}, but it is {kind}."), ending=ending, kind=called(kind)))
    return said


def misnamed(kind: FileKind, name: str) -> bool:
    """Whether the ending of a name belongs to another sort of file."""
    ending = PurePath(name).suffix.lower()
    if not ending or kind is EMPTY:
        return False
    if kind in (TEXT, SCRIPT, UNKNOWN):  # what has no mark may be called anything but what has one
        return ending in _MARKED
    return ending not in kind.endings


_MARKED = frozenset(ending for _, _, kind in _MARKS for ending in kind.endings) | {".pdf", ".zip", ".docx"}

_CALLED: dict[Look, str] = {
    Look.PICTURE: N_("a picture"),
    Look.PDF: N_("a PDF"),
    Look.TEXT: N_("a text"),
    Look.MEDIA: N_("a recording"),
}
_CALLED_BY_DANGER: dict[Danger, str] = {
    Danger.PROGRAM: N_("a program"),
    Danger.SCRIPT: N_("a script"),
    Danger.MACROS: N_("an office document"),
    Danger.WEB_PAGE: N_("a web page"),
    Danger.ARCHIVE: N_("an archive"),
}


def called(kind: FileKind) -> str:
    """Say what a file is, in words."""
    said = _CALLED_BY_DANGER.get(kind.danger) or _CALLED.get(kind.look)
    if said is None and kind.mime.startswith("image/"):
        said = _CALLED[Look.PICTURE]
    if said is None and kind is OFFICE:
        said = N_("an office document")
    return tr(said) if said else kind.mime


_BY_MIME = {kind.mime: kind for kind in (*(k for _, _, k in _MARKS), PDF, TEXT, HTML, OFFICE, MACRO_OFFICE)}
_BY_MIME |= {kind.mime: kind for kind in (OPEN_OFFICE, ZIP, UNKNOWN, EMPTY, SCRIPT)}


def kind_named(mime: str) -> FileKind | None:
    """Return the kind that was found out when a file was taken in; None if that was another program."""
    return _BY_MIME.get(mime)
