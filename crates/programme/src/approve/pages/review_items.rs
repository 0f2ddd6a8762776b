//! What a review goes through, as its page shows it: each beside its state, its revision and the way on.

use kernel::{PlanId, Resolution};
use minijinja::{Value, context};
use webkit::Req;

use crate::{
    approve::pages::{
        review_doc::{guessed, said},
        review_read::{Read, Walk, is_of_head},
    },
    ids::FindingId,
    plans::{
        model::{
            head::OF_HEAD,
            placed::{Sentence, said_whole},
            queue::{Item, Queue, Spot},
            read_duty::{PERIODS, ReadDuty},
            read_target::{sign, written},
            row::{Named, OF_ROW, Question, ReadTask, joined},
        },
        store::{finding::Finding, read_row::ReviewRow, read_target::ReviewTarget},
    },
};

/// What words of a document mean.
pub(super) fn named(name: &Named) -> Value {
    let (kind, means, count) = match &name.means {
        Resolution::Unit { name, certain: true, .. } => ("unit", name.clone(), 1),
        Resolution::Unit { name, certain: false, .. } => ("maybe", name.clone(), 1),
        Resolution::Group { name, units } => ("group", name.clone(), units.len()),
        Resolution::Unknown => ("unknown", String::new(), 0),
    };
    context! { text => name.text.as_str(), kind, means, count }
}

fn question(req: &Req, task: &ReadTask, question: &Question) -> Value {
    let (words, name) = question.words();
    let text = req.app.locales().text(req.ctx.lang, question.key(), &[("words", words.into()), ("name", name.into())]);
    let mut named = task.lead.iter().chain(&task.coordinating).filter(|named| named.text == words);
    let maybe = named.find_map(|named| match &named.means {
        Resolution::Unit { unit, .. } => Some(unit.to_string()),
        Resolution::Group { .. } | Resolution::Unknown => None,
    });
    // Who is concerned by "có liên quan" is said anew in each document.
    let is_of_one = kernel::text::fold(words).contains("lien quan");
    context! { text, words, name, maybe, is_of_one, asks_time => *question == Question::NoTime, asks_body => matches!(question, Question::WhoIs(_) | Question::IsIt(..)) }
}

/// What makes the elements of a page: whose page it is, what was read, how it is walked through, and what is looked at.
pub(super) struct Items<'a> {
    pub req: &'a Req,
    pub id: PlanId,
    pub read: &'a Read,
    pub queue: &'a Queue,
    pub walk: &'a Walk,
    /// Sentences that have no place by now.
    pub unplaced: &'a [Sentence],
    pub on: Spot,
}

impl Items<'_> {
    /// What every element has: where it is, how it is named, whether it is looked at, and the way on from it.
    fn way(&self, spot: Spot) -> Value {
        let next = self.next(spot).unwrap_or(spot);
        context! {
            spot => spot.to_string(), href => self.walk.href(spot), on => self.on == spot,
            next => self.walk.to(next), here => self.walk.to(spot),
        }
    }

    /// The next that is open once this one is decided: what is answered with a row is passed over with it.
    fn next(&self, spot: Spot) -> Option<Spot> {
        let mut next = self.queue.open_after(spot)?;
        while next != spot && self.is_answered_with(spot, next) {
            next = self.queue.open_after(next)?;
        }
        Some(next)
    }

    fn is_answered_with(&self, row: Spot, other: Spot) -> bool {
        let (Spot::Row(number), Spot::Finding(id)) = (row, other) else { return false };
        let position = number.checked_sub(1).and_then(|at| self.read.rows.get(at)).map(|row| row.position);
        let mut findings = self.read.findings.iter();
        findings.any(|one| one.id == id.uuid() && OF_ROW.contains(&one.kind.as_str()) && one.task_at == position)
    }

    pub fn head(&self) -> Value {
        let asked = |kind: &str| {
            let open = self.read.findings.iter().filter(|finding| finding.state == "open" && finding.kind == kind);
            open.map(|finding| Value::from(said(self.req.ctx.lang, finding))).collect::<Vec<_>>()
        };
        let [issuer, day, title, number] = OF_HEAD.map(asked);
        context! {
            way => self.way(Spot::Head), seen => self.read.plan.head_seen.is_some(), asked => self.read.is_asked(is_of_head),
            doubts => context! { issuer, day, title, number },
        }
    }

    /// The elements of the queue that stand between these bytes, rows by their numbers.
    pub fn list(&self, rows: std::ops::Range<usize>, (from, until): (usize, usize)) -> Vec<Value> {
        let is_near = |item: &&Item| match item.spot {
            Spot::Head => false,
            Spot::Row(number) => rows.contains(&(number - 1)),
            Spot::Finding(_) => item.spot == self.on || (item.is_open && (from..until).contains(&item.at)),
            Spot::Duty(_) | Spot::Target(_) => item.spot == self.on || (from..until).contains(&item.at),
        };
        let shown = self.queue.all().iter().filter(is_near);
        shown.filter_map(|item| self.one(item.spot)).collect()
    }

    fn one(&self, spot: Spot) -> Option<Value> {
        let read = self.read;
        match spot {
            Spot::Head => None,
            Spot::Row(number) => {
                let row = read.rows.get(number.checked_sub(1)?)?;
                Some(self.row(number, row, read.doubles.get(number - 1).copied().flatten()))
            }
            Spot::Duty(_) => read.duty(spot).map(|duty| self.duty(duty)),
            Spot::Target(_) => read.target(spot).map(|row| self.target(row)),
            Spot::Finding(_) => read.finding(spot).map(|finding| self.finding(finding)),
        }
    }

    fn row(&self, number: usize, row: &ReviewRow, double: Option<usize>) -> Value {
        let task: &ReadTask = &row.task;
        let questions: Vec<Value> = task.questions().iter().map(|asked| question(self.req, task, asked)).collect();
        context! {
            kind => "row", way => self.way(Spot::Row(number)), number, id => row.id.to_string(), rev => row.rev, state => row.state.clone(),
            section => task.cited(), text => task.text.as_str(), double, double_href => double.map(|at| self.walk.href(Spot::Row(at))),
            lead => task.lead.iter().map(named).collect::<Vec<_>>(), coordinating => task.coordinating.iter().map(named).collect::<Vec<_>>(),
            lead_text => joined(&task.lead), coordinating_text => joined(&task.coordinating), time => task.time.raw.clone(), result => task.result.clone(),
            parts => task.leads().len(), set_aside => task.set_aside.clone(), questions,
        }
    }

    /// Its number among those that are reviewed, from 1.
    fn duty_number(&self, position: usize) -> usize {
        self.read.duties.iter().position(|read| read.position == position).map_or(0, |at| at + 1)
    }

    fn duty(&self, read: &ReadDuty) -> Value {
        let duty = &read.duty;
        let names = |names: &[String]| names.join("; ");
        context! {
            kind => "duty", way => self.way(Spot::Duty(read.position)), position => read.position.to_string(), number => self.duty_number(read.position), rev => read.rev, state => read.state(),
            text => duty.text.clone(), who => names(&duty.who), to => names(&duty.to), via => names(&duty.via),
            period => duty.period.clone(), due => duty.due.clone(), periods => PERIODS, double => read.double_of.is_some(), doubted => read.is_doubted(),
        }
    }

    fn target(&self, row: &ReviewTarget) -> Value {
        let target = &row.target;
        let vi = self.req.ctx.lang == kernel::Lang::Vi;
        let indicator = target.indicator.as_deref().and_then(|code| self.req.app.indicators().get(code));
        let quote = self.read.text.get(target.start..target.end).unwrap_or_default();
        context! {
            kind => "target", way => self.way(Spot::Target(row.position)), id => row.id.to_string(), rev => row.rev, state => row.state.clone(),
            position => row.position, text => target.text.as_str(), sentence => said_whole(quote, &target.text),
            value => written(target.value_milli), unit => target.unit.clone(), comparator => sign(target.comparator), from => target.from, to => target.to,
            stretch => target.stretch_milli.map(written), owners => target.owners.iter().map(named).collect::<Vec<_>>(), owners_text => joined(&target.owners),
            implementers_text => joined(&target.implementers), twin => target.twin, twin_href => target.twin.map(|at| self.walk.href(Spot::Target(at))),
            indicator => target.indicator.clone(), indicator_name => indicator.map(|found| if vi { found.name_vi } else { found.name_en }),
            indicator_open => target.indicator_open,
        }
    }

    /// Also in the list of all doubts.
    pub fn finding(&self, finding: &Finding) -> Value {
        let id = FindingId::from_uuid(finding.id);
        let row = finding.task_at.and_then(|at| self.read.rows.iter().position(|row| row.position == at));
        let about = match (row, finding.target_at) {
            (Some(at), _) => Some(Spot::Row(at + 1)),
            (None, Some(at)) => Some(Spot::Target(at)),
            (None, None) => is_of_head(finding).then_some(Spot::Head),
        };
        let key = match about {
            Some(Spot::Row(_)) => "see-row",
            Some(Spot::Target(_)) => "see-target",
            _ => "see-head",
        };
        let index = self.read.findings.iter().position(|one| one.id == finding.id && one.state == "open");
        let left: Vec<&Sentence> =
            self.unplaced.iter().filter(|sentence| index.is_some() && sentence.doubt == index).collect();
        let unplaced = left.first().map(|Sentence { start, end, .. }| {
            let text = self.read.text.get(*start..*end).unwrap_or_default();
            let add = format!("?add={start}{}#add", self.walk.keep);
            context! { add, guess => guessed(self.req, text), many => left.len() }
        });
        context! {
            kind => "finding", unplaced, way => self.way(Spot::Finding(id)), id => id.to_string(), rev => finding.rev, state => finding.state.clone(),
            text => said(self.req.ctx.lang, finding), reason => finding.reason.as_deref(), about => about.map(|spot| self.walk.href(spot)), about_key => key,
        }
    }

    /// What was just decided, with its undo.
    pub fn was(&self, spot: Spot) -> Option<Value> {
        let read = self.read;
        let plan = self.id;
        let (state, action, undo, fields) = match spot {
            Spot::Head => {
                let state = if read.plan.head_seen.is_some() { "accepted" } else { "open" };
                (state, format!("/plans/{plan}/head-review"), "reopen", vec![("rev", read.plan.rev.to_string())])
            }
            Spot::Row(number) => {
                let row = read.rows.get(number.checked_sub(1)?)?;
                let fields = vec![("rev", row.rev.to_string()), ("number", number.to_string())];
                (row.state.as_str(), format!("/read-rows/{}", row.id), "reopen", fields)
            }
            Spot::Duty(position) => {
                let duty = read.duty(spot)?;
                let fields = vec![("rev", duty.rev.to_string()), ("position", position.to_string())];
                (duty.state(), format!("/plans/{plan}/read-duties"), "keep", fields)
            }
            Spot::Target(_) => {
                let row = read.target(spot)?;
                (row.state.as_str(), format!("/read-targets/{}", row.id), "reopen", vec![("rev", row.rev.to_string())])
            }
            Spot::Finding(id) => {
                let finding = read.finding(spot)?;
                (finding.state.as_str(), format!("/findings/{id}"), "reopen", vec![("rev", finding.rev.to_string())])
            }
        };
        let (kind, number) = match spot {
            Spot::Head => ("head", 0),
            Spot::Row(number) => ("row", number),
            Spot::Duty(position) => ("duty", self.duty_number(position)),
            Spot::Target(position) => ("target", usize::try_from(position).unwrap_or_default()),
            Spot::Finding(_) => ("finding", 0),
        };
        let words = if matches!(spot, Spot::Finding(_)) && state != "open" { "finding-" } else { "row-" };
        Some(
            context! { kind, number, state, words => format!("{words}{state}"), action, undo, fields, way => self.way(spot) },
        )
    }
}
