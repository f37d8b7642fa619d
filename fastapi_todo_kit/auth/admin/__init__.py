"""What superusers do with other people's accounts."""
