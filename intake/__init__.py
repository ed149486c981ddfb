"""The core: what a message means, which ticket it belongs to, what to say.

No framework, no database, no network.
"""
