"""The office's own work: appeals and the replies to them, posts, rules of time, tasks."""
