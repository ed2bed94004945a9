"""Public holidays of a country or of a region in it, as a maintained library knows them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

INSTALL = "pip install 'clientfolder[holidays]'"
# The names are English, as all that `cf` says: where a country has several languages, none of them is everybody's.
LANGUAGES = ("en_US", "en_GB")
MOST_NAMED = 20


class NotKnown(Exception):
    """The library is not installed, or knows no such region; the message says what to do."""


def edition() -> str | None:
    """What tells the installed library from any other edition of it, without importing it; None if it has none."""
    from importlib.machinery import PathFinder

    spec = PathFinder.find_spec("holidays")
    try:
        status = os.stat(spec.origin or "") if spec else None
    except OSError:
        return None
    return f"{status.st_size}-{status.st_mtime_ns}-{status.st_ino}" if status else None


def public(region: str, years: Iterable[int]) -> dict[date, str]:
    """The public holidays of `DE` or `DE-BY` in those years, with their names. Raises NotKnown."""
    import warnings

    with warnings.catch_warnings():
        # What it says to programmers is not for the screen.
        warnings.simplefilter("ignore")
        return _asked(region, years)


def _asked(place: str, years: Iterable[int]) -> dict[date, str]:
    try:
        # Here and not above: it takes half as long as everything else that cf does in the morning.
        import holidays as library
    except ImportError:
        raise NotKnown(f"{place} needs the library of public holidays: {INSTALL}") from None
    country, _, region = place.partition("-")
    try:
        known = library.country_holidays(country)
    except NotImplementedError:
        raise NotKnown(f"no holidays are known of {country}; a country is two letters, like DE, PL or GB") from None
    code = _code(known, country, region) if region else None
    language = next((one for one in LANGUAGES if one in known.supported_languages), known.default_language)
    found = library.country_holidays(country, subdiv=code, years=years, language=language)
    return dict(sorted(found.items()))


def _code(known: Any, country: str, region: str) -> str:
    """A region as the library calls it; its own name, such as Bayern, does too."""
    names: Mapping[str, list[str]] = known.get_subdivision_aliases()
    codes = {name.casefold(): code for code in names for name in (code, *names[code])}
    if found := codes.get(region.casefold()):
        return found
    if not codes:
        raise NotKnown(f"{country} has no regions with holidays of their own; write {country} alone")
    from difflib import get_close_matches

    close = [codes[name] for name in get_close_matches(region.casefold(), codes, n=3, cutoff=0.5)]
    nearest = list(dict.fromkeys(close)) or list(names)[:MOST_NAMED]
    said = ", ".join(f"{country}-{code} ({names[code][0]})" if names[code] else f"{country}-{code}" for code in nearest)
    head = "The nearest" if close else "There are"
    raise NotKnown(f"{country} has no region {region}. {head}: {said}")
