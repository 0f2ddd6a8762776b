//! Orders in the forms that plans and letters give them: labels, brackets, lists under a body, groups.

use crate::{
    answer::{Form, Task, When},
    bodies::{self, capital, small},
    draft::{Draft, Marks},
    orders::{Order, order, put},
    piece::Style,
    times::{Term, term_of_label},
};

/// The words of the labels, the same throughout a document.
pub struct Labels {
    lead: &'static str,
    coord: &'static str,
    time: &'static str,
    product: &'static str,
    mark: &'static str,
    /// None of the lines has a stop, or each has the same.
    stop: &'static str,
}

pub fn labels(draft: &mut Draft) -> Labels {
    Labels {
        lead: draft.dice.pick(&[
            "Đơn vị chủ trì",
            "Cơ quan chủ trì",
            "Cơ quan chủ trì thực hiện",
            "Chủ trì",
            "Đơn vị chủ trì tham mưu",
            "Cơ quan, đơn vị chủ trì",
            "Đơn vị đầu mối",
            "Cơ quan thực hiện",
            "Đơn vị thực hiện",
            "Trách nhiệm thực hiện",
        ]),
        coord: draft.dice.pick(&[
            "Đơn vị phối hợp",
            "Cơ quan phối hợp",
            "Phối hợp",
            "Cơ quan, đơn vị phối hợp",
            "Phối hợp thực hiện",
        ]),
        time: draft.dice.pick(&[
            "Thời gian thực hiện",
            "Thời gian",
            "Thời hạn hoàn thành",
            "Tiến độ",
            "Thời gian hoàn thành",
            "Thời hạn",
            "Lộ trình",
        ]),
        product: draft.dice.pick(&["Sản phẩm", "Kết quả", "Sản phẩm đầu ra", "Kết quả đầu ra"]),
        mark: draft.dice.pick(&["- ", "- ", "+ ", "", "* "]),
        stop: draft.dice.pick(&[".", ";", ""]),
    }
}

/// What an order with labels says beside its words.
struct Filled {
    lead: Vec<String>,
    coord: Vec<String>,
    term: Term,
}

fn filled(draft: &mut Draft, helped: u8, timed: u8) -> Filled {
    let lead = draft.leads();
    let coord = if draft.dice.chance(helped) { draft.coords(&lead) } else { vec![] };
    let none = Term { raw: String::new(), when: When::None };
    let year = draft.year;
    let term = if draft.dice.chance(timed) { term_of_label(&mut draft.dice, year) } else { none };
    Filled { lead, coord, term }
}

impl Labels {
    /// The labels with their values, one for each line.
    fn lines(&self, draft: &mut Draft, filled: &Filled) -> Vec<String> {
        let lead: Vec<String> = filled.lead.iter().map(|name| capital(name)).collect();
        let mut out = vec![format!("{}: {}", self.lead, draft.joined(&lead))];
        if !filled.coord.is_empty() {
            out.push(format!("{}: {}", self.coord, capital(&draft.joined(&filled.coord))));
        }
        if !filled.term.raw.is_empty() {
            out.push(format!("{}: {}", self.time, filled.term.raw));
        }
        if draft.dice.chance(15) {
            let product = draft.dice.pick(&[
                "Báo cáo kết quả",
                "Quyết định của cấp có thẩm quyền",
                "Kế hoạch được phê duyệt",
                "Văn bản hướng dẫn",
            ]);
            out.push(format!("{}: {product}", self.product));
        }
        out
    }
}

fn task(form: Form, text: String, core: String, source: crate::answer::Source, filled: Filled) -> Task {
    let Filled { lead, coord, term } = filled;
    Task { form, source, text, core, lead, coord, when: term.when, group: None, place: 0..0 }
}

/// An order with its labels on lines of their own under it.
pub fn labelled(draft: &mut Draft, labels: &Labels, mark: &str) {
    let predicate = draft.predicate();
    let filled = filled(draft, 75, 90);
    let text = capital(&predicate.text);
    draft.line(Style::Item, format!("{mark}{text}."));
    for line in labels.lines(draft, &filled) {
        draft.line(Style::Label, format!("{}{line}{}", labels.mark, labels.stop));
    }
    draft.task(task(Form::Labels, text.clone(), text, predicate.source, filled));
}

/// All labels on one line, behind the order or under it.
pub fn labelled_inline(draft: &mut Draft, labels: &Labels, mark: &str) {
    let predicate = draft.predicate();
    let filled = filled(draft, 75, 90);
    let text = capital(&predicate.text);
    let line = labels.lines(draft, &filled).join("; ");
    if draft.dice.chance(30) {
        draft.line(Style::Item, format!("{mark}{text}. {line}."));
    } else {
        draft.line(Style::Item, format!("{mark}{text}."));
        draft.line(Style::Label, format!("{line}."));
    }
    draft.task(task(Form::LabelsInline, text.clone(), text, predicate.source, filled));
}

/// "… (Sở A chủ trì, phối hợp với Sở B; quý II/2026)."
pub fn bracketed(draft: &mut Draft, mark: &str) {
    let predicate = draft.predicate();
    let filled = filled(draft, 50, 80);
    let lead = draft.joined(&filled.lead);
    let coord = draft.joined(&filled.coord);
    let mut parts = match (draft.dice.below(3), coord.is_empty()) {
        (0, true) => vec![format!("chủ trì: {lead}")],
        (0, false) => vec![format!("chủ trì: {lead}"), format!("phối hợp: {coord}")],
        (_, true) => vec![format!("{lead} chủ trì")],
        (_, false) => vec![format!("{lead} chủ trì, phối hợp với {coord}")],
    };
    parts.extend((!filled.term.raw.is_empty()).then(|| format!("thời gian: {}", filled.term.raw)));
    let core = capital(&predicate.text);
    let text = format!("{core} ({})", parts.join("; "));
    draft.line(Style::Item, format!("{mark}{text}."));
    draft.task(task(Form::Brackets, text, core, predicate.source, filled));
}

/// "1. Sở X" with imperatives under it.
pub fn under_body(draft: &mut Draft, number: usize, count: usize) {
    let mut lead = vec![draft.body()];
    let more = draft.dice.chance(12);
    let group = !more && draft.dice.chance(12);
    if more {
        lead.push(draft.body());
        lead.dedup();
    } else if group {
        lead = vec![draft.dice.pick(draft.house.groups).to_owned()];
    } else if draft.dice.chance(6) {
        lead = vec![draft.dice.pick(draft.house.persons).to_owned()];
    }
    let names = draft.joined(&lead);
    let heading = match draft.dice.below(6) {
        0 => format!("{}:", capital(&names)),
        1 => format!("Giao {names}:"),
        2 => format!("{} có trách nhiệm:", capital(&names)),
        3 => format!("Đối với {names}"),
        _ => capital(&names),
    };
    let mark = draft.number(number);
    draft.line(Style::Heading, format!("{mark}{heading}"));
    items(draft, Form::UnderBody, number, count, &lead);
}

/// "2. Trách nhiệm của các doanh nghiệp …": a heading of who is no agency.
pub fn no_agency(draft: &mut Draft, number: usize, count: usize) {
    let who = draft.dice.pick(bodies::NO_AGENCY).to_owned();
    let heading = match draft.dice.below(4) {
        0 => format!("Trách nhiệm của {who}"),
        1 => format!("Đối với {who}"),
        2 => format!("{}:", capital(&who)),
        _ => capital(&who),
    };
    let mark = draft.number(number);
    draft.line(Style::Heading, format!("{mark}{heading}"));
    items(draft, Form::NoAgency, number, count, &[who]);
}

/// Orders under a heading that names nobody: to whom they go is a question.
pub fn no_lead(draft: &mut Draft, number: usize, count: usize) {
    let topic = draft.topic();
    let heading = match draft.dice.below(3) {
        0 => "Các nội dung trọng tâm cần tập trung thực hiện".to_owned(),
        1 => format!("Nhiệm vụ về {topic}"),
        _ => "Một số yêu cầu cụ thể trong thời gian tới".to_owned(),
    };
    let mark = draft.number(number);
    draft.line(Style::Heading, format!("{mark}{heading}"));
    items(draft, Form::NoLead, number, count, &[]);
}

fn items(draft: &mut Draft, form: Form, number: usize, count: usize, lead: &[String]) {
    for at in 0..count {
        let mark = draft.mark(number, at);
        let helped = if lead.is_empty() { 0 } else { 40 };
        let mut order = order(draft, form, "", lead.to_vec(), helped);
        capitalised(&mut order);
        let stop = if draft.marks == Marks::Bare || at + 1 == count { "." } else { draft.dice.pick(&[".", ".", ";"]) };
        put(draft, Style::Item, &mark, order, stop);
    }
}

fn capitalised(order: &mut Order) {
    order.text = capital(&order.text);
    order.task.text.clone_from(&order.text);
    // The core begins the item where no manner or help stands before it.
    if order.task.text.starts_with(&capital(&order.task.core)) {
        order.task.core = capital(&order.task.core);
    }
}

/// Lines with one lead and one deadline for all of them.
pub fn group(draft: &mut Draft, number: usize, labels: &Labels) {
    let filled = filled(draft, 60, 90);
    draft.groups += 1;
    let group = draft.groups;
    let topic = capital(&draft.topic());
    let lead = draft.joined(&filled.lead);
    let form = draft.dice.below(3);
    let time = if filled.term.raw.is_empty() { String::new() } else { format!("; thời gian: {}", filled.term.raw) };
    let heading = match form {
        0 => format!("{topic} ({lead} chủ trì{time})"),
        1 => {
            let with = draft.joined(&filled.coord);
            let with = if with.is_empty() { String::new() } else { format!(", phối hợp với {with}") };
            format!("Giao {} chủ trì{with} thực hiện các nội dung sau{time}:", small(&lead))
        }
        _ => topic,
    };
    if form == 1 {
        draft.answer.open.push(heading.clone());
    }
    let mark = draft.number(number);
    draft.line(Style::Heading, format!("{mark}{heading}"));
    let count = draft.dice.count(2, 4);
    let lines = labels.lines(draft, &filled);
    for at in 0..count {
        let predicate = draft.predicate();
        let (mark, text) = (draft.mark(number, at), capital(&predicate.text));
        draft.line(Style::Item, format!("{mark}{text}."));
        let coord = if form == 0 { vec![] } else { filled.coord.clone() };
        let of_all = Filled { lead: filled.lead.clone(), coord, term: filled.term.clone() };
        let task = task(Form::Group, text.clone(), text, predicate.source, of_all);
        draft.task(Task { group: Some(group), ..task });
    }
    if form == 2 {
        for line in lines {
            draft.line(Style::Label, format!("{}{line}{}", labels.mark, labels.stop));
        }
    }
}
