"""Weaker rules on abstracts: words of a study that need not be its own.

They are tried where neither the title nor an abstract that tells what was done
decided, and after what is about animals or a laboratory.
"""

import re

from ownjournal.appraisal.abstract_rules import SOMEBODY
from ownjournal.appraisal.rule import ALWAYS, Rule, anchored, in_order, rule, veto

_FOLLOWED = veto(
    "cohort|longitudinal|follow",
    r"\bcohort\b|\blongitudinal\b|\bfollow(?:ed)?[- ]up\b",
)

_OWN_STUDY = veto(
    "compared|measured|recruit|enroll|evaluat|analyzed|analysed",
    r"\bwe (?:compared|measured|recruited|enrolled|evaluated|analy[sz]ed)\b",
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
            re.compile(r"^(?!.*\b(?:controls|case patients|cases)\b)."),
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
        r"cross[- ]sectional\.|cross[- ]sectional,? (?:[\w-]+ )?(?:study|survey"
        r"|analysis|design|data|sample)\b",
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
        before=rf"\b(?:we(?: \w+)?|{SOMEBODY}(?: (?:\w+ ){{0,4}}were)?) ",
        veto=_FOLLOWED,
    ),
    anchored(
        "cross-sectional",
        "questionnaires|survey|response rate",
        r"survey of \d|(?:questionnaires?|survey) (?:was|were) (?:\w+ )?(?:administered"
        r"|completed|filled|conducted|carried out|performed|undertaken)\b"
        r"|response rate (?:was|of)\b",
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
        r"retrospectively(?=[.,;])|retrospectively (?:analy[sz]ed|reviewed|evaluated"
        r"|identified|collected|examined|compared|studied|assessed)\b"
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
    anchored(
        "cohort",
        "follow-up|followup",
        r"follow-?up,? (?:period )?(?:\(|was |of )?(?:an? )?(?:mean|median|average)\b",
    ),
    anchored(
        "cohort",
        "records|charts",
        r"(?:records|charts)\b[^.;]{0,80}\b(?:were|was) (?:\w+ )?(?:reviewed|examined"
        r"|analy[sz]ed|searched|evaluated|studied)\b",
        before=r"\b(?:medical|hospital|patients?'?|clinical|case|health|clinic|the) ",
    ),
    anchored(
        "cohort",
        "records|charts",
        r"(?:records|charts)\b",
        before=r"\breview(?:ed|ing)?(?: of)?(?: the| all| our)?(?: medical| hospital"
        r"| patient| clinical| case)* ",
    ),
    anchored("observational", "observational study", r"observational study\b"),
    anchored(
        "cross-sectional",
        "prevalence of",
        r"prevalence of [^.;]{1,90}\b(?:was|were)\b",
        veto=_FOLLOWED,
    ),
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
