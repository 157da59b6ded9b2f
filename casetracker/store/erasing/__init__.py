"""Erasing a person: a duty towards whoever asks for it, and what cannot be taken back.

What the office holds about somebody goes from the records, the history, the index of the search, and the
evidence; an empty record stays, because lists that were handed over and papers that were given out point at
it. The log keeps its chain: the hashes of what was erased stay, the salts that would let anybody guess from
them go.
"""
