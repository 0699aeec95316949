"""Sentences of invented observational studies."""

BACKGROUND = (
    "The causes of {condition} are incompletely understood.",
    "{Exposure} has been proposed as a risk factor in {people}, but prospective data "
    "are scarce.",
    "Prognosis in {people} is hard to predict.",
    "Whether {exposure} is associated with outcomes in {condition} is debated.",
    "Little is known about the course of {condition} in {country}.",
    "Routine data offer a chance to study rare outcomes in {condition}.",
    "Earlier studies of {exposure} in {condition} were limited by small samples and "
    "short follow-up.",
    "{Condition} is a frequent reason for using health services in {country}.",
)
COHORT_AIM = (
    "To examine the association between {exposure} and {event} in {people}.",
    "We investigated whether {exposure} predicts {event} in {people}.",
    "To estimate the incidence of {event} in {people} and its relation to {exposure}.",
    "We asked whether {people} with {exposed} have a higher risk of {event}.",
)
PROSPECTIVE = (
    "We followed {n} {people} who were recruited from {sites} in {country} between "
    "{start} and {end}.",
    "In this prospective cohort study, {n} {people} were enrolled at {sites} in "
    "{country} and followed up {span}.",
    "The {name} cohort is a prospective study of {n} {people} in {country}; they "
    "were followed up {span}.",
)
RETROSPECTIVE = (
    "We did a retrospective cohort study of {n} {people} treated at {sites} in "
    "{country} from {start_year} to {end_year}.",
    "Using linked hospital and death records from {country}, we identified {n} "
    "{people} between {start_year} and {end_year}.",
    "We retrospectively reviewed the records of {n} {people} seen at {town} University "
    "Hospital, {country}, between {start_year} and {end_year}.",
    "This retrospective study used the {name} registry of {country}, which holds data "
    "on {n} {people}.",
)
COHORT_METHOD = (
    "Hazard ratios were estimated by Cox regression adjusted for age, sex and "
    "comorbidity.",
    "We compared {exposed} with {unexposed}, adjusting for age, sex, smoking and "
    "disease severity in Cox models.",
    "Associations were estimated with Cox proportional hazards models; missing values "
    "were imputed.",
)
COHORT_RESULT = (
    "Over {years} person-years of follow-up there were {events_all} events ({event}): "
    "{e1} during {y1} person-years with {exposed} and {e2} during {y2} person-years "
    "with {unexposed} (rate ratio {ratio}; {p}).",
    "There were {e1} events in {y1} person-years among those with {exposed} and {e2} "
    "events in {y2} person-years among those with {unexposed} (crude rate ratio "
    "{ratio}; {p}).",
    "{Event} was recorded {e1} times with {exposed} ({y1} person-years) and {e2} times "
    "with {unexposed} ({y2} person-years), a rate ratio of {ratio}.",
)
COHORT_RISK = (
    "{Event} was recorded in {of1} with {exposed} and in {of2} with {unexposed} (risk "
    "ratio {ratio}; {p}).",
    "Of {n} participants, {events_all} had the outcome of interest ({event}): {of1} "
    "with {exposed} and {of2} with {unexposed} (risk ratio {ratio}; {p}).",
)
ADJUSTED_RISK = (
    "After adjustment the risk ratio was {adjusted}.",
    "The adjusted risk ratio was {adjusted}.",
)
RISK_METHOD = (
    "Risk ratios were estimated by Poisson regression with robust errors, adjusted for "
    "age, sex and comorbidity.",
    "We compared {exposed} with {unexposed} by modified Poisson regression.",
)
ADJUSTED = (
    "After adjustment the hazard ratio was {adjusted}.",
    "The adjusted hazard ratio was {adjusted}.",
    "Adjustment for confounders changed the estimate little (adjusted hazard ratio "
    "{adjusted}).",
)
EXTRA = (
    "The association did not differ between women and men.",
    "Older age and more severe disease at entry were also associated with the outcome.",
    "Findings were robust to the exclusion of events in the first year.",
    "A dose-response pattern was not apparent.",
    "Loss to follow-up was below 5%.",
    "Results were unchanged in a propensity score analysis.",
)
LINK_CONCLUSION = {
    "harm": (
        "In {people}, {exposed} was associated with a higher risk of {event}. Residual "
        "confounding cannot be ruled out.",
        "{Exposure} may help to identify {people} at increased risk.",
        "{Exposed} was associated with {event}; whether the link is causal needs "
        "further study.",
    ),
    "none": (
        "We found no association between {exposure} and {event} in {people}.",
        "{Exposure} does not appear to be related to {event} in this population.",
        "{Exposure} had no evident part in the outcome of {condition}.",
    ),
    "benefit": (
        "{Exposed} was associated with a lower risk of {event} in {people}; a causal "
        "effect remains unproven.",
        "{Exposed} was associated with fewer events in {people}, possibly because of "
        "unmeasured differences between the groups.",
    ),
}
COHORT_TITLES = (
    "{Exposure} and risk of {event} in {people}: a {timing} cohort study.",
    "Association of {exposure} with {event} in {people}.",
    "{Exposure} and outcomes of {condition}: findings from the {name} cohort.",
    "Incidence and predictors of {event} in {people}: a {timing} cohort study in "
    "{country}.",
    "Does {exposure} predict {event} in {condition}?",
    "{Condition} in {country}, {start_year}-{end_year}: a {timing} study of {n} "
    "patients.",
)
CONTROL_AIM = (
    "To determine whether {exposure} is associated with {condition}.",
    "We examined the relation between {exposure} and the risk of {condition}.",
)
CONTROL_METHOD = (
    "In this case-control study in {country}, {n1} patients with newly diagnosed "
    "{condition} were matched by age and sex to {n2} controls from the same districts.",
    "We recruited {n1} cases of {condition} from {sites} and {n2} population controls, "
    "frequency matched on age and sex.",
)
MEASURED_IN_SAMPLES = (
    "{Exposure} was determined in stored samples by staff who did not know who was a "
    "case; odds ratios were calculated by logistic regression.",
    "Samples taken before the diagnosis were used to determine {exposure}.",
)
ASKED_OR_LOOKED_UP = (
    "{Exposure} was assessed by structured interview; odds ratios were calculated by "
    "logistic regression.",
    "Information on {exposure} came from records made before the diagnosis.",
)
CONTROL_RESULT = (
    "{Exposed} was recorded in {of1} cases and in {of2} controls (odds ratio {ratio}; "
    "{p}).",
    "Among cases, {of1} had {exposed}, compared with {of2} controls (odds ratio "
    "{ratio}; {p}).",
)
CONTROL_CONCLUSION = {
    "harm": (
        "{Exposed} was associated with higher odds of {condition}. Recall bias is "
        "possible.",
        "{Exposure} may be a risk factor for {condition}.",
    ),
    "none": (
        "There was no evidence of an association between {exposure} and {condition}.",
        "{Exposure} is unlikely to be a major risk factor for {condition}.",
    ),
    "benefit": (
        "{Exposed} was less frequent in cases than in controls; this finding needs "
        "confirmation.",
    ),
}
CONTROL_TITLES = (
    "{Exposure} and {condition}: a case-control study.",
    "{Exposure} as a risk factor for {condition}: a population-based case-control "
    "study in {country}.",
    "Risk factors for {condition} in {country}: a matched case-control study.",
)
SURVEY_AIM = (
    "To estimate the prevalence of {problem} in {people} and the factors associated "
    "with it.",
    "We aimed to describe {problem} among {people} in {country}.",
    "To assess how often {problem} occurs in {people}.",
)
SURVEY_PROBLEMS = (
    "poor sleep",
    "unmet need for information",
    "incomplete adherence to treatment",
    "financial hardship",
    "use of traditional marsh remedies",
    "strain on carers",
    # the first six suit children too
    "low mood",
    "low health literacy",
    "fatigue",
    "loneliness",
)
SURVEY_BACKGROUND = (
    "Living with {condition} affects more than health.",
    "How often {problem} occurs in {people} is not known.",
    "{Problem} may go unnoticed in busy clinics.",
    "Guidelines on {condition} in {country} say little about {problem}.",
    "{Problem} has been linked to worse outcomes in several chronic illnesses.",
)
SURVEY_METHOD = (
    "We surveyed {people} at {sites} in {country} in {end_year}.",
    "This cross-sectional study included {people} attending {sites} in {country} "
    "between {start} and {end}.",
    "A questionnaire was sent to a random sample of {people} registered in {country}; "
    "{responded} responded.",
)
SURVEY_METHOD_2 = (
    "Factors associated with {problem} were examined by logistic regression.",
    "{Problem} was measured with the Tollmarsh Short Questionnaire.",
    "Answers were weighted for age, sex and region.",
)
SURVEY_RESULT = (
    "Of {n} participants ({described}), {all} reported {problem} ({prevalence}). It "
    "was reported by {of1} with {exposed} and {of2} with {unexposed} (odds ratio "
    "{ratio}).",
    "{Problem} was present in {of_all} participants ({described}). It was more "
    "frequent in those with {exposed}, {of1}, than in those with {unexposed}, {of2} "
    "(odds ratio {ratio}).",
)
SURVEY_RESULT_NONE = (
    "Among {n} participants ({described}), {all} reported {problem} ({prevalence}). It "
    "was not associated with {exposure}: {of1} with {exposed} and {of2} with "
    "{unexposed} (odds ratio {ratio}).",
    "The prevalence of {problem} was {prevalence}; {all} of {n} participants "
    "({described}) reported it. It was as frequent with {exposed}, {of1}, as with "
    "{unexposed}, {of2} (odds ratio {ratio}).",
)
SURVEY_CONCLUSION = (
    "{Problem} is frequent in {people} and should be asked about in routine care.",
    "About {share} of {people} in this sample had {problem}. The design does not allow "
    "causal conclusions.",
    "Services for {people} in {country} should take {problem} into account.",
    "Interventions against {problem} deserve testing in {people}.",
)
SURVEY_TITLES = (
    "Prevalence of {problem} in {people}: a cross-sectional study.",
    "{Problem} among {people} in {country}: a cross-sectional survey.",
    "{Problem} and associated factors in {people}.",
    "How common is {problem} in {condition}? A survey at {sites}.",
)
ACCURACY_AIM = (
    "To assess the diagnostic accuracy of {test} for {target}.",
    "We evaluated whether {test} can rule out {target} in {setting}.",
)
ACCURACY_METHOD = (
    "Consecutive patients with suspected {target} at {sites} in {country} had {test} "
    "before the reference standard, which was read without knowledge of its result.",
    "In this prospective diagnostic accuracy study, patients presenting to {sites} in "
    "{country} with possible {target} underwent {test}; an expert panel with 90 days "
    "of follow-up served as the reference standard.",
)
ACCURACY_RESULT = (
    "Of {n} patients, {diseased} ({share}) had {target}. {Test} had a sensitivity of "
    "{sens} and a specificity of {spec}.",
    "{Target} was confirmed in {diseased} of {n} patients ({share}). Sensitivity was "
    "{sens} and specificity {spec}; there were {fp} false positives among "
    "{healthy} patients without the condition.",
)
ACCURACY_CONCLUSION = {
    "benefit": (
        "A negative result of {test} makes {target} unlikely and may spare further "
        "tests.",
        "{Test} had good sensitivity for {target} and could be used as a first test.",
    ),
    "none": (
        "{Test} is not accurate enough to replace current tests for {target}.",
        "The accuracy of {test} for {target} was moderate; on its own it should not "
        "guide treatment.",
    ),
}
ACCURACY_TITLES = (
    "Diagnostic accuracy of {test} for {target}.",
    "{Test} in the diagnosis of {target}: a prospective accuracy study.",
    "Can {test} rule out {target}? A diagnostic accuracy study in {setting}.",
    "Sensitivity and specificity of {test} in suspected {target}.",
)
