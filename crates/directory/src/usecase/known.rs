//! Who stands behind the marks that acts bear: persons, accounts, tokens; asked once a page, in four statements at most.

use std::collections::HashMap;

use db::DbError;
use kernel::{AccountId, PersonId, TokenId, UnitId};
use uuid::Uuid;
use webkit::{Known, KnownPost};

use super::person::ERASED;
use crate::{
    Directory,
    store::{self, known::KnownRow, person::PostRow},
};

/// What these marks are ids of.
fn ids<T: std::str::FromStr>(marks: &[String], uuid: fn(&T) -> Uuid) -> Vec<Uuid> {
    marks.iter().filter_map(|mark| mark.parse().ok().as_ref().map(uuid)).collect()
}

pub(crate) async fn people(directory: &Directory, marks: &[String]) -> Result<HashMap<String, Known>, DbError> {
    let conn = directory.db().read();
    let mut rows = store::known::by_token(&conn, &ids(marks, |id: &TokenId| id.uuid())).await?;
    rows.extend(store::known::by_account(&conn, &ids(marks, |id: &AccountId| id.uuid())).await?);
    rows.extend(store::known::by_person(&conn, &ids(marks, |id: &PersonId| id.uuid())).await?);
    let mut people: Vec<Uuid> = rows.iter().map(|row| row.person_id).collect();
    people.sort_unstable();
    people.dedup();
    let posts = store::known::posts(&conn, &people).await?;
    Ok(rows.into_iter().map(|row| (mark(&row), known(row, &posts))).collect())
}

fn mark(row: &KnownRow) -> String {
    match row.kind.as_str() {
        "token" => TokenId::from_uuid(row.id).to_string(),
        "account" => AccountId::from_uuid(row.id).to_string(),
        _ => PersonId::from_uuid(row.id).to_string(),
    }
}

fn known(row: KnownRow, posts: &[PostRow]) -> Known {
    let own = posts.iter().filter(|post| post.person_id == row.person_id).filter_map(held);
    let person = Some(PersonId::from_uuid(row.person_id));
    Known { person, is_erased: row.name == ERASED, name: row.name, token: row.token, posts: own.collect() }
}

/// None where its days cannot be read.
fn held(post: &PostRow) -> Option<KnownPost> {
    Some(KnownPost {
        unit: UnitId::from_uuid(post.unit_id),
        role: post.role.clone(),
        title: post.title.clone(),
        from: post.valid_from.parse().ok()?,
        to: post.valid_to.as_deref().map(str::parse).transpose().ok()?,
        is_stand_in: post.stands_in_for.is_some(),
    })
}
