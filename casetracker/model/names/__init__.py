"""Names across scripts: what a spelling would be elsewhere, always a suggestion for a person to judge.

Nothing here knows the store or the window, and nothing here is ever saved without somebody saying yes.
"""

from casetracker.model.names.arabic import uyghur_or_kazakh
from casetracker.model.names.suggest import Scheme, Suggestion, suggestions
from casetracker.model.names.writing import Language, Script, script_of

__all__ = ["Language", "Scheme", "Script", "Suggestion", "script_of", "suggestions", "uyghur_or_kazakh"]
