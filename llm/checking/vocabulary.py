"""Words a sentence about segments may use although no column holds them, and words that it may not.

The first are data of the packs (`vocabulary`, and the words of their own texts in advice); everything else is
unknown, and an unknown word in a fact zone is a finding. The second name attributes of people that are so
often made up that they are told by their family: age, attitude, tenure ...
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files

from llm import pack
from llm.checking.tokens import root, singular, tokens
from llm.checking.words import TABLE

ATTRIBUTES: Mapping[str, str] = {
    "age": """young younger youngest old older oldest elderly aged age ages aging ageing senior seniors junior
        juniors
        millennial millennials boomer boomers generation generations generational retired retiree retirees
        retirement retiring middle-aged mid-career forties fifties sixties thirties twenties seventies teen
        teens teenager teenagers teenage adolescent adolescents youth youthful youngster youngsters pensioner
        pensioners birthday grandparent grandparents veteran veterans
        adult adults ageless infants newborn octogenarian octogenarians septuagenarian boomer gen-z gen-x
        grey-haired grey-haired silver-haired middle-age fifty-something forty-something thirty-something
        twenty-something eldest-aged""",
    "gender": """
        male males female females man men woman women gender genders sex masculine feminine mums mum moms mom dads
        dad mother mothers father fathers lady ladies gentlemen girls boys girl boy husband husbands
        wife wives lgbt nonbinary ladies gent gents girlfriend boyfriend transgender
        """,
    "tenure and experience": """
        tenure tenured experienced inexperienced experience seasoned veteran novice novices newcomer newcomers
        long-serving long-standing longstanding career careers apprenticeship graduate graduates graduated
        trainee trainees residency residents fellowship decades decade rookie rookies longest-serving
        certified certification board-certified licensed accredited qualifications qualified expert experts
        expertise skilled professor professors academic academics academia publish published publishes
        publishing publications researcher researchers congress congresses conference conferences seniority
        old-timer old-timers freshly-qualified newly-qualified years-in-practice mid-career late-career
        early-career apprentice apprentices intern interns professorship qualification doctorate mentor
        mentors chairman chairwoman director directors manager-led ceo cfo executives tertiary-trained
        """,
    "income and wealth": """
        earn earns
        income incomes affluent wealthy poverty salary salaries earner earners earnings budget budgets
        budget-conscious middle-class upper-class upmarket downmarket luxury luxurious thrifty frugal
        well-off mortgage mortgages savings debt debts low-income high-income investor investors profitable
        profitability solvent liquidity funding funded rich-family moneyed monied millionaire millionaires
        billionaire wealth-conscious cash-strapped hard-up penniless broke indebted spendthrift spendthrifts
        payday pension pensions inheritance credit-card credit-cards net-worth spare-cash stipend wages wage
        disposable-income shareholder shareholders
        """,
    "education": """educated education college colleges university universities school schools schooling
        diploma phd literacy
        literate student students teacher teachers
        degree-educated bachelor's master's masters alumni alumnus undergraduates undergraduate postgraduate
        scholar scholars tutor pupils pupil""",
    "family": """family families married marriage parent parents child children kids kid spouse spouses
        divorced dependents
        household-heads grandchildren newlyweds pet pets dog dogs cat cats babies baby toddlers bachelor
        bachelors widowed lives living
        daughter daughters son sons sibling siblings brother brothers sister sisters wedding weddings
        household-head unmarried grandmother grandfather grandmothers grandfathers relatives nephew niece
        nursery childless pregnant pregnancy homemaker homemakers housewife housewives""",
    "location": """
        urban rural suburban suburb suburbs city cities metropolitan metro town towns village villages
        countryside coastal inland north south east west northern southern eastern western midwest midwestern
        northeast southeast northwest southwest neighbourhood neighborhood neighbourhoods neighborhoods downtown
        commuter commuters regional nationwide international overseas abroad continental seaside mountainous
        outskirts-dwelling
        """,
    "homes": """
        homeowner homeowners apartment apartments garden gardens renters renter homes
        """,
    "origin": """
        ethnic immigrant immigrants migrant migrants hispanic latino latinos latina asian asians african
        africans caucasian black-owned white-owned jewish muslim muslims christian christians catholic catholics
        hindu hindus buddhist european europeans american americans mexican chinese indian nationality
        nationalities refugee refugees expat expats foreigner foreigners
        """,
    "lifestyle": """
        lifestyle lifestyles hobby hobbies sport sports sporty fitness golf golfers travel travels traveller
        travellers traveler travelers holiday holidays vegan vegetarian organic outdoorsy foodie foodies
        fashion fashionable gym music festival festivals gaming gamer gamers reader readers podcast podcasts
        vacation vacations leisure athletic active-lifestyle health-conscious healthy-living eco
        eco-friendly sustainable sustainability green vote voters voting political politics religious
        religion church faith weekend weekends yoga runner runners cyclist cyclists swimming swimmer skiing
        hiking hikers cooking cook-at-home theatre cinema museum museums art-loving concert concerts camping
        boating fishing gardening gardener gardeners bookworm bookworms outdoors wellness vegetarians vegans
        homebody homebodies nightlife partying churchgoing churchgoers volunteer volunteers volunteering
        charity charities donate donates
        """,
    "habits": """morning mornings evening evenings afternoon afternoons midnight lunch lunchtime breakfast
        weekday weekdays habit
        habits habitual routine ritual smartphone smartphones phone phones mobile laptop app apps facebook
        instagram linkedin twitter tiktok whatsapp youtube social-media socials impulse impulsive impulsively
        spontaneous binge samples sample sampling brochure brochures coupon coupons subscription commute
        drive-in smoke smoker smokers drinkers alcohol diet
        texting texts messaging-apps emojis scrolling streaming-fans tablet-users ipad iphone android
        newspaper newspapers magazines magazine tv-watching coffee tea snack snacks snacking opening-hours
        office-hours screen-time board-meetings insomnia sleep
        gambling gambler gamblers bookings-ahead procrastinate procrastinates multitask multitasking
        screen-time loyalty-points reward-points points-card loyalty-card website websites""",
    "attitudes": """
        conscious averse minded savvy sensitive price-conscious cost-conscious value-driven quality-driven attitude
        attitudes attitudinal belief beliefs believe believes believer believers trust trusts trusting
        trustful distrust distrusts distrustful mistrust skeptic skeptics skeptical sceptic sceptics
        sceptical cautious conservative conservatives ambitious ambition ambitions curious curiosity
        adventurous adventurer innovative innovator innovators innovation adopter adopters early-adopter
        pioneers pioneer pioneering visionary visionaries risk-averse risk-taking risk-tolerant open-minded
        close-minded stubborn enthusiastic enthusiast enthusiasts enthusiasm passionate passion motivated
        motivation motivations motive eager reluctant reluctance hesitant hesitancy hesitation hesitate
        willing willingness unwilling interested uninterested indifferent apathetic apathy satisfied
        dissatisfied satisfaction dissatisfaction happy unhappy happiness frustrated frustration anxious
        anxiety worried worry worries fear fears fearful afraid confident confidence insecure optimistic
        optimism pessimistic pessimism proud pride prefer prefers preferring preference preferences love
        loves loving like-minded hate hates dislike dislikes enjoy-shopping cherish cherishes appreciate
        appreciates admire admires seek seekers seeker thrill thrill-seekers crave craves desire desires
        wish wishes hope hopes dream dreams feel feels feeling feelings thinkers mindset mindsets
        personality personalities temperament temperamental extrovert introvert sociable friendly hostile
        polite impatient patient-minded tech-savvy savvy technophile technophiles technophobe luddite
        price-sensitive brand-conscious deal-seeking discerning fussy picky loyal-minded traditional
        traditionalist traditionalists old-fashioned progressive-minded evidence-based data-driven pragmatic
        pragmatist pragmatists idealistic idealist empathetic compassionate caring altruistic selfish
        generous-hearted competitive cooperative collaborative independent-minded independent self-reliant
        decisive indecisive rational emotional intuitive creative artistic intellectual stressed overworked
        tired burnout burned-out lonely guilt ashamed shy brave timid relaxed laid-back easygoing ethical
        moral opinionated influential influencer influencers opinion opinions leaders-in-thought
        thought-leader advocate convenience novelty status reputation prestige nps promoter promoters
        detractor detractors sentiment perception perceptions perceives awareness aware familiarity familiar
        intention intentions intent likelihood status-driven status-conscious status-seeking
        adore adores adoring fancies regret regrets
        view views outlook temper patience enjoy enjoys enjoying enjoyed resent resents resentful
        complain complains complainers grateful gratitude inspired inspiring bored boredom excited
        excitement nervous calm-natured generosity honesty honest-minded humour humor charming arrogant
        arrogance polite-natured rude rudeness quarrelsome gossip gossips lazy laziness diligent diligence
        hard-working hardworking disciplined meticulous sloppy chaotic messy perfectionist perfectionists
        bureaucratic suspicious suspicion wary wariness nostalgic nostalgia ideals values-driven principled
        dogmatic rebellious nonconformist conformist trendsetter trendsetters trend-conscious
        style-conscious image-conscious self-conscious self-assured introverted extroverted outgoing
        reserved-natured shyness jealous envy envious angry anger irritable irritated irritation annoyed
        annoyance upset sad sadness joyful cheerful mood moods moody hopeful hopeless desperate desperation
        disillusioned disappointed disappointment delighted content-with fulfilled unfulfilled appreciated
        undervalued misunderstood neglected neglect loyal-hearted commitment-phobic fickle devotion devout
        zeal zealous fanatical obsessed obsession obsessive addicted craving appetite-for-risk
        thrifty-minded bargain-hunting bargain-hunters risk-appetite risk-loving gut-feeling instinct
        instincts instinctive superstition superstitious fatalistic workaholic workaholics time-poor
        time-pressed time-strapped time-starved rushed hurried busy-minded overwhelmed overloaded
        overburdened exhausted fatigue fatigued weary weariness respected-by-peers admired revered reputed
        esteemed prestigious ego egos vanity vain humility self-esteem assertive dominant-natured submissive
        persuasive charismatic talkative chatty tech-minded tech-loving tech-averse gadget gadgets
        technophobic digitally-minded ambivalent ambivalence apprehensive apprehension dread dreads loathe
        loathes detest detests despise despises favourably-disposed sympathetic sympathy unsympathetic
        warm-hearted kind-hearted altruism idealism realism realist realists cynic cynics cynical cynicism
        dreamer dreamers achiever achievers striver strivers perfectionism spiritual spirituality mindful
        mindfulness hedonistic hedonist hedonists materialistic individualist individualists individualistic
        collectivist environmentalist environmentalists activist activists patriotic patriotism feminist
        liberal liberals left-leaning right-leaning democrat democrats republican republicans
        """,
    "organisation": """affiliation affiliated affiliations hospital-based office-based solo
        independent-practice franchise
        ownership-type committee committees procurement headcount revenue-size startup startups start-up
        start-ups family-owned workforce staffing staff employees
        founder founders founder-led waiting-room waiting-rooms reception-desk front-desk receptionist
        receptionists understaffed overstaffed well-staffed subsidiary subsidiaries headquarters headquartered
        multinational multinationals privately-held publicly-listed bootstrapped venture-backed unionised
        unionized nonprofit non-profit charity-run teaching-affiliated faculty""",
}
"""Words by family. A word that belongs to a column of the profile is no invention."""


@lru_cache(maxsize=1)
def attributes() -> Mapping[str, str]:
    """Family by word and by root of a word."""
    found: dict[str, str] = {}
    for family, words in ATTRIBUTES.items():
        for word in words.split():
            found.setdefault(word, family)
    return found


@lru_cache(maxsize=1)
def hyphenated() -> frozenset[str]:
    """The last words of attributes of two."""
    return frozenset(word.rpartition("-")[2] for word in attributes() if "-" in word)


_GATHERED = frozenset({"family", "house", "community"})
"""Words for all accounts only where a phrase says so: "our family"."""


@lru_cache(maxsize=1)
def general() -> frozenset[str]:
    """Roots of the words that any sentence may use: those with a sense, the packs' vocabularies, and the common
    words of packs/common.txt."""
    words = {
        word
        for sense, phrases in TABLE
        for phrase in phrases.split()
        for word in phrase.replace("-", "_").split("_")
        if sense.kind != "all" or word not in _GATHERED
    }
    for name in pack.names():
        words |= set(pack.load(name).vocabulary.split())
    common = files("llm").joinpath("packs", "common.txt").read_text(encoding="utf-8")
    words |= {word for line in common.splitlines() if not line.startswith("#") for word in line.split()}
    return frozenset(root(word) for word in words) | frozenset(words)


@lru_cache(maxsize=1)
def planning() -> frozenset[str]:
    """Roots of the words of every text in the packs: what advice may speak of."""
    found = {
        token.low for name in pack.names() for text in _texts(name) for token in tokens(text) if token.word
    }
    return frozenset(root(word) for word in found) | frozenset(found)


def _texts(name: str) -> Iterator[str]:
    chosen = pack.load(name)
    yield from (chosen.title, chosen.account, chosen.accounts, chosen.brand, chosen.area)
    yield from (chosen.rep_lane, chosen.digital_lane, chosen.access_lane)
    for entry in (*chosen.persona_name, *chosen.tagline, *chosen.move, *chosen.rep, *chosen.digital,
        *chosen.access,
                  *chosen.interpretation):  # fmt: skip
        yield entry.text
    for step in chosen.step:
        yield from (step.channel, step.topic, step.call_to_action, step.frequency)
        yield from (step.cadence, step.trigger, step.measure, step.stop_rule)


@lru_cache(maxsize=1)
def name_words() -> frozenset[str]:
    """Words and hyphenated pairs that the packs' adjectives for names are made of."""
    adjectives = [entry for name in pack.names() for entry in pack.load(name).adjective]
    texts = [text.lower() for entry in adjectives for text in (entry.high, entry.low, entry.topic)]
    return frozenset(word for text in texts for word in (text, *text.split(), *text.split("-")) if word)


@lru_cache(maxsize=32768)
def common(word: str) -> bool:
    """Whether any sentence may use the word."""
    return known(word, general())


@lru_cache(maxsize=32768)
def family_of(word: str) -> str | None:
    """The family of attributes the word is of, as it stands or as the comparative of one: "happier"."""
    return attributes().get(word) or attributes().get(_plain(word))


@lru_cache(maxsize=32768)
def unremarkable(word: str, alone: bool) -> bool:
    """Whether the word is of no family of attributes, begins and ends none, and, where it has no sense of its
    own (`alone`), is common."""
    told = family_of(word) or word in hyphenated() or word in ("like", "likes")
    return not told and (not alone or common(word))


def _plain(word: str) -> str:
    """The plain form of a comparative: "happy" for "happier"."""
    stem = word.removesuffix("er").removesuffix("est") if len(word) > 5 else word
    return stem[:-1] + "y" if stem != word and stem.endswith("i") else stem


def known(word: str, words: frozenset[str]) -> bool:
    """Whether the word or its root or its singular is among the words."""
    return word in words or root(word) in words or singular(word) in words
