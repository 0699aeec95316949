"""Weaker rules on abstracts: words of a study that need not be its own.

They are tried where neither the title nor an abstract that tells what was done
decided, and after what is about animals or a laboratory.
"""

import re

from ownjournal.appraisal.abstract_rules import SOMEBODY
from ownjournal.appraisal.passage import Passage
from ownjournal.appraisal.rule import ALWAYS, Rule, anchored, in_order, rule, veto

_FOLLOWED = anchored(
    "veto",
    "cohort|longitudinal|follow",
    r"\bcohort\b|\blongitudinal\b|\bfollow(?:ed)?[- ]up\b",
)

_OWN_STUDY = anchored(
    "veto",
    "compared|measured|recruit|enroll|evaluat|analyzed|analysed",
    r"(?:compared|measured|recruited|enrolled|evaluated|analy[sz]ed)\b",
    before=r"\bwe ",
)

ACCURACY = rule(
    "diagnostic-accuracy",
    "diagnostic acc|sensitivit",
    r"\bdiagnostic accuracy (?:of|study)\b|\b(?:reference|gold) standard\b.{0,1500}"
    r"\bsensitivit(?:y|ies)\b|\bsensitivit(?:y|ies)\b.{0,1500}\b(?:reference|gold)"
    r" standard\b",
)
"""A test weighed against another: the question, whatever way people were found."""

_NO_INTERVENTION = anchored(
    "veto",
    "observational|cohort|retrospectiv|case-control|registry|medical rec|hospital rec",
    r"\bobservational\b|\bcohort (?:study|of)\b|\bretrospective(?:ly)?\b"
    r"|\bcase-control\b|\bregistry\b|\b(?:medical|hospital) records\b",
)

_OBSERVED = anchored(
    "veto",
    "observational|cohort|retrospectiv|case-control|registry|records|controls"
    "|consecutive"
    "|survival|followed|follow-|database|charts",
    r"\bobservational\b|\bcohort\b|\bretrospective(?:ly)?\b|\bcase-control\b"
    r"|\bregistry\b|\brecords\b|\bcontrols\b|\bsurvival\b|\bdatabases?\b|\bcharts\b",
)

_ASSIGNED = anchored(
    "veto",
    "random|placebo|crossover|cross-over|treated|training|exercise",
    r"\brandomi[sz]|\brandomly\b|\bplacebo\b|\bcross-?over\b"
    r"|\btreated with\b|\b(?:training|exercise) (?:program\w*|intervention)\b",
)

LATE_RULES = in_order(
    anchored(
        "qualitative",
        "qualitative |structured interview|depth interview|focus group|grounded theory"
        "|phenomenolog|thematic",
        r"qualitative (?:\w+ )?(?:study|research|interview|design|method|approach)"
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
        "rct",
        "crossover|cross-over",
        r"cross-?over (?:design|study|trial|fashion|manner|comparison|evaluation)\b",
        unless=r"case[- ]",
    ),
    anchored(
        "non-randomised-trial",
        "nonrandomi|non-randomi|quasi|interrupted time|single-arm|open-label|phase "
        "|before-and-after|uncontrolled ",
        r"non-?randomi[sz]ed\b|quasi-?(?:randomi[sz]ed|experiment\w*)\b"
        r"|interrupted time[- ]series\b|single-arm\b"
        r"|open-label\b[^.]{0,60}\b(?:study|trial)\b"
        r"|phase (?:i|ii|1|2|i/ii|1/2|ib|iia|iib|1b|2a|2b)\b[^.]{0,60}\b(?:study"
        r"|trial)\b|before-and-after (?:study|design)\b|uncontrolled (?:study|trial)\b",
        veto=veto("observational|cohort", r"\bobservational\b|\bcohort (?:study|of)\b"),
    ),
    anchored(
        "non-randomised-trial",
        "clinical trial|open trial|prospective trial|split-|single-group|pre-post|pre- "
        "and"
        "|preinterv|pre-interv|postinterv|post-interv|dose-escal|dose esc|preimpl"
        "|pre-impl",
        r"(?:clinical|prospective) trial\b|open trial of\b",
        before=r"(?:\b(?:this|was|present)(?: was| is)?(?: an?)? (?:[\w-]+ )?|: (?:an? "
        r")?)",
        veto=_NO_INTERVENTION,
    ),
    anchored(
        "non-randomised-trial",
        "split-|single-group|pre-post|pre- and|preinterv|pre-interv|postinterv"
        "|post-interv"
        "|dose-escal|dose esc|preimpl|pre-impl",
        r"split-(?:face|mouth|body)\b|single-group\b|pre-post (?:design|test|study"
        r"|interv)"
        r"|pre- and post-?\w*|dose[- ]escalation\b"
        r"|(?:pre|post)-?(?:intervention|implementation)\b",
        veto=_NO_INTERVENTION,
    ),
    anchored(
        "non-randomised-trial",
        "divided into|assigned to|allocated to|divided in|divided equ",
        r"(?:divided|assigned|allocated) (?:equally )?(?:in|in ?to|to)\b[^.;]{0,80}"
        r"\b(?:groups?|conditions?|arms?|intervention|control)\b",
        before=rf"\b{SOMEBODY}\b[^.;]*\b(?:were|was) (?:\w+ )?(?:and |then )?",
        veto=_NO_INTERVENTION,
    ),
    anchored(
        "non-randomised-trial",
        "experimental group|intervention group|exercise group|training group|reverse "
        "placebo"
        "|intervention arm",
        r"(?:experimental|intervention|exercise|training) (?:group|arm)\b"
        r"|reverse placebo\b",
        veto=_NO_INTERVENTION,
    ),
    anchored(
        "non-randomised-trial",
        "before and|before, and|before an i|before the i",
        r"before\b[^.;]{0,30}\band\b[^.;]{0,30}\b(?:after|following|post|weeks"
        r"|months)\b"
        r"[^.;]{0,60}\b(?:treatment|therapy|training|intervention|oral|dose"
        r"|administration"
        r"|program\w*|exercise|infusion|injection|ingestion|supplementation"
        r"|implementation"
        r"|introduction)\b",
        veto=_NO_INTERVENTION,
    ),
    anchored(
        "non-randomised-trial",
        "volunteers|healthy subj|healthy m|normal subj|human subj|participants",
        r"(?:volunteers|(?:healthy|normal|human) (?:\w+ )?(?:subjects|males?|men)"
        r"|participants)\b[^.;]{0,80}\b(?:received|ingested|consumed|were given"
        r"|were administered|inhaled|underwent \d+|took)\b",
        veto=_NO_INTERVENTION,
    ),
    anchored(
        "non-randomised-trial",
        "switched|administered|treated|given a|given o|given i|given t|given f",
        r"(?:switched from|administered|given|treated with)\b"
        r"[^.;]{0,100}\b(?:for|daily|weekly|twice|orally|intravenously|mg|same)\b",
        before=r"\b(?:was|were) (?:\w+ )?",
        veto=_OBSERVED,
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
            re.compile(r"^(?!.*\b(?:controls?|case patients|cases)\b)."),
            None,
        ),
    ),
    anchored(
        "case-control",
        "matched ",
        r"matched (?:healthy |normal |comparison )?(?:controls?|subjects|volunteers"
        r"|individuals)\b",
        before=r"\b(?:age|sex|gender|residence)[- ](?:[\w-]+,?[- ])*",
        veto=_ASSIGNED,
    ),
    anchored(
        "case-control",
        "healthy |normal con|normal subj|unaffected",
        r"(?:healthy|normal|unaffected) (?:[\w-]+ ){0,2}(?:controls?|control population"
        r"|volunteers|subjects|individuals|people|persons|children|women|men|donors"
        r"|adults"
        r"|participants|siblings|boys|girls)\b",
        before=r"\b(?:patients|cases|infants|children|women|men|subjects|adults"
        r"|individuals|boys)\b(?:[^.;]|\.\d){0,140}(?:\b(?:and|with|to|than|versus"
        r"|vs\.?|from"
        r"|as well as|compared)\b|,)[^.;]{0,50}",
        veto=_ASSIGNED,
    ),
    anchored(
        "case-control",
        "controls",
        r"controls\b",
        before=r"\b\d+ (?:[\w-]+,? ){0,4}(?:patients|cases)\b[^.;]{0,140}"
        r"\b(?:and|with|than|to|versus|vs\.?)\b[^.;]{0,60}",
        veto=_ASSIGNED,
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
        "psychometric|cronbach|internal con|test-retest",
        r"psychometric (?:properties|evaluation|testing|analysis|validation)\b"
        r"|cronbach\b|internal consistency\b|test-retest reliability\b",
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
    anchored(
        "cohort",
        "survival",
        r"survival\b",
        before=r"\b(?:overall|progression-free|disease-free|recurrence-free|event-free"
        r"|relapse-free|patient|graft|\d-year) ",
    ),
    anchored(
        "cohort",
        "kaplan|log-rank|cox |proportional haz|proportional-haz",
        r"kaplan[- ]meier\b|log-rank\b|cox (?:proportional|hazards?|regression|model)"
        r"|proportional[- ]hazards?\b",
    ),
    anchored(
        "cohort",
        "chart review|charts were|admissions were|naturalistic|real-world",
        r"chart reviews?\b|(?:charts|admissions) were (?:\w+ )?reviewed\b"
        r"|naturalistic (?:study|outcome|follow|analysis)|real-world (?:study|data"
        r"|setting)",
    ),
    anchored(
        "cohort",
        "followed|during follow|follow-up o",
        r"followed (?:up )?(?:at|over|every|during|clinically|endoscopically|with)\b"
        r"|during (?:the )?(?:\w+ )?follow-?up|follow-up of \d",
    ),
    anchored("observational", "observational study", r"observational study\b"),
    anchored(
        "cross-sectional",
        "prevalence of",
        r"prevalence of [^.;]{1,90}\b(?:was|were)\b",
        veto=_FOLLOWED,
    ),
)

OWN_ACCOUNT = in_order(
    anchored(
        "review",
        "review",
        r"reviews? (?:article |paper )?(?:\w+ )?(?:summari[sz]es?|discuss(?:es)?"
        r"|focus(?:es"
        r"|ed)?|describes?|covers?|aims?|offers?|provides?|presents?|examines?"
        r"|highlights?"
        r"|considers?|analy[sz]es|explores?|outlines?|will|is|addresses|gives"
        r"|introduces"
        r"|evaluates|,|summari[sz]ed)\b",
        before=r"\b(?:this|the present|our|present)(?: \w+)? ",
        veto=_OWN_STUDY,
    ),
    anchored(
        "review",
        "review,|review ",
        r"review,? (?:we|i|the authors|current|recent)\b",
        before=r"\b(?:in|for) (?:this|the present)(?: \w+)? ",
    ),
    anchored(
        "review",
        "this chapter|this article|this paper",
        r"this (?:chapter|(?:article|paper) (?:\w+ )?(?:reviews|summari[sz]es|discusses"
        r"|gives an overview|provides an overview|outlines))\b",
        veto=_OWN_STUDY,
    ),
)
"""A text that says of itself that it is a review, whatever it is about."""

LAST_RULES = in_order(
    anchored(
        "cross-sectional",
        "questionnaire|respondents|informants|interviewed|asked to com|surveyed",
        r"(?:questionnaires?|respondents|informants|interviewed|surveyed)\b"
        r"|asked to complete\b",
        veto=_FOLLOWED,
    ),
    anchored(
        "cohort",
        "between|from |during",
        r"(?:between|from|during) (?:\w+ )?(?:\d\d?,? )?(?:19|20)\d\d (?:and|to|through"
        r"|-|until)"
        r" (?:\w+ )?(?:\d\d?,? )?(?:19|20)\d\d\b",
    ),
    anchored(
        "non-randomised-trial",
        "experiment|stimuli|task ",
        r"experiments? (?:\d|one|i)\b|stimuli\b|task (?:in|where|during|while|under)\b",
    ),
)
"""What is left: words that lean to one kind, of texts about people."""

_OF_WORK = frozenset(b"was were we our us did".split())
_OF_WHAT_IS = frozenset(b"is are has have can may should be been".split())

FEWEST_TOLD = 40  # words
MOST_NUMBERS = 4
ONE_IN = 33  # words is one of what is, in an account of a subject


def narrated(abstract: Passage) -> str | None:
    """An account of a subject: nobody did anything in it, and nothing is counted.

    The words are none of the text; it is what the text lacks that tells.
    """
    words = abstract.words
    if len(words) < FEWEST_TOLD or not _OF_WORK.isdisjoint(abstract.words):
        return None
    if sum([each.isdigit() for each in words]) > MOST_NUMBERS:
        return None
    told = sum([each in _OF_WHAT_IS for each in words])
    return "no study of its own" if told * ONE_IN >= len(words) else None


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
