//! The catalogue: every code is in the reference, with family, severity, and what to do.

use utfall::FindingCode;

#[test]
fn the_reference_lists_every_code_with_its_family_and_severity() {
    let path = format!("{}/../../docs/reference/findings.md", env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(path).unwrap();
    let listed: Vec<Vec<&str>> = page
        .lines()
        .filter(|line| line.starts_with("| `"))
        .map(|line| line.trim_matches('|').split(" | ").map(str::trim).collect())
        .collect();
    for code in FindingCode::ALL {
        let word = format!("`{}`", code.word());
        let rows: Vec<_> = listed.iter().filter(|cells| cells[0] == word).collect();
        assert_eq!(rows.len(), 1, "{word} stands once in the reference");
        let cells = rows[0];
        assert_eq!(cells.len(), 5, "{word}: {cells:?}");
        assert_eq!((cells[1], cells[2]), (code.family().word(), code.severity().word()), "{word}");
        assert!(cells[3].len() > 10 && cells[4].len() > 10, "{word} says what, and what to do");
    }
    let known =
        |word: &str| FindingCode::ALL.iter().any(|code| word == format!("`{}`", code.word()));
    let of_codes = listed.iter().filter(|cells| cells.len() == 5);
    for cells in of_codes {
        assert!(known(cells[0]), "{} is no code", cells[0]);
    }
}
