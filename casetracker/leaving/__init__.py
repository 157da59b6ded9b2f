"""What all files have in common that leave the program: written whole or not at all, and looked through."""
