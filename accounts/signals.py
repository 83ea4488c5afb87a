from django.dispatch import Signal

# Someone has been given an account. Sent with `user` and `by`, inside the transaction that makes it.
invited = Signal()
