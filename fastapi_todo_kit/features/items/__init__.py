"""Items: what a user keeps of his own about spaces, lists and labels, and nobody else sees."""
