from django.urls import reverse

ADDRESS, CONFIRM = reverse("account_email"), reverse("account_email_verification_sent")
NEW = "dana@new.example.org"


def change_to(door, email):
    door.client.post(ADDRESS, {"email": email, "action_add": ""})
    return door.client.post(CONFIRM, {"code": door.code()})


def test_a_new_address_counts_once_its_code_came_back(partner, door):
    old = partner.email
    door.walk_in(partner)

    door.client.post(ADDRESS, {"email": NEW, "action_add": ""})
    partner.refresh_from_db()
    assert partner.email == old

    door.client.post(CONFIRM, {"code": door.code()})
    partner.refresh_from_db()
    assert partner.email == NEW
    assert list(partner.emailaddress_set.values_list("email", "verified")) == [(NEW, True)]
    assert door.mailbox[-1].to == [old]
    assert "changed from" in door.mailbox[-1].body


def test_the_old_address_opens_nothing_any_more(partner, door):
    old = partner.email
    door.walk_in(partner)
    change_to(door, NEW)
    door.client.post(reverse("account_logout"))

    door.ask(old)

    assert "is not invited" in door.mailbox[-1].subject


def test_nobody_takes_the_address_of_another_account(partner, staff, door):
    door.walk_in(partner)

    page = change_to(door, staff.email.upper())

    assert "already registered" in page.content.decode()
    partner.refresh_from_db()
    assert partner.email == "dana@lakeshore.example.org"


def test_the_page_shows_the_address(partner, door):
    door.walk_in(partner)

    assert partner.email in door.client.get(ADDRESS).content.decode()
