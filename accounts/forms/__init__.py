from accounts.forms.account import CodeForm, InviteForm, PasskeyForm, ProfileForm, hub_roles

__all__ = ["CodeForm", "InviteForm", "PasskeyForm", "ProfileForm", "hub_roles"]
