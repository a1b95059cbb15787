"""Every record and enum that one package passes to another.

Frozen and slotted; tuples, not lists; unknown is `None`, never 0 or "". A path is decoded, NFC,
relative to the share's root, with `/` between its parts and none at either end; "" is the root.
Times are aware UTC. There are no sentences for people here: a `Reason` is a code with arguments,
and `report/words` phrases it.
"""
