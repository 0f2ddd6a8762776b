//! What a plan one level down took up of a plan above it: pure comparison of two lists of tasks and of targets.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use jiff::civil::Date;
use regex::Regex;

use crate::plans::model::alike::{Words, pairs};

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

/// One task or target above, and what became of it below.
#[derive(Debug, Clone)]
pub struct Line<T> {
    pub above: T,
    /// Its counterpart, and how alike they are in percent.
    pub below: Option<(T, u32)>,
    pub differences: Vec<Difference>,
    /// "lồng ghép tại mục … của kế hoạch số …"
    pub merged_into: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Cascade<T> {
    pub lines: Vec<Line<T>>,
    /// What only the plan below has.
    pub extra: Vec<T>,
}

pub fn tasks(above: &[Task], below: &[Task]) -> Cascade<Task> {
    let words = |tasks: &[Task]| tasks.iter().map(|task| Words::of(&without_merge(&task.text))).collect::<Vec<_>>();
    let found = pairs(&words(above), &words(below));
    let line = |(at, task): (usize, &Task)| {
        let twin = found.get(&at).map(|(other, alike)| (below[*other].clone(), *alike));
        let mut differences = Vec::new();
        let mut merged_into = None;
        if let Some((twin, _)) = &twin {
            merged_into = merge(&twin.text);
            // A term without a day ("thường xuyên") is neither earlier nor later.
            if let (Some(above), Some(below)) = (task.due, twin.due)
                && below > above
            {
                differences.push(Difference::Later);
            }
            if !task.concerns_lead(&twin.lead) {
                differences.push(Difference::OtherLead);
            }
        }
        Line { above: task.clone(), below: twin, differences, merged_into }
    };
    let lines = above.iter().enumerate().map(line).collect();
    Cascade { lines, extra: extra(below, found.values().map(|(other, _)| *other)) }
}

pub fn targets(above: &[Target], below: &[Target]) -> Cascade<Target> {
    let words = |targets: &[Target]| targets.iter().map(|target| Words::of(&target.text)).collect::<Vec<_>>();
    let mut found = pairs(&words(above), &words(below));
    // One indicator is the same target in other words; of several milestones the nearest year.
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
        let free = same.filter(|other| !taken.contains(other));
        if let Some(other) = free.min_by_key(|other| years(&below[*other])) {
            taken.insert(other);
            found.insert(at, (other, 100));
        }
    }
    let line = |(at, target): (usize, &Target)| {
        let twin = found.get(&at).map(|(other, alike)| (below[*other].clone(), *alike));
        let differences = twin.as_ref().map(|(twin, _)| of_target(target, twin)).unwrap_or_default();
        Line { above: target.clone(), below: twin, differences, merged_into: None }
    };
    let lines = above.iter().enumerate().map(line).collect();
    Cascade { lines, extra: extra(below, found.values().map(|(other, _)| *other)) }
}

fn extra<T: Clone>(below: &[T], taken: impl Iterator<Item = usize>) -> Vec<T> {
    let taken: HashSet<usize> = taken.collect();
    below.iter().enumerate().filter(|(at, _)| !taken.contains(at)).map(|(_, item)| item.clone()).collect()
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

static CONDITION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:\btại\b|\btrừ\b|\bnếu\b|\bđối với\b|\btrong phạm vi\b|đủ điều kiện|thuộc phạm vi)[^,.;()]*")
        .ok()
});

/// The words that bind a target to a place or a condition, without marks.
pub fn conditions(text: &str) -> Vec<String> {
    let Some(pattern) = CONDITION.as_ref() else { return vec![] };
    let phrase = |found: regex::Match| {
        // Who it is about is no condition: "đủ điều kiện được cung cấp" binds by its first words.
        let words = kernel::text::fold(found.as_str());
        if words.starts_with("du dieu kien") { "du dieu kien".to_owned() } else { words.trim().to_owned() }
    };
    let mut out: Vec<String> = pattern.find_iter(text).map(phrase).collect();
    out.sort();
    out
}

static MERGE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)[:;,(]?\s*lồng ghép\s+(?:tại|vào|trong)\s+((?:[^.;)]|\.\S)*?số\s+\S+(?:[^.;)]|\.\S)*)").ok()
});

fn merge(text: &str) -> Option<String> {
    Some(MERGE.as_ref()?.captures(text)?[1].trim().to_owned())
}

fn without_merge(text: &str) -> String {
    MERGE.as_ref().map_or_else(|| text.to_owned(), |merge| merge.replace(text, "").into_owned())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

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
        let cascade = tasks(&above, &below);
        assert_eq!(cascade.lines[0].differences, [Difference::Later]);
        assert_eq!(
            cascade.lines[1].merged_into.as_deref(),
            Some("mục II.3 của Kế hoạch số 09/KH-UBND ngày 30/01/2026")
        );
        assert_eq!(cascade.lines[1].differences, [Difference::OtherLead]);
        assert!(cascade.lines[2].below.is_none());
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
        let cascade = targets(&above, &below);
        assert_eq!(cascade.lines[0].differences, [Difference::Weaker, Difference::Later]);
        assert_eq!(cascade.lines[1].differences, [Difference::OtherCondition]);
        assert!(cascade.lines[2].below.is_none());
    }
}
