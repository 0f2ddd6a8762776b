//! `dinh ledger …`

use programme::ids::{EvidenceId, PartId, ReportId, TargetId, TaskId, ValueId};
use std::{io::Read as _, path::Path};

use db::{Fault, SignedHead, Verify, VerifyReport};
use jiff::Timestamp;
use kernel::{AccountId, Ctx, PlanId, PostId, Problem, ProblemKind, UnitId, ids::TokenId};
use serde_json::{Value as Json, json};
use webkit::App;

use crate::{
    cli::{Format, LedgerCommand},
    console::{say, show},
};

pub async fn ledger(app: &App, ctx: &Ctx, format: Format, command: LedgerCommand) -> Result<(), Problem> {
    match command {
        LedgerCommand::Verify { files, against, stamp } => {
            let stamps = stamp.iter().map(|path| stamp_file(path)).collect::<Result<_, _>>()?;
            let report = db::verify_with(app.db(), &Verify { files, against, stamps }).await?;
            match format {
                Format::Json => show(format, &json_of(&report)?),
                _ => tell(app, ctx, &report)?,
            }
            if let Some(code) = advice(&report.faults) {
                return Err(Problem::bad_input(code));
            }
        }
        LedgerCommand::Head => {
            let unsigned = || Problem::new(ProblemKind::Conflict, "ledger-no-head");
            let head = db::signed_head(app.db()).await?.ok_or_else(unsigned)?;
            show(format, &if format == Format::Json { json_of(&head)? } else { readable(&head) });
        }
        LedgerCommand::AcceptClock { reason } => {
            db::accept_clock(app.db(), ctx, &reason).await?;
            show(format, &json!({ "clock": ctx.now().to_string() }));
        }
        LedgerCommand::AcceptHead { reason } => {
            db::accept_head(app.db(), ctx, &reason).await?;
            let head = db::signed_head(app.db()).await?.map(|head| head.named());
            show(format, &json!({ "signed": head }));
        }
    }
    Ok(())
}

fn json_of<T: serde::Serialize>(value: &T) -> Result<Json, Problem> {
    serde_json::to_value(value).map_err(Problem::internal)
}

/// An instant as RFC 3339 writes it.
pub(crate) fn instant(micros: i64) -> String {
    Timestamp::from_microsecond(micros).map(|at| at.to_string()).unwrap_or_default()
}

fn readable(head: &SignedHead) -> Json {
    json!({
        "head": head.named(), "at": head.at.map(instant), "signature": head.signature, "key": head.key,
    })
}

/// What was found as sentences, each fault with the words that pages have for it.
fn tell(app: &App, ctx: &Ctx, report: &VerifyReport) -> Result<(), Problem> {
    let (locales, lang) = (app.locales(), ctx.lang);
    let args = [
        ("entries", report.entries.to_string().into()),
        ("checkpoints", report.checkpoints.to_string().into()),
        ("rows", report.rows.to_string().into()),
        ("files", report.files.to_string().into()),
        ("stamps", report.stamps.to_string().into()),
        ("proven", report.stamps_proven.to_string().into()),
        ("count", report.faults.len().to_string().into()),
    ];
    let head = if report.faults.is_empty() { "ledger-verified" } else { "ledger-verified-faults" };
    say(&locales.text(lang, head, &args));
    if let Some(newest) = &report.newest_stamp {
        say(&format!("{}: {} {}", locales.text(lang, "check-timestamp", &[]), instant(newest.at), newest.tsa));
    }
    for fault in &report.faults {
        let fault = json_of(fault)?;
        let kind = fault["kind"].as_str().unwrap_or_default();
        let words = locales.text(lang, &format!("fault-{}", kind.replace('_', "-")), &[]);
        say(&format!(
            "- {words} {} ({kind})",
            place(&fault, |table| {
                let key = format!("sealed-{}", table.replace('_', "-"));
                if locales.has(&key) { locales.text(lang, &key, &[]) } else { table.to_owned() }
            })
        ));
    }
    Ok(())
}

fn place(fault: &Json, named: impl Fn(&str) -> String) -> String {
    let text = |name: &str| fault[name].as_str().unwrap_or_default();
    if let Some(table) = fault["table"].as_str() {
        let id = text("id");
        let shown = typed(table, id).map_or_else(|| id.to_owned(), |typed| format!("{typed} = {id}"));
        return format!("{} {shown}", named(table));
    }
    match (fault["line"].as_u64(), fault["seq"].as_i64()) {
        (Some(number), _) => number.to_string(),
        (None, Some(number)) => number.to_string(),
        (None, None) => text("digest").to_owned(),
    }
}

/// The id as pages and addresses show it.
fn typed(table: &str, id: &str) -> Option<String> {
    let id = id.parse().ok()?;
    Some(match table {
        "directory_unit" => UnitId::from_uuid(id).to_string(),
        "directory_post" => PostId::from_uuid(id).to_string(),
        "directory_account" | "directory_feed" => AccountId::from_uuid(id).to_string(),
        "directory_token" => TokenId::from_uuid(id).to_string(),
        "programme_plan" | "programme_public" => PlanId::from_uuid(id).to_string(),
        "programme_part" => PartId::from_uuid(id).to_string(),
        "programme_task" => TaskId::from_uuid(id).to_string(),
        "programme_target" => TargetId::from_uuid(id).to_string(),
        "programme_evidence" => EvidenceId::from_uuid(id).to_string(),
        "programme_value" => ValueId::from_uuid(id).to_string(),
        "programme_report" => ReportId::from_uuid(id).to_string(),
        _ => return None,
    })
}

/// What to do, by what was found: only a head that the chain no longer reaches is signed anew.
fn advice(faults: &[Fault]) -> Option<&'static str> {
    let code = |fault: &Fault| match fault {
        Fault::Truncated { .. } | Fault::BadCheckpoint { .. } | Fault::CheckpointsCut { .. } => "ledger-broken",
        Fault::Edited { .. }
        | Fault::ColumnDiffers { .. }
        | Fault::Missing { .. }
        | Fault::ClockBack { .. }
        | Fault::Stray { .. }
        | Fault::HeadDiffers { .. }
        | Fault::CheckpointUnreadable { .. }
        | Fault::AgainstDiffers { .. }
        | Fault::StampDiffers { .. }
        | Fault::StampUnproven { .. }
        | Fault::StampUnreadable { .. }
        | Fault::StampForeign { .. } => "ledger-chain-broken",
        Fault::RowChanged { .. } | Fault::RowUnsealed { .. } | Fault::RowGone { .. } => "ledger-rows-broken",
        Fault::FileDamaged { .. } => "ledger-files-broken",
    };
    let order = ["ledger-broken", "ledger-chain-broken", "ledger-rows-broken", "ledger-files-broken"];
    order.into_iter().find(|wanted| faults.iter().any(|fault| code(fault) == *wanted))
}

/// No more than a stamp can have: what is longer is refused for its length.
fn stamp_file(path: &Path) -> Result<Vec<u8>, Problem> {
    let unusable = |error| Problem::bad_input("file-unusable").with("file", path.display()).because(error);
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(unusable)?;
    file.take(timestamp::MOST as u64 + 1).read_to_end(&mut bytes).map_err(unusable)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_advice_fits_what_was_found() {
        let row = || Fault::RowChanged { table: "directory_post".into(), id: "x".into() };
        assert_eq!(advice(&[]), None);
        assert_eq!(advice(&[row()]), Some("ledger-rows-broken"));
        assert_eq!(advice(&[row(), Fault::Edited { seq: 1 }]), Some("ledger-chain-broken"));
        assert_eq!(advice(&[row(), Fault::Truncated { seq: 1 }]), Some("ledger-broken"));
        let locales = webkit::locales(&crate::wiring::modules()).unwrap();
        for code in ["ledger-chain-broken", "ledger-rows-broken", "ledger-files-broken"] {
            for lang in [kernel::Lang::Vi, kernel::Lang::En] {
                let said = locales.text(lang, &format!("problem-{code}"), &[]);
                assert!(!said.contains("accept-head") && !said.starts_with("problem-"), "{said}");
            }
        }
    }

    #[test]
    fn a_row_is_named_as_pages_name_it() {
        let fault =
            json!({ "kind": "row_changed", "table": "directory_post", "id": "00000000-0000-0000-0000-000000000007" });
        let shown = place(&fault, str::to_owned);
        assert!(shown.starts_with("directory_post post_") && shown.ends_with("000000000007"), "{shown}");
        assert_eq!(place(&json!({ "kind": "edited", "seq": 7 }), str::to_owned), "7");
    }
}
