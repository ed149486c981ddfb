"""The channels, a folder each: what arrives becomes an envelope, what leaves a receipt.

No channel knows another.
"""
