from partners.models.due import Due
from partners.models.erasure import Erasure
from partners.models.importing import ColumnMapping, ImportRun
from partners.models.intrapreneur import Intrapreneur
from partners.models.lists import BulkChange, ListColumns, SavedView
from partners.models.merge import Merge, NotDuplicate
from partners.models.organization import Organization, PreviousName, Tag
from partners.models.person import Affiliation, OtherEmail, Person
from partners.models.reading import Reading
from partners.models.sentence import Challenge, Reach, Source, Strength
from partners.models.succession import Succession
from partners.models.topic import Synonym, Topic
from partners.models.touchpoint import Touchpoint

__all__ = [
    "Affiliation",
    "BulkChange",
    "Challenge",
    "ColumnMapping",
    "Due",
    "Erasure",
    "ImportRun",
    "Intrapreneur",
    "ListColumns",
    "Merge",
    "NotDuplicate",
    "Organization",
    "OtherEmail",
    "Person",
    "PreviousName",
    "Reach",
    "Reading",
    "SavedView",
    "Source",
    "Strength",
    "Succession",
    "Synonym",
    "Tag",
    "Topic",
    "Touchpoint",
]
