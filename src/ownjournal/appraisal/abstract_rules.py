"""Rules on abstracts, for articles whose title does not name a design.

They look for what authors say they did ("were randomly assigned"), not for
words that any abstract may hold. They are as sure as a title and come before
PubMed's own types, which are machine-made since 2022; `weaker_rules` come after.
"""

from ownjournal.appraisal.rule import anchored, in_order, veto

SOMEBODY = (
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
        "will be ",
        r"will be (?:\w+ )?(?:conducted|carried out|undertaken|assessed|evaluated"
        r"|compared|measured|collected|included|performed)\b",
        before=r"\b(?:trial|participants|patients|the intervention|primary outcomes?"
        r"|secondary outcomes?|outcomes)\b[^.;]*",
    ),
    anchored(
        "protocol",
        "methods and analysis|ethics and dissem|methods/des",
        r"(?:methods and analysis|ethics and dissemination|methods/design):",
    ),
    anchored(
        "protocol",
        "protocol",
        r"protocol (?:outlines|describes)\b|protocol (?:for|of) an? ongoing\b",
        before=r"\bthis ",
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
    anchored(
        "secondary-analysis",
        "data from|data of",
        r"data (?:from|of) (?:an?|the|our|two|three) (?:[\w'-]+,? ){0,7}?"
        r"(?:trials?|rcts?)\b",
        before=r"\b(?:us(?:ed|ing)|analy[sz](?:ed|ing)|examin(?:ed|ing)|with|from|on"
        r"|pooled"
        r"|of) (?:the |all |baseline |follow-?up |individual |patient |longitudinal )*",
    ),
    anchored(
        "secondary-analysis", "substudy|sub-study", r"sub-?study (?:of|from|was|in)"
    ),
    anchored(
        "secondary-analysis",
        "data from|data of|data came|data were|data are",
        r"data (?:from|of|came from|(?:were|are) (?:\w+ )?(?:taken|obtained|derived"
        r"|drawn) from) (?:an?|the|our|two|three|four|both|all) "
        r"[^.;]{0,160}?\b(?:trials?"
        r"|rcts?|randomi[sz]ed [^.;]{0,40}(?:study|studies)|phase \w+ studies)\b",
        before=r"(?:^|[.:;)] ?)(?:the |all |baseline |pooled |methods?:+ )*",
    ),
    anchored(
        "secondary-analysis",
        "data from",
        r"data from (?:both|all|the (?:two|three|four)|these) (?:\w+ )?(?:studies"
        r"|trials)"
        r" were (?:combined|pooled|analy[sz]ed)\b",
    ),
    anchored(
        "secondary-analysis",
        "secondary|post hoc|post-hoc|on-treatment|subgroup",
        r"(?:secondary|post[- ]hoc|on-treatment)(?: \w+)? analys[ei]s (?:was|were"
        r"|is|of (?:an?|the|data|results)\b)|subgroup analys[ei]s (?:of|from) (?:the"
        r"|data)\b|secondary outcomes? of (?:an?|the) (?:[\w-]+ ){0,4}trial\b",
        before=r"(?:^|[.:;] ?)(?:methods?:+ |a |an |this |the |current |present "
        r"|pre-?specified )*",
    ),
    anchored(
        "secondary-analysis",
        "based on ",
        r"based on (?:our|an?|the) (?:previous|earlier|prior) [^.;]{0,60}\btrial\b",
    ),
    anchored(
        "secondary-analysis",
        "part of",
        r"part of (?:an?|the) (?:[\w'(),-]+ ){0,9}?(?:trial|randomi[sz]ed [\w "
        r"-]{0,40}study"
        r"|controlled study)\b",
        before=r"\bas ",
    ),
    anchored(
        "secondary-analysis",
        "participating|enrolled|enroled|included|subset o",
        r"(?:participating|enrolled|included) in (?:an?|the) (?!present|current|study"
        r"|trial|follow|analysis)(?:[^.;:]{0,160}?)\b(?:trial|phase \w+ study"
        r"|controlled study|randomi[sz]ed study)\b|subset of (?:\w+ )?(?:patients"
        r"|participants|subjects|women|men|children) (?:from|in|of) (?:the )?[\w-]+"
        r"(?: [\w-]+){0,6} (?:trial|study)\b",
        before=r"\b(?:patients?|subjects|participants|women|men|children|adults"
        r"|individuals|people|samples|families) |\bin an? ",
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

_DATABASES = (
    "medline|pubmed|embase|cochrane|scopus|web of science|index medicus|cinahl|psycinfo"
)

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
        r"search(?:es)? (?:identified|gave|found|yielded|was|were"
        rf"|of the {_LITERATURE})\b",
        before=rf"\b(?:comprehensive|systematic|exhaustive|extensive)"
        rf"(?: computeri[sz]ed)?(?: {_LITERATURE})* ",
    ),
)
"""Somebody searched; whether by a method, BY_METHOD asks."""

BY_METHOD = anchored(
    "systematic-review",
    "systematic|meta-|metaanaly|eligible|two |to review|this review|we review"
    "|were reviewed|inclusion|eligibility|selection|studies|trials|articles",
    r"systematic(?:ally)?\b|meta-?analy|eligible (?:studies|trials)\b"
    r"|two (?:independent )?(?:reviewers|authors|investigators)\b"
    r"|to review\b|this review\b|we review\b|were reviewed\b"
    r"|(?:inclusion|eligibility|selection) criteria\b"
    r"|(?:studies|trials|articles) (?:\w+ ){0,3}(?:were|was) (?:\w+ )?(?:included"
    r"|eligible|selected|identified)\b",
)

QUALITATIVE = in_order(
    anchored(
        "qualitative",
        "qualitative",
        r"qualitative (?:\w+ )?(?:study|approach|assessment|design|descriptive)\b",
        before=r"(?:\b(?:this|an?|nested|our|was) |^)(?:[\w-]+,? ){0,2}",
        veto=veto("psychometric", r"\bpsychometric"),
    ),
    anchored(
        "qualitative",
        "interviews|focus group",
        r"(?:interviews|focus groups?)\b.{0,500}?\b(?:thematic(?:ally)?|themes|content"
        r" analysis|grounded theory|framework analysis|constant comparative|transcribed"
        r"|narratives|phenomenolog\w+)\b",
    ),
)
"""Interviews and how they were read; "qualitative" alone may be said of anything."""

OWN_POOLING = in_order(
    anchored(
        "meta-analysis",
        "pooled|pooling",
        r"pooled (?:\w+ )?analys[ei]s of (?:[\w-]+,? ){0,7}?(?:trials|studies)\b"
        r"|pooled (?:data|results) from (?:[\w-]+,? ){0,6}?(?:trials|studies)\b"
        r"|pooled individual\b|pooling (?:of )?(?:the )?(?:individual )?(?:patient "
        r")?data"
        r" (?:from|of)\b",
    ),
)
"""Trials put together by those who made them, without a search."""

POOLED = in_order(
    anchored(
        "meta-analysis",
        "meta-|metaanaly",
        r"meta-?analy\w+\b(?! (?:was|were|could|is) (?:not |im|un|preclud|deemed in))",
        unless=r"\b(?:without(?: a)?|precluded?|no) ",
    ),
    anchored("meta-analysis", "random", r"random[- ]effects\b"),
    anchored(
        "meta-analysis",
        "pooled",
        r"pooled (?:estimate|effect|odds|relative|risk|analysis|results|data|mean)",
    ),
    anchored("meta-analysis", "were pooled", r"were pooled\b"),
)

_NOT_RANDOMISED = anchored(
    "veto",
    "nonrandomi|non-|quasi|mendelian|target",
    r"\bnon-?randomi[sz]ed\b|\bquasi-?randomi|\bmendelian|\btarget trial\b",
)

_NOT_WANTED = (
    r"(?![^.;]{0,60}\b(?:trial|study|studies|trials|comparison|evaluation)\b[^.;]{0,60}"
    r"\b(?:(?:is|are|be|seems?|appears?|remains?)(?: \w+){0,2} (?:warranted|needed"
    r"|required|necessary|justified|desirable|awaited|lacking|indicated|merited"
    r"|recommended|planned)\b|should (?:be|now|test|compare|confirm|assess)\b))"
)
"""A trial that is asked for has not been done."""

_OF_OTHERS = (
    r"\b(?:(?:recent|previous)(?:ly)?|earlier|initial|published|larger|nested"
    r"|originally|context of an?)(?:,? (?!were )[\w-]+,?){0,3} "
)
"""Before "randomised": a trial that was done before."""

RANDOMISED = in_order(
    anchored(
        "rct",
        "random",
        r"\brandomly(?:,| (?:and \w+ )?(?:assign|allocat|divid|distribut|receiv|treat"
        r"|plac|giv)\w*)"
        rf"|\brandomi[sz]ed,? (?:to|into|in a|between|either|{SOMEBODY})\b"
        rf"|\brandomi[sz]ed\b{_NOT_WANTED}[^.;]{{0,90}}"
        r"\b(?:trial|study|design|comparison|cross-?over"
        r"|manner|fashion|groups?)\b"
        r"|\brandomi[sz]ation (?:was|to|list|code|sequence|schedule|table)\b"
        r"|\brandom(?:i[sz]ed)? (?:allocation|assignment|order)\b",
        unless=_OF_OTHERS,
        veto=_NOT_RANDOMISED,
    ),
    anchored(
        "rct",
        "randomi",
        rf"\brandomi[sz]ed\b{_NOT_WANTED}",
        before=rf"\b{SOMEBODY}\b[^.;]*",
        unless=_OF_OTHERS,
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
        r"(?:randomi[sz]ed|randomly (?:assigned|allocated|divided))\b",
        before=r"\b(?:were|was) (?:\w+ )?",
    ),
    anchored(
        "rct",
        "random",
        r"(?:randomi[sz]ed|randomly assigned) to\b",
        before=rf"\b{SOMEBODY}\b[^.;]*",
    ),
)

_A_PATIENT = (
    r"(?:cases?|patients?|m[ae]n|wom[ae]n|males?|females?|boys?|girls?|child(?:ren)?"
    r"|infants?|neonates?|newborns?|adolescents?|siblings|brothers|sisters|twins)"
)

_GROUPED = anchored(
    "veto",
    "controls|cohort|compared|control ",
    r"\bcontrols\b|\bcohort\b|\bcompared (?:with|to)\b|\bcontrol (?:group|subjects)\b",
)

_COMPARED = anchored(
    "veto",
    "controls|cohort|compared|control |trial|randomi|consecutive",
    r"\bcontrols\b|\bcohort\b|\bcompared (?:with|to)\b|\bcontrol (?:group|subjects)\b"
    r"|\btrials?\b|\brandomi[sz]ed\b|\bconsecutive\b",
)

ONE_PATIENT = in_order(
    anchored(
        "case-report",
        "report|describe|present",
        r"(?:report|describe|present)s?(?: here)? (?:on )?(?:such )?(?:a|an|the|one|two"
        r"|three|2|3) "
        rf"(?:[\w-]+ ){{0,4}}?{_A_PATIENT}\b"
        r"|(?:report|describe|present) (?:siblings|brothers|sisters|twins)\b",
        before=r"\b(?:we|this (?:article|paper|report)|the authors?) (?:here )?",
    ),
    anchored(
        "case-report",
        "presenting",
        r"presenting (?:a|the|this) (?:\w+ ){0,2}case of\b",
        before=r"\bare ",
    ),
    anchored(
        "case-report",
        "data in two|data in thr|data of two|findings in",
        rf"(?:data|findings) (?:in|of) (?:two|three) (?:[\w-]+ ){{0,3}}{_A_PATIENT}\b",
        before=r"\bwe (?:report|describe|present) (?:the )?(?:[\w-]+ ){0,4}",
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
        r"|in) )?(?:[4-9]|\d\d|1\d\d|four|five|six|seven|eight|nine|ten|eleven|twelve)"
        r" (?:[\w-]+ ){0,2}(?:patients|cases|children|infants|women|men)\b",
        before=r"\b(?:we|this (?:article|paper|report)|the authors?) (?:here )?",
        veto=_GROUPED,
    ),
    anchored(
        "case-series",
        "our series|our experience|series of",
        r"our (?:experience (?:with|of|in) (?:our )?(?:first |initial )?|(?:\w+ "
        r")?series of"
        r" )\d+ (?:[\w-]+ ){0,2}(?:patients|cases)\b",
        veto=_GROUPED,
    ),
)
