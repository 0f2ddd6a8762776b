//! What stands for the values of a statement in its text, and the values themselves.

/// `$3, $4, $5` for three values from the third on; `NULL` for none, which no `IN` finds.
pub fn marks(first: usize, count: usize) -> String {
    let marks: Vec<String> = (first..first + count).map(|n| format!("${n}")).collect();
    if marks.is_empty() { "NULL".into() } else { marks.join(", ") }
}

/// Values of a statement, in the order of `$1`, `$2` ...
#[macro_export]
macro_rules! vals {
    ($($value:expr),* $(,)?) => { vec![$($crate::Value::from($value)),*] };
}
