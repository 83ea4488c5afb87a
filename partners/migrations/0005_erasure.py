from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0004_lists"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name=model,
            name=name,
            field=models.DateField(editable=False, null=True, **words),
        )
        for model in ("person", "historicalperson")
        for name, words in (("erasure_asked_on", {"verbose_name": "asked to be erased"}), ("erased_on", {}))
    ] + [
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("erased_on__isnull", True),
                    models.Q(("email", ""), ("phone", ""), ("title", ""), ("user__isnull", True)),
                    _connector="OR",
                ),
                name="person_erased_stays_erased",
                violation_error_message="This person asked to be erased.",
            ),
        ),
    ]
