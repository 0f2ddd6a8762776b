//! The routes of the inventory beside those of the register, and its commands.

use std::path::{Path, PathBuf};

use kernel::{Ctx, Problem};
use serde_json::{Value as Json, json};
use webkit::{
    Access, Arg, ArgAction, ArgMatches, Asked, Core, Format, ImportFile as _, ImportPage, Route, value_parser,
};

use crate::{
    api::inventory as api,
    generate,
    pages::{add, availability, certificates, checks, components, doubles, heads, merge, ours},
    usecase::{export, materials::LIMIT},
};

pub fn routes() -> Vec<Route> {
    let [read, edit, import, map] =
        ["registry.read", "registry.edit", "registry.import", "registry.map"].map(Access::Action);
    vec![
        Route::get("/systems/add", edit, add::question),
        Route::get("/systems/secret", edit, add::secret),
        Route::post("/systems/secret", edit, api::secret),
        Route::get("/systems/ours", read, ours::ours),
        Route::post("/systems/ours", edit, api::ours_save),
        Route::get("/systems/certificates", read, certificates::certificates),
        Route::get("/systems/checks", map, checks::checks),
        Route::get("/systems/components", map, components::find),
        Route::get("/systems/doubles", import, doubles::doubles),
        Route::get("/systems/heads", import, heads::heads),
        Route::post("/systems/heads", import, api::head),
        Route::get("/systems/{id}/merge", edit, merge::look),
        Route::post("/systems/{id}/merge", edit, api::merge),
        Route::post("/systems/{id}/certificates", edit, api::certificate),
        Route::post("/systems/{id}/checks", edit, api::check),
        Route::post("/systems/{id}/availability", edit, api::measure),
        Route::get("/systems/{id}/materials", map, components::show),
        Route::post("/systems/{id}/materials", edit, components::take).body_limit(LIMIT),
        Route::post("/api/v1/systems/secret", edit, api::secret),
        Route::post("/api/v1/systems/ours", edit, api::ours_save),
        Route::get("/api/v1/systems/components", map, api::components),
        Route::get("/api/v1/systems/doubles", import, api::doubles),
        Route::get("/api/v1/systems/heads", import, api::heads),
        Route::post("/api/v1/systems/heads", import, api::head),
        Route::get("/api/v1/systems/{id}/certificates", read, api::certificates),
        Route::post("/api/v1/systems/{id}/certificates", edit, api::certificate),
        Route::get("/api/v1/systems/{id}/checks", map, api::checks),
        Route::post("/api/v1/systems/{id}/checks", edit, api::check),
        Route::post("/api/v1/systems/availability/import", import, api::availability_import)
            .body_limit(ImportPage::LIMIT),
        Route::get("/api/v1/systems/{id}/availability", read, api::availability),
        Route::post("/api/v1/systems/{id}/availability", edit, api::measure),
        Route::post("/api/v1/systems/{id}/merge", edit, api::merge),
        Route::get("/api/v1/systems/{id}/materials", map, api::bill),
        Route::post("/api/v1/systems/{id}/materials", edit, api::materials).body_limit(LIMIT),
    ]
}

pub const COMMANDS: &[Asked] = &[
    Asked {
        word: "generate",
        about: "Tạo bảng tính mẫu có lỗi như thật / make a sheet with the dirt of real ones",
        args: || {
            let number = |name: &'static str, usual: &'static str, help: &'static str| {
                Arg::new(name).long(name).default_value(usual).value_parser(value_parser!(u64)).help(help)
            };
            vec![
                number("systems", "500", "Số hệ thống / how many systems"),
                number("seed", "1", "Cùng một số thì cùng một tệp / the same number gives the same file"),
                out(),
            ]
        },
        anywhere: true,
        run: |core, ctx, args| Box::pin(std::future::ready(generate_file(core, ctx, args))),
    },
    Asked {
        word: "availability",
        about: "Nạp số đo mức sẵn sàng từ hệ thống giám sát / take in the availability that monitoring measured",
        args: || {
            let file = Arg::new("file").required(true).value_parser(value_parser!(PathBuf));
            let look = Arg::new("preview").long("preview").action(ArgAction::SetTrue);
            vec![
                file.help("Tệp .xlsx hoặc .csv / the .xlsx or .csv file"),
                look.help("Chỉ xem trước / only show what it would do"),
            ]
        },
        anywhere: false,
        run: |core, ctx, args| Box::pin(measures_file(core, ctx, args)),
    },
    Asked {
        word: "export",
        about: "Xuất danh mục / write the registry to a file",
        args: || {
            let file = "Tệp; không nêu thì in ra, trừ xlsx / the file; without it, printed, but not xlsx";
            vec![out().required(false).help(file)]
        },
        anywhere: false,
        run: |core, ctx, args| Box::pin(export_file(core, ctx, args)),
    },
];

fn out() -> Arg {
    Arg::new("out")
        .long("out")
        .required(true)
        .value_parser(value_parser!(PathBuf))
        .help("Tệp sẽ ghi / the file to be written")
}

fn out_file(args: &ArgMatches) -> Result<&PathBuf, Problem> {
    args.get_one::<PathBuf>("out").ok_or_else(|| Problem::bad_input("systems-export-out"))
}

fn write(file: &Path, bytes: &[u8]) -> Result<String, Problem> {
    let unusable =
        |error: std::io::Error| Problem::bad_input("file-unusable").with("file", file.display()).because(error);
    std::fs::write(file, bytes).map_err(unusable)?;
    Ok(file.display().to_string())
}

/// The name of one of several files: the first is called as it was asked for, the next `TÊN-2.xlsx`.
fn part(file: &Path, at: usize) -> PathBuf {
    if at == 0 {
        return file.to_owned();
    }
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let end = file.extension().map(|end| format!(".{}", end.to_string_lossy())).unwrap_or_default();
    file.with_file_name(format!("{stem}-{}{end}", at + 1))
}

/// Refused where a further file of an earlier, longer list lies there: it would be taken in with these.
fn no_older_part(file: &Path, count: usize) -> Result<(), Problem> {
    let older = part(file, count.max(1));
    if older.exists() {
        return Err(Problem::bad_input("systems-export-older").with("file", older.display()));
    }
    Ok(())
}

fn generate_file(core: &Core, ctx: &Ctx, args: &ArgMatches) -> Result<Json, Problem> {
    let number = |name: &str| args.get_one::<u64>(name).copied().unwrap_or(1);
    let systems = usize::try_from(number("systems")).unwrap_or(usize::MAX).min(generate::MOST);
    let owners = generate::owners(&**core.bodies(), ctx.today());
    let (bytes, dirt) = generate::sheet(systems, number("seed"), &owners)?;
    let file = write(out_file(args)?, &bytes)?;
    Ok(json!({
        "file": file, "systems": systems, "owners": owners.len(), "twice": dirt.twice, "elsewhere": dirt.elsewhere,
        "negative": dirt.negative, "unknown": dirt.unknown_owner, "days": dirt.days,
        "relations": dirt.relations, "uses": dirt.uses, "strangers": dirt.strangers,
    }))
}

async fn measures_file(core: &Core, ctx: &Ctx, args: &ArgMatches) -> Result<Json, Problem> {
    let file = args.get_one::<PathBuf>("file").ok_or_else(|| Problem::bad_input("no-file"))?;
    availability::IMPORT.file(core, ctx, file, args.get_flag("preview")).await
}

async fn export_file(core: &Core, ctx: &Ctx, args: &ArgMatches) -> Result<Json, Problem> {
    let systems = export::systems(core, ctx).await?;
    let format = args.get_one::<Format>("format").copied().unwrap_or(Format::Json);
    let has_file = args.get_one::<PathBuf>("out").is_some();
    let whole = match format {
        Format::Xlsx => {
            let file = out_file(args)?;
            let books = export::workbooks(core, ctx, &systems).await?;
            no_older_part(file, books.len())?;
            let files = books.iter().enumerate().map(|(at, book)| write(&part(file, at), book));
            let files = files.collect::<Result<Vec<String>, Problem>>()?;
            return Ok(match files.as_slice() {
                [file] => json!({ "file": file, "systems": systems.len() }),
                _ => json!({ "files": files, "systems": systems.len() }),
            });
        }
        Format::Cyclonedx => export::cyclonedx(core, ctx, &systems).await?,
        Format::Table | Format::Json => export::whole(core, ctx, &systems).await?,
        Format::Docx | Format::Pdf | Format::Html => return Err(Problem::bad_input("systems-export-format")),
    };
    if !has_file {
        return Ok(whole);
    }
    let text = serde_json::to_vec_pretty(&whole).map_err(Problem::internal)?;
    let file = write(out_file(args)?, &text)?;
    Ok(json!({ "file": file, "systems": systems.len() }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_has_a_name_of_its_own() {
        let names = [0, 1, 2].map(|at| part(Path::new("/ra/he.thong.xlsx"), at));
        assert_eq!(names, ["/ra/he.thong.xlsx", "/ra/he.thong-2.xlsx", "/ra/he.thong-3.xlsx"].map(PathBuf::from));
        let bare = [0, 1].map(|at| part(Path::new("/ra/he-thong"), at));
        assert_eq!(bare, ["/ra/he-thong", "/ra/he-thong-2"].map(PathBuf::from));
    }
}
