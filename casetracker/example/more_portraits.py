"""Portraits of the example: faces of nobody, drawn by these lines, so that papers show how they look."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw, ImageFont

from casetracker.example.drafts import Keys
from casetracker.example.shapes import INVENTED
from casetracker.model import Case
from casetracker.store import documents, portraits
from casetracker.store.looking.looker import Drawn
from casetracker.store.store import Store

SIZE = 400, 480
_INK, _PAPER = "#3c4650", "#f4f1ea"
# By case: hair, clothes, and what is on the head. Officials may see the first two; of the third the public
# hears, without a picture; the fourth is a child, who is shown to nobody outside the office.
FACES = {
    "CT-7F3Q": ("#5a5048", "#7d93a6", "cap"),
    "CT-4KWD": ("#4a4038", "#a9818a", "scarf"),
    "CT-6ZJH": ("#b9b4ab", "#8a9a7e", "cap"),
    "CT-5NDT": ("#4a4038", "#b39a6a", ""),
}


def write(store: Store, keys: Keys, label: str) -> None:
    """Choose a portrait in some cases; where the casebook is a folder, the drawing is a document too."""
    drafts = []
    for ref, (hair, clothes, head) in FACES.items():
        picture, case_id = drawing(hair, clothes, head), keys.cases[ref]
        document = _document(store, case_id, picture) if store.folder else ""
        person = store.draft(Case, case_id).values["person_id"]
        small = portraits.made_of(Drawn(*picture.size, picture.tobytes()))
        drafts.append(portraits.drafted(store, person, small, document))
    with store.edit(label) as edit:
        for draft in drafts:
            edit.write(draft)


def _document(store: Store, case_id: str, picture: Image.Image) -> str:
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    values = {"case_id": case_id, "kind": "photo", "received_from": "the family", "notes": INVENTED}
    title = "Portrait, a drawing"
    found = documents.take_in_content(store, f"{title}.png", out.getvalue(), values)
    return found.new[0] if found.new else ""


def drawing(hair: str, clothes: str, head: str) -> Image.Image:
    """Return a face in a few strokes, with words under it that say what it is."""
    picture = Image.new("RGB", SIZE, _PAPER)
    pen = ImageDraw.Draw(picture)
    for y in range(0, SIZE[1], 12):
        pen.line((0, y, SIZE[0], y), fill="#ece7dc")
    if head == "scarf":
        pen.ellipse((100, 60, 300, 350), fill=clothes, outline=_INK, width=3)
    else:
        pen.ellipse((112, 70, 288, 300), fill=hair, outline=_INK, width=3)
    pen.pieslice((40, 310, 360, 640), 180, 360, fill=clothes, outline=_INK, width=3)
    pen.rectangle((172, 280, 228, 336), fill="#e3cdb4", outline=_INK, width=3)
    pen.ellipse((130, 96, 270, 312), fill="#ecd9c2", outline=_INK, width=3)
    _features(pen, hair)
    if head == "cap":
        pen.pieslice((122, 58, 278, 214), 180, 360, fill=hair, outline=_INK, width=3)
        pen.rectangle((116, 128, 284, 148), fill=clothes, outline=_INK, width=3)
    pen.rectangle((0, 446, SIZE[0], SIZE[1]), fill="white")
    pen.text((200, 463), "drawing of nobody", font=ImageFont.load_default(22), fill=_INK, anchor="mm")
    return picture


def _features(pen: ImageDraw.ImageDraw, hair: str) -> None:
    for x in (172, 228):
        pen.arc((x - 18, 172, x + 18, 196), 200, 340, fill=hair, width=5)
        pen.ellipse((x - 7, 192, x + 7, 206), fill=_INK)
    pen.line(((200, 200), (192, 244), (206, 246)), fill=_INK, width=3)
    pen.arc((176, 244, 224, 278), 20, 160, fill=_INK, width=4)
