//! The demo's plans: the example documents of the repository, read, reviewed, approved and partly done.

use crate::ids::PartId;
use jiff::civil::{Date, date};
use kernel::{Ctx, PlanId, Problem, Resolution};
use webkit::App;

use crate::{
    approve::usecase::{plan_approve::plan_approve, plan_confirm::plan_confirm_as},
    plans::{
        self,
        usecase::{plan_import::plan_import, review},
    },
    work::{
        self,
        model::{change::Act, state::State},
        usecase::part_act::part_act,
    },
};

const PLANS: [(&str, &[u8]); 4] = [
    ("ke-hoach-22-dam-may.txt", include_bytes!("../../../../examples/plans/dam-may.txt")),
    ("ke-hoach-07-ha-tang-so.txt", include_bytes!("../../../../examples/plans/ha-tang-so.txt")),
    ("ke-hoach-45-chinh-quyen-so.docx", include_bytes!("../../../../examples/plans/chinh-quyen-so.docx")),
    ("ke-hoach-17-xa-song-mau.txt", include_bytes!("../../../../examples/plans/xa-chinh-quyen-so.txt")),
];

/// Does nothing where plans exist.
pub async fn fill(app: &App, ctx: &Ctx) -> Result<(), Problem> {
    if !plans::store::plan::list(&app.db().read(), None).await?.is_empty() {
        return Ok(());
    }
    for (name, bytes) in PLANS {
        let id = plan_import(app, ctx, name, bytes.to_vec().into()).await?;
        db::drain(app.db(), ctx, &app.job_handlers()?).await?;
        confirmed(app, ctx, id).await?;
        review::set_aside(app, ctx, id, "Đã hỏi cơ quan soạn thảo").await?;
        plan_approve(app, ctx, id, true).await?;
    }
    some_done(app, ctx).await
}

/// The province's committee stands behind each of these plans, its own and those of bodies below it.
async fn confirmed(app: &App, ctx: &Ctx, id: PlanId) -> Result<(), Problem> {
    match app.bodies().resolve("UBND tỉnh", None) {
        Resolution::Unit { unit, .. } => plan_confirm_as(app, ctx, id, unit).await,
        Resolution::Group { .. } | Resolution::Unknown => Err(Problem::not_found()),
    }
}

/// Every third part with a past or near date is reported done, some of them late; three of four are accepted.
async fn some_done(app: &App, ctx: &Ctx) -> Result<(), Problem> {
    let scope = kernel::Scope { everything: true, ..kernel::Scope::default() };
    let conn = app.db().read();
    let parts =
        work::store::register::page(&conn, &work::store::register::Filter::default(), &scope, ctx.today(), None, 400)
            .await?;
    let due =
        parts.iter().filter(|part| matches!(part.state(ctx.today()), State::Late(_) | State::Soon(_) | State::Running));
    let days: [Date; 3] = [date(2026, 3, 20), date(2026, 10, 12), date(2025, 12, 29)];
    let reported = due.step_by(3).zip(days.iter().cycle()).filter(|(_, day)| **day <= ctx.today());
    for (at, (part, day)) in reported.enumerate() {
        let act = Act::Done { day: *day, note: "Báo cáo kết quả số 15/BC".into() };
        part_act(app, ctx, PartId::from_uuid(part.id), part.rev, &act, false).await?;
        if at % 4 != 3 {
            let act = Act::Accept { note: "Đã kiểm tra báo cáo, đạt yêu cầu".into() };
            part_act(app, ctx, PartId::from_uuid(part.id), part.rev + 1, &act, false).await?;
        }
    }
    Ok(())
}
