//! What is declared for reviews and checks: ranges, rules, mandatory columns, purposes, claims.

use crate::after_people;

/// Another register with columns of the first.
fn other(text: &str) -> Result<utfall::Project, utfall::Error> {
    after_people(&format!("[registers.other]\nunit = \"person\"\n{text}"))
}

refused! {
    other;
    a_smallest_number_of_no_number: "columns.born = { header = \"Född\", type = \"date\", at_least = 3 }\n"
        => "conflict", "project file, line 24, column 50: `at_least` belongs to a column of type number; leave it out of others";
    a_largest_number_below_the_smallest: "columns.age = { header = \"Ålder\", type = \"number\", at_least = 3, at_most = 2 }\n"
        => "conflict", "project file, line 24, column 66: `at_most` lies below `at_least`; exchange them or correct one";
    an_instrument_beside_like: "columns.step = { like = \"people.step\", instrument = \"x\" }\n"
        => "conflict", "project file, line 24, column 9: a column that takes its declaration over adds `header` or `absent` only";
    a_rule_about_no_column: "rules = [{ must = { gendre = \"man\" } }]\ncolumns.gender = { like = \"people.gender\" }\n"
        => "unknown_name", "project file, line 24, column 21: there is no column `gendre`; did you mean `gender`?";
    a_rule_about_no_rows: "rules = [{ of = { gender = \"men\" }, must = { gender = \"man\" } }]\ncolumns.gender = { like = \"people.gender\" }\n"
        => "unknown_name", "project file, line 24, column 19: there is no level `men`; did you mean `man`?";
    a_mandatory_column_that_there_is_not: "mandatory = [\"gender\", \"age\"]\ncolumns.gender = { like = \"people.gender\" }\n"
        => "unknown_name", "project file, line 24, column 24: there is no column `age`; expected one of `gender`";
    an_identifying_column_without_legal_basis: "identifying = [{ header = \"Id\", legal_basis = \" \" }]\n"
        => "conflict", "project file, line 24, column 33: `legal_basis` is empty; write it, or leave the entry out";
    a_purpose_of_no_register: "[purposes.work]\nof = { gender = \"man\" }\n"
        => "missing_key", "project file, line 24, column 11: `register` is missing; `of` speaks of the units of a register: name it";
    a_purpose_of_a_register_that_there_is_not: "[purposes.work]\nregister = \"peple\"\n"
        => "unknown_name", "project file, line 25, column 1: there is no register `peple`; did you mean `people`?";
    a_purpose_of_a_level_that_there_is_not: "[purposes.work]\nregister = \"people\"\nof = { gender = \"men\" }\n"
        => "unknown_name", "project file, line 26, column 8: there is no level `men`; did you mean `man`?";
    a_claim_about_no_goal: "[[published.unchanged]]\nid = \"text\"\ngoals = [\"mne\"]\n"
        => "unknown_name", "project file, line 26, column 10: there is no goal `mne`; did you mean `men`?";
}
