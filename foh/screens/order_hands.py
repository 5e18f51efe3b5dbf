"""What hands do on the order page, by key and by touch alike: one door for both."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from common.domain.portions import State
from foh.drafts import PORTION, DraftLine
from foh.forms.fire import FireForm
from foh.forms.form import CLOSE, Form, Hands
from foh.forms.head import HeadForm
from foh.forms.line import DraftLineForm
from foh.forms.more import KeysForm, MoreForm
from foh.forms.pay import PayForm
from foh.forms.sent_line import SentLineForm
from foh.forms.void import VoidForm
from foh.screens.desk import Desk
from foh.screens.menu_view import OPEN, MenuView
from foh.screens.post import Post

translate = QCoreApplication.translate


class OrderHands:
    """Where the arrows are (`zone`: grid or cart), the form that is open, what each key does."""

    def __init__(
        self, desk: Desk, post: Post, menu: MenuView, cart_keys: Callable[[], list[str]]
    ) -> None:
        self.desk = desk
        self.post = post
        self.menu = menu
        self.till = desk.till
        self.zone = "grid"
        self.pad = False
        self.form: Hands | None = None
        self._cart_keys = cart_keys
        self._deeds = self._what_keys_do()

    def knows(self, action: str) -> bool:
        """Whether this is an action of the page itself."""
        return action in self._deeds

    def act(self, action: str, text: str) -> bool:
        """A key or a button; False if it means nothing here."""
        if self.form is not None:
            return self._act_on_form(self.form, action, text)
        if action == "type":
            self._type(text)
            return True
        deed = self._deeds.get(action)
        if deed is None:
            return False
        return deed(text) is not False

    def _act_on_form(self, hands: Hands, action: str, text: str) -> bool:
        field, _, rest = text.partition(" ")
        said = ""
        match action:
            case "close":
                said = CLOSE
            case "choose":
                said = hands.choose(field, rest)
            case "step":
                hands.form.step(field, int(rest))
            case "write":
                hands.form.write(field, rest)
            case "focus":
                hands.focus(field)
            case "press":
                said = hands.form.press(text)
            case "language" | "undo":
                return False
            case _:
                if action.startswith("page "):
                    self.form = None
                    return False
                said = hands.act(action, text)
        if said and self.form is hands:
            self.form = None
            if said != CLOSE and not self.act(said, ""):
                return False
        return True

    def ask(self, form: Form) -> None:
        """Lay a form over the page."""
        self.form = Hands(form)

    def _type(self, text: str) -> None:
        if text in "+=" and self.desk.step(1):
            return
        if text == "-" and self.desk.step(-1):
            return
        self.zone = "grid"
        key = self.menu.type(text)
        if key is not None:
            self._take_dish(key)

    def _what_keys_do(self) -> dict[str, Callable[[str], object]]:
        """What each action does; the text is what it is about."""
        desk, menu = self.desk, self.menu
        return {
            "dish": self._take_dish,
            "line": self._tap_line,
            "category": menu.show,
            "category next": lambda _: menu.next_category(1),
            "category prev": lambda _: menu.next_category(-1),
            "search": menu.search,
            "pad": self._turn_pad,
            "close": lambda _: menu.clear() or self._deselect(),
            "backspace": lambda _: self._delete() if self.zone == "cart" else menu.rub_out(),
            "delete": lambda _: self._delete(),
            "enter": lambda _: self._enter(),
            "tab": lambda _: self._turn_zone(),
            "backtab": lambda _: self._turn_zone(),
            "page_next": lambda _: menu.turn(1),
            "page_prev": lambda _: menu.turn(-1),
            "more_of_it": lambda _: desk.step(1),
            "less": lambda _: desk.step(-1),
            "remove": lambda _: self._delete(),
            "form": lambda _: self._ask_about_line(),
            "open dish": lambda _: self._ask_open_dish(""),
            "head": lambda _: self.ask(HeadForm(desk)),
            "more": lambda _: self.ask(MoreForm(desk)),
            "keys": lambda _: self.ask(KeysForm()),
            "void": lambda _: self._ask_void(),
            "send": lambda _: self._send(),
            "rush": lambda _: self._rush(),
            "pay": lambda _: self._pay(),
            "hold": lambda _: self._hold(),
            "fire": lambda _: self._fire(),
            "new guest": lambda _: desk.new_guest(),
            "drop": lambda _: self._drop(),
            **{key: self._mover(key) for key in ("up", "down", "left", "right", "first", "last")},
        }

    def _mover(self, action: str) -> Callable[[str], object]:
        return lambda _: self._move(action)

    def _move(self, action: str) -> None:
        if self.zone == "grid":
            self.menu.move(action)
            return
        keys = self._cart_keys()
        if not keys:
            return
        at = keys.index(self.desk.selected) if self.desk.selected in keys else -1
        to = {"up": at - 1, "first": 0, "last": len(keys) - 1, "down": at + 1}.get(action, at)
        self.desk.selected = keys[min(max(to, 0), len(keys) - 1)]

    def _turn_zone(self) -> None:
        self.zone = "cart" if self.zone == "grid" else "grid"
        if self.zone == "cart" and not self.desk.selected:
            self._move("last")
        if self.zone == "grid" and self.menu.cursor is None:
            self.menu.move("first")

    def _turn_pad(self, _: str) -> None:
        self.pad = not self.pad

    def _deselect(self) -> bool:
        self.zone = "grid"
        selected, self.desk.selected = self.desk.selected, ""
        return bool(selected)

    def _enter(self) -> None:
        if self.zone == "cart":
            self._ask_about_line()
        elif (key := self.menu.chosen) is not None:
            self._take_dish(key)

    def _take_dish(self, key: str) -> None:
        if key == OPEN:
            self._ask_open_dish(self.menu.query)
            return
        dish = self.desk.card.find(key)
        if dish is None:
            return
        count = self.menu.taken()
        if dish.asks:
            self.ask(DraftLineForm(self.desk, self.desk.new_line(dish, count), new=True))
        else:
            self.desk.add(dish, count)

    def _tap_line(self, key: str) -> None:
        self.zone = "cart"
        self.desk.selected = "" if self.desk.selected == key else key

    def _ask_about_line(self) -> None:
        desk = self.desk
        if (line := desk.draft_line) is not None:
            self.ask(DraftLineForm(desk, line))
        elif (sent_line := desk.sent_line) is not None:
            if sent_line.active() and not sent_line.record.combo:
                self.ask(SentLineForm(desk, sent_line))
            else:
                self.till.hint(translate("Order", "It is ready: it can't be changed any more."))
        else:
            self.till.hint(translate("Order", "Choose a dish of the order first."))

    def _ask_open_dish(self, name: str) -> None:
        count = self.menu.taken()
        key = self.desk.keeper.drafts.new_key()
        line = DraftLine(key=key, zh=name, en=name, qty=count * PORTION)
        self.ask(DraftLineForm(self.desk, line, new=True))

    def _ask_void(self) -> None:
        line = self.desk.sent_line
        if line is not None and line.state is not State.VOID:
            self.ask(VoidForm(self.desk, line))
        else:
            self.till.hint(translate("Order", "Choose a dish that was sent first."))

    def _delete(self) -> None:
        if self.desk.draft_line is not None:
            self.desk.remove(self.desk.selected)
        elif self.desk.sent_line is not None:
            self._ask_void()

    def _drop(self) -> None:
        for line in self.desk.draft.lines:
            self.desk.remove(line.key)

    def _send(self) -> None:
        desk = self.desk
        if not desk.draft.lines:
            self.till.hint(translate("Order", "Nothing to send: all that is here was sent."))
        else:
            self.zone = "grid"
            self.post.send()

    def _hold(self) -> None:
        if not self.desk.hold():
            self.till.hint(translate("Order", "Nothing here can wait: it is being cooked."))

    def _fire(self) -> None:
        desk = self.desk
        line, begun, held = desk.sent_line, desk.draft_line, desk.held
        if begun is not None and begun.hold:
            desk.hold()
        elif line is not None and line.state is State.HELD:
            desk.fire([line])
        elif len({each.record.course for each in held}) > 1:
            self.ask(FireForm(desk))
        elif held:
            desk.fire(held)
        else:
            self.till.hint(translate("Order", "No dish waits to be called for."))

    def _pay(self) -> None:
        order = self.desk.order
        if self.desk.draft.lines:
            self.till.hint(translate("Order", "Send or remove what is not sent first."))
        elif order is None or order.due <= 0:
            self.till.hint(translate("Order", "Nothing is due here."))
        else:
            self.ask(PayForm(self.desk, order))

    def _rush(self) -> None:
        if not self.desk.rush():
            self.till.hint(translate("Order", "There is no order yet to rush."))
