"""The form page behind every card: the same fields, opened by a signed link, without a login.

What is posted arrives as any message does; what is said goes to the ticket's own channel.
"""
