"""The page of hearings, petitions, UN sessions, reprisals and other events."""
