//! Indicators and conditions that cannot be computed from their register.

use crate::after_people;

refused! { after_people;

an_indicator_has_a_kind: r#"[indicators.x]
register = "people""# => "missing_key",
    "project file, line 22, column 13: `kind` is missing; write one of share, count, sum, mean, \
     ratio, change, incidence, coverage, survey";

a_kind_is_one_of_nine: r#"[indicators.x]
kind = "shar"
register = "people"
having = { gender = "man" }"# => "unknown_word",
    "project file, line 23, column 1: `shar` is none of the words that may stand here; did you mean \
     `share`?";

a_count_has_no_success: r#"[indicators.x]
kind = "count"
register = "people"
having = { gender = "man" }"# => "unknown_key",
    "project file, line 25, column 1: unknown key `having`; expected one of `sv`, `en`, `register`, \
     `of`, `exclude`, `kind`";

a_time_has_a_name_that_is_known: r#"[indicators.x]
kind = "share"
register = "people"
having = { gender = "man" }
follow_up = { after = "completed", at = "later" }"# => "wrong_type",
    "project file, line 26, column 36: expected `exit` for the day itself, or a time after it like `+28 d` or \
     `+3 months`, found the text `later`";

a_named_time_is_within_the_calendar: r#"[indicators.x]
kind = "share"
register = "people"
having = { gender = "man" }
follow_up = { after = "completed", at = "+4000 months" }"# => "out_of_range",
    "project file, line 26, column 36: 4000 is not a time of at most 100 years";

a_coverage_is_not_of_persons: r#"[registers.visits]
unit = "visit"
person = "Id"
count = "persons"
starts = "first"
ends = "last"
columns.first = { header = "Från", type = "date" }
columns.last = { header = "Till", type = "date" }
[indicators.x]
kind = "coverage"
register = "visits"
month = "first""# => "conflict",
    "project file, line 31, column 1: a coverage asks which months have a row, and this register counts persons; \
     declare the table once more, with `count = \"units\"`";

an_indicator_is_of_a_register_that_exists: r#"[indicators.x]
kind = "count"
register = "peopel""# => "unknown_name",
    "project file, line 24, column 1: there is no register `peopel`; did you mean `people`?";

a_share_has_a_success: r#"[indicators.x]
kind = "share"
register = "people""# => "missing_key",
    "project file, line 22, column 13: `having` is missing; it is required here";

an_indicator_is_named_by_one_word: r#"[indicators."andel män"]
kind = "count"
register = "people""# => "invalid_name",
    "project file, line 22, column 13: `andel män` cannot be a name; use letters, digits, `_` and \
     `-`, with a letter first";

a_condition_names_a_level_that_is_declared: r#"[indicators.x]
kind = "count"
register = "people"
of = { gender = "womn" }"# => "unknown_name",
    "project file, line 25, column 8: there is no level `womn`; did you mean `woman`?";

a_condition_lists_levels_that_are_declared: r#"[indicators.x]
kind = "count"
register = "people"
of = { step = ["1", 4] }"# => "unknown_name",
    "project file, line 25, column 21: there is no level `4`; expected one of `1`, `2`, `3`";

a_condition_names_a_column_that_exists: r#"[indicators.x]
kind = "count"
register = "people"
of = { gendr = "woman" }"# => "unknown_name",
    "project file, line 25, column 8: there is no column `gendr`; did you mean `gender`?";

a_condition_is_a_table: r#"[indicators.x]
kind = "count"
register = "people"
of = "gender = woman""# => "wrong_type",
    "project file, line 25, column 1: expected a condition: a table, found the text `gender = \
     woman`";

any_takes_a_list: r#"[indicators.x]
kind = "count"
register = "people"
of = { any = { gender = "woman" } }"# => "wrong_type",
    "project file, line 25, column 8: expected a list, found a table";

any_takes_something: r#"[indicators.x]
kind = "count"
register = "people"
of = { any = [] }"# => "conflict",
    "project file, line 25, column 8: an empty list decides nothing; name at least one condition";

a_list_of_values_holds_one: r#"[indicators.x]
kind = "count"
register = "people"
of = { gender = [] }"# => "conflict",
    "project file, line 25, column 8: an empty list matches nothing; name at least one value";

levels_without_an_order_have_no_bounds: r#"[indicators.x]
kind = "count"
register = "people"
of = { gender = { at_least = "woman" } }"# => "conflict",
    "project file, line 25, column 8: levels without an order have no bounds; list the levels, or \
     declare the column as ordinal";

bounds_say_something: r#"[indicators.x]
kind = "count"
register = "people"
of = { score = {} }"# => "conflict",
    "project file, line 25, column 8: say `known`, `at_least`, `at_most` or `between`";

a_bound_that_is_nearly_one_is_taken_for_it: r#"[indicators.x]
kind = "count"
register = "people"
of = { score = { atleast = 5 } }"# => "unknown_key",
    "project file, line 25, column 18: unknown key `atleast`; did you mean `at_least`?";

between_takes_two_values: r#"[indicators.x]
kind = "count"
register = "people"
of = { score = { between = [1, 2, 3] } }"# => "conflict",
    "project file, line 25, column 18: `between` takes two values: [smallest, largest]";

between_takes_the_smallest_first: r#"[indicators.x]
kind = "count"
register = "people"
of = { score = { between = [5, 2] } }"# => "conflict",
    "project file, line 25, column 18: the smallest stands first: [smallest, largest]";

a_number_is_not_compared_with_a_text: r#"[indicators.x]
kind = "count"
register = "people"
of = { score = "five" }"# => "wrong_type",
    "project file, line 25, column 8: expected a number, found text";

a_date_is_not_compared_with_a_number: r#"[indicators.x]
kind = "count"
register = "people"
of = { completed = { at_least = 5 } }"# => "wrong_type",
    "project file, line 25, column 22: expected a date like 2022-06-30, found a number";

a_flag_is_not_compared_with_a_text: r#"[indicators.x]
kind = "count"
register = "people"
of = { asked = "ja" }"# => "wrong_type",
    "project file, line 25, column 8: expected true or false, found text";

nothing_is_compared_with_a_time_of_day: r#"[indicators.x]
kind = "count"
register = "people"
of = { completed = 12:00:00 }"# => "wrong_type",
    "project file, line 25, column 8: expected a level, a number, a date, true or false, found a \
     time of day";

a_change_is_between_ordered_columns: r#"[indicators.x]
kind = "count"
register = "people"
of = { change = { from = "gender", to = "step", at_least = 1 } }"# => "wrong_type",
    "project file, line 25, column 19: expected a column of type ordinal or number, found `gender`, \
     a column of type level";

a_change_is_between_columns_alike: r#"[indicators.x]
kind = "count"
register = "people"
of = { change = { from = "step", to = "score", at_least = 1 } }"# => "conflict",
    "project file, line 25, column 8: `step` and `score` must be two ordinal columns with the same \
     levels, or two numbers";

a_change_has_a_size: r#"[indicators.x]
kind = "count"
register = "people"
of = { change = { from = "score", to = "score" } }"# => "conflict",
    "project file, line 25, column 8: say how large the change is: `at_least` or `at_most`";

a_change_leads_somewhere: r#"[indicators.x]
kind = "count"
register = "people"
of = { change = { from = "score", at_least = 1 } }"# => "missing_key",
    "project file, line 25, column 8: `to` is missing; it is required here";

a_follow_up_runs_from_a_date: r#"[indicators.x]
kind = "share"
register = "people"
having = { gender = "man" }
follow_up = { after = "gender", months = 3 }"# => "wrong_type",
    "project file, line 26, column 15: expected a column of type date, found `gender`, a column of \
     type level";

a_follow_up_takes_its_time: r#"[indicators.x]
kind = "share"
register = "people"
having = { gender = "man" }
follow_up = { after = "completed" }"# => "conflict",
    "project file, line 26, column 1: say how long after: one of `months`, `days` and `at`";

a_follow_up_is_in_months_or_in_days: r#"[indicators.x]
kind = "share"
register = "people"
having = { gender = "man" }
follow_up = { after = "completed", months = 3, days = 5 }"# => "conflict",
    "project file, line 26, column 1: say how long after: one of `months`, `days` and `at`";

a_follow_up_is_within_a_life: r#"[indicators.x]
kind = "share"
register = "people"
having = { gender = "man" }
follow_up = { after = "completed", months = 5000 }"# => "out_of_range",
    "project file, line 26, column 36: 5000 is not a time of at most 100 years";

a_follow_up_lies_ahead: r#"[indicators.x]
kind = "share"
register = "people"
having = { gender = "man" }
follow_up = { after = "completed", months = -3 }"# => "wrong_type",
    "project file, line 26, column 36: expected a whole number, 0 or more, found -3";

a_window_needs_the_day_of_the_observation: r#"[indicators.x]
kind = "share"
register = "people"
having = { gender = "man" }
follow_up = { after = "completed", months = 3, window_days = [14, 30] }"# => "missing_key",
    "project file, line 26, column 1: `observed_on` is missing; a window needs the column with the \
     day of the observation";

a_window_has_two_sides: r#"[indicators.x]
kind = "share"
register = "people"
having = { gender = "man" }
follow_up = { after = "completed", months = 3, observed_on = "completed", window_days = [14] }"# => "conflict",
    "project file, line 26, column 75: `window_days` takes two numbers: [days before, days after] \
     the due day";

an_observation_is_made_on_a_date: r#"[indicators.x]
kind = "share"
register = "people"
having = { gender = "man" }
follow_up = { after = "completed", months = 3, observed_on = "step", window_days = [14, 30] }"# => "wrong_type",
    "project file, line 26, column 48: expected a column of type date, found `step`, a column of \
     type ordinal";

a_sum_is_of_numbers: r#"[indicators.x]
kind = "sum"
register = "people"
column = "gender""# => "wrong_type",
    "project file, line 25, column 1: expected a column of type number, found `gender`, a column of \
     type level";

a_sum_is_of_a_column: r#"[indicators.x]
kind = "sum"
register = "people""# => "missing_key",
    "project file, line 22, column 13: `column` is missing; it is required here";

a_ratio_is_per_one_thing: r#"[indicators.x]
kind = "ratio"
register = "people"
of_sum = "score"
per = { having = { gender = "man" }, sum = "score" }"# => "conflict",
    "project file, line 26, column 1: a ratio is per units that meet `having` or per a `sum`, not \
     both";

an_incidence_has_events: r#"[indicators.x]
kind = "incidence"
register = "people"
after = "completed"
events = {}
horizons = [{ months = 3 }]"# => "missing_key",
    "project file, line 26, column 1: `events` is missing; name the kinds of event with their date \
     columns";

an_incidence_has_a_horizon: r#"[indicators.x]
kind = "incidence"
register = "people"
after = "completed"
events = { work = "completed" }"# => "missing_key",
    "project file, line 22, column 13: `horizons` is missing; say by when: [{ months = 3 }]";

a_change_of_steps_has_items: r#"[indicators.x]
kind = "change"
register = "people"
items = []"# => "missing_key",
    "project file, line 25, column 1: `items` is missing; list the items: which column before, \
     which after";

several_items_have_a_rule: r#"[registers.r]
unit = "person"
columns.a = { header = "A", type = "ordinal", levels = ["1", "2"] }
columns.b = { header = "B", type = "ordinal", levels = ["1", "2"] }
columns.c = { header = "C", type = "number" }
columns.d = { header = "D", type = "number" }
[indicators.x]
kind = "change"
register = "r"
items = [{ from = "a", to = "b" }, { from = "c", to = "d" }]"# => "missing_key",
    "project file, line 28, column 13: `rule` is missing; several items need a rule: any_item, net, \
     mean or no_regression";

an_item_is_of_columns_alike: r#"[indicators.x]
kind = "change"
register = "people"
items = [{ from = "step", to = "score" }]"# => "conflict",
    "project file, line 25, column 10: `step` and `score` must be two ordinal columns with the same \
     levels, or two numbers";

a_survey_has_items_with_levels: r#"[indicators.x]
kind = "survey"
register = "people"
items = ["step", "score"]
favourable = ["3", "4"]"# => "wrong_type",
    "project file, line 25, column 18: expected a column of type level or ordinal or flag, found \
     `score`, a column of type number\n\
     project file, line 26, column 20: there is no level `4`; expected one of `1`, `2`, `3`";

an_item_leads_somewhere_and_counts_once: r#"[registers.r]
unit = "person"
columns.a = { header = "A", type = "ordinal", levels = ["1", "2"] }
columns.b = { header = "B", type = "ordinal", levels = ["1", "2"] }
columns.c = { header = "C", type = "number" }
columns.d = { header = "D", type = "number" }
[indicators.x]
kind = "change"
register = "r"
rule = "any_item"
items = [{ from = "a", to = "a" }, { from = "a", to = "b" }, { from = "a", to = "b" }]"# => "conflict",
    "project file, line 32, column 10: nobody moves from a column to itself; name the column before \
     and the column after\n\
     project file, line 32, column 62: an item counts once; leave the second out";

levels_and_numbers_have_no_sum: r#"[registers.r]
unit = "person"
columns.a = { header = "A", type = "ordinal", levels = ["1", "2"] }
columns.b = { header = "B", type = "ordinal", levels = ["1", "2"] }
columns.c = { header = "C", type = "number" }
columns.d = { header = "D", type = "number" }
[indicators.x]
kind = "change"
register = "r"
rule = "mean"
items = [{ from = "a", to = "b" }, { from = "c", to = "d" }]"# => "conflict",
    "project file, line 31, column 1: levels and numbers have no sum; take `any_item` or \
     `no_regression`, or make two indicators";

a_step_has_a_size: r#"[registers.r]
unit = "person"
columns.a = { header = "A", type = "ordinal", levels = ["1", "2"] }
columns.b = { header = "B", type = "ordinal", levels = ["1", "2"] }
columns.c = { header = "C", type = "number" }
columns.d = { header = "D", type = "number" }
[indicators.x]
kind = "change"
register = "r"
at_least = 0
items = [{ from = "a", to = "b" }]"# => "out_of_range",
    "project file, line 31, column 1: 0 is not a movement of more than 0";

a_survey_asks_something_and_says_what_is_favourable: r#"[indicators.x]
kind = "survey"
register = "people""# => "missing_key",
    "project file, line 22, column 13: `items` is missing; list the columns of the items\n\
     project file, line 22, column 13: `favourable` is missing; list the levels that are favourable";

an_item_of_a_survey_is_asked_once: r#"[indicators.x]
kind = "survey"
register = "people"
items = ["step", "step"]
favourable = ["3"]"# => "conflict",
    "project file, line 25, column 18: an item counts once; leave the second out";

a_level_is_favourable_or_not_applicable: r#"[indicators.x]
kind = "survey"
register = "people"
items = ["asked"]
favourable = ["true"]
not_applicable = ["false", "true", "maybe"]"# => "conflict",
    "project file, line 27, column 28: `true` is favourable or not applicable, not both\n\
     project file, line 27, column 36: there is no level `maybe`; expected one of `false`, `true`";

a_survey_asks_for_no_more_answers_than_items: r#"[indicators.x]
kind = "survey"
register = "people"
items = ["step"]
favourable = ["3"]
fewest_answers = 2"# => "out_of_range",
    "project file, line 27, column 1: 2 is not a number of answers from 1 to the number of items";
}
