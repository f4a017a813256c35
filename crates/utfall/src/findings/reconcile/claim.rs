//! What a text claims of a share, as a range that the quotient of two counts must lie in; compared in whole numbers.

use crate::finding::Fact;
use crate::project::{Decimal, Rounding, Says, ShareWords};

/// A range of quotients of two counts.
#[derive(Debug, Clone)]
pub(super) struct Claim {
    /// The name and the fact by which findings tell it.
    pub(super) said: (&'static str, Fact),
    /// How many decimals it is printed with, where it is a number that was rounded.
    pub(super) decimals: Option<u32>,
    /// What the quotient is multiplied by: 100 for a percentage.
    times: i128,
    low: Option<End>,
    high: Option<End>,
}

/// An end of a range: a fraction, itself included or not.
#[derive(Debug, Clone, Copy)]
struct End {
    numerator: i128,
    denominator: i128,
    closed: bool,
}

impl End {
    fn of(number: Decimal, closed: bool) -> Self {
        let (digits, scale) = number.digits_and_scale();
        Self { numerator: i128::from(digits), denominator: 10_i128.pow(scale), closed }
    }

    const fn whole(numerator: i128, closed: bool) -> Self {
        Self { numerator, denominator: 1, closed }
    }
}

impl Claim {
    /// Everything that a statement says of a share.
    pub(super) fn shares(says: &Says) -> Vec<Self> {
        let mut claims = Vec::new();
        if let Some(percent) = says.percent {
            claims.push(Self::rounded("percent", percent, 100, says));
        }
        let limits = [
            ("over", says.over, true, false),
            ("at_least", says.at_least, true, true),
            ("under", says.under, false, false),
            ("at_most", says.at_most, false, true),
        ];
        for (name, limit, is_low, closed) in limits {
            let Some(limit) = limit else { continue };
            let end = Some(End::of(limit, closed));
            let (low, high) = if is_low { (end, None) } else { (None, end) };
            let said = (name, Fact::Number(limit));
            claims.push(Self { said, decimals: None, times: 100, low, high });
        }
        claims.extend(says.words.map(Self::words));
        if let [part, whole] = says.out_of[..] {
            let half = |numerator| End { numerator, denominator: 2, closed: true };
            let (low, high) = (half(i128::from(part) * 2 - 1), half(i128::from(part) * 2 + 1));
            let counts = [part, whole].map(|count| Fact::Count(count.into()));
            let said = ("out_of", Fact::List(counts.into()));
            let times = whole.into();
            claims.push(Self { said, decimals: None, times, low: Some(low), high: Some(high) });
        }
        claims
    }

    /// What a statement says of how many there are for each of others.
    pub(super) fn ratio(says: &Says) -> Option<Self> {
        says.ratio.map(|ratio| Self::rounded("ratio", ratio, 1, says))
    }

    /// The same number, had it been rounded in another way.
    pub(super) fn had_it_been_rounded(&self, rounding: Rounding) -> Option<Self> {
        let (Fact::Number(number), Some(decimals)) = (&self.said.1, self.decimals) else {
            return None;
        };
        let (low, high) = rounding_range(*number, decimals, Some(rounding));
        Some(Self { low: Some(low), high: Some(high), ..self.clone() })
    }

    fn rounded(name: &'static str, number: Decimal, times: i128, says: &Says) -> Self {
        let (_, scale) = number.digits_and_scale();
        let decimals = says.decimals.unwrap_or(scale).max(scale);
        let (low, high) = rounding_range(number, decimals, says.rounding);
        let said = (name, Fact::Number(number));
        Self { said, decimals: Some(decimals), times, low: Some(low), high: Some(high) }
    }

    fn words(words: ShareWords) -> Self {
        let half = |numerator, closed| Some(End { numerator, denominator: 2, closed });
        let whole = |number, closed| Some(End::whole(number, closed));
        let (low, high) = match words {
            ShareWords::Nobody => (None, whole(0, true)),
            ShareWords::LessThanHalf => (None, whole(50, false)),
            ShareWords::AlmostHalf => (whole(45, true), whole(55, false)),
            ShareWords::Half => (half(99, true), half(101, false)),
            ShareWords::LittleMoreThanHalf => (whole(50, false), whole(55, true)),
            ShareWords::MoreThanHalf => (whole(50, false), None),
            ShareWords::Everybody => (whole(100, true), None),
        };
        let said = ("words", Fact::Text(words.word().to_owned()));
        Self { said, decimals: None, times: 100, low, high }
    }

    /// Whether a quotient of some count between two and some other between two can be what is claimed.
    pub(super) fn may_hold(&self, part: (i64, i64), whole: (i64, i64)) -> bool {
        let reaches = self.low.is_none_or(|low| self.is_above(low, part.1, whole.0.max(1)));
        let stays = self.high.is_none_or(|high| self.is_below(high, part.0, whole.1));
        whole.1 > 0 && reaches && stays
    }

    /// Whether the quotient of two counts is what is claimed.
    pub(super) fn holds(&self, part: i64, whole: i64) -> bool {
        self.may_hold((part, part), (whole, whole))
    }

    fn is_above(&self, low: End, part: i64, whole: i64) -> bool {
        let (own, end) = self.sides(low, part, whole);
        own > end || (low.closed && own == end)
    }

    fn is_below(&self, high: End, part: i64, whole: i64) -> bool {
        let (own, end) = self.sides(high, part, whole);
        own < end || (high.closed && own == end)
    }

    /// The quotient and an end over one denominator. Digits are at most 18 and counts at most 2^33, so that both fit;
    /// amounts beyond all money would meet at the limit.
    fn sides(&self, end: End, part: i64, whole: i64) -> (i128, i128) {
        (
            (self.times * end.denominator).saturating_mul(part.into()),
            end.numerator.saturating_mul(whole.into()),
        )
    }

    /// The smallest and the largest count, of so many, that give what is claimed; `None` if none does.
    pub(super) fn counts(&self, whole: i64) -> Option<(i64, i64)> {
        let part = |end: End| {
            let divisor = self.times * end.denominator;
            let dividend = end.numerator.saturating_mul(whole.into());
            (dividend.div_euclid(divisor), dividend.rem_euclid(divisor) == 0)
        };
        let least = self.low.map_or(0, |low| match part(low) {
            (quotient, true) if low.closed => quotient,
            (quotient, _) => quotient + 1,
        });
        let most = self.high.map_or(i128::from(whole), |high| match part(high) {
            (quotient, true) if !high.closed => quotient - 1,
            (quotient, _) => quotient,
        });
        let (least, most) = (least.max(0), most.min(i128::from(whole)));
        (least <= most).then(|| Some((i64::try_from(least).ok()?, i64::try_from(most).ok()?)))?
    }

    /// The claim as two comparisons with whole factors: `a × part + b × whole ≥ 0`, `> 0` where it is strict.
    pub(super) fn comparisons(&self) -> Vec<(i128, i128, bool)> {
        let low = self.low.map(|end| (self.times * end.denominator, -end.numerator, !end.closed));
        let high = self.high.map(|end| (-self.times * end.denominator, end.numerator, !end.closed));
        low.into_iter().chain(high).collect()
    }

    /// The quotient as it would be printed with the claim's decimals (for words and limits one), to the nearest.
    pub(super) fn printed(&self, part: i64, whole: i64) -> Option<Decimal> {
        let decimals = self.decimals.unwrap_or(1);
        let unit = 10_i128.pow(decimals);
        let whole = i128::from(whole);
        let times = if self.times == 1 { 1 } else { 100 };
        let twice = (2 * times * unit).checked_mul(part.into())?.checked_add(whole)?;
        let digits = i64::try_from(twice.checked_div_euclid(2 * whole)?).ok()?;
        Decimal::from_integer(digits).divided_by_ten(decimals)
    }
}

/// The range of numbers that are printed as this one.
fn rounding_range(number: Decimal, decimals: u32, rounding: Option<Rounding>) -> (End, End) {
    let (digits, scale) = number.digits_and_scale();
    // The number in halves of the unit of its last decimal.
    let halves = i128::from(digits) * 10_i128.pow(decimals.saturating_sub(scale)) * 2;
    let denominator = 10_i128.pow(decimals) * 2;
    let end = |numerator, closed| End { numerator, denominator, closed };
    let is_even = (halves / 2) % 2 == 0;
    match rounding {
        None => (end(halves - 1, true), end(halves + 1, true)),
        Some(Rounding::HalfUp) => (end(halves - 1, true), end(halves + 1, false)),
        Some(Rounding::HalfEven) => (end(halves - 1, is_even), end(halves + 1, is_even)),
        Some(Rounding::Down) => (end(halves, true), end(halves + 2, false)),
        Some(Rounding::Up) => (end(halves - 2, false), end(halves, true)),
    }
}
