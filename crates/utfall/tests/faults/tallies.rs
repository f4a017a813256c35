//! Tallies that do not belong together, and bytes that are none.

use utfall::{By, Error, Evaluation, Evaluator, Project, Tally, day};

fn project(name: &str) -> Project {
    let register =
        "[registers.r]\nunit = \"person\"\ncolumns.a = { header = \"A\", type = \"flag\" }\n";
    Project::from_toml(&format!("schema = 1\nname = \"{name}\"\n{register}")).unwrap()
}

fn tally(name: &str, as_of: &str, by: &[&str]) -> Tally {
    let by = By::Margins(by.iter().map(|column| (*column).to_owned()).collect());
    let project = project(name);
    Evaluator::by(&project, day::parse(as_of).unwrap(), by).unwrap().tally().unwrap()
}

fn merged(other: Tally) -> Result<Option<Tally>, Error> {
    Tally::merge([tally("one", "2022-06-30", &["a"]), other])
}

fn bytes(change: impl FnOnce(&mut Vec<u8>)) -> Result<Tally, Error> {
    let mut bytes = tally("one", "2022-06-30", &["a"]).to_bytes();
    change(&mut bytes);
    Tally::from_bytes(&bytes)
}

#[test]
fn what_the_tests_go_on_from_has_no_fault() {
    assert!(merged(tally("one", "2022-06-30", &["a"])).is_ok());
    assert!(bytes(|_| ()).is_ok());
}

refused! { std::convert::identity;

tallies_of_two_projects_are_not_added: merged(tally("other", "2022-06-30", &["a"])) => "unlike_tallies",
    "the tallies are not of one project file; count all parts with the same project file, day and \
     crossing";

tallies_of_two_days_are_not_added: merged(tally("one", "2022-06-29", &["a"])) => "unlike_tallies",
    "the tallies are not of one day; count all parts with the same project file, day and crossing";

tallies_crossed_otherwise_are_not_added: merged(tally("one", "2022-06-30", &[])) => "unlike_tallies",
    "the tallies are not of one crossing; count all parts with the same project file, day and crossing";

a_tally_is_evaluated_with_its_own_project:
    Evaluation::of_tally(&project("other"), &tally("one", "2022-06-30", &["a"])) => "unlike_tallies",
    "the tallies are not of one project file; count all parts with the same project file, day and \
     crossing";

other_bytes_are_no_tally: Tally::from_bytes(b"PAR1") => "broken_tally",
    "the bytes cannot be read as a tally: they are no tally; write the tally anew";

a_tally_of_another_version_is_not_read: bytes(|bytes| bytes[7] = 0) => "broken_tally",
    "the bytes cannot be read as a tally: they were written by another version of this library; write \
     the tally anew";

a_tally_is_not_cut_to_its_name: bytes(|bytes| bytes.truncate(9)) => "broken_tally",
    "the bytes cannot be read as a tally: they are cut short; write the tally anew";

a_tally_is_not_cut_short: bytes(|bytes| bytes.truncate(30)) => "broken_tally",
    "the bytes cannot be read as a tally: they are cut short or changed; write the tally anew";

a_tally_is_not_changed: bytes(|bytes| bytes[20] ^= 1) => "broken_tally",
    "the bytes cannot be read as a tally: they are cut short or changed; write the tally anew";
}
