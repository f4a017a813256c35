//! Statistics: numbers to numbers. Nothing here knows of projects.

mod proportion;

pub use proportion::{Interval, wilson};
