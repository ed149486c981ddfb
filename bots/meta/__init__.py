"""Messenger and Instagram: Meta's webhooks in, its Send API out, one adapter for both."""
