"""The words of a run: every record and enum that one room gives to another.

Frozen and slotted; tuples, not lists; unknown is `None`, never 0 or "". A path is decoded, NFC,
relative to the share's root, `/` between its parts, none in front or behind; "" is the root.
Times are aware UTC. Sentences for people stand nowhere here: a `Reason` is a code with arguments,
and `report/words` knows how to say it.
"""
