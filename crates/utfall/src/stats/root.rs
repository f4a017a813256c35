//! Where a function of one number is zero.

/// Far more steps than halving a bracket of floating-point numbers takes.
const MOST_STEPS: usize = 200;

/// The place between `low` and `high` where a function that is continuous there changes its sign.
///
/// Where it has one sign at both ends, as rounding can make it, the end that is nearer to zero.
///
/// Source: T. R. Chandrupatla, *A new hybrid quadratic/bisection algorithm for finding the zero of a nonlinear function
/// without using derivatives*, Advances in Engineering Software 28 (1997), 145–149.
pub(super) fn root(function: impl Fn(f64) -> f64, low: f64, high: f64) -> f64 {
    let (mut newest, mut opposite) = (at(&function, high), at(&function, low));
    let nearer = |one: Point, other: Point| if one.y.abs() < other.y.abs() { one } else { other };
    if newest.y.signum().total_cmp(&opposite.y.signum()).is_eq() {
        return nearer(newest, opposite).x;
    }
    let mut part = 0.5;
    for _ in 0..MOST_STEPS {
        let tried = at(&function, newest.x + part * (opposite.x - newest.x));
        let oldest = if tried.y.signum().total_cmp(&newest.y.signum()).is_eq() {
            newest
        } else {
            std::mem::replace(&mut opposite, newest)
        };
        newest = tried;
        let best = nearer(newest, opposite);
        let width = (opposite.x - newest.x).abs();
        let smallest_part = 2.0 * f64::EPSILON * best.x.abs().max(f64::MIN_POSITIVE) / width;
        if best.y == 0.0 || smallest_part.is_nan() || smallest_part > 0.5 {
            return best.x;
        }
        part = step(newest, opposite, oldest).clamp(smallest_part, 1.0 - smallest_part);
    }
    nearer(newest, opposite).x
}

/// A place and the value there.
#[derive(Clone, Copy)]
struct Point {
    x: f64,
    y: f64,
}

fn at(function: impl Fn(f64) -> f64, x: f64) -> Point {
    Point { x, y: function(x) }
}

/// How far to go from the newest point towards the opposite one: by inverse quadratic interpolation through three
/// points where that is sure to stay between them, else half the way.
fn step(newest: Point, opposite: Point, oldest: Point) -> f64 {
    let xi = (newest.x - opposite.x) / (oldest.x - opposite.x);
    let phi = (newest.y - opposite.y) / (oldest.y - opposite.y);
    if phi * phi < xi && (1.0 - phi) * (1.0 - phi) < 1.0 - xi {
        let first = newest.y / (opposite.y - newest.y) * oldest.y / (opposite.y - oldest.y);
        let second = (oldest.x - newest.x) / (opposite.x - newest.x) * newest.y
            / (oldest.y - newest.y)
            * opposite.y
            / (oldest.y - opposite.y);
        first + second
    } else {
        0.5
    }
}

#[cfg(test)]
mod tests {
    use super::root;

    #[test]
    fn finds_what_is_known() {
        assert!((root(|x| x * x - 2.0, 0.0, 2.0) - 2.0_f64.sqrt()).abs() < 1e-15);
        assert!(
            (root(|x| 1e-20 - x.powi(9), 0.0, 1e6) / 1e-20_f64.powf(1.0 / 9.0) - 1.0).abs() < 1e-14
        );
        assert!((root(|x| (x - 0.3).signum(), 0.0, 1.0) - 0.3).abs() < 1e-15);
    }

    #[test]
    fn takes_the_nearer_end_where_there_is_none() {
        assert!((root(|x| x + 1.0, 0.0, 2.0)).abs() < 1e-300);
        assert!((root(|x| x - 3.0, 0.0, 2.0) - 2.0).abs() < 1e-15);
    }

    #[test]
    fn ends_where_the_function_is_no_number() {
        assert!(!root(|_| f64::NAN, 0.0, 1.0).is_infinite());
    }
}
