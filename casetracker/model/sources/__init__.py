"""Who told what, and who agreed to what."""
