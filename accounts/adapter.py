from allauth.account.adapter import DefaultAccountAdapter


class InviteOnlyAdapter(DefaultAccountAdapter):
    """An invitation is an account that waits for its mailbox: nobody signs up, the invited sign in by mailed code."""

    def is_open_for_signup(self, request):
        return False
