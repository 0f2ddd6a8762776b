//! What a reader of foreign bytes takes away from itself before it looks at any: files, sockets, programs, threads,
//! and life beyond its parent's. It keeps the pipes it was born with, and memory up to its limit.
//!
//! Linux does it without privileges: Landlock for files, seccomp for all other doors. A kernel without them reads
//! nothing: weaker than this is never chosen in silence.

use std::collections::BTreeMap;

use landlock::{ABI, Access, AccessFs, AccessNet, CompatLevel, Compatible, Ruleset, RulesetAttr, RulesetStatus, Scope};
use rustix::process::Signal;
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
};

type Failed = Box<dyn std::error::Error>;

/// Ends with its parent, even when that one was killed. Must come first, so that no orphan is left.
pub fn die_with_parent() -> std::io::Result<()> {
    Ok(rustix::process::set_parent_process_death_signal(Some(Signal::KILL))?)
}

/// Foreign work never takes the processor from people who wait for a page.
pub fn stand_back() {
    let _ = rustix::process::nice(10);
}

/// Gives up everything but reading and writing what is open already. There is no way back. The error says what the
/// kernel lacks.
pub fn confine() -> Result<(), String> {
    rustix::thread::set_no_new_privs(true).map_err(|error| format!("NoNewPrivs: {error}"))?;
    no_files().map_err(|error| format!("Landlock: {error}"))?;
    few_calls().map_err(|error| format!("seccomp: {error}"))
}

/// Whether the kernel takes the rules that [`confine`] needs. Nothing is given up by asking.
pub fn knows_landlock() -> bool {
    let rules = Ruleset::default().set_compatibility(CompatLevel::HardRequirement);
    rules.handle_access(AccessFs::from_all(ABI::V1)).and_then(Ruleset::create).is_ok()
}

fn no_files() -> Result<(), Failed> {
    let status = Ruleset::default()
        .set_compatibility(CompatLevel::HardRequirement)
        .handle_access(AccessFs::from_all(ABI::V1))?
        // Newer kernels know more doors; the filter of calls closes them too.
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(AccessFs::from_all(ABI::V5))?
        .handle_access(AccessNet::from_all(ABI::V5))?
        .scope(Scope::from_all(ABI::V6))?
        .create()?
        .restrict_self()?;
    if status.ruleset == RulesetStatus::NotEnforced { Err("not enforced".into()) } else { Ok(()) }
}

/// Calls that a program needs to compute, to read and write what is open, and to end.
const CALLS: [i64; 27] = [
    libc::SYS_read,
    libc::SYS_readv,
    libc::SYS_write,
    libc::SYS_writev,
    libc::SYS_close,
    libc::SYS_fstat,
    libc::SYS_lseek,
    libc::SYS_brk,
    libc::SYS_munmap,
    libc::SYS_mremap,
    libc::SYS_madvise,
    libc::SYS_futex,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sigaltstack,
    libc::SYS_restart_syscall,
    libc::SYS_sched_yield,
    libc::SYS_clock_gettime,
    libc::SYS_clock_nanosleep,
    libc::SYS_nanosleep,
    libc::SYS_getrandom,
    libc::SYS_getpid,
    libc::SYS_gettid,
    libc::SYS_getppid,
    libc::SYS_exit,
    libc::SYS_exit_group,
];

fn few_calls() -> Result<(), Failed> {
    let mut rules: BTreeMap<i64, Vec<SeccompRule>> = CALLS.into_iter().map(|call| (call, vec![])).collect();
    let when = |argument, operation, value| -> Result<Vec<SeccompRule>, Failed> {
        let condition = SeccompCondition::new(argument, SeccompCmpArgLen::Dword, operation, value)?;
        Ok(vec![SeccompRule::new(vec![condition])?])
    };
    // Memory, but none that can be run.
    let data = SeccompCmpOp::MaskedEq(u64::try_from(libc::PROT_EXEC)?);
    rules.insert(libc::SYS_mmap, when(2, data.clone(), 0)?);
    rules.insert(libc::SYS_mprotect, when(2, data, 0)?);
    // To abort is a signal to oneself; to others none is sent.
    rules.insert(libc::SYS_tgkill, when(0, SeccompCmpOp::Eq, u64::from(std::process::id()))?);
    let refused = SeccompAction::Errno(u32::try_from(libc::EPERM)?);
    let arch = std::env::consts::ARCH.try_into()?;
    let program: BpfProgram = SeccompFilter::new(rules, refused, SeccompAction::Allow, arch)?.try_into()?;
    Ok(seccompiler::apply_filter(&program)?)
}
