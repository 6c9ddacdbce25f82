"""Levels in idiom: much and little of a column in phrases, in verbs and in words that need the column beside them.

None of these words is thereby known by itself: "awash with" tells a level, "awash" none. Those of the kind "tied"
mean something only where a column is named right behind them ("they shun rep visits") or before them ("rep visits
abound"); elsewhere they are words like any other. See llm.checking.tying.
"""

from itertools import product

from llm.checking.senses import HIGH, LESS, LOW, MORE, Sense, inflected, tied, transitive


def _crossed(*parts: str) -> str:
    """Every phrase of one word or phrase of each part, in order."""
    return " ".join("_".join(choice) for choice in product(*(part.split() for part in parts)))


_AVERAGES = """the_average the_norm the_mean the_base the_overall_average the_base_average the_average_account
    the_average_member the_average_customer the_usual_level the_population_average the_overall_mean"""
_NOT = "do_not does_not don't doesn't did_not cannot can't could_not never hardly barely scarcely"
_HARDLY = (
    "hardly barely scarcely rarely seldom hardly_ever scarcely_ever barely_ever only_rarely almost_never"
)
_WHERE = """where_they where_it where_this_group where_this_segment where_these_accounts where_the_group
    where_the_segment where_this_cluster where_these_customers where_these_clients what_they"""
_THEIR = "their its our the any"

_BRIMMING = _crossed(
    """awash flooded inundated swamped showered deluged bombarded overrun bursting brimming teeming overflowing
    bristling crowded crammed packed stuffed loaded laden overloaded littered riddled plagued burdened saddled
    weighed_down blessed endowed well_endowed flush replete rife saturated snowed_under blanketed peppered strewn
    well_supplied well_stocked well_served well_provided amply_supplied amply_stocked generously_supplied swarming
    bulging brim-full heaving overburdened richly_supplied lavishly_supplied spoilt""",
    "with by",
)
_STARVED = _crossed(
    """poorly_supplied badly_supplied ill_supplied thinly_supplied poorly_served badly_served ill_served undersupplied
    underserved poorly_provided badly_provided poorly_stocked frugal sparing stingy miserly tight-fisted mean tight
    untroubled unburdened""",
    "with by",
)
_QUANTITIES = _crossed(
    """wealth abundance glut surfeit profusion plethora host raft slew mass heap load ton pile stack mountain torrent
    flood deluge barrage avalanche feast bounty multitude myriad lot deal steady_stream steady_flow constant_stream
    constant_flow superabundance overabundance embarrassment bucketload truckload cornucopia treasury
    superfluity surplus excess overflow long_list good_deal great_deal
    good_number great_number large_number high_number fair_number""",
    "of",
)
_LACKS = _crossed(
    "lack deficit dearth shortage scarcity paucity absence drought famine poverty deficiency want scarceness sparsity",
    "of",
)

IDIOMS: tuple[tuple[Sense, str], ...] = (
    # --- Much of a column, named behind ----------------------------------------------------------
    (
        tied(HIGH),
        _BRIMMING
        + " "
        + _crossed("a an any the", _QUANTITIES)
        + " "
        + _QUANTITIES
        + " "
        + _crossed("no not_a never_a hardly_a scarcely_a without_a without_any", _LACKS)
        + " "
        + inflected("""favour favor embrace relish adore flock_to pile_into pour_into lap_up snap_up gobble_up binge_on
        overuse overconsume set_much_store_by throng_to gravitate_to gravitate_towards amass hoard
        accumulate rack_up chalk_up clock_up
        notch_up go_for_broke_on splash_out_on splurge_on overspend_on lavish_money_on invest_heavily_in
        rely_heavily_on rely_strongly_on rely_greatly_on rely_a_lot_on depend_heavily_on lean_heavily_on lean_hard_on
        lean_strongly_on bank_on major_on specialise_in specialize_in overdeliver_on over-deliver_on devour guzzle
        """)
        + """
        swimming_in drowning_in rolling_in wallowing_in steeped_in immersed_in full_of chock-full_of crawling_with
        thick_with humming_with buzzing_with generous_with lavish_with liberal_with free_with generous_on lavish_on
        big_on heavy_on strong_on high_on long_on hot_on keen_on hooked_on sold_on wedded_to partial_to fond_of
        mad_about crazy_about hungry_for greedy_for avid_for keen_for well_off_for rich_with alive_with
        besieged_by dogged_by beset_by blighted_by buried_in buried_under
        deep_in knee-deep_in up_to_their_ears_in up_to_their_necks_in up_to_their_eyes_in
        masses_of heaps_of loads_of tons_of piles_of stacks_of oodles_of reams_of bags_of oceans_of mountains_of
        no_end_of any_number_of a_great_many a_good_many great_numbers_of large_numbers_of huge_numbers_of
        high_numbers_of large_quantities_of vast_quantities_of huge_quantities_of ever_so_many umpteen
        more_than_enough more_than_their_share_of more_than_their_fair_share_of more_than_its_share_of
        more_than_its_fair_share_of not_short_on never_short_on never_short_of no_stint_of
        do_not_lack does_not_lack don't_lack doesn't_lack never_lack never_lacks many ever_so_many
        never_want_for never_wants_for want_for_no wants_for_no do_not_want_for does_not_want_for
        quick_to_use quick_with can't_get_enough_of cannot_get_enough_of
        never_without power_users_of heavyweights_on great_ones_for see_much_of sees_much_of
        seeing_much_of make_much_of makes_much_of set_great_store_by
        sets_great_store_by make_full_use_of makes_full_use_of
        make_good_use_of makes_good_use_of make_great_use_of makes_great_use_of make_ample_use_of
        makes_ample_use_of make_the_most_of makes_the_most_of""",
    ),
    # --- Little of a column, named behind --------------------------------------------------------
    (
        tied(LOW),
        _STARVED
        + " "
        + _LACKS
        + " "
        + _crossed("a an the some any real general certain relative", _LACKS)
        + " "
        + inflected("""skip shun snub spurn avoid eschew neglect ignore bypass sidestep dodge duck shirk
        underuse under-use underutilise underutilize underspend_on underdeliver_on under-deliver_on steer_clear_of
        stay_clear_of stay_away_from keep_away_from shy_away_from shy_from shrink_from pass_on pass_up skimp_on
        stint_on scrimp_on economise_on economize_on save_on skip_over dispense_with miss_out_on lose_out_on
        want_for lack turn_down wave_away brush_off cold-shoulder turn_a_cold_shoulder_to turn_away
        turn_their_backs_on turn_their_back_on turn_its_back_on care_little_for bother_little_with
        look_past run_out_of get_by_without manage_without live_without""")
        + " "
        + _crossed(
            _HARDLY,
            "touch touches bother_with bothers_with trouble_with go_for goes_for notice notices use uses",
        )
        + " "
        + _crossed(
            "little scant scarce no hardly_any not_much no_great no_real",
            "time use need call appetite room love",
            "for",
        )
        + " "
        + _crossed("next_to almost virtually practically nearly as_good_as all_but", "no")
        + " "
        + _crossed("trickle sprinkling smattering scattering handful shortfall", "of")
        + " "
        + """
        forgo forgoes forgoing forego foregoes foregoing what_they_lack_is what_they_lack_are
        what_is_missing_is what_is_missing_are what_it_lacks_is
        rare_users_of lightweights_on starved_of starved_for starving_for short_on
        light_on low_on thin_on weak_on poor_in poor_on bereft_of
        devoid_of deprived_of shorn_of stripped_of empty_of free_of bare_of strapped_for pressed_for hard_up_for
        badly_off_for ill_off_for sparing_of sparing_in chary_of averse_to allergic_to immune_to cold_on cool_on
        lukewarm_on lukewarm_about indifferent_to a_stranger_to strangers_to unacquainted_with unused_to
        unaccustomed_to cut_off_from spared_from exempt_from easy_on down_on no_fan_of no_fans_of not_a_fan_of
        no_friend_of no_friends_of go_easy_on goes_easy_on going_easy_on go_light_on goes_light_on do_without
        does_without go_without goes_without doing_without going_without gets_by_on_few get_by_on_few
        gets_by_on_little get_by_on_little fall_short_on falls_short_on falling_short_on fall_down_on falls_down_on
        come_up_short_on comes_up_short_on come_short_on comes_short_on
        see_little_of sees_little_of see_few_of make_little_of makes_little_of hear_little_of
        see_next_to_nothing_of precious_few precious_little too_few too_little all_too_few far_too_few
        less_than_their_share_of less_than_their_fair_share_of fewer_than_their_share_of
        fewer_than_their_fair_share_of less_than_its_share_of less_than_its_fair_share_of not_enough not_big_on
        not_much_of a_dash_of no_great_source_of turn_up_their_noses_at turn_their_noses_up_at""",
    ),
    # --- Much of a column, named before ----------------------------------------------------------
    (
        tied(HIGH),
        inflected("""abound proliferate flourish dominate predominate prevail pile_up mount_up add_up_fast flow_freely
        pour_in flood_in roll_in stream_in rain_down come_easily run_rife run_riot run_hot run_thick soar_above""")
        + " "
        + _crossed(
            "play plays playing", "a", "big large major great leading central prominent huge key", "part role"
        )
        + " "
        + _crossed(
            "a an",
            "regular common familiar frequent everyday daily permanent constant",
            "feature sight event occurrence fixture affair presence",
        )
        + " "
        + _crossed("figure figures feature features", "prominently heavily strongly")
        + " "
        + _crossed("a an", "high elevated lofty", "level count tally")
        + " "
        + _crossed("at in towards toward", "the", "upper high higher top", "end range reaches region half")
        + " "
        + _crossed("near towards toward", "the_top_of", "the_range the_scale the_spread")
        + """
        the_heights aplenty galore in_spades to_burn in_droves by_the_dozen by_the_score
        by_the_bucketload by_the_truckload
        by_the_hundred by_the_cartload in_quantity in_numbers in_large_numbers in_great_numbers in_force
        thick_and_fast second_nature bread_and_butter bread-and-butter a_mainstay the_mainstay a_staple a_fixture
        rife a_matter_of_course a_matter_of_routine stock_in_trade stock-in-trade a_habit their_habit
        the_habit clearly_their_habit a_routine
        their_routine their_preference their_favourite their_favorite their_passion the_order_of_the_day
        all_the_rage legion
        through_the_roof sky-high off_the_charts off_the_scale well_up way_up up_there never_far_away
        time_and_again time_and_time_again not_hard_to_find easy_to_find not_hard_to_come_by easy_to_come_by
        not_in_short_supply in_rude_health come_in_waves in_large_quantities a_great_deal_of_the_time
        on_the_generous_side on_the_heavy_side on_the_large_side on_the_big_side on_the_rich_side
        on_the_long_side nothing_if_not_plentiful not_lacking never_lacking not_absent not_few not_small_in_number
        around_every_corner ten_a_penny two_a_penny a_dime_a_dozen countless unending nonstop non-stop""",
    ),
    # --- Little of a column, named before --------------------------------------------------------
    (
        tied(LOW),
        inflected("""dry_up gather_dust lie_idle sit_idle lie_fallow trickle_in peter_out flatline""")
        + " "
        + _crossed(
            _HARDLY,
            """register registers feature features figure figures happen happens occur occurs appear appears arise
            arises exist exists crop_up crops_up turn_up turns_up show_up shows_up come_up comes_up matter matters
            get_a_look_in gets_a_look_in add_up adds_up count counts take_place takes_place there visible noticeable
            make_a_mark makes_a_mark make_a_dent makes_a_dent move_the_needle moves_the_needle make_an_impression
            get_going get_used gets_used materialise materialises materialize materializes leave_a_trace""",
        )
        + " "
        + _crossed(
            "play plays playing",
            """a_small a_minor a_marginal a_negligible a_limited a_tiny little only_a_small only_a_minor hardly_any
            next_to_no no_great no_big no""",
            "part role",
        )
        + " "
        + _crossed("figure figures feature features", "weakly little")
        + " "
        + _crossed("a", "low modest lowly", "level count tally")
        + " "
        + _crossed("at in towards toward", "the", "lower low bottom", "end range reaches region half")
        + " "
        + _crossed("near towards toward", "the_bottom_of", "the_range the_scale the_spread")
        + " "
        + _crossed("run runs running run ran", "dry cold thin")
        + " "
        + _crossed(
            "go goes going stay stays left",
            "unused untouched begging unclaimed untaken by_the_board unheeded unopened",
        )
        + " "
        + _crossed(
            "a an the",
            "rare unusual uncommon infrequent",
            "sight event occurrence thing guest visitor exception",
        )
        + """
        passed_over short_shrift thinly_spread thinly_scattered at_a_low_ebb in_dribs_and_drabs
        once_in_a_blue_moon only_now_and_then only_now_and_again only_once_in_a_while
        few_and_far_between hard_to_come_by hard_to_find hard_to_spot not_to_be_found nowhere_to_be_found
        nowhere_to_be_seen well_down way_down an_afterthought a_sideshow a_side_issue a_footnote
        an_exception the_exception a_drop_in_the_ocean small_beer small_potatoes nothing_much not_up_to_much not_much
        conspicuous_by_their_absence conspicuous_by_its_absence on_the_back_burner a_poor_relation the_poor_relation
        a_miss a_wide_berth at_arm's_length a_cold_shoulder a_shadow_of_the_average never_get_going never_gets_going
        not_up_there kept_down kept_low kept_to_a_minimum next_to_nothing close_to_nothing not_worth_mentioning
        hardly_worth_mentioning of_little_weight of_no_great_size of_no_great_number on_the_slim_side
        on_the_lean_side on_the_light_side on_the_thin_side on_the_small_side on_the_short_side on_the_meagre_side
        on_the_modest_side in_the_doldrums absent_for_the_most_part largely_absent mostly_absent few_in_number
        small_in_number not_in_evidence""",
    ),
    # --- Against the average ---------------------------------------------------------------------
    (
        MORE,
        _crossed(
            "leave leaves leaving",
            _AVERAGES,
            "behind standing trailing far_behind in_the_dust in_their_wake in_its_wake",
        )
        + " "
        + _crossed("put puts putting", _AVERAGES, "in_the_shade to_shame")
        + " "
        + _crossed("clear clears clearing better betters bettering over_and_above", _AVERAGES)
        + " "
        + _crossed("clear clears top tops", "the_bar", "set_by", _AVERAGES),
    ),
    (
        LESS,
        _crossed(
            "never fail_to fails_to failed_to",
            "reach attain hit come_up_to get_up_to keep_up_with keep_pace_with come_near get_near match",
            _AVERAGES,
        ),
    ),
    (
        transitive(MORE),
        inflected(
            "overshoot edge_past inch_past sail_past breeze_past race_past romp_past rise_above tower_above"
        ),
    ),
    (
        transitive(LESS),
        _crossed(
            _NOT,
            """measure_up_to come_up_to match_up_to get_up_to live_up_to keep_up_with keep_pace_with stand_up_to get_near
            hold_a_candle_to""",
        )
        + " not_up_to no_match_for a_shadow_of fall_shy_of falls_shy_of"
        + " fail_to_match fails_to_match failing_to_match cannot_match can't_match",
    ),
    # --- Good and bad by the dictionary ----------------------------------------------------------
    (
        tied(Sense("relation", 1, "plain", polar=True)),
        _crossed(
            "excel excels excelling shine shines shining do_well does_well do_handsomely score_well scores_well"
            " fare_well fares_well perform_well performs_well do_nicely rate_well rates_well outperform outperforms"
            " come_out_well comes_out_well stand_out_well impress impresses do_splendidly",
            "on in at for",
        )
        + " "
        + _crossed(
            _WHERE, "shine excel shines excels do_well does_well impress impresses perform do_best_of_all"
        )
        + " up_to_scratch stellar superb splendid first-rate top-notch a_feather_in_their_cap a_bright_spot",
    ),
    (
        tied(Sense("relation", -1, "plain", polar=True)),
        _crossed(
            """do_poorly does_poorly do_badly does_badly score_poorly scores_poorly score_badly scores_badly fare_poorly
            fares_poorly fare_badly fares_badly perform_poorly performs_poorly disappoint disappoints struggle
            struggles stumble stumbles flounder flounders""",
            "on in at with",
        )
        + " "
        + _crossed(
            _WHERE, "struggle struggles disappoint disappoints do_badly does_badly stumble stumbles flounder"
        )
        + " "
        + _crossed(
            "leave leaves leaving", "much a_lot something a_great_deal a_good_deal plenty", "to_be_desired"
        )
        + """ dismal dire woeful abysmal lamentable second-rate unimpressive uninspiring an_achilles_heel
        their_achilles_heel an_achilles'_heel a_sore_spot a_black_spot nothing_to_boast_about nothing_to_shout_about
        nothing_to_brag_about not_up_to_scratch a_thorn_in_their_side""",
    ),
    (
        tied(HIGH),
        _crossed(
            _WHERE, "tower lead_the_average top_the_average overshoot pull_ahead come_out_ahead run_high"
        ),
    ),
    (
        tied(LOW),
        _crossed(
            _WHERE,
            """fall_short falls_short lag lags trail trails fall_behind falls_behind come_up_short comes_up_short lack
            run_low fall_down falls_down""",
        ),
    ),
    # --- Near average ----------------------------------------------------------------------------
    (
        tied(Sense("near")),
        _crossed(
            "at in within",
            "a an the",
            "usual normal average ordinary typical middling standard",
            "level range band",
        )
        + " "
        + _crossed(
            "do_not does_not don't doesn't hardly barely scarcely never",
            "stand_out stands_out stick_out sticks_out",
        )
        + """ normal standard unspectacular no_outlier not_an_outlier as_in_the_base just_like_elsewhere like_elsewhere
        just_as_elsewhere like_everyone_else like_everybody_else like_those_of_anybody_else like_those_of_the_base
        where_the_base_is where_the_average_is where_you_would_expect_them where_one_would_expect_them
        what_you_would_expect what_one_would_expect as_you_would_expect as_one_would_expect""",
    ),
    (
        Sense("near"),
        _crossed(
            """hug hugs hugging shadow shadows shadowing echo echoes echoing resemble resembles resembling approximate
            approximates approach approaches parallel parallels follow follows equal equals track tracks tracking
            mirror mirrors mirroring keep_to keeps_to keeping_to stick_to sticks_to sticking_to conform_to conforms_to
            adhere_to adheres_to hew_to hews_to cling_to clings_to keep_pace_with keeps_pace_with
            sit_at sits_at sit_on
            sits_on land_on lands_on land_at lands_at right_at right_on bang_on spot_on dead_on smack_on squarely_on
            exactly_at exactly_on precisely_on precisely_at almost_at almost_exactly_at almost_exactly_on
            not_unlike much_like more_or_less_at a_hair's_breadth_from a_stone's_throw_from
            within_touching_distance_of within_a_hair's_breadth_of within_a_stone's_throw_of within_reach_of
            within_sight_of not_far_off never_far_from come_in_at comes_in_at hold_to holds_to
            hold_at holds_at not_a_long_way_from a_near_match_for a_match_for in_tune_with
            in_harmony_with consistent_with of_a_piece_with""",
            _AVERAGES,
        )
        + " "
        + _crossed(
            _NOT,
            """differ_from differs_from deviates_from departs_from strays_from diverges_from deviate_from
            deviate_far_from depart_from depart_far_from stray_from stray_far_from diverge_from
            vary_from diverge_far_from differ_much_from differ_greatly_from deviate_much_from
            stray_much_from stand_out_from differ_noticeably_from""",
            _AVERAGES + " that_of_the_base those_of_the_base that_of_the_average those_of_the_average",
        )
        + " "
        + _crossed(
            "differ differs deviate deviates stray strays depart departs",
            "little only_a_little hardly",
            "from",
            _AVERAGES,
        )
        + " "
        + _crossed(
            "show shows showing",
            "no little no_real hardly_any no_great",
            "difference deviation departure",
            "from",
            _AVERAGES,
        )
        + " "
        + _crossed(
            "hardly scarcely barely not_very not_much not_noticeably little", "different", "from", _AVERAGES
        )
        + " "
        + _crossed(
            "about much roughly broadly exactly just precisely",
            "what",
            "you one we anyone",
            "would might could",
            "expect",
        )
        + " "
        + _crossed(_NOT, "move lie sit stand fall wander land", "far_from", _AVERAGES)
        + " "
        + _crossed("bang dead plain thoroughly distinctly strictly perfectly squarely", "average")
        + """
        bang_on_average right_on_average spot_on_average dead_on_average smack_on_average out_average
        nothing_sets_them_apart_on nothing_unusual_about
        much_as_elsewhere much_as_everywhere par_for_the_course run-of-the-mill so-so unexceptional nothing_special
        bog-standard garden-variety neither_here_nor_there a_wash in_the_middle_of_the_range in_the_middle_range
        in_the_mid_range nothing_unusual nothing_remarkable nothing_exceptional nothing_extraordinary
        neither_many_nor_few neither_few_nor_many neither_much_nor_little neither_little_nor_much
        neither_more_nor_less neither_one_nor_the_other
        of_the_usual_size of_average_size of_ordinary_size of_the_ordinary_kind not_remarkable not_exceptional
        not_out_of_the_ordinary""",
    ),
)
"""Each sense with its phrases; underscores stand for spaces and hyphens."""
