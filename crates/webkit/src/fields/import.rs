//! A list taken in: shown line by line first, written when it is sent again. What is there already stays as it is.

use std::collections::{HashMap, HashSet};

use kernel::{Ctx, Problem};

use super::{Answers, Field, Line, List, Preview, Record, Verdict, reading::Units, sheet::read};
use crate::{Bytes, Core, Going, heavy, heavy_of};

/// How a domain takes a list in.
pub struct Import<R> {
    /// What holds of lines that do not say it.
    pub usual: fn(&Ctx) -> Answers,
    /// What makes two lines, or a line and a row, the same thing: any of these.
    pub key: fn(&R) -> Vec<String>,
    /// Columns beside the fields of the row, of which the domain makes something itself.
    pub more: &'static [Field],
    /// How a line is called.
    pub name: fn(&R) -> String,
    /// Whether the importer may: asked of each line that would change something, and of what it would change.
    pub may: fn(&Core, &Ctx, &R) -> Result<(), Problem>,
    /// A line that is refused refuses the list.
    pub is_whole: bool,
}

/// What lines are held against.
struct Beside<'a, R> {
    there: HashMap<String, &'a R>,
    seen: HashSet<String>,
    units: Units,
}

impl<R: Record + Send + Sync + 'static> Import<R> {
    /// What the list would do beside the rows that are there.
    ///
    /// # Errors
    /// Where the file is no list of these; a line that cannot be taken in is refused by itself.
    pub async fn preview(
        &'static self,
        core: &Core,
        ctx: &Ctx,
        bytes: Bytes,
        there: Vec<R>,
    ) -> Result<Preview<R>, Problem> {
        let list = self.lines(core, ctx, bytes).await?;
        self.beside(core, ctx, list, there, Units::default()).await
    }

    /// The lines of the list, for who has to look at them first.
    ///
    /// # Errors
    /// Where the file is no list of these.
    pub async fn lines(&'static self, core: &Core, ctx: &Ctx, bytes: Bytes) -> Result<List, Problem> {
        self.lines_called(core, ctx, bytes, Vec::new()).await
    }

    /// The same of a list whose keepers call some columns in their own way: their words for a head, and the name of the field.
    ///
    /// # Errors
    /// As of [`Self::lines`].
    pub async fn lines_called(
        &'static self,
        core: &Core,
        ctx: &Ctx,
        bytes: Bytes,
        called: Vec<(String, String)>,
    ) -> Result<List, Problem> {
        let grid = core.sheets().list(bytes).await?;
        let (locales, ctx) = (core.locales().clone(), ctx.clone());
        let fields: Vec<Field> = R::FIELDS.iter().chain(self.more).copied().collect();
        heavy(move || read(&fields, &(self.usual)(&ctx), &called, &grid, (&locales, ctx.lang))).await?
    }

    /// What these lines would do beside the rows that are there. Some of their words may mean units that only they know of.
    ///
    /// # Errors
    /// Where nobody has time to look at them.
    pub async fn beside(
        &'static self,
        core: &Core,
        ctx: &Ctx,
        list: List,
        there: Vec<R>,
        units: Units,
    ) -> Result<Preview<R>, Problem> {
        let (core, by) = (core.clone(), ctx.clone());
        let compare = move |going: &Going| {
            let keyed = there.iter().flat_map(|row| (self.key)(row).into_iter().map(move |key| (key, row)));
            let mut beside = Beside { there: keyed.collect(), seen: HashSet::new(), units };
            let line = |(at, answers): &(usize, Answers)| self.line(&core, &by, *at, answers, &mut beside);
            let lines = list.lines.iter().take_while(|_| !going.is_over()).map(line).collect();
            Preview { lines, left: list.left, notes: Vec::new(), unknown: list.unknown, is_whole: self.is_whole }
        };
        heavy_of(ctx, compare).await
    }

    fn line(&self, core: &Core, ctx: &Ctx, number: usize, answers: &Answers, beside: &mut Beside<'_, R>) -> Line<R> {
        let first = answers.text(R::FIELDS.first().map_or("", |field| field.name));
        let mut line = Line {
            number,
            name: first.to_owned(),
            verdict: Verdict::Refused,
            said: vec![],
            more: vec![],
            missing: vec![],
            problem: None,
            row: None,
            there: None,
        };
        match self.verdict(core, ctx, answers, beside, &mut line) {
            Ok(verdict) => line.verdict = verdict,
            Err(problem) => line.problem = Some(problem),
        }
        line
    }

    fn verdict(
        &self,
        core: &Core,
        ctx: &Ctx,
        answers: &Answers,
        beside: &mut Beside<'_, R>,
        line: &mut Line<R>,
    ) -> Result<Verdict, Problem> {
        let new = R::from_answers_with(core, ctx, answers, None, &beside.units)?;
        let keys = (self.key)(&new);
        let old = keys.iter().find_map(|key| beside.there.get(key).copied());
        line.name = (self.name)(&new);
        let keys = old.map_or(keys, |old| (self.key)(old));
        if keys.is_empty() {
            return Err(Problem::bad_input("line-nameless"));
        }
        if keys.iter().any(|key| beside.seen.contains(key)) {
            return Err(Problem::bad_input("line-twice"));
        }
        beside.seen.extend(keys);
        let said = |field: &'static Field| (field, answers.text(field.name).to_owned());
        let Some(old) = old else {
            (self.may)(core, ctx, &new)?;
            line.said = R::FIELDS.iter().skip(1).map(said).filter(|(_, text)| !text.is_empty()).collect();
            line.row = Some(new);
            return Ok(Verdict::New);
        };
        // Of what is there the list says nothing to whom it does not concern.
        (self.may)(core, ctx, old)?;
        line.name = (self.name)(old);
        let row = R::from_answers_with(core, ctx, answers, Some(old), &beside.units)?;
        let (before, after) = (old.answers(), row.answers());
        let changes = |field: &&Field| before.text(field.name) != after.text(field.name);
        line.said = R::FIELDS.iter().filter(changes).map(said).collect();
        if line.said.is_empty() {
            line.there = Some(row);
            return Ok(Verdict::Same);
        }
        (self.may)(core, ctx, &row)?;
        line.row = Some(row);
        Ok(Verdict::Changed)
    }
}
