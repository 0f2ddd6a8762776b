//! Who works where, for domains that have something to tell people.

use jiff::civil::Date;
use kernel::{AccountId, Colleague, Colleagues, PersonId, Post, Problem, UnitId};

use crate::{
    Directory,
    store::{self, person::AtWork},
};

impl Directory {
    fn colleagues(&self, rows: &[AtWork]) -> Vec<Colleague> {
        let post =
            |row: &AtWork| Some(Post { unit: UnitId::from_uuid(row.unit_id), role: self.roles().find(&row.role)? });
        let colleague = |rows: &[AtWork]| Colleague {
            person: PersonId::from_uuid(rows[0].person_id),
            account: AccountId::from_uuid(rows[0].account_id),
            name: rows[0].name.clone(),
            posts: rows.iter().filter_map(post).collect(),
        };
        rows.chunk_by(|a, b| a.person_id == b.person_id).map(colleague).collect()
    }
}

#[async_trait::async_trait]
impl Colleagues for Directory {
    async fn at_work(&self, day: Date) -> Result<Vec<Colleague>, Problem> {
        Ok(self.colleagues(&store::person::at_work(&self.db().read(), &day.to_string()).await?))
    }

    async fn in_units(&self, day: Date, units: &[UnitId]) -> Result<Vec<Colleague>, Problem> {
        Ok(self.colleagues(&store::person::in_units(&self.db().read(), &day.to_string(), units).await?))
    }
}
