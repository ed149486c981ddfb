"""Small talk: what people say around a ticket that fills no field, and the word that they get.

By chat and by mail. Which ticket it is said of is left to `matching`.
"""
