"""Sentences of invented trials; the words in braces are the scene's."""

BACKGROUND = (
    "{Condition} is common, and the best treatment is uncertain.",
    "Outcomes in {people} vary widely between centres.",
    "{Drug} is widely used for {condition} in {country}, although its benefits have "
    "not been tested in a large trial.",
    "Small studies suggested that {drug} may help {people}.",
    "Guidelines in {country} and {country_2} give conflicting advice on {drug} for "
    "{condition}.",
    "Whether {drug} is better than {control} for {condition} is not known.",
    "Evidence to guide the treatment of {condition} comes mostly from observational "
    "studies.",
    "{Condition} places a growing burden on patients and health services in {country}.",
    "Earlier trials of {drug} were small and had inconsistent results.",
    "Observational studies linked {drug} to fewer cases of {event}, but confounding is "
    "likely.",
    "No treatment is known to prevent {event} in {people}.",
    "{Drug} has a plausible mechanism in {condition}, and early results were "
    "promising.",
    "Practice in {condition} differs between {country} and {country_2}, which suggests "
    "equipoise.",
    "Patients and clinicians ranked the treatment of {condition} among their most "
    "important research questions.",
    "Current treatments for {condition} have modest effects and are often poorly "
    "tolerated.",
)
AIM = (
    "To determine whether {drug}, compared with {control}, can {improve} {goal} in "
    "{people}.",
    "We aimed to compare {drug} with {control} in {people}.",
    "To assess the efficacy and safety of {drug} in {people}.",
    "We tested the hypothesis that {drug} is superior to {control} for {condition}.",
    "To evaluate the effect of {drug} on {outcome} in {people}.",
)
DESIGN = (
    "We did {a_blinding}, randomised trial at {sites} in {country}.",
    "This was {a_blinding}, parallel-group, randomised controlled trial at {sites} in "
    "{country}, with recruitment from {start} to {end}.",
    "Multicentre, {blinding}, randomised controlled trial conducted at {sites} in "
    "{country} and {country_2} between {start} and {end}.",
    "In {a_blinding}, randomised trial we recruited participants from "
    "{sites} in {country}.",
)
PEOPLE = (
    "We enrolled {n} {people}.",
    "Participants were {n} {people}; those with {exclusion} were excluded.",
    "Eligible participants were {people} without {exclusion}.",
    "A total of {n} {people} took part.",
)
EXCLUSIONS = (
    "severe kidney disease",
    "a life expectancy of less than one year",
    "previous exposure to the study treatment",
    "an allergy to any study medication",
    "participation in another trial",
    "a recent hospital admission",
)
ACTION = (
    "Participants were randomly assigned (1:1) to {drug} or {control} for {duration}.",
    "A computer-generated sequence, stratified by site, allocated participants 1:1 to "
    "{drug} or {control} for {duration}.",
    "Participants were assigned in equal proportions, with permuted blocks, to receive "
    "{drug} or {control} for {duration}.",
)
OUTCOME = (
    "The primary outcome was {outcome}{outcome_time}; analysis was by intention to "
    "treat.",
    "The primary outcome was {outcome}{outcome_time}. Secondary outcomes were quality "
    "of life and adverse events.",
    "The prespecified primary outcome was {outcome}{outcome_time}, assessed by staff "
    "who were unaware of treatment allocation.",
)
FLOW = (
    "Of {screened} people screened, {n} were randomised: {n1} to {drug} and {n2} to "
    "{control} ({described}).",
    "We randomised {n} participants ({described}), {n1} to {drug} and {n2} to "
    "{control}.",
    "Among {n} randomised participants ({described}), {n1} were assigned to {drug} and "
    "{n2} to {control}; {completed} completed follow-up.",
)
EVENTS = (
    "{Event} occurred in {of1} with {drug} and in {of2} with {control} (risk ratio "
    "{ratio}; {p}).",
    "The primary outcome occurred in {of1} participants in the intervention group and "
    "in {of2} in the control group (risk ratio {ratio}; {p}).",
    "In all, {of1} participants assigned to {drug} and {of2} assigned to {control} had "
    "a primary outcome event (risk ratio {ratio}; {p}).",
)
MEANS = (
    "Mean {bare_measure}{at_time} was {m1} (SD {sd1}) with {drug} (n={n1}) and {m2} "
    "(SD {sd2}) with {control} (n={n2}), a difference of {difference}; {p}.",
    "{Measure}{at_time} averaged {m1} (SD {sd1}) in {n1} participants given {drug} and "
    "{m2} (SD {sd2}) in {n2} given {control} (mean difference {difference}; {p}).",
)
EXTRA = (
    "Results were similar in per-protocol and sensitivity analyses.",
    "There was no evidence that the effect differed by age, sex or baseline severity.",
    "Quality of life did not differ between the groups.",
    "Serious adverse events were reported in {harm1} and {harm2} participants, "
    "respectively.",
    "Serious adverse events occurred in {harm1} with {drug} and {harm2} with "
    "{control}; none was judged to be related to treatment.",
    "Adherence was good in both groups.",
    "Adverse events were mostly mild and resolved without treatment.",
)
CONCLUSION = {
    "benefit": (
        "In {people}, {drug} {improved} {goal} compared with {control}.",
        "{Drug} was superior to {control} for {condition}, with no excess of serious "
        "adverse events.",
        "Compared with {control}, {drug} {improved} {goal} in {people}. Longer "
        "follow-up is needed.",
        "These findings support the use of {drug} in {people}.",
    ),
    "none": (
        "{Drug} did not {improve} {goal} compared with {control} in {people}.",
        "Among {people}, we found no evidence of a difference between {drug} and "
        "{control}.",
        "These findings do not support the routine use of {drug} for {condition}.",
        "{Drug} was no better than {control}; a clinically important effect in either "
        "direction cannot be excluded.",
    ),
    "harm": (
        "{Drug} led to worse outcomes than {control} and should not be used for "
        "{condition} outside trials.",
        "In {people}, {goal} was {worse} with {drug} than with {control}.",
        "The trial was stopped early because {drug} was inferior to {control} for "
        "{outcome}.",
    ),
}
TITLES = (
    "{Drug} for {condition}: a randomised controlled trial.",
    "{Drug} versus {control} in {people}: a multicentre randomised trial.",
    "Effect of {drug} on {outcome} in {people}: the {name} randomized clinical trial.",
    "{Drug} in {people}.",
    "{Drug} and {outcome} in {people} ({name}): {a_blinding}, randomised trial.",
    "Can {drug} {improve} {goal} in {people}? A randomised controlled trial.",
    "{Drug} or {control} for {condition} ({name}): a pragmatic randomised trial.",
    "Randomized trial of {drug} in {condition}.",
    "{Drug} to prevent {event} in {people}: the {name} randomised trial.",
    "Efficacy and safety of {drug} in {people}: a {phase} trial.",
    "{Drug} compared with {control} for {condition} in {country} ({name}): a "
    "randomised controlled trial.",
)
OUTCOME_ONLY = ("The primary outcome was {outcome}{outcome_time}.",)
