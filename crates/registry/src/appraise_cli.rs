//! `dinh registry classify`, `waves` and `impact`: what the rules decide, on the command line.

use db::{Row as _, vals};
use kernel::{Ctx, Problem};
use serde_json::{Value as Json, json};
use webkit::{Arg, ArgAction, ArgMatches, Asked, Core};

use crate::{
    model::{System, SystemId},
    usecase::{appraisal::appraisal, classify::classify_all, impact::impact, link::named, waves},
};

pub const ASKED: [Asked; 3] = [
    Asked {
        word: "classify",
        about: "Phân loại mọi hệ thống theo quy tắc đang áp dụng / classify all systems by the rules in force",
        args: || {
            let explain = Arg::new("explain").long("explain").value_name("CODE");
            vec![explain.help(
                "Chỉ giải thích hệ thống có mã, tên hoặc id này / only explain the system of this code, name or id",
            )]
        },
        anywhere: false,
        run: |core, ctx, args| Box::pin(classify(core, ctx, args)),
    },
    Asked {
        word: "waves",
        about: "Các đợt chuyển đổi / the waves of the move",
        args: || {
            let plan = Arg::new("plan").long("plan").action(ArgAction::SetTrue);
            vec![plan.help("Xếp lại trước, quanh những gì đã xếp tay / first plan again, round what is placed by hand")]
        },
        anywhere: false,
        run: |core, ctx, args| Box::pin(all_waves(core, ctx, args.get_flag("plan"))),
    },
    Asked {
        word: "impact",
        about: "Tắt một hệ thống thì hỏng những gì / what breaks if a system is switched off",
        args: || {
            vec![
                Arg::new("code")
                    .required(true)
                    .value_name("CODE")
                    .help("Mã, tên hoặc id hệ thống / code, name or id of the system"),
            ]
        },
        anywhere: false,
        run: |core, ctx, args| Box::pin(struck(core, ctx, args)),
    },
];

fn text<'a>(args: &'a ArgMatches, name: &str) -> Option<&'a str> {
    args.get_one::<String>(name).map(String::as_str)
}

async fn classify(core: &Core, ctx: &Ctx, args: &ArgMatches) -> Result<Json, Problem> {
    let Some(code) = text(args, "explain") else { return Ok(json!(classify_all(core, ctx).await?)) };
    let conn = core.db().read();
    let id = named(core, ctx, &conn, code, false).await?.id;
    Ok(json!(appraisal(core, ctx, &conn, id).await?))
}

async fn all_waves(core: &Core, ctx: &Ctx, is_to_plan: bool) -> Result<Json, Problem> {
    if is_to_plan {
        waves::waves_plan(core, ctx).await?;
    }
    let conn = core.db().read();
    let (is_planned, waves) = waves::short(core, ctx).await?;
    let systems = System::find(&conn, "WHERE code IS NOT NULL", vals![]).await?;
    let codes: std::collections::HashMap<SystemId, String> =
        systems.into_iter().filter_map(|system| Some((system.id, system.code?))).collect();
    // A system without a code is called by its id.
    let code = |id: &SystemId| codes.get(id).cloned().unwrap_or_else(|| id.to_string());
    let waves = waves
        .iter()
        .map(|(number, systems)| json!({ "number": number, "systems": systems.iter().map(code).collect::<Vec<_>>() }));
    Ok(json!({ "is_planned": is_planned, "waves": waves.collect::<Vec<_>>() }))
}

async fn struck(core: &Core, ctx: &Ctx, args: &ArgMatches) -> Result<Json, Problem> {
    let conn = core.db().read();
    let id = named(core, ctx, &conn, text(args, "code").unwrap_or_default(), false).await?.id;
    Ok(json!(impact(core, ctx, &conn, id).await?))
}
