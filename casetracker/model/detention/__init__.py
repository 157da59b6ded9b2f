"""Cases: what is done to a detained person, and what is known of it."""
