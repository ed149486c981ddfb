"""The demo: the real desk beside a simulated Telegram and mail server, and a page to play with.

`running` starts it, `page` shows it, `story` and `morning` give it some tickets to begin with.
"""
