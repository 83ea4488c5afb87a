from django.dispatch import Signal

# Someone may now sign in who could not before, or has not yet. Sent with `user` and `by`, inside the transaction.
invited = Signal()
