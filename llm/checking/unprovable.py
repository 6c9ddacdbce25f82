"""Phrases that no cross-section can bear out: change over time, causes, and claims of effect.

Every line of a table is one phrase: a space stands for white space, `~` for an optional adverb, and
<name> for the words of the family of that name; an indented line goes on with the one
before. They are matched at the borders of words, in text of lower case: a pattern that minds no case tries every
phrase in full at every word, and takes four times as long.
"""

import re
from collections.abc import Mapping

_FAMILIES: Mapping[str, str] = {
    "grow": """
        grow rise increase decline drop climb shrink slip improve worsen soar surge erode fade expand accelerate
        slow weaken strengthen lose gain recover rebound plateau double triple halve dwindle wane ease drift
        overtake become reach jump plunge tumble slide collapse deteriorate vanish narrow widen stagnate
        soften change
        """,
    "growing": """growing rising increasing declining dropping climbing shrinking slipping improving worsening soaring
        surging eroding fading expanding accelerating slowing weakening strengthening losing gaining recovering
        rebounding plateauing trending heading creeping edging dwindling ebbing waning mounting building tapering
        warming cooling softening doubling drifting sliding easing withering deteriorating stagnating becoming
        plunging tumbling vanishing narrowing widening picking\\s+up taking\\s+off opening\\s+up drying\\s+up
        catching\\s+up pulling\\s+away going\\s+up going\\s+down moving\\s+up moving\\s+down coming\\s+down
        coming\\s+back turning\\s+away moving\\s+away""",
    "grown": """grown risen increased declined fallen dropped climbed shrunk slipped improved worsened soared surged
        eroded faded expanded accelerated slowed weakened strengthened doubled tripled halved gained lost changed
        jumped moved recovered rebounded plateaued become stagnated dwindled waned softened crept edged ticked
        withered eased drifted slid tumbled plunged collapsed deteriorated vanished narrowed widened gone\\s+up
        gone\\s+down taken\\s+off picked\\s+up caught\\s+up""",
    "gone": """grew rose shrank declined soared surged worsened dwindled plummeted skyrocketed rebounded ballooned waned
        withered eroded stagnated went\\s+up went\\s+down came\\s+down crept\\s+up""",
    "rising": """growing rising declining shrinking climbing slipping improving worsening soaring surging eroding fading
        accelerating dwindling waning stagnating emerging trending withering deteriorating upswing downswing
        momentum trajectory recently lately nowadays decline uptick downturn upturn""",
    "unit": "year month quarter week season day decade",
    "units": "years months quarters weeks seasons days decades",
    "turn": """fall grow rise increase decline drop climb shrink slip improve worsen soar surge erode fade expand
        accelerate slow weaken strengthen lose gain recover double triple halve overtake become reach jump
        plunge slide collapse change move""",
    "act": """
        drives drive driving pushes push lifts lift boosts boost fuels fuel raises reduces reduce increases increase
        improves improve strengthens strengthen weakens weaken hurts hurt helps harms harm hampers hamper
        hinders hinder curbs curb dampens dampen stifles stifle spurs spur sparks spark yields yield
        produces produce generates begets affects affect influences influence determines determine dictates
        dictate governs govern impacts explains explain causes cause triggers trigger creates create brings
        suppresses suppress depresses depress limits shapes restrains erodes erode unlocks unlock feeds feed
        lowers predicts predict
        """,
    "them": "them people customers members shoppers guests prescribers accounts clients",
    "ill": """disease relapse relapses stroke migraine attacks symptoms pain seizures mortality hospitalisations deaths
        infections""",
    "rival": "competitors? rivals? alternatives? generics? comparators? placebo",
    "drug": "drugs? brands? products? therapy therapies treatments? medicines? medications?",
}

_TRENDS = r"""
(?:is|are|was|were|been|keeps?|kept|has been|have been|continues? to|still|steadily|rapidly|fast|slowly|
  now|ever) ~<growing>
(?:continues? to|steadily|rapidly|slowly|now|ever) ~<grow>
(?:is|are|was|were|been|keeps?|still|steadily|now) ~falling(?! (?:short|below|behind|under|into|in\b))
(?:is|are|was|were|still|now) on the (?:rise|up|wane|decline|move|way)
(?:has|have|had) ~<grown>
<rising>
<gone>
increasing(?:ly)?
falling(?! (?:short|below|behind|under|into|in\b|for\b))
dropping(?! in)
(?:doubled|tripled|halved|increased|improved|fell|dropped|climbed|jumped|changed|slipped|gained|recovered|
  slowed) (?:since|over|in|during|by|from|to|last|this|year|quarter|month|sharply|steadily)
since (?:last(?= (?:<unit>|spring|summer|autumn|fall|winter|wave|cycle))|the (?:launch|start|beginning|
  previous|spring|summer|autumn|fall|winter|pandemic)|launch|january|february|march|april|may|june|july|
  august|september|october|november|december|\d{4}|then)
since \w+ (?:stopped|started|began|left|joined|changed|arrived|took|went|came|launched|switched)
(?:year|month|quarter|week|season)[\s-](?:on|over|after|by|upon)[\s-](?:year|month|quarter|week|season)
over (?:the )?(?:time|(?:last|past|recent|coming|next) \w+(?: \w+)?|years|months|quarters)
(?:than|from|versus|vs\.?|against|compared (?:with|to)|on) (?:in )?(?:the )?(?:last|previous|prior|
  preceding) (?:year|quarter|month|period|wave|cycle)
(?:than|as) (?:before|ever|(?:it|they) (?:was|were|did|once|used)|in the past|in earlier <units>)
(?:last|previous|prior) year'?s
(?:every|each) (?:passing )?(?:year|quarter|month|season)(?=\s*[,.;!?]|\s*$)
(?:in|during) (?:recent|the (?:last|past)) (?:\w+ ){0,2}(?:<unit>|<units>)
(?:a|an|one|two|three|few|some|several|many) (?:years?|quarters?|decades?|while|season|seasons) (?:ago|
  earlier|before|back)
(?:years|decades|seasons|long) ago
(?:this|next|last) (?:year|quarter|season)(?=\s*[,.;!?]|\s*$)
by (?:next|the end of the) (?:<unit>)
so far this <unit>
(?:is|are|was|were|looks?|seems?|appears?)? ?(?:set|due|expected|likely|bound|poised|forecast|projected|
  predicted|slated|destined|anticipated|about|going|unlikely|heading|headed) to ~<turn>
will (?:soon |likely |probably |steadily |further )?(?:<turn>|keep \w+ing|continue)
would (?:fall|drop|rise|grow|decline|increase|collapse|shrink|improve|suffer)
(?:trends?|trended|trendline)
(?:steady|rapid|slow|recent|continued|sustained|robust|further|ongoing) (?:growth|rise|fall|decline|
  increase|drop|gain|gains|improvement|erosion)
growth (?:rate|story|path|in|since|has|is)
(?:on the|in) (?:rise|up|decline|wane|upswing|increase|mend|slide|ascent|retreat|way (?:up|
  down))(?=\s*[,.;!?]|\s*$| \w)
of late
drift(?:ing|ed|s)
more so every <unit>
these days
(?:no longer(?! than)|not any more|not anymore|any longer)
(?<!is\s)(?<!are\s)(?<!be\s)(?<!get\s)used to (?!(?:the|a|an|calls?|it|this|that|those|these|them|us)\b)\w+
once (?:were|was|led|wrote|spent|had|bought|visited)
(?:formerly|until recently|up to now|ever since|back then|in the making|in a row|in the past)
(?:second|third|fourth|fifth|several|two|three|four) (?:straight|consecutive|successive) (?:<unit>|<units>)
becom(?:e|es|ing) (?:more|less|increasingly|ever|\w+er\b)
(?:more|fewer|less|higher|lower) (?:so )?(?:each|every|with each|with every) (?:<unit>|passing)
(?:more and more|less and less|fewer and fewer|higher and higher|lower and lower|better and better|worse and worse)
getting (?:\w+er|more|less|better|worse)
(?:up|down) (?:sharply|steadily)?\s*(?:(?:from|since|on) (?:last|\d)|(?:from|since) the|on the <unit>)
(?:gaining|making up|winning) (?:ground|share|speed|traction|pace)
(?:los(?:e|es|ing|t)|giv(?:es?|ing) up|gains?|gained|gives?) (?:ground|steam)
losing (?:share|touch|interest|patience)
making (?:gains|progress|headway)
(?:catching up|closing in|closing the gap|narrowing the gap|pulling ahead|pulling away)
keeps? (?:on )?(?:\w+ing|going (?:up|down))
continues? to \w+
"""

_CAUSES = r"""
because
(?:consequently|therefore|hence)
(?:due|owing|thanks|attributable|attributed) to
(?:on account of|by virtue of|on the back of|off the back of|courtesy of|by reason of|in response to|the upshot of)
as a (?:result|consequence|by-product|reaction)
results? (?:in|from)
result(?:ing|ed) (?:in|from)
lead(?:s|ing)? (?:directly )?to
led to
caus(?:e[sd]?|ing)(?! (?:for|to)\b)
driv(?:es|ing) (?!(?:time|through|distance|in)\b)(?:\w+|■)
driv(?:e|en) (?:by|up|down|their|its|the|higher|lower|this|brand|most|much|share|volume|sales|growth|
  \w+ (?:share|volume|spend))
drivers? (?:of|behind)
(?:main|key|real|chief|biggest|primary) drivers?
fuel(?:s|led|ed|ling)
boost(?:s|ed|ing)(?=\s)
explain(?:s|ing|ed by)
account(?:s|ed)? for (?:the )?(?:high|low|gap|difference|strength|weakness|shortfall|lead)
(?:stem(?:s|ming)?|aris(?:es?|ing)|deriv(?:es?|ing)|flow(?:s|ing)?|result(?:s|ing)?|spring(?:s|ing)?) from
(?:depend(?:s|ed|ing)?|hing(?:es?|ing)) (?:up)?on
(?:is|are|was|were) (?:\w+ )?dependent (?:up)?on
brought (?:on|about) by
(?:brings?|bringing) about
gives? rise to
trigger(?:s|ed)
prompt(?:s|ed) (?:by|them|their|higher|lower)
translat(?:es?|ing|ed) into
feeds? (?:into|through)
mak(?:es|ing) them \w+ (?:more|less)
(?:so that is|which is|that is|that's|this is|is) why
(?:reason|cause|engine|force|root) (?:for|why|behind|of)
(?:rooted|grounded) in
behind (?:their|its|this) (?:high|low|strong|weak|lead|rise|fall|growth|decline|success)
responsible for
(?:is|are) (?:\w+ )?(?:lifting|pushing|pulling|dragging|propelling|fuelling|hurting|helping)
hold(?:s|ing)? (?:back|down)
held (?:back|down) by
push(?:es|ing|ed) (?:up|down|their|share|volume|spend)
pull(?:s|ing|ed) (?:up|down)
lift(?:s|ed|ing) (?:their|its|share|volume|spend|sales)
depress(?:es|ing|ed) (?:their|its|share|volume|spend|by)
suppress(?:es|ing|ed) (?:their|its|by)
ow(?:es|ing|ed) (?:its|their|much|a lot)\b.*\bto
(?:a|the|an|direct) (?:product|function|consequence|result|effect|outcome|by-product) of
comes? from (?:their|its|the)
as (?:access|calls|coverage|visits|digital|share|volume|price\w*) \w+s (?:up|down)
keep(?:s|ing) (?:their|its|share|volume) \w+ (?:low|high|down|up)
shap(?:es?|ed) by
(?:determin|influenc|affect|explain|caus|fuell?|trigger|inspir|spurr|boost|hamper)ed by
(?:is|are) what (?:\w+ )?(?:lifts?|brings?|puts?|drives?|keeps?|pushes|push|pulls?|raises?|lowers?|holds?|
  gets?|causes?|earns?|stops?|deters?|attracts?|moves?)
what (?:lifts?|brings?|drives?|pushes|pulls?|raises?|causes?|deters?|attracts?) (?:<them>|their|its|the|■)
puts? <them> off
keeps? <them> (?:away|coming|loyal|out)
brings? <them> (?:in|back)
■(?:'s)? (?:here |there |(?:in|of|for|within|among) [\w ]{1,24}?)?(?:<act>) (?:\w+ ){0,2}■
"""

_EFFECTS = r"""
(?:efficac\w*|effectiveness|safer|safest|harmless|breakthrough|miracle|curing|unapproved|unlicensed)
(?:more|most|highly|less|clinically|proven|equally)[\s-]+effective(?! (?:channel|contact|way|message|route|time))
effective (?:than|treatment|therapy|drug|option|choice|in treating)
works? (?:better|faster|best|well|longer|wonders|miracles)
works? (?:for|in) (?:all|every|any|each|most) (?:patients?|case|cases|people|users?)
works? (?:where|when) (?:other|others|all|nothing|the)
(?:outperform|beat|surpasse|outshine|outclasse)s? (?:every |all |any |the )?(?:<rival>|other (?:<drug>)|
  standard of care|class|market leader|competition)
safety (?:profile|advantage|benefit|record)
(?:is|are|be|perfectly|completely|proven|shown to be|well|entirely|totally) (?:\w+ly )?safe\b
safe (?:and|for|to (?:use|take))
(?:side[\s-]effects?|adverse (?:events?|effects?|reactions?)|toxicit\w+|contraindications?)
tolera(?:bility|ted|ble)
(?:no|without|zero|low|lower|less|little|minimal) risk (?:of|for|to)\b
(?:risk|worry|symptom|pain)[\s-]free
(?:non[\s-]?addictive|addict(?:ive|ion))
superior(?:ity)?(?=\s*(?:to|over|product|drug|treatment|therapy|outcomes?|results?|in\b|[,.;]|$))
best[\s-]in[\s-]class
best (?:<drug>)
clinically (?:proven|superior|better)
proven (?:to|results?|benefit|better|superior\w*)
(?:gold[\s-]standard|first[\s-]line|life[\s-]saving)
(?:cures?|heals?)
off[\s-]label
outside (?:the |its |of the )?(?:label|indication|approved \w+)
beyond (?:the |its )?(?:label|indication|approved \w+)
(?:than|above|over|exceeding) (?:the |its )?(?:label|labelled|labeled|approved|licensed|indicated|recommended dose)
unlabel\w+
not (?:yet )?(?:approved|indicated|licensed) for
(?:new|other|further|unlisted) (?:indications?|uses of the)
other than (?:the )?(?:label|approved|indicated)\w*
(?:higher|double|larger|increased|bigger) (?:doses?|dosage|dosing)
better (?:outcomes?|results?|tolerated|than (?:the |any |every |all )?(?:<rival>|other (?:<drug>)|standard))
(?:do|does|fare|fares|feel|feels|respond|responds|recover|recovers) (?:far |much |so )?(?:better|best|
  faster|quicker|well) (?:on|with|under)
(?:than|as) (?:on |with )?(?:any|every|all) (?:other|competing|rival) (?:<drug>)
(?:sav(?:e|es|ed|ing)|prolong\w*|extend\w*) (?:more |many |patients' |their )?lives
liv(?:e|es|ing) (?:longer|better)
(?:remission|survival|symptom relief|pain relief|quality of life)
(?:eliminat|reliev|alleviat|eas|reduc|improv|stopp?|end|prevent|control|treat|remov|halv)(?:e|es|s|
  ing)? (?:the |their |all |more |heart )?(?:<ill>|outcomes?|survival|health|patients?'|the risk|risk)\b
guarantee[sd]?
(?:fast(?:er)?|quick(?:er)?|longer)[\s-](?:acting|lasting)
(?:more|most) (?:potent|powerful|efficacious)
no (?:known )?(?:interactions)
treats? \w+ better
(?:(?:pa?ediatric|pregnancy) (?:use|patients)|in children|pregnant)\b
"""


def _compiled(table: str) -> re.Pattern[str]:
    """One pattern of a table's lines."""
    text = "|".join(table.replace("\n  ", "").strip().splitlines())
    for name, words in _FAMILIES.items():
        text = text.replace(f"<{name}>", "(?:" + "|".join(words.split()) + ")")
    text = text.replace(" ~", r" (?:\w+ly )?").replace(" ", r"\s+").replace(r"\s+?", r"\s*")
    return re.compile(rf"(?<!\w)(?:{text})(?!\w)")


TREND = _compiled(_TRENDS)
CAUSE = _compiled(_CAUSES)
EFFECT = _compiled(_EFFECTS)
