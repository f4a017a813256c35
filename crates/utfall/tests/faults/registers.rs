//! Registers, columns and levels that cannot be read as they are declared.

use crate::after_people;

refused! { after_people;

a_register_is_named_by_letters: r#"[registers."2 people"]
unit = "person""# => "invalid_name",
    "project file, line 22, column 12: `2 people` cannot be a name; use letters, digits, `_` and \
     `-`, with a letter first";

a_column_is_named_by_one_word: r#"[registers.other]
unit = "person"
columns."två ord" = { header = "X", type = "date" }"# => "invalid_name",
    "project file, line 24, column 9: `två ord` cannot be a name; use letters, digits, `_` and `-`, \
     with a letter first";

a_column_has_no_name_that_conditions_use: r#"[registers.other]
unit = "person"
columns.not = { header = "X", type = "date" }"# => "reserved_name",
    "project file, line 24, column 9: `not` is a word of conditions and cannot be the name of a \
     column; choose another name";

a_column_has_no_name_that_figures_use: r#"[registers.other]
unit = "person"
columns.value = { header = "X", type = "date" }"# => "reserved_name",
    "project file, line 24, column 9: `value` is a column of `figures` and cannot be the name of a \
     column; choose another name";

a_reason_is_a_column_but_no_figures_are_crossed_by_it: r#"[registers.other]
unit = "person"
by = ["reason"]
columns.reason = { header = "X", type = "level", levels = ["ill"] }"# => "reserved_name",
    "project file, line 24, column 7: `reason` is a column of `figures` and figures cannot be \
     crossed by it; leave it out of `by`, or give the column another name";

a_column_of_the_tables_beside_the_figures_is_not_crossed: r#"[registers.other]
unit = "person"
by = ["stage"]
columns.stage = { header = "Fas", type = "level", levels = ["a"] }"# => "reserved_name",
    "project file, line 24, column 7: `stage` is a column of the tables beside `figures` and figures \
     cannot be crossed by it; leave it out of `by`, or give the column another name";

a_level_is_not_called_unknown: r#"[registers.other]
unit = "person"
columns.x = { header = "X", type = "level", levels = ["(unknown)"] }"# => "reserved_name",
    "project file, line 24, column 45: `(unknown)` is what the group of unknown values is called \
     and cannot be the code of a level; choose another code";

a_level_is_not_empty: r#"[registers.other]
unit = "person"
columns.x = { header = "X", type = "level", levels = ["a", " "] }"# => "conflict",
    "project file, line 24, column 45: a level needs a code that is not empty";

a_column_has_a_type: r#"[registers.other]
unit = "person"
columns.x = { header = "X" }"# => "missing_key",
    "project file, line 24, column 9: `type` is missing; write one of level, ordinal, date, number, \
     flag, or take a column over with `like`";

a_column_has_a_header: r#"[registers.other]
unit = "person"
columns.x = { type = "date" }"# => "missing_key",
    "project file, line 24, column 9: `header` is missing; write the header of the column in the \
     table";

a_level_column_has_levels: r#"[registers.other]
unit = "person"
columns.x = { header = "X", type = "level" }"# => "conflict",
    "project file, line 24, column 9: a column of levels needs at least one; list them in order";

a_date_has_no_levels: r#"[registers.other]
unit = "person"
columns.x = { header = "X", type = "date", levels = ["a"] }"# => "conflict",
    "project file, line 24, column 44: a date or a number has no levels";

a_flag_has_two_levels: r#"[registers.other]
unit = "person"
columns.x = { header = "X", type = "flag", levels = { yes = {} } }"# => "conflict",
    "project file, line 24, column 44: a flag has the levels `true` and `false` only";

levels_are_a_list_or_a_table: r#"[registers.other]
unit = "person"
columns.x = { header = "X", type = "level", levels = "a" }"# => "wrong_type",
    "project file, line 24, column 45: expected a list or a table of levels, found the text `a`";

the_codes_of_levels_are_texts: r#"[registers.other]
unit = "person"
columns.x = { header = "X", type = "ordinal", levels = [1, 2] }"# => "wrong_type",
    "project file, line 24, column 57: expected text, found a whole number\n\
     project file, line 24, column 60: expected text, found a whole number";

a_date_has_no_decimals: r#"[registers.other]
unit = "person"
columns.x = { header = "X", type = "date", decimals = 1 }"# => "conflict",
    "project file, line 24, column 44: `decimals` belongs to a column of type number";

a_date_is_no_number_of_a_person: r#"[registers.other]
unit = "person"
columns.x = { header = "X", type = "date", of_person = "last" }"# => "conflict",
    "project file, line 24, column 44: `of_person` belongs to a column of type number; of other columns the first \
     enrolment counts";

decimals_are_not_negative: r#"[registers.other]
unit = "person"
columns.x = { header = "X", type = "number", decimals = -1 }"# => "wrong_type",
    "project file, line 24, column 46: expected a whole number, 0 or more, found -1";

decimals_are_as_many_as_numbers_have: r#"[registers.other]
unit = "person"
columns.x = { header = "X", type = "number", decimals = 400 }"# => "out_of_range",
    "project file, line 24, column 46: 400 is not a number of decimals from 0 to 15";

a_sensitive_column_has_a_legal_basis: r#"[registers.other]
unit = "person"
columns.x = { header = "X", type = "flag", sensitive = true }"# => "missing_key",
    "project file, line 24, column 9: `legal_basis` is missing; a sensitive column may not be \
     collected without one";

one_spelling_is_not_on_two_levels: r#"[registers.other]
unit = "person"
columns.x = { header = "X", type = "level", levels = { woman = { sv = "Kvinna", spellings = ["K"] }, man = { sv = "Karl", spellings = [" K "] } } }"# => "ambiguous_spelling",
    "project file, line 24, column 102: `K` stands for both `woman` and `man`; a text may stand for \
     one level only";

one_level_does_not_stand_twice: r#"[registers.other]
unit = "person"
columns.x = { header = "X", type = "level", levels = ["a", "b", "a"] }"# => "conflict",
    "project file, line 24, column 65: the level `a` stands twice; leave one out";

a_label_is_not_the_code_of_another_level: r#"[registers.other]
unit = "person"
columns.x = { header = "X", type = "level", levels = { a = { sv = "b" }, b = {} } }"# => "ambiguous_spelling",
    "project file, line 24, column 74: `b` stands for both `a` and `b`; a text may stand for one \
     level only";

a_spelling_of_false_does_not_mean_true: r#"[registers.other]
unit = "person"
columns.x = { header = "X", type = "flag", levels = { false = { spellings = ["ja"] } } }"# => "ambiguous_spelling",
    "project file, line 24, column 55: `ja` stands for both `true` and `false`; a text may stand \
     for one level only";

columns_do_not_take_each_other_over: r#"[registers.a]
unit = "person"
columns.x = { like = "b.y" }
[registers.b]
unit = "person"
columns.y = { like = "a.x" }"# => "cycle",
    "project file, line 24, column 15: `a.x` → `b.y` → `a.x` leads back to itself; break the circle";

a_column_does_not_take_itself_over: r#"[registers.a]
unit = "person"
columns.x = { like = "a.x" }"# => "cycle",
    "project file, line 24, column 15: `a.x` → `a.x` leads back to itself; break the circle";

a_column_takes_over_one_that_exists: r#"[registers.a]
unit = "person"
columns.gender = { like = "people.gendr" }"# => "unknown_name",
    "project file, line 24, column 20: there is no column `people.gendr`; did you mean \
     `people.gender`?";

a_column_that_is_taken_over_is_named_with_its_register: r#"[registers.a]
unit = "person"
columns.gender = { like = "gender" }"# => "unknown_name",
    "project file, line 24, column 20: there is no column `gender`; expected one of \
     `people.gender`, `people.step`, `people.completed`, `people.score`, `people.asked`";

a_column_that_is_taken_over_has_no_declaration_of_its_own: r#"[registers.a]
unit = "person"
columns.gender = { like = "people.gender", type = "level" }"# => "conflict",
    "project file, line 24, column 9: a column that takes its declaration over adds `header` or \
     `absent` only";

columns_of_one_name_are_alike: r#"[registers.a]
unit = "person"
columns.gender = { header = "Kön", type = "level", levels = ["man", "woman"] }"# => "unlike_columns",
    "project file, line 24, column 9: column `gender` is declared otherwise in register `people`; \
     one name has one declaration, write `like = \"people.gender\"`";

weight_and_person_do_not_go_together: r#"[registers.a]
unit = "person"
person = "Id"
weight = "Antal""# => "conflict",
    "project file, line 25, column 1: `weight` and `person` do not go together: a row of counts is \
     no person";

a_unit_has_a_name: r#"[registers.a]
unit = " ""# => "conflict",
    "project file, line 23, column 1: name what one row is: person, enrolment, meeting";

a_register_has_a_unit: "[registers.a]
by = []" => "missing_key",
    "project file, line 22, column 12: `unit` is missing; it is required here";

figures_are_crossed_by_a_column_that_exists: r#"[registers.a]
unit = "person"
by = ["gendr"]
columns.gender = { like = "people.gender" }"# => "unknown_name",
    "project file, line 24, column 7: there is no column `gendr`; did you mean `gender`?";

figures_are_crossed_by_levels: r#"[registers.a]
unit = "person"
by = ["completed"]
columns.completed = { like = "people.completed" }"# => "wrong_type",
    "project file, line 24, column 7: expected a column of type level or ordinal or flag, found \
     `completed`, a column of type date";

figures_are_crossed_by_a_column_once: r#"[registers.a]
unit = "person"
by = ["gender", "gender"]
columns.gender = { like = "people.gender" }"# => "conflict",
    "project file, line 24, column 17: a column is crossed once; leave the second out";

persons_are_counted_with_what_tells_them_apart: r#"[registers.a]
unit = "enrolment"
count = "persons""# => "missing_key",
    "project file, line 22, column 12: `person` is missing; `count = \"persons\"` needs person, \
     starts and ends\n\
     project file, line 22, column 12: `starts` is missing; `count = \"persons\"` needs person, \
     starts and ends\n\
     project file, line 22, column 12: `ends` is missing; `count = \"persons\"` needs person, \
     starts and ends";

an_enrolment_starts_on_a_date: r#"[registers.a]
unit = "enrolment"
starts = "gender"
columns.gender = { like = "people.gender" }"# => "wrong_type",
    "project file, line 24, column 1: expected a column of type date, found `gender`, a column of \
     type level";

a_person_leaves_by_another_date_than_that_of_the_start: r#"[registers.a]
unit = "enrolment"
person = "Id"
count = "persons"
starts = "completed"
ends = "completed"
columns.completed = { like = "people.completed" }"# => "conflict",
    "project file, line 27, column 1: a person has a first start and a last exit, and one column holds \
     one day; declare two columns, with one header if there is but one";

columns_do_not_lie_within_each_other: r#"[registers.a]
unit = "person"
columns.x = { header = "X", type = "level", parent = "y", levels = { x = { parent = "y" } } }
columns.y = { header = "Y", type = "level", parent = "x", levels = { y = { parent = "x" } } }"# => "cycle",
    "project file, line 24, column 45: `x` → `y` → `x` leads back to itself; break the circle";

a_column_does_not_lie_within_itself: r#"[registers.a]
unit = "person"
columns.x = { header = "X", type = "level", parent = "x", levels = { x = { parent = "x" } } }"# => "cycle",
    "project file, line 24, column 45: `x` → `x` leads back to itself; break the circle";

a_column_lies_within_one_that_exists: r#"[registers.a]
unit = "person"
columns.x = { header = "X", type = "level", parent = "z", levels = { x = { parent = "y" } } }"# => "unknown_name",
    "project file, line 24, column 45: there is no column `z`; expected one of `x`";

a_level_lies_within_one_that_exists: r#"[registers.a]
unit = "person"
columns.gender = { like = "people.gender" }
columns.x = { header = "X", type = "level", parent = "gender", levels = { x = { parent = "womn" }, y = {} } }"# => "unknown_name",
    "project file, line 25, column 81: there is no level `womn`; did you mean `woman`?\n\
     project file, line 25, column 100: `parent` is missing; every level of a column with a parent \
     names the level it lies within";

levels_that_lie_within_others_are_in_a_column_that_does: r#"[registers.a]
unit = "person"
columns.x = { header = "X", type = "level", levels = { x = { parent = "womn" } } }"# => "conflict",
    "project file, line 24, column 9: levels with a `parent` need the column's own `parent`: the \
     column they lie within";

a_column_lies_within_levels: r#"[registers.a]
unit = "person"
columns.completed = { like = "people.completed" }
columns.x = { header = "X", type = "level", parent = "completed", levels = { x = { parent = "y" } } }"# => "wrong_type",
    "project file, line 25, column 45: expected a column of type level or ordinal, found \
     `completed`, a column of type date";
}
