//! Three-valued logic: true, false, unknown.

/// What a condition says of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Truth {
    True,
    False,
    Unknown,
}

impl Truth {
    /// Kleene's *and*: false as soon as one part is false.
    pub(crate) const fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::False, _) | (_, Self::False) => Self::False,
            (Self::True, Self::True) => Self::True,
            _ => Self::Unknown,
        }
    }

    /// Kleene's *or*: true as soon as one part is true.
    pub(crate) const fn or(self, other: Self) -> Self {
        self.not().and(other.not()).not()
    }

    /// Kleene's *not*: unknown stays unknown.
    pub(crate) const fn not(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
        }
    }
}

impl From<bool> for Truth {
    fn from(flag: bool) -> Self {
        if flag { Self::True } else { Self::False }
    }
}

#[cfg(test)]
mod tests {
    use super::Truth::{self, False, True, Unknown};

    const ALL: [Truth; 3] = [True, False, Unknown];

    /// Kleene's strong tables (Introduction to Metamathematics, 1952, § 64).
    #[test]
    fn follows_kleenes_tables() {
        let and = [[True, False, Unknown], [False, False, False], [Unknown, False, Unknown]];
        let or = [[True, True, True], [True, False, Unknown], [True, Unknown, Unknown]];
        for (row, left) in ALL.into_iter().enumerate() {
            for (column, right) in ALL.into_iter().enumerate() {
                assert_eq!(left.and(right), and[row][column], "{left:?} and {right:?}");
                assert_eq!(left.or(right), or[row][column], "{left:?} or {right:?}");
            }
        }
        assert_eq!(ALL.map(Truth::not), [False, True, Unknown]);
    }
}
