"""Lists of others taken in, and files for other programs."""
