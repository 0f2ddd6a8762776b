//! The same as files: all values of the bodies, and the systems behind one.

use axum::extract::Path;
use kernel::{Problem, ProblemKind, share};
use webkit::{
    Outcome, Req, as_of,
    book::{Page, Value, book, milli},
    export, heavy,
};

use super::{
    figure::chosen,
    list::values,
    shown::{Standing, none_words, standing, words},
};
use crate::{model::figures::Rows, usecase::figures::value::Seen};

/// A file of more rows is read by nobody.
const MOST: usize = 100_000;

type Table = (Vec<String>, Vec<Vec<Value>>);

/// Every value, body by body; what is not known says why.
async fn all(req: &Req) -> Result<Table, Problem> {
    let seen = Seen::of(&req.app, &req.ctx, req.query("unit").as_deref())?;
    let bodies = req.app.bodies();
    let heads = [
        "figure-indicator",
        "figure-part",
        "figure-agency",
        "figure-numerator",
        "figure-denominator",
        "figure-percent",
    ];
    let heads = heads.map(|key| words(req, key)).to_vec();
    let mut rows = Vec::new();
    for (of, values) in values(req).await? {
        let name = words(req, &format!("figure-name-{}", of.key()));
        for ((unit, part), (numerator, denominator)) in values.iter().filter(|((unit, _), _)| seen.has_of(of, *unit)) {
            let standing = standing(of, Some((*numerator, *denominator)));
            let is_known = standing == Standing::Known;
            let number = |value: i64| Value::from(value.to_string());
            let said = || milli(share(*numerator, *denominator, 1).map(|tenths| tenths * 100), "%");
            let percent = none_words(standing).map_or_else(said, |key| words(req, key).into());
            rows.push(vec![
                Value::from(name.as_str()),
                words(req, &format!("figure-part-{}-{}", of.key(), part.replace('_', "-"))).into(),
                bodies.body(*unit).map(|body| body.name).unwrap_or_default().into(),
                if is_known { number(*numerator) } else { Value::from("") },
                number(*denominator),
                percent,
            ]);
        }
    }
    Ok((heads, rows))
}

/// Each system or enterprise behind a part of an indicator, with its reason.
async fn systems(req: &Req, code: &str) -> Result<Table, Problem> {
    let chosen = chosen(req, code)?;
    let lines = chosen.lines(req, MOST + 1).await?;
    if lines.len() > MOST {
        return Err(Problem::new(ProblemKind::TooLarge, "register-too-long").with("most", MOST));
    }
    let is_of_systems = chosen.of.rows == Rows::Systems;
    let own: &[&str] = match chosen.of.rows {
        Rows::Systems => &["system-name", "owner", "system-kind", "system-state"],
        Rows::Enterprises => &["enterprise-name", "figure-agency"],
    };
    let heads = own.iter().chain(&["figure-counts", "figure-whole", "figure-why"]);
    let heads = heads.map(|key| words(req, key)).collect();
    let yes = |is: bool| words(req, if is { "figure-yes" } else { "figure-no" });
    let row = |line: crate::store::figures::line::Line| {
        use kernel::Code as _;
        let owner = req.app.bodies().body(line.unit_id).map(|body| body.name).unwrap_or_default();
        let mut row = vec![Value::from(line.name.as_str()), owner.into()];
        if is_of_systems {
            row.push(line.kind.map(|kind| words(req, &kind.words())).unwrap_or_default().into());
            row.push(line.state.map(|state| words(req, &state.words())).unwrap_or_default().into());
        }
        row.push(yes(line.numerator == 1).into());
        row.push(yes(line.denominator == 1).into());
        row.push(words(req, &format!("figure-why-{}", line.why.replace('_', "-"))).into());
        row
    };
    Ok((heads, lines.into_iter().map(row).collect()))
}

async fn as_csv(req: &Req, name: &str, (heads, rows): Table) -> Outcome {
    let lang = req.ctx.lang;
    let lines = move || {
        let line = |row: Vec<Value>| row.into_iter().map(|value| value.written(lang)).collect();
        rows.into_iter().map(line).collect::<Vec<Vec<String>>>()
    };
    let bytes = heavy(move || export::csv(&heads, &lines())).await??;
    Req::file(&format!("{name}.csv"), "text/csv; charset=utf-8", bytes)
}

pub(super) async fn as_xlsx(req: &Req, name: &str, title: String, (heads, rows): Table) -> Outcome {
    let notes = vec![as_of(req)];
    let page = move || Page { name: title.clone(), title, notes, heads, rows: webkit::book::typed(rows), total: None };
    let bytes = heavy(move || book(&[page()])).await??;
    Req::file(&format!("{name}.xlsx"), export::XLSX, bytes)
}

pub async fn all_csv(req: Req) -> Outcome {
    let table = all(&req).await?;
    as_csv(&req, "systems-figures", table).await
}

pub async fn all_xlsx(req: Req) -> Outcome {
    let table = all(&req).await?;
    as_xlsx(&req, "systems-figures", words(&req, "nav-systems-figures"), table).await
}

pub async fn csv(req: Req, Path(code): Path<String>) -> Outcome {
    let table = systems(&req, &code).await?;
    as_csv(&req, &file_name(&code), table).await
}

pub async fn xlsx(req: Req, Path(code): Path<String>) -> Outcome {
    let table = systems(&req, &code).await?;
    let title = words(&req, &format!("figure-name-{}", code.replace(['.', '_'], "-")));
    as_xlsx(&req, &file_name(&code), title, table).await
}

fn file_name(code: &str) -> String {
    format!("systems-{}", code.replace(['.', '_'], "-"))
}
