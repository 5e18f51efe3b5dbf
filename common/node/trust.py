"""Whose word on roster and settings counts: only what the store's key has signed."""

from __future__ import annotations

from common.domain.events import NodeEnrolled
from common.domain.house import House, Signed, signed_record_message
from common.mesh.keys import origin_of, store_id_of, verify


def trusting_house(store_key: bytes) -> House:
    """A house that takes roster and settings only with the store's signature."""
    store_id = store_id_of(store_key)

    def genuine(record: Signed) -> bool:
        if isinstance(record, NodeEnrolled) and record.node != origin_of(record.public_key):
            return False  # a name that is not the key's could take another node's place
        return verify(store_key, signed_record_message(store_id, record), record.signature)

    return House(genuine)
