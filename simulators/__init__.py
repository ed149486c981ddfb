"""The outside world for demo and tests, over real HTTP, IMAP and SMTP.

Imports nothing of the product.
"""
