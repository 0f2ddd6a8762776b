//! Orders in sentences: "Giao Sở A chủ trì, phối hợp với Sở B …", "Sở A …", "…, yêu cầu Sở A …".

use crate::{
    answer::{Form, Task, When},
    bodies::{capital, small},
    draft::Draft,
    piece::Style,
    times::{Term, term_of_sentence},
};

/// An order without its final stop.
pub struct Order {
    pub text: String,
    pub task: Task,
}

/// What stands between the bodies and the predicate.
fn with(draft: &mut Draft, coords: &[String]) -> String {
    if coords.is_empty() {
        return if draft.dice.chance(25) { "chủ trì ".into() } else { String::new() };
    }
    let names: Vec<String> = coords.iter().map(|name| small(name)).collect();
    let list = draft.joined(&names);
    let tie = draft.dice.pick(&[
        "chủ trì, phối hợp với ",
        "chủ trì, phối hợp với ",
        "chủ trì, phối hợp với ",
        "phối hợp với ",
        "chủ trì phối hợp cùng ",
        "chủ trì, phối hợp chặt chẽ với ",
        "là cơ quan đầu mối, phối hợp với ",
        "làm đầu mối, phối hợp với ",
    ]);
    format!("{tie}{list} ")
}

/// The predicate of an order with whom it is done and until when; the form and the lead are the caller's.
pub fn order(draft: &mut Draft, form: Form, before: &str, lead: Vec<String>, helped: u8) -> Order {
    let coord = if draft.dice.chance(helped) { draft.coords(&lead) } else { vec![] };
    let with = with(draft, &coord);
    let predicate = draft.predicate();
    let year = draft.year;
    let Term { raw, when } = term_of_sentence(&mut draft.dice, year);
    // "chủ trì phải …" is no Vietnamese.
    let bound = ["phải ", "có trách nhiệm "].iter().any(|word| predicate.text.starts_with(word));
    let words = if bound && !with.is_empty() { &predicate.core } else { &predicate.text };
    let (mut text, mut when) = (format!("{before}{with}{words}{raw}"), when);
    if when == When::None && draft.dice.chance(8) && !before.is_empty() {
        let month = draft.dice.between(3, 12);
        text = format!("Trong tháng {month}/{year}, {}", small_order(&text));
        when = When::Until(format!("{year}-{month:02}"));
    }
    if draft.dice.chance(6) {
        text.push_str(". Trong quá trình thực hiện, chủ động tháo gỡ vướng mắc phát sinh");
    }
    let task = Task {
        form,
        source: predicate.source,
        text: text.clone(),
        core: predicate.core,
        lead,
        coord,
        when,
        group: None,
        place: 0..0,
    };
    Order { text, task }
}

/// "Giao Sở A" goes on as "giao Sở A"; names keep their capitals.
fn small_order(text: &str) -> String {
    let verb = ["Giao ", "Yêu cầu ", "Đề nghị ", "Phân công "].iter().find(|verb| text.starts_with(**verb));
    match verb {
        Some(verb) => format!("{}{}", verb.to_lowercase(), &text[verb.len()..]),
        None => small(text),
    }
}

/// "Giao Sở A …" or "Sở A …".
pub fn given(draft: &mut Draft) -> Order {
    let verb = draft.dice.pick(&["Giao ", "Giao ", "Giao ", "Yêu cầu ", "Đề nghị ", "Phân công ", "", "", ""]);
    let lead = draft.leads();
    let names: Vec<String> = lead.iter().map(|name| small(name)).collect();
    let list = draft.joined(&names);
    let form = if verb.is_empty() { Form::Subject } else { Form::Given };
    let before = if verb.is_empty() { format!("{} ", capital(&list)) } else { format!("{verb}{list} ") };
    order(draft, form, &before, lead, 55)
}

/// To who holds an office.
pub fn person(draft: &mut Draft) -> Order {
    let who = draft.dice.pick(draft.house.persons).to_owned();
    let verb = draft.dice.pick(&["Giao ", "Đề nghị ", "Yêu cầu ", ""]);
    let before = if verb.is_empty() { format!("{} ", capital(&who)) } else { format!("{verb}{who} ") };
    order(draft, Form::Person, &before, vec![who], 30)
}

/// The order comes after what led to it.
pub fn mid_sentence(draft: &mut Draft) -> Order {
    let lead = draft.leads();
    let names: Vec<String> = lead.iter().map(|name| small(name)).collect();
    let (list, short) = (draft.joined(&names), draft.house.short);
    let other = draft.dice.pick(draft.house.bodies);
    let (number, day, month) = (draft.dice.between(10, 900), draft.dice.between(1, 28), draft.dice.between(1, 4));
    let year = draft.year;
    let opening = match draft.dice.below(6) {
        0 => format!("Để khắc phục tình trạng trên, {short} yêu cầu "),
        1 => format!("Trước tình hình đó, {short} giao "),
        2 => format!(
            "Xét đề nghị của {other} tại Tờ trình số {number}/TTr ngày {day}/{month}/{year}, {short} thống nhất chủ trương và giao "
        ),
        3 => "Qua theo dõi, tiến độ một số công việc còn chậm so với kế hoạch, yêu cầu ".to_owned(),
        4 => "Nhằm bảo đảm tiến độ chung, đề nghị ".to_owned(),
        _ => format!("Về nội dung do {other} báo cáo, {short} có ý kiến như sau: giao "),
    };
    order(draft, Form::MidSentence, &format!("{opening}{list} "), lead, 40)
}

/// Writes the order as a line of its own.
pub fn put(draft: &mut Draft, style: Style, mark: &str, order: Order, stop: &str) {
    let Order { text, task } = order;
    draft.line(style, format!("{mark}{text}{stop}"));
    draft.task(task);
}

/// Two or three orders in one paragraph without marks.
pub fn paragraph(draft: &mut Draft) {
    let (count, joint) = (draft.dice.count(2, 3), draft.dice.pick(&[". ", "; "]));
    let mut sentences = Vec::new();
    for _ in 0..count {
        let Order { text, mut task } = given(draft);
        task.form = Form::Paragraph;
        let text = if joint == "; " && !sentences.is_empty() { small_order(&text) } else { text };
        task.text = text.clone();
        sentences.push(text);
        draft.task(task);
    }
    draft.line(Style::Plain, format!("{}.", sentences.join(joint)));
}
