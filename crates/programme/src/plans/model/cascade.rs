//! What a plan one level down took up of a plan above it: pure comparison of two lists of tasks and of targets.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::civil::Date;

use crate::plans::model::{
    alike::{Words, pairs_where},
    bound::{conditions, merge, without_merge},
    pairing::{Found, Match, Said, Saying, settled},
    read_target::written,
};

/// A task as it is compared.
#[derive(Debug, Clone, Default)]
pub struct Task {
    pub id: String,
    pub section: String,
    pub text: String,
    /// The bodies as written.
    pub lead: String,
    pub due: Option<Date>,
    pub time: String,
    /// It concerns the body that issued the plan below.
    pub concerns: bool,
}

/// A target as it is compared.
#[derive(Debug, Clone, Default)]
pub struct Target {
    pub id: String,
    pub text: String,
    pub value_milli: i64,
    pub unit: String,
    pub sign: String,
    pub to_year: Option<i64>,
    pub indicator: Option<String>,
    pub higher_is_better: bool,
}

impl Target {
    /// "≥ 95 %"
    pub fn level(&self) -> String {
        format!("{} {} {}", self.sign, written(self.value_milli), self.unit).trim().to_owned()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Difference {
    /// Due after the task above.
    Later,
    /// Nobody named above is named below.
    OtherLead,
    /// A lower figure, or a weaker sign.
    Weaker,
    /// Bound to another place or condition.
    OtherCondition,
}

impl Difference {
    pub fn code(self) -> &'static str {
        match self {
            Self::Later => "later",
            Self::OtherLead => "other-lead",
            Self::Weaker => "weaker",
            Self::OtherCondition => "other-condition",
        }
    }
}

/// What tasks and targets have in common where they are compared.
pub trait Item: Clone {
    fn id(&self) -> &str;
    fn text(&self) -> &str;
}

impl Item for Task {
    fn id(&self) -> &str {
        &self.id
    }

    fn text(&self) -> &str {
        &self.text
    }
}

impl Item for Target {
    fn id(&self) -> &str {
        &self.id
    }

    fn text(&self) -> &str {
        &self.text
    }
}

/// A counterpart below.
#[derive(Debug, Clone)]
pub struct Twin<T> {
    pub item: T,
    /// Percent.
    pub alike: u32,
    /// People said that it is the one.
    pub by_hand: bool,
    pub differences: Vec<Difference>,
    /// "lồng ghép tại mục … của kế hoạch số …"
    pub merged_into: Option<String>,
}

/// One task or target above, and what became of it below.
#[derive(Debug, Clone)]
pub struct Line<T> {
    pub above: T,
    /// The program finds one at most, people may name several.
    pub twins: Vec<Twin<T>>,
}

impl<T> Line<T> {
    pub fn is_taken(&self) -> bool {
        !self.twins.is_empty()
    }

    /// Of all its counterparts, each kind once.
    pub fn differences(&self) -> Vec<Difference> {
        let mut out: Vec<Difference> = Vec::new();
        for difference in self.twins.iter().flat_map(|twin| &twin.differences) {
            if !out.contains(difference) {
                out.push(*difference);
            }
        }
        out
    }

    pub fn merged_into(&self) -> Option<&str> {
        self.twins.iter().find_map(|twin| twin.merged_into.as_deref())
    }
}

#[derive(Debug, Clone)]
pub struct Cascade<T> {
    pub lines: Vec<Line<T>>,
    /// What only the plan below has.
    pub extra: Vec<T>,
}

impl<T: Item> Cascade<T> {
    /// Everything that the plan below has, each once.
    pub fn below(&self) -> Vec<&T> {
        let mut seen = HashSet::new();
        let twins = self.lines.iter().flat_map(|line| &line.twins).map(|twin| &twin.item);
        twins.chain(&self.extra).filter(|item| seen.insert(item.id().to_owned())).collect()
    }
}

/// What a task and its counterpart differ in, and into which plan it was merged.
type Compared = (Vec<Difference>, Option<String>);

/// The lines of what was matched.
fn cascade<T: Item>(
    (above, below): (&[T], &[T]),
    found: &BTreeMap<usize, Vec<Match>>,
    alike: impl Fn(usize, usize) -> u32,
    compare: impl Fn(&T, &T) -> Compared,
) -> Cascade<T> {
    let twin = |at: usize, item: &T, one: &Match| {
        let (differences, merged_into) = compare(item, &below[one.below]);
        Twin {
            item: below[one.below].clone(),
            alike: one.alike.unwrap_or_else(|| alike(at, one.below)),
            by_hand: one.alike.is_none(),
            differences,
            merged_into,
        }
    };
    let line = |(at, item): (usize, &T)| {
        let twins = found.get(&at).into_iter().flatten().map(|one| twin(at, item, one)).collect();
        Line { above: item.clone(), twins }
    };
    let taken: HashSet<usize> = found.values().flatten().map(|one| one.below).collect();
    let extra = below.iter().enumerate().filter(|(at, _)| !taken.contains(at)).map(|(_, item)| item.clone());
    Cascade { lines: above.iter().enumerate().map(line).collect(), extra: extra.collect() }
}

fn said<T: Item>(above: &[T], below: &[T], sayings: &[Saying]) -> Said {
    Said::of(sayings, above.iter().map(Item::id), below.iter().map(Item::id))
}

pub fn tasks(above: &[Task], below: &[Task], sayings: &[Saying]) -> Cascade<Task> {
    let words = |tasks: &[Task]| tasks.iter().map(|task| Words::of(&without_merge(&task.text))).collect::<Vec<_>>();
    let (left, right) = (words(above), words(below));
    let found = settled(&said(above, below, sayings), |may| pairs_where(&left, &right, may));
    cascade((above, below), &found, |a, b| left[a].alike(&right[b]), of_task)
}

pub fn targets(above: &[Target], below: &[Target], sayings: &[Saying]) -> Cascade<Target> {
    let words = |targets: &[Target]| targets.iter().map(|target| Words::of(&target.text)).collect::<Vec<_>>();
    let (left, right) = (words(above), words(below));
    let found = settled(&said(above, below, sayings), |may| {
        let mut found = pairs_where(&left, &right, may);
        by_indicator((above, below), &mut found, may);
        found
    });
    cascade((above, below), &found, |a, b| left[a].alike(&right[b]), |a, b| (of_target(a, b), None))
}

/// One indicator is the same target in other words; of several milestones the nearest year.
fn by_indicator((above, below): (&[Target], &[Target]), found: &mut Found, may: &dyn Fn(usize, usize) -> bool) {
    let mut taken: HashSet<usize> = found.values().map(|(other, _)| *other).collect();
    let mut by_indicator: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, target) in below.iter().enumerate() {
        if let Some(indicator) = &target.indicator {
            by_indicator.entry(indicator).or_default().push(at);
        }
    }
    for (at, target) in above.iter().enumerate().filter(|(_, target)| target.indicator.is_some()) {
        if found.contains_key(&at) {
            continue;
        }
        let years = |other: &Target| (other.to_year.unwrap_or(0) - target.to_year.unwrap_or(0)).abs();
        let same = target.indicator.as_deref().and_then(|code| by_indicator.get(code)).into_iter().flatten().copied();
        let free = same.filter(|other| !taken.contains(other) && may(at, *other));
        if let Some(other) = free.min_by_key(|other| years(&below[*other])) {
            taken.insert(other);
            found.insert(at, (other, 100));
        }
    }
}

fn of_task(above: &Task, below: &Task) -> Compared {
    let mut out = Vec::new();
    // A term without a day ("thường xuyên") is neither earlier nor later.
    if let (Some(first), Some(then)) = (above.due, below.due)
        && then > first
    {
        out.push(Difference::Later);
    }
    if !above.concerns_lead(&below.lead) {
        out.push(Difference::OtherLead);
    }
    (out, merge(&below.text))
}

fn of_target(above: &Target, below: &Target) -> Vec<Difference> {
    let mut out = Vec::new();
    let falls_short = if above.higher_is_better {
        below.value_milli < above.value_milli
    } else {
        below.value_milli > above.value_milli
    };
    // "95 %" promises no less than "≥ 95 %" does; "> 95 %" promises more than both.
    let strict = |sign: &str| matches!(sign, ">" | "<");
    if falls_short || (below.value_milli == above.value_milli && strict(&above.sign) && !strict(&below.sign)) {
        out.push(Difference::Weaker);
    }
    if matches!((above.to_year, below.to_year), (Some(above), Some(below)) if below > above) {
        out.push(Difference::Later);
    }
    if conditions(&above.text) != conditions(&below.text) {
        out.push(Difference::OtherCondition);
    }
    out
}

impl Task {
    /// Whether the lead below is one of those named above, or a part of the body that issued the plan below.
    fn concerns_lead(&self, below: &str) -> bool {
        let fold = |text: &str| kernel::text::fold(text);
        let (above, below) = (fold(&self.lead), fold(below));
        let group = ["cac so", "ubnd cac xa", "cac co quan", "cac don vi", "cac dia phuong"];
        below.is_empty()
            || group.iter().any(|name| above.contains(name))
            || above.split(';').any(|name| below.contains(name.trim()))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::plans::model::pairing::Says;

    fn task(text: &str, lead: &str, due: Option<Date>) -> Task {
        Task { text: text.into(), lead: lead.into(), due, concerns: true, ..Task::default() }
    }

    #[test]
    fn a_task_is_taken_up_later_merged_or_not_at_all() {
        let above = [
            task(
                "Số hóa hồ sơ, kết quả giải quyết thủ tục hành chính.",
                "Các sở; UBND các xã",
                Some(date(2027, 12, 31)),
            ),
            task("Bồi dưỡng kỹ năng số cho cán bộ, công chức, viên chức.", "Sở Nội vụ", None),
            task("Xây dựng Kiến trúc số tổng thể của tỉnh.", "Sở Khoa học", None),
        ];
        let below = [
            task("Số hóa hồ sơ, kết quả giải quyết thủ tục hành chính của xã.", "Văn phòng", Some(date(2028, 12, 31))),
            task(
                "Bồi dưỡng kỹ năng số cho cán bộ, công chức: lồng ghép tại mục II.3 của Kế hoạch số 09/KH-UBND ngày 30/01/2026.",
                "Phòng Văn hóa",
                None,
            ),
            task("Lập sổ thiết bị.", "Văn phòng", None),
        ];
        let cascade = tasks(&above, &below, &[]);
        assert_eq!(cascade.lines[0].differences(), [Difference::Later]);
        assert_eq!(cascade.lines[1].merged_into(), Some("mục II.3 của Kế hoạch số 09/KH-UBND ngày 30/01/2026"));
        assert_eq!(cascade.lines[1].differences(), [Difference::OtherLead]);
        assert!(!cascade.lines[2].is_taken());
        assert_eq!(cascade.extra.len(), 1);
    }

    #[test]
    fn a_target_is_weaker_later_or_bound_to_another_place() {
        let target = |text: &str, value: i64, to: i64, code: &str| Target {
            text: text.into(),
            value_milli: value * 1000,
            to_year: Some(to),
            indicator: Some(code.into()),
            sign: "=".into(),
            higher_is_better: true,
            ..Target::default()
        };
        let above = [
            target("Tỷ lệ thủ tục đủ điều kiện được cung cấp trực tuyến.", 90, 2027, "proc.full_online"),
            target("Tỷ lệ cơ sở dữ liệu chạy trên đám mây tại Trung tâm dữ liệu tỉnh.", 70, 2030, "cloud.databases"),
            target("Tỷ lệ hài lòng.", 95, 2027, "proc.satisfaction"),
        ];
        let below = [
            target("85% thủ tục đủ điều kiện làm trực tuyến.", 85, 2028, "proc.full_online"),
            target("80% cơ sở dữ liệu của xã chạy trên đám mây tại trung tâm dữ liệu.", 80, 2030, "cloud.databases"),
        ];
        let cascade = targets(&above, &below, &[]);
        assert_eq!(cascade.lines[0].differences(), [Difference::Weaker, Difference::Later]);
        assert_eq!(cascade.lines[1].differences(), [Difference::OtherCondition]);
        assert!(!cascade.lines[2].is_taken());
    }

    #[test]
    fn what_people_pair_is_compared_as_what_the_program_finds() {
        let named = |id: &str, task: Task| Task { id: id.into(), ..task };
        let above = [
            named("a1", task("Xây dựng Kiến trúc số của tỉnh.", "Sở Khoa học", Some(date(2026, 6, 30)))),
            named("a2", task("Số hóa hồ sơ còn hiệu lực.", "Các sở", Some(date(2026, 12, 31)))),
        ];
        let below = [
            named("b1", task("Số hóa hồ sơ còn hiệu lực của xã.", "Văn phòng", Some(date(2026, 12, 31)))),
            named("b2", task("Lập sơ đồ hệ thống.", "Văn phòng", Some(date(2026, 12, 31)))),
        ];
        let saying = |below: &str| Saying { above: "a1".into(), below: below.into(), says: Says::Same };
        let cascade = tasks(&above, &below, &[saying("b1"), saying("b2")]);
        let [first, second] = &cascade.lines[..] else { panic!("two lines") };
        assert!(first.twins.len() == 2 && first.twins.iter().all(|twin| twin.by_hand));
        assert_eq!(first.differences(), [Difference::Later, Difference::OtherLead]);
        // The same row below is still what the program found for the other.
        assert!(second.twins.len() == 1 && !second.twins[0].by_hand && second.differences().is_empty());
        assert_eq!(cascade.below().iter().map(|task| task.id.as_str()).collect::<Vec<_>>(), ["b1", "b2"]);
        assert!(cascade.extra.is_empty());
    }

    #[test]
    fn targets_of_one_indicator_that_do_not_belong_together_are_not_proposed() {
        let target = |id: &str, text: &str| Target {
            id: id.into(),
            text: text.into(),
            indicator: Some("proc.full_online".into()),
            higher_is_better: true,
            ..Target::default()
        };
        let above = [target("a1", "Dịch vụ trực tuyến toàn trình.")];
        let below = [target("b1", "Hồ sơ nộp qua mạng.")];
        assert!(targets(&above, &below, &[]).lines[0].is_taken());
        let apart = Saying { above: "a1".into(), below: "b1".into(), says: Says::Apart };
        let cascade = targets(&above, &below, &[apart]);
        assert!(!cascade.lines[0].is_taken() && cascade.extra.len() == 1);
    }
}
