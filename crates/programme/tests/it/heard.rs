//! The statements that an act runs.

use std::cell::RefCell;

use db::Value;

thread_local! {
    // A test and all that it asks for run on one thread, other tests of this process on theirs.
    static HEARD: RefCell<Option<Vec<String>>> = const { RefCell::new(None) };
}

fn note(sql: &str, _: &[Value]) {
    HEARD.with_borrow_mut(|heard| {
        if let Some(heard) = heard {
            heard.push(sql.to_owned());
        }
    });
}

/// What comes of an act, and the statements that were run for it.
pub async fn during<T>(act: impl Future<Output = T>) -> (T, Vec<String>) {
    db::hear(note);
    HEARD.set(Some(vec![]));
    let outcome = act.await;
    (outcome, HEARD.take().unwrap_or_default())
}
