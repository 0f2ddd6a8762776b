//! How many statements on frozen lists and dossiers an act runs.

use std::cell::Cell;

thread_local! {
    // A test and all that it asks for run on one thread, other tests of this process on theirs.
    static HEARD: Cell<usize> = const { Cell::new(0) };
}

fn note(sql: &str, _: &[db::Value]) {
    if ["registry_baseline", "registry_dossier"].iter().any(|table| sql.contains(table)) {
        HEARD.set(HEARD.get() + 1);
    }
}

pub async fn statements<T>(act: impl Future<Output = T>) -> (T, usize) {
    db::hear(note);
    HEARD.set(0);
    let outcome = act.await;
    (outcome, HEARD.get())
}
