"""Invented cases from Ili, Tarbaghatay and Altay."""

from __future__ import annotations

import datetime as dt

from casetracker.example.shapes import Consented, File, Happened, Held, Judged, Told
from casetracker.model.confidentiality import Use
from casetracker.model.detention.case import Stage
from casetracker.model.detention.custody import CustodyKind as C
from casetracker.model.detention.custody import Standing
from casetracker.model.detention.episode import Forces
from casetracker.model.sources.consent import ConsentForm
from casetracker.model.sources.source import Channel, SourceKind

OFFICIALS = (Use.K0, Use.K3, Use.K4)
WIDE = (Use.K0, Use.K1, Use.K2, Use.K3, Use.K4, Use.K5, Use.K6, Use.K12)

NORTH = (
    File(
        "CT-7F3Q",
        "baqytzhan",
        "nurlanuly",
        Stage.ACTIVE,
        dt.date(2019, 11, 18),
        request="Confirm where he is held and the sentence; a consular visit; medicine for diabetes.",
        account="He went to Emin in September 2018 to renew a paper. According to the family, four men took "
        "him from his brother's house about a month later. In June 2019 a relative heard that he had been "
        "sentenced to nine years. Nobody has seen a judgment.",
        health="Diabetes since 2011; no medicine is known to have reached him.",
        sources=(
            Told(
                "wife",
                SourceKind.TESTIMONY,
                "B2",
                "aigul",
                "wife",
                Channel.PHONE,
                "2019-11-18",
                "She spoke with his brother by telephone until the line was cut.",
                "Near, careful, one hearsay step.",
            ),
            Told(
                "cousin",
                SourceKind.TESTIMONY,
                "C3",
                relation="cousin",
                channel=Channel.MESSENGER,
                told="2019-07",
                said="Nine years, Wusu prison.",
                why="Heard from others; consistent with later news.",
            ),
            Told(
                "letter",
                SourceKind.DOCUMENT,
                "A2",
                relation="prison letter seen by the family",
                channel=Channel.LETTER,
                told="2021-08-30",
                said="A printed form with his name and a stamp.",
            ),
        ),
        episodes=(
            Held(
                "2018-10~",
                (
                    Happened(C.PASSPORT_TAKEN, "2018-09", "wife", "at the police station of the township"),
                    Happened(
                        C.TAKEN, "2018-10~", "wife", "by four men in plain clothes", "brother's house, Emin"
                    ),
                    Happened(
                        C.DETENTION_CENTRE, "[2018-11..2018-12]", "wife", place="detention centre, Emin"
                    ),
                    Happened(C.SENTENCED, "2019-06", "cousin", "nine years; no judgment was shown"),
                    Happened(
                        C.PRISON, "2021-08-30", "letter", "the letter does not say since when", "Wusu prison"
                    ),
                ),
                words="about a month after he arrived, in October or so",
                held_from="2018-10~",
                fields={
                    "arrest_place": "brother's house, Emin county",
                    "forces": Forces.POLICE,
                    "warrant": False,
                    "county": "Emin",
                    "held_at": "Wusu prison (likely)",
                    "no_reason_given": True,
                    "suspected_reason": "travel to Kazakhstan, prayer",
                    "contact_allowed": "two calls of three minutes in 2021",
                },
                judged=(Judged(years=9, decided="2019-06", source="cousin"),),
            ),
        ),
        consents=(
            Consented("aigul", WIDE, dt.date(2021, 1, 5)),
            Consented("aigul", (Use.K8,), dt.date(2021, 1, 5), withdrawn=dt.date(2021, 9, 1)),
        ),
    ),
    File(
        "CT-4KWD",
        "gulnar",
        "abdi",
        Stage.ACTIVE,
        dt.date(2020, 1, 22),
        request="A consular visit; contact with her daughter.",
        account="According to the family she was called to a village meeting and never came back.",
        sources=(
            Told(
                "brother", SourceKind.TESTIMONY, "B2", "mukhit", "elder brother", Channel.PHONE, "2020-01-22"
            ),
            Told(
                "answer",
                SourceKind.AUTHORITY,
                "D4",
                relation="answer of the county to the consulate",
                channel=Channel.OFFICIAL,
                told="2019-11",
                said="She finished her studies and lives at home.",
            ),
            Told(
                "neighbour",
                SourceKind.TESTIMONY,
                "B2",
                relation="former neighbour",
                channel=Channel.THIRD_PERSON,
                told="2020-02",
                said="She was seen in a work group of the camp.",
            ),
        ),
        episodes=(
            Held(
                "2018-21",
                (
                    Happened(C.SUMMONED, "2018-21", "brother", "to a meeting of the village"),
                    Happened(C.CAMP, "2018-21", "brother"),
                    Happened(
                        C.RELEASED,
                        "2019-10",
                        "answer",
                        standing=Standing.SET_ASIDE,
                        why="The neighbour saw her inside three months later, and the house is empty.",
                    ),
                    Happened(
                        C.CAMP,
                        "2020-01",
                        "neighbour",
                        "seen there in a work group",
                        standing=Standing.COUNTS,
                        why="First-hand, and two relatives say the same.",
                    ),
                ),
                words="көктемде, in spring, before the sowing",
                fields={
                    "arrest_place": "village committee, Qorghas county",
                    "forces": Forces.VILLAGE,
                    "warrant": False,
                    "county": "Qorghas",
                    "held_at": "camp near Qorghas",
                    "no_reason_given": True,
                    "suspected_reason": "relatives abroad",
                },
            ),
        ),
        consents=(Consented("mukhit", WIDE, dt.date(2020, 1, 22), until=dt.date(2021, 12, 5)),),
    ),
    File(
        "CT-X2M9",
        "yerlan",
        "tolegen",
        Stage.VERIFYING,
        dt.date(2019, 3, 4),
        request="Find out where he is, and whether he is alive: he is a citizen of Kazakhstan.",
        account="A trader with a passport of Kazakhstan. According to the family he stopped answering "
        "between April and September 2017; a voice message of March 2018 is the last sign of him.",
        sources=(
            Told("son", SourceKind.TESTIMONY, "B3", "askhat", "son", Channel.MESSENGER, "2019-03-04"),
            Told("silence", SourceKind.TESTIMONY, "C3", "kulan", "mother", Channel.SILENCE, "2021"),
        ),
        episodes=(
            Held(
                "[2017-04..2017-09]",
                (
                    Happened(
                        C.TAKEN, "[2017-04..2017-09]", "son", "at the border or soon after", "Burchin county"
                    ),
                    Happened(C.SEEN, "[..2018-03]", "son", "a voice message of eleven seconds"),
                    Happened(C.LOST, "2018-04/..", "silence", "no sign since"),
                ),
                fields={"forces": Forces.UNKNOWN, "county": "Burchin", "no_reason_given": True},
            ),
        ),
        consents=(
            Consented("askhat", OFFICIALS, dt.date(2021, 2, 10), form=ConsentForm.AUDIO),
            Consented("askhat", (Use.K5, Use.K6), dt.date(2021, 2, 10)),
        ),
    ),
    File(
        "CT-H6TA",
        "murat",
        "qairat",
        Stage.RESOLVED,
        dt.date(2018, 6, 11),
        request="None now. He came home and thanks all who asked about him.",
        account="Held from March 2018 to December 2019, then at home under watch, until he could leave in "
        "February 2021.",
        sources=(
            Told("wife", SourceKind.TESTIMONY, "A2", "zhanar", "wife", Channel.VISIT, "2018-06-11"),
            Told(
                "himself",
                SourceKind.TESTIMONY,
                "A1",
                "murat",
                "himself",
                Channel.VISIT,
                "2021-03-02",
                "He told of the camp and of the months after it.",
                "First-hand, with papers.",
            ),
        ),
        episodes=(
            Held(
                "2018-03",
                (
                    Happened(C.CAMP, "2018-03/2019-12", "himself", place="camp in Dawanching"),
                    Happened(
                        C.RELEASED_CONTROL, "2019-12-24", "himself", "weekly report to the neighbourhood"
                    ),
                    Happened(C.LEFT_CHINA, "2021-02-19", "himself"),
                ),
                fields={
                    "forces": Forces.STATE_SECURITY,
                    "county": "Ürümqi",
                    "officers": "two, by their first names",
                    "official_reason": "use of a forbidden application",
                },
            ),
        ),
        consents=(
            Consented("murat", (*OFFICIALS, Use.K9), dt.date(2021, 3, 2)),
            Consented("murat", (Use.K10,), dt.date(2021, 3, 2), withdrawn=dt.date(2021, 6, 14)),
        ),
    ),
    File(
        "CT-P8VC",
        "saule",
        "beken",
        Stage.ACTIVE,
        dt.date(2018, 1, 15),
        request="Return of her passport, so that she may travel home to her husband.",
        account="She went for paperwork about her pension in August 2017; her passport was taken, and she "
        "may not leave the county.",
        sources=(
            Told("husband", SourceKind.TESTIMONY, "B2", "talgat", "husband", Channel.PHONE, "2018-01-15"),
        ),
        episodes=(
            Held(
                "",
                (
                    Happened(C.PASSPORT_TAKEN, "2017-08", "husband", "“for the time being”"),
                    Happened(C.SEEN, "2021-09-12", "husband", "on the telephone; she may not speak of it"),
                ),
                fields={"county": "Bortala", "official_reason": "travel is not advised now"},
            ),
        ),
        consents=(Consented("talgat", (*OFFICIALS, Use.K5), dt.date(2021, 3, 8)),),
    ),
    File(
        "CT-29EN",
        "baisan",
        "zhumadil",
        Stage.VERIFYING,
        dt.date(2020, 9, 30),
        request="An official answer: was he released in December 2019, as the village says, or not?",
        account="Two accounts contradict each other and neither could be checked. A village official says "
        "that he was released in December 2019; a cousin says that he was in the camp that same month. He "
        "has called nobody.",
        sources=(
            Told(
                "sister", SourceKind.TESTIMONY, "B3", "fariza", "younger sister", Channel.PHONE, "2020-09-30"
            ),
            Told(
                "village",
                SourceKind.AUTHORITY,
                "D3",
                relation="village official",
                channel=Channel.THIRD_PERSON,
                told="2020-03",
                said="He was sent home at the end of the year.",
            ),
            Told(
                "cousin",
                SourceKind.TESTIMONY,
                "C3",
                relation="cousin",
                channel=Channel.MESSENGER,
                told="2020-05~",
                said="A guard told her that he was still inside.",
            ),
        ),
        episodes=(
            Held(
                "2018-02?",
                (
                    Happened(
                        C.TAKEN, "2018-02?", "sister", "the day is not sure, it was before the New Year feast"
                    ),
                    Happened(C.RELEASED, "2019-12", "village"),
                    Happened(C.CAMP, "2019-12", "cousin"),
                ),
                words="before the Chinese New Year, I think",
                fields={
                    "county": "Künes",
                    "forces": Forces.POLICE,
                    "warrant": False,
                    "suspected_reason": "a message that he forwarded",
                },
            ),
        ),
        consents=(Consented("fariza", WIDE, dt.date(2020, 9, 30)),),
    ),
    File(
        "CT-R5GY",
        "aigerim",
        "dosan",
        Stage.ACTIVE,
        dt.date(2019, 8, 5),
        request="Permission to leave the factory, and to travel to her sister.",
        account="After eleven months in a camp she was assigned to a factory. According to the family she "
        "sleeps there and may telephone on Sundays.",
        sources=(
            Told(
                "sister", SourceKind.TESTIMONY, "B2", "gulziya", "elder sister", Channel.PHONE, "2019-08-05"
            ),
        ),
        episodes=(
            Held(
                "2018-04",
                (
                    Happened(C.CAMP, "2018-04/2019-02", "sister", "eleven months"),
                    Happened(
                        C.WORK_PLACEMENT, "2019-03/..", "sister", "glove factory; the wage is not paid out"
                    ),
                ),
                held_from="2018-04",
                fields={
                    "county": "Tacheng",
                    "held_at": "factory in Tacheng",
                    "forces": Forces.VILLAGE,
                    "contact_allowed": "a call on Sundays",
                },
            ),
        ),
        consents=(Consented("gulziya", OFFICIALS, dt.date(2021, 5, 17)),),
    ),
    File(
        "CT-W3BK",
        "dauren",
        "seitkhan",
        Stage.ACTIVE,
        dt.date(2021, 4, 12),
        request="To learn what he is ill with, and whether his mother may speak to him.",
        account="According to the family he was taken to a hospital from the detention centre. A doctor let "
        "them know that he is there under guard.",
        health="Said to have lost much weight; the family thinks of tuberculosis.",
        sources=(
            Told(
                "mother",
                SourceKind.TESTIMONY,
                "C2",
                "sara",
                "mother",
                Channel.THIRD_PERSON,
                "2021-04-12",
                why="She asks every week, and says what she does not know.",
            ),
        ),
        episodes=(
            Held(
                "2020-23",
                (
                    Happened(C.TAKEN, "2020-23", "mother"),
                    Happened(C.DETENTION_CENTRE, "[2020-12..]", "mother"),
                    Happened(C.HOSPITAL, "2021-07~", "mother", "under guard", "county hospital, Altay"),
                ),
                words="when the leaves had fallen",
                fields={
                    "county": "Altay",
                    "forces": Forces.POLICE,
                    "authority": "public security, Altay",
                    "official_reason": "an inquiry, nothing more was said",
                },
            ),
        ),
        consents=(Consented("sara", OFFICIALS, dt.date(2021, 4, 12), until=dt.date(2021, 11, 28)),),
    ),
    File(
        "CT-6ZJH",
        "zeinolla",
        "madi",
        Stage.CLOSED,
        dt.date(2019, 1, 28),
        request="The place of burial, and the papers that belong to the family.",
        account="An old man, taken for having taught prayer many years ago. According to the family he died "
        "in custody; the body was not given back.",
        sources=(
            Told("daughter", SourceKind.TESTIMONY, "B3", "alma", "daughter", Channel.LETTER, "2019-01-28"),
            Told(
                "notice",
                SourceKind.DOCUMENT,
                "B2",
                relation="notice of death, a photograph of it",
                told="2020-12",
            ),
        ),
        episodes=(
            Held(
                "",
                (Happened(C.SUMMONED, "", "daughter", words="once, when I was still at school"),),
                fields={"county": "Mori", "forces": Forces.VILLAGE},
            ),
            Held(
                "[..2018-09]",
                (
                    Happened(C.TAKEN, "[..2018-09]", "daughter", words="before October 2018"),
                    Happened(C.PRISON, "2019%", "daughter"),
                    Happened(C.DIED, "2020?", "notice", "the notice bears no day"),
                ),
                fields={"county": "Mori", "official_reason": "disturbing public order"},
                judged=(Judged("Mori county court", 7, 6),),
            ),
        ),
        consents=(Consented("alma", (*OFFICIALS, Use.K8), dt.date(2020, 12, 20), form=ConsentForm.VIDEO),),
        closed={"closed": dt.date(2021, 2, 8), "outcome": "died", "told_by": "his daughter, with the notice"},
    ),
)
