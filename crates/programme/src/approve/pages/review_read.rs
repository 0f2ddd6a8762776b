//! What the page of a review has before it: what was read of a document, what was said of it, and in which order its reader
//! walks through it.

use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
};

use axum::response::Response;
use kernel::{PlanId, Problem};
use plan_reader::Placed;
use webkit::{Req, url_encode};

use crate::{
    approve::pages::review_doc::Mark,
    ids::FindingId,
    plans::{
        model::{
            head::OF_HEAD,
            placed::Sentence,
            queue::{Item, Queue, Spot},
            read_duty::ReadDuty,
        },
        store::{
            finding::Finding,
            plan::{self, PlanRow},
            read_row::ReviewRow,
            read_target::ReviewTarget,
        },
        usecase::places::{self, Reviewed},
    },
};

pub(super) struct Read {
    pub plan: PlanRow,
    pub rows: Vec<ReviewRow>,
    pub targets: Vec<ReviewTarget>,
    pub findings: Vec<Finding>,
    /// Those that become regimes of reports.
    pub duties: Vec<ReadDuty>,
    /// Nothing in readings of before places were kept.
    pub places: Vec<Placed>,
    pub text: String,
    /// For each row the number of an earlier one with the same words.
    pub doubles: Vec<Option<usize>>,
}

/// For each row the number of the first one with the same words; none for that one itself.
fn doubles(rows: &[ReviewRow]) -> Vec<Option<usize>> {
    let mut first = HashMap::new();
    let double = |(number, row): (usize, &ReviewRow)| {
        let at = *first.entry(kernel::text::fold(&row.task.text)).or_insert(number);
        Some(at).filter(|at| *at != number)
    };
    (1..).zip(rows).map(double).collect()
}

/// How the reader of the page walks through it.
#[derive(Debug, Clone, Default)]
pub(super) struct Walk {
    /// Doubts come before all else.
    pub doubts_first: bool,
    /// Only what has these words, marks or no marks.
    pub find: String,
    /// Both, as the page's addresses keep them: `&order=doubts`.
    pub keep: String,
}

impl Walk {
    pub fn of(req: &Req) -> Self {
        let doubts_first = req.query("order").as_deref() == Some("doubts");
        let find = req.query("find").unwrap_or_default();
        let order = if doubts_first { "&order=doubts" } else { "" };
        let keep = if find.is_empty() { order.to_owned() } else { format!("{order}&find={}", url_encode(&find)) };
        Self { doubts_first, find, keep }
    }

    fn has(&self, text: &str) -> bool {
        if self.find.is_empty() {
            return true;
        }
        let text = kernel::text::fold(text);
        kernel::text::fold(&self.find).split(' ').all(|word| text.contains(word))
    }

    /// The query and fragment that lead to a spot.
    pub fn to(&self, spot: Spot) -> String {
        format!("{}{}#{}", spot.query(), self.keep, spot.anchor())
    }

    pub fn href(&self, spot: Spot) -> String {
        format!("?{}", self.to(spot))
    }
}

impl Read {
    /// For whoever may approve the plan.
    pub async fn load(req: &Req, id: PlanId) -> Result<Self, Problem> {
        let reviewed = places::reviewed(&req.app, &req.ctx, id).await?;
        let Reviewed { plan, rows, targets, findings, duties, places, text } = reviewed;
        let doubles = doubles(&rows);
        Ok(Self { plan, rows, targets, findings, duties, places, text, doubles })
    }

    pub fn is_asked(&self, which: impl Fn(&Finding) -> bool) -> bool {
        self.findings.iter().any(|finding| finding.state == "open" && which(finding))
    }

    /// Nothing of it would be given.
    pub fn orders_nothing(&self) -> bool {
        places::orders_nothing(&self.rows, &self.targets, &self.duties)
    }

    /// The document's sentences as they stand now.
    pub fn sentences(&self) -> Vec<Sentence> {
        places::sentences(&self.places, (&self.rows, &self.targets, &self.duties), &self.findings)
    }

    /// All of it in the order that the reader wants.
    pub fn queue(&self, walk: &Walk) -> Queue {
        let doubted: HashSet<i64> = self.open_of(|finding| finding.task_at);
        let of_targets: HashSet<i64> = self.open_of(|finding| finding.target_at);
        let starts: HashMap<i64, usize> = self.rows.iter().rev().map(|row| (row.position, row.task.start)).collect();
        let of_target = |at: i64| self.targets.iter().find(|row| row.position == at).map(|row| row.target.start);
        let start = |finding: &Finding| {
            let row = finding.task_at.and_then(|at| starts.get(&at).copied());
            let about = row.or_else(|| finding.target_at.and_then(of_target));
            about.or_else(|| finding.span().map(|(start, _)| start)).unwrap_or_default()
        };
        let mut items = Vec::new();
        let mut push = |spot, at, is_open, is_doubt, text: &str| {
            if walk.has(text) {
                items.push(Item { spot, at, is_open, is_doubt: is_open && is_doubt });
            }
        };
        let title = self.plan.title.as_deref().unwrap_or_default();
        push(Spot::Head, 0, self.plan.head_seen.is_none(), self.is_asked(is_of_head), title);
        for ((number, row), double) in (1..).zip(&self.rows).zip(&self.doubles) {
            let is_doubt = double.is_some() || doubted.contains(&row.position) || !row.task.questions().is_empty();
            push(Spot::Row(number), row.task.start, row.state == "open", is_doubt, &row.task.text);
        }
        for read in &self.duties {
            let spot = Spot::Duty(read.position);
            push(spot, read.duty.source.start, read.is_open(), read.is_doubted(), &read.duty.text);
        }
        for row in &self.targets {
            let target = &row.target;
            let mut names = target.owners.iter().chain(&target.implementers);
            let unsure = names.any(|named| !named.is_certain());
            let is_doubt = unsure || target.indicator_open || of_targets.contains(&row.position);
            push(Spot::Target(row.position), target.start, row.state == "open", is_doubt, &target.text);
        }
        for finding in &self.findings {
            let spot = Spot::Finding(FindingId::from_uuid(finding.id));
            push(spot, start(finding), finding.state == "open", true, &finding.message_vi);
        }
        Queue::of(items, walk.doubts_first)
    }

    /// Positions that open doubts are about.
    fn open_of(&self, at: impl Fn(&Finding) -> Option<i64>) -> HashSet<i64> {
        self.findings.iter().filter(|finding| finding.state == "open").filter_map(at).collect()
    }

    /// What links from the document.
    pub fn marks(&self) -> Vec<Mark> {
        let rows = (1..).zip(&self.rows).map(|(number, row)| (Spot::Row(number), row.task.start, row.task.end));
        let targets = self.targets.iter().map(|row| (Spot::Target(row.position), row.target.start, row.target.end));
        let duties = self.duties.iter().map(|read| (Spot::Duty(read.position), read.duty.source));
        let duties = duties.map(|(spot, source)| (spot, source.start, source.end));
        let all = rows.chain(targets).chain(duties);
        let mut all: Vec<Mark> = all.map(|(spot, start, end)| Mark { spot, start, end }).collect();
        // Of two that begin together the longer holds the other.
        all.sort_by_key(|mark| (mark.start, Reverse(mark.end)));
        all
    }

    /// The bytes of what is looked at.
    pub fn span(&self, spot: Spot) -> Option<(usize, usize)> {
        match spot {
            Spot::Head => None,
            Spot::Row(number) => self.rows.get(number.checked_sub(1)?).map(|row| (row.task.start, row.task.end)),
            Spot::Duty(_) => self.duty(spot).map(|read| (read.duty.source.start, read.duty.source.end)),
            Spot::Target(_) => self.target(spot).map(|row| (row.target.start, row.target.end)),
            Spot::Finding(_) => self.finding(spot).and_then(Finding::span),
        }
    }

    pub fn duty(&self, spot: Spot) -> Option<&ReadDuty> {
        self.duties.iter().find(|read| Spot::Duty(read.position) == spot)
    }

    pub fn target(&self, spot: Spot) -> Option<&ReviewTarget> {
        self.targets.iter().find(|row| Spot::Target(row.position) == spot)
    }

    pub fn finding(&self, spot: Spot) -> Option<&Finding> {
        self.findings.iter().find(|finding| Spot::Finding(FindingId::from_uuid(finding.id)) == spot)
    }
}

pub(super) fn is_of_head(finding: &Finding) -> bool {
    OF_HEAD.contains(&finding.kind.as_str())
}

/// A document that is being read, or could not be read, has nothing to review: its own page says how it stands.
pub(super) async fn unread(req: &Req, id: PlanId) -> Result<Option<Response>, Problem> {
    let plan = plan::seen(&req.app.db().read(), &req.ctx, id).await?;
    let unread = plan.filter(|plan| !plan.is_read());
    Ok(unread.map(|_| Req::go(&format!("/plans/{id}"), "")))
}
