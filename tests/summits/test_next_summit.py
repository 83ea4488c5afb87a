from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from summits.models import Summit
from tests.factories import SummitFactory

pytestmark = pytest.mark.django_db


def test_the_next_summit_is_the_first_that_is_not_over(partner, sign_in):
    SummitFactory(name="Summit 2020", starts_on=date(2020, 3, 3), ends_on=date(2020, 3, 4))
    SummitFactory(name="Summit 2099", starts_on=date(2099, 3, 3), ends_on=date(2099, 3, 4))

    page = sign_in(partner).get(reverse("summits:next")).content.decode()

    assert "Summit 2099" in page
    assert "Summit 2020" not in page


def test_a_summit_does_not_end_before_it_starts():
    with pytest.raises(IntegrityError), transaction.atomic():
        SummitFactory(starts_on=date(2027, 3, 4), ends_on=date(2027, 3, 3))

    assert not Summit.objects.exists()
