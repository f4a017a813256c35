//! Where something stands in a project file: `goals.men.targets[1].at_least`.

use std::fmt;

/// The way from the root of a project file to one value.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KeyPath(Vec<Segment>);

/// One step of a [`KeyPath`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Segment {
    /// Into a table, by key.
    Key(String),
    /// Into a list, counted from 0.
    Index(usize),
}

impl KeyPath {
    /// The path to the value under `key` in the table at this path.
    #[must_use]
    pub(crate) fn key(&self, key: &str) -> Self {
        self.with(Segment::Key(key.to_owned()))
    }

    /// The path to one element of the list at this path.
    #[must_use]
    pub(crate) fn index(&self, index: usize) -> Self {
        self.with(Segment::Index(index))
    }

    /// The path made of these keys, from the root.
    pub(crate) fn of(keys: &[&str]) -> Self {
        keys.iter().fold(Self::default(), |path, key| path.key(key))
    }

    pub(crate) fn segments(&self) -> &[Segment] {
        &self.0
    }

    /// Whether `other` is this path or lies beneath it.
    pub(crate) fn holds(&self, other: &Self) -> bool {
        other.0.starts_with(&self.0)
    }

    fn with(&self, segment: Segment) -> Self {
        let mut segments = self.0.clone();
        segments.push(segment);
        Self(segments)
    }
}

impl fmt::Display for KeyPath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, segment) in self.0.iter().enumerate() {
            match segment {
                Segment::Key(key) if position == 0 => write!(formatter, "{key}")?,
                Segment::Key(key) => write!(formatter, ".{key}")?,
                Segment::Index(index) => write!(formatter, "[{index}]")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_like_the_file() {
        let path = KeyPath::of(&["goals", "men", "targets"]).index(1).key("at_least");
        assert_eq!(path.to_string(), "goals.men.targets[1].at_least");
        assert!(KeyPath::of(&["goals", "men"]).holds(&path));
        assert!(!KeyPath::of(&["goals", "reach"]).holds(&path));
    }
}
