from checkins.models.checkin import Attempt, CheckIn, HandOver
from checkins.models.draft import CallDraft
from checkins.models.followup import Delivery, FollowUp
from checkins.models.round import Round

__all__ = ["Attempt", "CallDraft", "CheckIn", "Delivery", "FollowUp", "HandOver", "Round"]
