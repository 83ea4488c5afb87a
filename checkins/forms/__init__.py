from checkins.forms.call import CallForm, PastCallForm
from checkins.forms.promises import GiveForm, HandOverForm, PromiseForm, RescheduleForm
from checkins.forms.review import ReviewForm

__all__ = ["CallForm", "GiveForm", "HandOverForm", "PastCallForm", "PromiseForm", "RescheduleForm", "ReviewForm"]
