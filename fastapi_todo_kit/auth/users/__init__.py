"""Users: registering, verifying an address, what one sees and changes of oneself."""
