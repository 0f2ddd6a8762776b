//! Who works where, for domains that have something to tell people.

use jiff::civil::Date;
use kernel::{Colleague, Colleagues, PersonId, Post, Problem, UnitId};

use crate::{Directory, store};

#[async_trait::async_trait]
impl Colleagues for Directory {
    async fn at_work(&self, day: Date) -> Result<Vec<Colleague>, Problem> {
        let rows = store::person::at_work(&self.db().read(), &day.to_string()).await?;
        let colleague = |rows: &[store::person::AtWork]| Colleague {
            person: PersonId::from_uuid(rows[0].person_id),
            name: rows[0].name.clone(),
            posts: rows
                .iter()
                .filter_map(|row| {
                    Some(Post { unit: UnitId::from_uuid(row.unit_id), role: self.roles().find(&row.role)? })
                })
                .collect(),
        };
        Ok(rows.chunk_by(|a, b| a.person_id == b.person_id).map(colleague).collect())
    }
}
