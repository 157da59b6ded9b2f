"""What a list is narrowed to: conditions that people join, read as a sentence, save and find ready-made."""
