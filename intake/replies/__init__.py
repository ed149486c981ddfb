"""What a reply to a card says: which values it gives, declines, asks about or takes back.

Pure. What stands in a text is left to `intake.understanding`, what becomes of a ticket by it to
`intake.filling`.
"""
