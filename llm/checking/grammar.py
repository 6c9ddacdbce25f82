"""Words that hold a statement together: how much, which part, which place, whom, which statistic."""

from llm.checking.senses import Sense

GRAMMAR: tuple[tuple[Sense, str], ...] = (
    # --- How much of it --------------------------------------------------------------------------
    (
        Sense("strong"),
        """
        very far markedly much well considerably substantially significantly dramatically sharply exceptionally
        extremely hugely vastly greatly notably strikingly decidedly clearly_and_far way enormously
        remarkably a_long_way by_far by_some_way by_a_wide_margin by_a_distance by_a_mile a_lot_more
        comfortably heavily_so massively immensely exceedingly steeply materially a_great_deal_more
        far_and_away miles overwhelmingly unusually starkly a_long_way_clear easily wildly
        """,
    ),
    (
        Sense("slight"),
        """
        slightly marginally a_little a_bit somewhat a_touch a_shade fractionally a_fraction just modestly mildly
        a_whisker barely narrowly a_hair ever_so_slightly a_notch a_tad only_slightly only_just not_by_much
        by_a_whisker by_a_hair by_a_nose slight marginal gently faintly
        """,
    ),
    (
        Sense("not"),
        """
        not no never neither nor without cannot isn't aren't wasn't weren't doesn't don't didn't won't hasn't
        haven't can't couldn't wouldn't shouldn't hadn't ain't needn't mustn't mightn't hardly scarcely
        fails_to fail_to failing_to far_from anything_but nothing
        a_long_way_from miles_from a_far_cry_from nothing_like
        by_no_means lack lacks lacking_in devoid_of short_on free_of no_longer_shown nowhere_near
        """,
    ),
    (
        Sense("double"),
        """
        not_without not_lacking does_not_lack do_not_lack don't_lack doesn't_lack not_un not_infrequent
        not_uncommon
        not_insignificant not_inconsiderable never_not hardly_lacks
        wrong_to_say_that wrong_to_say cannot_say not_deny no_denying never_without
        cannot_be_called_anything_but could_not_call anything_but_un not_small not_few not_unlike
        not_unfavourable not_unfavorable not_negligible not_fail does_not_fail do_not_fail
        never_fails not_never
        """,
    ),
    (
        Sense("only"),
        """only sole alone solely just_one uniquely unique no_segment_but no_group_but no_other_segment_but
        no_segment_except no_group_except none_but nobody_but no_one_but no_segment_other_than
        no_group_other_than nobody_except no_one_except none_except no_segment_bar none_bar nobody_bar""",
    ),
    # --- Parts and multiples ---------------------------------------------------------------------
    (
        Sense("share", low=0.5, high=1.0, sign=1),
        """
        majority a_majority the_majority a_majority_of the_majority_of more_than_half over_half better_than_half
        upwards_of_half most_of the_bulk the_bulk_of bulk_of more_than_half_of over_half_of
        the_better_part_of mostly mainly chiefly predominantly largely
        for_the_most_part in_the_main primarily just_over_half well_over_half the_greater_part
        in_the_majority overall_majority clear_majority a_clear_majority a_narrow_majority a_slim_majority a_bare_majority
        a_small_majority the_lion's_share_of_them the_lion's_share_of_these the_lion's_share_of_accounts
        """,
    ),
    (
        Sense("share", low=0.0, high=0.5, sign=-1),
        """
        minority a_minority the_minority a_minority_of less_than_half fewer_than_half under_half below_half
        well_under_half less_than_half_of in_the_minority just_under_half_of short_of_half
        """,
    ),
    (
        Sense("share", low=0.45, high=0.55),
        "half half_of one_half about_half roughly_half every_second every_other_one",
    ),
    (Sense("share", low=0.45, high=0.5, sign=-1), "just_under_half nearly_half almost_half close_to_half"),
    (Sense("share", low=0.30, high=0.37), "a_third one_third a_third_of one_third_of"),
    (
        Sense("share", low=0.22, high=0.28),
        "a_quarter one_quarter a_quarter_of one_quarter_of a_fourth one_fourth a_fourth_of one_fourth_of",
    ),
    (Sense("share", low=0.18, high=0.22), "a_fifth one_fifth a_fifth_of one_fifth_of"),
    (Sense("share", low=0.08, high=0.12), "a_tenth one_tenth a_tenth_of one_tenth_of"),
    (Sense("share", low=0.63, high=0.70), "two_thirds two_thirds_of two-thirds"),
    (Sense("share", low=0.72, high=0.78), "three_quarters three_quarters_of three-quarters three_fourths"),
    (Sense("share", low=0.38, high=0.42), "two_fifths two_fifths_of"),
    (Sense("share", low=0.58, high=0.62), "three_fifths three_fifths_of"),
    (Sense("share", low=0.78, high=0.82), "four_fifths four_fifths_of"),
    (
        Sense("share", low=0.9, high=1.0),
        """
        nearly_all almost_all virtually_all practically_all nearly_all_of almost_all_of nearly_every
        almost_every
        nearly_everyone almost_everyone the_vast_majority the_vast_majority_of the_overwhelming_majority
        the_overwhelming_majority_of almost_exclusively almost_entirely nearly_exclusively a_vast_majority
        """,
    ),
    (
        Sense("share", low=0.995, high=1.0),
        "all_of_them all_of_these exclusively entirely every_one_of every_single",
    ),
    (
        Sense("share", low=0.0, high=0.1),
        """almost_none almost_none_of virtually_none_of next_to_none hardly_any_of barely_any_of
        few_of very_few few_are a_handful a_handful_of only_a_few only_a_handful only_a_handful_of a_mere_handful
        a_mere_handful_of
        hardly_anyone a_small_fraction a_tiny_fraction a_sliver""",
    ),
    (Sense("share", low=0.0, high=0.005), "none_of_them none_of_these not_one_of_them"),
    (Sense("times", low=1.8, high=2.2), "twice double doubles doubled two-fold twofold twice_as"),
    (
        Sense("times", low=1.4, high=1.6),
        "half_as_much_again half_as_many_again half_as_high_again half_again_as_much half_again_as_many",
    ),
    (Sense("times", low=2.7, high=3.3), "triple triples treble trebles thrice three-fold threefold tripled"),
    (Sense("times", low=3.6, high=4.4), "quadruple quadruples quadrupled four-fold fourfold"),
    (Sense("times", low=4.5, high=5.5), "quintuple quintuples five-fold fivefold"),
    (Sense("times", low=5.4, high=6.6), "sextuple sextuples six-fold sixfold"),
    (Sense("times", low=6.3, high=7.7), "seven-fold sevenfold"),
    (Sense("times", low=7.2, high=8.8), "eight-fold eightfold"),
    (Sense("times", low=9, high=11), "ten-fold tenfold"),
    (Sense("times", low=0.45, high=0.55), "halves halving"),
    (Sense("vague", low=24, high=100), "dozens_of"),
    (Sense("vague", low=100, high=1000), "hundreds_of"),
    (Sense("vague", low=1e3, high=1e6), "thousands_of tens_of_thousands_of hundreds_of_thousands_of"),
    (Sense("vague", low=1e6, high=1e9), "millions_of"),
    # --- Ranks -----------------------------------------------------------------------------------
    *(
        (Sense("place", 1, low=n), words)
        for n, words in enumerate(
            (
                "first first_place 1st number_1",
                "second second_place 2nd runner-up runners-up second_only_to number_two"
                " next_highest next_largest next_biggest next_most next_best next_heaviest next_strongest next_longest",
                "third third_place 3rd",
                "fourth fourth_place 4th",
                "fifth fifth_place 5th",
                "sixth sixth_place 6th",
                "seventh seventh_place 7th",
                "eighth eighth_place 8th",
                "ninth 9th",
                "tenth 10th",
            ),
            1,
        )
    ),
    (Sense("place", -1, low=1), "last last_place dead_last last_of_all"),
    (
        Sense("place", -1, low=2),
        """bottom_but_one second_to_last second_from_last second_from_bottom second_from_the_bottom last_but_one
        next_to_last next-to-last penultimate second-last next_lowest next_smallest next_fewest next_weakest
        next_shortest next_to_bottom one_from_bottom""",
    ),
    (
        Sense("sorted", 1),
        """
        highest_first largest_first most_first best_first from_high_to_low from_highest_to_lowest high_to_low
        highest_to_lowest from_largest_to_smallest largest_to_smallest in_descending_order descending_order
        from_top_to_bottom from_the_top_down from_most_to_least
        """,
    ),
    (
        Sense("sorted", -1),
        """
        lowest_first smallest_first least_first fewest_first from_low_to_high from_lowest_to_highest low_to_high
        lowest_to_highest from_smallest_to_largest smallest_to_largest in_ascending_order ascending_order
        from_bottom_to_top from_the_bottom_up from_least_to_most from_the_bottom from_bottom from_the_back
        from_below from_the_low_end
        """,
    ),
    (Sense("place", 0), "middle_of_the middle in_the_middle midway mid-pack"),
    # --- Whom --------------------------------------------------------------------------------------
    (
        Sense("self"),
        """
        this_segment this_group this_cluster these_accounts here they their theirs them its it itself themselves
        this_one this_set the_segment the_group this_tier this_persona this_cohort this_lot these_people
        these_guys those_guys these_folks those_folks this_bunch this_crowd this_gang
        the_cluster this_band this_population this_block such_accounts our_group this this_profile
        """,
    ),
    (
        Sense("all"),
        """
        population overall all_segments the_whole the_norm norm norms the_base whole_base whole_file the_file
        everyone as_a_whole total_population the_list base the_base base_average the_base_average
        the_base_mean the_book book benchmark whole_population grand_mean everybody all_groups the_book
        the_total_base across_the_board the_whole_set full_base the_overall_figure the_universe universe
        all_customers base_rate wider_base broader_base wider_population broader_population wider_customer_base
        wider_book wider_file wider_market across_segments across_all_segments whole_table the_table whole_set
        the_full_set the_full_base customer_base account_base whole_list the_overall_mean the_overall_rate
        all_of_them_together the_total the_database database the_sample sample nationwide_average
        entirety the_entirety totality the_totality
        our_community the_community whole_community our_family the_family whole_family the_whole_family
        our_house
        the_house whole_house our_base our_book our_file our_roster our_list our_universe
        everyone_we_have everyone_we_serve
        the_membership membership roster the_roster par cohort_average company-wide system-wide
        """,
    ),
    (
        Sense("rest"),
        """others the_others the_rest rest peers other_segments other_groups the_other_segments the_other_groups
        nearly_everyone_else almost_everyone_else nearly_everybody_else almost_everybody_else nearly_all_others
        nearly_all_the_others almost_all_others most_others
        remaining_segments the_remaining_segments its_peers their_peers counterparts everybody_else_combined
        other_accounts""",
    ),
    (
        Sense("another"),
        """
        another_segment another_group another_cluster another_cohort another_one one_other_segment
        one_other_group one_other some_other_segment some_other_group at_least_one_other_segment
        at_least_one_other_group at_least_one_other one_more_segment one_further_segment
        """,
    ),
    (
        Sense("any"),
        """
        anyone_else anyone anybody_else anybody everyone_else everybody_else anywhere_else anywhere elsewhere
        any_other every_other all_other any_segment any_group all_others any_of_the_others
        each_other_segment the_field the_pack any_other_segment any_other_group every_other_segment
        every_other_group anything_elsewhere anything_seen_elsewhere either_of_the_others
        either_of_the_other_two either_of_the_other_segments all_other_segments all_other_groups
        any_of_the_segments each_of_the_others
        all_the_others all_the_rest any_rival every_rival any_other_one all_rivals all_comers every_segment
        every_group each_segment each_group any_of_the_other every_single_segment
        """,
    ),
    (
        Sense("none"),
        """
        no_segment no_group no_other no_one nobody nowhere none_of_the_others no_other_segment no_one_else
        no_other_group nobody_else none no_cluster nowhere_else nothing_else none_of_the_other no_segments
        no_groups not_one_segment no_segment_else no_other_cluster no_rival not_a_single_segment
        isn't_a_segment is_not_a_segment isn't_another_segment is_no_segment is_no_other_segment
        no_other_segments
        """,
    ),
    (
        Sense("segment"),
        """segment segments group groups cluster clusters cohort cohorts tier_of_accounts tranche block band
        bands personas persona profile_group crowd bunch""",
    ),
    (
        Sense("people"),
        """
        account accounts prescriber prescribers physician physicians doctor doctors hcp hcps clinician
        clinicians
        customer customers client clients member members people user users companies company practice
        practices household households subscriber subscribers shopper shoppers buyer buyers donor donors
        site sites provider providers organisation organisations organization organizations business
        businesses firm firms hospital hospitals writer writers individuals person respondents respondent
        guests guest players player contacts names someone specialist specialists generalist generalists
        policyholder policyholders patron patrons payer payers tenant tenants merchant merchants
        retailer retailers
        dealer dealers borrower borrowers saver savers cardholder cardholders traveller travellers
        viewer viewers
        operator operators farm farms clinic clinics vet vets doc docs giver givers supporter
        supporters backer backers holder holders consumer consumers participant participants
        men_and_women guys folks one_prescriber everyone_here spender spenders visitor visitors orderer orderers
        """,
    ),
    # --- Which statistic -------------------------------------------------------------------------
    (
        Sense("mean"),
        "mean average averages averaged averaging on_average means averaged_over "
        "averaged_across averaging_across average_across",
    ),
    (
        Sense("median"),
        "median typical typically medians middle_value midpoint the_usual usual usually commonly "
        "in_the_middle_of_the_segment in_the_middle_of_this_segment in_the_middle_of_the_group "
        "in_the_middle_of_this_group",
    ),
    (
        Sense("mode"),
        "most_common commonest most_frequent most_prevalent most_numerous most_represented modal dominant",
    ),
    (
        Sense("over"),
        """
        over-index over-indexes overindex overindexes over-indexing over-indexed over-represented
        overrepresented
        over-representation skew_towards skews_towards skew_toward skews_toward skews_to skewed_towards
        skewed_toward lean_towards leans_towards leans_toward concentrated_in over-weighted over-weight
        disproportionately disproportionate over-weights heavy_with rich_in leans_on over-proportional
        overweight overweighted more_likely_to_be leans leaning tilts_towards tilted_towards tilts_toward
        more_common more_prevalent unusually_common skew skews skewing skewed
        """,
    ),
    (
        Sense("under"),
        """under-index under-indexes underindex underindexes under-indexing under-represented underrepresented
        under-representation skew_away_from skews_away_from under-weighted under-weight lean_away_from
        leans_away_from leaning_away_from skew_away_from
        underweight less_common less_prevalent less_likely_to_be uncommon""",
    ),
    (
        Sense("gap"),
        """gap gaps difference differences differential margin advantage distance spread apart gulf chasm disparity
        discrepancy delta divide remove""",
    ),
    (Sense("gap", 1), "lead_of lead_over surplus premium excess head_start mark-up markup overhang"),
    (
        Sense("gap", -1),
        "deficit shortfall shortage handicap discount_of discount_to discount_over discount_against",
    ),
    (Sense("index"), "index indexes indices indexed indexing"),
    (Sense("lift"), "lift"),
    (Sense("z"), "z z-score z-scores standard_score"),
    (Sense("sd"), "standard_deviation sd standard_deviations"),
    (Sense("quartile"), "quartile quartiles interquartile lower_quartile upper_quartile"),
    # --- Against whom, and glue ------------------------------------------------------------------
    (
        Sense("than"),
        """
        than against versus vs v compared_with compared_to relative_to as_against in_comparison_with
        in_comparison_to in_contrast_to next_to set_against unlike measured_against set_beside beside
        by_comparison_with as_opposed_to rather_than compared in_relation_to stacked_against on_a_population
        as
        """,
    ),
    (Sense("between"), "between"),
    (
        Sense("hedge", 0),
        """
        about roughly around approximately circa ca some approx nearly-about close_to near in_the_region_of
        in_the_order_of of_the_order_of or_so something_like in_the_neighbourhood_of give_or_take
        thereabouts more_or_less broadly in_the_vicinity_of getting_on_for not_far_off touching within_a_hair_of
        """,
    ),
    (
        Sense("hedge", 1),
        """
        over more_than above at_least upwards_of north_of in_excess_of exceeding just_over a_little_over
        a_little_above just_above slightly_over slightly_above slightly_more_than a_little_more_than
        little_more_than little_over not_much_more_than no_less_than no_fewer_than at_or_above
        at_or_over a_shade_over a_touch_over a_shade_above a_touch_above exceeds exceed
        beyond a_bit_over minimum_of greater_than just_past a_good more_than_just topping a_tick_over well_over
        comfortably_over better_than upward_of in_advance_of higher_than larger_than clear_of as_many_as_or_more_than
        """,
    ),
    (
        Sense("hedge", -1),
        """
        does_not_even_reach do_not_even_reach does_not_reach do_not_reach doesn't_reach don't_reach fails_to_reach
        fail_to_reach falls_short_of fall_short_of nearly almost under just_under less_than below fewer_than at_most
        up_to close_on close_upon just_below
        a_little_under a_little_below a_shade_under a_touch_under slightly_under slightly_below
        little_less_than not_much_less_than at_or_below at_or_under just_short_of a_bit_under
        no_more_than not_quite approaching short_of shy_of a_maximum_of
        slightly_less_than lower_than just_shy_of smaller_than well_under verging_on a_shade_below barely
        """,
    ),
    (Sense("each"), "each apiece both all every respectively"),
    (Sense("by"), "by"),
    (Sense("of"), "of"),
    (
        Sense("on"),
        "on in for at with in_terms_of when_it_comes_to as_for regarding among across within from to per into "
        "toward towards onto",
    ),
    (Sense("and"), "and & or plus as_well_as nor_yet and_also"),
    (
        Sense("but"),
        """but while whereas though although yet however even_though despite in_spite_of and_yet
        on_the_other_hand by_contrast in_contrast and_so_is and_so_are otherwise except""",
    ),
    (Sense("which"), "which who whose where whom"),
    (
        Sense("glue"),
        """
        on_the_whole mind_you to_cut_a_long_story_short no_less in_vain believe_it_or_not believe_me
        trust_me under_consideration under_review
        under_discussion under_study under_scrutiny under_examination
        at_least_in_part at_best at_worst more_or_less_everywhere long_way in_short no_more under_way
        underway on_top_of_that over_and_above the_rest_of_the_year as_well of_course after_all all_the_same
        for_all_its for_all_their for_all_that all_in_all all_things_considered first_of_all at_first
        in_the_first_place last_but_not_least at_last short_list long_list for_short most_importantly
        most_notably more_importantly at_large by_and_large long_run long_term short_term over_time_zones
        in_particular at_all as_a_rule no_doubt no_wonder if_anything and_so_on first_and_foremost
        top_of_mind best_practice high_street high_time over_here over_there look_after in_depth
        little_by_little more_broadly best_described best_seen best_read strong_case in_large_part
        in_good_part if_only at_the_end at_the_same_time one_by_one big_picture little_wonder not_only
        not_just not_merely only_then no_matter none_the_less nonetheless at_short_notice as_follows as_such
        as_usual well_known tied_in tied_to tied_up in_relative_terms in_absolute_terms in_absolute_ones
        a_good_many long_tail good_deal or_more or_less more_so less_so so_much as_much that_much
        little_of_it a_lot_of_the_time in_full low_cost high_value low_value high_touch low_touch
        high_quality low_key high_end low_hanging high_level first_in_line next_in_line first_come
        first_things_first half_a_year half_a_day half_a_month half_an_hour most_like more_like least_like
        too_few too_many so_few so_many a_few at_most at_least on_top_of easy_to_reach easy_to_see
        hard_to_reach hard_to_see much_of little_of limiting_fact limit_worth much_of_the_time near_enough
        at_or_below at_or_under at_or_above at_or_over
        nothing_to_write_home_about
        on_record to_all_intents_and_purposes some_way drop_in drops_in dropped_in a_long_while lean_on
        leaning_on
        """,
    ),
    (
        Sense("be"),
        """
        is are was were be been being has have had having shows show showing shown stands stand standing
        sits sit
        sitting runs run running comes come coming reaches reach reached reaching posts post posted posting
        record recorded recording holds hold held holding lies lie lying makes make made making gets get
        getting gives give gave giving hits hit hitting equals remains remain remaining stays stay staying
        looks look proves prove registers register registered scores score scored scoring totals total
        numbers number measures measure measured rates rate rated manages manage averages_out works_out
        amounts amount reads read reports report delivers deliver delivered contributes contribute
        accounts_for account_for make_up makes_up making_up made_up comprise comprises comprising constitute
        constitutes represent represents representing form forms takes take takes_in carries carry carrying
        claims_a does do did can may would could belongs belong rests rest_at lands land turns_in turn_in
        clocks_in clock_in comes_in come_in checks_in weighs_in enjoys enjoy sees see seen seeing produces
        produce brings bring attracts attract keeps keep kept sustains puts put ranks rank ranked ranking
        places placed finishes finish finishing figures figure figured features
        """,
    ),
)
