//! The committed JSON Schema is the one that the types give.
#![allow(clippy::unwrap_used, reason = "a test may stop")]

use std::path::Path;

/// Run with `UTFALL_WRITE_SCHEMA=1` to write the file anew.
#[test]
fn the_committed_schema_is_current() {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference/project.schema.json");
    let schema = utfall::project::json_schema();
    if std::env::var_os("UTFALL_WRITE_SCHEMA").is_some() {
        std::fs::write(&path, &schema).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap(), schema);
}
