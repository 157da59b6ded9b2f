"""Invented cases from the south and the cities, of Uyghurs, Kyrgyz, Tajiks, Hui and Han."""

from __future__ import annotations

import datetime as dt

from casetracker.example.cases_north import OFFICIALS, WIDE
from casetracker.example.shapes import Consented, File, Happened, Held, Judged, Told
from casetracker.model.confidentiality import Use
from casetracker.model.detention.case import Stage
from casetracker.model.detention.custody import CustodyKind as C
from casetracker.model.detention.episode import Forces
from casetracker.model.sources.consent import Answer, ConsentForm
from casetracker.model.sources.source import Channel, SourceKind

SOUTH = (
    File(
        "CT-M4RX",
        "abduraxman",
        "yolwas",
        Stage.ACTIVE,
        dt.date(2020, 6, 3),
        request="A copy of the judgment; news of his health; a call to his sister.",
        account="He sold books in Almaty and went to Kashgar for his father's funeral in 2017. According to "
        "the family he was held at the airport. In 2019 they heard of fourteen years.",
        sources=(
            Told(
                "sister", SourceKind.TESTIMONY, "B2", "renagul", "younger sister", Channel.VISIT, "2020-06-03"
            ),
            Told(
                "list",
                SourceKind.DOCUMENT,
                "B1",
                relation="list of sentences",
                channel=Channel.LEAKED,
                told="2021-03",
                said="Name, year of birth and township agree.",
            ),
        ),
        episodes=(
            Held(
                "2017-05-26",
                (
                    Happened(C.TAKEN, "2017-05-26", "sister", "on arrival", "airport of Ürümqi"),
                    Happened(C.CAMP, "2017-06/2018", "sister"),
                    Happened(C.CHARGED, "2018-23", "sister"),
                    Happened(C.SENTENCED, "2019", "list", "fourteen years", "court in Kashgar"),
                ),
                held_from="2017-05-26",
                fields={
                    "arrest_place": "airport of Ürümqi",
                    "forces": Forces.BORDER,
                    "warrant": False,
                    "county": "Kashgar",
                    "held_at": "prison in Tumshuq (not confirmed)",
                    "official_reason": "selling forbidden books",
                    "suspected_reason": "books in Uyghur; travel abroad",
                    "legal_basis": "Criminal Law, article 120 (as the list has it)",
                },
                judged=(Judged(years=14, decided="2019", source="list"),),
            ),
        ),
        consents=(Consented("renagul", WIDE, dt.date(2020, 6, 3)),),
    ),
    File(
        "CT-D7QS",
        "taalai",
        "osmonbek",
        Stage.ACTIVE,
        dt.date(2020, 11, 9),
        request="To be told the charge and the name of a lawyer.",
        account="A singer of the Manas epic. According to the family he was taken from a wedding in "
        "September 2020.",
        sources=(
            Told("wife", SourceKind.TESTIMONY, "B2", "aichurok", "wife", Channel.MESSENGER, "2020-11-09"),
            Told(
                "press",
                SourceKind.MEDIA,
                "C3",
                relation="note on a web page",
                channel=Channel.PRESS,
                told="2020-12",
            ),
        ),
        episodes=(
            Held(
                "2020-09-13~",
                (
                    Happened(C.TAKEN, "2020-09-13~", "wife", "from a wedding"),
                    Happened(C.DETENTION_CENTRE, "2020-10/", "wife", "the end is not known", "Aqqi county"),
                ),
                fields={
                    "county": "Aqqi",
                    "forces": Forces.STATE_SECURITY,
                    "official_reason": "gathering without leave",
                    "suspected_reason": "reciting the epic",
                },
            ),
        ),
        consents=(Consented("aichurok", OFFICIALS, dt.date(2021, 1, 19), form=ConsentForm.ORAL),),
    ),
    File(
        "CT-B9FV",
        "shirinbek",
        "gulmamad",
        Stage.ACTIVE,
        dt.date(2021, 3, 22),
        request="To find out where he is.",
        account="A lorry driver on the mountain road. According to the family he was taken at a checkpoint.",
        notes="The daughter was telephoned and took back the consent on 8 November. Do not print, do not "
        "send.",
        sources=(
            Told("daughter", SourceKind.TESTIMONY, "C3", "gulnoz", "daughter", Channel.PHONE, "2021-03-22"),
        ),
        episodes=(
            Held(
                "2019-24",
                (
                    Happened(
                        C.TAKEN, "2019-24", "daughter", place="checkpoint, Tashkurgan", words="that winter"
                    ),
                ),
                fields={"county": "Tashkurgan", "forces": Forces.BORDER, "no_reason_given": True},
            ),
        ),
        consents=(
            Consented("gulnoz", (Use.K0,), dt.date(2021, 3, 22)),
            Consented(
                "gulnoz",
                (Use.K3, Use.K4),
                dt.date(2021, 3, 22),
                conditions="only together with the other families",
            ),
        ),
    ),
    File(
        "CT-J3XE",
        "qinghe",
        "mu",
        Stage.ACTIVE,
        dt.date(2020, 9, 1),
        request="The address of the prison, and leave to send letters.",
        account="She cooked in a Dungan restaurant in Almaty and went to Changji to close her mother's "
        "flat. According to the family she was sentenced for a gathering to read the Quran.",
        sources=(
            Told(
                "husband", SourceKind.TESTIMONY, "B2", "ismar", "husband", Channel.COURT_PAPER, "2020-09-01"
            ),
            Told(
                "judgment",
                SourceKind.DOCUMENT,
                "A1",
                relation="photograph of a judgment, first page",
                channel=Channel.COURT_PAPER,
                told="2020-08-20",
            ),
        ),
        episodes=(
            Held(
                "2019-04-02",
                (
                    Happened(C.TAKEN, "2019-04-02", "husband"),
                    Happened(C.CHARGED, "2019-09", "husband"),
                    Happened(C.SENTENCED, "2020-03-11", "judgment", "six years and six months"),
                ),
                fields={
                    "county": "Changji",
                    "forces": Forces.POLICE,
                    "warrant": True,
                    "official_reason": "illegal gathering",
                    "held_at": "women's prison, Ürümqi",
                },
                judged=(Judged("Changji city court", 6, 6, "2020-03-11", "judgment", "2019-04-02"),),
            ),
        ),
        consents=(
            Consented("ismar", (Use.K0, Use.K12), dt.date(2020, 9, 1)),
            Consented("ismar", (Use.K3, Use.K4, Use.K6), dt.date(2020, 9, 30), until=dt.date(2021, 9, 30)),
        ),
    ),
    File(
        "CT-8YVP",
        "gulbahar",
        "azizjan",
        Stage.ACTIVE,
        dt.date(2018, 12, 7),
        request="To see her son, who is in a boarding school.",
        account="She taught music. According to the family she was first in one camp and then in another; "
        "how long, nobody told them.",
        notes="The younger sister fears for the child and refuses every use outside the office.",
        sources=(
            Told("mother", SourceKind.TESTIMONY, "B2", "patam", "mother", Channel.PHONE, "2018-12-07"),
            Told(
                "sister",
                SourceKind.TESTIMONY,
                "B3",
                "mehriban",
                "younger sister",
                Channel.MESSENGER,
                "2021-05",
            ),
        ),
        episodes=(
            Held(
                "2018-01/2018-02",
                (
                    Happened(C.CAMP, "2018-02", "mother"),
                    Happened(C.CAMP, "[2019-10..]", "sister", "moved to another camp"),
                ),
                words="taken twice within those weeks, the second time for good",
                fields={
                    "county": "Ghulja",
                    "forces": Forces.VILLAGE,
                    "suspected_reason": "songs; a trip to Almaty",
                },
            ),
        ),
        consents=(
            Consented("patam", OFFICIALS, dt.date(2021, 5, 4)),
            Consented("mehriban", (Use.K3, Use.K4, Use.K6), dt.date(2021, 5, 20), answer=Answer.REFUSES),
        ),
    ),
    File(
        "CT-5NDT",
        "ilyar",
        "ilyar",
        Stage.VERIFYING,
        dt.date(2020, 2, 25),
        request="That the boy may live with his grandmother in Kazakhstan.",
        account="His parents were taken when he was six. According to the grandmother he lives in a state "
        "boarding school and is called by a Chinese name there.",
        sources=(
            Told(
                "grandmother",
                SourceKind.TESTIMONY,
                "C3",
                "patam",
                "grandmother",
                Channel.THIRD_PERSON,
                "2020-02-25",
            ),
        ),
        episodes=(
            Held(
                "",
                (
                    Happened(C.OTHER, "2018-09", "grandmother", "put into a state boarding school", "Ghulja"),
                    Happened(C.SEEN, "2021-05~", "grandmother", "seen at the gate, well and grown tall"),
                ),
                held_from="2018-09",
                fields={"county": "Ghulja", "held_at": "boarding school no. 3 (invented)"},
            ),
        ),
        consents=(
            Consented(
                "patam", OFFICIALS, dt.date(2021, 5, 4), conditions="initials only, never a photograph"
            ),
        ),
    ),
    File(
        "CT-CQ27",
        "wangshan",
        "cheng",
        Stage.INTAKE,
        dt.date(2021, 11, 3),
        request="Not asked yet.",
        account="A Han engineer, married to a citizen of Kazakhstan. According to his wife he was held for "
        "filming a building site and must report every week now.",
        notes="Taken down on the telephone; she wants to think about consent. Call back on 17 November.",
        sources=(Told("wife", SourceKind.TESTIMONY, "C3", "dina", "wife", Channel.PHONE, "2021-11-03"),),
        episodes=(
            Held(
                "2021-06-28",
                (
                    Happened(C.TAKEN, "2021-06-28", "wife"),
                    Happened(C.HOUSE_ARREST, "2021-07-15/2021-08", "wife", "not sure of the last day"),
                    Happened(C.RELEASED_CONTROL, "2021-09-01~", "wife", "reports every week"),
                ),
                fields={"county": "Shihezi", "forces": Forces.STATE_SECURITY},
            ),
        ),
        consents=(Consented("dina", (Use.K0,), dt.date(2021, 11, 3), form=ConsentForm.ORAL),),
    ),
)
