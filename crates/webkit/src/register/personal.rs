//! Columns about people: who is shown them of which rows, and that it is noted.

use std::collections::HashSet;

use db::{FromQueryResult, Reader, Where};
use kernel::{Ctx, Problem, Rule};
use uuid::Uuid;

use super::{
    Column, Listable, Register,
    column::{Holds, PersonalField},
    query::Keyed,
};
use crate::{Core, Outcome, Req};

/// Keys that one statement asks for.
const AT_ONCE: usize = 2_000;

#[derive(FromQueryResult)]
struct Key {
    register_key: Uuid,
}

impl<R> Column<R> {
    /// Whether the reader may see it of any row at all.
    pub(super) fn is_open(&self, core: &Core, ctx: &Ctx) -> bool {
        match self.holds {
            Holds::Cell(_) => true,
            Holds::Personal(rule, _) => core.authorizer().check_route(ctx, rule.action).is_ok(),
        }
    }
}

impl<R: Listable> Register<R> {
    /// Of the columns that are shown those about people that this reader may see, with their rules.
    fn opened(
        &self,
        core: &Core,
        ctx: &Ctx,
        is_shown: impl Fn(&str) -> bool,
    ) -> Vec<(&'static Rule, PersonalField<R>)> {
        let personal = |column: &Column<R>| match column.holds {
            Holds::Personal(rule, field) if is_shown(column.name) && column.is_open(core, ctx) => Some((rule, field)),
            _ => None,
        };
        self.columns.iter().filter_map(personal).collect()
    }

    /// Notes that these rows are shown, once for all of them, and opens what each says about people to whom its rule lets see
    /// it.
    pub(super) async fn shown(
        &self,
        req: &Req,
        conn: &Reader,
        is_shown: impl Fn(&str) -> bool,
        rows: impl IntoIterator<Item = &mut Keyed<R>>,
    ) -> Result<(), Problem> {
        let (core, ctx) = (&*req.app, &req.ctx);
        let opened = self.opened(core, ctx, is_shown);
        if opened.is_empty() {
            return Ok(());
        }
        let mut rows: Vec<&mut Keyed<R>> = rows.into_iter().collect();
        let mut open = Vec::new();
        for (rule, field) in opened {
            open.push((self.allowed(core, ctx, conn, rule, &rows).await?, field));
        }
        let is_seen = |row: &&mut Keyed<R>| open.iter().any(|(allowed, _)| allowed.contains(&row.id));
        // The row beside the list may stand in it too.
        let people = rows.iter().filter(|row| is_seen(row)).map(|row| row.id).collect::<HashSet<_>>().len();
        let shown = core.db().note_access(ctx, self.rule.action, "", people).await?;
        for row in &mut rows {
            for (_, field) in open.iter().filter(|(allowed, _)| allowed.contains(&row.id)) {
                field(&mut row.row).open(&shown);
            }
        }
        Ok(())
    }

    /// Of which of these rows a rule lets the reader see what is personal.
    async fn allowed(
        &self,
        core: &Core,
        ctx: &Ctx,
        conn: &Reader,
        rule: &Rule,
        rows: &[&mut Keyed<R>],
    ) -> Result<HashSet<Uuid>, Problem> {
        let keys: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
        // The list shows no others.
        if rule.action == self.rule.action {
            return Ok(keys.into_iter().collect());
        }
        let mut out = HashSet::new();
        for some in keys.chunks(AT_ONCE) {
            let mut list: Where = self.permitted_by(rule, core, ctx, conn, true);
            let marks = list.list(some.iter().copied());
            list.and(&format!("{} IN ({marks})", self.id));
            let from = self.from.replace("{hint}", "");
            let sql = format!("SELECT {} AS register_key FROM {from}{}", self.id, list.sql());
            let found: Vec<Key> = conn.all(&sql, list.values).await?;
            out.extend(found.into_iter().map(|key| key.register_key));
        }
        Ok(out)
    }

    /// What shows people is kept by no browser and no proxy.
    pub(super) fn answered(&self, req: &Req, outcome: Outcome) -> Outcome {
        if self.opened(&req.app, &req.ctx, |_| true).is_empty() { outcome } else { Req::not_kept(outcome?) }
    }
}
