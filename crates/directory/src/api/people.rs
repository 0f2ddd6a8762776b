//! People that typed words find, for who fills a field with one of them: only people whom the asker administers.

use db::Personal;
use serde::Serialize;
use webkit::{Outcome, Req};

use super::bodies::counted;
use crate::{Directory, store::person::LISTED, usecase::people};

const SHOWN: usize = 12;

/// Somebody who has an account.
#[derive(Serialize, utoipa::ToSchema)]
pub struct PersonFound {
    /// The login: typed into a field it means this person.
    written: String,
    name: String,
    /// Post and unit.
    note: String,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct PeopleFound {
    items: Vec<PersonFound>,
    /// How many there are, in words.
    said: String,
}

/// People of the units that the asker administers, by name or login without diacritics.
#[utoipa::path(get, path = "/api/v1/people", params(("q" = Option<String>, Query)), responses((status = 200, body = PeopleFound)))]
pub async fn find(req: Req) -> Outcome {
    let words = req.query("q").unwrap_or_default();
    let mut rows = match words.trim() {
        "" => vec![],
        words => {
            let wanted = people::Wanted::words(words);
            people::list(req.app.get::<Directory>()?, req.app.authorizer(), &req.ctx, wanted, LISTED).await?
        }
    };
    rows.retain(|row| row.login.is_some() && !row.disabled.unwrap_or_default());
    let count = rows.len();
    rows.truncate(SHOWN);
    let shown = req.app.db().note_access(&req.ctx, "people.list", "", rows.len()).await?;
    let person = |mut row: crate::store::person::PersonRow| {
        row.name.open(&shown);
        let login = row.login.as_mut().map(|login| {
            login.open(&shown);
            Personal::text(login).to_owned()
        });
        let note = [row.title, row.unit].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ");
        PersonFound { written: login.unwrap_or_default(), name: row.name.text().to_owned(), note }
    };
    let items = rows.into_iter().map(person).collect();
    let response = Req::json(&PeopleFound { items, said: counted(&req, "people-found", count) })?;
    Req::not_kept(response)
}
