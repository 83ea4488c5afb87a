from django.dispatch import Signal

# Asks every higher app for its lines of an organization's timeline. Sent with `organization`, `user`, `before`
# (a datetime or None), `limit` and `kinds`; a receiver returns a list of `partners.timeline.Entry`.
timeline_wanted = Signal()
