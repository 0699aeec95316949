"""Names of things that do not exist: drugs, programmes, exposures, places."""

from typing import NamedTuple

DRUGS = {
    "Cardiology": "velmoradine tandrevol ostramel bricavine lumerdan questorib "
    "haldrevane peristolane",
    "Respiratory medicine": "aeromidol brontavine sylvanteril pellumast wethergine "
    "norvespan eldrobreth tessamone",
    "Endocrinology": "glymarrow insulvane castromide dulvarine ferrabine ombrelith "
    "tarnoglin silvestrane",
    "Musculoskeletal medicine": "artholune moverane kneladone harrowfen joruvatab "
    "sinovelle osmagret brackalin",
    "Psychiatry": "serenolux tranquelor moodafine dormirell calmurest lethenol "
    "brightazine ostavane",
    "Neurology": "neurovand migralune ceraphine tremostat axolindra synaptorel "
    "halcyrane mirovexin",
    "Intensive care medicine": "vasolumen sepsirane critavine fluidarest "
    "resqualine pressovand delirane oxymarrow",
    "Infectious diseases": "pathorane cillimarrow viroquill mycolune plasmofend "
    "bactarest quellimycane flurovand",
    "Anaesthesia and surgery": "anodelle emetolune surgivane nocidrine "
    "slumberane ropivelle wundarest calmatol",
    "Obstetrics and gynaecology": "gestalune uterovane maternelle placentrol "
    "haemostelle endomarrow tocovand natalione",
    "Paediatrics": "juvelune minorvane bronchelle dermatolle attenquil "
    "rehydrane nestomarrow pyrovand",
    "Gastroenterology": "gastrolune colovane ilearest hepamarrow peptiquill "
    "bilorane refluvand mucosell",
    "Nephrology": "renolune nephrovane glomarest calculane tubumarrow "
    "urovand proteinex dialone",
    "Oncology": "oncolune tumovane mitoquill cellarest kinomarrow questamab-xv "
    "neoplavand analgorest",
    "Primary care and geriatrics": "gerolune stabilane fumarest laxovane "
    "frailomarrow dermorest nicovand vigorelle",
}


class Programme(NamedTuple):
    phrase: str
    heading: str


PROGRAMMES = (
    Programme("the Lanternfield walking programme", "exercise"),
    Programme("Stillwater strength training", "exercise"),
    Programme("the Quillmark text-message service", "text messages"),
    Programme("Ambervale nurse visits", "house calls"),
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
    phrase: str
    exposed: str
    unexposed: str
    heading: str


EXPOSURES = (
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


class IndexTest(NamedTuple):
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
    "LANTERN",
    "QUILL",
    "HARBOUR",
    "MEADOW",
    "SPARROW",
    "BEACON",
    "COMPASS-X",
    "HEATHER",
    "KESTREL",
    "AMBER",
    "WILLOW",
    "ORCHARD",
    "TIDEMARK",
    "FALCONET",
    "MARIGOLD",
    "SEXTANT",
    "BRAMBLE",
    "LODESTAR",
    "OSPREY",
    "CINDER",
    "PEBBLE",
    "ALMANAC",
    "THISTLE",
    "GALLEON",
    "JUNIPER",
    "MERIDIAN-Q",
    "SALTMARSH",
    "TURNSTONE",
    "WAYFARER",
    "HEDGEROW",
    "LIGHTSHIP",
    "CURLEW",
    "RAINGAUGE",
    "FOXGLOVEN",
]

FUNDERS = (
    "Caldovian Council for Invented Research",
    "Merrowland Imaginary Health Fund",
    "Fictional Trust of Ostmere",
    "Quillonian Academy of Made-up Sciences",
    "Invented Foundation of the Sundrey Isles",
    "Tarvenian Ministry of Unreal Affairs",
)
