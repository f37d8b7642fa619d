"""What accounts do while nobody asks: sending mails, and removing what has expired."""
