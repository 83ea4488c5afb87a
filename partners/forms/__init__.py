from partners.forms.fields import DayField

__all__ = ["DayField"]
