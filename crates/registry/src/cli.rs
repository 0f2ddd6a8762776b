//! `dinh registry`.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use kernel::{Ctx, Problem};
use serde_json::{Value as Json, json};
use webkit::App;

use crate::usecase::{confirm::rounds, import};

pub fn command() -> Command {
    let file = Arg::new("file")
        .required(true)
        .value_parser(value_parser!(PathBuf))
        .help("Tệp .xlsx hoặc .csv / the .xlsx or .csv file");
    let look = Arg::new("preview")
        .long("preview")
        .action(ArgAction::SetTrue)
        .help("Chỉ xem trước / only show what it would do");
    Command::new("registry")
        .about("Danh mục hệ thống thông tin / the registry of information systems")
        .subcommand_required(true)
        .subcommand(
            Command::new("import")
                .about("Nạp danh sách từ Excel, CSV / take a list in from Excel or CSV")
                .arg(file)
                .arg(look),
        )
        .subcommand(
            Command::new("rounds").about("Cơ quan nào đã xác nhận năm nay / which bodies have confirmed this year"),
        )
}

pub async fn run(app: &App, ctx: &Ctx, matches: &ArgMatches) -> Result<Json, Problem> {
    let Some(("import", args)) = matches.subcommand() else {
        return Ok(json!({ "rounds": rounds(app, ctx, &app.db().read()).await? }));
    };
    let Some(file) = args.get_one::<PathBuf>("file") else { return Err(Problem::bad_input("no-file")) };
    let unusable =
        |error: std::io::Error| Problem::bad_input("file-unusable").with("file", file.display()).because(error);
    let bytes = std::fs::read(file).map_err(unusable)?.into();
    let preview = import::systems_preview(app, ctx, bytes).await?;
    if !args.get_flag("preview") {
        import::systems_import(app, ctx, &preview).await?;
    }
    Ok(preview.told(app, ctx))
}
