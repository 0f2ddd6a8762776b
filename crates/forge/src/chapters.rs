//! Chapters that several kinds of document share.

use crate::{
    answer::{Duty, DutyKind, Form},
    bodies::capital,
    draft::{Chapters, Draft, roman},
    forms,
    house::Kind,
    orders::{given, mid_sentence, paragraph, person, put},
    piece::Style,
    tables, targets,
};

/// "II. NHIỆM VỤ", or as this document marks its chapters.
pub fn chapter(draft: &mut Draft, at: &mut usize, titles: &[&'static str]) {
    let title = draft.dice.pick(titles);
    let small = capital(&title.to_lowercase());
    let line = match draft.chapters {
        Chapters::Romans => format!("{}. {title}", roman(*at)),
        Chapters::SmallRomans => format!("{}. {small}", roman(*at)),
        Chapters::Numbers => format!("{}. {small}", *at + 1),
        Chapters::Parts => format!("Phần {}. {title}", roman(*at)),
    };
    draft.line(Style::Chapter, line);
    *at += 1;
    draft.chapter = *at;
}

pub fn goals(draft: &mut Draft, at: &mut usize) {
    let until = draft.year + 4;
    chapter(draft, at, &["MỤC TIÊU", "MỤC TIÊU, CHỈ TIÊU"]);
    if draft.dice.chance(50) {
        let (first, second) = (draft.number(1), draft.number(2));
        draft.line(Style::Heading, format!("{first}Mục tiêu chung"));
        let topic = draft.dice.one(&draft.field.topics);
        draft.none(
            Style::Plain,
            &format!("Tạo bước chuyển căn bản trong việc {topic}, từng bước đáp ứng yêu cầu phát triển."),
        );
        draft.line(Style::Heading, format!("{second}Mục tiêu cụ thể đến năm {until}"));
    } else {
        draft.line(Style::Plain, format!("Phấn đấu đến năm {until} đạt các chỉ tiêu chủ yếu sau:"));
    }
    let count = draft.dice.count(3, 7);
    targets::sentences(draft, count);
}

/// The chapter of tasks, in one of the forms, at times in two.
pub fn tasks_chapter(draft: &mut Draft, at: &mut usize) {
    let titles = [
        "NHIỆM VỤ, GIẢI PHÁP",
        "NHIỆM VỤ TRỌNG TÂM",
        "NỘI DUNG THỰC HIỆN",
        "NHIỆM VỤ VÀ GIẢI PHÁP CHỦ YẾU",
        "PHÂN CÔNG NHIỆM VỤ",
    ];
    chapter(draft, at, &titles);
    let labels = forms::labels(draft);
    let parts = draft.dice.count(1, 3);
    let form = draft.dice.weighted(&[(28, 0), (12, 1), (12, 2), (14, 3), (22, 4), (12, 5)]);
    match form {
        3 => (1..=parts + 1).for_each(|number| forms::group(draft, number, &labels)),
        4 => {
            let bodies = draft.dice.count(2, 5);
            orders_of(draft, bodies, draft.kind != Kind::Resolution);
        }
        5 => (1..=parts * 2).for_each(|number| {
            let order = given(draft);
            let mark = draft.number(number);
            put(draft, Style::Item, &mark, order, ".");
        }),
        form => (1..=parts).for_each(|number| {
            let topic = draft.topic();
            let heading = format!("{}Về {topic}", draft.number(number));
            draft.line(Style::Heading, heading);
            for item in 0..draft.dice.count(1, 4) {
                let mark = draft.mark(number, item);
                match form {
                    0 => forms::labelled(draft, &labels, &mark),
                    1 => forms::labelled_inline(draft, &labels, &mark),
                    _ => forms::bracketed(draft, &mark),
                }
            }
        }),
    }
}

/// Numbered bodies with their orders, and what stands among them in life.
pub fn orders_of(draft: &mut Draft, bodies: usize, mixed: bool) {
    for number in 1..=bodies {
        let count = draft.dice.count(1, 4);
        match draft.dice.below(if mixed { 20 } else { 10 }) {
            0..=9 => forms::under_body(draft, number, count),
            10 | 11 => forms::no_agency(draft, number, count),
            12 => forms::no_lead(draft, number, count),
            13 => {
                let order = person(draft);
                let mark = draft.number(number);
                put(draft, Style::Item, &mark, order, ".");
            }
            14 => {
                let order = mid_sentence(draft);
                put(draft, Style::Plain, "", order, ".");
            }
            15 => {
                let heading = format!("{}Các nội dung liên quan", draft.number(number));
                draft.line(Style::Heading, heading);
                paragraph(draft);
            }
            _ => {
                let order = given(draft);
                let mark = draft.number(number);
                put(draft, Style::Item, &mark, order, ".");
            }
        }
    }
}

/// What the chapter on organisation gives to bodies: duties beside the tasks.
pub fn assignments(draft: &mut Draft) {
    let before = draft.answer.tasks.len();
    let bodies = draft.dice.count(2, 4);
    orders_of(draft, bodies, false);
    let given = draft.answer.tasks.split_off(before);
    for task in given {
        debug_assert_eq!(task.form, Form::UnderBody);
        let kind = DutyKind::Assignment;
        draft.answer.duties.push(Duty {
            kind,
            text: task.text,
            core: task.core,
            who: task.lead,
            to: vec![],
            place: 0..0,
        });
    }
}

pub fn appendix(draft: &mut Draft) {
    let number = draft.dice.pick(&["PHỤ LỤC", "PHỤ LỤC I", "Phụ lục"]);
    draft.line(Style::Chapter, number);
    let (name, title) =
        (draft.kind.name(), draft.dice.pick(&["DANH MỤC NHIỆM VỤ", "PHÂN CÔNG NHIỆM VỤ", "TIẾN ĐỘ THỰC HIỆN"]));
    draft.line(Style::Title, title);
    if draft.dice.chance(50) {
        let short = draft.house.short;
        draft.line(Style::Plain, format!("(Kèm theo {name} của {short})"));
    }
    let count = draft.dice.count(3, 12);
    tables::tasks(draft, count);
    if draft.dice.chance(35) {
        draft.line(Style::Chapter, "PHỤ LỤC II");
        draft.line(Style::Title, "DANH MỤC CHỈ TIÊU");
        let count = draft.dice.count(3, 6);
        tables::targets(draft, count);
    }
    noise_after(draft);
}

/// A note under a table.
fn noise_after(draft: &mut Draft) {
    if draft.dice.chance(20) {
        draft.none(Style::Plain, "Ghi chú: Các nội dung phát sinh được cập nhật, bổ sung hằng năm.");
    }
}
