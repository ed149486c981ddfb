"""The employees' bot on Telegram.

aiogram is imported here only, and only by the process that serves Telegram.
"""
