//! Checks, grounds and what they refer to.

use crate::after_people;

refused! { after_people;

a_gap_is_accepted_as_a_share: r#"[checks.x]
principle = "equality"
kind = "gap"
indicator = "men"
groups = "step"
at_most = 10"# => "out_of_range",
    "project file, line 27, column 1: 10 is not a share from 0 to 1; did you mean 0.10?";

a_gap_needs_groups: r#"[checks.x]
principle = "equality"
kind = "gap"
indicator = "men"
groups = []"# => "missing_key",
    "project file, line 26, column 1: `groups` is missing; name a level column, or a list of them";

a_gap_is_of_units: r#"[indicators.scores]
kind = "mean"
register = "people"
column = "score"
[checks.x]
principle = "equality"
kind = "gap"
indicator = "scores"
groups = "gender""# => "wrong_type",
    "project file, line 29, column 1: expected an indicator of kind share, change or incidence, \
     found `scores`, an indicator of kind mean";

a_gap_is_not_adjusted_for_its_groups: r#"[checks.x]
principle = "equality"
kind = "gap"
indicator = "men"
groups = "step"
adjusted_for = ["gender", "step"]"# => "conflict",
    "project file, line 27, column 27: a difference between groups is not adjusted for what makes \
     them; leave this column out";

an_adjustment_is_one_of_two: r#"[checks.x]
principle = "equality"
kind = "gap"
indicator = "men"
groups = "step"
adjustment = "regression""# => "unknown_word",
    "project file, line 27, column 1: `regression` is none of the words that may stand here; \
     expected one of `standardised`, `mantel_haenszel`";

a_reference_is_a_share: r#"[checks.x]
principle = "equality"
kind = "representation"
indicator = "men"
reference = { value = 7, source = "x" }"# => "out_of_range",
    "project file, line 26, column 15: 7 is not a share from 0 to 1; did you mean 0.07?";

a_reference_speaks_of_a_part_of_its_register: r#"[registers.staff]
unit = "person"
columns.role = { header = "Roll", type = "level", levels = ["lead", "staff"] }
[checks.x]
principle = "equality"
kind = "representation"
indicator = "men"
reference = { value = 0.07, source = "x", where = { role = "lead" } }"# => "unknown_name",
    "project file, line 29, column 53: there is no column `role`; expected one of `gender`, `step`, \
     `completed`, `score`, `asked`";

parity_needs_a_flow: r#"[checks.x]
principle = "equality"
kind = "parity"
groups = "gender""# => "missing_key",
    "project file, line 24, column 1: `flow` is missing; a check of parity looks along the \
     participant flow; declare `[flow]`";

disaggregation_is_by_a_column: r#"[checks.x]
principle = "equality"
kind = "disaggregation"
by = "gendr""# => "unknown_name",
    "project file, line 25, column 1: there is no column `gendr`; did you mean `gender`?";

a_cadence_is_that_of_an_indicator: r#"[checks.x]
principle = "equality"
kind = "cadence"
indicator = "reports"
at_least = 90"# => "unknown_name",
    "project file, line 25, column 1: there is no indicator `reports`; expected one of `men`\n\
     project file, line 26, column 1: 90 is not a share from 0 to 1; did you mean 0.90?";

a_cadence_is_a_part_of_a_whole: r#"[indicators.people]
kind = "count"
register = "people"
[checks.x]
principle = "equality"
kind = "cadence"
indicator = "people""# => "wrong_type",
    "project file, line 28, column 1: expected an indicator of kind share, change, incidence, \
     coverage, survey or ratio, found `people`, an indicator of kind count";

outcomes_are_of_those_who_asked: r#"[registers.staff]
unit = "person"
columns.gender = { like = "people.gender" }
[indicators.staff]
kind = "share"
register = "staff"
having = { gender = "man" }
[checks.x]
principle = "accessibility"
kind = "given"
register = "people"
asked = "asked"
given = "asked"
outcomes = ["staff"]"# => "conflict",
    "project file, line 35, column 13: `staff` is not computed from register `people`, whose \
     adaptations are checked";

meetings_have_days: r#"[checks.x]
principle = "equality"
kind = "meetings"
register = "people"
day = "gender"
at_most_days = 60"# => "wrong_type",
    "project file, line 26, column 1: expected a column of type date, found `gender`, a column of \
     type level";

meetings_are_not_of_persons: r#"[registers.visits]
unit = "visit"
person = "Id"
columns.day = { header = "Dag", type = "date" }
[checks.x]
principle = "equality"
kind = "meetings"
register = "visits"
day = "day"
at_most_days = 60"# => "conflict",
    "project file, line 29, column 1: a register of persons holds no meetings; name the register of \
     meetings";

a_check_is_not_named_as_the_plan: r#"[checks.plan]
principle = "equality"
kind = "process""# => "reserved_name",
    "project file, line 22, column 9: `plan` is what the results of the plan, the grounds or a \
     principle are called; give the check another name";

a_sensitive_ground_is_declared_so: r#"[grounds]
disability = { measured = "asked" }"# => "conflict",
    "project file, line 23, column 16: `asked` holds sensitive personal data; declare it with \
     `sensitive = true` and its `legal_basis`";

a_sensitive_column_has_a_legal_basis: r#"[registers.more]
unit = "person"
columns.belief = { header = "Tro", type = "flag", sensitive = true }"# => "missing_key",
    "project file, line 24, column 9: `legal_basis` is missing; a sensitive column may not be \
     collected without one";
}
