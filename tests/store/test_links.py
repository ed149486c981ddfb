"""A link moves a handle with what came from it, and undone it moves back just that."""

from intake.messages import Address

MAIL = Address(channel="email", account="desk@example.org", external_id="olena@example.org")
