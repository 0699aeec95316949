"""Rules on titles, in the order in which they are tried.

A title that names a design is nearly always right about it, with a few traps:
a plan for a trial, a trial looked at again, a review of trials, a guideline
that is followed or measured. Those stand above what they look like.
"""

import re

from ownjournal.appraisal.rule import ALWAYS, Rule, anchored, in_order, rule, veto

ANIMALS = (
    r"\b(?:rats?|mice|mouse|murine|rabbits?(?! anti)|pigs?|piglets?|swine|porcine"
    r"|zebrafish"
    r"|canine|dogs?|beagles?|feline|cats?|sheep|ovine|lambs?|goats?|macaques?"
    r"|monkeys?|baboons?|hamsters?|gerbils?|ferrets?|drosophila|elegans|xenopus"
    r"|chickens?|broilers?|ducks?|ducklings?|quails?|bovine|calves|cattle|cows?"
    r"|equine(?! anti)|horses?(?! anti)|trout|salmon"
    r"|animal models?|wistar|sprague[- ]dawley|c57bl|balb/c)\b"
)

PEOPLE = (
    r"\b(?:patients?|participants?|volunteers?|wom[ae]n|m[ae]n|child(?:ren)?|adults?"
    r"|infants?|neonat\w+|newborns?|adolescents?|people|persons?|humans?|pregnan\w+"
    r"|boys?|girls?|students?|nurses|physicians|veterans|clinical|bites?|allerg\w+"
    r"|owners?|households?|survivors|workers)\b"
)

_ABOUT_GUIDELINES = Rule(
    "veto",
    ALWAYS,
    re.compile(
        r"adheren|complian|implement|impact|effect|evaluat|concordan|accord|compar"
        r"|before and after|quality of|apprais|aware|knowledge|audit|survey|attitud"
        r"|barrier|review of|need for|-based|-directed|-recommended|uptake|dissemin"
        r"|systematic|trial|cohort|associat|use of|applicab|validation|performance"
        r"|consequence|commentary|critique|differences|following"
    ),
    None,
)

NOTICES = in_order(
    rule(
        "notice",
        "erratum|errata|corrigend|correction|retraction|expression|notice |withdrawal",
        r"^(?:(?:publisher|author)(?:'s|s)? )?(?:erratum|errata|corrigend(?:um|a))\b"
        r"|^(?:publisher|author)(?:'s|s)? correction\b|^corrections?\s*[:.]"
        r"|^correction (?:to|notice)\s*[:.]|^retraction\s*:|^retraction (?:note"
        r"|notice)\b"
        r"|^(?:notice of )?(?:editorial )?expressions? of concern\b"
        r"|^notice of (?:retraction|withdrawal|correction)\b|^withdrawal\s*:",
    ),
)

_OPENS = r"(?:^|[:.?!)\]\u2014-] ?)(?:(?:an?|the) )?(?:[\w-]{1,30},?(?: and| &) )?"
"""Where a title, or its second half, begins; "design and protocol of …" too."""

_A_STUDY = (
    r"\b(?:trial|rct|stud(?:y|ies)|review|meta-analysis|investigation|evaluation"
    r"|cohort|analysis|survey|experiment|comparison)\b"
)

TITLE_RULES = in_order(
    rule(
        "editorial",
        "editorial",
        r"^editorial\b(?! (?:board|polic|independen|bias|process|decision))"
        r"|: editorial\.?$",
    ),
    rule(
        "letter",
        "letter|correspondence",
        r"^letters? to the editors?\b|^correspondence\s*[:.]|: letter to the editor",
    ),
    rule(
        "comment",
        "re:|reply|response|comment|author",
        r"^re:|^(?:in )?reply(?: to\b|\s*[:.]|$)|^authors?['’]?s?['’]? (?:reply"
        r"|response)"
        r"|^response\s*:|^response to (?:[\"'“‘]|(?:the )?(?:letter|comment|editor))"
        r"|^(?:invited |editorial )?comment(?:ary)?(?: on\b|\s*[:.]|$)|: (?:a )?comment"
        r"(?:ary)?\.?$",
    ),
    rule(
        "protocol",
        "protocol|rationale|statistical|design",
        r"\b(?:study|trial|review|research|project|cohort|rct)[- ]protocol\b"
        r"(?![- ](?:deviation|violation|adheren|complian|based|driven|guided))"
        rf"|{_OPENS}protocol (?:study )?(?:for|of)\b.{{0,250}}{_A_STUDY}"
        rf"|\bprotocol (?:for|of) (?:an?|the) (?:[\w/-]+,? ){{0,5}}{_A_STUDY}"
        r"|: (?:an? |the )?protocol(?=[,.]? (?:for|of|and|to|study)\b|\.?$| \()"
        r"|^protocol[:.] |\(protocol\)|\bprotocol (?:paper|article)\b"
        r"|\b(?:design|rationale|objectives|methods),?(?: and|&)? protocol\b"
        r"|\brationale(?:,| and| &| for and)(?: the)?(?: study| trial)?"
        r"(?: methods)? ?(?:and )?design\b"
        r"|\brationale(?:,| and| &) (?:study )?(?:methods|methodology|objectives)\b"
        r"|\b(?:study )?design,?(?: and| &) rationale\b|\bstatistical analysis plan\b"
        r"|\bdesign of (?:an?|the) [^:]{0,80}\b(?:trial|study)\b"
        r"|\bdesign(?:,| and| &) (?:methods|methodology|conduct|baseline)\b[^:]{0,120}"
        r"\b(?:trial|study)\b"
        r"|\b(?:trial|study)\b[^:]{0,40}[:.] ?(?:the )?(?:study |trial )?design(?:,"
        r"| and| &) (?:methods|methodology|conduct|baseline|patient|recruitment)\b",
        veto(
            "adherence|compliance|deviation",
            r"(?:adherence|compliance|deviations?) (?:to|with|from) (?:\w+ ){0,2}"
            r"protocol",
        ),
    ),
    rule(
        "scoping-review",
        "scoping|mapping|evidence",
        r"\bscoping (?:review|study)\b"
        r"|\bmapping review\b|\bevidence map(?:ping)?\b",
    ),
    rule(
        "meta-analysis",
        "meta-|metaanalysis|pooled",
        r"(?<!without )(?<!without a )\bmeta[- ]?analy(?:s[ei]s|tic)\b"
        r"|\bpooled (?:[\w-]+ ){0,3}analys[ei]s\b",
        veto(
            "genome|genomewide|gwas |transcriptom|microarray|gene |quality|reporting"
            "|limitation|method",
            r"genome[- ]?wide|gwas|transcriptom|microarray|gene expression"
            r"|(?:quality|reporting|limitations|methods?) (?:of|for|in) (?:\w+ )?meta",
        ),
    ),
    rule(
        "systematic-review",
        "systematic|umbrella|cochrane|rapid|overview|integrative|evidence",
        r"(?<!non-)(?<!non)\bsystematic(?:ally)? (?:\w+ ){0,2}(?:re|over)view(?:s"
        r"|ed)?\b"
        r"|\bumbrella review\b|\bcochrane review\b|\brapid (?:evidence )?review\b"
        r"|\boverview of (?:systematic |cochrane )?reviews\b|\bintegrative review\b"
        r"|\b(?:qualitative )?evidence synthesis\b",
        veto(
            "quality|reporting|method|conduct|registration",
            r"(?:quality|reporting|methods?|conduct|registration) (?:of|for|in) "
            r"(?:\w+ )?systematic reviews\b",
        ),
    ),
    rule(
        "guideline",
        "guideline|consensus|position|statement|recommendation|task ",
        r"\b(?:practice |management |treatment |european |national )?guidelines?\b"
        r"|\bconsensus (?:statement|recommendation|guideline|document|report"
        r"|conference)"
        r"|\bposition (?:statement|paper)\b|\b(?:scientific|recommendation"
        r"|joint) statement\b"
        r"|\bexpert consensus\b|\brecommendations (?:from|of|by) the\b"
        r"|\btask force (?:report|recommendation)",
        _ABOUT_GUIDELINES,
    ),
    rule(
        "economic",
        "cost-|cost e|cost a|cost u|cost b|economic",
        r"(?:^|[:.?] )(?:an? |the |[\w-]+ ){0,3}?(?:costs? and )?(?:cost[- ](?:"
        r"effectiveness|utility|benefit|minimi[sz]ation)|economic evaluation"
        r"|cost analys[ei]s)\b(?! and (?:clinical|safety|efficacy|outcomes?))"
        r"|\bcost[- ](?:effectiveness|utility|benefit|minimi[sz]ation)[ "
        r"/]analys[ei]s\b",
        veto(
            "clinical|effectiveness|efficacy|review|role |model|controversy|method",
            r"\b(?:clinical|effectiveness|efficacy|safety|outcomes?),? (?:and|&) cost"
            r"|\breview|\brole of|\bwith (?:a )?cost|method",
        ),
    ),
    rule(
        "mendelian-randomisation",
        "mendelian",
        r"\bmendelian[- ]randomi[sz]\w+\b",
    ),
    rule(
        "qualitative",
        "qualitative|focus|grounded|phenomenolog|ethnograph|thematic|semi-"
        "|semistructured|lived",
        r"\bqualitative (?:\w+ )?(?:study|research|interview\w*|exploration|evaluation"
        r"|inquiry|investigation)\b|\bfocus groups?\b|\bgrounded theory\b"
        r"|\bphenomenolog\w+ (?:study|research|analysis|inquiry)\b|\bethnograph\w+\b"
        r"|\bthematic analysis\b|\bsemi-?structured interviews?\b"
        r"|\blived experiences?\b",
        veto(
            "trial|rct ",
            r"\b(?:trial|rct),? (?:and|with an?|plus) (?:\w+ )?qualitative",
        ),
    ),
    rule(
        "case-series",
        "case |series|report",
        r"\bcase[- ]series\b|\bseries of \d+ (?:cases|patients)\b"
        r"|\breport (?:of|on) (?:\d\d+|[5-9]) (?:cases|patients)\b",
    ),
    rule(
        "case-report",
        "case |report|cases ",
        r"\bcase reports?\b|\breport of (?:a|an|one|two|three|four|[1-4]) (?:\w+ ){0,2}"
        r"(?:cases?|patients?)\b|: an? (?:\w+ )?case\b(?![- ](?:report|control|cross"
        r"|series))"
        r"|\ban? (?:\w+ ){0,2}case of\b|\bcase presentation\b"
        r"|\bcase study and review\b",
        veto(
            "guideline|standard|use ",
            r"case reports? .*(?:guideline|standard)|use case",
        ),
    ),
    rule(
        "non-randomised-trial",
        "nonrandomi|non-|quasi|interrupted|single|controlled|before",
        r"\b(?:non|quasi)[- ]?randomi[sz]ed\b|\bquasi[- ]experiment\w*\b"
        r"|\binterrupted time[- ]series\b|\bsingle[- ]arm\b|\bcontrolled before"
        r"|\bbefore[- ](?:and|&)[- ]after (?:study|trial|intervention)\b",
        veto(
            "review|randomised|randomized",
            r"review|(?<!non)(?<!non-)(?<!quasi-)(?<!quasi)randomi[sz]ed (?:controlled"
            r"|trial)",
        ),
    ),
)

_NOT_A_TRIAL = veto(
    "review|meta-|metaanalysis|mendelian|nonrandomi|non-|quasi|emulat|cohort"
    "|observational|survey|reporting|quality|methodolog|simulation|designing|consent"
    "|generali|external|consort|comment|apprais|case |trials",
    r"\breview|meta-?analy|mendelian|\b(?:non|quasi)-?randomi|emulat|cohort"
    r"|observational|survey|reporting"
    r"|quality of (?:report|trial)|methodolog|simulation|designing|consent"
    r"|generali[sz]ability|external validity|consort|comment|apprais|\bcase report"
    r"|^(?!.*\b(?:two|three|four|2|3)\b).*\brandomi[sz]ed,? (?:\w+[- ,]+){0,4}trials\b",
)

RCT_TITLE = in_order(
    anchored(
        "rct",
        "random",
        r"\brandomi[sz](?:ed|ation)\b|\brandomly (?:assigned|allocated)\b",
        veto=_NOT_A_TRIAL,
    ),
    anchored("rct", "placebo", r"\bplacebo[- ]controlled\b", veto=_NOT_A_TRIAL),
    anchored("rct", "sham-|sham c", r"\bsham[- ]controlled\b", veto=_NOT_A_TRIAL),
    anchored(
        "rct",
        "double|triple",
        r"\b(?:double|triple)[- ](?:blind|mask)(?:ed)?\b",
        veto=_NOT_A_TRIAL,
    ),
    anchored("rct", "rct |rcts |rct:|rct.", r"\brcts?\b", veto=_NOT_A_TRIAL),
)

SECOND_LOOK = in_order(
    anchored(
        "secondary-analysis",
        "secondary|post-|post hoc|posthoc|exploratory|ancillary|subgroup|sub-"
        "|prespecified|pre-",
        r"(?:secondary|post[- ]?hoc|exploratory|ancillary|sub-?group|pre-?specified"
        r") (?:\w+ )?analys[ei]s\b|sub-?stud(?:y|ies)\b"
        r"|secondary (?:outcomes?|end-?points?|findings) (?:from|of|in)\b",
    ),
    anchored("secondary-analysis", "substud", r"substud(?:y|ies)\b"),
    anchored(
        "secondary-analysis",
        "long-term|extended",
        r"(?:long-term|extended) (?:follow-?up|outcomes?|results)\b[^:]{0,60}"
        r"\b(?:trial|rct)\b",
    ),
    anchored(
        "secondary-analysis",
        "follow-|followup|outcome|results",
        r"(?:follow-?up|outcomes?|results)\b[^:]{0,60}\b(?:trial|rct)\b",
        before=r"\b\d+-years? ",
    ),
    anchored(
        "secondary-analysis",
        "analysis of|analysis from|on-treatment",
        r"analysis (?:of|from) the [\w-]+ (?:\w+ )?(?:trial|study)\b"
        r"|on-treatment analys[ei]s\b",
    ),
    anchored(
        "secondary-analysis",
        "insights|lessons|evidence",
        r"(?:insights|lessons|evidence) from\b[^:]{0,160}\b(?:trial|study)\b",
    ),
    anchored(
        "secondary-analysis",
        "in the ",
        r"in the (?:[\w-]+ ){1,2}(?:(?:phase \w+|cluster|randomi[sz]ed|controlled"
        r"|clinical|randomi[sz]ed,? controlled) )*(?:trial|study|program(?:me)?)"
        r"(?=\.?$|[:.] )",
        unless=r"results |outcomes |\w",
    ),
)
"""Holds only for a trial: the text must speak of one."""

TRIAL = anchored(
    "trial",
    "trial|random|placebo",
    r"trials?\b|randomi[sz]|placebo",
    unless=r"[a-z0-9_]",
)

VIEWS = rule(
    "qualitative",
    "perspective|views |experience|perception|attitudes|acceptability|barriers"
    "|perceived"
    "|interpretations|facilitators",
    r"\b(?:perspectives?|views|experiences?|perceptions?|attitudes|acceptability"
    r"|barriers"
    r"|perceived|interpretations|facilitators)\b",
)
"""What people think: told by interviews, also where it is of a trial."""

PILOT = rule("pilot-trial", "pilot|feasibility", r"\bpilot\b|\bfeasibility\b")

LATE_TITLE_RULES = in_order(
    rule(
        "economic",
        "cost-|cost e|costs o|cost o|economic|budget|cost a|cost u|cost b",
        r"\bcost[- ](?:effectiveness|utility|benefit|minimi[sz]ation|consequence)\b"
        r"|\beconomic (?:evaluation|analysis|model|implications|consequences|burden)"
        r"|\bbudget[- ]impact\b|(?:^|: )(?:the )?(?:direct |medical )?costs? of\b"
        r"|\bcost analysis\b",
        veto("review|role ", r"\breview|\brole of"),
    ),
    rule(
        "prediction-model",
        "nomogram|prediction|predictive|prognostic|risk |decision|development"
        "|derivation",
        r"\bnomogram\b|\b(?:clinical )?(?:prediction|decision) rules?\b"
        r"|\b(?:prediction|predictive|prognostic|risk)[- ](?:prediction )?(?:model"
        r"|score"
        r"|tool|index)s?\b|\b(?:development|derivation) and (?:\w+ )?validation of\b.*"
        r"\b(?:model|score|rule|tool)",
        veto(
            "mouse|rats |questionnaire|cells|cell ",
            r"mouse|\brats\b|questionnaire|cell",
        ),
    ),
    rule(
        "diagnostic-accuracy",
        "diagnostic|sensitivity|receiver|accuracy|validity",
        r"\bdiagnostic (?:test )?(?:accuracy|performance|yield|efficacy)\b"
        r"|\b(?:diagnos\w+|tests?|screening)\b.{0,120}\baccuracy study\b"
        r"|\bsensitivity and specificity\b|\breceiver operating\b"
        r"|\baccuracy of [^:]{0,80}(?:diagnos|detect|screen|identif|predict)"
        r"|\bdiagnostic (?:value|utility) of\b|\bvalidity of [^:]{0,40}(?:test|screen)",
    ),
    rule(
        "non-randomised-trial",
        "before|phase |open |clinical|split-|half-",
        r"\bbefore (?:and|versus|vs\.?) after (?:the |an? )?(?:[\w-]+ ){0,2}"
        r"(?:introduction|implementation|adoption|launch)\b"
        r"|\bphase (?:i|ii|1|2|i/ii|1/2|ib|iia|iib|1b|2a|2b)\b[^:]{0,60}\b(?:trial"
        r"|study)\b"
        r"|\bopen[- ]label\b|\bopen (?:clinical )?(?:trial|study)\b"
        r"|(?::| -) an? (?:[\w-]+ ){0,2}clinical trial\b|\b(?:split|half)-(?:face|mouth"
        r"|body|side)\b",
        veto("review|cohort|trials", r"\breview|\bcohort|\btrials\b"),
    ),
    rule(
        "case-control",
        "case-|test-",
        r"\bcase[- ]control(?:led)?\b|\bcase[- ]cross-?over\b|\btest-negative\b",
    ),
    rule(
        "case-control",
        "polymorphism|genotype|variant|variants|variation|alleles|genetic",
        r"\b(?:polymorphisms?|genotypes?|variants?|genetic variation|alleles?)\b.*"
        r"\b(?:susceptib\w+|risk\b|predispos\w+)|\b(?:susceptib\w+|risk)\b.*"
        r"\b(?:polymorphisms?|genotypes?)\b",
        veto(
            "review|cohort|trial|mortality|survival",
            r"review|cohort|trial|mortality|surviv",
        ),
    ),
    rule(
        "cross-sectional",
        "cross|survey|questionnaire|prevalence|seroprevalence",
        r"\bcross[- ]sectional\b|\bsurveys?\b|\bquestionnaire (?:study|survey)\b"
        r"|\b(?:sero)?prevalence (?:of|and)\b",
        veto(
            "cohort|longitudinal|literature|review",
            r"cohort|longitudinal|literature"
            r"|review",
        ),
    ),
    rule(
        "cohort",
        "cohort|target|registry|prospective|retrospective|longitudinal|propensity"
        "|nationwide|population|follow|year |years ",
        r"\bcohorts?\b|\btarget trial\b|\bregistry(?:[- ]based)? (?:study|analysis)\b"
        r"|\b(?:prospective|retrospective|longitudinal)\b[^:.]{0,40}\b(?:study|analysis"
        r"|evaluation|comparison|review|series)\b|\bpropensity[- ](?:score|match\w+)\b"
        r"|\b(?:nationwide|population-based)\b[^:.]{0,40}\bstudy\b"
        r"|\b\d+[- ]years?[- ]follow-?up\b|\bfollow-up study\b",
        veto(
            "cross-|crossover|literature",
            r"cross-sectional|cross-?over|review of the literature",
        ),
    ),
    rule("observational", "observational", r"\bobservational (?:study|analysis)\b"),
)

CASES = rule(
    "case-series",
    "cases|patients|consecutive",
    r"(?<![\d,.-])(?<!covid )(?:[5-9]|\d{2,3}) (?:consecutive (?:[\w-]+ ){0,2})?"
    r"(?:cases|patients)\b",
    veto(
        "cohort|trial|random|compar|versus|vs |control|prospective|retrospective"
        "|longitudinal|survey|prevalence|incidence|risk |risks|accuracy|sensitivity"
        "|predict|prognos|validation|association|associated|correlat|meta-|systematic"
        "|follow-|cross-",
        r"cohort|cross-sect|\btrial|random|compar|\bversus\b|\bvs\b|control|spective"
        r"|longitudinal|survey|prevalence|incidence|\brisk|accuracy|sensitivity|predict"
        r"|prognos|validation|associat|correlat|meta-|systematic|follow-?up stud",
    ),
)
"""Several patients and no word of a comparison."""

REVIEW_TITLE = rule(
    "review",
    "review|overview|update|primer|recent|current|advances|state |perspective"
    "|minireview",
    r"\b(?:narrative|literature|critical|comprehensive|clinical|mini|brief|updated?"
    r"|concise|invited|art|selective|historical) ?-?reviews?\b"
    r"|(?::| [-\u2013\u2014]) an? (?:\w+ )?review\b|(?:[:.]| [-\u2013\u2014]) review\b"
    r"|^(?:an? )?review\b|\breview of (?:the )?(?:literature|evidence|current"
    r"|recent)"
    r"|\b(?:an|a brief|clinical) (?:overview|update)\b|: (?:overview|update)\b"
    r"|^overview of"
    r"|\bprimer\b|\b(?:recent|current) (?:concepts|advances|developments|progress"
    r"|trends"
    r"|perspectives|status)\b|^advances in\b|\bstate[- ]of[- ]the[- ]art\b"
    r"|\bperspectives?\.?$|^update on\b",
    veto(
        "chart|retrospective|record|utilization|utilisation",
        r"chart review|retrospective review|records? review|drug utili",
    ),
)
