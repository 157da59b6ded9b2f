"""Pairs that may be one person: compared, judged different, merged, taken apart."""
