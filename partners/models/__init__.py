from partners.models.importing import ColumnMapping, ImportRun
from partners.models.intrapreneur import Intrapreneur
from partners.models.organization import Organization, PreviousName, Tag
from partners.models.person import Person
from partners.models.sentence import Challenge, Reach, Source, Strength
from partners.models.topic import Synonym, Topic
from partners.models.touchpoint import Touchpoint

__all__ = [
    "Challenge",
    "ColumnMapping",
    "ImportRun",
    "Intrapreneur",
    "Organization",
    "Person",
    "PreviousName",
    "Reach",
    "Source",
    "Strength",
    "Synonym",
    "Tag",
    "Topic",
    "Touchpoint",
]
