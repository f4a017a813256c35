//! A tree as TOML text that a person can go on writing in, with every key in its order.
//!
//! The order of keys is part of a project (levels, columns, the parts of a condition). TOML's document form puts plain
//! values before sub-tables, so a table only becomes a section of its own where nothing but sections follows it.

use std::fmt::Write;

use super::tree::{Entry, Node, Table, Value};

/// How deep sections go (`[registers.participants.columns]`); what lies deeper stands in line.
const DEEPEST_SECTION: usize = 3;

/// The text of a table that is a whole file.
pub(super) fn to_text(table: &Table) -> String {
    let mut text = String::new();
    write_section(&mut text, table, &[]);
    text
}

fn write_section(text: &mut String, table: &[Entry], path: &[String]) {
    let sections = table
        .iter()
        .rev()
        .take_while(|entry| {
            path.len() < DEEPEST_SECTION && matches!(entry.node.value, Value::Table(_))
        })
        .count();
    let (lines, sections) = table.split_at(table.len() - sections);
    if !path.is_empty() && (!lines.is_empty() || sections.is_empty()) {
        let gap = if text.is_empty() { "" } else { "\n" };
        let _ = writeln!(text, "{gap}[{}]", path.join("."));
    }
    for Entry { key, node, .. } in lines {
        let _ = writeln!(text, "{} = {}", key_text(key), line_text(node));
    }
    for Entry { key, node, .. } in sections {
        if let Value::Table(table) = &node.value {
            let path: Vec<String> = path.iter().cloned().chain([key_text(key)]).collect();
            write_section(text, table, &path);
        }
    }
}

/// A value behind its key; a list of tables has a line for each.
fn line_text(node: &Node) -> String {
    match &node.value {
        Value::List(list) if list.iter().any(|item| matches!(item.value, Value::Table(_))) => {
            let items = list.iter().map(|item| format!("    {},\n", inline_text(item)));
            format!("[\n{}]", items.collect::<String>())
        }
        _ => inline_text(node),
    }
}

pub(super) fn inline_text(node: &Node) -> String {
    match &node.value {
        Value::Text(text) => toml::Value::String(text.clone()).to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => toml::Value::Float(*number).to_string(),
        Value::Flag(flag) => flag.to_string(),
        Value::Date(day) => day.to_string(),
        Value::List(list) => {
            format!("[{}]", list.iter().map(inline_text).collect::<Vec<_>>().join(", "))
        }
        Value::Table(table) if table.is_empty() => "{}".to_owned(),
        Value::Table(table) => {
            let entries = table
                .iter()
                .map(|entry| format!("{} = {}", key_text(&entry.key), inline_text(&entry.node)));
            format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
        }
        Value::Other(noun) => toml::Value::String((*noun).to_owned()).to_string(),
    }
}

/// A key, quoted where TOML needs it; never over several lines.
fn key_text(key: &str) -> String {
    let bare = !key.is_empty()
        && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    if bare {
        return key.to_owned();
    }
    // JSON's quoting is TOML's, but for the one control character that JSON leaves as it is.
    serde_json::Value::from(key).to_string().replace('\u{7f}', "\\u007f")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_order_of_keys() {
        let text = "a = 1\nb = { x = { y = 1 }, z = 2 }\nc = \"å\"\n\n[d]\ne = 2022-06-30\n\n[f.\"Ä b\"]\ng = [\n    { h = 1.5 },\n]\n";
        let Value::Table(table) = Node::from_toml(text).unwrap().value else { panic!("a table") };
        assert_eq!(to_text(&table), text);
    }

    #[test]
    fn writes_texts_that_no_line_can_hold() {
        let table = vec![Entry::new("a\n\u{1}", Value::Text("x\n\"'''\u{7f}\\".to_owned()))];
        let again = Node::from_toml(&to_text(&table)).unwrap();
        let Value::Table(read) = again.value else { panic!("a table") };
        assert_eq!((&read[0].key, &read[0].node.value), (&table[0].key, &table[0].node.value));
    }
}
