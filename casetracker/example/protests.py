"""The protests of the example: the public ones as the press told them, one invented."""

from __future__ import annotations

import datetime as dt

from casetracker.example.shapes import PRESS, Came, Fined, Gathering
from casetracker.model.detention.case import CaseRole
from casetracker.model.events.event import Outcome, Paid, Part
from casetracker.model.events.event import PenaltyAppeal as Appealed
from casetracker.model.events.protest import Notice

SERIES = "Protests in Nur-Sultan since 20 September 2021"
RALLIES = "Rallies before the Chinese consulate in Almaty"
DEMAND_OF_THE_SERIES = (
    "That the Kazakh authorities do more to protect ethnic Kazakhs caught up in the sweep in Xinjiang."
)
LAST_WEEK = "[2021-09-27..2021-10-03]"  # of each person we know the week, not the day
POLICE = (
    "In the last week before the meeting of 4 October (27 September to 3 October 2021, not one day) police "
    "in Nur-Sultan detained eight protesters, mostly women. Later they were fined under the rules on public "
    "gatherings."
)
ARTICLE = "art. 488, Code on Administrative Offences"
COURT = "administrative court, Nur-Sultan"


_WIDE = (CaseRole.SPOKEN_FOR, ("CT-7F3Q", "CT-4KWD", "CT-X2M9", "CT-29EN", "CT-M4RX", "CT-D7QS"))
_DETAINED = ("aigul", "kulan", "fariza", "gulziya", "sara", "renagul", "mukhit", "askhat")
_STATIONS = {
    "aigul": 5,
    "kulan": 3,
    "fariza": 6,
    "gulziya": 6,
    "sara": 3,
    "renagul": 8,
    "mukhit": 9,
    "askhat": 9,
}

PROTESTS = (
    Gathering(
        "rallies",
        "Rallies before the Chinese consulate in Almaty",
        "[..2021-09-19]",
        "Chinese consulate, Almaty",
        {
            "series": RALLIES,
            "demands": "Release of relatives held in Xinjiang.",
            "account": "Months of rallies in front of the Chinese consulate in Almaty, before people "
            "travelled to Nur-Sultan. Which families took part is invented for the example.",
        },
        cases=dict.fromkeys(_WIDE[1], _WIDE[0]),
        words="for months before 20 September 2021",
        source=PRESS,
    ),
    Gathering(
        "picket",
        "Picket before the Chinese consulate in Almaty",
        "2021-07-06",
        "Chinese consulate, Almaty",
        {
            "series": RALLIES,
            "demands": "An answer about each relative.",
            "notice": Notice.REFUSED,
            "notice_reply": "The place is not one of those set aside for gatherings.",
            "crowd": "about fifteen",
            "police_response": "A warning over a loudspeaker, then one man was led away.",
        },
        (
            Came("askhat", Part.ORGANISER, outcome=Outcome.ARRESTED, detained="2021-07-06", hours=2),
            Came("alma", Part.PARTICIPANT, outcome=Outcome.WARNED),
            Came("talgat", Part.PARTICIPANT, outcome=Outcome.PRESENT),
            Came("aichurok", Part.PARTICIPANT, outcome=Outcome.PRESENT),
        ),
        {
            "CT-X2M9": CaseRole.RELATIVE_DETAINED,
            "CT-6ZJH": CaseRole.RELATIVE_PRESENT,
            "CT-P8VC": CaseRole.RELATIVE_PRESENT,
            "CT-D7QS": CaseRole.RELATIVE_PRESENT,
        },
        follows="rallies",
    ),
    Gathering(
        "begin",
        "Beginning of the protests in Nur-Sultan",
        "2021-09-20",
        "Nur-Sultan",
        {
            "series": SERIES,
            "day_number": 1,
            "demands": DEMAND_OF_THE_SERIES,
            "account": "People travelled from Almaty to Nur-Sultan. Which families did so is invented for "
            "the example.",
        },
        (
            Came("aigul", Part.PARTICIPANT, outcome=Outcome.PRESENT),
            Came("kulan", Part.PARTICIPANT, outcome=Outcome.PRESENT),
            Came("renagul", Part.PARTICIPANT, outcome=Outcome.PRESENT),
        ),
        dict.fromkeys(("CT-7F3Q", "CT-X2M9", "CT-M4RX"), CaseRole.RELATIVE_PRESENT),
        follows="rallies",
        source=PRESS,
    ),
    Gathering(
        "october",
        "Protest in Nur-Sultan",
        "2021-10-01",
        "Nur-Sultan",
        {
            "series": SERIES,
            "demands": "Release of relatives from the camps in Xinjiang.",
            "police_response": POLICE,
            "notice": Notice.UNKNOWN,
            "account": "The names of those who took part, police stations and hours are invented for the "
            "example.",
        },
        (
            *(
                Came(p, Part.PARTICIPANT, outcome=Outcome.DETAINED, detained=LAST_WEEK, hours=_STATIONS[p])
                for p in _DETAINED
            ),
            *(
                Came(p, Part.PARTICIPANT, outcome=Outcome.PRESENT)
                for p in ("alma", "aichurok", "ismar", "dina")
            ),
        ),
        {
            **dict.fromkeys(
                ("CT-7F3Q", "CT-X2M9", "CT-29EN", "CT-R5GY", "CT-W3BK", "CT-M4RX", "CT-4KWD"),
                CaseRole.RELATIVE_DETAINED,
            ),
            **dict.fromkeys(("CT-6ZJH", "CT-D7QS", "CT-J3XE"), CaseRole.RELATIVE_PRESENT),
        },
        follows="begin",
        source=PRESS,
    ),
)

# Decided after the meeting of 4 October; amounts are 30 and 50 times the monthly index of 2021 (2,917 tenge).
FINES = (
    Fined(
        "aigul",
        87510,
        dt.date(2021, 10, 8),
        Paid.YES,
        Appealed.NONE,
        paid_by="collected by the families",
    ),
    Fined(
        "kulan",
        87510,
        dt.date(2021, 10, 8),
        Paid.NO,
        Appealed.CANCELLED,
        "her age and health were weighed",
    ),
    Fined("fariza", 145850, dt.date(2021, 10, 11), Paid.PARTLY, Appealed.UPHELD),
    Fined(
        "gulziya",
        87510,
        dt.date(2021, 10, 11),
        Paid.NO,
        Appealed.FILED,
        "not a citizen; the hearing is not set",
    ),
    Fined("sara", 87510, dt.date(2021, 10, 12), Paid.NO, Appealed.NONE),
    Fined("renagul", 87510, dt.date(2021, 10, 12), Paid.YES, Appealed.NONE),
    Fined(
        "mukhit",
        145850,
        dt.date(2021, 10, 13),
        Paid.NO,
        Appealed.REDUCED,
        "to 87,510 tenge on 29 October 2021",
    ),
    Fined("askhat", 145850, dt.date(2021, 10, 13), Paid.NO, Appealed.FILED),
)
