from django.dispatch import Signal

# Asks every higher app for its lines of an organization's timeline. Sent with `organization`, `user`, `kinds` (a set),
# `before` (a date, or None: only what happened on an earlier day) and `limit`; a receiver returns a list of at most
# `limit` `partners.timeline.Entry`, the newest. Compare a datetime column as `at__date__lt=before`.
timeline_wanted = Signal()

# Asks every higher app what belongs on the brief before a visit. Sent with `organization` and `user`; a receiver
# returns a list of `partners.brief.Section`.
brief_wanted = Signal()

# Two organizations, or two people (`sender`), are about to become one: `kept` and `gone`, at the time `now`. Sent in
# the transaction, before anything moved. A receiver takes its own steps by the `journal`, or refuses: ValidationError.
merging = Signal()

# Somebody took over as intrapreneur from somebody else. Sent with the new `role` and `by`, inside the transaction.
handed_over = Signal()

# Asks every higher app what it finds. Sent with `query` (at least one word), `user` and `organizations` (the best of
# those found, as this user may see them); a receiver returns a list of `partners.finding.Group`.
find_wanted = Signal()

# Asks every higher app what it holds of people: a receiver returns a list of `partners.held.Holding`.
holdings_wanted = Signal()
