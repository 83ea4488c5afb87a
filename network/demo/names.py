"""Invented names: of organizations, of people from many places, and of what they do."""

from network.demo.corpus import names

STEMS, FIRST, LAST = (names(section) for section in ("stems", "first", "last"))

ENDINGS = {
    "university": ["Teachers College", "State University", "University", "College", "Polytechnic", "Community College",
                   "School of Education", "Institute of Technology"],
    "district": ["Public Schools", "School District", "Unified School District", "County Schools", "City Schools",
                 "Independent School District", "Area Schools"],
    "museum": ["Science Center", "Museum", "Children's Museum", "Nature Center", "Planetarium", "Aquarium",
               "Natural History Museum", "Discovery Center"],
    "company": ["Instruments", "Robotics", "Biosciences", "Power and Light", "Software", "Aerospace", "Materials",
                "Medical Devices"],
    "funder": ["Foundation", "Family Foundation", "Community Fund", "Education Fund", "Trust", "Charitable Trust"],
    "nonprofit": ["STEM Alliance", "Teaching Fellows", "Math Circle Network", "Teacher Residency", "Learning Lab",
                  "Coding Collective", "Science Teachers Network", "Youth Engineers", "Education Partnership"],
    "agency": ["Department of Education", "Office of Educator Preparation", "Regional Service Center",
               "Teacher Licensing Board", "Workforce Office", "Higher Education Commission"],
}  # fmt: skip

QUALIFIERS = ["North", "South", "East", "West", "Upper", "Lower", "Greater", "New", "Old", "Central", "Inner", "Far"]

TITLES = {
    "university": ["Professor of Science Education", "Dean of Education", "Director, Teacher Preparation",
                   "Program Director", "Associate Professor of Mathematics", "Clinical Faculty Lead"],
    "district": ["Director of Science", "Chief Academic Officer", "STEM Coordinator", "Director of Human Resources",
                 "Mathematics Supervisor", "Assistant Superintendent"],
    "museum": ["Director of Learning", "Vice President, Education", "School Programs Manager", "Outreach Manager",
               "Educator Lead"],
    "company": ["Community Programs Manager", "Director of Engineering", "Education Partnerships Lead",
                "Volunteer Coordinator"],
    "funder": ["Program Officer, Education", "Executive Director", "Senior Program Officer", "Grants Manager"],
    "nonprofit": ["Executive Director", "Program Director", "Director of Partnerships", "Chief Program Officer",
                  "Director of Teacher Support", "Evaluation Manager"],
    "agency": ["STEM Program Manager", "Director of Educator Quality", "Education Policy Analyst",
               "Licensing Specialist"],
}  # fmt: skip
