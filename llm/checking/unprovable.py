"""Phrases that no cross-section can bear out: change over time, causes, and claims of effect.

Every line of a table is one phrase: a space stands for white space, `~` for an optional adverb, and
<name> for the words of the family of that name; an indented line goes on with the one
before. They are matched at the borders of words, in text of lower case.
"""

from collections.abc import Mapping

from llm.checking.phrases import Phrases, compiled

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
        multiplying evolving maturing thinning tightening loosening sinking
        catching\\s+up pulling\\s+away going\\s+up going\\s+down moving\\s+up moving\\s+down coming\\s+down
        coming\\s+back turning\\s+away moving\\s+away""",
    "grown": """grown risen increased declined fallen dropped climbed shrunk slipped improved worsened soared surged
        eroded faded expanded accelerated slowed weakened strengthened doubled tripled halved gained lost changed
        jumped moved recovered rebounded plateaued become stagnated dwindled waned softened crept edged ticked
        withered eased drifted slid tumbled plunged collapsed deteriorated vanished narrowed widened sunk cooled
        thinned multiplied tightened loosened warmed ballooned swollen tapered hardened thawed mushroomed
        peaked started begun stopped ceased quit\\s+\\w+ing gone\\s+up
        gone\\s+down taken\\s+off picked\\s+up caught\\s+up""",
    "gone": """grew rose shrank declined soared surged worsened dwindled plummeted skyrocketed rebounded ballooned waned
        withered eroded stagnated went\\s+up went\\s+down came\\s+down crept\\s+up""",
    "rising": """growing rising declining shrinking climbing slipping improving worsening soaring surging eroding fading
        accelerating dwindling waning stagnating emerging trending withering deteriorating upswing downswing
        momentum trajectory lately nowadays decline uptick downturn upturn""",
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
        lowers predicts predict prevents prevent protects protect ensures ensure blocks block forces force secures
        secure encourages encourage discourages discourage stops wins win invites invite supports
                """,
    "them": """them people customers members shoppers guests prescribers accounts clients patients donors doctors
        physicians vets practices buyers visitors users subscribers households hospitals sites drivers fleets
        policyholders owners givers vets writers this\\s+(?:group|segment|lot)""",
    "do": """book stay leave cancel order start write prescribe give buy come return switch pay use visit spend drift
        dispute complain respond donate renew churn go move open close log act try want need feel think stop quit
        file claim choose prefer ask call see check join sign shop click avoid do take work look pledge attend
        refill adhere drop commit engage train travel borrow save invest upgrade read reply answer""",
    "induce": """encourag(?:es?|ed|ing) discourag(?:es?|ed|ing) persuad(?:es?|ed|ing) tempt(?:s|ed|ing)?
        entic(?:es?|ed|ing) deter(?:s|red|ring)? motivat(?:es?|ed|ing) inspir(?:es?|ed|ing) convinc(?:es?|ed|
  ing)
        enabl(?:es?|ed|ing) prevent(?:s|ed|ing)? dissuad(?:es?|ed|ing) incentivi[sz](?:es?|ed|ing) nudg(?:es?|
  ed|ing)
        compel(?:s|led|ling)? forc(?:es|ed|ing) lur(?:es?|ed|ing) seduc(?:es?|ed|ing) provok(?:es?|ed|ing)
        ensur(?:es?|ed|ing) entail(?:s|ed|ing)? necessitat(?:es?|ed|ing) repel(?:s|led|ling)?""",
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
over (?:the )?(?:time|(?:last|past|recent|coming|next) (?!(?:segment|group|best|cluster)\b)\w+(?: \w+)?|years
  |months|quarters)
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
(?<!more\s)(?<!most\s)(?<!as\s)recently
these days
(?:no longer(?! than)|not any more|not anymore|any longer)
(?<!is\s)(?<!are\s)(?<!be\s)(?<!get\s)used to (?!(?:the|a|an|calls?|it|this|that|those|these|them|us)\b)\w+
once (?:were|was|led|wrote|spent|had|bought|visited)
(?:formerly|until recently|up to now|ever since|back then|in the making|in a row|in the past)
(?:second|third|fourth|fifth|several|two|three|four) (?:straight|consecutive|successive) (?:<unit>|<units>)
becom(?:e|es|ing) (?:more|less|increasingly|ever|\w+er\b)
(?:more|fewer|less|higher|lower) (?:so )?(?:each|every|with each|with every) (?:<unit>|passing)
(?:more and more|less and less|fewer and fewer|higher and higher|lower and lower|better and better|
  worse and worse)
getting (?:\w+er|more|less|better|worse)
(?:shorter and shorter|longer and longer|smaller and smaller|larger and larger|bigger and bigger|
  greater and greater|stronger and stronger|weaker and weaker|deeper and deeper|richer and richer|
  poorer and poorer|cheaper and cheaper|thinner and thinner|faster and faster|slower and slower|
  later and later|earlier and earlier|older and older|harder and harder|wider and wider|
  narrower and narrower|lighter and lighter|heavier and heavier|rarer and rarer|fatter and fatter|
  busier and busier|quieter and quieter|closer and closer|warmer and warmer|cooler and cooler|
  bolder and bolder|younger and younger)
(?:come|comes|coming|came) (?:round|around) to
(?:(?:up|down)ward|upwards|downwards|rising|falling|declining|growing)s? (?:path|slope|course|curve|track|
  spiral|movement|drift|direction|line)
(?:has|have) (?:\w+ly )?(?:come|gone|turned|moved|settled|bounced|sunk|slid|got|gotten) (?:under|back|down|up|
  away|off|quiet|cold|flat|stale)
ever (?:more|less|fewer|longer|shorter|higher|lower|larger|smaller) (?!than)\w+
(?:is|are|was|were|be) back (?:to|at|on|up|down)(?! the road)
on (?:its|their|the) (?:way|road|path) (?:up|down|out|back)
about to \w+
(?:will|would) (?:soon|likely|probably|eventually) \w+
settling (?:down|in)
gather(?:s|ing|ed)? (?:pace|momentum|speed|steam)
from (?:bad to worse|strength to strength)
(?:started|began|begins|stopped|ceased|resumed) (?:to \w+|\w+ing)
(?:in|from|of|than in) (?:former|earlier|bygone|past|older|better|previous) (?:times|days|<units>)
(?:previously|by now|as of late|over the generations|progressively|not long ago|(?<!as\s)long since)
(?:from|off|past|since|below) (?:their|its|the|a) (?:earlier |former |previous |all-time )?(?:peak|slump|
  former|old|earlier|previous) ?(?:levels?|highs?|lows?|heights?|peaks?)?
(?:slowly|gradually|increasingly|steadily|bit by bit|little by little|step by step) (?:\w+ing|turn|move|leave|
  lose|win|switch|shift|join|drop)
once (?:among|our|one of|the|a) \w+
(?:up|down|higher|lower|rising|falling) (?:once )?again
another (?:drop|rise|fall|increase|decline|gain)
(?:up|down|higher|lower) (?:by )?(?:a \w+|\d+(?:\.\d+)?(?:%| points?| percent| per cent)?) (?:on|from|since|
  over) (?:the|last|a) (?:<unit>|prior|previous)
(?:taken|taking|takes|took) (?:hold|root|off)
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
(?:on account of|by virtue of|on the back of|off the back of|courtesy of|by reason of|in response to|
  the upshot of)
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
hold(?:s|ing)? (?:back(?! on)|down)
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
(?:<induce>)(?= (?:<them>|their|its|the|that|higher|lower|more|fewer|less|repeat|\w+ing|■))
(?:mak(?:es?|ing)|made|lets?|letting|help(?:s|ing)?|ha(?:s|ve|
  d)) (?:<them>) (?:to )?(?:\w+ly )?(?:<do>)(?! (?:up|to))
(?:gets?|getting|moves?|leads?|bring|brings|push(?:es)?|allows?|permits?|drives?|prompts?|trains?|causes?|
  asks?|invites?|
  steers?|press(?:es)?) (?:<them>) (?:in)?to(?! (?:\d|about|around|roughly|nearly|over|under|the (?:top|
  bottom|first|last)))
(?:turns?|turning|turned) (?:<them>) (?:in)?to
(?:keeps?|stops?|stopping|prevents?|holds?|bars?|shields?|saves?|protects?|frees?|drives?|
  scares?) (?:<them>) (?:from|off|away|back|out|going|at bay)
keeping (?:<them>) (?:from|off|away|back|out|loyal|going)
(?:binds?|ties?|glues?|locks?|attach(?:es)?|wins?|hold|holds|draws?|pulls?) (?:<them>) (?:to|in|over|together|
  towards?)
^(?:since|seeing that|in that|given|as long as|now that|with) (?:so (?:many|few|much|little)|they|their|its|
  these|the \w+ (?:is|are|has|have)|it|most|few|many|no|nobody)\b(?! (?:\d|of))[^.;]*, (?:no|they|it|this|
  these|■|so|few|many|most)
(?<=[\w%],\s)(?:since|given that|seeing that|as) (?:they|their|its|it|these|this|most|few|many|no|nobody|
  the ■)(?! (?:as|do|does|did|is shown)\b)
(?<=\w,\s)for (?:they|it|he) (?:\w+)
(?:is|are|was|were) (?:so )?(?:high|low|few|rare|common|strong|weak|small|large|short|long|rich|poor|
  \w+er) (?:since|as) (?:they|their|its|it|the|most|few|many|no|■)(?! (?:do|does|is|are|\w+ (?:shows?|average|
  mean))\b)
given (?:that|how|the (?:low|high|weak|strong|poor|lack)|(?:their|its) (?:low|high|weak|strong|poor|lack))
the \w+ being (?:too|so)
so that (?!(?:the (?:gap|difference|distance|total|sum|ratio|two|margin)|is\b|it is\b|rank|place))(?:\w+|■)
and so (?:they )?(?!(?:is|are|do|does|did|has|have|was|were|too|on|forth|much|many|few|little|it|high|
  low|above|below|higher|lower|more|less|fewer|well|far|just|close|near|ahead|behind|first|last|
  second)\b)(?:\w+|■)
(?:(?<!is\s)(?<!are\s)(?<!and\s)thus|thereby|(?<!who\s)(?<!which\s)in turn|to blame|and that is how|which is how|
  that is how|no wonder|small wonder|little wonder|that explains)
(?:suffers?|benefits?|gains?|rises?|falls?|drops?|grows?|thrives?|improves?|declines?) (?:when|if|where|once|
  whenever|as soon as)
(?:the|a) (?:reward|price|fruit|consequence|outcome|payback|penalty|legacy|upshot|side[\s-]effect|
  by-product) (?:of|for)
(?:no|little|every|good|less|more) reasons? (?:to|for|why)
opens? (?:the )?(?:doors?|way) (?:that|which)
(?:go|goes|going) hand in hand with (?:the )?(?:fact|reason)
(?:whenever|wherever) (?:■|they|the|there)
for (?:want|lack|fear|the (?:simple|sole|good|plain) reason) ?(?:of|that)?
(?:in view of|in (?:the )?light of|on the strength of|by dint of|for reasons of|by way of reaction)
owing (?:all|everything|much|it|this|that) to
com(?:es?|ing) (?:down to|of) (?!(?:about|around|roughly|\d|a|an|age)\b)(?:\w+|■)
pay(?:s|ing)? (?:off|for itself)
(?:follow(?:s|ing)?|grow(?:s|ing)?|result(?:s|ing)?) (?:directly |straight )?from (?!the (?:computed|score|data|
  table|figures?|numbers?))(?:\w+|■)
mean(?:s|ing)? (?:few|little|more|less|fewer|many|higher|lower) (?!(?:than|by|at|of|and|but|in|for|
  on)\b)(?:\w+|■)
mak(?:es?|ing) for
open(?:s|ing)? the (?:way|door|doors|path) (?:to|for)(?! (?:our |the |a |any )?(?:reps?|us|field|sales|visits?|team|
  people)\b)
(?:is|are) the (?:glue|key|lever|motor|secret|magnet|hook|bait|brake|root|recipe) (?:that|to|of|for|behind|
  which)
at the (?:root|heart|source) of
it is the \w+ that (?:push|lift|raise|lower|make|drive|keep|bring|pull|cause|hold|win|get)\w*
■(?:'s)? (?:here |there |(?:in|of|for|within|among) [\w ]{1,24}?)?(?:<act>) (?:\w+ ){0,2}■
"""

_EFFECTS = r"""
(?:efficac\w*|effectiveness|safer|safest|harmless|breakthrough|miracle|curing|unapproved|unlicensed)
(?:more|most|highly|less|clinically|proven|equally)[\s-]+effective(?! (?:channel|contact|way|message|route|
  time))
effective (?:than|treatment|therapy|drug|option|choice|in treating)
works? (?:better|faster|best|well|longer|wonders|miracles)
works? (?:just as well |even |well |equally )?(?:for|in|with|on) (?:all|every|any|each|most|even|nearly all|
  virtually all)\b(?! (?:segment|group|channel|tier|account|rep)s?\b)
works? (?:for|in|with|on) (?:everyone|everybody|anyone|anybody)
works? even
(?:get|gets|getting|become|becomes|make|makes|made) (?:\w+ ){0,2}well (?:again|faster|sooner|quicker|with|on|
  thanks)
(?:every|all|any|each|most|nearly all|virtually all) (?:\w+ )?patients? (?:do |will )?(?:benefit|respond|
  improve|recover|gain|profit|get well|tolerate|feel)s?
(?:benefits?|helps?|suits?|cures?|heals?|fits?|saves?|right for|suitable for|ideal for|good for|fine for|
  safe for|safe in) (?:\w+ )?(?:every|all|any|each|even|most) (?:\w+ ){0,2}(?:patients?|herds?|animals?|
  cases?|people|women|men|children)
helps? (?:where|when) (?:\w+ )?(?:other|others|all|nothing|the|no)
never (?:fails?|disappoints?|relaps\w+|harms?)
(?:no|not a|nothing) (?:better|stronger|safer|gentler|comparable) (?:<drug>|on the market|in (?:the|its) class)
nothing (?:on the market|else)(?: \w+)? (?:is|works|comes|helps|matches|beats|can)
(?:acts?|works?|helps?|heals?|recovers?|starts? working|kicks in) (?:\w+ )?(?:faster|quicker|sooner|
  more quickly|longer|in half the time|within (?:hours|minutes|days))
(?:stronger|gentler|kinder|purer|cleaner) than (?:our |the |any |every |all |other |its )+(?:<drug>|<rival>)
(?:the |its |their )label (?:does not|doesn't|did not|never|fails to) \w+
(?:not|nowhere|never) (?:on|in|covered by|part of|within|found on) (?:the |its )label
(?:beyond|outside|past|despite|regardless of|without) (?:the |its |any )?(?:approved|licensed|registered|
  approval|licence|registration|label)
(?:no|without|zero|free (?:of|from)|few|fewer|little) (?:\w+ )?(?:harm|danger|dangers|downsides?|
  ill[\s-]effects?|unwanted effects?|complications|safety (?:concerns?|issues?|problems?|worries))
(?:do|does|did|doing|cause|causes) (?:no|little) harm
(?:<drug>) of choice
nothing (?:(?:\w+|■) ){1,4}(?:stronger|better|safer|gentler|cleaner|purer) than
(?:paid|pay|pays|reward|rewards|rewarded|bonus|bonuses|gifts?|dinners?|meals?|money|vouchers?|honorari(?:um|
  a)|a fee|cash|trips?|free \w+) (?:\w+ ){0,3}(?:for|to|per|with|in (?:return|exchange) for|against) (?:each |
  every |more |new |their |extra )*(?:scripts?|prescriptions?|prescrib\w+|writing|recommend\w*|switch\w*|
  new starts?)
(?:kickbacks?|brib\w+|backhanders?)
(?:given|taken|used|prescribed) without (?:\w+ ){0,2}(?:checks?|tests?|monitoring|supervision|risk|worry|
  concern|caution|limits?)
(?:causes?|brings?|produces?) no \w+
(?:licence|license|approval) (?:leaves? out|excludes?|does not)
(?:in (?:return|exchange) for) (?:\w+ ){0,2}(?:scripts?|prescri\w+|orders?|loyalty)
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
(?:than|above|over|exceeding) (?:the |its )?(?:label|labelled|labeled|approved|licensed|indicated|
  recommended dose)
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
(?:(?:paediatric|pediatric|pregnancy) (?:use|patients)|in children|pregnant)\b
"""


def _compiled(table: str) -> Phrases:
    """The phrases of a table's lines."""
    text = table.replace("\n  ", "").strip()
    for name, words in _FAMILIES.items():
        text = text.replace(f"<{name}>", "(?:" + "|".join(words.split()) + ")")
    text = text.replace(" ~", r" (?:\w+ly )?").replace(" ", r"\s+").replace(r"\s+?", r"\s*")
    return compiled(text.splitlines())


TREND = _compiled(_TRENDS)
CAUSE = _compiled(_CAUSES)
EFFECT = _compiled(_EFFECTS)
