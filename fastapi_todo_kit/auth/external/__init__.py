"""Users of an external issuer (Auth0, Keycloak, Supabase, ...): verifies its access tokens, keeps nothing of them."""
