//! What is found in the figures that the final report of Likes prints. Each number here is one of the report's, or plain
//! arithmetic on those; beside each test stands how.

use std::sync::OnceLock;

use serde_json::{Value, json};
use utfall::{Finding, FindingCode, Project};

use crate::{assert_whole, fact, of, subjects};

fn published() -> String {
    let path = format!("{}/../../examples/likes/published.toml", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).unwrap()
}

fn found() -> &'static [Finding] {
    static FOUND: OnceLock<Vec<Finding>> = OnceLock::new();
    FOUND.get_or_init(|| Project::from_toml(&published()).unwrap().reconcile(None))
}

/// The one finding of a code that speaks of a table or statement.
fn one(code: FindingCode, subject: &str) -> Finding {
    let found = found();
    let mut found = of(found, code).into_iter().filter(|one| one.subject.to_string() == subject);
    let one = found.next().unwrap_or_else(|| panic!("{code:?} of {subject}")).clone();
    assert_eq!(found.next(), None);
    one
}

fn assert_facts(finding: &Finding, facts: &[(&str, Value)]) {
    for (name, value) in facts {
        assert_eq!(fact(finding, name), *value, "{name} of {:?}", finding.code);
    }
}

/// 66 + 24 + 19 + 29 = 138 and not 142; women 49 + 24 + 15 + 2 = 90 and not 92; men 17 + 0 + 4 + 27 = 48 and not 50.
#[test]
fn the_branch_table_leaves_out_four() {
    let found = one(FindingCode::TablesDiffer, "published.tables.by_branch");
    let categories =
        json!([["total", 142, 138, -4], ["gender=woman", 92, 90, -2], ["gender=man", 50, 48, -2]]);
    let other = json!("published.tables.by_subproject");
    let total = [("total", json!(138)), ("other_total", json!(142)), ("difference", json!(-4))];
    assert_facts(&found, &[("categories", categories), ("other", other)]);
    assert_facts(&found, &total);
    assert_eq!(found.count, 3);
    // Two women and two men more in any one branch, and both tables agree.
    let row = |branch: &str, numbers: [[u32; 2]; 3]| {
        let place = |gender: &str| format!("branch={branch}{gender}");
        let change = |(gender, [from, to]): (&str, [u32; 2])| json!([place(gender), from, to]);
        let changes = ["", ", gender=woman", ", gender=man"].into_iter().zip(numbers).map(change);
        json!([place(""), changes.collect::<Vec<_>>()])
    };
    let repairs = json!([
        row("care", [[66, 70], [49, 51], [17, 19]]),
        row("childcare", [[24, 28], [24, 26], [0, 2]]),
        row("school", [[19, 23], [15, 17], [4, 6]]),
        row("logistics", [[29, 33], [2, 4], [27, 29]]),
    ]);
    assert_facts(&found, &[("repairs", repairs)]);
}

/// The text names the branches of each sub-project: Nyköping care; Viadidakt childcare and schools; Eskilstuna care and
/// logistics; Strängnäs care and childcare. Then nobody else than Viadidakt's 4 men can be in schools, so that the two
/// missing men are not there; care would have to be 70 (51 and 19), as it follows from the sub-projects: 24 + 31 + 15.
#[test]
fn what_the_text_says_of_branches_narrows_the_rows_down() {
    let nobody = |subproject: &str, branches: &str| {
        format!(
            "\n[[published.statements]]\nid = \"not_in_{subproject}\"\nregister = \"participants\"\nsays = {{ count = 0 }}\nof = {{ subproject = \"{subproject}\", branch = [{branches}] }}\n"
        )
    };
    let text = published()
        + &nobody("Nyköping", "\"childcare\", \"school\", \"logistics\"")
        + &nobody("Viadidakt", "\"care\", \"logistics\"")
        + &nobody("Eskilstuna", "\"childcare\", \"school\"")
        + &nobody("Strängnäs", "\"school\", \"logistics\"");
    let found = Project::from_toml(&text).unwrap().reconcile(None);
    let differ = of(&found, FindingCode::TablesDiffer)[0];
    let repairs = fact(differ, "repairs");
    let rows: Vec<&Value> = repairs.as_array().unwrap().iter().map(|row| &row[0]).collect();
    assert_eq!(
        rows,
        [&json!("branch=care"), &json!("branch=childcare"), &json!("branch=logistics")]
    );
    let care = json!([
        ["branch=care", 66, 70],
        ["branch=care, gender=woman", 49, 51],
        ["branch=care, gender=man", 17, 19]
    ]);
    assert_eq!(repairs[0][1], care);
    // And nothing new is said of the rest.
    assert_eq!(found.len(), 13, "{found:#?}");
}

/// 4 of 35 is 11.43 %; 12.5 to 13.5 % of 35 is 4.4 to 4.7, so that no count gives 13 %; 4 of the 31 women is 12.90 %.
#[test]
fn thirteen_per_cent_is_men_for_each_woman() {
    let found = one(FindingCode::ShareWrong, "published.statements.men_in_viadidakt");
    let place = ["published.tables.by_subproject", "subproject=Viadidakt, gender=woman"];
    assert_facts(
        &found,
        &[
            ("percent", json!(13.0)),
            ("share", json!([4, 35])),
            ("gives", json!(11.0)),
            ("counts", Value::Null),
            ("rounding", Value::Null),
            ("alternatives", json!([[[4, 31], "whole", place]])),
        ],
    );
}

/// 72 / 0.7 = 102.86; 0.7 × 142 = 99.4; 100 − 72 = 28.
#[test]
fn the_answer_to_the_first_goal_is_about_others_at_another_time() {
    let found = one(FindingCode::AnswerOfOthers, "published.statements.work_or_studies");
    assert_facts(
        &found,
        &[
            ("goal", json!("work_or_studies")),
            ("differs", json!(["population", "time"])),
            ("target", json!("at_least 0.7")),
            ("count", json!(72)),
            ("whole", json!(142)),
            ("most_population", json!(102)),
            ("least_count", json!(100)),
            ("short", json!(28)),
        ],
    );
}

/// More than 70 % of 142 is more than 99.4; everybody is 142.
#[test]
fn the_answer_to_the_second_goal_is_about_something_else() {
    let found = one(FindingCode::AnswerOfOthers, "published.statements.documented_steps");
    assert_facts(
        &found,
        &[
            ("differs", json!(["population", "property"])),
            ("target", json!("all")),
            ("count", Value::Null),
            ("count_at_least", json!(100)),
            ("least_count", json!(142)),
        ],
    );
}

/// 50 of 142 is 35.2 %: below the first target (71 of 142 are half) and above the second. 4/35 is 11.4 %, 0/24 is 0 %.
#[test]
fn the_share_of_men_meets_one_target_and_hides_its_parts() {
    let versions = json!([
        ["2020-01-01", "at_least 0.5", "not_met", 21],
        ["2020-09-01", "at_least 0.15", "met"]
    ]);
    let found = one(FindingCode::AnswerMissesTarget, "published.statements.men");
    assert_facts(&found, &[("share", json!([50, 142])), ("versions", versions)]);

    let subprojects = json!([
        ["Viadidakt", [4, 35], "not_met"],
        ["Nyköping", [7, 24], "met"],
        ["Strängnäs", [5, 23], "met"],
        ["Eskilstuna", [34, 60], "met"]
    ]);
    let found = one(FindingCode::PartsAgainstTarget, "published.tables.by_subproject");
    assert_facts(&found, &[("verdict", json!("met")), ("parts", subprojects)]);
    assert_eq!(found.count, 1);

    let branches = json!([
        ["care", [17, 66], "met"],
        ["childcare", [0, 24], "not_met"],
        ["school", [4, 19], "met"],
        ["logistics", [27, 29], "met"]
    ]);
    let found = one(FindingCode::PartsAgainstTarget, "published.tables.by_branch");
    assert_facts(&found, &[("parts", branches)]);
}

/// 92 of 142 are women (64.8 %); of the parts only Eskilstuna with 34 of 60 (56.7 %) lies within 40 to 60 %, and no branch.
#[test]
fn only_one_part_is_balanced() {
    let word = |found: &Finding, word: &str| -> Vec<String> {
        let parts = fact(found, "parts");
        let of_word = parts.as_array().unwrap().iter().filter(|part| part[2] == word);
        of_word.map(|part| part[0].as_str().unwrap().to_owned()).collect()
    };
    let found = one(FindingCode::NotBalanced, "published.tables.by_subproject");
    assert_facts(&found, &[("verdict", json!("not_balanced")), ("share", json!([50, 142]))]);
    assert_eq!(word(&found, "balanced"), ["Eskilstuna"]);
    let found = one(FindingCode::NotBalanced, "published.tables.by_branch");
    assert_eq!(word(&found, "balanced"), Vec::<String>::new());
}

/// 34 of 50 men are in Eskilstuna; without it 16 of 82 (19.5 %). 27 of 48 are in logistics; without it 21 of 109
/// (19.3 %), or, of the 142, 23 of 113 (20.4 %). All meet 15 %.
#[test]
fn one_part_holds_most_of_the_men() {
    let found = one(FindingCode::PartDominates, "published.tables.by_subproject");
    assert_facts(
        &found,
        &[
            ("level", json!("Eskilstuna")),
            ("part", json!([34, 50])),
            ("without", json!([16, 82])),
            ("without_of_answer", Value::Null),
            ("verdict", json!("met")),
        ],
    );
    let found = one(FindingCode::PartDominates, "published.tables.by_branch");
    assert_facts(
        &found,
        &[
            ("level", json!("logistics")),
            ("part", json!([27, 48])),
            ("without", json!([21, 109])),
            ("without_of_answer", json!([23, 113])),
            ("verdict", json!("met")),
        ],
    );
}

/// 52 million for 300 are 173,333 each, 28 for 142 are 197,183, 25 for 142 are 176,056, 25 for 72 are 347,222. The target
/// for participants was never revised with the plan.
#[test]
fn the_money_cannot_be_said_to_have_followed_the_participants() {
    let found =
        one(FindingCode::NotInProportion, "published.statements.budget_follows_participants");
    let each = json!([["published.statements.work_or_studies", 72, 347_222]]);
    assert_facts(
        &found,
        &[
            ("reason", json!("target_not_revised")),
            ("planned_per_unit", json!(173_333)),
            ("revised_per_unit_reached", json!(197_183)),
            ("outcome_per_unit_reached", json!(176_056)),
            ("outcome_per_answer", each),
            ("revised_of_plan", json!([28_000_000.0, 52_000_000.0])),
            ("reached_of_target", json!([142.0, 300.0])),
            ("outcome_of_plan", json!([25_000_000.0, 52_000_000.0])),
            ("outcome_of_revised", json!([25_000_000.0, 28_000_000.0])),
        ],
    );
    let sentence = found.to_string();
    for share in ["53.8%", "47.3%", "48.1%"] {
        assert!(sentence.contains(share), "{sentence}");
    }
}

/// 142 of 300 planned are 47.3 %, 158 short.
#[test]
fn the_reach_is_less_than_half_of_what_was_planned() {
    let found = one(FindingCode::AnswerMissesTarget, "published.statements.participants");
    let versions = json!([["2020-01-01", "at_least 300", "not_met", 158]]);
    assert_facts(&found, &[("of_target", json!([142, 300])), ("versions", versions)]);
    assert!(found.to_string().contains("142 of 300 = 47.3%"), "{found}");
}

/// Everything that agrees (row sums, 35 + 24 + 23 + 60 = 142, 7 of 24 = 29 %, 72 of 142 "a little more than half", 28 of 52
/// million "almost half", 5 % at another time) is passed over in silence, and nothing is said twice.
#[test]
fn what_agrees_is_passed_over() {
    let found = found();
    let told: Vec<(FindingCode, Vec<String>)> = [
        FindingCode::TablesDiffer,
        FindingCode::ShareWrong,
        FindingCode::AnswerOfOthers,
        FindingCode::AnswerMissesTarget,
        FindingCode::PartsAgainstTarget,
        FindingCode::NotBalanced,
        FindingCode::PartDominates,
        FindingCode::NotInProportion,
    ]
    .map(|code| (code, subjects(found, code)))
    .into();
    assert_eq!(
        told.iter().map(|(_, subjects)| subjects.len()).collect::<Vec<_>>(),
        [1, 1, 2, 2, 2, 2, 2, 1]
    );
    assert_eq!(found.len(), 13, "{found:#?}");
    found.iter().for_each(assert_whole);
}

/// Had the report said what its counts give, only the answers would be left to speak of.
#[test]
fn with_both_slips_corrected_no_error_is_left() {
    let text =
        published().replace("woman = 49, man = 17, total = 66", "woman = 51, man = 19, total = 70");
    let text = text.replace("percent = 13", "percent = 11");
    let found = Project::from_toml(&text).unwrap().reconcile(None);
    let errors = found.iter().filter(|one| one.severity() == utfall::Severity::Error);
    assert_eq!(errors.count(), 0, "{found:#?}");
}
