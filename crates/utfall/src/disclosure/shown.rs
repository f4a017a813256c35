//! A figure, or its mask.

/// A figure that may be published, or the mask in its place.
///
/// The value can only be read by matching, so code that lays out a publication cannot forget the mask, and everything
/// that is made of a hidden value (`map`, `and`) is hidden with it. It has no order and no default for the same reason:
/// a sort by hidden values would tell them.
///
/// ```
/// use utfall::disclosure::Shown;
///
/// let men = Shown::Hidden;
/// let all = Shown::Value(35_u64);
/// let share = men.and(all).map(|(men, all): (u64, u64)| men as f64 / all as f64);
/// let text = match share {
///     Shown::Value(share) => format!("{share:.2}"),
///     Shown::Hidden => "..".to_owned(),
/// };
/// assert_eq!(text, "..");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown<T> {
    /// The true value, to be published.
    Value(T),
    /// Not to be published, and nothing that is made of it either.
    Hidden,
}

impl<T> Shown<T> {
    /// What is made of the value, hidden if the value is.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Shown<U> {
        match self {
            Self::Value(value) => Shown::Value(make(value)),
            Self::Hidden => Shown::Hidden,
        }
    }

    /// Both values, hidden if either is.
    pub fn and<U>(self, other: Shown<U>) -> Shown<(T, U)> {
        match (self, other) {
            (Self::Value(one), Shown::Value(other)) => Shown::Value((one, other)),
            _ => Shown::Hidden,
        }
    }

    /// The same, by reference.
    pub const fn as_ref(&self) -> Shown<&T> {
        match self {
            Self::Value(value) => Shown::Value(value),
            Self::Hidden => Shown::Hidden,
        }
    }

    /// Whether the mask stands here.
    pub const fn is_hidden(&self) -> bool {
        matches!(self, Self::Hidden)
    }
}
