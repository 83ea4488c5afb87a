from checkins.models.checkin import Attempt, CheckIn, HandOver
from checkins.models.draft import CallDraft
from checkins.models.followup import Delivery, FollowUp
from checkins.models.plan import Capacity, Leave, Plan, PlanLine, Trip
from checkins.models.pool import hardly_known, in_pool, met_in, with_callers
from checkins.models.round import Round

__all__ = [
    "Attempt",
    "CallDraft",
    "Capacity",
    "CheckIn",
    "Delivery",
    "FollowUp",
    "HandOver",
    "Leave",
    "Plan",
    "PlanLine",
    "Round",
    "Trip",
    "hardly_known",
    "in_pool",
    "met_in",
    "with_callers",
]
