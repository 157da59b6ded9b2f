"""Whether two records may be of one person. What is found is shown to somebody; nothing is merged here."""

from casetracker.model.matching.blocking import blocks
from casetracker.model.matching.find import SHOWN_FROM, Pair, likely, pairs
from casetracker.model.matching.key import key, keys
from casetracker.model.matching.profile import Profile, Spelling
from casetracker.model.matching.score import Score, score

__all__ = [
    "SHOWN_FROM",
    "Pair",
    "Profile",
    "Score",
    "Spelling",
    "blocks",
    "key",
    "keys",
    "likely",
    "pairs",
    "score",
]
