//! `dinh`: see [`dinh::cli`].

fn main() -> std::process::ExitCode {
    if std::env::args().nth(1).as_deref() == Some(dinh::reader_process::ARGUMENT) {
        return dinh::reader_process::child();
    }
    dinh::cli::run()
}
