"""The durable flow: what came in is decided in one commit, what goes out is tried to its end."""
