"""Sentences of the other invented articles: trials of other shapes, interviews,
costs, cases, opinion, laboratory work, notices."""

PROTOCOL_TITLES = (
    "{Drug} versus {control} for {condition} ({name}): protocol for a randomised "
    "controlled trial.",
    "Protocol of the {name} trial: {drug} in {people}.",
    "Effect of {drug} on {outcome} in {people}: study protocol for a multicentre "
    "randomised trial.",
)
PROTOCOL_PEOPLE = (
    "We will enrol {n} {people} at {sites} in {country}.",
    "A sample of {n} {people} will give 90% power to detect a relative reduction of "
    "{reduction}%.",
)
PROTOCOL_ACTION = (
    "Participants will be randomly assigned (1:1) to {drug} or {control} for "
    "{duration}.",
    "Randomisation will be stratified by site, with equal allocation to {drug} and "
    "{control}.",
)
PROTOCOL_OUTCOME = ("The primary outcome is {outcome}{outcome_time}.",)
PROTOCOL_END = (
    "The ethics committee of {town} approved the study. Results will be published and "
    "sent to participants.",
    "Approval was given by the ethics committee of the University of {town}. "
    "Recruitment began in {end}.",
)
CLUSTER_TITLES = (
    "{Drug} in {people}: a cluster-randomised trial at {clusters} sites.",
    "Effect of {drug} on {event} in {people}: a stepped-wedge, cluster-randomised "
    "trial.",
    "{Drug} for {condition} in {country}: a pragmatic cluster-randomised trial.",
)
CLUSTER_DESIGN = (
    "We did a cluster-randomised trial at {clusters} sites in {country}.",
    "In this pragmatic, cluster-randomised trial, {clusters} sites in {country} were "
    "randomised.",
)
CLUSTER_ACTION = (
    "Sites were assigned (1:1) to {drug} or {control} for {duration}.",
    "Half of the sites offered {drug}; the other half continued with {control}.",
)
CROSSOVER_TITLES = (
    "{Drug} versus {control} in {people}: a randomised crossover trial.",
    "Short-term effect of {drug} on {measure}: {a_blinding}, crossover trial.",
)
CROSSOVER_DESIGN = (
    "In this {blinding}, two-period crossover trial, {n} {people} received {drug} and "
    "{control} in random order, separated by a washout of two weeks.",
)
CROSSOVER_RESULT = (
    "All periods were completed by {completed} participants. Mean {bare_measure} was "
    "{m1} with {drug} and {m2} with {control} (mean paired difference {difference}; "
    "{p}). There was no evidence of a carry-over effect.",
)
PILOT_TITLES = (
    "{Drug} for {condition}: a pilot randomised controlled trial.",
    "Feasibility of a randomised trial of {drug} in {people}.",
    "{name}: a feasibility trial of {drug} versus {control} in {people}.",
)
PILOT_AIM = (
    "To assess the feasibility of a definitive trial of {drug} in {people}.",
    "We examined recruitment, adherence and retention in a trial of {drug} for "
    "{condition}.",
)
PILOT_RESULT = (
    "We randomised {n} of {eligible} eligible patients ({rate}), {n1} to {drug} and "
    "{n2} to {control}; {completed} completed follow-up. The study was not powered for "
    "clinical outcomes; the primary outcome event was seen in {of1} and {of2}, "
    "respectively.",
)
PILOT_CONCLUSION = (
    "A definitive trial is feasible with small changes to recruitment.",
    "Recruitment was slower than planned; a full trial would need more sites.",
    "The procedures were acceptable to patients and staff, and a larger trial is "
    "justified.",
)
SECONDARY_TITLES = (
    "{Exposure} and response to {drug} in {people}: a secondary analysis of the {name} "
    "randomised trial.",
    "Effect of {drug} by baseline {exposure}: post hoc analysis of the {name} trial.",
    "Long-term outcomes after {drug} for {condition}: secondary analysis of a "
    "randomised trial.",
)
SECONDARY_AIM = (
    "To determine whether the effect of {drug} on {event} differs by baseline "
    "{exposure}.",
)
SECONDARY_DESIGN = (
    "We did a post hoc analysis of the {name} trial, in which {n} {people} were "
    "randomised to {drug} or {control}.",
    "This secondary analysis used data on {n} participants of the {name} randomised "
    "trial.",
)
SECONDARY_RESULT = (
    "Overall, {event} occurred in {of1} with {drug} and {of2} with {control} (risk "
    "ratio {ratio}). The effect did not differ by {exposure} (p for interaction "
    "{interaction}).",
)
SECONDARY_CONCLUSION = (
    "Baseline {exposure} did not identify patients who respond to {drug}.",
    "These exploratory findings do not support choosing {drug} by {exposure}.",
)
BEFORE_TITLES = (
    "Introduction of {drug} for {condition}: a before-and-after study.",
    "Outcomes of {condition} before and after the introduction of {drug}.",
)
CHOSEN_TITLES = (
    "{Drug} for {condition}: a non-randomised controlled trial.",
    "{Drug} or {control} by patients' choice: a non-randomised trial in {condition}.",
)
BEFORE_DESIGN = (
    "We compared {n1} {people} treated after the introduction of {drug} with {n2} "
    "treated before it, at {sites} in {country}.",
)
CHOSEN_DESIGN = (
    "In this non-randomised trial, {n1} {people} chose {drug} and {n2} chose "
    "{control}.",
)
UNCONTROLLED_RESULT = (
    "{Event} occurred in {of1} patients with {drug} and in {of2} without it (risk "
    "ratio {ratio}; {p}).",
    "We recorded {event} in {of1} patients treated with {drug} and in {of2} others "
    "(risk ratio {ratio}; {p}). Age and severity were similar in both groups.",
)
UNCONTROLLED_CONCLUSION = {
    "benefit": (
        "Outcomes were better with {drug}, but without randomisation other "
        "explanations remain.",
        "{Drug} was followed by lower rates of {event}. A randomised trial is "
        "warranted.",
    ),
    "none": (
        "Treatment with {drug} was not followed by a change in {event}.",
        "We saw no difference in {event} between the groups.",
    ),
    "harm": (
        "{Event} was more frequent with {drug}; differences between the groups may "
        "explain this.",
    ),
}
QUALITATIVE_TITLES = (
    "Living with {condition}: a qualitative study of {people}.",
    "Experiences of {drug} among {people}: an interview study in {country}.",
    "Barriers to the use of {drug} in {condition}: a qualitative study.",
    '"You learn to plan around it": a qualitative study of {people} in {country}.',
)
QUALITATIVE_AIM = (
    "To explore how {people}, or those who care for them, experience treatment.",
    "To understand what helps and hinders the use of {drug} in {condition}.",
)
QUALITATIVE_METHOD = (
    "We held {interviews} semi-structured interviews in {country} and analysed them "
    "thematically.",
    "Data from {interviews} interviews and {groups} focus groups in {town}, {country}, "
    "were analysed with the framework method.",
)
THEMES = (
    "uncertainty about what lay ahead",
    "the work of being a patient",
    "the value of being heard",
    "delays before diagnosis",
    "trust in the local team",
    "the hidden costs of care",
    "ways of keeping control",
    "support from family and neighbours",
    "conflicting advice from professionals",
    "learning from others with the same illness",
    "loss of earlier roles",
    "fear of being a burden",
    "the long road to {town}",
    "balancing hope and caution",
)
QUALITATIVE_RESULT = (
    "Four themes were identified: {themes}. Views on {drug} ranged from hope to "
    "indifference.",
    "The analysis led to four themes: {themes}. Participants described {drug} as "
    "helpful but hard to fit into daily life.",
    "Four themes emerged: {themes}. Several participants had stopped {drug} without "
    "telling their clinic.",
    "Accounts clustered around four themes: {themes}. Few participants recalled a "
    "conversation about alternatives to {drug}.",
)
QUALITATIVE_CONCLUSION = (
    "Care for {condition} could be improved by earlier information and continuity of "
    "staff.",
    "Services should address practical barriers before offering {drug}.",
    "Clinicians should ask about the daily work that treatment demands.",
    "Peer support deserves a place in the care of {people}.",
    "What matters to {people} is not always what is measured in trials.",
)
ECONOMIC_TITLES = (
    "Cost-effectiveness of {drug} for {condition} in {country}.",
    "{Drug} versus {control} in {people}: an economic evaluation.",
    "Cost-utility of {drug} for {people}: a model-based analysis.",
)
ECONOMIC_AIM = (
    "To estimate the cost-effectiveness of {drug} compared with {control} for "
    "{condition} in {country}.",
)
ECONOMIC_METHOD = (
    "A Markov model with a lifetime horizon compared {drug} with {control} from the "
    "perspective of the health service of {country}. Costs are in {end_year} crowns.",
    "Costs and quality-adjusted life years (QALYs) were estimated over {horizon} years "
    "with a decision model; costs and effects were discounted at 3%.",
)
ECONOMIC_RESULT = (
    "{Drug} cost {extra} crowns more per patient and yielded {gain} additional QALYs, "
    "an incremental ratio of {icer} crowns per QALY. At a threshold of 40,000 crowns "
    "the probability of being cost-effective was {chance}%.",
)
ECONOMIC_CONCLUSION = {
    "benefit": ("{Drug} is likely to be cost-effective for {condition} in {country}.",),
    "none": ("At its current price {drug} is unlikely to be cost-effective.",),
}
CASE_TITLES = (
    "{Finding} in a patient with {condition}: a case report.",
    "{Condition} presenting as {finding}.",
    "{Finding} after treatment with {drug}: a case report.",
    "Unusual {finding} in {condition}.",
)
FINDINGS = (
    "blue fingernails",
    "transient loss of smell",
    "recurrent hiccups",
    "a metallic taste",
    "painless swelling of the earlobe",
    "night-time itching",
    "a migrating rash",
    "sudden hoarseness",
    "infection with <i>Caldovella morsum</i>",
    "low serum oblinate",
    "yellow vision",
    "periodic sneezing",
    "a clicking jaw",
    "numbness of both elbows",
    "unexplained weight gain",
    "marbled skin of the forearm",
    "aversion to bright light",
    "raised cassomer B<sub>4</sub>",
    "cold-induced tingling",
    "brief episodes of double hearing",
)
CASE_BACKGROUND = (
    "{Finding} has rarely been described in {condition}.",
    "Adverse reactions to {drug} are incompletely known.",
    "{Condition} can present in unexpected ways.",
    "To our knowledge, {finding} has not been reported in {people} before.",
)
CASE_RESULT = (
    "{Patient} with {condition} presented to {town} General Hospital with {finding} "
    "{days} days after starting {drug}. Investigations were otherwise unremarkable. "
    "{Drug} was stopped, and the symptoms resolved within {weeks_2} weeks.",
    "{Patient} with a history of {condition} developed {finding}. Serum oblinate was "
    "raised, and treatment with {other} led to full recovery after {weeks_2} weeks.",
    "We describe {patient} with {condition} in whom {finding} was noted on day {days} "
    "of treatment with {drug}. Biopsy was inconclusive. After a change to {other} "
    "there was no recurrence over {weeks_2} months.",
    "{Patient} was referred to {town} University Hospital because of {finding}. The "
    "history pointed to {condition}, which was confirmed. Under {drug} the patient was "
    "well again after {weeks_2} weeks.",
)
CASE_CONCLUSION = (
    "Clinicians should consider {drug} as a cause of {finding}.",
    "{Finding} may be an early sign of {condition}.",
    "This case shows the value of a careful history.",
    "A temporal relation to {drug} does not prove cause and effect.",
    "In {condition}, {finding} should prompt a second look at the diagnosis.",
)
SERIES_TITLES = (
    "{Drug} for {condition}: a case series of {n} patients.",
    "{Finding} in {condition}: {n} consecutive cases from {town}.",
)
SERIES_PROSE = (
    "We describe {n} consecutive patients with {condition} who were seen at {town} "
    "University Hospital, {country}, between {start_year} and {end_year}. {Finding} "
    "was recorded in {of1}. {Drug} was given to {of2}. No patient was lost to "
    "follow-up. The findings suggest that {finding} is more frequent than thought.",
    "{Drug} was offered to {n} patients with {condition} in {town}, {country}. A "
    "response was seen in {of1}, and {of2} had {finding}. Without a control group no "
    "conclusion on effectiveness is possible, but {finding} should be looked for.",
)
EDITORIAL_TITLES = (
    "{Drug} for {condition}: are we there yet?",
    "Rethinking {condition}.",
    "{Condition}: time to listen to patients.",
    "What should clinicians do about {drug}?",
    "A new chapter for {people}?",
    "{Drug} or {control}: the choice is not only about {measure}.",
    "The trials of {drug} that we still need.",
    "Less may be more in {condition}.",
    "Preventing {event}: whose task is it?",
)
LETTER_TITLES = (
    "{Drug} and {condition}: some cautions.",
    "On the use of {drug} in {condition}.",
    "{Condition} in {country}: a view from {town}.",
    "How should {measure} be reported?",
    "Missing data in trials of {drug}.",
    "{Drug} in {people}: a word from {country_2}.",
)
ANIMAL_MOUSE_TITLES = (
    "{Molecule} attenuates tissue injury in a mouse model of {model}.",
    "Deletion of <i>{gene}</i> protects mice from experimental {model}.",
    "<i>{gene}</i><sup>-/-</sup> mice are resistant to experimental {model}.",
)
ANIMAL_RAT_TITLES = (
    "{Molecule} and <i>{gene}</i> signalling in rats with experimental {model}.",
    "{Molecule} lowers {protein} in a rat model of {model}.",
)
ANIMAL_PROSE = (
    "The role of <i>{gene}</i> in {model} is unknown. We treated {n} {animals} "
    "with {molecule} ({dose} mg/kg) or vehicle in an experimental model. Tissue "
    "{protein} fell by {fall}% and histological damage scores were lower in treated "
    "animals ({p}). The effect was lost in <i>{gene}</i><sup>-/-</sup> animals. "
    "{Molecule} may act through {protein}, but its relevance to patients is unknown.",
    "In {animals} with experimental {model}, {molecule} at {dose} mg/kg reduced "
    "{protein} expression by {fall}% ({p}) without changing body weight ({n} animals). "
    "Loss of <i>{gene}</i> had a similar effect. These data point to a part of "
    "{protein} in the disease process.",
)
BENCH_TITLES = (
    "{Molecule} inhibits {protein} in cultured cells: implications for {condition}.",
    "<i>{gene}</i> regulates {protein} signalling through the LRN<sub>2</sub> pathway: "
    "a link to {condition}.",
    "Binding of {molecule} to {protein} and its effect on <i>{gene}</i> in vitro.",
)
BENCH_PROSE = (
    "{Protein} has been linked to {condition}. In cultured cells, {molecule} inhibited "
    "{protein} with a half-maximal concentration of {dose} µmol/L and lowered "
    "<i>{gene}</i> expression by {fall}% ({p}). Silencing of <i>{gene}</i> abolished "
    "the effect. Our findings identify {protein} as a target of {molecule} in vitro.",
    "We used immunoblotting and live-cell imaging to study {protein} in vitro. "
    "{Molecule} ({dose} µmol/L) reduced its phosphorylation by {fall}% ({p}), an "
    "effect that depended on <i>{gene}</i>. Whether this holds in {condition} remains "
    "to be shown.",
)
PLAIN = (
    "Why was this study done? We wanted to know whether {drug} helps {people}. What "
    "did we find? We looked at the results of {n} people. Talk to your doctor before "
    "you change any treatment. All of this is invented.",
)
