//! Texts that are no project file at all, and keys and values that no project file has.

use utfall::Project;

refused! { Project::from_toml;

a_text_that_is_not_toml: r#"schema = 1
name = "Bad"# => "not_toml",
    "project file, line 2, column 12: not TOML: invalid basic string, expected `\"`";

every_fault_of_syntax_is_told_in_the_order_of_the_file: r#"schema =
name = "Bad"
goals = ]"# => "not_toml",
    "project file, line 1, column 9: not TOML: string values must be quoted, expected literal \
     string\n\
     project file, line 3, column 9: not TOML: missing array opening, expected `[`";

a_key_stands_once: r#"schema = 1
schema = 2
name = "Bad""# => "not_toml",
    "project file, line 2, column 1: not TOML: duplicate key";

a_key_with_letters_beyond_ascii_stands_in_quotes: r#"schema = 1
name = "Bad"
å = 1
ä = { b = 1 }"# => "not_toml",
    "project file, line 3, column 1: not TOML: invalid unquoted key, expected letters, numbers, \
     `-`, `_`\n\
     project file, line 4, column 1: not TOML: invalid unquoted key, expected letters, numbers, \
     `-`, `_`";

an_empty_file_lacks_its_first_keys: "" => "missing_key",
    "project file, line 1, column 1: `schema` is missing; it is required here\n\
     project file, line 1, column 1: `name` is missing; it is required here";

a_key_that_is_nearly_one_is_taken_for_it: r#"schema = 1
name = "Bad"
ownr = "RAR""# => "unknown_key",
    "project file, line 3, column 1: unknown key `ownr`; did you mean `owner`?";

a_key_that_is_like_no_other_is_told_which_there_are: r#"schema = 1
name = "Bad"
budget = 5"# => "unknown_key",
    "project file, line 3, column 1: unknown key `budget`; expected one of `schema`, `name`, \
     `owner`, `description`, `language`, `first_day`, `last_day`, `principles`, `extends`, \
     `registers`, `purposes`, `indicators` and 8 more";

a_file_of_a_later_format: r#"schema = 2
name = "Bad""# => "out_of_range",
    "project file, line 1, column 1: 2 is not a version of the file format that this release reads; \
     did you mean 1?";

a_text_where_a_number_belongs_and_a_number_where_a_text: r#"schema = "1"
name = 5"# => "wrong_type",
    "project file, line 1, column 1: expected a whole number, 0 or more, found the text `1`\n\
     project file, line 2, column 1: expected text, found a whole number";

a_project_does_not_end_before_it_begins: r#"schema = 1
name = "Bad"
first_day = 2022-06-30
last_day = 2022-01-01"# => "conflict",
    "project file, line 4, column 1: `last_day` lies before `first_day`; exchange them or correct \
     one";

a_time_of_day_is_no_date_and_a_date_has_two_digits_each: r#"schema = 1
name = "Bad"
first_day = 2022-06-30T12:00:00
last_day = "2022-6-30""# => "wrong_type",
    "project file, line 3, column 1: expected a date like 2022-06-30, found a time of day\n\
     project file, line 4, column 1: expected a date like 2022-06-30, found the text `2022-6-30`";

a_word_that_is_none_of_a_list: r#"schema = 1
name = "Bad"
language = "se"
principles = ["equallity"]"# => "unknown_word",
    "project file, line 3, column 1: `se` is none of the words that may stand here; expected one \
     of `sv`, `en`\n\
     project file, line 4, column 15: `equallity` is none of the words that may stand here; did you \
     mean `equality`?";

a_list_is_no_table_of_registers: r#"schema = 1
name = "Bad"
registers = []"# => "wrong_type",
    "project file, line 3, column 1: expected a table, found a list";

a_misspelt_key_lets_no_others_pass: r#"schema = 1
name = "Bad"
[registers.people]
unit = "person"
columns.gender = { header = "Kön", type = "level", level = ["woman", "man"] }"# => "conflict",
    "project file, line 5, column 9: a column of levels needs at least one; list them in order\n\
     project file, line 5, column 52: unknown key `level`; did you mean `levels`?";

several_faults_are_told_at_once_in_the_order_of_the_file: r#"schema = 1
name = "Bad"

[goals.men]
level = "individual"
tier = "sub"
indicator = "men"
targets = [{ from = 2022-01-01, at_least = 70 }]

[indicators.men]
kind = "share"
register = "people"
having = { gendr = "man" }

[registers.people]
unit = "person"
columns.gender = { header = "Kön", type = "level", levels = ["woman", "man"] }
columns.not = { header = "Å", type = "date" }
coluns.x = 1"# => "target_out_of_range",
    "project file, line 8, column 33: 70 is not a share from 0 to 1; did you mean 0.70?\n\
     project file, line 13, column 12: there is no column `gendr`; did you mean `gender`?\n\
     project file, line 18, column 9: `not` is a word of conditions and cannot be the name of a \
     column; choose another name\n\
     project file, line 19, column 1: unknown key `coluns`; did you mean `columns`?";
}
