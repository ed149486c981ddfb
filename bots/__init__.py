"""The channels, a folder each: what arrives becomes an envelope, what leaves becomes a receipt. No channel knows another."""
