"""Correct Danish office words, which are not read as typing errors.

Compounds are listed by their parts ("tilslutning", "aftale"); the lexicon adds inflection and
joining letters. Source: our choice, from Danish office and municipal usage.
"""

from __future__ import annotations

from typing import Final

KNOWN_WORDS: Final = """
    adgang adfærd administration adresse afdeling afgift afgørelse afhentning aflevering
    afløsning afmelding afrapportering afregning afskrivning afslag afslutning afsnit aftale
    aftaler afvikling aktiv aktivitet aktør akt alarm almen analyse anbefaling anden anlæg
    anmeldelse annonce ansat ansøger ansøgning ansvar ansættelse antal anvendelse anvisning
    arbejde arbejder arbejds areal arkitekt arkitektur arkiv arrangement art artikel aspekt
    auktion autorisation bank barn barsel basis behandler behandling behov bekræftelse beløb
    bemanding beredskab beregning beskatning beskrivelse beslutning bestilling bestyrelse
    bestyrer betaling betingelse bevilling bevis bibliotek bidrag bil bilag billede blanket
    bolig bonus borger brand brev bruger brug bud budget bygge bygning byråd by båd børn
    cirkulære computer center chef dag dagtilbud data dato database databehandler debat dekret
    deltager deltagelse delta design diagram digital digitalisering direktion direktør
    diskussion dokument dokumentation domæne donation drift driftsledelse drøftelse dækning
    effekt egen ejendom ejer eksamen ekspert eksport ekstern elev emne energi enhed entreprise
    erfaring erhverv erklæring etablering evaluering event facilitet fag faktura familie fase
    fejl felt ferie figur finans finansiering firma folder folk fond forbedring forbrug
    forbruger foredrag forening forhandling forhold forklaring forlig forlængelse form formand
    formidling formular formål forsikring forskning forslag forsyning forsøg fortegnelse
    fortrolighed fortrydelse forum forvaltning foto fratrædelse fravær fremtid frist frivillig
    fuldmagt funktion fusion fælles fællesskab følgebrev garanti gave gebyr generel gevinst
    godkender godkendelse governance graf grund gruppe grønt gæld guide handel handling havn
    helbred hjemmeside hjælp hold honorar hos hotel hus husleje hverv høring håndbog håndtering
    ide identitet import inden indberetning indbud indflytning indgåelse indhold indkaldelse
    indkøb indland indlejning indledning indmeldelse indskud indsats indsigelse indsigt
    indstilling indtægt indvielse information infrastruktur ingeniør inspektion institution
    instruks integration intern interview inventar investering invitation jobopslag job journal
    jura kalender kanal kandidat kapacitet kapital kasse kategori kilde klage klasse klima kode
    kodeks kommentar kommissorium kommune kommunikation kompetence koncept konference konflikt
    konsulent konstitution kontakt kontant konto kontor kontrakt kontrol kontingent koordination
    koordinator koordinering kort kredit krav kriterium kultur kunde kunst kurs kursus kvalitet
    kvartal kvittering kørsel køb lager land landkort ledelse leder lejer leje lejemål leverance
    leverandør levering licens liste log logo lokale lokalplan lov lukning lys læge læring løn
    løsning lån mad magt mand marked maskine materiale materiel medarbejder medie medlem
    medlemskab meddelelse merit metode middel mission mobil model modtagelse moms motor museum
    myndighed måling måned møde mål nabo navn netværk norm notat nyhed nyhedsbrev nøgle område
    offentlig omkostning omlægning omsorg omtale open operation opfølgning opgave oplysning
    oplæg opløsning opmåling opsamling opsigelse opslag optagelse ordbog ordning organisation
    orden orientering overdragelse overenskomst overholdelse oversigt overtagelse overvågning
    pakke parkering part partner patent pension periode person personale personlig pilot plads
    plakat plan planlægning pleje pligt police politik portal portefølje post praksis praktik presse
    pressemeddelelse pris princip prioritering privat privatliv problem procedure proces produkt
    produktion profil program projekt protokol prøve præsentation prækvalifikation publikation
    pulje rabat ramme rapport reception redegørelse referat reference refusion regel region
    register registrering reglement regnskab regulativ rejse reklame rekruttering rengøring
    reparation repræsentant resultat retning retningslinje ret revision revisor rigtig risiko
    roadmap rolle rotation rådgiver rådgivning råd sag salg samarbejde samling sammenfatning
    sammenligning samtale samtykke sats sekretariat sektion sektor selskab seminar semester
    server service side sikkerhed sikring skabelon skade skat skema skole skrivelse skrift
    sletning slutning social software sortering specifikation spil spørgsmål sprog stab stand
    standard stat statistik status statut stilling strategi struktur studie styre styregruppe
    styrelse styring støtte subvention sundhed supplement support sygdom system søgning tabel
    takst tale tavshed team teknik teknologi telefon tema tegning test tid tilbud tilladelse
    tillid tillæg tilmelding tilskud tilslutning tilsyn tiltrædelse tilvalg tilknytning time
    titel tjeneste tjek tlf nearby trafik transport trivsel træning trin tryk tur tvist
    udarbejdelse udbetaling udbud udbyder udbydelse uddannelse udflytning udgave udgift udkast
    udland udlejning udlevering udlån udmelding udmeldelse udpegning udredning udskrift udstyr
    udtalelse udtrædelse udvalg udveksling udvikler udvikling udvælgelse ugeplan uge ulykke
    undersøgelse underskrift undervisning ungdom union udkøb vagt valg vand vare vedligehold
    vedligeholdelse vedtægt vedtagelse vejledning vej vejr vicevært video viden videndeling
    vilkår virksomhed vision vurdering version værdi værktøj website workshop ydelse økonomi
    ønske årsag år årshjul årsrapport ændring æske adapter agil arbejdsgruppe bruttoliste
    checkliste forretning forretningsgang fordeling forundersøgelse foranalyse framelding
    fritagelse gennemgang genforhandling godtgørelse hændelse implementering indgang indsamling
    jobbeskrivelse kommunal konsortium kreditor debitor kvalifikation leverings logistik
    lønseddel lønsum mangel mæglings nedlukning nedskrivning obligation omstilling opkrævning
    opstart overførsel pantsætning persondata pligter produktblad regional national
    international rammeaftale samhandel selvevaluering skadeanmeldelse sponsor stævne
    tidsregistrering tilkøb tidsplan tjekliste udlæg udmøntning udrulning uheld umyndig
    ungepakke varsling vedlæg visitation voldgift økosystem kontoplan regnskabs faktureringsplan
    bogholder kasserer sekretær formandskab næstformand suppleant generalforsamling årsmøde
    repræsentantskab
    afføring afgang afgrænse afgrænsning afhængighed afhøring aflysning aflytning afløb
    aflønning afrunding afskrift afstamning afstemning agenda akademi akademiker akkreditering
    aktion angreb anke anklage anmodning anstilling arbejdskraft arbejdsløshed arbejdsmiljø
    arkivering attest bagside balance beboelse beboer bedømmelse befaling befordring begrænsning
    beretning berømmelse besparelse bestand bestikkelse besvarelse besvær besætning besættelse
    bevarelse biografi bistand boks borgmester bosætning branche bygger byggeri børnehave censor
    censur certificering certifikat chikane collage college dagpenge dans deltid demokrat
    demokrati departement diktatur dilemma diplomat diplomati direktorat dirigent diskrimination
    diæter dyrkning dåse eksistens ekskludering eksklusion enighed essens evakuering evighed
    faktor fiktion finansier flade flekstid flygtning flytning flyvning folkemord folketing
    forandring forankring forberedelse forbindelse fordel forestilling forhandler forlag forløb
    format formel forsoning fortid forvandling fotografi fraktion fredag frekvens fremdrift
    fremleje fremstilling fridag frigivelse friktion fristed fritid fuldtid funktionær fyring
    føring gartner gartneri gendannelse genetablering grænse gymnasium habilitet handle helhed
    hemmeligholdelse hensigt historie historiker hjemmepleje honorering hviletid højde incest
    indbydelse inddeling indflydelse indhentning indskrivning indskrænkning indtog indvending
    inhabilitet instans interessent journalisering kassation kaution kemiker kollega kollegium
    komiker kompas koncern koncert konkurrence konkurrent konsekvens konstant kontinent kontrast
    kontrollant kopi kors kraft krans krise kryptering krænkelse ladning lagring landing leasing
    ledning licensering lidelse likvidation likviditet logning lokalitet loyalitet lærling læser
    læsning løber lønning lønregulering løser maleri maling mandag mandat mangfoldighed
    markering marketing mediation miljø minister ministerium mobning nedbrud nævn ombygning
    omdeling omgang omskrivning omslag omsætning omtanke opbevaring opbygning opdagelse opdeling
    opdragelse opfindelse opførelse opgang opgør opgørelse ophavsret ophør oplag oplæsning
    oprindelse oprydning oprykning oprør opstilling opsætning optælling organisme orlov overfald
    overlevering overlæg overlæge overtid overvægt pant parentes patentering patient persona
    praktikant prins processor professor profet protokollat provst provsti præmie præmisse
    psykolog psykologi puls pålæg reaktion reaktor redaktion redning reduktion referent regning
    rejsning rektor rensning repræsentation resolution respons rettelse rettighed revolution
    ridning rydning rygning saldo sammenlægning sammenslutning samspil sandhed sans scanning
    senior sensor skifte slagter slagteri specialist spisning sporing stadion stadium station
    stifte studio substans sårbarhed tekst telefoni tendens tilbagemelding tildeling tilløb
    tirsdag tolk torsdag trusler turisme turist udbredelse udbytte udfald udflugt udgivelse
    udkant udledning udligning udlægning udløb udnytte udnyttelse udregning udsalg udsigt
    udskiftning udskrivning udslag udslettelse udstilling udsættelse udtagelse udvidelse
    universitet varemærke vederlag vers versionering viceborgmester video vigtighed vindue vold
    vuggestue whistleblower ældre økonom
    hæfte varsel varsling
    abonnement afskedigelse aflæsning gode allergi antenne apotek apparat arkivalie arrangør
    assistent bagning
    bane bassin behandlingssted belysning beplantning besked blad blok brændstof busk butik bælte
    bænk bøde café camping campus cykel depot dialog dosis døgn elevator emballage fane
    farve fest festival fjernvarme flag flaske flise fortov fremmøde frokost fugl færdsel
    færge førstehjælp garderobe grej grill græs gulv gård gæst handicap hegn hest hjem
    hospital hund hygiejne hytte hånd håndværk idræt installation introduktion jord jubilæum
    julefrokost kage kajak kampagne kiosk kirke kirkegård klinik kloak klub kodebog koloni
    kommission konfirmation kontering kostume kran krop kælder køkken kølerum køleskab laboratorium
    ladestander lampe landsby legeplads lejlighed lejr lektion lift linned loft lygte lærred madras
    maler markise maskinrum medicin melding menighed menu metadata milepæl mobilitet musik mærke
    mærkning møbel natur nedbør offer opdatering orkester palle papir park pasning passager
    pavilion pavillon pedel pejling penge plante pram prisme psykiatri publikum pumpe pædagog
    pædagogik rampe realisering registrant reservation restaurant revy ribbe roer roning
    rottebekæmpelse rundvisning rute rytme salon sauna scene segl sejlads sejler selvbetjening
    senge skabsplads skadedyr skib skilt skolebus skov skur skydning slid slot slutdato snerydning
    soveplads spejder spejl spisested sport sprøjte stald starthjælp stativ stige stof stol
    storskrald strand stress støj størrelse svømmehal sygehus såning sæson tavle taxa teater telt
    termostat terrasse tilgang tilgængelighed tilkald tilsynsførende toilet trampolin trappe
    trussel træningslejr turnering turnus tårn tømning udeliv udgravning uniform urafstemning
    vandværk varme varmecentral vask vaskeri ventil ventilation vindmølle vogn våben vægt
    værelse værksted værn vært zone åbning ædru øjeblik økologi ørken øvelse
"""
"""Separated by white space."""
