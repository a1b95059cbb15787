"""Danish: why `syncer fix` cannot correct something."""

CORRECTION_REASONS = {
    "fix-address-has-password": "Der er en adgangskode eller en nøgle i den rigtige adresse.",
    "fix-by-hand": "Det skal rettes i hånden.",
    "fix-linked-file": "Filen er et symbolsk link, eller et sådant fører til den.",
    "fix-liquid": "Adressen er skrevet med Liquid.",
    "fix-no-address": "Den rigtige adresse er ikke kendt.",
    "fix-not-all-there": "Noget af det, der er planlagt i rækken, mangler stadig.",
    "fix-not-asked": "Det rettes kun, når du beder om det: --only {code} eller --ask.",
    "fix-not-proven": "Rettelsen kunne ikke bevises og er udeladt.",
    "fix-overlaps": "En anden rettelse ændrer samme sted. Kør kommandoen igen bagefter.",
    "fix-place-unclear": "Det er ikke entydigt, hvor på siden det står.",
    "fix-secret-address": "Adressen hører til en delt mappe, som ingen side linker til.",
    "fix-several-places": "Rækken har flere links, og det er uvist, hvilket der er forkert.",
}
