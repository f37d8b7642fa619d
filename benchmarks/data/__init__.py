"""What is in the databases: the same users with the same todos for every application, each in its own database."""
