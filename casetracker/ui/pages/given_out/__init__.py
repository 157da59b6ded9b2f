"""What was given out: the page of the release register, and the cards of people and cases."""
