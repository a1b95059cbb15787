"""The words the matching knows; the settings may add to each list.

All words are Danish as people write them (æ, ø, å, any case); `danish.Lexicon` folds them. An
entry may be a phrase ("til kommentering"). Source of all lists: our choice, from the names in the
handbook and from Danish office usage; inflected forms need not be listed.
"""

from __future__ import annotations

from dataclasses import dataclass

from syncer.matching.names.known_words import KNOWN_WORDS


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The word lists of a run, each a tuple without order.

    Attributes:
        archive_words: mark a file or folder as outdated.
        draft_words: mark a file or folder as unfinished.
        final_words: mark a file as finished, also in a folder of drafts.
        signed_words: mark a file or folder as a concluded agreement, not the resource.
        synonyms: groups of words or phrases with the same meaning; the first replaces the others.
        organisation_words: name the organisation itself and distinguish little.
        party_words: name for whom a copy was filled in, unless the row has them.
        body_words: end a folder's name for a body, whose files are not another body's.
        template_words: say only that a file is to be filled in.
        filler_words: do not distinguish documents; a kind of document among them does before a
            preposition ("blanket til refusion").
        form_words: name a form of one document ("A4", "skærm"), when only the file has them.
        document_words: kinds of document; a file of another kind is another document.
        near_words: groups of words for sorts of documents that may be one ("liste", "oversigt");
            one with a hyphen also as a compound's last part.
        sort_words: sorts that a file's name may leave out ("medlemmer" for "medlemsliste").
        handling_words: what is done with a subject, which a file may leave out ("brug af …").
        topic_words: abbreviations of subjects, which make another document ("HR politik"); others
            may say whose it is ("DPO årsrapport").
        letter_words: what people send as a letter, whose file may say so ("afslagsbrev").
        report_words: what is reported, whose file may say so ("evalueringsrapport").
        aspect_words: say something about a document ("… - status"), which makes a file another
            document.
        occasion_words: meetings; a file with one ("… - møde 2024") is a paper for it. Board
            meetings are excluded: their paper may be the document itself.
        occasion_papers: papers made for a meeting; the occasion only distinguishes them
            ("Dagsorden - møde 2024").
        picture_words: a row with one asks for a picture, a film or a sound.
        known_words: correct words, which are not typing errors of each other.
        agent_words: nouns for persons: "bruger", whose "brugerne" is no form of "brugen".
        singular_words: singular words that end like a plural, besides the agents.
        single_plurals: plural words that name one document.
        irregular_words: forms of one word that no rule unites.
    """

    archive_words: tuple[str, ...] = ()
    draft_words: tuple[str, ...] = ()
    final_words: tuple[str, ...] = ()
    signed_words: tuple[str, ...] = ()
    synonyms: tuple[tuple[str, ...], ...] = ()
    organisation_words: tuple[str, ...] = ()
    party_words: tuple[str, ...] = ()
    body_words: tuple[str, ...] = ()
    template_words: tuple[str, ...] = ()
    filler_words: tuple[str, ...] = ()
    form_words: tuple[str, ...] = ()
    document_words: tuple[str, ...] = ()
    near_words: tuple[tuple[str, ...], ...] = ()
    sort_words: tuple[str, ...] = ()
    handling_words: tuple[str, ...] = ()
    letter_words: tuple[str, ...] = ()
    report_words: tuple[str, ...] = ()
    topic_words: tuple[str, ...] = ()
    aspect_words: tuple[str, ...] = ()
    occasion_words: tuple[str, ...] = ()
    occasion_papers: tuple[str, ...] = ()
    picture_words: tuple[str, ...] = ()
    known_words: tuple[str, ...] = ()
    agent_words: tuple[str, ...] = ()
    singular_words: tuple[str, ...] = ()
    single_plurals: tuple[str, ...] = ()
    irregular_words: tuple[tuple[str, ...], ...] = ()


def list_words(text: str) -> tuple[str, ...]:
    """Return the entries of a comma-separated list."""
    return tuple(" ".join(entry.split()) for entry in text.split(",") if entry.strip())


def list_groups(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the groups of a list that semicolons separate, each a comma-separated list."""
    return tuple(map(list_words, text.split(";")))


DEFAULT_VOCABULARY = Vocabulary(
    archive_words=list_words("""
        arkiv, arkiveret, arkiverede, udgået, udgåede, udgået version, gammel, gamle, gammelt,
        erstattet, erstattes, forældet, forældede, historik, historisk, historiske, tidligere, tidl,
        tidligere version, tidligere versioner, ældre udgave, ældre udgaver, ældre version, ældre
        versioner, bortfaldet, ophævet, afløst, udløbet, udløbne, aflyst, annulleret, ikke gældende,
        må ikke bruges, skal slettes, slettes, backup, papirkurv, obsolete, udgår, gl, slettet,
        slettede filer, bruges ikke, bruges ikke mere, anvendes ikke, ikke i brug, versionshistorik,
        zarkiv, udfaset, deprecated, old, outdated, superseded, archive, archived, legacy, gml,
        afsluttet, afsluttede, nedlagt, nedlagte, ophørt, ophørte, opsagt, opsagte, ikke aktuel,
        ikke aktuelt, ikke aktuelle, ikke længere aktuel, inaktiv, inaktive, til sletning, til
        kassation, kasseret, kasserede, passé, gælder ikke, gælder ikke mere, gælder ikke længere,
        bruges ikke længere, udtjent, lukket, lukkede, nedlukket, bortfaldne, til arkivering, til
        makulering, ugyldig, ugyldige, pensioneret, skraldespand, retired
        """),
    draft_words=list_words("""
        udkast, kladde, kladder, korrektur, draft, drafts, til kommentering, til godkendelse, til
        høring, til gennemsyn, til gennemlæsning, til korrektur, til kvalitetssikring, til review, i
        høring, høringsversion, høringsudkast, høringsudgave, arbejdsversion, arbejdsudkast,
        arbejdspapir, i proces, i arbejde, arbejdskladde, arbejdsdokument, arbejdsdokumenter,
        arbejdsudgave, foreløbig, foreløbigt, ikke endelig, ikke godkendt, ikke færdig, under
        udarbejdelse, under udvikling, under revision, wip, work in progress, råudkast,
        diskussionsoplæg, for comments, førsteudkast, in progress, under arbejde,
        ufærdig, ufærdigt, skitse, med bemærkninger,
        afventer godkendelse, mangler godkendelse, kommenteret, med kommentarer, med rettelser,
        track changes, ændringsmarkeret, til drøftelse, til behandling, til diskussion, til
        beslutning, til vedtagelse, til input, input ønskes, ikke vedtaget, ej godkendt, ej
        vedtaget, ej endelig, under redigering, under revidering, under behandling, kommentarer
        indarbejdet, høringssvar indarbejdet, rettelser indarbejdet, udk, råskitse, råkladde, for
        review, for comment, work in progress, ikke afsluttet, afventer, mangler, usigneret,
        forslag, politisk oplæg
        """),
    final_words=list_words("""
        endelig, endelige, endeligt, final, færdig, godkendt, godkendte, vedtaget, vedt, gældende,
        approved, sign off, ren version, clean, til underskrift, klar til underskrift, uden
        underskrift, uden underskrifter, ikke underskrevet, til signering
        """),
    signed_words=list_words("""
        underskrevet, underskrevne, underskreven, underskr, signeret, signerede, signed, med
        underskrift, med underskrifter, underskrift, signatur, sign, penneo, udfyldt, udfyldte,
        indgået, indgåede, indgåede aftaler, digitalt underskrevet
        """),
    synonyms=list_groups("""
        tjekliste, checkliste, checklist, huskeliste; faq, ofte stillede spørgsmål, spørgsmål og
        svar, q&a; databehandleraftale, dba, dpa, databehandlingsaftale, databehandleaftale, aftale
        om databehandling, aftalen om databehandling; dagsorden, dagsordenen, dagsordner, agenda;
        præsentation, powerpoint, slides, slideshow, ppt; open source, opensource; artikel, art;
        telefon, tlf; almindelig, alm; kvikguide, quickguide, quick guide; referat, ref; vejledning,
        vejl, sådan gør du; pædagogisk, pæd; bestyrelse, best; afdeling, afd; sociale medier, some;
        kravspecifikation, kravspec; handlingsplan, handleplan; konsekvensanalyse, dpia;
        fortrolighedsaftale, nda, non-disclosure agreement; medarbejderudviklingssamtale, mus;
        arbejdspladsvurdering, apv; arbejdsmiljørepræsentant, amr;
        sla, serviceniveauaftale, service level agreement; rosanalyse,
        ros-analyse, risiko- og sårbarhedsanalyse
        """),
    organisation_words=list_words("OS2, OS2 offentligt digitaliseringsfællesskab, foreningen OS2"),
    party_words=list_words("""
        KMD, Netcompany, Trifork, NNIT, Capgemini, Accenture, Deloitte, KPMG, Andersen, Andreasen,
        Bertelsen, Carlsen, Christensen, Christiansen, Clausen, Danielsen, Davidsen, Enevoldsen,
        Eriksen, Frederiksen, Gregersen, Hansen, Henriksen, Hermansen, Iversen, Jacobsen, Jakobsen,
        Jensen, Jeppesen, Jespersen, Johansen, Jørgensen, Karlsen, Kjeldsen, Knudsen, Kristensen,
        Kristiansen, Larsen, Lauridsen, Laursen, Madsen, Mathiesen, Michelsen, Mikkelsen, Mogensen,
        Mortensen, Møller, Nicolaisen, Nielsen, Olsen, Ottosen, Paulsen, Pedersen, Petersen,
        Poulsen, Rasmussen, Schmidt, Simonsen, Steffensen, Svendsen, Sørensen, Thomsen, Thorsen,
        Villadsen
        """),
    body_words=list_words("""
        udvalg, gruppe, råd, bestyrelse, direktion, forsamling, møde, sekretariat, forvaltning,
        afdeling, team, netværk, kommune, region, leverandør, forening, klub, projekt,
        repræsentantskab, komité, forum, kreds, nævn, ledelse
        """),
    template_words=list_words(
        """skabelon, template, paradigme, templates, tom, tomt, xx, xxx, xxxx, åååå, yyyy, ååååmmdd,
        yyyymmdd"""
    ),
    filler_words=list_words("""
        dokument, dokumentet, dokumenter, fil, filer, hoveddokument, hovedrapport, nyeste,
        seneste, aktuel,
        aktuelle, opdateret, opdaterede, revideret, reviderede, rev, rettet, rent, word, pdf, excel,
        docx, xlsx, version, vers, nr, udfyldelig, brug, og, samt, den, det, de, en, et, the, of,
        for, and, til, om, af, ved, i, på, med, vedr, vedrørende, over, under, fra, mod, hos,
        mellem, at, som, erstatter, pr, d, du, dig, din, dit, dine, jeg, mig, min, mit, mine, vi,
        os, vores, gør
        """),
    form_words=list_words("""
        a3, a4, a5, a6, rgb, cmyk, pms, skærm, tryk, trykklar, print, printklar, printvenlig, web,
        farve, farver, sort, hvid, sorthvid, gråtone, negativ, positiv, lav, høj, opløsning,
        vandret, lodret, stående, liggende, komprimeret, samlet, skærmversion, webversion,
        printversion, trykversion, webudgave, tilgængelig, kopi, scannet, scanning, ocr, blanket,
        typeformular, standard, std, ny, nye, nyt, mandag, tirsdag, onsdag, torsdag, fredag, lørdag,
        søndag
        """),
    document_words=list_words("""
        aftale, kontrakt, vejledning, guide, manual, håndbog, referat, mødereferat, notat,
        følgebrev, følgeskrivelse, brev, mail, bilag, tillæg, allonge, addendum, oversigt, liste,
        tjekliste, faq, skema, formular, præsentation, oplæg, rapport, evaluering, analyse, plan,
        blanket, tidsplan, politik, strategi, kommissorium, vedtægter, forretningsorden, dagsorden,
        indkaldelse, invitation, høringssvar, kommentarer, kommentar, ændringsforslag, forslag,
        ændringslog, opsigelse, erklæring, fuldmagt, faktura, budget, regnskab, beslutning,
        indstilling, ansøgning, bekræftelse, kvittering, nyhedsbrev, pressemeddelelse, artikel,
        proces, procedure, instruks, beskrivelse, kravspecifikation, specifikation, tilbud, udbud,
        annonce, opslag, logbog, log, protokol, begrundelse, spørgsmål, svar, diagram, plakat,
        folder, pjece, brochure, infografik, deltagerliste, adresseliste, kontaktliste, prisliste,
        gennemgang, noter, resume, sammenfatning, opsummering, forside, underskriftsside, drejebog,
        køreplan, årshjul, standard, retningslinjer, betingelser, vilkår, kodeks, regler, regelsæt,
        reglement, charter, checklist, agreement, contract, guideline, policy, minutes, notes, memo,
        presentation, summary, comments, questions, proposal, letter, handbook, overview, evaluation
        """),
    near_words=list_groups("""
        -liste, -oversigt, -fortegnelse; -prisliste, -priser, -takster, -takstblad, -satser;
        kontrakt, aftale; risikovurdering, rosanalyse; -vejledning, -guide, guideline, -manual,
        -håndbog, sådan; -regler, -reglement, -retningslinjer, ordensregler, guideline; -blanket,
        -skema, -formular, -erklæring; -landkort, -kort; introduktionsprogram, introprogram;
        privatlivspolitik, persondatapolitik, databeskyttelsespolitik; vedtægter, love; husorden,
        ordensreglement, ordensregler, husregler; -plan, -kalender, -datoer; projektbeskrivelse,
        projektgrundlag; jobopslag, stillingsopslag; deltagerliste, tilmeldte; -diagram, -tegning;
        -register, -log; årsrapport, årsregnskab; databrud, sikkerhedsbrud; låneaftale,
        udlånsaftale; værdigrundlag, værdier; -regnskab, -afregning; -kontaktliste, -kontakter,
        -kontaktoplysninger; leje, udlejning; organisationsplan, organisationsdiagram; menuplan,
        madplan; password, adgangskode; -betingelser, -bestemmelser, -vilkår; indsatskort,
        actioncard; vagtskema, vagtplan, vagtliste; -vejledning, -brugsanvisning, -manual;
        -undersøgelse, -måling; udviklingsplan, roadmap; tidsregistrering, timeregistrering;
        billede, foto; velkomst, velkommen; -køb, -indkøb; -brev, -skrivelse
        """),
    sort_words=list_words("""
        liste, oversigt, fortegnelse, plan, folder, brev, erklæring, blanket, skema, formular,
        vejledning, guide, manual, instruks, procedure, bilag, regler, retningslinjer, rapport,
        analyse, diagram, kalender, ark, blad, pjece, brochure, hæfte
        """),
    handling_words=list_words("""
        brug, anvendelse, modtagelse, anmeldelse, indhentning, behandling, håndtering, udfyldelse,
        opsætning, nulstilling, oprettelse, vedligeholdelse
        """),
    letter_words=list_words("""
        afslag, tilsagn, varsel, varsling, rykker, påmindelse, påkrav, partshøring, påbud,
        indkaldelse, invitation, indbydelse, svar, bekræftelse, kvittering, opsigelse, velkomst,
        afgørelse, advarsel, orientering, information, takke, fratrædelse, ansættelse
        """),
    report_words=list_words("""
        evaluering, analyse, undersøgelse, måling, test, tilsyn, eftersyn, gennemgang, kontrol,
        status, inspektion, audit, revision, beretning, syn, afprøvning
        """),
    topic_words=list_words("""
        it, hr, gdpr, csr, iot, esg, esdh, pr, ai, ki, gis, bim, bbr, crm, erp, rpa, apv, mus, lus,
        sms, api, edi, mfa, vpn, cv, bh, tr, med, amo, amr, apb, ks, qa, ros, nis
        """),
    aspect_words=list_words("""
        status, opfølgning, ændring, input, baggrund, baggrundsmateriale, statistik, nøgletal,
        vurdering, sammenligning, undersøgelse, rykker, forudsætning, påtegning, fortegnelse,
        bemærkning, feedback, idé, brainstorm, overvejelse, argument, citat, erfaring, konklusion,
        anbefaling, afrapportering, revidering, gennemlæsning, rettelse, midlertidig, alternativ,
        reaktion, klage, henvendelse, korrespondance, beregning, kvalitetssikring, todo, sv, vs,
        fwd, tilbagemelding, opsamling, drøftelse, orientering, diskussion, talepapir, uddrag,
        overblik, sagsfremstilling, nyhed, budskab, pixiudgave, mailtråd, mødemateriale
        """),
    occasion_words=list_words("""
        møde, opstartsmøde, statusmøde, projektmøde, teammøde, afdelingsmøde, personalemøde,
        medarbejdermøde, dialogmøde, informationsmøde, orienteringsmøde, forhandlingsmøde,
        afklaringsmøde, kontraktmøde, budgetmøde, samarbejdsmøde, formøde, opfølgningsmøde,
        evalueringsmøde, arbejdsmøde, netværksmøde, borgermøde, brugermøde, onlinemøde, fællesmøde,
        temamøde, workshop, strategiworkshop, brugerworkshop, projektworkshop, seminar,
        bestyrelsesseminar, strategiseminar, ledelsesseminar, personaleseminar, medarbejderseminar,
        webinar, temadag, strategidag, meeting, kickoff
        """),
    occasion_papers=list_words("""
        dagsorden, referat, indkaldelse, invitation, program, tilmelding, tilmeldingsblanket,
        deltagerliste, drejebog, køreplan, tidsplan, mødeplan, kalender, forretningsorden,
        præsentation, oplæg, noter, materiale, bilag, evaluering, skema, formular, tjekliste,
        fuldmagt, indbydelse, plakat, opslag, annonce, pressemeddelelse, faktura, kvittering,
        beslutning, log, logbog, talepapir, øvelse, spilleregel, regler, minutes, notes,
        presentation
        """),
    picture_words=list_words("""
        logo, billede, foto, fotografi, ikon, illustration, grafik, banner, portræt, tegning,
        infografik, plakat, skærmbillede, figur, våbenskjold, diagram, kort, signatur, kode, film,
        video, podcast, optagelse, animation, indslag, lydfil, skitse, maskot, piktogram
        """),
    known_words=tuple(KNOWN_WORDS.split()),
    agent_words=list_words("""
        aftager, anmelder, ansøger, arbejdstager, beboer, bedømmer, behandler, bestyrer, betaler,
        bogholder, borger, bruger, bygger, controller, deltager, designer, dommer, ejer, forbruger,
        forfatter, forhandler, formidler, forsker, forsyner, forvalter, fører, giver, godkender,
        hjælper, holder, indberetter, indehaver, indkøber, indsender, kasserer, kunstner, køber,
        leder, lejer, lytter, lærer, læser, låner, manager, medarbejder, modtager, mægler,
        nøglehaver, ordfører, partner, planlægger, plejer, producer, rettighedshaver, spiller,
        stifter, sælger, søger, taler, tegner, tekniker, tester, tilbyder, træner, udbyder,
        uddanner, udfører, udlejer, udsteder, udvikler, udøver, underviser, vælger, yder
        """),
    singular_words=list_words("""
        kalender, center, nummer, register, folder, mønster, semester, filter, poster, master,
        cluster, server, router, papir, aktør, leverandør, koordinator, formular, seminar,
        interface, charter
        """),
    single_plurals=list_words("""
        vedtægter, betingelser, vilkår, retningslinjer, kommentarer, noter, regler, ydelser,
        oplysninger, persondata, data, krav, priser, takster, satser, bestemmelser, principper,
        værdier, mål, spørgsmål, kriterier
        """),
    irregular_words=list_groups("""
        nye, ny, nyt; center, centret, centre, centrene, centrum, centeret, centrets; kursus,
        kurset, kurser, kurserne, kursets; forum, fora, forummet, foraene, forums; mangel, mangler,
        manglen, manglerne; regel, regler, reglen, reglerne; eksempel, eksempler, eksemplet,
        eksemplerne; artikel, artikler, artiklen, artiklerne; titel, titler, titlen, titlerne;
        kapitel, kapitler, kapitlet, kapitlerne; seddel, sedler, sedlen, sedlerne; nummer, numre,
        nummeret, numrene; kalender, kalendere, kalendre, kalenderen; register, registre, registret,
        registrene; middel, midler, midlet, midlerne; håndbog, håndbøger, håndbogen, håndbøgerne;
        logbog, logbøger, logbogen; drejebog, drejebøger, drejebogen; dagsorden, dagsordenen,
        dagsordner, dagsordener; forretningsorden, forretningsordenen, forretningsordner,
        forretningsordener; vedtægt, vedtægter, vedtægterne, vedtægten; mor, mødre, mødrene,
        moderen; far, fædre, fædrene, faderen; barn, børn, børnene, barnet, børns; mand, mænd,
        mænds, mændene, manden
        """),
)
"""The vocabulary without settings."""
