//! JSON: the same faults, told by key path.

use utfall::Project;

refused! { Project::from_json;

a_text_that_is_not_json: r#"{"schema": 1, "name": "Bad",}"# => "not_json",
    "project file, line 1, column 29: not JSON: trailing comma";

a_text_that_is_toml: "schema = 1" => "not_json",
    "project file, line 1, column 1: not JSON: expected value";

an_empty_text: "" => "not_json",
    "project file, line 1, column 0: not JSON: EOF while parsing a value";

a_list_is_no_project: "[1]" => "wrong_type",
    "project file: expected a table, found a list";

a_key_stands_once: r#"{"schema": 1, "name": "Bad", "goals": {"x": 1, "x": 2}}"# => "not_json",
    "project file, line 1, column 54: not JSON: the key `x` stands twice";

an_unknown_key_is_told_by_its_path: r#"{"schema": 1, "name": "Bad", "ownr": "x"}"# => "unknown_key",
    "project file, at `ownr`: unknown key `ownr`; did you mean `owner`?";

all_faults_are_told_by_their_paths: r#"{"schema": 1, "name": "Bad", "first_day": "2022-13-01", "last_day": null,
 "registers": {"people": {"unit": "person", "columns": {"gender": {"header": "Kön", "type": "level", "levels": ["woman", "man"]}}}},
 "indicators": {"x": {"kind": "share", "register": "people", "having": {"any": [{"gender": "man"}, {"gender": "womn"}]}}},
 "goals": {"g": {"level": "individual", "tier": "sub", "indicator": "x", "targets": [{"from": "2022-01-01", "at_least": 0.1}, {"from": "2021-01-01", "at_least": 70}]}}}"# => "wrong_type",
    "project file, at `first_day`: expected a date like 2022-06-30, found the text `2022-13-01`\n\
     project file, at `last_day`: expected a date like 2022-06-30, found null\n\
     project file, at `indicators.x.having.any[1].gender`: there is no level `womn`; did you mean \
     `woman`?\n\
     project file, at `goals.g.targets[1].from`: the version from 2021-01-01 stands after the one \
     from 2022-01-01 or on the same day; put versions in order, one a day\n\
     project file, at `goals.g.targets[1].at_least`: 70 is not a share from 0 to 1; did you mean \
     0.70?";

a_number_that_no_count_reaches: r#"{"schema": 99999999999999999999, "name": "Bad"}"# => "wrong_type",
    "project file, at `schema`: expected a whole number, 0 or more, found a decimal number";

a_version_is_a_whole_number: r#"{"schema": 1.0, "name": "Bad"}"# => "wrong_type",
    "project file, at `schema`: expected a whole number, 0 or more, found a decimal number";
}
