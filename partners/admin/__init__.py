"""Partners in Django's admin: for repair. What has consequences goes through the same actions as on the screens."""

from partners.admin.importing import ColumnMappingAdmin, ImportRunAdmin
from partners.admin.organization import OrganizationAdmin, TagAdmin
from partners.admin.people import IntrapreneurAdmin, PersonAdmin
from partners.admin.sentences import ChallengeAdmin, StrengthAdmin, TopicAdmin
from partners.admin.touchpoint import TouchpointAdmin

__all__ = [
    "ChallengeAdmin",
    "ColumnMappingAdmin",
    "ImportRunAdmin",
    "IntrapreneurAdmin",
    "OrganizationAdmin",
    "PersonAdmin",
    "StrengthAdmin",
    "TagAdmin",
    "TopicAdmin",
    "TouchpointAdmin",
]
