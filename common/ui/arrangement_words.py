"""What the settings of a screen are called, and their values."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def label(name: str) -> str:
    """A setting's name."""
    match name:
        case "language":
            return translate("Arrangement", "Language")
        case "palette":
            return translate("Arrangement", "Colours")
        case "diagonal_in":
            return translate("Arrangement", "Screen size")
        case "distance_m":
            return translate("Arrangement", "Read from")
        case "layout":
            return translate("Arrangement", "Tickets")
        case "auto_start":
            return translate("Arrangement", "Start by itself")
        case "digits":
            return translate("Arrangement", "A digit")
        case "two_digits":
            return translate("Arrangement", "Slots above ten")
        case "ready_first":
            return translate("Arrangement", "Ready orders")
        case _:
            return translate("Arrangement", "Role")


def value(name: str, is_: object) -> str:
    """A setting's value."""
    match name, is_:
        case "diagonal_in", float(inches):
            return translate("Arrangement", "{count} inches").format(count=f"{inches:.1f}")
        case "distance_m", float(metres):
            return translate("Arrangement", "{count} m away").format(count=f"{metres:.1f}")
        case "auto_start", int(count) if count:
            return translate("Arrangement", "the first {count} tickets").format(count=count)
    return _choice(name, is_)


def _choice(name: str, is_: object) -> str:
    words: dict[tuple[str, object], str] = {
        ("language", "zh_CN"): "中文",
        ("language", "en"): "English",
        ("palette", "kitchen"): translate("Arrangement", "usual"),
        ("palette", "counter"): translate("Arrangement", "usual"),
        ("palette", "kitchen-safe"): translate("Arrangement", "safe for the colour-blind"),
        ("palette", "counter-safe"): translate("Arrangement", "safe for the colour-blind"),
        ("layout", "flow"): translate("Arrangement", "in columns, as high as needed"),
        ("layout", "grid"): translate("Arrangement", "in cells of one size"),
        ("auto_start", 0): translate("Arrangement", "nothing: by tap"),
        ("digits", "select"): translate("Arrangement", "selects its ticket"),
        ("digits", "bump"): translate("Arrangement", "bumps its ticket"),
        ("two_digits", False): translate("Arrangement", "have no key"),
        ("ready_first", False): translate("Arrangement", "stay where they are"),
        ("ready_first", True): translate("Arrangement", "stand first"),
        ("two_digits", True): translate("Arrangement", "0, then a digit"),
    }
    return words.get((name, is_), str(is_))


def hint(name: str) -> str:
    """What has to be known to set it."""
    if name == "diagonal_in":
        return translate("Arrangement", "Change it until the bar is 10 cm long on the glass")
    return ""
