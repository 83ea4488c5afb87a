"""The intrapreneur a row names: someone we know, or someone new."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q
from django.db.models.functions import Lower

from partners.importing.failures import BadRow
from partners.importing.matching import listed
from partners.keys import name_key
from partners.models import Person


@dataclass(eq=False)
class Lead:
    """What becomes of the intrapreneur: who it is (None: a new person), what changes about them, and the role."""

    person: Person | None
    values: dict = field(default_factory=dict)
    takes_role: bool = False
    from_whom: Person | None = None


class Roster:
    """Everyone at these organizations, and everyone whose address stands in the file, in one query."""

    def __init__(self, organizations, candidates):
        self.rows_with = defaultdict(list)
        for candidate in candidates:
            if candidate.email:
                self.rows_with[candidate.email].append(candidate.number)
        people = Person.objects.annotate(email_key=Lower("email")).select_related("organization").order_by("pk")
        self.by_email, self.at = {}, defaultdict(list)
        for person in people.filter(Q(organization__in=organizations) | Q(email_key__in=list(self.rows_with))):
            if person.email_key:
                self.by_email[person.email_key] = person
            if not person.left_on:
                self.at[person.organization_id].append(person)

    def lead(self, candidate, organization, *, today):
        """The plan for the row's intrapreneur, or None when the row names none."""
        if not candidate.person:
            return None
        if len(self.rows_with[candidate.email]) > 1:
            rows = listed(self.rows_with[candidate.email])
            raise BadRow(f"Rows {rows} give {candidate.email} to different organizations.")
        role = organization.current_roles[0] if organization and organization.current_roles else None
        person = self.known(candidate, organization, role)
        lead = Lead(person, {k: v for k, v in candidate.person.items() if not person or getattr(person, k) != v})
        lead.takes_role = not (role and person and role.person_id == person.pk)
        if role and lead.takes_role:
            if role.started_on > today:
                raise BadRow(f"{role.person} takes over on {role.started_on:%d %b %Y}; hand over on the record page.")
            lead.from_whom = role.person
        return lead

    def known(self, candidate, organization, role):
        """By address, else by name among those who work there."""
        by_email = self.by_email.get(candidate.email)
        if by_email and by_email.organization_id != (organization and organization.pk):
            raise BadRow(f"{candidate.email} belongs to {by_email} at {by_email.organization}.")
        if by_email and by_email.left_on:
            raise BadRow(f"{by_email} has left {organization}.")
        key = name_key(candidate.person["name"])
        namesakes = [person for person in self.at[organization and organization.pk] if name_key(person.name) == key]
        by_name = next((person for person in namesakes if role and person.pk == role.person_id), None)
        by_name = by_name or next(iter(namesakes), None)
        if by_email and by_name and by_email != by_name:
            raise BadRow(f"The email is that of {by_email}, but the name is that of someone else at {organization}.")
        return by_email or by_name
