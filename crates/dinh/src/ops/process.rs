//! What the process takes of the machine, as Linux tells it; nothing where it does not.

use prometheus_client::{
    metrics::gauge::ConstGauge,
    registry::{Registry, Unit},
};

/// Under the names that all programs use.
pub fn register(registry: &mut Registry) {
    if let Some(bytes) = resident_bytes() {
        let gauge = ConstGauge::new(bytes);
        registry.register_with_unit("process_resident_memory", "Memory in use", Unit::Bytes, gauge);
    }
    if let Some(count) = open_files() {
        registry.register("process_open_fds", "Open file descriptors", ConstGauge::new(count));
    }
}

fn resident_bytes() -> Option<i64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: i64 = line.trim().strip_suffix("kB")?.trim_end().parse().ok()?;
    kilobytes.checked_mul(1024)
}

fn open_files() -> Option<i64> {
    let count = std::fs::read_dir("/proc/self/fd").ok()?.count();
    // One of them is that of the list itself.
    i64::try_from(count.saturating_sub(1)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_process_has_memory_and_open_files() {
        assert!(resident_bytes().is_some_and(|bytes| bytes > 1024 * 1024));
        let before = open_files().unwrap();
        let held: Vec<_> = (0..50).map(|_| std::fs::File::open("/dev/null").unwrap()).collect();
        assert!(open_files().is_some_and(|now| now + 25 > before + 50), "tests beside this one open and close too");
        drop(held);
    }
}
