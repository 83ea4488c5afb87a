"""Places as people type them: "Akron, Ohio", "Madison,WI", "Florianópolis, SC - Brazil", "Japan"."""

import re
from dataclasses import dataclass

US, CANADA = "United States", "Canada"

# code: (name, region, main time zone). The regions are those of the US Census; territories have none.
US_STATES = {
    "AL": ("Alabama", "South", "America/Chicago"),
    "AK": ("Alaska", "West", "America/Anchorage"),
    "AZ": ("Arizona", "West", "America/Phoenix"),
    "AR": ("Arkansas", "South", "America/Chicago"),
    "CA": ("California", "West", "America/Los_Angeles"),
    "CO": ("Colorado", "West", "America/Denver"),
    "CT": ("Connecticut", "Northeast", "America/New_York"),
    "DE": ("Delaware", "South", "America/New_York"),
    "DC": ("District of Columbia", "South", "America/New_York"),
    "FL": ("Florida", "South", "America/New_York"),
    "GA": ("Georgia", "South", "America/New_York"),
    "HI": ("Hawaii", "West", "Pacific/Honolulu"),
    "ID": ("Idaho", "West", "America/Boise"),
    "IL": ("Illinois", "Midwest", "America/Chicago"),
    "IN": ("Indiana", "Midwest", "America/Indiana/Indianapolis"),
    "IA": ("Iowa", "Midwest", "America/Chicago"),
    "KS": ("Kansas", "Midwest", "America/Chicago"),
    "KY": ("Kentucky", "South", "America/New_York"),
    "LA": ("Louisiana", "South", "America/Chicago"),
    "ME": ("Maine", "Northeast", "America/New_York"),
    "MD": ("Maryland", "South", "America/New_York"),
    "MA": ("Massachusetts", "Northeast", "America/New_York"),
    "MI": ("Michigan", "Midwest", "America/Detroit"),
    "MN": ("Minnesota", "Midwest", "America/Chicago"),
    "MS": ("Mississippi", "South", "America/Chicago"),
    "MO": ("Missouri", "Midwest", "America/Chicago"),
    "MT": ("Montana", "West", "America/Denver"),
    "NE": ("Nebraska", "Midwest", "America/Chicago"),
    "NV": ("Nevada", "West", "America/Los_Angeles"),
    "NH": ("New Hampshire", "Northeast", "America/New_York"),
    "NJ": ("New Jersey", "Northeast", "America/New_York"),
    "NM": ("New Mexico", "West", "America/Denver"),
    "NY": ("New York", "Northeast", "America/New_York"),
    "NC": ("North Carolina", "South", "America/New_York"),
    "ND": ("North Dakota", "Midwest", "America/Chicago"),
    "OH": ("Ohio", "Midwest", "America/New_York"),
    "OK": ("Oklahoma", "South", "America/Chicago"),
    "OR": ("Oregon", "West", "America/Los_Angeles"),
    "PA": ("Pennsylvania", "Northeast", "America/New_York"),
    "PR": ("Puerto Rico", "", "America/Puerto_Rico"),
    "RI": ("Rhode Island", "Northeast", "America/New_York"),
    "SC": ("South Carolina", "South", "America/New_York"),
    "SD": ("South Dakota", "Midwest", "America/Chicago"),
    "TN": ("Tennessee", "South", "America/Chicago"),
    "TX": ("Texas", "South", "America/Chicago"),
    "UT": ("Utah", "West", "America/Denver"),
    "VT": ("Vermont", "Northeast", "America/New_York"),
    "VA": ("Virginia", "South", "America/New_York"),
    "VI": ("Virgin Islands", "", "America/St_Thomas"),
    "WA": ("Washington", "West", "America/Los_Angeles"),
    "WV": ("West Virginia", "South", "America/New_York"),
    "WI": ("Wisconsin", "Midwest", "America/Chicago"),
    "WY": ("Wyoming", "West", "America/Denver"),
}
PROVINCES = {
    "AB": ("Alberta", "", "America/Edmonton"),
    "BC": ("British Columbia", "", "America/Vancouver"),
    "MB": ("Manitoba", "", "America/Winnipeg"),
    "NB": ("New Brunswick", "", "America/Moncton"),
    "NL": ("Newfoundland and Labrador", "", "America/St_Johns"),
    "NS": ("Nova Scotia", "", "America/Halifax"),
    "NT": ("Northwest Territories", "", "America/Edmonton"),
    "NU": ("Nunavut", "", "America/Iqaluit"),
    "ON": ("Ontario", "", "America/Toronto"),
    "PE": ("Prince Edward Island", "", "America/Halifax"),
    "QC": ("Quebec", "", "America/Toronto"),
    "SK": ("Saskatchewan", "", "America/Regina"),
    "YT": ("Yukon", "", "America/Whitehorse"),
}
STATES = US_STATES | PROVINCES

COUNTRIES = dict(
    re.findall(
        r"([A-Z]{2}) ([^;\n]+)",
        """
    AF Afghanistan; AL Albania; DZ Algeria; AD Andorra; AO Angola; AG Antigua and Barbuda; AR Argentina; AM Armenia;
    AU Australia; AT Austria; AZ Azerbaijan; BS Bahamas; BH Bahrain; BD Bangladesh; BB Barbados; BY Belarus; BE Belgium;
    BZ Belize; BJ Benin; BM Bermuda; BT Bhutan; BO Bolivia; BA Bosnia and Herzegovina; BW Botswana; BR Brazil;
    BN Brunei; BG Bulgaria; BF Burkina Faso; BI Burundi; KH Cambodia; CM Cameroon; CA Canada; CV Cape Verde;
    CF Central African Republic; TD Chad; CL Chile; CN China; CO Colombia; KM Comoros; CG Congo; CD DR Congo;
    CR Costa Rica; CI Ivory Coast; HR Croatia; CU Cuba; CY Cyprus; CZ Czechia; DK Denmark; DJ Djibouti; DM Dominica;
    DO Dominican Republic; EC Ecuador; EG Egypt; SV El Salvador; GQ Equatorial Guinea; ER Eritrea; EE Estonia;
    SZ Eswatini; ET Ethiopia; FJ Fiji; FI Finland; FR France; GA Gabon; GM Gambia; GE Georgia; DE Germany; GH Ghana;
    GR Greece; GD Grenada; GT Guatemala; GN Guinea; GW Guinea-Bissau; GY Guyana; HT Haiti; HN Honduras; HK Hong Kong;
    HU Hungary; IS Iceland; IN India; ID Indonesia; IR Iran; IQ Iraq; IE Ireland; IL Israel; IT Italy; JM Jamaica;
    JP Japan; JO Jordan; KZ Kazakhstan; KE Kenya; KI Kiribati; KW Kuwait; KG Kyrgyzstan; LA Laos; LV Latvia;
    LB Lebanon; LS Lesotho; LR Liberia; LY Libya; LI Liechtenstein; LT Lithuania; LU Luxembourg; MG Madagascar;
    MW Malawi; MY Malaysia; MV Maldives; ML Mali; MT Malta; MH Marshall Islands; MR Mauritania; MU Mauritius; MX Mexico;
    FM Micronesia; MD Moldova; MC Monaco; MN Mongolia; ME Montenegro; MA Morocco; MZ Mozambique; MM Myanmar; NA Namibia;
    NR Nauru; NP Nepal; NL Netherlands; NZ New Zealand; NI Nicaragua; NE Niger; NG Nigeria; KP North Korea;
    MK North Macedonia; NO Norway; OM Oman; PK Pakistan; PW Palau; PS Palestine; PA Panama; PG Papua New Guinea;
    PY Paraguay; PE Peru; PH Philippines; PL Poland; PT Portugal; QA Qatar; RO Romania; RU Russia; RW Rwanda;
    WS Samoa; SM San Marino; SA Saudi Arabia; SN Senegal; RS Serbia; SC Seychelles; SL Sierra Leone; SG Singapore;
    SK Slovakia; SI Slovenia; SB Solomon Islands; SO Somalia; ZA South Africa; KR South Korea; SS South Sudan; ES Spain;
    LK Sri Lanka; SD Sudan; SR Suriname; SE Sweden; CH Switzerland; SY Syria; TW Taiwan; TJ Tajikistan; TZ Tanzania;
    TH Thailand; TL Timor-Leste; TG Togo; TO Tonga; TT Trinidad and Tobago; TN Tunisia; TR Turkey; TM Turkmenistan;
    TV Tuvalu; UG Uganda; UA Ukraine; AE United Arab Emirates; GB United Kingdom; US United States; UY Uruguay;
    UZ Uzbekistan; VU Vanuatu; VE Venezuela; VN Vietnam; YE Yemen; ZM Zambia; ZW Zimbabwe
    """,
    )
)
CONTINENTS = {"africa", "asia", "europe", "latin america", "north america", "oceania", "south america"}
CITIES_NAMED_LIKE_A_STATE = {"NY", "WA"}

_state_codes = {name.casefold(): code for code, (name, _, _) in STATES.items()} | {"québec": "QC"}
_countries = {name.casefold(): name for name in COUNTRIES.values()} | {
    "czech republic": "Czechia",
    "england": "United Kingdom",
    "great britain": "United Kingdom",
    "korea": "South Korea",
    "republic of korea": "South Korea",
    "scotland": "United Kingdom",
    "the netherlands": "Netherlands",
    "uae": "United Arab Emirates",
    "uk": "United Kingdom",
    "united states of america": US,
    "usa": US,
    "wales": "United Kingdom",
}


@dataclass(frozen=True)
class Place:
    city: str = ""
    state: str = ""
    country: str = ""
    region: str = ""
    is_odd: bool = False  # a state that neither the United States nor Canada has there, and no other country named


def state_code(text):
    """ "OH" for "Ohio", "oh" or "O.H."; empty when it is no US state or Canadian province."""
    code = text.replace(".", "").strip().upper()
    return code if code in STATES else _state_codes.get(text.strip().casefold(), "")


def country_name(text):
    """ "United Kingdom" for "UK" or "GB"; empty when we know no such country."""
    plain = text.replace(".", "").strip()
    return _countries.get(plain.casefold(), "") or COUNTRIES.get(plain, "")


def facts(state, country="", latitude=None, longitude=None):
    """What follows from a state's code: its country, region and main time zone."""
    if state not in STATES or not _is_american(country, latitude, longitude):
        return {}
    _, region, time_zone = STATES[state]
    found = US if state in US_STATES else CANADA
    return {"country": found, "region": region, "time_zone": time_zone} if country in ("", found) else {}


def _is_american(country, latitude, longitude):
    """Coordinates in the south or the east tell Paraná from Puerto Rico and Tbilisi from Atlanta."""
    in_place = latitude is None or longitude is None or (latitude > 0 and longitude < 0)
    return in_place and country in ("", US, CANADA)


def read(city="", state="", country="", *, latitude=None, longitude=None):
    """One normal form for what three cells say; a cell of its own wins over what stands behind a comma."""
    country = country_name(country) or country
    american = _is_american(country, latitude, longitude)
    parts = _parts(city)
    region = ""
    if len(parts) == 1 and not state:
        if parts[0].casefold() in CONTINENTS:
            region = parts.pop()
        elif american and (code := state_code(parts[0])) and code not in CITIES_NAMED_LIKE_A_STATE:
            state = code
            parts.pop()
        elif (name := country_name(parts[0])) and country in ("", name):
            country = name
            parts.pop()
    elif len(parts) > 1:
        tail = parts[-1]
        code = state_code(tail) if american else ""
        if code:
            if not state or state_code(state) == code:
                state = code
                parts.pop()
        elif (name := country_name(tail)) and country in ("", name):
            country = name
            parts.pop()
            if len(parts) > 1 and not state:
                state = parts.pop()
        elif re.fullmatch("[A-Z]{2,3}", tail) and not state:
            state = parts.pop()
    if _is_american(country, latitude, longitude):
        state = state_code(state) or state
    is_odd = bool(state) and country in ("", US, CANADA) and not facts(state, country, latitude, longitude)
    return Place(", ".join(parts), state, country, region, is_odd)


def _parts(city):
    """At the commas, and behind the first one at dashes too: "Florianópolis, SC - Brazil" has three."""
    head, comma, tail = city.partition(",")
    if comma:
        tail = re.sub(r"\([^)]*\)\s*$", "", tail)
        tail = re.sub(r"\s+[-–]\s+", ",", tail)
    return [part for part in (part.strip() for part in [head, *tail.split(",")]) if part]
