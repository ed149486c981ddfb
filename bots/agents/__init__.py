"""The agents' bot on Telegram.

python-telegram-bot is imported here only, and only by the process that serves agents.
"""
