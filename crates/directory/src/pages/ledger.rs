//! The activity ledger, newest first.

use std::collections::{BTreeSet, HashMap};

use db::{LedgerFound, LedgerRow};
use kernel::Problem;
use minijinja::{Value, context};
use webkit::{Known, Outcome, Req, ToldThing, Who, told_things, view};

use crate::usecase::ledger_find::{Wanted, ledger_find};

/// Entries of one page, and of one file.
const SHOWN: i64 = 50;
const SAVED: i64 = 5_000;

fn wanted(req: &Req) -> Wanted {
    let of = |name: &str| req.query(name).unwrap_or_default();
    // Addresses of before named the thing otherwise.
    let thing = Some(of("thing")).filter(|thing| !thing.is_empty()).unwrap_or_else(|| of("subject"));
    let before = req.query("before").and_then(|text| text.parse().ok());
    Wanted { who: of("who"), act: of("act"), thing, from: of("from"), to: of("to"), before }
}

/// An entry as people read it.
struct Line {
    row: LedgerRow,
    who: Who,
    thing: ToldThing,
    reason: Option<String>,
    /// The body that acted for another one, and that one.
    acted_for: Option<(String, String)>,
}

/// The page of an account is that of its person.
fn page_of(subject: &str, people: &HashMap<String, Known>) -> ToldThing {
    let Some(known) = people.get(subject) else { return ToldThing::default() };
    let href = known.person.map(|person| format!("/people/{person}")).unwrap_or_default();
    ToldThing { href, name: Some(known.name.clone()) }
}

async fn lines(req: &Req, rows: Vec<LedgerRow>) -> Result<Vec<Line>, Problem> {
    let who = req.app.who(&rows.iter().map(webkit::acted).collect::<Vec<_>>()).await?;
    let subjects: Vec<String> =
        rows.iter().map(|row| row.subject.clone()).collect::<BTreeSet<_>>().into_iter().collect();
    let (things, people) = (told_things(&req.app, &subjects).await?, req.app.identity().people(&subjects).await?);
    let reason = |row: &LedgerRow| {
        let body: serde_json::Value = serde_json::from_str(&row.body).unwrap_or_default();
        body["reason"].as_str().map(str::to_owned)
    };
    let named = who.iter().filter(|who| who.name.is_some()).map(|who| &who.actor).collect::<BTreeSet<_>>().len();
    req.app.db().note_access(&req.ctx, "ledger.list", "", named).await?;
    let line = |(row, who): (LedgerRow, Who)| {
        let thing = things.get(&row.subject).cloned().unwrap_or_else(|| page_of(&row.subject, &people));
        let (reason, acted_for) = (reason(&row), req.app.acted_for(&row));
        Line { row, who, thing, reason, acted_for }
    };
    Ok(rows.into_iter().zip(who).map(line).collect())
}

fn shown(line: Line) -> Value {
    let Line { row, who, thing, reason, acted_for } = line;
    context! {
        seq => row.seq, at => row.at, action => row.action, subject => row.subject, hash => row.hash, who => view(who),
        href => thing.href, name => thing.name, reason, acted_for,
    }
}

/// What was asked, as the rest of an address.
fn asked(wanted: &Wanted) -> String {
    let fields = [
        ("who", &wanted.who),
        ("act", &wanted.act),
        ("thing", &wanted.thing),
        ("from", &wanted.from),
        ("to", &wanted.to),
    ];
    let fields = fields.iter().filter(|(_, text)| !text.is_empty());
    fields.flat_map(|(name, text)| ["&", name, "=", &webkit::url_encode(text)].map(str::to_owned)).collect()
}

/// How far back it was looked, where there is more to look through.
async fn looked_back(req: &Req, looked_to: Option<i64>) -> Result<Option<Value>, Problem> {
    let Some(seq) = looked_to else { return Ok(None) };
    let at = db::ledger_entry(&req.app.db().read(), seq).await?.map(|entry| entry.at);
    Ok(Some(context! { seq, at }))
}

pub async fn list(req: Req) -> Outcome {
    let wanted = wanted(&req);
    let LedgerFound { rows, looked_to } = ledger_find(&req.app, &req.ctx, &wanted, SHOWN).await?;
    let looked = looked_back(&req, looked_to).await?;
    let rows = lines(&req, rows).await?;
    let next =
        rows.last().filter(|_| i64::try_from(rows.len()).is_ok_and(|count| count == SHOWN)).map(|line| line.row.seq);
    let check = db::last_ledger_check(req.app.db()).await?;
    let stamp = db::newest_stamp(&req.app.db().read()).await?;
    let hashes = req.query("hash").is_some();
    let page = context! {
        rows => rows.into_iter().map(shown).collect::<Vec<_>>(), next, looked, asked => asked(&wanted), wanted => view(wanted), hashes,
        check => view(check), stamp => view(stamp),
    };
    Req::not_kept(req.page("directory/ledger.html", page).await?)
}

/// All that was asked for, as many as a file holds, looked for step by step.
async fn found(req: &Req) -> Result<Vec<LedgerRow>, Problem> {
    let (mut wanted, mut rows) = (wanted(req), Vec::new());
    loop {
        let room = SAVED - i64::try_from(rows.len()).unwrap_or(SAVED);
        let found = ledger_find(&req.app, &req.ctx, &wanted, room).await?;
        rows.extend(found.rows);
        wanted.before = found.looked_to;
        if wanted.before.is_none() {
            return Ok(rows);
        }
    }
}

/// The same as a file: what was asked for, the newest 5,000.
pub async fn file(req: Req) -> Outcome {
    let text = |key: &str| req.app.locales().text(req.ctx.lang, key, &[]);
    let heads = ["number", "time", "actor", "title", "unit", "act", "subject", "thing-id", "reason", "hash"].map(text);
    let rows = lines(&req, found(&req).await?).await?;
    let act = |line: &Line| {
        let said = text(&kernel::code::words_key("act", &line.row.action.replace('.', "_")));
        let Some((by, own)) = &line.acted_for else { return said };
        let args = [("by", webkit::FluentValue::from(by.as_str())), ("own", own.as_str().into())];
        format!("{said} ({})", req.app.locales().text(req.ctx.lang, "acted-for", &args))
    };
    let cells = |line: &Line| {
        let at = jiff::Timestamp::from_microsecond(line.row.at).ok();
        let (title, unit) =
            line.who.post.as_ref().map(|post| (post.title.clone(), post.unit.clone())).unwrap_or_default();
        vec![
            line.row.seq.to_string(),
            at.map(|at| kernel::day::show_instant(at, req.ctx.lang)).unwrap_or_default(),
            line.who.name.clone().unwrap_or_else(|| line.who.actor.clone()),
            title,
            unit,
            act(line),
            line.thing.name.clone().unwrap_or_default(),
            line.row.subject.clone(),
            line.reason.clone().unwrap_or_default(),
            line.row.hash.clone(),
        ]
    };
    let rows: Vec<Vec<String>> = rows.iter().map(cells).collect();
    Req::not_kept(Req::file("nhat-ky-hoat-dong.csv", "text/csv; charset=utf-8", webkit::export::csv(&heads, &rows)?)?)
}

/// Who was shown personal data, newest first.
pub async fn access(req: Req) -> Outcome {
    let before = req.query("before").and_then(|text| text.parse().ok());
    let rows = db::access_page(&req.app.db().read(), before, 50).await?;
    let next = (rows.len() == 50).then(|| rows.last().map(|row| row.at)).flatten();
    Req::not_kept(req.page("directory/access_log.html", context! { rows => view(rows), next }).await?)
}

/// What was refused: wrong sign-ins, acts without the right, by hour.
pub async fn refusals(req: Req) -> Outcome {
    req.app.refusals().flush(req.app.db(), &req.ctx).await?;
    let rows = webkit::refusal_page(&req.app.db().read(), 500).await?;
    req.app.db().note_access(&req.ctx, "refusals.list", "", rows.len()).await?;
    Req::not_kept(req.page("directory/refusals.html", context! { rows => view(rows) }).await?)
}

/// What the last look through all files found.
pub async fn files(req: Req) -> Outcome {
    let scrub = db::last_scrub(&req.app.db().read()).await?;
    req.page("directory/files.html", context! { scrub => view(scrub) }).await
}
