"""Sentences of invented reviews and guidelines."""

AIM = (
    "To assess the effects of {drug} in {people}.",
    "We reviewed the evidence on {drug} for {condition}.",
    "To summarise randomised evidence on {drug} compared with {control} in {people}.",
    "To determine the benefits and harms of {drug} for {condition}.",
)
SOURCES = (
    "We searched the Caldovian Index, Ostmere Abstracts and trial registers from "
    "inception to {searched}.",
    "Five databases and two trial registers were searched up to {searched}, without "
    "language restriction.",
    "The Caldovian Index, the Merrowland Library and reference lists were searched to "
    "{searched}.",
)
SELECTION = (
    "We included randomised controlled trials that compared {drug} with {control} in "
    "{people}.",
    "Two reviewers independently selected randomised trials of at least four weeks of "
    "{drug} in {people}.",
    "Randomised trials in {people} that reported {event} were eligible.",
)
SELECTION_ANY = (
    "Two reviewers independently selected comparative studies of {drug} in {people}.",
    "Studies of any design that reported outcomes of {drug} in {people} were eligible.",
)
EXTRACTION = (
    "Two reviewers extracted data and assessed risk of bias.",
    "Risk of bias was judged by domain, and the certainty of evidence was rated in "
    "four levels.",
    "Data were extracted in duplicate; disagreements were resolved by discussion.",
)
POOLING = (
    "Risk ratios were pooled with a random-effects model.",
    "The primary outcome was {event}; we used a random-effects meta-analysis.",
    "We pooled risk ratios by the inverse variance method and measured heterogeneity "
    "with I<sup>2</sup>.",
)
NARRATIVE = (
    "As the studies differed in outcomes and design, findings were summarised without "
    "meta-analysis.",
    "A narrative synthesis was carried out, grouped by comparator.",
)
POOLED = (
    "We included {trials} trials with {n} participants. {Event} occurred in {of1} with "
    "{drug} and in {of2} with {control} (pooled risk ratio {ratio}; "
    "I<sup>2</sup>={i2}%; {certainty}-certainty evidence).",
    "Of {records} records, {trials} trials ({n} participants) were eligible. Pooled "
    "data showed {event} in {of1} participants given {drug} and {of2} given {control} "
    "(risk ratio {ratio}; I<sup>2</sup>={i2}%). The certainty of evidence was "
    "{certainty}.",
)
POOLED_EXTRA = (
    "Serious adverse events were reported in {reported} trials and did not differ.",
    "{High} trials were at high risk of bias; excluding them did not change the "
    "estimate.",
    "There was no clear sign of small-study effects.",
    "Evidence on quality of life was sparse.",
    "Subgroup analyses by age and severity were consistent with the main result.",
)
POOLED_CONCLUSION = {
    "benefit": (
        "{Certainty}-certainty evidence suggests that {drug} reduces {event} in "
        "{people}.",
        "{Drug} is effective for {condition}; its absolute benefit depends on baseline "
        "risk.",
        "Compared with {control}, {drug} lowered the risk of {event}. Further trials "
        "should address harms.",
    ),
    "none": (
        "{Drug} probably makes little or no difference to {event} in {people}.",
        "Current evidence does not show that {drug} reduces {event} in {people}.",
        "Trials so far neither confirm nor exclude a benefit of {drug} for "
        "{condition}; larger trials are needed.",
    ),
    "harm": (
        "{Drug} increases the risk of {event} and should be avoided in {people}.",
        "The evidence points to harm from {drug} in {people}.",
    ),
}
META_TITLES = (
    "{Drug} for {condition}: a systematic review and meta-analysis.",
    "{Drug} versus {control} for {condition}: systematic review and meta-analysis of "
    "randomised controlled trials.",
    "Effects of {drug} on {event} in {people}: a meta-analysis of {trials} randomised "
    "trials.",
    "Benefits and harms of {drug} in {people}: a systematic review and meta-analysis.",
    "{Drug} to prevent {event}: an updated systematic review with meta-analysis.",
)
REVIEWED = (
    "Of {records} records screened, {trials} studies ({n} participants) were included; "
    "{high} were at high risk of bias. {positive} studies favoured {drug}, and the "
    "others found no difference.",
    "We found {trials} studies with {n} participants, of which {high} were judged to "
    "be at high risk of bias. Results were inconsistent: {positive} reported better "
    "outcomes with {drug}.",
)
REVIEW_CONCLUSION = (
    "The evidence on {drug} for {condition} is limited and inconsistent.",
    "Low-certainty evidence suggests that {drug} may help some {people}; adequately "
    "powered trials are needed.",
    "No firm conclusion on {drug} can be drawn from the available studies.",
)
REVIEW_TITLES = (
    "{Drug} in {condition}: a systematic review.",
    "What is the evidence for {drug} in {people}? A systematic review.",
    "Safety and effectiveness of {drug} for {condition}: systematic review without "
    "meta-analysis.",
)
GUIDELINE_TITLES = (
    "Management of {condition}: a clinical practice guideline from the {society}.",
    "Guideline of the {society} on the treatment of {people}.",
    "Diagnosis and treatment of {condition}: recommendations of the {society}.",
    "{Condition}: {year} update of the guideline of the {society}.",
)
GUIDELINE_AIM = (
    "This guideline updates the recommendations of the {society} on {condition}.",
    "The {society} developed recommendations for clinicians who care for {people}.",
)
GUIDELINE_METHOD = (
    "A panel of {panel} members, including {lay} patients and carers, rated evidence "
    "from systematic reviews up to {searched} and graded each recommendation as strong "
    "or conditional.",
    "Recommendations rest on systematic reviews completed by {searched}; the panel of "
    "{panel} members, {lay} of them patients, agreed on the wording by vote.",
)
GUIDELINE_RESULT = (
    "The panel makes {all} recommendations, {strong} of them strong. It recommends "
    "{drug} for {people} in whom standard treatment has failed (strong, "
    "moderate-certainty evidence) and suggests against {other} as a first treatment "
    "(conditional, low-certainty evidence).",
    "Of {all} recommendations, {strong} are strong. {Drug} should be offered to "
    "{people} after shared decision making (strong recommendation); routine use of "
    "{other} is not recommended (strong recommendation).",
    "The panel agreed on {all} recommendations ({strong} strong). It suggests {drug} "
    "rather than {other} for {people} (conditional, low-certainty evidence).",
)
GUIDELINE_CONCLUSION = (
    "The recommendations will be reviewed in three years or when new trials appear.",
    "Uptake should be monitored with the five audit criteria given in the guideline.",
    "Research on {other} and on patient preferences is a priority.",
)
NARRATIVE_TITLES = (
    "{Condition}: recent advances and open questions.",
    "{Condition} in practice: what has changed?",
    "The role of {drug} in {condition}.",
    "{Drug}: from bench to bedside.",
    "An approach to {people}.",
    "New treatments for {condition}.",
    "{Condition}: a review for the generalist.",
    "{Drug} and {other} in {condition}: a narrative review.",
    "Preventing {event} in {people}: a review.",
)
OVERVIEW = (
    "{Condition} is seen in all branches of {specialty}.",
    "Over the past decade the treatment of {people} has changed.",
    "{Drug} has attracted interest as a treatment for {condition}.",
    "The care of {people} often involves several specialties.",
    "Few areas of {specialty} have seen as much debate as {condition}.",
    "Clinicians who treat {people} have more choices than ten years ago.",
    "{Condition} is easy to name and hard to treat.",
)
OVERVIEW_BODY = (
    "This review outlines its mechanisms, assessment and treatment, with an emphasis "
    "on {drug}.",
    "We discuss what recent trials have added and where guidelines from {country} and "
    "{country_2} differ.",
    "Topics include risk prediction, {marker} as a marker of severity, and the place "
    "of {drug}.",
    "{Drug} has entered practice, while {other} is used less often.",
    "We summarise the pharmacology of {drug}, its main trials and its known harms.",
    "Attention is given to follow-up, self-care and the prevention of {event}.",
    "We consider how {measure} should be measured and what change in it matters to "
    "patients.",
    "The evidence is strongest for {drug}; for {other} it rests on small studies.",
    "We compare the strategies used in {country} and {country_2} and their results.",
)
OVERVIEW_END = (
    "We close with practical advice for the clinic.",
    "Open questions are listed for future trials.",
    "An approach for settings with few resources is suggested.",
    "We end with five points that every clinician should know.",
    "Gaps in knowledge remain, above all in older people and in pregnancy.",
    "The review is meant for generalists rather than for experts.",
)
