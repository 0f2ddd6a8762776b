//! "Việc của tôi", and the page of one agency: what it leads, what it helps with, what is due.

use crate::ids::PartId;
use axum::extract::Path;
use kernel::{Problem, Scope, UnitId};
use minijinja::{Value, context};
use webkit::{Outcome, Req};

use crate::{
    overview::usecase::{board::board, glance::glance},
    pages::period_words,
    plans::{
        self,
        model::hands::{Hands, hand},
        usecase::{
            confirmation::{is_waiting, may_confirm},
            names::issuer,
        },
    },
    reporting::{
        self,
        model::desk::Desk,
        usecase::report_turn::{bodies_of, turn_among},
    },
    work::{
        self,
        model::{counts::Counts, state::StateFilter},
        pages::{register::line, task::own_unit},
        store::{
            part::PartRow,
            register::{Filter, Tally},
        },
    },
};

/// Lines of one kind that the page lists.
const WAITING: u64 = 200;

pub async fn home(_req: Req) -> Outcome {
    Ok(Req::go("/work", ""))
}

async fn some(req: &Req, filter: Filter, scope: &Scope, limit: u64) -> Result<Vec<Value>, Problem> {
    let bodies = req.app.bodies();
    let rows = work::store::register::page(&req.app.db().read(), &filter, scope, req.ctx.today(), None, limit).await?;
    Ok(rows.iter().take(usize::try_from(limit).unwrap_or(usize::MAX)).map(|part| line(req, bodies, part)).collect())
}

async fn lists(req: &Req, filter: &Filter, scope: &Scope) -> Result<Value, Problem> {
    let (bodies, today) = (req.app.bodies(), req.ctx.today());
    let board = board(&req.app, filter.clone(), scope.clone(), today).await?;
    let Counts { total, late, done, done_late, running, .. } = board.tallies.iter().map(Tally::counts).sum();
    let glance = glance(&req.app, filter, scope, today).await?;
    let lines = |rows: &[PartRow]| rows.iter().map(|part| line(req, bodies, part)).collect::<Vec<_>>();
    Ok(context! {
        late => lines(&glance.late), soon => lines(&glance.soon), week => glance.week,
        total, late_count => late, done_count => done + done_late, running_count => running,
    })
}

/// What waits for a word of the acting person, whatever their hat: the kind, the words, the day and where to go.
async fn waiting(req: &Req, scope: &Scope) -> Result<(Vec<Value>, bool), Problem> {
    let (bodies, conn) = (req.app.bodies(), req.app.db().read());
    let authorizer = req.app.authorizer();
    let (mut out, mut counts) = (Vec::new(), Vec::new());
    let mut add = |kind: &str, text: String, due: Option<String>, href: String| {
        out.push(context! { kind, text, due, href });
    };
    for port in req.app.waiting() {
        for own in port.waiting(&req.ctx).await? {
            add(own.kind, own.words, Some(own.until.to_string()), own.href);
        }
    }
    let rows = work::store::difficulty::held_by(&conn, &scope.own, WAITING).await?;
    counts.push(rows.len());
    for row in rows {
        let due = row.due_on.map(|due| due.to_string());
        add("difficulty", row.text.into_string(), due, format!("/difficulties/{}", row.id));
    }
    let answering = authorizer.reach(&req.ctx, work::model::question::ANSWERING).own;
    let rows = work::store::question::waiting_for(&conn, &answering, WAITING).await?;
    counts.push(rows.len());
    for row in rows {
        let due = row.due_on.map(|due| due.to_string());
        add("question", row.text.into_string(), due, format!("/questions/{}", row.id));
    }
    if authorizer.check_route(&req.ctx, "plan.confirm").is_ok() {
        // Of one's own house, and for an office of the body that it serves.
        let served = scope.own.iter().filter_map(|unit| bodies.above(*unit));
        let issuers: Vec<UnitId> = scope.subtree.iter().copied().chain(served).collect();
        for plan in plans::store::confirmation::unconfirmed(&conn, &issuers, WAITING).await? {
            if is_waiting(bodies, &plan) && may_confirm(&req.app, &req.ctx, &plan) {
                let issuer = issuer(bodies, &plan).unwrap_or_default();
                let day = plan.issued_on.clone().filter(|day| day.len() == 10);
                add("confirm", format!("{issuer}: {}", plan.label()), day, format!("/plans/{}#confirm", plan.id()));
            }
        }
    }
    // Of one's own bodies, and not of all that one may read: what others write waits for them.
    let own = scope.today(&scope.own);
    let rows = reporting::store::report::waiting(&conn, &own, WAITING).await?;
    counts.push(rows.len());
    let arrived = reporting::store::report::arrived(&conn, &scope.own, WAITING).await?;
    counts.push(arrived.len());
    let rows = [rows, arrived].concat();
    let mut of: Vec<UnitId> = rows.iter().flat_map(|row| bodies_of(&req.app, row)).collect();
    of.sort_unstable();
    of.dedup();
    let people = req.app.colleagues().in_units(req.ctx.today(), &of).await?;
    for row in rows {
        let Some(turn) = turn_among(&req.app, &row, &people) else { continue };
        let of = reporting::usecase::report_act::resource(&req.app, &row);
        let hands = Hands::read(row.hands.as_deref());
        let mine = turn.refusal(&req.ctx.actor, &hands).is_none()
            && authorizer.check(&req.ctx, turn.desk.right(), &of).is_ok();
        if mine {
            let name = bodies.body(row.unit()).map(|body| body.short_name).unwrap_or_default();
            let kind = match turn.desk {
                Desk::TakeIn | Desk::Receive => format!("report-{}", turn.desk.code()),
                _ => format!("report-{}", row.state),
            };
            add(
                &kind,
                format!("{name}, {}", period_words(req, &row.label)),
                Some(row.due_on.clone()),
                format!("/reports/{}", row.id()),
            );
        }
    }
    let checks = authorizer.check_route(&req.ctx, "part.check").is_ok();
    if checks {
        let rows = work::store::extension::waiting(&conn, &scope.own, WAITING).await?;
        counts.push(rows.len());
        for row in rows {
            add(
                "extension",
                row.reason.into_string(),
                Some(row.asked_due),
                format!("/parts/{}", PartId::from_uuid(row.part_id)),
            );
        }
        let rows = work::store::register::unaccepted(&conn, &scope.own, WAITING).await?;
        counts.push(rows.len());
        // What the reader reported waits for somebody else.
        let ids: Vec<uuid::Uuid> = rows.iter().map(|row| row.id).collect();
        let own = work::store::entry::own_among(&conn, &ids, &hand(&req.ctx.actor)).await?;
        for row in rows.into_iter().filter(|row| !own.contains(&row.id)) {
            let name = bodies.body(row.unit()).map(|body| body.short_name).unwrap_or_default();
            add("accept", format!("{name}: {}", row.text), row.done_on.clone(), format!("/parts/{}", row.id()));
        }
    }
    let most = usize::try_from(WAITING).unwrap_or(usize::MAX);
    let is_cut = counts.iter().any(|count| *count >= most);
    Ok((out, is_cut))
}

/// Work of the units of the acting person's posts and below: what is late, what falls due this week, what waits for me.
pub async fn show(req: Req) -> Outcome {
    let scope = req.app.authorizer().scope(&req.ctx);
    let (waiting, is_cut) = waiting(&req, &scope).await?;
    let mine = Scope { own: vec![], ..scope };
    let lists = lists(&req, &Filter::default(), &mine).await?;
    let unit = own_unit(&req).map(|unit| unit.to_string());
    req.page("programme/work.html", context! { lists, unit, waiting, is_cut }).await
}

pub async fn agency(req: Req, Path(id): Path<UnitId>) -> Outcome {
    let body = req.app.bodies().body(id).ok_or_else(Problem::not_found)?;
    let scope = req.app.authorizer().scope(&req.ctx);
    let leads = lists(&req, &Filter { lead: Some(id), ..Filter::default() }, &scope).await?;
    let running =
        some(&req, Filter { lead: Some(id), state: Some(StateFilter::Running), ..Filter::default() }, &scope, 20)
            .await?;
    let helps = some(&req, Filter { helps: Some(id), ..Filter::default() }, &scope, 20).await?;
    req.page(
        "programme/agency.html",
        context! { id => id.to_string(), agency => body.name, lists => leads, running, helps },
    )
    .await
}
