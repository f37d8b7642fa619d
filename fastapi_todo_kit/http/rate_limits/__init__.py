"""How often one caller may ask (extra `rate-limits`); needs nothing where no limit is set."""
