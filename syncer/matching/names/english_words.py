"""English office words and the Danish ones that may be meant; about each a person is asked.

Source: our choice, the words in names of documents. A Danish word is followed by its English ones.
"""

from __future__ import annotations

from typing import Final

_WORDS: Final = """
aftale agreement/ anmodning request/ ansættelse employment/ ansøgning application/ arkitektur
architecture/ arrangement event/ beredskab emergency contingency/ beretning report/ beskrivelse
description/ beslutning decision/ bestyrelse board/ bruger user/ budget budget/ databeskyttelse
privacy/ deltager participant attendee/ drift operation/ etisk ethics ethical/ evaluering
evaluation/ forretningsorden procedure/ forsikring insurance/ forskning research/ forslag proposal/
fortegnelse register inventory/ frivillig volunteer/ godkendelse approval/ gruppe group/ gæst guest
visitor/ håndbog handbook/ hændelse incident/ indkaldelse notice/ indkøb procurement purchasing/
information information/ instruks instruction instructions/ integration integration/ katalog
catalogue catalog/ klage complaint/ kommunikation communication/ konference conference/ kontrakt
contract/ kravspecifikation requirement/ kursus course training/ kvalitet quality/ leder manager/
leverandør supplier vendor/ licens licence license/ liste list/ lokale room venue/ manual manual/
medarbejder employee staff/ medlem member/ medlemskab membership/ miljø environment/ mål goal
objective/ møde meeting/ notat memo note/ nøgle key/ opsigelse termination/ organisation
organisation organization/ overblik overview/ oversigt overview list/ pakke package/ partner
partner/ personale staff/ plan plan/ politik policy/ princip principle/ pris price/ procedure
procedure/ proces process/ produkt product/ projekt project/ præsentation presentation/ ramme
framework/ rapport report/ redegørelse statement/ referat minutes/ regel rule/ regnskab accounts/
rejse travel/ retningslinjer guidelines guideline/ risiko risk/ samarbejde cooperation
collaboration/ samtykke consent/ sikkerhed security safety/ skema form/ spørgeskema questionnaire/
strategi strategy/ studerende student/ styregruppe steering/ styring governance management/ støtte
support grant/ system system/ tidsplan schedule timeline/ tilskud grant/ uddannelse training
education/ udlån loan lending/ udstilling exhibition/ undersøgelse survey/ undervisning teaching/
vedligeholdelse maintenance/ vejledning guidance/ velkomst welcome/ vilkår terms/ vurdering
assessment/ årlig annual/ årsrapport annual/ ændring change/ økonomi finance
"""
"""Separated by white space and slashes."""
ENGLISH_WORDS: Final = tuple(tuple(words.split()) for words in _WORDS.split("/"))
