"""Cases people record, what experts said and how two people coded it, and what would have to hold at home.

Every row that people change carries ``version``: whoever sends a form names the version it was made from.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from citytandem.web.accounts.models import Organisation
from citytandem.web.agreements.models import Agreement, Written
from citytandem.web.programmes.models import Tandem


class Shown(models.TextChoices):
    """A draft is seen by its team; what is published by everybody."""

    DRAFT = "draft"
    PUBLISHED = "published"


class RegionType(models.TextChoices):
    """What a region lived on; as in ``facts/case.csv``."""

    COAL = "coal"
    STEEL = "steel"
    COAL_AND_STEEL = "coal_and_steel"
    HEAVY_INDUSTRY = "heavy_industry"


class Evidence(models.TextChoices):
    """What a case rests on; as in ``facts/case.csv``."""

    EVALUATION = "evaluation"
    FIGURES = "figures"
    REPORT = "report"


class Case(Written):
    """What was tried in a region or a city, as a team records it beside the cases of the house.

    ``mark``: S for read in the source it names, K for recalled, which is no evidence.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="cases")
    language = models.CharField(max_length=8)
    title = models.CharField(max_length=160, help_text="The phase or topic in words.")
    region = models.CharField(max_length=40, blank=True, db_index=True, help_text="Key of a region of the house.")
    city = models.CharField(max_length=24, blank=True, db_index=True, help_text="Id of the city in the atlas.")
    region_type = models.CharField(max_length=16, choices=RegionType.choices)
    phase = models.CharField(max_length=16, db_index=True)
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField(null=True, blank=True)
    policy = models.CharField(max_length=200, help_text="What was tried.")
    instrument = models.CharField(max_length=120)
    actors = models.CharField(max_length=300, blank=True)
    happened = models.TextField(max_length=3000)
    failed = models.TextField(max_length=3000, blank=True)
    transfer = models.TextField(max_length=3000, blank=True, help_text="Conditions elsewhere, one per line.")
    evidence = models.CharField(max_length=12, choices=Evidence.choices)
    measures = models.JSONField(default=list, help_text="Measures it resembles, such as S01.")
    mark = models.CharField(max_length=1, choices=[("S", "S"), ("K", "K")])
    source = models.CharField(max_length=300, blank=True)
    source_url = models.URLField(max_length=500, blank=True)
    tandem = models.ForeignKey(Tandem, on_delete=models.SET_NULL, null=True, blank=True, related_name="cases")
    agreement = models.ForeignKey(Agreement, on_delete=models.SET_NULL, null=True, blank=True, related_name="cases")
    state = models.CharField(max_length=10, choices=Shown.choices, default=Shown.DRAFT, db_index=True)
    published = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_year=None) | models.Q(last_year__gte=models.F("first_year")),
                name="a_case_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=~models.Q(mark="S") | ~models.Q(source=""), name="a_case_read_names_its_source"),
            models.CheckConstraint(condition=~models.Q(region="", city=""), name="a_case_is_somewhere"),
        ]
        ordering = ["policy", "pk"]


class Hold(models.TextChoices):
    """Whether a condition holds at home. Nobody knows yet: unknown, which is not no."""

    HOLDS = "holds"
    PARTLY = "partly"
    NOT = "not"
    UNKNOWN = "unknown"


class Checklist(Written):
    """What would have to hold at home: a learner goes through the conditions of one case.

    ``case_key`` names the case as its page does: one of the house, or ``team-7`` for one that a team recorded.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="checklists")
    case_key = models.CharField(max_length=80, db_index=True)
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=8)
    tandem = models.ForeignKey(Tandem, on_delete=models.SET_NULL, null=True, blank=True, related_name="checklists")
    state = models.CharField(max_length=10, choices=Shown.choices, default=Shown.DRAFT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "case_key"], name="one_checklist_per_team_and_case")]
        ordering = ["title", "pk"]


class Condition(models.Model):
    """One line of a checklist."""

    checklist = models.ForeignKey(Checklist, on_delete=models.CASCADE, related_name="conditions")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500)
    holds = models.CharField(max_length=8, choices=Hold.choices, default=Hold.UNKNOWN)
    why = models.TextField(max_length=1000, blank=True)
    who = models.CharField(max_length=200, blank=True, help_text="Who could find out.")
    due = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["number", "pk"]


class Round(Written):
    """Interviews on one question, shown to everybody as topics once published."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="rounds")
    title = models.CharField(max_length=160)
    question = models.CharField(max_length=400)
    language = models.CharField(max_length=8)
    state = models.CharField(max_length=10, choices=Shown.choices, default=Shown.DRAFT, db_index=True)
    published = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["title", "pk"]


class Topic(Written):
    """One topic of a team's list, with what counts as it and what does not."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="topics")
    title = models.CharField(max_length=80)
    definition = models.CharField(max_length=600)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "title"], name="one_topic_per_team_and_title")]
        ordering = ["title"]


class Interview(Written):
    """An expert, and when they were asked. What may be told of them is said in ``consents`` alone."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="interviews")
    name = models.CharField(max_length=120)
    function = models.CharField(max_length=160)
    belongs_to = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True, db_index=True)
    region = models.CharField(max_length=40, db_index=True, help_text="Key of a region of the house.")
    region_type = models.CharField(max_length=16, choices=RegionType.choices)
    language = models.CharField(max_length=8)
    held = models.DateField()
    is_invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["held", "pk"]


class Purpose(models.TextChoices):
    """What consent is asked for: to count what was said among topics, to show statements in their words, to be asked again."""

    TOPICS = "topics"
    QUOTES = "quotes"
    CONTACT = "contact"


class Level(models.TextChoices):
    """How a person may be told of."""

    NAMED = "named"
    FUNCTION = "function"
    NONE = "none"


class How(models.TextChoices):
    """How consent was given."""

    WRITTEN = "written"
    EMAIL = "email"
    RECORDED = "recorded"
    SPOKEN = "spoken"


class Consent(models.Model):
    """One purpose, for one interview. No row, or one that is withdrawn, is no consent."""

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=8, choices=Purpose.choices)
    level = models.CharField(max_length=8, choices=Level.choices)
    given = models.DateField()
    how = models.CharField(max_length=8, choices=How.choices)
    withdrawn = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["interview", "purpose"], name="one_consent_per_purpose")]
        ordering = ["pk"]


class Statement(Written):
    """One thing an expert said, in their words."""

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="statements")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(max_length=3000)
    language = models.CharField(max_length=8)
    translation = models.TextField(max_length=3000, blank=True)
    translation_language = models.CharField(max_length=8, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["interview", "number"], name="one_statement_per_number")]
        ordering = ["number"]


class Seat(models.Model):
    """One of the two who code an interview. Codes are kept as they work; from ``done`` on they stand.

    ``topics`` are the topics they had before them: what was added to the list later, they never considered.
    """

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="seats")
    number = models.PositiveSmallIntegerField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    topics = models.JSONField(default=list)
    done = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["interview", "number"], name="one_seat_per_number"),
            models.UniqueConstraint(fields=["interview", "user"], name="nobody_codes_an_interview_twice"),
            models.CheckConstraint(condition=models.Q(number__in=[1, 2]), name="two_people_code_an_interview"),
        ]
        ordering = ["number"]


class Code(models.Model):
    """A topic that one coder found in a statement."""

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="codes")
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="codes")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="codes")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seat", "statement", "topic"], name="a_code_is_given_once")]
        ordering = ["pk"]


class Settlement(models.Model):
    """What two coders agreed on where they had differed. What each had said first is kept."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="settlements")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")
    is_present = models.BooleanField()
    reason = models.CharField(max_length=400, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    on = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["statement", "topic"], name="a_difference_is_settled_once")]
        ordering = ["pk"]
