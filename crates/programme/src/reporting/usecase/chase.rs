//! Đôn đốc over a period: one letter to the bodies whose report has not come.

use db::Reader;
use kernel::{Ctx, Lang, Problem, Resource, day::show};
use webkit::Core;

use crate::{
    ids::{LetterId, PeriodId, ReportId},
    reporting::store::{self, report::ReportRow},
    targets::model::period::label_words,
    work::{
        model::letter::Late,
        usecase::chase::{Draft, answer_by, bounded, draft, subject},
    },
};

/// Is it late today?
pub fn is_late(report: &ReportRow, today: jiff::civil::Date) -> bool {
    !report.is_sent() && report.due_on < today.to_string()
}

async fn owner(core: &Core, ctx: &Ctx, conn: &Reader, id: PeriodId) -> Result<kernel::UnitId, Problem> {
    let period = store::duty::period(conn, id).await?.ok_or_else(Problem::not_found)?;
    let duty = store::duty::get(conn, period.duty()).await?.ok_or_else(Problem::not_found)?;
    let owner = core.bodies().today(duty.owner);
    core.authorizer().check(ctx, "duty.edit", &Resource { kind: "Duty", ..Resource::unit(owner) })?;
    Ok(owner)
}

/// Drafts one letter to the bodies of these reports of a period; those whose report has come are left out.
///
/// # Errors
/// Where none is late, or the period's duty is not the actor's.
pub async fn chase_reports(core: &Core, ctx: &Ctx, id: PeriodId, chosen: &[ReportId]) -> Result<LetterId, Problem> {
    bounded(chosen.len())?;
    let conn = core.db().read();
    let from = owner(core, ctx, &conn, id).await?;
    let mut rows = store::report::counted(&conn, id).await?;
    rows.retain(|row| chosen.contains(&row.id()) && is_late(row, ctx.today()));
    let Some(first) = rows.first() else {
        return Err(Problem::bad_input("none-late").field("part", "none-late"));
    };
    let period = label_words(&first.label);
    let late = |row: &ReportRow| Late {
        unit: core.bodies().today(row.unit()),
        what: format!("Báo cáo {period}"),
        due: Some(row.due_on.clone()),
        days: row.due_on.parse().map_or(0, |due| kernel::day::days_until(due, ctx.today())),
    };
    let late: Vec<Late> = rows.iter().map(late).collect();
    let due = first.due_on.parse().map(|due| show(due, Lang::Vi)).unwrap_or_default();
    let body = format!(
        "Đến hết ngày {}, còn {} cơ quan, đơn vị chưa gửi báo cáo {period}; thời hạn gửi là ngày {due} (danh sách kèm theo).\n\
         {} đề nghị các cơ quan, đơn vị có tên trong danh sách hoàn thành và gửi báo cáo chậm nhất ngày {}.\n\
         Cơ quan, đơn vị không có nội dung phát sinh vẫn gửi báo cáo và chọn “không phát sinh”.",
        show(ctx.today(), Lang::Vi),
        late.len(),
        core.bodies().body(from).map(|body| body.name).unwrap_or_default(),
        answer_by(core, ctx),
    );
    let about = format!("đôn đốc gửi báo cáo {period}");
    let ids = rows.iter().map(|row| row.id().to_string()).chain([id.to_string()]);
    let subject = subject(from, ids.collect());
    draft(core, ctx, Draft { from, subject, about, body, late }).await
}
