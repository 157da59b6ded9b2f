"""Reviews by families: what is asked, how it goes out and comes back, what is decided, how a case stands."""
