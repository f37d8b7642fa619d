"""Invitations to spaces that users have made: by mail, and by links."""
