"""The meetings of the example: that of 4 October 2021 as the press told it, the others invented."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from casetracker.example.shapes import INVENTED, PRESS, Asked, Came, Covered, Fields, Promised, Visit
from casetracker.model.events.event import Part
from casetracker.model.events.promise import DueBasis
from casetracker.model.events.promise import PromiseOutcome as What
from casetracker.model.people.person import Language

OFFICES: Mapping[str, Fields] = {
    "commissioner": {
        "name": "Commissioner for Human Rights",
        "name_ru": "Уполномоченный по правам человека",
        "name_kk": "Адам құқықтары жөніндегі уәкіл",
        "city": "Nur-Sultan",
    },
    "mfa": {
        "name": "Ministry of Foreign Affairs",
        "name_ru": "Министерство иностранных дел",
        "name_kk": "Сыртқы істер министрлігі",
        "city": "Nur-Sultan",
    },
    "akimat": {
        "name": "City akimat, Almaty",
        "name_ru": "Акимат города Алматы",
        "name_kk": "Алматы қаласының әкімдігі",
        "city": "Almaty",
    },
}


def _all(*refs: str) -> tuple[Covered, ...]:
    return tuple(Covered(ref) for ref in refs)


EARLIER = (
    Visit(
        "mfa2020",
        "MT-5HQX",
        "Reception at the consular service",
        dt.date(2020, 3, 12),
        "mfa",
        {"place": "Nur-Sultan", "minutes": "Twenty minutes. The list was taken, no copy was stamped."},
        (
            Came("sadyrov", Part.OFFICIAL, "head of section, consular service"),
            Came("aigul", Part.DELEGATE),
            Came("zhanar", Part.DELEGATE),
            Came("talgat", Part.DELEGATE),
        ),
        (
            Asked("CT-7F3Q", "ask China where he is held", "a note will be sent"),
            Asked("CT-H6TA", "ask that he may travel home", "a note will be sent"),
            Asked("CT-P8VC", "return of her passport", "this is for the Chinese side to decide"),
        ),
        (
            Promised(
                "Send a diplomatic note about the three cases",
                dt.date(2020, 4, 30),
                DueBasis.SAID,
                (
                    Covered("CT-7F3Q", What.SILENT, dt.date(2020, 5, 15), "two letters were not answered"),
                    Covered("CT-H6TA", What.KEPT, dt.date(2020, 4, 21), "note sent, the number was given"),
                    Covered(
                        "CT-P8VC", What.REFUSED, dt.date(2020, 4, 21), "not a consular matter, they wrote"
                    ),
                ),
                "sadyrov",
                {"original": "Направим ноту по всем трём случаям.", "original_language": Language.RU},
            ),
        ),
    ),
    Visit(
        "staff2021",
        "MT-8RJ4",
        "Reception by the Commissioner's staff",
        dt.date(2021, 2, 18),
        "commissioner",
        {"place": "Nur-Sultan", "minutes": "Received by staff. Papers were registered."},
        (
            Came("ospanova", Part.OFFICIAL, "member of staff"),
            Came("toleubek", Part.DELEGATE),
            Came("mukhit", Part.DELEGATE),
            Came("renagul", Part.DELEGATE),
            Came("fariza", Part.DELEGATE),
        ),
        (
            Asked("CT-7F3Q", "confirm the sentence", "a written answer will come"),
            Asked("CT-4KWD", "a consular visit", "will be passed to the Ministry"),
            Asked("CT-M4RX", "a copy of the judgment", "a written answer will come"),
            Asked("CT-29EN", "was he released?", "a written answer will come"),
        ),
        (
            Promised(
                "Give a written answer in each case",
                dt.date(2021, 3, 12),
                DueBasis.RULE,
                (
                    Covered(
                        "CT-7F3Q", What.PARTLY, dt.date(2021, 3, 30), "a letter came, without an answer in it"
                    ),
                    Covered("CT-M4RX", What.RENEWED, dt.date(2021, 10, 4), "promised again on 4 October"),
                    Covered("CT-29EN", What.SILENT, dt.date(2021, 4, 30), "nothing came"),
                ),
                "ospanova",
                {"original": "По каждому делу дадим письменный ответ.", "original_language": Language.RU},
            ),
            Promised(
                "Pass the case on to the Ministry of Foreign Affairs",
                dt.date(2021, 3, 5),
                DueBasis.SAID,
                (Covered("CT-4KWD", What.KEPT, dt.date(2021, 3, 3), "copy of the letter received"),),
                "ospanova",
            ),
        ),
    ),
    Visit(
        "akimat2021",
        "MT-C6NT",
        "Talk at the city akimat",
        dt.date(2021, 7, 15),
        "akimat",
        {"place": "Almaty", "minutes": "About the picket of 6 July and a place where families may stand."},
        (
            Came("tileubaev", Part.OFFICIAL, "department of internal policy"),
            Came("kulan", Part.DELEGATE),
            Came("alma", Part.DELEGATE),
        ),
        (
            Asked("CT-X2M9", "a place where the family may stand with his picture", "will think about it"),
            Asked("CT-6ZJH", "the same", "will think about it"),
        ),
        (
            Promised(
                "Name a place where families may gather",
                dt.date(2021, 8, 2),
                DueBasis.GUESS,
                (
                    Covered(
                        "CT-X2M9", What.REFUSED, dt.date(2021, 8, 20), "the places are set by the maslikhat"
                    ),
                    Covered(
                        "CT-6ZJH", What.OVERTAKEN, dt.date(2021, 8, 16), "the family went home to the village"
                    ),
                ),
                "tileubaev",
                {"original": "Ойланып, хабарласамыз.", "original_language": Language.KK},
            ),
        ),
        follows="picket",
    ),
)

_FOURTH = (
    "CT-7F3Q",
    "CT-4KWD",
    "CT-X2M9",
    "CT-P8VC",
    "CT-29EN",
    "CT-R5GY",
    "CT-W3BK",
    "CT-M4RX",
    "CT-D7QS",
    "CT-B9FV",
)
_ASKS = {
    "CT-7F3Q": "confirm where he is held and the sentence",
    "CT-4KWD": "a consular visit",
    "CT-X2M9": "find out where he is; he is a citizen of Kazakhstan",
    "CT-P8VC": "return of her passport",
    "CT-29EN": "an official answer: was he released or not?",
    "CT-R5GY": "permission to leave the factory",
    "CT-W3BK": "news of his illness",
    "CT-M4RX": "a copy of the judgment",
    "CT-D7QS": "the charge, and a lawyer",
    "CT-B9FV": "find out where he is",
    "CT-J3XE": "the address of the prison",
    "CT-5NDT": "that the boy may live with his grandmother",
    "CT-8YVP": "that she may see her son",
}
_PRESENTED = (*_FOURTH, "CT-J3XE")

FOURTH_OF_OCTOBER = Visit(
    "october4",
    "MT-9W2K",
    "Meeting with the Commissioner for Human Rights",
    dt.date(2021, 10, 4),
    "commissioner",
    {
        "place": "Nur-Sultan",
        "account": "A group of people whose relatives are held in Xinjiang, north-western China. They asked "
        "the government to help secure their release. The other names and the cases are invented for the "
        "example.",
        "minutes": "The meeting was called rare; the Commissioner did not speak to the press afterwards. "
        "She promised to look into each case that the group presented. Nothing is known of a term: we count "
        "fifteen working days.",
    },
    (
        Came("azimova", Part.OFFICIAL, "Commissioner for Human Rights of Kazakhstan"),
        Came("kunbolatuly", Part.DELEGATE, note="told the press about the meeting"),
        *(
            Came(p, Part.DELEGATE, note=INVENTED)
            for p in ("aigul", "mukhit", "kulan", "renagul", "toleubek", "gulnoz")
        ),
    ),
    tuple(Asked(ref, _ASKS[ref], "will look into the case") for ref in _PRESENTED),
    (
        Promised(
            "To look into each case", dt.date(2021, 10, 25), DueBasis.GUESS, _all(*_PRESENTED), "azimova"
        ),
    ),
    follows="october",
    source=PRESS,
)

LATER = (
    Visit(
        "mfa2021",
        "MT-E3ZP",
        "Talk at the Ministry of Foreign Affairs",
        dt.date(2021, 10, 11),
        "mfa",
        {"place": "Nur-Sultan", "minutes": "Short; the same official as in March 2020, in a higher post."},
        (
            Came("sadyrov", Part.OFFICIAL, "deputy director, consular service"),
            Came("mukhit", Part.DELEGATE),
            Came("gulziya", Part.DELEGATE),
            Came("aigul", Part.DELEGATE),
        ),
        (
            Asked("CT-4KWD", "a consular visit", "will be asked for"),
            Asked("CT-7F3Q", "a second note", "will be sent"),
            Asked("CT-R5GY", "permission to travel", "will be raised with the consulate"),
            Asked("CT-X2M9", "consular access to a citizen", "must be checked first"),
        ),
        (
            Promised(
                "Send a second diplomatic note",
                dt.date(2021, 11, 18),
                DueBasis.SAID,
                _all("CT-7F3Q"),
                "sadyrov",
                {"original": "Екінші нота жібереміз.", "original_language": Language.KK},
            ),
            Promised(
                "Ask for a consular visit, and call back",
                dt.date(2021, 10, 29),
                DueBasis.SAID,
                (
                    Covered("CT-4KWD", What.KEPT, dt.date(2021, 10, 21), "request made; they telephoned"),
                    Covered("CT-R5GY", What.PARTLY, dt.date(2021, 11, 2), "raised; no date was named"),
                    Covered("CT-X2M9", What.SILENT, dt.date(2021, 11, 9), "two calls were not answered"),
                ),
                "sadyrov",
                {"original": "Запросим консульский доступ и перезвоним.", "original_language": Language.RU},
            ),
        ),
        follows="october4",
    ),
    Visit(
        "next",
        "MT-T7VG",
        "Second meeting with the Commissioner's office",
        dt.date(2021, 11, 15),
        "commissioner",
        {
            "place": "Nur-Sultan",
            "agenda": "What became of the promise of 4 October, case by case; new: the boy in the boarding "
            "school.",
        },
        (Came("aigul", Part.DELEGATE), Came("toleubek", Part.DELEGATE), Came("renagul", Part.DELEGATE)),
        tuple(Asked(ref, _ASKS[ref]) for ref in (*_FOURTH, "CT-J3XE", "CT-5NDT", "CT-8YVP")),
        follows="october4",
    ),
)

# What came of the promise of 4 October until the day of the example.
SINCE = (
    Covered(
        "CT-4KWD",
        What.KEPT,
        dt.date(2021, 10, 22),
        "a letter told what was asked of the Ministry (invented)",
    ),
    Covered(
        "CT-M4RX",
        What.PARTLY,
        dt.date(2021, 10, 28),
        "copies of papers were asked for (invented)",
    ),
)
