//! Rows that somebody keeps: who may change one, who sees it, and that it stays so until the act is over.

use std::{fmt::Display, str::FromStr};

use db::{Entry, Reader, Row, Tx, Writer};
use kernel::{Ctx, Problem, Resource};
use serde_json::Value as Json;

use crate::{Core, Listable, Register};

/// A row of a register, kept by whoever has a right over it.
pub trait Kept: Listable + Row<Id: FromStr + Display + Copy + Sync> {
    const REGISTER: &'static Register<Self>;
    /// The action of who keeps it.
    const KEEP: &'static str;

    /// What that right comes from.
    fn kept(&self) -> Resource;

    /// What the ledger says of it beside what it is, and whose.
    fn detail(&self) -> Json {
        Json::Null
    }

    /// What else must be so before it is added by its form, or becomes this from what it was; asked inside the act. Lists that
    /// are taken in say how things are, and are not asked.
    ///
    /// # Errors
    /// In words: what has to be done first.
    fn may_become(
        &self,
        _core: &Core,
        _ctx: &Ctx,
        _conn: &Reader,
        _was: Option<&Self>,
    ) -> impl Future<Output = Result<(), Problem>> + Send {
        async { Ok(()) }
    }

    /// What goes along with it where a form changed it from what it was, in the same act. A line of a list is of the row that
    /// bears its key, and gives nothing over.
    ///
    /// # Errors
    /// Where that does not go.
    fn became(&self, _conn: &Writer, _was: &Self) -> impl Future<Output = Result<(), Problem>> + Send {
        async { Ok(()) }
    }

    /// What must go with it once it is this, by whatever form or list; done inside the act, while the row still is what it was.
    ///
    /// # Errors
    /// Where that does not go.
    fn let_go(&self, _tx: &Tx) -> impl Future<Output = Result<(), Problem>> + Send {
        async { Ok(()) }
    }

    /// An act on it, as the ledger has it.
    fn entry(&self, act: &'static str) -> Entry {
        let entry = Entry::new(act, self.id()).detail(self.detail());
        match self.kept().unit {
            Some(unit) => entry.unit(unit),
            None => entry,
        }
    }

    /// Whether the actor keeps it; for a body that was merged away its successor does.
    ///
    /// # Errors
    /// Where somebody else does.
    fn check(&self, core: &Core, ctx: &Ctx) -> Result<(), Problem> {
        core.check_today(ctx, Self::KEEP, self.kept())
    }

    /// One that the actor may see; of others nothing is said.
    fn seen(core: &Core, ctx: &Ctx, conn: &Reader, id: Self::Id) -> impl Future<Output = Result<Self, Problem>> + Send {
        async move {
            let row = Self::get(conn, id).await?.ok_or_else(Problem::not_found)?;
            if Self::REGISTER.is_seen(core, ctx, conn, &row).await? { Ok(row) } else { Err(Problem::not_found()) }
        }
    }

    /// Of these rows those that the actor may see.
    fn all_seen(
        core: &Core,
        ctx: &Ctx,
        conn: &Reader,
        rows: Vec<Self>,
    ) -> impl Future<Output = Result<Vec<Self>, Problem>> + Send {
        async move {
            let mut seen = Vec::new();
            for row in rows {
                if Self::REGISTER.is_seen(core, ctx, conn, &row).await? {
                    seen.push(row);
                }
            }
            Ok(seen)
        }
    }

    /// One that the actor keeps, as both stay until the act is over: it may have been given away meanwhile.
    fn held_by(
        core: &Core,
        ctx: &Ctx,
        conn: &Writer,
        id: Self::Id,
    ) -> impl Future<Output = Result<Self, Problem>> + Send {
        async move {
            let row = Self::held(conn, id).await?.ok_or_else(Problem::not_found)?;
            row.check(core, ctx).map(|()| row)
        }
    }
}
