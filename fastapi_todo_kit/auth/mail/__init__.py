"""Mails of accounts: queued in the transaction of what they are about, written and sent afterwards."""
