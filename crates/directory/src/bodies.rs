//! The directory as the bodies that documents name.

use std::pin::Pin;

use jiff::civil::Date;
use kernel::{Bodies, Body, Code as _, Ctx, Found, Learned, Problem, Reach, Resolution, Scope, Search, UnitId, text};

use crate::{
    Directory,
    usecase::learn_alias::{learn_alias, learnable, unlearn_alias},
};

impl Bodies for Directory {
    fn resolve(&self, text: &str, issuer: Option<UnitId>) -> Resolution {
        self.tree().resolve(text, issuer)
    }

    fn resolve_in(&self, text: &str, issuer: Option<UnitId>, kind: Option<&str>) -> Resolution {
        self.tree().resolve_in(text, issuer, kind)
    }

    fn body(&self, unit: UnitId) -> Option<Body> {
        self.tree().body(unit)
    }

    fn meant(&self, text: &str, day: Date) -> Result<UnitId, Problem> {
        Ok(self.tree().meant(text, day)?)
    }

    fn meant_in_list(&self, text: &str, day: Date) -> Result<UnitId, Problem> {
        Ok(self.tree().meant_in_list(text, day)?)
    }

    fn is_certain_in_list(&self, text: &str) -> bool {
        let tree = self.tree();
        tree.is_certain(text) || tree.is_written_out(text)
    }

    fn ever(&self, text: &str) -> Vec<UnitId> {
        self.tree().ever(text)
    }

    fn names(&self, day: Date) -> Vec<String> {
        let tree = self.tree();
        tree.list(tree.ids(), day)
    }

    fn written(&self, unit: UnitId, day: Date) -> String {
        self.tree().written(unit, day)
    }

    fn today(&self, unit: UnitId) -> UnitId {
        self.tree().today(unit)
    }

    fn above(&self, unit: UnitId) -> Option<UnitId> {
        self.tree().unit(unit).and_then(|unit| unit.parent)
    }

    fn kind(&self, unit: UnitId) -> &'static str {
        self.tree().unit(unit).map_or("", |unit| unit.kind.code())
    }

    fn province(&self) -> String {
        self.tree().province().to_owned()
    }

    fn find(&self, words: &str, limit: usize) -> Vec<Body> {
        let tree = self.tree();
        let (folded, wanted) = (text::fold(words), db::words(words));
        let hits = tree.folded.iter().filter(|(name, _)| wanted.iter().all(|word| name.contains(word.as_str())));
        let mut hits: Vec<_> = hits.collect();
        // The very name first, then names that begin so, then the shorter one; without words, the list as it stands.
        hits.sort_by_key(|(name, _)| {
            (*name != folded, !name.starts_with(&folded), if wanted.is_empty() { 0 } else { name.chars().count() })
        });
        let mut bodies: Vec<Body> = Vec::new();
        for body in hits.into_iter().filter_map(|(_, id)| tree.body(*id)) {
            if bodies.len() < limit && bodies.iter().all(|known| known.unit != body.unit) {
                bodies.push(body);
            }
        }
        bodies
    }

    fn understood(&self, text: &str, issuer: Option<UnitId>, day: Date) -> Result<Resolution, Problem> {
        Ok(self.tree().understood(text, issuer, day)?)
    }

    fn search(&self, search: &Search<'_>, is_open: &dyn Fn(UnitId) -> bool) -> Found {
        self.tree().search(search, is_open)
    }

    fn answer_for(&self, units: &[UnitId]) -> Vec<UnitId> {
        let merged = self.tree().merged().collect();
        Scope { merged, ..Scope::default() }.today(units)
    }

    /// The bodies at the head of the province act for all of it.
    fn acts_for(&self, unit: UnitId) -> UnitId {
        let tree = self.tree();
        if tree.is_head(unit) { tree.root.unwrap_or(unit) } else { unit }
    }

    fn learnable(&self, learned: &Learned, day: Date) -> Result<Reach, Problem> {
        learnable(self, learned, day)
    }

    fn learn<'a>(
        &'a self,
        ctx: &'a Ctx,
        learned: &'a Learned,
    ) -> Pin<Box<dyn Future<Output = Result<Reach, Problem>> + Send + 'a>> {
        Box::pin(learn_alias(self, ctx, learned))
    }

    fn unlearn<'a>(
        &'a self,
        ctx: &'a Ctx,
        learned: &'a Learned,
    ) -> Pin<Box<dyn Future<Output = Result<(), Problem>> + Send + 'a>> {
        Box::pin(unlearn_alias(self, ctx, learned))
    }
}
