"""What the fields of the shipped catalogue are called, for rules that speak of one.

What a category asks is left to the catalogue; a rule about a field that it lacks never applies.
"""

ACCOUNT = "account"
APPLICATION = "application"
APPROVER = "approver"
ASSET = "asset"
CONNECTION = "connection"
DEADLINE = "deadline"
DEVICE = "device"
ERROR = "error"
EXTENSION = "extension"
ITEM = "item"
LOCATION = "location"
PHONE = "phone"
PHONE_SERVICE = "phone_service"
SCOPE = "scope"
STARTED = "started"
SYMPTOM = "symptom"
SYSTEM = "system"
TRIED = "tried"
URGENCY = "urgency"
