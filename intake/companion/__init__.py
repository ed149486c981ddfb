"""The agents' companion: what agents say in Telegram, and what of their tickets is shown there.

Another door to `intake.service`, beside the inbox: what becomes of tickets is decided there.
How Telegram is spoken is left to `bots.agents`.
"""
