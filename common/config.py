"""What a machine knows before it reads its log: the settings in its node's folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import msgspec

from common.errors import KnownError

CONFIG = "node.toml"
"""The settings' file in a node's folder."""
NODE_KEY = "node.key"
STORE_KEY = "store.key"
"""The sealed store key, on counters only."""


class NodeConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One node's settings. `feed` and `router` are what it binds, as ZeroMQ endpoints.

    `store_key` is the store's public key in hex: whatever the log says of the roster and the
    settings counts only with its signature.
    """

    name: str
    store_key: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
    feed: str
    router: str
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"


def read_config(folder: Path) -> NodeConfig:
    """The settings in a node's folder. Raises KnownError."""
    path = folder / CONFIG
    try:
        return msgspec.toml.decode(path.read_bytes(), type=NodeConfig)
    except FileNotFoundError as error:
        raise KnownError(
            f"{folder} is no node's folder: {CONFIG} is missing",
            f"{folder} 不是节点的文件夹：缺少 {CONFIG}。",
        ) from error
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise KnownError(f"{path} can't be used: {error}", f"{path} 无法使用：{error}") from error


def write_config(folder: Path, config: NodeConfig) -> None:
    """Write the settings into a new node's folder; only its owner can read them."""
    path = folder / CONFIG
    path.touch(mode=0o600, exist_ok=False)
    facts = msgspec.structs.asdict(config)
    # Names and endpoints are strings: JSON's form of a string is TOML's too.
    lines = (f"{key} = {msgspec.json.encode(value).decode()}\n" for key, value in facts.items())
    path.write_text("".join(lines), encoding="utf-8")
