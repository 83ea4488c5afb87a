from django.conf import settings

THEMES = ("light", "dark")


def look(request):
    """What every page needs: the hub's name and the reader's theme (empty: as their device has it)."""
    theme = request.COOKIES.get("theme", "")
    return {"hub_name": settings.HUB_NAME, "theme": theme if theme in THEMES else ""}
