"""Words that compare: more and less, most and least, close to, tied."""

from llm.checking.senses import HIGH, LEAST, LESS, LOW, MORE, MOST, Sense, implying, inflected, transitive

COMPARISONS: tuple[tuple[Sense, str], ...] = (
    # --- More and less ---------------------------------------------------------------------------
    (
        HIGH,
        """
        high strong heavy elevated large big great broad ample substantial considerable sizeable sizable plentiful
        generous frequent intensive intense abundant plenty_of plenty lots_of lots a_lot_of a_lot heavily
        strongly often frequently deep rich long tall widespread outsized hefty pronounced prominent steep
        on_the_high_side on_the_higher_side at_the_high_end on_the_upper_side a_great_deal a_great_deal_of
        in_abundance high_level_of high_levels_of
        not_short_of
        no_shortage_of no_lack_of thick_on_the_ground to_spare high_up prolific at_a_high_level lofty bountiful
        extensive much lavish copious profuse numerous innumerable massive huge enormous immense vast gigantic colossal
        mighty formidable staggering monumental mammoth towering excessive extravagant prodigious swollen bloated
        inflated overblown outsize oversized bumper brisk common commonplace whopping tremendous hearty manifold
        unusually_many exceptionally_many remarkably_many surprisingly_many not_infrequent
        well_represented strongly_represented heavily_represented richly_represented
        """,
    ),
    (
        LOW,
        """
        low tight weak light limited modest thin scant scarce sparse restricted minimal slim meagre meager narrow subdued
        muted sparing sparingly rarely seldom infrequently hardly_ever scarcely_ever barely_ever
        almost_never infrequent little small few lightly weakly short
        low_level_of low_levels_of
        rare a_rarity rarity
        on_the_low_side on_the_lower_side at_the_low_end lacking shallow paltry tiny slight hardly_any
        scarcely_any barely_any thin_on_the_ground
        lean reduced diminished in_short_supply constrained depressed lacklustre lackluster underwhelming soft
        scanty skimpy puny measly pitiful feeble flimsy slender skinny spindly sluggish slack negligible minor
        minuscule trifling insignificant anaemic anemic stunted undersized occasional sporadic intermittent faint
        piddling derisory pint-sized marginal low-lying sub-par subpar below-par humble bare wispy
        unusually_few exceptionally_few remarkably_few surprisingly_few
        poorly_represented weakly_represented thinly_represented sparsely_represented badly_represented
        hardly_represented barely_represented scarcely_represented
        """,
    ),
    (
        MORE,
        """higher wider more greater stronger heavier larger bigger broader richer deeper longer taller denser thicker
        above over ahead_of ahead beyond clear_of in_excess_of superior_to north_of more_often more_frequently fuller
        out_in_front_of upwards_of steeper outranking fatter above-par more_heavily
        more_of more_numerous more_plentiful more_abundant further_back farther_back longer_ago more_so_far
        hotter further_away farther_away further_off longer_since staler more_distant more_dated
        further_in_the_past for_longer well_past far_past goes_past go_past
        going_past runs_past run_past stretches_past stretch_past better_represented more_represented
        nowhere_short_of falls_nowhere_short_of fall_nowhere_short_of
        more_heavily_represented more_strongly_represented more_often_represented""",
    ),
    (
        LESS,
        """
        lower tighter less fewer weaker lighter smaller thinner shorter below under beneath behind short_of shy_of
        inferior_to less_often less_frequently south_of slimmer scarcer rarer sparser lesser shallower
        cooler more_recently more_recent fresher less_distant less_dated closer_in_time nearer_in_time
        narrower less_numerous less_plentiful leaner fewer_of less_of softer meagrer
        tinier falls_short_of fall_short_of falling_short_of fell_short_of comes_short_of
        less_represented worse_represented less_well_represented less_strongly_represented less_heavily_represented
        less_often_represented
        """,
    ),
    (
        MOST,
        """
        highest widest most greatest strongest heaviest largest biggest broadest richest deepest longest topmost peak
        unrivalled unrivaled unmatched unsurpassed unequalled second_to_none number_one tallest maximum
        fullest heads_the_list head_the_list tops_the_list top_the_list tops_the_table top_the_table
        at_the_top come_on_top comes_on_top is_on_top are_on_top stand_on_top stands_on_top sit_on_top sits_on_top
        at_the_top_of_the_list at_the_top_of_the_table top_of_the_table top_of_the_list
        top_of_the_pile in_the_lead leads_the_field lead_the_field leads_the_pack lead_the_pack
        leads_the_way lead_the_way leads_them_all leading_the_field leading_the_pack leads lead leading
        out_in_front ahead_of_the_pack top tops_out top_out peaks peaked peaking culminates maxes_out sets_the_pace
        set_the_pace in_pole_position in_first_place
        highest-ranking top-ranking top-ranked highest-ranked carries_the_most most_of_all
        the_highest_of_all comes_top come_top comes_out_on_top come_out_on_top ranks_top rank_top leader
        leaders the_leader frontrunner front-runner champion crown
        """,
    ),
    (
        LEAST,
        """
        lowest tightest least fewest weakest lightest smallest thinnest shortest bottom minimum slimmest scarcest sparsest
        rarest narrowest shallowest at_the_bottom at_the_bottom_of_the_list at_the_foot_of_the_table
        bottom_of_the_table bottom_of_the_list bottom_of_the_pile brings_up_the_rear bring_up_the_rear
        bringing_up_the_rear lowest-ranking bottom-ranked leanest softest trails_the_field trail_the_field
        trails_the_pack trail_the_pack trails_them_all
        newest most_recently tiniest meagrest props_up_the_table prop_up_the_table comes_bottom
        come_bottom the_rear wooden_spoon
        laggard lags_the_field lags_the_pack bottoms_out bottom_out bottoming_out
        at_the_back_of_the_field at_the_back_of_the_pack
        """,
    ),
    (
        transitive(MORE),
        inflected("""exceed surpass top outpace outstrip outperform outrank eclipse outweigh outnumber outshine
        overshadow edge_out pull_ahead_of outscore outsell outspend dwarf""")
        + " beat beats beating beaten overtaken bettered outclassed outdo outdoes outdone outdid"
        " more_than_match more_than_matches get_the_better_of gets_the_better_of"
        " outsells outrun outruns outspent",
    ),
    (
        transitive(LESS),
        inflected("trail lag undershoot underperform underspend lag_behind trail_behind")
        + " underspent give_way gives_way giving_way yield_to yields_to yielding_to second_fiddle"
        " come_after comes_after coming_after"
        " come_off_second_best comes_off_second_best lose_out_to loses_out_to no_match_for cannot_match can't_match"
        " do_not_come_up_to does_not_come_up_to cannot_keep_up_with comes_nowhere_near come_nowhere_near"
        " does_not_reach_the do_not_reach_the fails_to_reach_the fail_to_reach_the"
        " undercut undercuts undercutting lose_to loses_to losing_to lost_to",
    ),
    (
        Sense("relation", 1, "plain", polar=True),
        """good excellent healthy favourable favorable solid robust
        impressive enviable exemplary outstanding exceptional strong_performing positive
        a_strength strength a_strong_point strong_point a_strong_suit strong_suit a_stronghold stronghold forte""",
    ),
    (
        Sense("relation", -1, "plain", polar=True),
        """poor bad unfavourable unfavorable disappointing worrying
        problematic unhealthy a_problem a_sore_point the_sore_point sore_point wanting mediocre lagging
        a_weakness weakness a_weak_spot weak_spot a_soft_spot a_weak_point weak_point a_shortcoming shortcoming""",
    ),
    (
        Sense("relation", 1, "comparative", polar=True),
        """better healthier more_favourable more_favorable superior
        do_better does_better fares_better fare_better better_off""",
    ),
    (
        Sense("relation", -1, "comparative", polar=True),
        """worse poorer less_favourable less_favorable inferior
        does_worse do_worse fares_worse fare_worse worse_off""",
    ),
    (
        Sense("relation", 1, "superlative", polar=True),
        "best finest healthiest most_favourable most_favorable",
    ),
    (Sense("relation", -1, "superlative", polar=True), "worst poorest least_favourable least_favorable"),
    (implying(HIGH, "age"), "old elderly aged"),
    (implying(LOW, "age"), "young youthful"),
    (implying(MORE, "age"), "older"),
    (implying(LESS, "age"), "younger"),
    (implying(MOST, "age"), "oldest"),
    (implying(LEAST, "age"), "youngest"),
    (implying(MORE, "late"), "later slower"),
    (implying(LESS, "late"), "faster quicker swifter speedier sooner earlier more_promptly more_punctually"),
    (implying(MOST, "late"), "slowest_payers slowest_to_pay latest_payers"),
    (implying(LEAST, "late"), "promptest_payers fastest_payers most_punctual promptest fastest_to_pay"),
    (implying(HIGH, "cost"), "expensive costly pricey dear"),
    (implying(LOW, "cost"), "cheap inexpensive affordable"),
    (implying(MORE, "cost"), "costlier dearer pricier more_expensive more_costly"),
    (implying(LESS, "cost"), "cheaper less_expensive less_costly"),
    (implying(MOST, "cost"), "costliest dearest priciest most_expensive most_costly"),
    (implying(LEAST, "cost"), "cheapest least_expensive least_costly"),
    (implying(HIGH, "volume"), "busy high-volume heavy-volume"),
    (implying(LOW, "volume"), "low-volume"),
    (implying(MORE, "volume"), "busier higher-volume"),
    (implying(LESS, "volume"), "quieter lower-volume"),
    (implying(MOST, "volume"), "busiest highest-volume"),
    (implying(LEAST, "volume"), "quietest lowest-volume"),
    (implying(HIGH, "burden"), "frail sick risky complex complicated intricate"),
    (implying(MORE, "burden"), "frailer sicker riskier more_complex"),
    (implying(MOST, "burden"), "frailest sickest riskiest most_complex"),
    (implying(LEAST, "burden"), "least_complex"),
    (implying(HIGH, "share"), "loyal devoted committed faithful"),
    (implying(MORE, "share"), "more_loyal"),
    (implying(MOST, "share"), "most_loyal"),
    (implying(LESS, "share"), "less_loyal"),
    (implying(LEAST, "share"), "least_loyal disloyal"),
    (implying(HIGH, "access"), "open accessible"),
    (implying(LOW, "access"), "closed"),
    (implying(MORE, "access"), "more_open more_accessible"),
    (implying(LESS, "access"), "less_open less_accessible"),
    (implying(MOST, "access"), "most_open most_accessible"),
    (implying(LEAST, "access"), "least_open least_accessible"),
    # --- Close to, and equal ---------------------------------------------------------------------
    (
        Sense("near"),
        """
        near close_to near_to in_line_with similar_to comparable_to close_by
        much_like much_the_same_as mid-range
        middling middle_of_the_road unremarkable ordinary near-average mid-table in_keeping_with
        not_far_from within_a_whisker_of on_average_ground at_or_near
        alongside indistinguishable_from around_the about_the hovers_around sits_around at_par at_or_around
        moderate about_average broadly_average roughly_average near_average around_average
        nothing_out_of_the_ordinary not_unusual in_the_middle_of_the_pack just_average average-looking
        about_the_same_as mirrors tracks comparable similar alike no_different_from
        """,
    ),
    (
        Sense("near", grade="equal"),
        """
        on_par_with on_a_par_with level_with equal_to the_same_as same_as identical_to on_a_level_with
        in_step_with neck_and_neck_with matches match matched_by equalled_by equaled_by on_par
        on_equal_terms_with equals_with even_with
        """,
    ),
    (
        Sense("joint"),
        """joint jointly tied ties tie equally equal level_on dead_heat co in_a_tie shared_lead shared_by shared_with
        shared_between shared_among held_jointly jointly_held""",
    ),
)
