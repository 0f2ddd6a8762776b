//! `dinh ledger …`

use std::{io::Read as _, path::Path};

use db::Verify;
use kernel::{Ctx, Problem};
use serde_json::json;
use webkit::App;

use crate::{
    cli::{Format, LedgerCommand},
    commands::show,
};

pub async fn ledger(app: &App, ctx: &Ctx, format: Format, command: LedgerCommand) -> Result<(), Problem> {
    match command {
        LedgerCommand::Verify { files, against, stamp } => {
            let stamps = stamp.iter().map(|path| stamp_file(path)).collect::<Result<_, _>>()?;
            let report = db::verify_with(app.db(), &Verify { files, against, stamps }).await?;
            show(format, &serde_json::to_value(&report).map_err(Problem::internal)?);
            if report.fault.is_some() {
                return Err(Problem::bad_input("ledger-broken"));
            }
        }
        LedgerCommand::Head => {
            let head = db::signed_head(app.db()).await?.ok_or_else(Problem::not_found)?;
            show(format, &serde_json::to_value(&head).map_err(Problem::internal)?);
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

/// No more than a stamp can have: what is longer is refused for its length.
fn stamp_file(path: &Path) -> Result<Vec<u8>, Problem> {
    let unusable = |error| Problem::bad_input("file-unusable").with("file", path.display()).because(error);
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(unusable)?;
    file.take(timestamp::MOST as u64 + 1).read_to_end(&mut bytes).map_err(unusable)?;
    Ok(bytes)
}
