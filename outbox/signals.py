from django.dispatch import Signal

# A letter has left. Sent with `letter`, inside the transaction that records it.
letter_sent = Signal()
