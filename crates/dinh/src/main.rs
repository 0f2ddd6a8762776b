//! `dinh`: see [`dinh::cli`]; as a child of itself, a reader of foreign bytes.

fn main() -> std::process::ExitCode {
    // Before anything is written: what this program makes is for its owner alone.
    rustix::process::umask(rustix::fs::Mode::RWXG | rustix::fs::Mode::RWXO);
    match std::env::args().nth(1).as_deref() {
        Some(dinh::plan_child::ARGUMENT) => dinh::plan_child::child(),
        Some(dinh::plan_child::SCAN_ARGUMENT) => dinh::plan_child::scan_child(),
        Some(dinh::plan_child::LOOK_ARGUMENT) => dinh::plan_child::look_child(),
        Some(dinh::plan_child::PICTURE_ARGUMENT) => dinh::plan_child::picture_child(),
        Some(dinh::convert::ARGUMENT) => dinh::convert::child(),
        Some(dinh::sheet_child::ARGUMENT) => dinh::sheet_child::child(),
        Some(dinh::probe::ARGUMENT) => dinh::probe::child(),
        Some(dinh::training::ARGUMENT) => dinh::training::site::child(),
        _ => dinh::run::run(),
    }
}
