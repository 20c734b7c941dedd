//! Work → done on a stack that holds what the checks before it let through: on this thread if it has one, else on a thread of its own.

use super::QueryError;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::{io, thread};

/// Stack of a thread that parses and evaluates; the engine recurses over what the checks let through.
pub(super) const STACK: usize = 64 * 1024 * 1024;

thread_local! {
    static LARGE: Cell<bool> = const { Cell::new(false) };
}

/// Does all of `work` on one thread with a large stack, so that no query of it needs a thread.
///
/// # Errors
/// When the system gives no such thread, or `work` broke off.
pub fn with_large_stack<T: Send>(work: impl FnOnce() -> T + Send) -> io::Result<T> {
    thread::scope(|scope| {
        let large = || {
            LARGE.set(true);
            work()
        };
        thread::Builder::new()
            .name("queries".to_owned())
            .stack_size(STACK)
            .spawn_scoped(scope, large)?
            .join()
            .map_err(|_| io::Error::other("a thread broke off"))
    })
}

/// Whether this thread has a large stack.
pub(super) fn is_large() -> bool {
    LARGE.get()
}

/// Does `work` on this thread, which has a large stack.
pub(super) fn here<T>(work: impl FnOnce() -> Result<T, QueryError>) -> Result<T, QueryError> {
    // nothing that `work` changes is looked at when it broke off
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(broke_off()))
}

/// Runs on a stack that holds what the checks let through.
pub(super) fn on_large_stack<T: Send>(
    work: impl FnOnce() -> Result<T, QueryError> + Send,
) -> Result<T, QueryError> {
    if is_large() {
        return here(work);
    }
    thread::scope(|scope| {
        let thread = thread::Builder::new()
            .name("update".to_owned())
            .stack_size(STACK)
            .spawn_scoped(scope, work)?;
        thread.join().unwrap_or_else(|_| Err(broke_off()))
    })
}

/// The engine broke off.
pub(super) fn broke_off() -> QueryError {
    QueryError::Evaluation("the engine failed on this request".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thread_does_for_many() {
        let threads = with_large_stack(|| {
            [(); 2].map(|()| on_large_stack(|| Ok(thread::current().id())).unwrap())
        });
        let [one, other] = threads.unwrap();
        assert_eq!(one, other);
        assert_ne!(one, thread::current().id());
        assert!(!is_large());
        let failed = with_large_stack(|| on_large_stack(|| -> Result<(), _> { panic!("tried") }));
        assert!(failed.unwrap().is_err());
    }
}
