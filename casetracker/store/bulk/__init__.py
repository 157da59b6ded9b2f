"""Many new records at once: by the rules of every save, in memory that does not grow with their number."""
