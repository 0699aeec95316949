"""Names of things that do not exist: drugs, programmes, exposures, places."""

from typing import NamedTuple

# In each row the first names belong to the specialty's conditions, in the order
# of conditions.tsv; the last two are for all of them.
_DRUGS = {
    "Cardiology": "velmoradine tandrevol peristolane ostramel lumerdan bricavine "
    "haldrevane questorib",
    "Respiratory medicine": "aeromidol brontavine pellumast somnivane tessamone "
    "sylvanteril wethergine norvespan",
    "Endocrinology": "glymarrow insulvane tarnoglin dulvarine osteombrel silvestrane "
    "castromide ferrabine",
    "Musculoskeletal medicine": "kneladone moverane joruvatab osmagret brackalin "
    "sinovelle artholune harrowfen",
    "Psychiatry": "moodafine calmurest ostavane serenolux dormirell lethenol "
    "tranquelor brightazine",
    "Neurology": "mirovexin migralune synaptorel tremolande axolindra nervoquill "
    "ceraphine halcyrane",
    "Intensive care medicine": "sepsirane resqualine delirane critavine fluidarest "
    "vasolumen pressovand",
    "Infectious diseases": "cillimarrow mycolune viroquill flurovand plasmofend "
    "bactarest pathorane quellimycane",
    "Anaesthesia and surgery": "anodelle emetolune surgivane wundarest numbarelle "
    "nocidrine slumberane",
    "Obstetrics and gynaecology": "placentrol gestalune tocovand haemostelle "
    "endomarrow uterovane natalione",
    "Paediatrics": "bronchelle attenquil dermatolle rehydrane nestomarrow juvelune "
    "minorvane",
    "Gastroenterology": "ilearest colovane peptiquill refluvand hepamarrow gastrolune "
    "mucosell",
    "Nephrology": "nephrovane tubumarrow calculane glomarest urovand renolune albuvane",
    "Oncology": "cellarest neoplavand mitoquill tumovane analgorest oncolune "
    "kinomarrow",
    "Primary care and geriatrics": "stabilane frailomarrow skinnovane laxovane "
    "nicovand gerolune vigomarrow",
}
DRUGS = {specialty: names.split() for specialty, names in _DRUGS.items()}


class Programme(NamedTuple):
    """A treatment that is not a drug; `heading` is a key of tables.HEADINGS."""

    phrase: str
    heading: str


PROGRAMMES = (
    Programme("the Lanternfield walking programme", "exercise"),
    Programme("Stillwater strength training", "exercise"),
    Programme("the Quillmark text-message service", "text messages"),
    Programme("Ambervale nurse visiting", "house calls"),
    Programme("Tidewater breathing training", "breathing"),
    Programme("the Sandovar care pathway", "pathway"),
    Programme("the Pellucor home monitor", "monitor"),
    Programme("the Marchwell group course", "group therapy"),
    Programme("Fennimore pharmacist review", "pharmacists"),
    Programme("the Oakhollow care bundle", "bundle"),
    Programme("Brightmere light therapy", "light"),
    Programme("the Rookstone decision aid", "decision aid"),
    Programme("the Kestrelow checklist", "checklist"),
    Programme("Dunmarrow manual therapy", "manual therapy"),
    Programme("the Larkspire video clinic", "telemedicine"),
    Programme("the Thornby self-care plan", "self care"),
)


class Exposure(NamedTuple):
    """What cohorts compare: its name, having it, not having it, its heading."""

    phrase: str
    exposed: str
    unexposed: str
    heading: str


EXPOSURES = (
    # The first three are measured in blood or urine.
    Exposure(
        "serum oblinate", "high serum oblinate", "low serum oblinate", "biomarkers"
    ),
    Exposure("plasma veltrin", "raised plasma veltrin", "normal veltrin", "biomarkers"),
    Exposure(
        "urinary cassomer B<sub>4</sub>",
        "high cassomer B<sub>4</sub>",
        "low cassomer B<sub>4</sub>",
        "biomarkers",
    ),
    Exposure(
        "night work", "night work in the marl pits", "day work only", "night work"
    ),
    Exposure("marrowleaf tea", "daily marrowleaf tea", "no marrowleaf tea", "tea"),
    Exposure("the saltgrain diet", "a saltgrain diet", "a mixed diet", "diet"),
    Exposure("brindle dust", "exposure to brindle dust", "no such exposure", "dust"),
    Exposure(
        "living near marshland",
        "a home within 1 km of marshland",
        "a home farther away",
        "marshes",
    ),
    Exposure(
        "the <i>VLM3</i> variant",
        "the <i>VLM3</i> variant",
        "no <i>VLM3</i> variant",
        "variant",
    ),
    Exposure("stilt housing", "stilt housing", "ground-level housing", "housing"),
    Exposure("quarry noise", "quarry noise above 55 dB", "a quiet home", "noise"),
)


EXPOSURES_OF_CHILDREN = tuple(
    each for each in EXPOSURES if each.heading not in ("night work", "tea", "diet")
)


class IndexTest(NamedTuple):
    """A diagnostic test under study; `heading` is a key of tables.HEADINGS."""

    phrase: str
    heading: str


INDEX_TESTS = (
    IndexTest("the Pellucor score", "prediction"),
    IndexTest("point-of-care oblinate", "point of care"),
    IndexTest("the Marrow rule", "decision aid"),
    IndexTest("plasma veltrin", "biomarkers"),
    IndexTest("bedside Hallowan ultrasound", "ultrasound"),
    IndexTest("the Tindle triage score", "decision aid"),
    IndexTest("urinary cassomer", "biomarkers"),
)

COUNTRIES = (
    "Caldovia",
    "Merrowland",
    "Ostmere",
    "Quillonia",
    "Tarvenia",
    "Ulmaria",
    "Brennholt",
    "the Sundrey Isles",
    "Vallorane",
    "Nordaven",
)
TOWNS = (
    ("Thornmere", "Velgarde", "Port Callow"),
    ("Merrowford", "Ashlune", "Great Tindle"),
    ("Ostmere Haven", "Kelbury Sands", "Wendlemouth"),
    ("Quillon City", "Marbrook Vale", "Upper Sorrel"),
    ("Tarven", "Belmora", "Isk-on-Lorne"),
    ("Ulmar", "Fennabridge", "Saint Orrin"),
    ("Brennstad", "Holtmark", "Nieder-Elm"),
    ("Sundrey Harbour", "Gullwick", "Pebble Quay"),
    ("Valloran", "Sierrona", "Montelune"),
    ("Nordavik", "Frosthamn", "Lillemyr"),
)

TRIAL_NAMES = [
    "WEATHERVANE",
    "HEDGEHOG",
    "TEAPOT",
    "MARMALADE",
    "SNOWDROP",
    "BARNACLE",
    "THIMBLE",
    "PUDDLE",
    "CORKSCREW",
    "DRIFTWOOD",
    "CANDLEWICK",
    "PEPPERMILL",
    "GOOSEBERRY",
    "MOLEHILL",
    "SUNDIAL",
    "HAYSTACK",
    "OXBOW",
    "TADPOLE",
    "FIRECREST",
    "SALTBOX",
    "TOADSTOOL",
    "HONEYPOT",
    "RAINGAUGE",
    "LANTERNFLY",
    "TEASPOON",
    "WINDOWBOX",
    "DORMOUSE",
    "BUTTERCHURN",
]

FUNDERS = (
    "Caldovian Council for Invented Research",
    "Merrowland Imaginary Health Fund",
    "Fictional Trust of Ostmere",
    "Quillonian Academy of Made-up Sciences",
    "Invented Foundation of the Sundrey Isles",
    "Tarvenian Ministry of Unreal Affairs",
)
