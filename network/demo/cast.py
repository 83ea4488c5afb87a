"""The few partners whom the demo logins meet first, each in a state worth looking at. They are Ana Silva's."""

from datetime import timedelta

from checkins.models import CallDraft, FollowUp, Trip
from network.demo import calls, followups, sentences, touchpoints
from network.demo.days import clock, month_end, working_day
from outbox.models import Letter
from partners.models import Challenge, Reach, Source, Strength

SAID = [
    (
        "Lakeshore Science Center",
        [
            (Strength, "Instructional coaching", Source.PROFILE, Reach.NETWORK,
             "Our floor educators co-teach three science lessons with every fourth-grade teacher in 22 schools."),
            (Strength, "Family engagement", Source.PROFILE, Reach.PUBLIC,
             "Parents run our family science nights in Spanish, Polish and English, and are paid for it."),
            (Strength, "Teacher leadership", Source.CALL, Reach.MATCH,
             "We took in forty teaching fellows, twice last year's number, and no partner school dropped out."),
            (Challenge, "Mentor retention", Source.CALL, Reach.MATCH,
             "Our mentors leave after one year and we never learn why."),
            (Challenge, "Evaluation on a shoestring", Source.SURVEY, Reach.NETWORK,
             "We count visitors and hours, but we cannot say what a visit changed."),
            (Challenge, "Substitute shortage", Source.PROFILE, Reach.NETWORK,
             "Schools cancel our workshop days because they find no substitute for the teachers."),
            (Strength, "Field trips", Source.SURVEY, Reach.NETWORK,
             "Every class that visits has met its guide by video the week before."),
            (Challenge, "Staff turnover", Source.GATHERING, Reach.MATCH,
             "Our gallery staff earn less than the coffee shop in our own lobby pays, and they tell us so."),
        ],
    ),
    (
        "Riverside STEM Alliance",
        [
            (Strength, "Mentor retention", Source.PROFILE, Reach.NETWORK,
             "We keep mentors for four years on average: a $1,200 stipend, one release day, and a friend to call."),
            (Challenge, "Board development", Source.SURVEY, Reach.NETWORK,
             "Our founder left the board in spring, and nobody else has ever chaired a meeting."),
        ],
    ),
    (
        "Delta Teachers College",
        [
            (Strength, "Mentor retention", Source.SURVEY, Reach.NETWORK,
             "Mentors of our induction year meet as a group of their own, and nine in ten come back for a third year."),
            (Challenge, "Rural recruitment", Source.PROFILE, Reach.NETWORK,
             "Of 31 science openings in the Delta this year, our graduates could fill twelve."),
        ],
    ),
    (
        "Sunflower Science Teachers Network",
        [
            (Strength, "Professional learning communities", Source.PROFILE, Reach.NETWORK,
             "Physics teachers from eleven counties of western Kansas grade the same three papers online each month."),
            (Challenge, "Lab safety", Source.CALL, Reach.MATCH,
             "Four of our schools still keep chemicals from the 1980s, and no one is paid to take them away."),
        ],
    ),
    (
        "Three Bridges Teacher Residency",
        [
            (Strength, "Paid residencies", Source.PROFILE, Reach.PUBLIC,
             "Our residents earn $29,000 while they learn, and 88 percent still teach here after three years."),
            (Challenge, "Multi-year funding", Source.CALL, Reach.STAFF,
             "The grant for 26 residents ends in June, and the district has not said whether it will pay."),
        ],
    ),
]  # fmt: skip


class Cast:
    def __init__(self, tile):
        self.tile, self.today, self.ana = tile, tile.today, tile.hub.ana
        self.rng = tile.rng("cast")

    def ago(self, days):
        return working_day(self.today - timedelta(days=days))

    def within(self, days):
        """In so many days, but in this month: the home page shows the month."""
        return min(self.today + timedelta(days=days), month_end(self.today))

    def pending(self, name, **facts):
        partner = self.tile.named(name)
        return partner, calls.pending(self.tile, partner, self.rng, **{"caller": self.ana, **facts})

    def held(self, name, days, **facts):
        partner, day = self.tile.named(name), self.ago(days)
        due_on = month_end(day)
        call = calls.held(self.tile, partner, self.rng, due_on=due_on, held_on=day, caller=self.ana, **facts)
        call.told = True
        partner.calls.append(call)
        return call

    def call(self):
        """What is on Ana's page."""
        self.lakeshore = self.held(
            "Lakeshore Science Center",
            373,
            minutes=31,
            channel="phone",
            work="A first cohort of twenty teaching fellows, and a new hall for school groups.",
            notes="Dana is worried about the mentors more than about money. Wants something short she can use at once.",
        )
        soon = self.today + timedelta(days=0 if self.today.weekday() == 4 else 1)
        due_on = self.within((soon - self.today).days)
        self.pending(
            "Lakeshore Science Center", due_on=due_on, scheduled_on=soon, hour=16 if soon == self.today else 11
        )
        riverside, tried = self.pending("Riverside STEM Alliance", due_on=self.within(4))
        calls.attempt(self.tile, riverside, tried, self.rng, on=self.ago(6), outcome="message")
        calls.attempt(self.tile, riverside, tried, self.rng, on=self.ago(2), outcome="no answer")
        self.pending("Prairie Gate School District", due_on=self.today - timedelta(days=9))
        kestrel, passed_on = self.pending("Kestrel Instruments", due_on=self.within(12))
        ben, reason = self.tile.hub.callers[2], "They asked for someone who has taught in a rural school, as Ana has."
        calls.hand_over(self.tile, kestrel, passed_on, self.rng, days=6, giver=ben, reason=reason)
        self.harbor()
        self.travel()
        self.sunflower = self.held("Sunflower Science Teachers Network", 12, minutes=26, channel="video")
        self.three_bridges = self.held("Three Bridges Teacher Residency", 26, minutes=44, channel="phone")

    def travel(self):
        """Two weeks from now Ana is in Chicago, and near Milwaukee."""
        starts_on = working_day(self.today + timedelta(days=16), back=False)
        here = self.lakeshore.partner.organization
        self.tile.rows.add(
            Trip(
                traveller=self.ana,
                place=here.place,
                latitude=here.latitude,
                longitude=here.longitude,
                radius_km=150,
                starts_on=starts_on,
                ends_on=starts_on + timedelta(days=2),
            )
        )

    def harbor(self):
        """A call that was broken off: the text is kept, the call is not on record yet."""
        yesterday = self.today - timedelta(days=1)
        _, begun = self.pending("Harbor Museum", due_on=self.within(8), opened_at=clock(yesterday, 15, 47))
        heard = {
            "outcome": "talked",
            "work": "The touring tide tank: nineteen schools booked for spring.",
            "challenges": "Two of our four outreach educators leave in January.\nBus costs for the county schools",
            "strengths": "",
            "notes": "Line dropped at ten past four, she had a class coming in. Wants to talk on about",
            "person": "",
            "channel": "phone",
            "held_on": yesterday.isoformat(),
        }
        saved_at = clock(yesterday, 16, 12)
        row = CallDraft(checkin=begun, text=heard, version=7, client="demo", sequence=7, saved_by=self.ana)
        row.saved_at = saved_at
        self.tile.rows.add(row)

    def say(self):
        held = {call.partner.organization.name: call for call in (self.lakeshore, self.sunflower, self.three_bridges)}
        for name, lines in SAID:
            for number, (model, subject, source, reach, text) in enumerate(lines):
                rng = self.tile.rng("cast", name, number)
                call = held.get(name) if source == Source.CALL else None
                partner = self.tile.named(name)
                sentences.said(
                    self.tile,
                    partner,
                    model,
                    text,
                    subject,
                    rng,
                    source=source,
                    reach=reach,
                    call=call,
                    withdrawn=False,
                )

    def give(self, giving):
        """Promises: kept, open, late; a draft, and a letter that came back."""
        tile, rng, today = self.tile, self.rng, self.today
        checklist = self.resource(giving, "Mentor retention", "Mentor onboarding checklist")
        sent_on = working_day(self.lakeshore.day + timedelta(days=1), back=False)
        kept = followups.promise(giving, self.lakeshore, rng, kind=FollowUp.Kind.TOOL, resource=checklist)
        letter = followups.letter(tile, self.lakeshore, [kept], rng, sent_on=sent_on)
        delivery = followups.deliver(tile, self.lakeshore, kept, rng, on=sent_on, letter=letter, landed="")
        followups.close(self.lakeshore, [delivery], rng)

        asked_on, lakeshore, delta = self.ago(8), self.lakeshore.partner, tile.named("Delta Teachers College")
        again = {"on": asked_on, "call": self.lakeshore, "rng": rng}
        kind, text = FollowUp.Kind.CONNECTION, "Send the calendar of grants for museums."
        followups.promise(giving, kind=kind, partner=delta, until=today + timedelta(days=6), **again)
        kind, late = FollowUp.Kind.SUPPORT, today - timedelta(days=2)
        followups.promise(giving, kind=kind, text=text, until=late, **again)
        asked = "Dana asked who has kept mentors past the first year. Promised her Delta, and the grant calendar."
        touchpoints.touch(tile, lakeshore, "mail", asked_on, asked, rng, by=self.ana, person=lakeshore.lead)

        agreement = self.resource(giving, "Lab safety", "Prep room inventory on a phone")
        owed = followups.promise(giving, self.sunflower, rng, kind=FollowUp.Kind.TOOL, resource=agreement)
        followups.letter(tile, self.sunflower, [owed], rng, written_on=self.ago(1))

        memo = self.resource(giving, "Multi-year funding", "Memo to a funder: why five years")
        stuck = followups.promise(giving, self.three_bridges, rng, kind=FollowUp.Kind.TOOL, resource=memo)
        self.came_back(followups.letter(tile, self.three_bridges, [stuck], rng, written_on=self.ago(4)))

    def came_back(self, letter):
        """The mailbox was closed when its owner left; the new intrapreneur has not heard from us yet."""
        letter.state, letter.tries = Letter.State.FAILED, 1
        letter.approved_by, letter.approved_at = self.ana, letter.created_at + timedelta(minutes=3)
        letter.claimed_at = letter.changed_at = letter.approved_at + timedelta(minutes=1)
        letter.problem = "550 5.1.1 Mailbox closed: the recipient has left the organization."

    @staticmethod
    def resource(giving, subject, title):
        return next(one for one in giving.library[subject] if one.title == title)
