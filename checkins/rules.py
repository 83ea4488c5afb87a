"""What a plan may touch."""


def is_fixed(checkin):
    """Whether somebody decided about this call, or has begun it: a plan leaves it alone. Needs its draft loaded."""
    return bool(
        checkin.by_hand
        or checkin.state != checkin.State.PLANNED
        or checkin.purpose != checkin.Purpose.YEARLY
        or checkin.opened_at
        or checkin.reserved_until
        or hasattr(checkin, "draft")
    )


def moved_on(checkin, caller_id, due_on):
    """Why a call is not any more as a plan knew it, as a sentence; nothing while it is."""
    if checkin is None:
        return "The call is not there any more."
    if not checkin.is_pending:
        return f"The call was held on {checkin.held_on:%-d %b}."
    if checkin.caller_id != caller_id:
        return f"{checkin.caller} has the call now."
    if checkin.due_on != due_on:
        return f"The call was moved to {checkin.due_on:%-d %b}."
    if is_fixed(checkin):
        return f"{checkin.caller} agreed a time, began the call or keeps it by hand."
    if checkin.organization.status != checkin.organization.Status.ACTIVE:
        return "They are not an active partner any more."
    return ""
