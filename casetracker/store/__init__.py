"""How records are kept. Nothing outside this folder opens a session."""
