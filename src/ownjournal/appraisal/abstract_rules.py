"""Rules on abstracts, for articles whose title does not name a design.

They look for what authors say they did ("were randomly assigned"), not for
words that any abstract may hold. The first half is as sure as a title and comes
before PubMed's own types, which are machine-made since 2022; LATE_RULES come
after them.
"""

import re

from ownjournal.appraisal.rule import ALWAYS, Rule, anchored, in_order, rule, veto

_SOMEBODY = (
    r"(?:patients?|subjects?|participants?|wom[ae]n|m[ae]n|child(?:ren)?|volunteers"
    r"|adults|infants|individuals|persons|people|practices|clusters|hospitals|villages"
    r"|schools|students|eyes|adolescents|couples|smokers|veterans|residents|\d+)"
)

PLANNED = in_order(
    anchored(
        "protocol",
        "will be ",
        r"will be (?:\w+ )?(?:randomi[sz]ed|randomly|recruited|enrolled|searched"
        r"|invited|allocated|assigned|screened)\b",
    ),
    anchored(
        "protocol",
        "methods and analysis|ethics and dissem",
        r"(?:methods and analysis|ethics and dissemination):",
    ),
    anchored(
        "protocol",
        "protocol for a ",
        r"protocol for a (?:cochrane|systematic) review\b",
    ),
)

SECOND_LOOK = in_order(
    anchored(
        "secondary-analysis",
        "secondary|post hoc|post-hoc|exploratory",
        r"(?:secondary|post[- ]hoc|exploratory)(?: \w+)? analys[ei]s\b",
        before=r"(?:\b(?:this|our|the present|the current)"
        r"|\b(?:performed|conducted|did|undertook|carried out|report) an?"
        r"|^(?:[\w ]{0,20}: )?an?)(?: pre-?specified| planned| \w+)? ",
    ),
)

OWN_REVIEW = in_order(
    anchored(
        "systematic-review",
        "systematic|meta-analysis",
        r"systematic (?:literature )?review\b|meta-analysis\b",
        before=r"\b(?:this|the present|our|(?:conduct|perform)(?:ed)? an?"
        r"|(?:did|undertook|carried out) an?) (?:\w+ )?",
    ),
    anchored("systematic-review", "we systematic", r"we systematically reviewed\b"),
)

_LITERATURE = r"(?:literature|bibliographic|electronic|database)"

_DATABASES = "medline|pubmed|embase|cochrane|scopus|web of science"

SEARCHED = in_order(
    anchored(
        "systematic-review",
        _DATABASES,
        r"\w+",
        before=r"\bsearch(?:ed|es|ing)?\b[^.]*",
    ),
    anchored(
        "systematic-review",
        _DATABASES,
        r"\w+[^.]{0,150}?\b(?:search(?:ed|es)?|screened|queried)\b",
    ),
    anchored(
        "systematic-review",
        "search",
        rf"search(?:es)? (?:identified|of the {_LITERATURE}|was|were)\b",
        before=rf"\b(?:comprehensive|systematic|exhaustive|extensive)"
        rf"(?: computeri[sz]ed)?(?: {_LITERATURE})* ",
    ),
)
"""Somebody searched; whether by a method, BY_METHOD asks."""

BY_METHOD = rule(
    "systematic-review",
    "systematic|review|criteria|eligible|studies|trials",
    r"\bsystematic(?:ally)?\b|\bmeta-?analy|\beligible (?:studies|trials)\b"
    r"|\btwo (?:independent )?(?:reviewers|authors|investigators)\b"
    r"|\b(?:inclusion|eligibility|selection) criteria\b"
    r"|\b(?:studies|trials|articles) (?:\w+ ){0,3}(?:were|was) (?:\w+ )?(?:included"
    r"|eligible|selected|identified)\b",
)

POOLED = rule(
    "meta-analysis",
    "meta-|metaanaly|random|pooled",
    r"(?<!without )(?<!without a )(?<!preclude )(?<!precluded )(?<!no )\bmeta-?analy\w+"
    r"\b(?! (?:was|were|could|is) (?:not |im|un|preclud|deemed in))"
    r"|\brandom[- ]effects\b|\bpooled (?:estimate|effect|odds|relative"
    r"|risk|analysis|results|data|mean)|\bwere pooled\b",
)

_NOT_RANDOMISED = veto(
    "nonrandomi|non-|quasi|mendelian|target",
    r"\bnon-?randomi[sz]ed\b|\bquasi-?randomi|\bmendelian|\btarget trial\b",
)

_FOLLOWED = veto(
    "cohort|longitudinal|follow",
    r"\bcohort\b|\blongitudinal\b|\bfollow(?:ed)?[- ]up\b",
)

_OWN_STUDY = veto(
    "compared|measured|recruit|enroll|evaluat|analyzed|analysed",
    r"\bwe (?:compared|measured|recruited|enrolled|evaluated|analy[sz]ed)\b",
)

_NOT_WANTED = (
    r"(?![^.;]{0,60}\b(?:trial|study|studies|trials|comparison|evaluation)\b[^.;]{0,60}"
    r"\b(?:(?:is|are|be|seems?|appears?|remains?)(?: \w+){0,2} (?:warranted|needed"
    r"|required|necessary|justified|desirable|awaited|lacking|indicated|merited"
    r"|recommended|planned)\b|should (?:be|now|test|compare|confirm|assess)\b))"
)
"""A trial that is asked for has not been done."""

RANDOMISED = in_order(
    anchored(
        "rct",
        "random",
        r"\brandomly(?:,| (?:assign|allocat|divid|distribut|receiv|treat|plac|giv)\w*)"
        rf"|\brandomi[sz]ed,? (?:to|into|in a|between|either|{_SOMEBODY})\b"
        rf"|\brandomi[sz]ed\b{_NOT_WANTED}[^.;]{{0,90}}"
        r"\b(?:trial|study|design|comparison|cross-?over"
        r"|manner|fashion|groups?)\b"
        r"|\brandomi[sz]ation (?:was|to|list|code|sequence|schedule|table)\b"
        r"|\brandom(?:i[sz]ed)? (?:allocation|assignment|order)\b",
        veto=_NOT_RANDOMISED,
    ),
    anchored(
        "rct",
        "randomi",
        rf"\brandomi[sz]ed\b{_NOT_WANTED}",
        before=rf"\b{_SOMEBODY}\b[^.;]*",
        veto=_NOT_RANDOMISED,
    ),
    anchored(
        "rct",
        "random",
        r"random(?:ly)?\b",
        before=r"\b(?:allocated|assigned) (?:at |by )?",
    ),
    anchored(
        "rct",
        "random",
        r"randomly(?=[.,;]| into| to\b)",
        before=r"\b(?:divided|assigned|allocated|distributed)\b[^.;]*",
        veto=_NOT_RANDOMISED,
    ),
    anchored(
        "rct",
        "blind|masked",
        rf"(?:blind|masked)(?:ed)?\b{_NOT_WANTED}[^.;]{{0,90}}"
        r"\b(?:trial|study|placebo|design"
        r"|cross-?over"
        r"|comparison|manner|fashion)\b",
        before=r"\b(?:double|single|triple|observer|assessor)[- ]",
        veto=_NOT_RANDOMISED,
    ),
    anchored(
        "rct",
        "placebo|sham-",
        rf"\b(?:placebo|sham)[- ]controlled\b{_NOT_WANTED}[^.;]{{0,60}}"
        r"\b(?:trial|study|design)\b",
        veto=_NOT_RANDOMISED,
    ),
    anchored(
        "rct",
        "placebo",
        r"placebo\b",
        before=r"\b(?:received|receiving|given|treated with)\b[^.;]*"
        r"\b(?:or|and|versus|vs\.?) (?:\w+ )?",
        veto=_NOT_RANDOMISED,
    ),
)

OF_TRIALS = in_order(
    anchored(
        "review",
        "randomised|randomized",
        r"randomi[sz]ed,? (?:\w+[- ,]+){0,4}(?:trials|studies)\b",
    ),
    anchored(
        "review",
        "review",
        r"review",
        before=r"\b(?:this (?:article|paper|chapter)\b[^.]*|(?:is|are|we|in this) )",
    ),
)
"""Where these words stand, "randomised" may be said of other people's trials."""

OWN_ASSIGNMENT = in_order(
    anchored(
        "rct",
        "random",
        r"(?:randomi[sz]ed|randomly (?:assigned|allocated))\b",
        before=r"\b(?:were|was) (?:\w+ )?",
    ),
    anchored(
        "rct",
        "random",
        r"(?:randomi[sz]ed|randomly assigned) to\b",
        before=rf"\b{_SOMEBODY}\b[^.;]*",
    ),
)

_A_PATIENT = (
    r"(?:cases?|patients?|m[ae]n|wom[ae]n|males?|females?|boys?|girls?|child(?:ren)?"
    r"|infants?|neonates?|newborns?|adolescents?|siblings|brothers|sisters|twins)"
)

_GROUPED = veto(
    "controls|cohort|compared|control ",
    r"\bcontrols\b|\bcohort\b|\bcompared (?:with|to)\b|\bcontrol (?:group|subjects)\b",
)

_COMPARED = veto(
    "controls|cohort|compared|control |trial|randomi|consecutive",
    r"\bcontrols\b|\bcohort\b|\bcompared (?:with|to)\b|\bcontrol (?:group|subjects)\b"
    r"|\btrials?\b|\brandomi[sz]ed\b|\bconsecutive\b",
)

ONE_PATIENT = in_order(
    anchored(
        "case-report",
        "report|describe|present",
        r"(?:report|describe|present)s?(?: here)? (?:a|an|the|one|two) "
        rf"(?:[\w-]+ ){{0,4}}?{_A_PATIENT}\b",
        before=r"\b(?:we|this (?:article|paper|report)|the authors?) (?:here )?",
    ),
    anchored(
        "case-report",
        "year-old|month-old|week-old|day-old|year old",
        r"(?:year|month|week|day)[- ]old\b",
        before=r"^(?:[\w ]{0,20}: )?an? (?:[\w-]+ ){0,3}\d+[- ]",
    ),
    anchored(
        "case-report",
        "a case of|a case report",
        r"a case (?:of|report)\b[^.]{0,80}\b(?:is|was) (?:reported|described"
        r"|presented)",
    ),
    anchored(
        "case-report",
        "described|reported|presented",
        r"(?:described|reported|presented)\b(?! (?:to|as|in|by|for)\b)",
        before=rf"(?:^|[.:;] )(?:an?|one|two) (?:[\w-]+,? ){{0,4}}{_A_PATIENT}\b[^.;]*"
        r"\b(?:is|are|was|were) ",
        veto=_COMPARED,
    ),
    anchored(
        "case-report",
        "year-old|month-old|week-old|day-old",
        rf"(?:year|month|week|day)-old,? (?:[\w-]+ ){{0,4}}?{_A_PATIENT}\b",
        before=r"\b(?:an?|the|one) (?:[\w-]+ ){0,3}\d+-",
        veto=_COMPARED,
    ),
    anchored(
        "case-report",
        "this case|our case|these cases|present case",
        r"(?:this|our|these|present) cases? (?:report|illustrat|document|demonstrat"
        r"|highlight|emphasi|show|suggest|underscore|represent"
        r"|is the (?:first|second))",
        veto=_COMPARED,
    ),
)

EARLY_CASES = in_order(
    anchored(
        "case-series",
        "case series",
        r"case series\b",
        before=r"\b(?:this|our|an?|retrospective|prospective|consecutive) ",
    ),
    anchored(
        "case-series",
        "series of ",
        r"series of \d+\b",
        before=r"\ba (?:consecutive )?",
    ),
    anchored(
        "case-series",
        "describe|report|present",
        r"(?:describe|report|present)s?(?: here)?(?: on)? (?:our experience (?:with|of"
        r"|in) )?(?:[5-9]|\d\d|1\d\d) (?:[\w-]+ ){0,2}(?:patients|cases|children"
        r"|infants|women|men)\b",
        before=r"\b(?:we|this (?:article|paper|report)|the authors?) (?:here )?",
        veto=_GROUPED,
    ),
)

ACCURACY = rule(
    "diagnostic-accuracy",
    "diagnostic acc|sensitivit",
    r"\bdiagnostic accuracy (?:of|study)\b|\b(?:reference|gold) standard\b.{0,1500}"
    r"\bsensitivit(?:y|ies)\b|\bsensitivit(?:y|ies)\b.{0,1500}\b(?:reference|gold)"
    r" standard\b",
)
"""A test weighed against another: the question, whatever way people were found."""

LATE_RULES = in_order(
    anchored(
        "qualitative",
        "qualitative |structured interview|depth interview|focus group|grounded theory"
        "|phenomenolog|thematic",
        r"qualitative (?:\w+ )?(?:study|research|interview|design|method|approach|data)"
        r"|(?:structured|depth) interviews?\b|focus groups?\b|grounded theory\b"
        r"|phenomenolog\w+ (?:study|design|approach|analysis)\b"
        r"|thematic(?:ally)? analy",
    ),
    anchored(
        "economic",
        "cost-|cost effect|incremental cost|per qaly|quality-adjusted",
        r"cost[- ](?:effectiveness|utility|benefit) (?:analysis|model|ratio|study)\b"
        r"|incremental cost\b|per (?:qaly|quality-adjusted)",
    ),
    anchored(
        "non-randomised-trial",
        "nonrandomi|non-randomi|quasi|interrupted time|single-arm|open-label|phase "
        "|before-and-after|uncontrolled ",
        r"non-?randomi[sz]ed\b|quasi-?(?:randomi[sz]ed|experiment\w*)\b"
        r"|interrupted time[- ]series\b|single-arm\b"
        r"|open-label\b[^.]{0,60}\b(?:study|trial)\b"
        r"|phase (?:i|ii|iii|1|2|3|i/ii|1/2|ib|iia|iib|1b|2a|2b)\b[^.]{0,60}\b(?:study"
        r"|trial)\b|before-and-after (?:study|design)\b|uncontrolled (?:study|trial)\b",
        veto=veto("observational|cohort", r"\bobservational\b|\bcohort (?:study|of)\b"),
    ),
    anchored(
        "diagnostic-accuracy",
        "sensitivit",
        r"sensitivit(?:y|ies)\b[^.]{0,60}\bspecificit(?:y|ies)\b(?=.*\b(?:diagnos"
        r"|reference standard|gold standard|detect|screen|roc|predictive value))",
    ),
    anchored(
        "case-control",
        "case-control|case control|case-crossover",
        r"case[- ]control(?:led)?\b|case-crossover\b",
    ),
    rule(
        "case-control",
        "polymorphism|genotype|allele|haplotype|variants",
        r"\b(?:polymorphism|genotype|allele|haplotype|variant)s?\b.{0,2000}"
        r"(?:\bodds ratios?|\bsusceptib\w+|\bor ?[=:(\[])",
        Rule(
            "veto",
            ALWAYS,
            re.compile(r"^(?!.*\b(?:controls|case patients|cases)\b)"),
            None,
        ),
    ),
    anchored(
        "case-control",
        "matched ",
        r"matched (?:healthy )?controls\b",
        before=r"\b(?:age|sex|gender)[- ](?:[\w-]+[- ])*",
    ),
    anchored(
        "cross-sectional",
        "cross-sectional|cross sectional",
        r"cross[- ]sectional,? (?:[\w-]+ )?(?:study|survey|analysis|design|data"
        r"|sample)\b",
        veto=_FOLLOWED,
    ),
    anchored(
        "cross-sectional",
        "prevalence ratio",
        r"prevalence ratios?\b",
        veto=_FOLLOWED,
    ),
    anchored(
        "cross-sectional",
        "survey|questionnaire",
        r"(?:survey|questionnaire)\b",
        before=r"(?:\b(?:completed|answered|returned) (?:an?|the|our) (?:[\w-]+ ){0,4}"
        r"|\b(?:online|web-based|postal|mail|telephone|nationwide|national) (?:\w+ )?)",
        veto=_FOLLOWED,
    ),
    anchored(
        "cross-sectional",
        "survey|questionnaire",
        r"(?:survey|questionnaire)s? (?:was|were) (?:\w+ )?(?:sent|mailed|e-?mailed"
        r"|posted|distributed|circulated|returned)\b",
        veto=_FOLLOWED,
    ),
    anchored(
        "cross-sectional",
        "surveyed",
        r"surveyed\b",
        before=rf"\b(?:we(?: \w+)?|{_SOMEBODY}(?: (?:\w+ ){{0,4}}were)?) ",
        veto=_FOLLOWED,
    ),
    anchored(
        "cohort",
        "cohort",
        r"cohort\b",
        before=r"\b(?:prospective|retrospective|longitudinal|population-based"
        r"|observational|birth|historical|multicent(?:er|re)|national"
        r"|inception)\b[^.;]*",
    ),
    anchored("cohort", "cohort", r"cohort (?:study|of|analysis)\b"),
    anchored(
        "cohort",
        "retrospective|prospective|longitudinal",
        r"retrospectively (?:analy[sz]ed|reviewed|evaluated|identified|collected"
        r"|examined|compared|studied|assessed)\b"
        r"|(?:pro|retro)spective(?:,? (?!randomi)[\w-]+){0,3} (?:study|analysis|review"
        r"|evaluation)\b"
        r"|longitudinal(?:,? [\w-]+){0,3} (?:study|analysis|evaluation)\b",
    ),
    anchored(
        "cohort",
        "followed |person-years|hazard ratio|propensity|longitudinally",
        r"followed (?:up )?(?:for|prospectively|until|from)\b|person-years\b"
        r"|(?<=assessed )longitudinally\b"
        r"|hazard ratios?\b|propensity[- ](?:score|matched)\b",
    ),
    anchored(
        "cohort",
        "follow-up|followup",
        r"follow-?up\b",
        before=r"\b(?:median|mean) (?:duration of )?",
    ),
    anchored("observational", "observational study", r"observational study\b"),
)

REVIEWED = in_order(
    anchored(
        "review",
        "review",
        r"review\b",
        before=r"\b(?:this|the present|our)(?: \w+)? ",
        veto=_OWN_STUDY,
    ),
    anchored(
        "review",
        "review|summari|discuss|provides an|outlines",
        r"(?:reviews?|summari[sz]es?|discuss(?:es)?|outlines|provides an overview)\b",
        before=r"\b(?:this|the) (?:article|paper|chapter)(?: \w+)? "
        r"|\bin this (?:article|paper|chapter),? (?:we|the authors) ",
    ),
    anchored(
        "review",
        "review|discussed|summari",
        r"(?:reviewed|discussed|summari[sz]ed)\b",
        before=r"\b(?:is|are)(?: \w+)? ",
    ),
    anchored(
        "review", "we review|we summari", r"we (?:review|summari[sz]e) (?!the rec)"
    ),
    anchored("review", "overview o", r"overview o[fn]\b"),
)
