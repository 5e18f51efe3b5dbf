"""What can go wrong at the doors and keys, told so that staff can act on it."""

from common.errors import KnownError


class MeshError(KnownError):
    """A known trouble of keys or sockets: no bug, and its text says what to do."""


class CannotBindError(MeshError):
    """An address this node must listen on is taken or is not this machine's."""

    def __init__(self, endpoint: str, reason: str) -> None:
        super().__init__(
            f"cannot listen on {endpoint}: {reason}; is this node running already?",
            f"无法监听 {endpoint}：{reason}。这个节点是不是已经在运行？",
        )
        self.endpoint = endpoint
        self.reason = reason


class CannotDialError(MeshError):
    """A peer's address in the roster is none."""

    def __init__(self, endpoint: str, reason: str) -> None:
        super().__init__(
            f"cannot dial {endpoint}: {reason}",
            f"无法连接 {endpoint}：{reason}。",
        )
        self.endpoint = endpoint
        self.reason = reason


class GateSilentError(MeshError):
    """The ZAP handler does not answer, so no door may open."""


class KeyFileError(MeshError):
    """A key file is missing, damaged, already there, or readable by others."""


class MistypedCodeError(MeshError):
    """A recovery code that cannot be right: wrong length, sign or check character."""


class WrongCodeError(MeshError):
    """A well-formed recovery code that does not open this store key."""
