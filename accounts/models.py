import zoneinfo

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.record import History


def validate_time_zone(name):
    """Refuse what is not an IANA zone name, such as "America/Chicago"."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(
            "“%(name)s” is not a time zone we know. Try one like America/Chicago.", params={"name": name}
        )


def languages():
    """Choices of two-letter language codes; called, so that a new Django makes no migration."""
    return sorted((code, info["name"]) for code, info in LANG_INFO.items() if len(code) == 2 and "name" in info)


def validate_languages(codes):
    """Refuse what is not a list of language codes, such as "es, fr"."""
    unknown = [code for code in codes.replace(",", " ").split() if code not in dict(languages())]
    if unknown:
        raise ValidationError(
            "“%(code)s” is not a language code we know. Two letters, like es or fr.", params={"code": unknown[0]}
        )


class UserQuerySet(models.QuerySet):
    def hub(self):
        """The people of the hub: those who may call partners and read what partners tell in confidence."""
        return self.filter(role__in=User.HUB_ROLES)

    def active(self):
        return self.filter(is_active=True)

    def callers(self):
        return self.hub().active().exclude(role=User.Role.ADMIN).order_by("name", "email")

    def waiting(self):
        """Invited, but never signed in."""
        return self.active().filter(last_login__isnull=True)

    def for_team(self):
        return self.hub().order_by("-is_active", "name", "email")


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, role=User.Role.ADMIN, **fields)

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class User(AbstractBaseUser):
    """Someone who can sign in. The role alone decides what they may do; there are no groups or flags beside it."""

    class Role(models.TextChoices):
        OVERSEER = "overseer", "overseer"
        STAFF = "staff", "staff"
        PARTNER = "partner", "partner"
        ADMIN = "admin", "admin"

    HUB_ROLES = (Role.OVERSEER, Role.STAFF, Role.ADMIN)

    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=10, choices=Role, default=Role.PARTNER)
    phone = models.CharField(max_length=40, blank=True)
    time_zone = models.CharField(max_length=60, blank=True, validators=[validate_time_zone])
    languages = models.CharField(
        "languages besides English",
        max_length=60,
        blank=True,
        validators=[validate_languages],
        help_text="such as es, fr",
    )
    is_active = models.BooleanField("can sign in", default=True)
    invited_by = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager()
    history = History(excluded_fields=["password", "last_login"])

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        ordering = ["name", "email"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once",
                violation_error_message="This address already has an account.",
            ),
            models.CheckConstraint(
                condition=Q(role__in=["overseer", "staff", "partner", "admin"]), name="user_role_known"
            ),
        ]

    def __str__(self):
        return self.name or self.email

    @property
    def is_hub(self):
        return self.is_active and self.role in self.HUB_ROLES

    @property
    def is_overseer(self):
        return self.is_active and self.role in (self.Role.OVERSEER, self.Role.ADMIN)

    @property
    def is_staff(self):
        """Django's word for "may open the admin"."""
        return self.is_superuser

    @property
    def is_superuser(self):
        return self.is_active and self.role == self.Role.ADMIN

    @property
    def is_waiting(self):
        """Invited, but never signed in."""
        return self.is_active and self.last_login is None

    @property
    def zone(self):
        return zoneinfo.ZoneInfo(self.time_zone or settings.TIME_ZONE)

    @property
    def speaks(self):
        """The codes of the languages they can call in, besides English."""
        return self.languages.replace(",", " ").split()

    @property
    def first_name(self):
        return self.name.split(" ")[0] if self.name else ""

    def has_perm(self, perm, obj=None):
        return self.is_superuser

    def has_perms(self, perms, obj=None):
        return self.is_superuser

    def has_module_perms(self, app_label):
        return self.is_superuser
