"""The agents' web pages: tickets, replies, quarantine, sessions."""
