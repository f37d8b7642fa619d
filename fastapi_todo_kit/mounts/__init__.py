"""What an application mounts: routers and middleware."""
