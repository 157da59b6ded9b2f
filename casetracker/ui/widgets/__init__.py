"""The parts that every page is built from; they know plain values, and nothing of records or of the store."""
