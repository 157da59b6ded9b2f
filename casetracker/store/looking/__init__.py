"""Looking at pictures and PDFs of strangers, in a process apart; see `looker`."""
