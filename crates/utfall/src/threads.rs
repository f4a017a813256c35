//! Work in threads of the standard library.

use std::panic::resume_unwind;
use std::thread;

/// What each of several threads gives, the present one first: at most so many as are asked for, and as there are
/// processors. The threads share out the work among themselves.
pub(crate) fn in_threads<T: Send>(most: usize, work: impl Fn() -> T + Sync) -> Vec<T> {
    let processors = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let others: Vec<_> = (1..processors.min(most)).map(|_| scope.spawn(&work)).collect();
        let mut done = vec![work()];
        let others = others.into_iter().map(thread::ScopedJoinHandle::join);
        done.extend(others.map(|other| other.unwrap_or_else(|panic| resume_unwind(panic))));
        done
    })
}
