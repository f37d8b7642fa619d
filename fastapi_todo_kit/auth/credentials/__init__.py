"""The pieces that know no database and no request: signed tokens, random tokens, passwords."""
