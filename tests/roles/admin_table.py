"""Django's admin, by its families of addresses: an admin may do what stands here, everybody else nothing.

Whoever is signed in and no admin is led to the admin's own door, which answers 403; strangers to the one door of the
house. The admin asks for no method, so PUT and DELETE are answered like GET, and change as little.
"""

# The answer to an admin for GET and for a POST that says no more than "yes, delete it". One word: the same for both.
FAMILIES = {
    "changelist": "200/200",
    "add": "200/200",
    "change": "200/200",
    "history": "200/200",
    "delete": "200/list",
    "simple_history": "200/403",
    "old address": "change/change",
}
FORBIDDEN = "403/403"
LOOKED_AT = "200/403"  # a page whose form cannot be sent

# What is left out is FORBIDDEN, or, for "change", LOOKED_AT.
MAY = {
    "account.emailaddress": "",
    "accounts.user": "add change",
    "checkins.attempt": "",
    "checkins.calldraft": "",
    "checkins.checkin": "add change",
    "checkins.delivery": "",
    "checkins.followup": "",
    "checkins.handover": "",
    "checkins.round": "add change delete",
    "introductions.introduction": "add change delete",
    "library.resource": "add change",
    "mfa.authenticator": "delete",
    "outbox.letter": "change",
    "partners.challenge": "add change delete",
    "partners.columnmapping": "delete",
    "partners.importrun": "delete",
    "partners.intrapreneur": "add change",
    "partners.organization": "add change delete",
    "partners.person": "add change delete",
    "partners.strength": "add change delete",
    "partners.tag": "add change delete",
    "partners.topic": "add change delete",
    "partners.touchpoint": "add change delete",
    "summits.summit": "add change delete",
}

# Where the answer is another one for the thing the world has, and why.
EXCEPTIONS = {
    ("mfa.authenticator", "delete"): "200/admin",  # back to the start: there is nothing to change
    ("partners.columnmapping", "delete"): "200/admin",
    ("partners.importrun", "delete"): "200/admin",
    ("partners.person", "delete"): "200/200",
    ("partners.organization", "delete"): "200/200",  # calls hang on it, and say so
    ("introductions.introduction", "delete"): "200/200",
}

# The pages that belong to no model.
PAGES = {
    "admin:index": "200/200",
    "admin:login": "admin/200",
    "admin:logout": "405/200",
    "admin:password_change": "200/200",
    "admin:password_change_done": "200/405",
    "admin:autocomplete": "403/405",
    "admin:jsi18n": "200/405",
    "admin:view_on_site": "404/404",
    "admin:app_list": "200/200",
    "admin:": "404/404",
}
# Two of them answer somebody who is no admin in a way of their own.
FOR_OTHERS = {"admin:login": "403", "admin:logout": "admin"}
