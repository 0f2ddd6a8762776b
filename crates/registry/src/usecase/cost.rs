//! What a system costs over some years where it is and on a cloud, and what all of them cost.

use std::{collections::BTreeMap, sync::LazyLock};

use db::{Entry, Reader, Row as _};
use kernel::{Ctx, FieldProblem, Problem, UnitId};
use portfolio::cost::{Cheaper, CostFault, Line, MOST, Prices, Range, Side, Sum};
use serde::{Deserialize, Serialize};
use serde_json::json;
use webkit::{Core, Kept as _};

use super::{
    assess::{check_assessed, whole},
    rule_words::say,
};
use crate::{
    model::{
        Amount, System, SystemId,
        assessment::MoveStrategy,
        cost::{Cost, CostId, SAID, amounts},
    },
    store::{assessment, cost, seen},
};

/// The prices by which everything is counted.
pub fn prices() -> &'static Prices {
    static SHIPPED: LazyLock<Prices> = LazyLock::new(Prices::shipped);
    &SHIPPED
}

/// What an owner says of a system; empty where nobody knows.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct CostInput {
    /// Virtual processors.
    pub cpu: String,
    pub memory_gb: String,
    pub storage_gb: String,
    /// Physical servers that would have to be bought again.
    pub servers: String,
    /// Person-days a year where it is.
    pub admin_days: String,
    /// Person-days a year on a cloud.
    pub cloud_admin_days: String,
    /// The revision that was read (0 where nothing was said); where it is given, nothing is written over a newer one.
    pub rev: Option<i64>,
}

impl CostInput {
    /// In the order of [`SAID`]; all faults at once.
    fn read(&self) -> Result<[Option<i64>; 6], Problem> {
        let texts =
            [&self.cpu, &self.memory_gb, &self.storage_gb, &self.servers, &self.admin_days, &self.cloud_admin_days];
        let read = SAID.iter().zip(texts).map(|(field, text)| number(field, text));
        let (mut said, mut wrong) = ([None; 6], Vec::new());
        for (place, read) in said.iter_mut().zip(read) {
            match read {
                Ok(number) => *place = number,
                Err(fault) => wrong.push(fault),
            }
        }
        if wrong.is_empty() { Ok(said) } else { Err(Problem { fields: wrong, ..Problem::bad_input("cost-refused") }) }
    }
}

fn number(field: &str, text: &str) -> Result<Option<i64>, FieldProblem> {
    let text = text.trim().replace('−', "-");
    if text.is_empty() {
        return Ok(None);
    }
    let code = match whole(&text) {
        Some(number) if (0..=MOST).contains(&number) => return Ok(Some(number)),
        Some(number) if number < 0 => "amount-negative",
        _ => "cost-number",
    };
    Err(FieldProblem { args: vec![("text", text)], ..FieldProblem::new(field, code) })
}

/// Writes what an owner's officer says of a system.
pub async fn cost_say(core: &Core, ctx: &Ctx, id: SystemId, input: &CostInput) -> Result<(), Problem> {
    let system = System::seen(core, ctx, &core.db().read(), id).await?;
    system.check(core, ctx)?;
    check_assessed(&system)?;
    let said = input.read()?;
    let new: CostId = ctx.new_id();
    core.db()
        .write(ctx, |tx| async move {
            let system = System::held_by(core, ctx, &tx, id).await?;
            check_assessed(&system)?;
            let there = cost::held(&tx, id).await?;
            let rev = there.as_ref().map_or(0, |row| row.rev);
            Problem::stale_unless(input.rev.is_none_or(|seen| seen == rev))?;
            let [cpu, memory_gb, storage_gb, servers, admin_days, cloud_admin_days] = said;
            let row = Cost {
                id: there.as_ref().map_or(new, |row| row.id),
                system_id: id,
                cpu,
                memory_gb,
                storage_gb,
                servers,
                admin_days,
                cloud_admin_days,
                rev: rev.max(1),
            };
            (if there.is_some() { row.keep(&tx).await } else { row.add(&tx).await })?;
            let count = row.numbers().iter().flatten().count();
            tx.ledger(Entry::new("system.cost", id).unit(system.owner_id).detail(json!({ "said": count })));
            Ok(())
        })
        .await
}

/// Whole đồng.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, utoipa::ToSchema)]
pub struct CostRange {
    pub low: i64,
    pub likely: i64,
    pub high: i64,
}

impl From<Range> for CostRange {
    fn from(range: Range) -> Self {
        let whole = |number: i128| i64::try_from(number.clamp(i64::MIN.into(), i64::MAX.into())).unwrap_or_default();
        Self { low: whole(range.low), likely: whole(range.likely), high: whole(range.high) }
    }
}

/// One thing that is paid for.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct CostLine {
    /// `on_premises` or `cloud`.
    pub side: String,
    /// The item of the price list; none of what the inventory has recorded.
    pub item: Option<String>,
    pub says: Option<String>,
    pub amount: i64,
    pub unit: Option<String>,
    /// Over all years.
    pub costs: CostRange,
}

#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct CostGiven {
    pub driver: String,
    pub says: String,
    pub unit: String,
    pub number: Option<i64>,
}

/// What one system costs.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct SystemCost {
    #[schema(value_type = String)]
    pub system: SystemId,
    pub name: String,
    /// 0 where nobody has said anything.
    pub rev: i64,
    /// The price list, by its id and version.
    pub prices: String,
    pub years: u32,
    pub given: Vec<CostGiven>,
    pub effort: Option<i64>,
    pub recorded_yearly: Option<i64>,
    pub lines: Vec<CostLine>,
    /// What is not known: its items are in no sum.
    pub missing: Vec<String>,
    pub on_premises: CostRange,
    pub cloud: CostRange,
    pub more_on_cloud: CostRange,
    /// `cloud`, `on_premises`, or `open` where the figures do not decide it.
    pub cheaper: String,
}

pub fn edition() -> String {
    let edition = &prices().text().edition;
    format!("{} {}", edition.id, edition.version)
}

pub fn side(side: Side) -> &'static str {
    match side {
        Side::OnPremises => "on_premises",
        Side::Cloud => "cloud",
    }
}

/// What was kept was checked when it was said.
fn unsound(faults: Vec<CostFault>) -> Problem {
    Problem::internal(format!("cost of what is kept: {faults:?}"))
}

/// Of a system that the actor may see.
pub async fn system_cost(core: &Core, ctx: &Ctx, conn: &Reader, id: SystemId) -> Result<SystemCost, Problem> {
    let system = System::seen(core, ctx, conn, id).await?;
    if check_assessed(&system).is_err() {
        return Err(Problem::not_found());
    }
    let said = cost::of(conn, id).await?;
    let effort = assessment::of(conn, id).await?.and_then(|row| row.effort);
    let counted = prices().cost(&amounts(said.as_ref(), effort, system.cost_per_year)).map_err(unsound)?;
    let (text, lang) = (prices().text(), ctx.lang);
    let driver = |key: &str| text.drivers.iter().find(|one| one.key == key);
    let line = |line: &Line| {
        let item = line.item.as_ref().and_then(|key| text.items.iter().find(|one| one.key == *key));
        CostLine {
            side: side(line.side).to_owned(),
            item: line.item.clone(),
            says: item.map(|item| say(lang, &item.say).to_owned()),
            amount: line.amount,
            unit: item.and_then(|item| driver(&item.driver)).map(|one| say(lang, &one.unit).to_owned()),
            costs: line.costs.into(),
        }
    };
    let numbers = said.as_ref().map(Cost::numbers).unwrap_or_default();
    let given = SAID.iter().zip(numbers).filter_map(|(key, number)| {
        let of = driver(key)?;
        let (says, unit) = (say(lang, &of.say).to_owned(), say(lang, &of.unit).to_owned());
        Some(CostGiven { driver: of.key.clone(), says, unit, number })
    });
    let missing = counted.missing.iter().filter_map(|key| driver(key)).map(|one| say(lang, &one.say).to_owned());
    Ok(SystemCost {
        system: id,
        name: system.name.to_string(),
        rev: said.as_ref().map_or(0, |row| row.rev),
        prices: edition(),
        years: text.years,
        given: given.collect(),
        effort,
        recorded_yearly: system.cost_per_year.map(Amount::get),
        lines: counted.lines.iter().map(line).collect(),
        missing: missing.collect(),
        on_premises: counted.sum.on_premises.into(),
        cloud: counted.sum.cloud.into(),
        more_on_cloud: counted.sum.more_on_cloud().into(),
        cheaper: match counted.sum.cheaper() {
            Cheaper::Cloud => "cloud",
            Cheaper::OnPremises => "on_premises",
            Cheaper::Open => "open",
        }
        .to_owned(),
    })
}

/// What many cost: only those of which something is said are in the sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, utoipa::ToSchema)]
pub struct CostSum {
    pub systems: i64,
    /// Of which nobody has said anything.
    pub without_inputs: i64,
    /// In the sums, and something of them is not known.
    pub incomplete: i64,
    pub on_premises: CostRange,
    pub cloud: CostRange,
    pub more_on_cloud: CostRange,
}

#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct CostOfOwner {
    #[schema(value_type = String)]
    pub owner: UnitId,
    pub sum: CostSum,
}

#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct CostOfStrategy {
    /// None of what is not classified.
    pub strategy: Option<MoveStrategy>,
    pub sum: CostSum,
}

#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct CostPortfolio {
    pub prices: String,
    pub years: u32,
    pub whole: CostSum,
    pub by_strategy: Vec<CostOfStrategy>,
    pub by_owner: Vec<CostOfOwner>,
}

#[derive(Clone, Copy, Default)]
struct Tally {
    systems: i64,
    without: i64,
    sum: Sum,
    /// Of those that an owner's words are there for: what is only recorded has no other side to be compared with.
    compared: Sum,
}

/// What one costs, and whether an owner said what it would take.
type Counted = (Sum, bool);

impl Tally {
    fn take(&mut self, one: Option<Counted>) {
        self.systems += 1;
        match one {
            Some((one, is_said)) => {
                self.sum = [self.sum, one].into_iter().sum();
                if is_said {
                    self.compared = [self.compared, one].into_iter().sum();
                }
            }
            None => self.without += 1,
        }
    }

    fn told(self) -> CostSum {
        CostSum {
            systems: self.systems,
            without_inputs: self.without,
            incomplete: super::classify::count(self.sum.incomplete),
            on_premises: self.sum.on_premises.into(),
            cloud: self.sum.cloud.into(),
            more_on_cloud: self.compared.more_on_cloud().into(),
        }
    }
}

/// Over the systems that the actor may see; what a merged body had is in its successor's sum.
pub async fn portfolio(core: &Core, ctx: &Ctx, conn: &Reader) -> Result<CostPortfolio, Problem> {
    let said = cost::all(conn).await?;
    let systems = cost::counted(conn, seen::condition(core, ctx, conn)).await?;
    let mut whole = Tally::default();
    let mut owners: BTreeMap<UnitId, Tally> = BTreeMap::new();
    let mut strategies: BTreeMap<Option<MoveStrategy>, Tally> = BTreeMap::new();
    for one in &systems {
        let said = said.get(&one.id);
        // What the inventory has recorded counts whether or not an owner said more.
        let sum = if said.is_some() || one.cost_per_year.is_some() {
            let cost = prices().cost(&amounts(said, one.effort, one.cost_per_year)).map_err(unsound)?;
            Some((cost.sum, said.is_some()))
        } else {
            None
        };
        whole.take(sum);
        owners.entry(core.bodies().today(one.owner_id)).or_default().take(sum);
        strategies.entry(one.strategy).or_default().take(sum);
    }
    let of_strategy = |(strategy, tally): (Option<MoveStrategy>, Tally)| CostOfStrategy { strategy, sum: tally.told() };
    let of_owner = |(owner, tally): (UnitId, Tally)| CostOfOwner { owner, sum: tally.told() };
    Ok(CostPortfolio {
        prices: edition(),
        years: prices().text().years,
        whole: whole.told(),
        by_strategy: strategies.into_iter().map(of_strategy).collect(),
        by_owner: owners.into_iter().map(of_owner).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_refused_each_at_its_own_field() {
        let input = CostInput { cpu: "−4".into(), memory_gb: "1,5".into(), ..CostInput::default() };
        let wrong = input.read().unwrap_err();
        let said: Vec<(&str, &str)> = wrong.fields.iter().map(|one| (one.field.as_str(), one.code)).collect();
        assert_eq!(said, [("cpu", "amount-negative"), ("memory_gb", "cost-number")]);
        let input = CostInput { servers: " 1.200 ".into(), admin_days: "0".into(), ..CostInput::default() };
        assert_eq!(input.read().unwrap(), [None, None, None, Some(1_200), Some(0), None]);
    }
}
