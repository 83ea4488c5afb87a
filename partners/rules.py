"""Who may do what to a loaded object. Pure predicates; a view that gets False answers 403."""


def belongs_to(user, organization):
    """Whether this is the partner's own organization, and they still work there."""
    person = getattr(user, "person", None)
    return bool(person and not person.left_on and person.organization_id == organization.pk)


def can_edit_organization(user, organization):
    return user.is_hub or belongs_to(user, organization)


def can_edit_person(user, person):
    """The hub repairs everyone's details; a partner their own."""
    return user.is_hub or (person.user_id == user.pk and not person.left_on)


def can_add_sentence(user, organization):
    return user.is_hub or belongs_to(user, organization)


def can_edit_sentence(user, sentence):
    """The hub, and a partner what they can read about their own organization. Expects a sentence they can see."""
    return user.is_hub or belongs_to(user, sentence.organization)
