//! Which process holds a lease, so that the leases of one that died can be told from those of one that lives.

use std::{fmt, path::Path, sync::OnceLock};

/// A process of a machine: `machine boot namespace pid start`, as Linux tells them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Holder {
    machine: String,
    boot: String,
    /// Processes of another container have numbers of their own.
    namespace: String,
    pid: String,
    start: String,
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { machine, boot, namespace, pid, start } = self;
        write!(f, "{machine} {boot} {namespace} {pid} {start}")
    }
}

fn word(path: &str) -> String {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    text.split_whitespace().collect::<Vec<_>>().join("-")
}

/// The moment a process started, in ticks since the machine did; none where there is no such process.
fn start_of(pid: &str) -> Option<String> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name in parentheses may hold anything; the state is the first field after it.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace();
    let state = fields.next()?;
    (state != "Z").then(|| fields.nth(18).map(str::to_owned)).flatten()
}

impl Holder {
    pub fn own() -> &'static Self {
        static OWN: OnceLock<Holder> = OnceLock::new();
        OWN.get_or_init(|| Self::of(&std::process::id().to_string()))
    }

    fn of(pid: &str) -> Self {
        let namespace = std::fs::read_link(Path::new("/proc/self/ns/pid")).unwrap_or_default();
        Self {
            machine: format!("{}:{}", word("/proc/sys/kernel/hostname"), word("/etc/machine-id")),
            boot: word("/proc/sys/kernel/random/boot_id"),
            namespace: namespace.display().to_string(),
            pid: pid.to_owned(),
            start: start_of(pid).unwrap_or_default(),
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        let mut words = text.split(' ').map(str::to_owned);
        let mut next = || words.next();
        let holder = Self { machine: next()?, boot: next()?, namespace: next()?, pid: next()?, start: next()? };
        words.next().is_none().then_some(holder)
    }

    /// Certainly dead, as far as this process can know: of this machine, and gone.
    pub fn is_dead(&self) -> bool {
        let own = Self::own();
        let rebooted = self.boot != own.boot;
        let gone = || self.namespace == own.namespace && start_of(&self.pid).as_ref() != Some(&self.start);
        self.machine == own.machine && (rebooted || gone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_process_of_this_machine_that_is_gone_is_dead() {
        let own = Holder::own();
        assert_eq!(Holder::parse(&own.to_string()).as_ref(), Some(own));
        assert!(!own.is_dead());
        let mut child = std::process::Command::new("sleep").arg("60").spawn().unwrap();
        let other = Holder::of(&child.id().to_string());
        assert!(!other.is_dead(), "it lives");
        child.kill().unwrap();
        assert!(child.wait().is_ok() && other.is_dead());
        let elsewhere = Holder { machine: "khác:1".into(), ..other.clone() };
        assert!(!elsewhere.is_dead(), "nobody here knows");
        let reused = Holder { start: "1".into(), ..own.clone() };
        assert!(reused.is_dead(), "the number was given to another process");
        assert!(Holder { boot: "trước".into(), ..own.clone() }.is_dead());
        assert!(Holder::parse("req_01h").is_none());
    }
}
