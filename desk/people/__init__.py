"""The directory of people from outside: lists as files, LDAP, and the commands that bring them."""
