"""Accounts in Django's admin. Roles and who may sign in change by the same actions as on the team page."""

from allauth.account.admin import EmailAddressAdmin
from allauth.account.models import EmailAddress
from allauth.mfa.admin import AuthenticatorAdmin
from allauth.mfa.models import Authenticator
from django.contrib import admin, messages
from django.contrib.auth.admin import Group  # ... where it is registered
from django.core.exceptions import PermissionDenied
from django.http import Http404
from simple_history.admin import SimpleHistoryAdmin

from accounts import actions, record, rules
from accounts.forms.guarded import GuardedAdminForm
from accounts.models import User


class HistoryAdmin(SimpleHistoryAdmin):
    """What was is to be read, and whoever saves second sees both texts.

    The page of an old version would also save it whole, past every action: that way is shut.
    """

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form)(form.__name__, (GuardedAdminForm, form), {})

    def save_related(self, request, form, formsets, change):
        """A row that is edited along with its rows below is another version of itself."""
        super().save_related(request, form, formsets, change)
        if change and any(formset.has_changed() for formset in formsets):
            record.save(form.instance, by=request.user)

    def history_view(self, request, object_id, extra_context=None):
        must_be_numbers(object_id)
        return super().history_view(request, object_id, extra_context)

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        if request.method == "POST":
            raise PermissionDenied
        must_be_numbers(object_id, version_id)
        return super().history_form_view(request, object_id, version_id, extra_context)


def must_be_numbers(*texts):
    if not all(text.isdecimal() and len(text) < 19 for text in texts):
        raise Http404


@admin.register(User)
class UserAdmin(HistoryAdmin):
    list_display = ["name", "email", "role", "is_active", "last_login"]
    list_filter = ["role", "is_active", "last_login"]
    list_display_links = ["name", "email"]
    search_fields = ["name", "email"]
    show_facets = admin.ShowFacets.ALWAYS
    readonly_fields = ["email", "role", "is_active", "last_login", "invited_by", "created_at"]
    exclude = ["password"]
    actions = ["close", "open_again", "make_staff", "make_overseer", "make_admin", "make_partner"]

    def get_fields(self, request, obj=None):
        return super().get_fields(request, obj) if obj else ["email", "name", "role"]

    def get_readonly_fields(self, request, obj=None):
        return super().get_readonly_fields(request, obj) if obj else []

    def save_model(self, request, obj, form, change):
        """Adding is inviting; changing touches only what the person could change too."""
        if change:
            super().save_model(request, obj, form, change)
        else:
            obj.pk = actions.invite(obj.email, role=obj.role, name=obj.name, by=request.user).pk

    def has_delete_permission(self, request, obj=None):
        """What someone did stays theirs: accounts are closed, never deleted."""
        return False

    @admin.action(description="Close: can no longer sign in")
    def close(self, request, users):
        self.for_each(request, users, actions.deactivate)

    @admin.action(description="Open again: can sign in")
    def open_again(self, request, users):
        self.for_each(request, users, actions.reactivate)

    @admin.action(description="Make staff")
    def make_staff(self, request, users):
        self.for_each(request, users, actions.change_role, role=User.Role.STAFF)

    @admin.action(description="Make overseer")
    def make_overseer(self, request, users):
        self.for_each(request, users, actions.change_role, role=User.Role.OVERSEER)

    @admin.action(description="Make admin")
    def make_admin(self, request, users):
        self.for_each(request, users, actions.change_role, role=User.Role.ADMIN)

    @admin.action(description="Make partner")
    def make_partner(self, request, users):
        self.for_each(request, users, actions.change_role, role=User.Role.PARTNER)

    def for_each(self, request, users, action, **values):
        for user in users:
            try:
                action(user, **values, by=request.user)
            except rules.Refused as refusal:
                self.message_user(request, f"{user}: {refusal}", messages.ERROR)
            else:
                self.message_user(request, f"{user}: done.", messages.SUCCESS)


class ReadOnly:
    """What someone proved about themselves is theirs to change: whoever could edit it could sign in as them."""

    actions = None
    search_fields = ["user__name", "user__email"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False


# allauth's own pages would let an admin hang their address on someone else's account.
admin.site.unregister([EmailAddress, Authenticator])
# The role alone decides: a group would look as if it gave somebody something.
admin.site.unregister(Group)


@admin.register(EmailAddress)
class AddressAdmin(ReadOnly, EmailAddressAdmin):
    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Authenticator)
class SecondFactorAdmin(ReadOnly, AuthenticatorAdmin):
    """Deleting is how someone who lost their phone gets in again. The secret itself is shown to nobody."""

    fields = ["user", "type", "created_at", "last_used_at"]
