//! What is said of each task: by the body itself, or by many bodies folded into one sentence with the details behind it.

use kernel::text::fold;
use nd30::{Block, Cell, Column, Level, Run, Table};

use crate::{
    plans::model::{cite::Cited, naming::full_name},
    reporting::model::{
        content::{Content, Said, Work, part_words},
        similar::{Alike, alike},
    },
};

/// Sentences of more bodies than these that stand alone go to the appendix.
const ALONE: usize = 3;
/// Sentences of several bodies that are told in the text itself.
const TOLD: usize = 2;

/// Which papers were cited already: in full the first time, briefly after that.
pub(crate) struct Cites<'a> {
    known: &'a [Cited],
    done: Vec<uuid::Uuid>,
}

impl<'a> Cites<'a> {
    pub(crate) fn new(known: &'a [Cited]) -> Self {
        Self { known, done: vec![] }
    }

    pub(crate) fn name(&mut self, cited: &Cited) -> String {
        if self.done.contains(&cited.id) {
            return cited.short();
        }
        self.done.push(cited.id);
        cited.full()
    }

    /// The plan of a work; by what it was called where it was sealed before plans were kept.
    fn plan_of(&mut self, work: &Work) -> String {
        match self.known.iter().find(|cited| Some(cited.id) == work.plan_id) {
            Some(cited) => self.name(cited),
            None => work.plan.clone(),
        }
    }
}

/// Headings before the works: a plan where there are several, and its parts.
pub(crate) struct Chapters<'a> {
    content: &'a Content,
    cites: Cites<'a>,
    plans: usize,
    many: bool,
    last: Option<(&'a str, &'a str)>,
}

impl<'a> Chapters<'a> {
    pub(crate) fn new(content: &'a Content, cites: Cites<'a>) -> Self {
        let many = content.works.windows(2).any(|pair| pair[0].plan != pair[1].plan);
        Self { content, cites, plans: 0, many, last: None }
    }

    /// What stands above this work and not above the one before it.
    pub(crate) fn enter(&mut self, work: &'a Work, out: &mut Vec<Block>) {
        let place = (work.plan.as_str(), work.part());
        let before = self.last.replace(place);
        if before == Some(place) {
            return;
        }
        if self.many && before.is_none_or(|(plan, _)| plan != place.0) {
            self.plans += 1;
            let text = format!("{}. Thực hiện {}", self.plans, self.cites.plan_of(work));
            out.push(Block::Heading(Level::Section, vec![text.into()]));
        }
        let part = part_words(place.1);
        if !part.is_empty() {
            let level = if self.many { Level::Point } else { Level::Section };
            out.push(Block::Heading(level, vec![part.into()]));
        }
        let said = self.content.sections.iter().find(|one| Some(one.plan) == work.plan_id && one.part == place.1);
        out.extend(
            said.into_iter()
                .flat_map(|one| one.words.lines())
                .filter(|line| !line.trim().is_empty())
                .map(|line| Block::Paragraph(vec![Run::new(ended(line))])),
        );
    }
}

/// Ends as a sentence ends.
pub(crate) fn ended(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() || text.ends_with(['.', '!', '?', ':']) {
        return text.to_owned();
    }
    format!("{}.", text.trim_end_matches([';', ',']))
}

/// What of the bodies' words stands in an appendix: per task, and per sentence with who said it.
#[derive(Default)]
pub(crate) struct Details {
    rows: Vec<Vec<Cell>>,
}

impl Details {
    fn add(&mut self, number: usize, work: &Work, groups: &[Alike]) {
        for (at, group) in groups.iter().enumerate() {
            let (order, task) = if at == 0 {
                (number.to_string(), work.text.trim_end_matches(['.', ';']).to_owned())
            } else {
                (String::new(), String::new())
            };
            let mut names = Vec::new();
            for said in group.members.iter().filter_map(|member| work.said.get(*member)) {
                let between = if names.is_empty() { "" } else { "; " };
                names.extend([Run::new(between), Run::link(full_name(&said.name), said.href.clone())]);
                // Who wrote it otherwise than it stands here is quoted.
                let is_other = fold(&said.text) != fold(&group.text);
                names.extend(is_other.then(|| Run::new(format!(": “{}”", said.text.trim()))));
            }
            let order = if at == 0 { Run::new(order).at(place(number)) } else { Run::new(order) };
            self.rows.push(vec![
                vec![order],
                vec![Run::new(task)],
                vec![Run::new(ended(&group.text))],
                vec![Run::new(group.members.len().to_string())],
                names,
            ]);
        }
    }

    /// None where all of it stands in the text.
    pub(crate) fn table(self) -> Option<Table> {
        let head = ["STT", "Nhiệm vụ", "Nội dung báo cáo", "Số cơ quan, đơn vị", "Cơ quan, đơn vị"];
        let columns = vec![Column::Order, Column::Words, Column::Words, Column::Numbers, Column::Words];
        let table = Table { head: head.map(str::to_owned).to_vec(), columns, rows: self.rows };
        (!table.rows.is_empty()).then_some(table)
    }
}

/// Where the details of a task stand.
fn place(number: usize) -> String {
    format!("chi-tiet-{number}")
}

/// Many bodies: what its maker thinks of the task, what most say, and how many say something else.
pub(crate) fn of_all(number: usize, work: &Work, details: &mut Details, out: &mut Vec<Block>) {
    let own = work.words.lines().filter(|line| !line.trim().is_empty());
    out.extend(own.map(|line| Block::Paragraph(vec![Run::new(ended(line))])));
    if let [one] = work.said.as_slice() {
        out.push(alone(one));
        return;
    }
    let said: Vec<(&str, &str)> = work.said.iter().map(Said::words).collect();
    let groups = alike(&said);
    let (many, single): (Vec<&Alike>, Vec<&Alike>) = groups.iter().partition(|group| group.members.len() > 1);
    for group in many.iter().take(TOLD) {
        out.push(told(number, group, work.said.len()));
    }
    let rest = many.iter().skip(TOLD).copied().chain(single.iter().copied());
    let rest: Vec<&Alike> = rest.collect();
    if many.len() <= TOLD && rest.len() <= ALONE {
        out.extend(rest.iter().flat_map(|group| &group.members).filter_map(|at| work.said.get(*at)).map(alone));
    } else {
        let count: usize = rest.iter().map(|group| group.members.len()).sum();
        let more = if many.is_empty() { "báo cáo kết quả cụ thể" } else { "báo cáo nội dung khác" };
        let text = format!("{count} cơ quan, đơn vị {more} (chi tiết tại Phụ lục III).");
        out.push(Block::Item(vec![Run::link(text, format!("#{}", place(number)))]));
    }
    if !many.is_empty() || rest.len() > ALONE {
        details.add(number, work, &groups);
    }
}

fn alone(said: &Said) -> Block {
    let text = Run::link(ended(&said.text), said.href.clone());
    Block::Item(vec![Run::new(format!("{}: ", full_name(&said.name))), text])
}

fn told(number: usize, group: &Alike, all: usize) -> Block {
    let count = format!("{}/{all} cơ quan, đơn vị báo cáo tương tự", group.members.len());
    Block::Item(vec![Run::link(count, format!("#{}", place(number))), Run::new(format!(": {}", ended(&group.text)))])
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::work::model::counts::Counts;

    fn work(texts: &[&str]) -> Work {
        let one = |(at, text): (usize, &&str)| Said {
            unit: at.to_string(),
            name: format!("Sở {at}"),
            text: (*text).to_owned(),
            href: String::new(),
        };
        Work {
            id: Uuid::nil(),
            task: Uuid::nil(),
            plan: String::new(),
            plan_id: None,
            section: String::new(),
            text: "Tập huấn kỹ năng số".into(),
            counts: Counts::default(),
            percent: None,
            words: String::new(),
            suggested: false,
            nothing: false,
            evidence: vec![],
            href: String::new(),
            said: texts.iter().enumerate().map(one).collect(),
        }
    }

    #[test]
    fn the_appendix_quotes_whom_the_common_sentence_does_not() {
        let (mut details, mut out) = (Details::default(), vec![]);
        of_all(1, &work(&["Đã tập huấn 3 lớp.", "Đã tập huấn 9 lớp", "Chưa tập huấn"]), &mut details, &mut out);
        let table = details.table().unwrap();
        let names: Vec<String> =
            table.rows.iter().map(|row| row[4].iter().map(|run| run.text.as_str()).collect()).collect();
        assert_eq!(names, ["Sở 0: “Đã tập huấn 3 lớp.”; Sở 1: “Đã tập huấn 9 lớp”", "Sở 2"]);
    }
}
