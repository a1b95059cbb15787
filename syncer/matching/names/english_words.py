"""English office words and the Danish ones that may be meant; about each a person is asked.

Source: our choice, the words in names of documents. A Danish word is followed by its English ones.
"""

from __future__ import annotations

from typing import Final

_WORDS: Final = """
adgang access/ aftale agreement/ anmodning request/ ansvar responsibility/ ansættelse employment/
ansøgning application/ arbejde work/ arbejdsgruppe working/ arkitektur architecture/ arrangement
event/ beredskab emergency contingency/ beretning report/ beskrivelse description/ beslutning
decision/ bestyrelse board/ bilag annex appendix/ bruger user/ budget budget/ bæredygtighed
sustainability/ dagsorden agenda/ databeskyttelse privacy/ deltager participant attendee/ drift
operation/ etisk ethics ethical/ evaluering evaluation/ faktura invoice/ forberedelse preparation/
formål purpose/ forretningsorden procedure/ forsikring insurance/ forskning research/ forslag
proposal/ fortegnelse register inventory/ forælder parent/ fremdrift progress/ frivillig volunteer/
gennemgang review/ godkendelse approval/ gruppe group/ gæst guest visitor/ hjemmearbejde remote/
håndbog handbook/ håndtering management handling/ hændelse incident/ indhold content/ indkaldelse
notice/ indkøb procurement purchasing/ information information/ instruks instruction instructions/
integration integration/ interessent stakeholder/ katalog catalogue catalog/ klage complaint/ kode
code/ kommunikation communication/ konference conference/ konsortie consortium/ kontakt contact/
kontrakt contract/ kravspecifikation requirement/ kultur culture/ kunde customer/ kursus course
training/ kvalitet quality/ køreplan roadmap/ leder manager/ leverandør supplier vendor/ levering
delivery/ licens licence license/ ligestilling equality/ liste list/ lokale room venue/ løn salary/
mangfoldighed diversity/ manual manual/ medarbejder employee staff/ medlem member/ medlemskab
membership/ miljø environment/ mål goal objective/ møde meeting/ notat memo note/ nøgle key/
opsigelse termination/ organisation organisation organization/ overblik overview/ oversigt overview
list/ pakke package/ partner partner/ personale staff/ plan plan/ politik policy/ princip
principle/ pris price/ procedure procedure/ proces process/ produkt product/ projekt project/
protokol protocol/ præsentation presentation/ publikation publication/ ramme framework/ rapport
report/ redegørelse statement/ referat minutes/ regel rule/ regnskab accounts/ rejse travel/ rejse
trip/ retningslinjer guidelines guideline/ rettighed right/ risiko risk/ rolle role/ sag case/
samarbejde cooperation collaboration/ samling collection/ samtykke consent/ service service/
sikkerhed security safety/ skema form/ skole school/ spørgeskema questionnaire/ spørgsmål question/
status progress/ status status/ strategi strategy/ studerende student/ styregruppe steering/
styring governance management/ støtte support grant/ svar answer/ system system/ test test/
tidsplan schedule timeline/ tilgængelighed accessibility/ tilskud grant/ tjekliste checklist/ udbud
tender/ uddannelse training education/ udgift expense/ udlån loan lending/ udstilling exhibition/
udvikling development/ undersøgelse survey/ undervisning teaching/ vedligeholdelse maintenance/
vejledning guidance/ velkomst welcome/ vilkår terms/ vurdering assessment/ værdi value/ værktøj
tool/ årlig annual/ årsrapport annual/ ændring change/ økonomi finance
"""
"""Separated by white space and slashes."""
ENGLISH_WORDS: Final = tuple(tuple(words.split()) for words in _WORDS.split("/"))
