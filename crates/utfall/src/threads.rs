//! Work in threads of the standard library.

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// What each of several threads gives, the present one first: at most so many as are asked for, and as there are
/// processors. The threads share out the work among themselves.
pub(crate) fn in_threads<T: Send>(most: usize, work: impl Fn() -> T + Sync) -> Vec<T> {
    thread::scope(|scope| {
        let others: Vec<_> = (1..worth_while(most)).map(|_| scope.spawn(&work)).collect();
        let mut done = vec![work()];
        let others = others.into_iter().map(thread::ScopedJoinHandle::join);
        done.extend(others.map(|other| other.unwrap_or_else(|panic| resume_unwind(panic))));
        done
    })
}

/// How many threads are worth while for so many pieces, one for each of so many processors at the most.
pub(crate) fn worth_while(pieces: usize) -> usize {
    let processors = thread::available_parallelism().map_or(1, usize::from);
    processors.min(pieces).max(1)
}

/// What work gives for each of `pieces` pieces, in their order, whoever did it: a thread for each of some states takes
/// the next piece until none is left, the present thread with the first state.
pub(crate) fn in_order<S: Send, T: Send>(
    states: &mut [S],
    pieces: usize,
    work: impl Fn(&mut S, usize) -> T + Sync,
) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let take = |state: &mut S| {
        let mut done = Vec::new();
        loop {
            let position = next.fetch_add(1, Ordering::Relaxed);
            if position >= pieces {
                return done;
            }
            done.push((position, work(state, position)));
        }
    };
    let mut done = thread::scope(|scope| {
        let mut states = states.iter_mut();
        let first = states.next();
        let others: Vec<_> = states.map(|state| scope.spawn(|| take(state))).collect();
        let mut done = first.map(take).unwrap_or_default();
        for other in others {
            done.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        done
    });
    done.sort_by_key(|(position, _)| *position);
    done.into_iter().map(|(_, done)| done).collect()
}
