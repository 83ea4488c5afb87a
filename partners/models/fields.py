from django.db import models


class KeyField(models.CharField):
    """A normalized copy of another field, written whenever the row is: `KeyField(of="name", by=name_key)`.

    A generated column cannot do it (no database casefolds every script alike), and overriding `save()` would
    miss `bulk_create`.
    """

    def __init__(self, *, of, by, **kwargs):
        self.of, self.by = of, by
        super().__init__(**{"max_length": 200, "editable": False, "db_index": True, **kwargs})

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of, "by": self.by}

    def pre_save(self, instance, add):
        value = self.by(getattr(instance, self.of))
        setattr(instance, self.attname, value)
        return value
