//! Goals, targets and ratings, and the parts that later issues evaluate.

use crate::after_people;

refused! { after_people;

the_cost_is_divided_by_units: r#"[indicators.cost]
kind = "ratio"
register = "people"
of_sum = "score"
per = {}
[money]
per = ["cost"]"# => "wrong_type",
    "project file, line 28, column 8: expected an indicator of units: a count, share, change or incidence, found one \
     of kind ratio";

funding_is_of_what_there_is: r#"[money]
funding = [{ source = "ESF", share = 0.75 }, { source = "kommunerna", share = 0.5 }]"# => "conflict",
    "project file, line 23, column 71: the shares of the funding are fractions from 0 to 1, and at most 1 together";

plans_of_money_are_in_order: r"[money]
plan = [{ from = 2021-01-01, value = 2 }, { from = 2020-01-01, value = 1 }]" => "revisions_out_of_order",
    "project file, line 23, column 45: the version from 2020-01-01 stands after the one from 2021-01-01 or on the same \
     day; put versions in order, one a day";

what_is_planned_is_counted: r#"[indicators.share]
kind = "share"
register = "people"
having = { gender = "man" }
[[planned]]
indicator = "share"
plan = []"# => "wrong_type",
    "project file, line 27, column 1: expected a count or a sum, found one of kind share";

a_period_ends_after_it_begins: r#"[indicators.all]
kind = "count"
register = "people"
[[planned]]
indicator = "all"
plan = []
active = [{ first_day = 2021-02-01, last_day = 2021-01-01 }]"# => "conflict",
    "project file, line 28, column 37: `last_day` lies before `first_day`; exchange them or correct one";

a_goal_is_named_by_one_word: r#"[goals."mål 1"]
level = "individual"
tier = "sub""# => "invalid_name",
    "project file, line 22, column 8: `mål 1` cannot be a name; use letters, digits, `_` and `-`, \
     with a letter first";

a_goal_has_an_indicator_that_exists: r#"[goals.x]
level = "individual"
tier = "sub"
indicator = "mn""# => "unknown_name",
    "project file, line 25, column 1: there is no indicator `mn`; did you mean `men`?";

the_level_of_a_goal_is_one_of_three: r#"[goals.x]
level = "person"
tier = "sub""# => "unknown_word",
    "project file, line 23, column 1: `person` is none of the words that may stand here; expected \
     one of `individual`, `organisation`, `structure`";

a_goal_has_a_level_and_a_tier: r#"[goals.x]
sv = "x""# => "missing_key",
    "project file, line 22, column 8: `level` is missing; it is required here\n\
     project file, line 22, column 8: `tier` is missing; it is required here";

a_goal_leads_to_one_that_exists: r#"[goals.x]
level = "individual"
tier = "sub"
leads_to = ["mens"]"# => "unknown_name",
    "project file, line 25, column 13: there is no goal `mens`; did you mean `men`?";

goals_do_not_lead_to_each_other: r#"[goals.x]
level = "individual"
tier = "sub"
leads_to = ["y"]
[goals.y]
level = "individual"
tier = "sub"
leads_to = ["z"]
[goals.z]
level = "individual"
tier = "sub"
leads_to = ["x"]"# => "cycle",
    "project file, line 25, column 1: `x` → `y` → `z` → `x` leads back to itself; break the circle";

a_goal_does_not_lead_to_itself: r#"[goals.x]
level = "individual"
tier = "sub"
leads_to = ["x"]"# => "cycle",
    "project file, line 25, column 1: `x` → `x` leads back to itself; break the circle";

a_share_is_not_1_7: r#"[goals.x]
level = "individual"
tier = "sub"
indicator = "men"
targets = [{ from = 2022-01-01, at_least = 1.7 }]"# => "target_out_of_range",
    "project file, line 26, column 33: 1.7 is not a share from 0 to 1";

a_share_of_70_was_meant_as_a_percentage: r#"[goals.x]
level = "individual"
tier = "sub"
indicator = "men"
targets = [{ from = 2022-01-01, at_least = 70 }]"# => "target_out_of_range",
    "project file, line 26, column 33: 70 is not a share from 0 to 1; did you mean 0.70?";

a_share_of_42_5_was_meant_as_a_percentage: r#"[goals.x]
level = "individual"
tier = "sub"
indicator = "men"
targets = [{ from = 2022-01-01, at_least = 42.5 }]"# => "target_out_of_range",
    "project file, line 26, column 33: 42.5 is not a share from 0 to 1; did you mean 0.425?";

two_shares_of_a_percentage_each: r#"[goals.x]
level = "individual"
tier = "sub"
indicator = "men"
targets = [{ from = 2022-01-01, between = [40, 60] }]"# => "target_out_of_range",
    "project file, line 26, column 33: 40 is not a share from 0 to 1; did you mean 0.40?";

a_share_is_not_negative: r#"[goals.x]
level = "individual"
tier = "sub"
indicator = "men"
targets = [{ from = 2022-01-01, at_most = -0.1 }]"# => "target_out_of_range",
    "project file, line 26, column 33: -0.1 is not a share from 0 to 1";

a_share_of_170_was_meant_as_nothing: r#"[goals.x]
level = "individual"
tier = "sub"
indicator = "men"
targets = [{ from = 2022-01-01, at_most = 170 }]"# => "target_out_of_range",
    "project file, line 26, column 33: 170 is not a share from 0 to 1";

a_count_is_not_negative_and_has_no_all: r#"[indicators.n]
kind = "count"
register = "people"
[goals.x]
level = "individual"
tier = "sub"
indicator = "n"
targets = [{ from = 2022-01-01, at_least = -5 }, { from = 2022-02-01, all = true }]"# => "target_out_of_range",
    "project file, line 29, column 33: -5 is not a count of 0 or more\n\
     project file, line 29, column 71: `all` is a promise about a share: that every unit observed \
     is a success";

a_target_promises_something: r#"[goals.x]
level = "individual"
tier = "sub"
indicator = "men"
targets = [{ from = 2022-01-01 }]"# => "missing_key",
    "project file, line 26, column 12: `at_least` is missing; a target needs one of at_least, \
     at_most, between, all, exists";

a_target_promises_one_thing: r#"[goals.x]
level = "individual"
tier = "sub"
indicator = "men"
targets = [{ from = 2022-01-01, at_least = 0.1, at_most = 0.5 }]"# => "conflict",
    "project file, line 26, column 49: a target promises one thing; keep one of at_least, at_most, \
     between, all, exists";

a_target_holds_from_a_day: r#"[goals.x]
level = "individual"
tier = "sub"
indicator = "men"
targets = [{ at_least = 0.1 }]"# => "missing_key",
    "project file, line 26, column 12: `from` is missing; it is required here";

a_target_is_between_the_lowest_and_the_highest: r#"[goals.x]
level = "individual"
tier = "sub"
indicator = "men"
targets = [{ from = 2022-01-01, between = [0.6, 0.4] }]"# => "conflict",
    "project file, line 26, column 33: the lowest stands first: [lowest, highest]";

a_target_is_between_two_numbers: r#"[goals.x]
level = "individual"
tier = "sub"
indicator = "men"
targets = [{ from = 2022-01-01, between = [0.6] }]"# => "conflict",
    "project file, line 26, column 33: `between` takes two numbers: [lowest, highest]";

all_is_true: r#"[goals.x]
level = "individual"
tier = "sub"
indicator = "men"
targets = [{ from = 2022-01-01, all = false }]"# => "conflict",
    "project file, line 26, column 33: `all` is true or left out";

a_target_of_an_indicator_is_a_number: r#"[goals.x]
level = "individual"
tier = "sub"
indicator = "men"
targets = [{ from = 2022-01-01, at_least = "half" }]"# => "wrong_type",
    "project file, line 26, column 33: expected a number, found text";

a_tolerance_is_not_negative: r#"[goals.x]
level = "individual"
tier = "sub"
indicator = "men"
targets = [{ from = 2022-01-01, at_least = 0.5, tolerance = -0.1 }]"# => "out_of_range",
    "project file, line 26, column 49: -0.1 is not a tolerance of 0 or more";

a_tolerance_of_a_share_is_a_share: r#"[goals.x]
level = "individual"
tier = "sub"
indicator = "men"
targets = [{ from = 2022-01-01, at_least = 0.5, tolerance = 5 }]"# => "out_of_range",
    "project file, line 26, column 49: 5 is not a tolerance of a share, from 0 to 1; did you mean \
     0.05?";

a_tolerance_belongs_to_a_number: r#"[goals.x]
level = "individual"
tier = "sub"
indicator = "men"
targets = [{ from = 2022-01-01, exists = true, tolerance = 0.1 }]"# => "conflict",
    "project file, line 26, column 48: `tolerance` belongs to a target with a number";

a_target_has_18_digits_at_most: r#"[goals.x]
level = "individual"
tier = "sub"
indicator = "men"
targets = [{ from = 2022-01-01, at_least = 0.12345678901234567890e-5 }]"# => "wrong_type",
    "project file, line 26, column 33: expected a number of at most 18 digits, found a decimal \
     number";

a_target_is_not_nan: r#"[goals.x]
level = "individual"
tier = "sub"
indicator = "men"
targets = [{ from = 2022-01-01, at_least = nan }]"# => "wrong_type",
    "project file, line 26, column 33: expected a number of at most 18 digits, found a decimal \
     number";

versions_stand_in_the_order_of_their_days: r#"[goals.x]
level = "individual"
tier = "sub"
indicator = "men"
targets = [{ from = 2022-06-01, at_least = 0.5 }, { from = 2022-01-01, at_least = 0.4 }]"# => "revisions_out_of_order",
    "project file, line 26, column 53: the version from 2022-01-01 stands after the one from \
     2022-06-01 or on the same day; put versions in order, one a day";

two_versions_do_not_begin_on_one_day: r#"[goals.x]
level = "individual"
tier = "sub"
indicator = "men"
targets = [{ from = 2022-06-01, at_least = 0.5 }, { from = 2022-06-01, at_least = 0.4 }]"# => "revisions_out_of_order",
    "project file, line 26, column 53: the version from 2022-06-01 stands after the one from \
     2022-06-01 or on the same day; put versions in order, one a day";

a_goal_is_computed_or_rated: r#"[goals.x]
level = "individual"
tier = "sub"
indicator = "men"
scale = ["no", "yes"]
evidence = [{ rating = "yes", on = 2022-01-01, source = "s" }]"# => "conflict",
    "project file, line 27, column 1: a goal is computed from an indicator or rated with evidence, \
     not both";

a_rating_stands_on_a_scale: r#"[goals.x]
level = "individual"
tier = "sub"
evidence = [{ rating = "yes", on = 2022-01-01, source = "s" }]"# => "conflict",
    "project file, line 25, column 15: a rating needs the goal's `scale`: the ratings there are, \
     lowest first";

a_rating_is_one_of_the_scale: r#"[goals.x]
level = "individual"
tier = "sub"
scale = ["no", "yes"]
targets = [{ from = 2022-01-01, at_least = "yess" }]
evidence = [{ rating = "yep", on = 2022-01-01, source = "s" }]"# => "unknown_name",
    "project file, line 26, column 33: there is no rating `yess`; did you mean `yes`?\n\
     project file, line 27, column 15: there is no rating `yep`; did you mean `yes`?";

a_target_of_ratings_is_a_rating: r#"[goals.x]
level = "individual"
tier = "sub"
scale = ["no", "yes"]
targets = [{ from = 2022-01-01, at_least = 1 }, { from = 2022-01-02, all = true }, { from = 2022-01-03, exists = true }, { from = 2022-01-04, at_least = "yes", tolerance = 0.1 }]"# => "wrong_type",
    "project file, line 26, column 33: expected a rating of the scale, found a number\n\
     project file, line 26, column 70: `all` is a promise about a share: that every unit observed \
     is a success\n\
     project file, line 26, column 105: `exists` is a promise about counted units, not about a \
     rating\n\
     project file, line 26, column 161: `tolerance` belongs to a target with a number";

a_rated_part_exists: r#"[goals.x]
level = "individual"
tier = "sub"
scale = ["no", "yes"]
evidence = [{ where = { gendr = "man" }, rating = "yes", on = 2022-01-01, source = "s" }, { where = { gender = "mann" }, rating = "yes", on = 2022-01-01, source = "s" }, { where = "West", rating = "yes", on = 2022-01-01, source = "s" }]"# => "unknown_name",
    "project file, line 26, column 25: there is no column `gendr`; did you mean `gender`?\n\
     project file, line 26, column 103: there is no level `mann`; did you mean `man`?\n\
     project file, line 26, column 173: expected a table of column = level, found the text `West`";

a_check_is_one_of_nine: r#"[checks.x]
principle = "equality"
kind = "represent""# => "unknown_word",
    "project file, line 24, column 1: `represent` is none of the words that may stand here; \
     expected one of `representation`, `gap`, `process`, `given`, `parity`, `disaggregation`, \
     `cadence`, `meetings`, `criteria`";

a_gap_is_between_groups: r#"[checks.x]
principle = "equality"
kind = "gap"
indicator = "men"
groups = 5"# => "wrong_type",
    "project file, line 26, column 1: expected a column or a list of columns, found a whole number";

a_gap_is_between_levels: r#"[checks.x]
principle = "equality"
kind = "gap"
indicator = "men"
groups = ["gender", "completed"]
adjusted_for = ["stepp"]"# => "wrong_type",
    "project file, line 26, column 21: expected a column of type level or ordinal or flag, found \
     `completed`, a column of type date\n\
     project file, line 27, column 17: there is no column `stepp`; did you mean `step`?";

a_ground_is_one_of_seven_and_covered_once: r#"[grounds]
gender = { measured = "gender" }
sex = { measured = "gender", not_collected = "x" }
age = { process = "checks.x" }"# => "unknown_name",
    "project file, line 23, column 1: there is no ground `gender`; expected one of `sex`, \
     `gender_identity`, `ethnicity`, `religion`, `disability`, `sexual_orientation`, `age`\n\
     project file, line 24, column 1: a ground is one of: `measured` by a column, covered by a \
     `process`, or `not_collected`\n\
     project file, line 25, column 9: there is no check `x`";

an_activity_follows_an_indicator_and_ends_after_it_begins: r#"[[plan]]
sv = "x"
indicator = "womn"
first_day = 2022-06-01
last_day = 2022-05-01"# => "unknown_name",
    "project file, line 24, column 1: there is no indicator `womn`; expected one of `men`\n\
     project file, line 26, column 1: `last_day` lies before `first_day`; exchange them or correct \
     one";

a_flow_passes_through_levels_that_exist: r#"[flow]
register = "people"
stages = [{ id = "a", of = { gender = "womn" } }]
reasons = "completed""# => "unknown_name",
    "project file, line 24, column 30: there is no level `womn`; did you mean `woman`?\n\
     project file, line 25, column 1: expected a column of type level or ordinal or flag, found \
     `completed`, a column of type date";

a_flow_has_stages: r#"[flow]
register = "people""# => "missing_key",
    "project file, line 22, column 2: `stages` is missing; list the stages in order, each with `id` \
     and `of`";

a_stage_has_an_id_of_its_own: r#"[flow]
register = "people"
stages = [{ id = "a", of = {} }, { id = " ", of = {} }, { id = "a", of = {} }]"# => "conflict",
    "project file, line 24, column 36: a stage needs an id: what it is called in tables\n\
     project file, line 24, column 59: the stage `a` stands twice; give each its own id";

a_published_figure_speaks_of_what_exists: r#"[published]
statements = [{ id = "s", register = "people", says = { percent = 5 }, answers = "mn" }]
tables = [{ id = "t", source = "s", register = "people", by = ["gender"], rows = [{ woman = 1, men = 2 }], total = { x = "y", woman = -1 } }]"# => "unknown_name",
    "project file, line 23, column 72: there is no goal `mn`; did you mean `men`?\n\
     project file, line 24, column 96: there is no level `men`; did you mean `man`?\n\
     project file, line 24, column 118: there is no column `x`\n\
     project file, line 24, column 127: expected a whole number, 0 or more, found -1";

a_printed_table_crosses_what_it_names: r#"[published]
tables = [
  { id = "t", source = "s", register = "people", by = ["gender"], rows = [], partial = ["gendr"], overlap = ["step"], rounded_to = 1, of = { gender = "womn" } },
  { id = "t", source = "s", register = "people", by = ["gender"], rows = [] },
]"# => "unknown_name",
    "project file, line 24, column 89: there is no column `gendr`; did you mean `gender`?\n\
     project file, line 24, column 110: there is no column `step`; expected one of `gender`\n\
     project file, line 24, column 119: 1 is not a unit that numbers are rounded to, 2 or more\n\
     project file, line 24, column 142: there is no level `womn`; did you mean `woman`?\n\
     project file, line 25, column 5: the id `t` stands twice; give each its own id";

a_statement_says_something_that_fits: r#"[published]
statements = [
  { id = "a", says = { count = 1 } },
  { id = "b", register = "people", says = { decimals = 10 } },
  { id = "c", register = "people", says = { out_of = [3, 2] } },
  { id = "d", register = "people", says = { ratio = 2 }, having = { gender = "man" } },
  { id = "e", money = ["plan", "outcome", "plan"], says = { over = 50, in_proportion_to = "mn" } },
  { id = "f", register = "people", says = { words = "most", rounding = "off" } },
  { id = "f", register = "people", says = { n = 1 }, having = { gender = "man" }, per = { gender = "womn" } },
]"# => "missing_key",
    "project file, line 24, column 3: `register` is missing; name the register that the statement \
     speaks of, or say `money`\n\
     project file, line 25, column 45: 10 is not a number of decimals, 9 or fewer\n\
     project file, line 26, column 45: `out_of` takes two numbers: so many, out of so many\n\
     project file, line 27, column 36: a `ratio` is that of `having` to `per`; say all three, or \
     none\n\
     project file, line 28, column 15: `money` takes one amount, or an amount and what it is a \
     share of\n\
     project file, line 28, column 72: there is no goal `mn`; did you mean `men`?\n\
     project file, line 29, column 45: `most` is none of the words that may stand here; expected \
     one of `nobody`, `less_than_half`, `almost_half`, `half`, `a_little_more_than_half`, \
     `more_than_half`, `everybody`\n\
     project file, line 29, column 61: `off` is none of the words that may stand here; expected \
     one of `half_up`, `half_even`, `down`, `up`\n\
     project file, line 30, column 5: the id `f` stands twice; give each its own id\n\
     project file, line 30, column 36: a `ratio` is that of `having` to `per`; say all three, or \
     none\n\
     project file, line 30, column 91: there is no level `womn`; did you mean `woman`?";

a_statement_says_something: r#"[published]
statements = [
  { id = "a", register = "people", says = { decimals = 1 } },
  { id = "b", money = ["plan"], says = { over = 50 } },
]"# => "conflict",
    "project file, line 24, column 36: the statement says nothing; say `count`, `percent`, `over`, \
     `words`, `out_of`, `ratio` or another\n\
     project file, line 25, column 3: it speaks of money, and the project has no `[money]`";

money_is_a_number: r#"[money]
plan = [{ from = 2022-01-01, value = "mycket" }]"# => "wrong_type",
    "project file, line 23, column 30: expected a number of at most 18 digits, found the text \
     `mycket`";
}
