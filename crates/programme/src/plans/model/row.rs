//! One task as read and reviewed, and what a person must still decide about it.

use kernel::{Resolution, UnitId};
use plan_reader::{Mark, Time, marker};
use serde::{Deserialize, Serialize};

/// Words of the document and what they mean.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Named {
    pub text: String,
    pub means: Resolution,
}

impl Named {
    /// Somebody is meant: known by that name, or confirmed by a person. A likeness alone is nobody yet.
    pub fn is_certain(&self) -> bool {
        matches!(self.means, Resolution::Unit { certain: true, .. } | Resolution::Group { .. })
    }
}

/// The names as the document says them, parted by semicolons.
pub fn joined(names: &[Named]) -> String {
    names.iter().map(|named| named.text.as_str()).collect::<Vec<_>>().join("; ")
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReadTask {
    pub section: Vec<String>,
    pub text: String,
    pub lead: Vec<Named>,
    pub coordinating: Vec<Named>,
    pub time: Time,
    pub result: Option<String>,
    /// Bytes of the document's text that it was read from.
    pub start: usize,
    pub end: usize,
    /// Questions set aside with a reason.
    #[serde(default)]
    pub set_aside: Option<String>,
}

/// Kinds of the reader's doubts that whoever accepts a row answers with it: it was compared, and is a task.
pub const OF_ROW: [&str; 2] = ["check_scan", "maybe_task"];

/// A question that keeps a plan from being approved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "text")]
pub enum Question {
    NoLead,
    NoTime,
    TimeUnclear(String),
    EndBeforeStart(String),
    /// Nobody of this name is known, or it needs a person to say who is concerned.
    WhoIs(String),
    /// A likeness: is it really this body?
    IsIt(String, String),
}

impl Question {
    pub fn key(&self) -> &'static str {
        match self {
            Self::NoLead => "question-no-lead",
            Self::NoTime => "question-no-time",
            Self::TimeUnclear(_) => "question-time-unclear",
            Self::EndBeforeStart(_) => "question-end-before-start",
            Self::WhoIs(_) => "question-who-is",
            Self::IsIt(..) => "question-is-it",
        }
    }

    pub fn words(&self) -> (&str, &str) {
        match self {
            Self::NoLead | Self::NoTime => ("", ""),
            Self::TimeUnclear(text) | Self::EndBeforeStart(text) | Self::WhoIs(text) => (text, ""),
            Self::IsIt(text, name) => (text, name),
        }
    }
}

impl ReadTask {
    /// The open questions; none once they were set aside.
    pub fn questions(&self) -> Vec<Question> {
        if self.set_aside.is_some() {
            return vec![];
        }
        let mut out = Vec::new();
        if self.lead.is_empty() {
            out.push(Question::NoLead);
        }
        match (self.time.raw.is_empty(), self.time.kind) {
            (true, _) => out.push(Question::NoTime),
            (false, None) => out.push(Question::TimeUnclear(self.time.raw.clone())),
            (false, Some(_)) => {}
        }
        if let (Some(start), Some(due)) =
            (crate::plans::model::frame::start(&self.time), crate::plans::model::frame::due(&self.time))
            && due < start
        {
            out.push(Question::EndBeforeStart(self.time.raw.clone()));
        }
        for named in self.lead.iter().chain(&self.coordinating) {
            match &named.means {
                Resolution::Unknown => out.push(Question::WhoIs(named.text.clone())),
                Resolution::Unit { certain: false, name, .. } => {
                    out.push(Question::IsIt(named.text.clone(), name.clone()));
                }
                Resolution::Unit { certain: true, .. } | Resolution::Group { .. } => {}
            }
        }
        out
    }

    /// Where it stands, as people cite it: `II.2.a`, "2, gạch đầu dòng thứ 3"; a row `1.1` of group `1` is not cited as
    /// `1.1.1`.
    pub fn cited(&self) -> String {
        let labels = &self.section;
        let repeated = |at: usize| labels.get(at + 1).is_some_and(|next| next.starts_with(&format!("{}.", labels[at])));
        let mut out = String::new();
        for label in (0..labels.len()).filter(|at| !repeated(*at)).map(|at| labels[at].as_str()) {
            let (words, apart) = bullet(label).map_or_else(|| (label.to_owned(), "."), |words| (words, ", "));
            if !out.is_empty() {
                out.push_str(apart);
            }
            out.push_str(&words);
        }
        out
    }

    /// What it obliges whom to.
    pub fn says(&self) -> (&str, Vec<UnitId>, Vec<UnitId>, &str, Option<&str>) {
        (&self.text, self.leads(), self.helpers(), &self.time.raw, self.result.as_deref())
    }

    /// The bodies that lead, groups spread out, each once.
    pub fn leads(&self) -> Vec<UnitId> {
        units(&self.lead)
    }

    pub fn helpers(&self) -> Vec<UnitId> {
        units(&self.coordinating)
    }

    /// The names of which nobody has said who they are: setting the question aside answers nothing.
    pub fn doubted(&self) -> Vec<&Named> {
        self.lead.iter().chain(&self.coordinating).filter(|named| !named.is_certain()).collect()
    }
}

/// What people call a mark that is no number: "-" is a "gạch đầu dòng"; behind it the place in its list, where that is
/// known.
fn bullet(label: &str) -> Option<String> {
    let sign = label.chars().next().filter(|sign| "-–—•*▪●+".contains(*sign))?;
    let name =
        if matches!(sign, '-' | '–' | '—') { "gạch đầu dòng".to_owned() } else { format!("dấu {sign}") };
    match label[sign.len_utf8()..].trim() {
        "" => Some(name),
        number => Some(format!("{name} thứ {number}")),
    }
}

/// A line that a mark begins which is no number, with its place in its list.
#[derive(Debug)]
struct Bullet {
    start: usize,
    end: usize,
    mark: String,
    nth: usize,
}

/// All of them in a text, in its order.
#[derive(Debug)]
pub struct Bullets(Vec<Bullet>);

impl Bullets {
    pub fn of(text: &str) -> Self {
        let (mut out, mut start) = (Vec::new(), 0);
        // The last line of each open list; a mark that stands higher ends those below it.
        let mut open: Vec<(Mark, usize)> = Vec::new();
        for line in text.split_inclusive('\n') {
            let end = start + line.len();
            if let Some((mark, _)) = marker(line.trim()) {
                open.retain(|(other, _)| other.level <= mark.level);
                if bullet(&mark.label).is_some() {
                    let before = open.iter().position(|(other, _)| other.label == mark.label);
                    let nth = before.map_or(1, |at| open.remove(at).1 + 1);
                    out.push(Bullet { start, end, mark: mark.label.clone(), nth });
                    open.push((mark, nth));
                }
            }
            start = end;
        }
        Self(out)
    }

    /// The labels of a task that begins at this byte, a mark that is no number with its place in its list: `-` becomes
    /// `- 3`.
    pub fn placed(&self, mut section: Vec<String>, start: usize) -> Vec<String> {
        let after = self.0.partition_point(|bullet| bullet.start <= start);
        let own = after.checked_sub(1).map(|at| &self.0[at]).filter(|bullet| start < bullet.end);
        if let (Some(own), Some(last)) = (own, section.last_mut())
            && own.mark == *last
        {
            *last = format!("{last} {}", own.nth);
        }
        section
    }
}

/// The bodies that names mean for certain, groups spread out, each once. Nobody is given anything by a likeness.
pub fn units(names: &[Named]) -> Vec<UnitId> {
    let mut out: Vec<UnitId> = Vec::new();
    for named in names.iter().filter(|named| named.is_certain()) {
        let units: &[UnitId] = match &named.means {
            Resolution::Unit { unit, .. } => std::slice::from_ref(unit),
            Resolution::Group { units, .. } => units,
            Resolution::Unknown => &[],
        };
        for unit in units {
            if !out.contains(unit) {
                out.push(*unit);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str, certain: bool) -> Named {
        let unit = UnitId::from_uuid(uuid::Uuid::from_u128(text.len() as u128));
        Named { text: text.into(), means: Resolution::Unit { unit, name: "UBND xã Bến Mẫu".into(), certain } }
    }

    fn task(lead: Vec<Named>, time: &str) -> ReadTask {
        ReadTask {
            section: vec![],
            text: "Di dời dân".into(),
            lead,
            coordinating: vec![],
            time: plan_reader::parse_time(time),
            result: None,
            start: 0,
            end: 0,
            set_aside: None,
        }
    }

    #[test]
    fn a_mark_that_is_no_number_is_cited_by_its_place_in_its_list() {
        let text = "1. Một\n- Khác\n2. Hai\n- Mở đường\n+ Gồm cầu\n- Di dời dân\ncho kịp\ndân.\n- Trồng rừng\n+ Ươm cây\n\
            Điều 5. Giao\n- Thi hành";
        let bullets = Bullets::of(text);
        let cited = |labels: &[&str], words: &str| {
            let section = labels.iter().map(|label| (*label).to_owned()).collect();
            ReadTask { section: bullets.placed(section, text.find(words).unwrap()), ..task(vec![], "") }.cited()
        };
        assert_eq!(cited(&["2", "-"], "- Mở"), "2, gạch đầu dòng thứ 1");
        assert_eq!(cited(&["2", "-"], "Trồng rừng"), "2, gạch đầu dòng thứ 3");
        assert_eq!(cited(&["2", "-", "+"], "+ Ươm"), "2, gạch đầu dòng, dấu + thứ 1");
        assert_eq!(cited(&["2", "-"], "cho kịp"), "2, gạch đầu dòng", "its line has no mark");
        assert_eq!(cited(&["5", "-"], "Thi hành"), "5, gạch đầu dòng thứ 1", "an article begins a list of its own");
        assert_eq!(cited(&["2", "(1)"], "Mở"), "2.(1)", "a number in brackets is one");
        assert_eq!(cited(&["II", "2", "a"], "Mở"), "II.2.a");
        assert_eq!(cited(&["3", "3.1"], "Mở"), "3.1");
    }

    #[test]
    fn a_likeness_that_was_set_aside_is_still_nobody() {
        let (known, like) = (named("UBND xã Suối Mẫu", true), named("UBND xã Bản", false));
        let unknown = Named { text: "Quỹ Lạ".into(), means: Resolution::Unknown };
        let mut task = task(vec![known.clone(), like.clone(), unknown.clone()], "Năm 2026");
        assert_eq!(task.questions().len(), 2);
        task.set_aside = Some("Chờ hỏi".into());
        assert_eq!(task.questions(), []);
        assert_eq!(task.leads(), units(&[known]), "only who is certain leads");
        assert_eq!(task.doubted(), [&like, &unknown]);
        let confirmed = named("UBND xã Bản", true);
        assert_eq!(units(&[like]).len() + units(&[confirmed]).len(), 1, "until somebody says that it is so");
    }
}
