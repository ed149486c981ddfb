"""The employees' bot on Viber.

viberbot is imported here only: for messages, parsing and payloads. The transport is our own.
"""
