"""Who is near a place, along the great circle: right across the date line and around the poles."""

import math
from collections import defaultdict

from django.db.models import Q

from partners.models import Organization

EARTH_KM = 6371.0088  # its mean radius
HAIR = 1e-6  # degrees, so that rounding leaves nobody out of a box


def distance_km(latitude, longitude, other_latitude, other_longitude):
    """Between two places in degrees, over the ground (haversine)."""
    north, other_north = math.radians(latitude), math.radians(other_latitude)
    east = math.radians(other_longitude - longitude)
    half = math.sin((other_north - north) / 2) ** 2 + math.cos(north) * math.cos(other_north) * math.sin(east / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, half)))


def box(latitude, longitude, radius_km):
    """A condition that keeps all within the radius, and few others: a few degrees up and down, and to either side."""
    reach = radius_km / EARTH_KM
    up = math.degrees(reach) + HAIR
    rows = Q(latitude__range=(latitude - up, latitude + up))
    if abs(latitude) + up >= 90:  # a pole is within reach, so every longitude is
        return rows
    aside = math.degrees(math.asin(math.sin(reach) / math.cos(math.radians(latitude)))) + HAIR
    west, east = longitude - aside, longitude + aside
    columns = Q(longitude__range=(west, east))
    if west < -180:
        columns |= Q(longitude__gte=west + 360)
    if east > 180:
        columns |= Q(longitude__lte=east - 360)
    return rows & columns


def within(organizations, trip):
    """(kilometres, organization) of all within a trip's radius, the nearest first."""
    here = trip.latitude, trip.longitude
    found = organizations.filter(box(*here, trip.radius_km))
    far = [(distance_km(*here, each.latitude, each.longitude), each) for each in found]
    return sorted([pair for pair in far if pair[0] <= trip.radius_km], key=lambda pair: (pair[0], pair[1].pk))


def known_places():
    """Where partners are, with the middle of those there: {"Chicago, IL": (latitude, longitude)}."""
    there = defaultdict(list)
    placed = Organization.objects.active().filter(latitude__isnull=False).exclude(city="")
    for organization in placed.only("city", "state", "country", "latitude", "longitude").order_by("city", "state"):
        there[organization.place].append((organization.latitude, organization.longitude))
    return {place: middle(points) for place, points in there.items()}


def middle(points):
    """The mean of points on a sphere, so that one on either side of the date line is not in Africa."""
    x = y = z = 0.0
    for latitude, longitude in points:
        north, east = math.radians(latitude), math.radians(longitude)
        x += math.cos(north) * math.cos(east)
        y += math.cos(north) * math.sin(east)
        z += math.sin(north)
    return round(math.degrees(math.atan2(z, math.hypot(x, y))), 5), round(math.degrees(math.atan2(y, x)), 5)
