"""Advice, cadence, interpretation and names."""

PLAIN_ADVICE = (
    "Invite them to a planning session and agree on one next step.",
    "Ask which topic they want covered first.",
    "Offer a named contact and a call-back within two working days.",
    "Keep the message to one topic per contact.",
    "Start with a short call and listen before presenting anything.",
    "Send the approved overview and ask for one question in return.",
    "Test two subject lines before rolling out.",
    "Agree with the local team who speaks to whom.",
    "Hand over open questions to the service desk.",
    "Review the list together before the next planning round.",
    "Share the summary page after every conversation.",
    "Offer a remote session where a visit does not fit.",
    "Prepare one page on costs and coverage.",
    "Close each contact with a clear next step.",
    "Do not add contacts before the first step is done.",
    "Route medical questions to medical information.",
)
CADENCE = (
    "Call every 6 weeks.",
    "Send two emails a month, no more than 24 a year.",
    "Visit 4 times a year and phone in between.",
    "Follow up within 10 days.",
    "Plan 3 visits per quarter.",
    "Send a reminder after 14 days.",
    "Stop after 3 unanswered messages.",
    "Hold a review every 90 days.",
    "Allow 20 minutes for each visit.",
    "Run the pilot for 8 weeks with 50 accounts.",
    "Contact them once in 30 days at most.",
    "Schedule one remote session every 2 months.",
    "Try again after 6 months if there is no reply.",
    "Spread the 5 steps over 12 weeks.",
    "Limit the effort to 2 hours a month.",
    "Reach 80% of the list in the first quarter.",
)
LANES: dict[str, tuple[tuple[str, str], ...]] = {
    "digital": (
        ("Go digital-first: they are easiest to reach online.", "Lead with personal contact and let email follow."),
        ("Build on their strong digital engagement.", "Win them in person before adding digital steps."),
        ("Make digital the main channel, since they already use it most.", "Keep digital in a supporting role."),
        ("Lean on their high use of digital channels.", "Do not rely on digital channels alone."),
        ("Put the whole budget into digital, their favourite channel.", "Try one digital step before adding more."),
        ("Use their digital strength and drop visits.", "Explain digital services during visits."),
        ("Digital-first contact plan: online is where they are most active.",
         "Visit-first contact plan with digital as support."),
        ("Exploit above-average digital engagement with weekly online content.",
         "Offer help with first digital steps."),
        ("Treat them as a digital-first audience.", "Treat digital as a second step."),
        ("Capitalise on strong digital use with an online series.", "Ask what keeps them from going online."),
    ),
    "access": (
        ("Build on their broad access and talk about volume.", "Solve access questions before anything else."),
        ("Access is no hurdle here, so leave it out.", "Bring an access specialist to the first meeting."),
        ("Use the above-average access as the opening argument.", "Open with help on access."),
        ("Rely on their strong access position.", "Work on access first."),
        ("Lead with good access: it is the best of all segments.", "Prepare answers on limited access."),
        ("Skip access support, they have the widest access.", "Offer access support early."),
    ),
    "rep": (
        ("Build on the intensive personal contact they already have.", "Introduce personal contact step by step."),
        ("Keep using their strong field relationships.", "Find out who could take over personal contact."),
        ("Rely on the high level of personal contact.", "Do not count on personal contact at the start."),
        ("Use their above-average personal contact to add a topic.", "Begin with one visit and see."),
    ),
    "share": (
        ("Defend their high share against rivals.", "Work on winning share, topic by topic."),
        ("Reward them for the highest share of all segments.", "Ask what would have to change for a first step."),
        ("Protect the strong share they already give.", "Aim at a first gain in share."),
        ("Use their above-average share as a reference for others.", "Use other segments as a reference for them."),
    ),
    "volume": (
        ("Treat them as the top-volume group and put the best team there.", "Keep the effort in line with volume."),
        ("Build on their high volume.", "Keep contact light and cheap."),
        ("Reserve the largest budget for this high-volume group.", "Do not reserve a separate budget."),
    ),
}  # fmt: skip
LANE_STEPS: dict[str, tuple[str, ...]] = {
    "digital": (
        "Digital-first programme", "Digital-first series for heavy users", "Online only, their strongest channel",
    ),
    "access": ("Volume talk, building on strong access", "Broad access as a headline"),
    "rep": ("Personal contact, their strongest channel", "More visits, building on high personal contact"),
    "share": ("Defence of high share", "Thank-you for above-average share"),
    "volume": ("Service for the top-volume group", "High-volume programme"),
}  # fmt: skip
INTERPRETATION = (
    "They may be weighing effort against benefit; ask before assuming.",
    "One reading is that routine matters more than price here. A few conversations would tell.",
    "Habit may play a part, which a short interview could confirm.",
    "Perhaps they feel well served already and see no reason to change.",
    "It is possible that time pressure shapes their choices; test it in the next visits.",
    "They might value a single contact person. Ask three of them.",
    "Our guess is that trust has to be earned before volume follows.",
    "This could reflect caution, or simply a lack of information.",
    "Curiosity may be there, but no occasion to act on it so far.",
    "We suspect that local custom plays a role; field colleagues should check.",
    "They seem to like things simple, though that is a hypothesis.",
    "Possibly they look to colleagues before they decide.",
    "A sense of loyalty may be at work, or mere convenience.",
    "Perhaps paperwork puts them off. Two questions would settle it.",
    "They may prefer to be asked rather than told.",
    "The pattern could point to satisfied but quiet accounts; treat it as a guess.",
)
NAMES: dict[str, tuple[str, ...]] = {
    "share+": (
        "Brand Loyalists", "Loyal Core", "Committed Advocates", "Loyal Supporters", "Steady Advocates",
        "Loyal Regulars", "Advocate Base", "Firm Loyalists", "Loyal Partners", "Devoted Advocates",
    ),
    "volume+": (
        "High-Volume Accounts", "High-Volume Core", "High-Volume Anchors", "High-Volume Group",
        "High-Volume Centre", "High-Volume Partners",
    ),
    "volume+ share-": (
        "Untapped Potential", "Ready Expanders", "Untapped Accounts", "Growth Expanders", "Untapped Reserve",
        "Open Expanders", "Untapped Giants",
    ),
    "digital+": (
        "Digital Engagers", "Digital Regulars", "Digital Adopters", "Digital Users", "Digital Core",
        "Digital Responders", "Digital Circle",
    ),
    "volume+ share+": ("High-Volume Loyalists", "High-Volume Advocates", "Loyal High-Volume Accounts"),
    "digital+ share+": ("Digital Loyalists", "Digital Advocates"),
    "digital+ volume+": ("Digital High-Volume Accounts", "High-Volume Digital Users"),
}  # fmt: skip
PLAIN_NAMES = (
    "Quiet Middle", "Steady Middle", "Balanced Group", "Mixed Group", "Middle Ground", "Selective Group",
    "Second Circle", "Outer Circle", "Mainstream Group", "Broad Middle", "Everyday Accounts", "Occasional Group",
)  # fmt: skip
BAD_NAMES = (
    "Elderly Ladies", "Stingy Laggards", "Lazy Losers", "Young Mothers", "Difficult Old Guard", "Hispanic Families",
    "Doctor Smith's Group", "Rude Complainers", "Senior Men", "Hopeless Cases", "Poor Pensioners", "Cheap Idiots",
    "Rich White Men", "Immigrant Owners", "Angry Women",
)  # fmt: skip
PRIORITY = (
    "{level} priority on the computed score.",
    "The computed score places this segment at {level} priority.",
    "Priority is {level}, as computed from the agreed weights.",
    "{level} priority follows from the computed score, not from a preference.",
)
