//! What each kind of document is made of.

use crate::{
    bodies::capital,
    chapters::{appendix, assignments, chapter, goals, orders_of, tasks_chapter},
    draft::Draft,
    head::head,
    house::Kind,
    noise,
    orders::{given, mid_sentence, paragraph, person, put},
    piece::Style,
};

pub fn compose(draft: &mut Draft) {
    head(draft);
    match draft.kind {
        Kind::Plan | Kind::Programme | Kind::Scheme => plan(draft),
        Kind::Decision => decision(draft),
        Kind::Directive => directive(draft),
        Kind::Notice | Kind::Conclusion => conclusion(draft),
        Kind::Letter => letter(draft),
        Kind::Resolution => resolution(draft),
        Kind::Guidance => guidance(draft),
        Kind::Report => report(draft),
    }
}

fn opening(draft: &mut Draft) {
    let (speaks, name) = (draft.house.speaks, draft.kind.name());
    let topic = draft.dice.one(&draft.field.topics);
    let (number, day) = (draft.dice.between(10, 900), draft.dice.between(10, 28));
    let year = draft.year - 1;
    let text = format!(
        "Thực hiện Quyết định số {number}/QĐ-TTg ngày {day}/12/{year} của Thủ tướng Chính phủ về {topic}, {speaks} ban hành {name} với các nội dung như sau:"
    );
    draft.none(Style::Plain, &text);
}

fn plan(draft: &mut Draft) {
    if draft.dice.chance(25) {
        noise::grounds(draft);
    }
    opening(draft);
    let mut at = 0;
    if draft.kind == Kind::Scheme {
        chapter(draft, &mut at, &["SỰ CẦN THIẾT", "ĐÁNH GIÁ THỰC TRẠNG"]);
        let count = draft.dice.count(2, 4);
        noise::past(draft, count);
    }
    if draft.dice.chance(65) {
        chapter(draft, &mut at, &["MỤC ĐÍCH, YÊU CẦU", "QUAN ĐIỂM", "MỤC ĐÍCH"]);
        noise::purposes(draft);
    }
    if draft.dice.chance(70) {
        goals(draft, &mut at);
    }
    let in_appendix = draft.dice.chance(25);
    if in_appendix {
        chapter(draft, &mut at, &["NHIỆM VỤ VÀ TIẾN ĐỘ", "NỘI DUNG, THỜI GIAN THỰC HIỆN"]);
        let name = draft.kind.name();
        draft
            .none(Style::Plain, &format!("Nội dung và thời gian thực hiện theo Phụ lục ban hành kèm theo {name} này."));
    } else {
        tasks_chapter(draft, &mut at);
    }
    if draft.dice.chance(45) {
        chapter(draft, &mut at, &["KINH PHÍ THỰC HIỆN", "NGUỒN LỰC THỰC HIỆN"]);
        noise::funding(draft);
    }
    chapter(draft, &mut at, &["TỔ CHỨC THỰC HIỆN"]);
    if draft.dice.chance(60) {
        assignments(draft);
    }
    if draft.dice.chance(60) {
        let mark = draft.mark(at, 0);
        noise::report_duty(draft, &mark);
    }
    noise::closing(draft);
    noise::foot(draft);
    if in_appendix || draft.dice.chance(15) {
        appendix(draft);
    }
}

fn decision(draft: &mut Draft) {
    noise::grounds(draft);
    draft.line(Style::Kind, "QUYẾT ĐỊNH:");
    let title = draft.dice.one(&draft.field.topics);
    draft.line(Style::Plain, format!("Điều 1. Ban hành kèm theo Quyết định này nội dung về {title}."));
    let count = draft.dice.count(2, 4);
    let one_article = draft.dice.chance(50);
    for at in 0..count {
        let order = if draft.dice.chance(25) { person(draft) } else { given(draft) };
        let mark = match (one_article, at) {
            (true, 0) => {
                draft.line(Style::Heading, "Điều 2. Tổ chức thực hiện");
                "1. ".to_owned()
            }
            (true, at) => format!("{}. ", at + 1),
            (false, at) => format!("Điều {}. ", at + 2),
        };
        put(draft, Style::Item, &mark, order, ".");
    }
    let last = if one_article { 3 } else { count + 2 };
    let group = capital(draft.dice.pick(draft.house.groups));
    let day = draft.dice.between(1, 28);
    let force = format!(
        "Quyết định này có hiệu lực kể từ ngày {day}/4/{} và thay thế Quyết định số 15/2021/QĐ-UBND ngày 12/5/2021.",
        draft.year
    );
    draft.line(Style::Item, format!("Điều {last}. {force}"));
    draft.answer.none.push(force);
    let carried = format!(
        "Thủ trưởng các cơ quan có liên quan; {group} và các cá nhân có liên quan chịu trách nhiệm thi hành Quyết định này./."
    );
    draft.line(Style::Item, format!("Điều {}. {carried}", last + 1));
    draft.answer.none.push(carried);
    noise::foot(draft);
    if draft.dice.chance(35) {
        appendix(draft);
    }
}

/// "…, Chủ tịch UBND tỉnh yêu cầu:"
fn asked(draft: &mut Draft) {
    let (speaks, topic) = (draft.house.speaks, draft.dice.one(&draft.field.topics));
    let text = match draft.dice.below(3) {
        0 => format!("Để tiếp tục {topic}, {speaks} yêu cầu các cơ quan, đơn vị tập trung thực hiện các nội dung sau:"),
        1 => format!("{speaks} yêu cầu:"),
        _ => format!("Nhằm khắc phục các tồn tại nêu trên, {speaks} có ý kiến chỉ đạo như sau:"),
    };
    draft.line(Style::Plain, text.clone());
    draft.answer.open.push(text);
}

fn directive(draft: &mut Draft) {
    let count = draft.dice.count(1, 3);
    noise::past(draft, count);
    asked(draft);
    let bodies = draft.dice.count(3, 6);
    orders_of(draft, bodies, true);
    if draft.dice.chance(60) {
        let mark = draft.number(bodies + 1);
        noise::report_duty(draft, &mark);
    }
    noise::closing(draft);
    noise::foot(draft);
}

fn conclusion(draft: &mut Draft) {
    let meeting = format!(
        "Ngày 18/02/{}, {} chủ trì cuộc họp về {}; tham dự có lãnh đạo {}. Sau khi nghe báo cáo và ý kiến các đại biểu, người chủ trì kết luận như sau:",
        draft.year,
        draft.house.speaks,
        draft.dice.one(&draft.field.topics),
        draft.dice.pick(draft.house.bodies),
    );
    draft.none(Style::Plain, &meeting);
    let roman = draft.dice.chance(40);
    let mut at = 0;
    if roman {
        chapter(draft, &mut at, &["ĐÁNH GIÁ CHUNG", "VỀ KẾT QUẢ THỰC HIỆN"]);
    } else {
        draft.line(Style::Heading, "1. Đánh giá chung");
    }
    let count = draft.dice.count(1, 3);
    noise::past(draft, count);
    if roman {
        chapter(draft, &mut at, &["NHIỆM VỤ THỜI GIAN TỚI", "NHIỆM VỤ TRỌNG TÂM", "PHÂN CÔNG THỰC HIỆN"]);
        let bodies = draft.dice.count(2, 5);
        orders_of(draft, bodies, true);
    } else {
        draft.line(Style::Heading, "2. Về nhiệm vụ thời gian tới");
        let count = draft.dice.count(3, 7);
        for at in 0..count {
            sentence(draft, 2, at);
        }
    }
    noise::closing(draft);
    noise::foot(draft);
}

/// One order in a sentence of its own, marked as this document marks its lists.
fn sentence(draft: &mut Draft, above: usize, at: usize) {
    match draft.dice.below(10) {
        0 | 1 => paragraph(draft),
        2 => {
            let order = mid_sentence(draft);
            put(draft, Style::Plain, "", order, ".");
        }
        3 => {
            let (mark, order) = (draft.mark(above, at), person(draft));
            put(draft, Style::Item, &mark, order, ".");
        }
        _ => {
            let (mark, order) = (draft.mark(above, at), given(draft));
            put(draft, Style::Item, &mark, order, ".");
        }
    }
}

fn letter(draft: &mut Draft) {
    let count = draft.dice.count(1, 4);
    let receivers: Vec<String> = draft.dice.some(draft.house.bodies, count).into_iter().map(str::to_owned).collect();
    if receivers.len() == 1 {
        draft.line(Style::Plain, format!("Kính gửi: {}.", receivers[0]));
    } else {
        draft.line(Style::Plain, "Kính gửi:");
        for receiver in &receivers {
            draft.line(Style::Plain, format!("- {receiver};"));
        }
    }
    let count = draft.dice.count(1, 2);
    noise::past(draft, count);
    match draft.dice.below(4) {
        0 => {
            let order = mid_sentence(draft);
            put(draft, Style::Plain, "", order, ".");
            if draft.dice.chance(60) {
                paragraph(draft);
            }
        }
        1 => {
            asked(draft);
            let count = draft.dice.count(2, 5);
            for at in 0..count {
                sentence(draft, 1, at);
            }
        }
        _ => {
            asked(draft);
            let bodies = draft.dice.count(2, 4);
            orders_of(draft, bodies, true);
        }
    }
    if draft.dice.chance(40) {
        noise::report_duty(draft, "");
    }
    noise::closing(draft);
    noise::foot(draft);
}

fn resolution(draft: &mut Draft) {
    noise::grounds(draft);
    let mut at = 0;
    chapter(draft, &mut at, &["TÌNH HÌNH", "BỐI CẢNH, TÌNH HÌNH"]);
    let count = draft.dice.count(2, 3);
    noise::past(draft, count);
    goals(draft, &mut at);
    tasks_chapter(draft, &mut at);
    chapter(draft, &mut at, &["TỔ CHỨC THỰC HIỆN"]);
    assignments(draft);
    noise::closing(draft);
    noise::foot(draft);
}

fn guidance(draft: &mut Draft) {
    opening(draft);
    let mut at = 0;
    chapter(draft, &mut at, &["MỤC ĐÍCH, YÊU CẦU"]);
    noise::purposes(draft);
    chapter(draft, &mut at, &["NỘI DUNG", "NỘI DUNG HƯỚNG DẪN", "MỘT SỐ NHIỆM VỤ CỤ THỂ"]);
    let count = draft.dice.count(2, 5);
    for at in 0..count {
        sentence(draft, 2, at);
    }
    chapter(draft, &mut at, &["TỔ CHỨC THỰC HIỆN"]);
    assignments(draft);
    let mark = draft.mark(at, 0);
    noise::report_duty(draft, &mark);
    noise::closing(draft);
    noise::foot(draft);
}

/// Tells what was done and what the writer means to do; orders nothing.
fn report(draft: &mut Draft) {
    let mut at = 0;
    chapter(draft, &mut at, &["KẾT QUẢ THỰC HIỆN", "TÌNH HÌNH THỰC HIỆN"]);
    let count = draft.dice.count(4, 7);
    noise::past(draft, count);
    for at in 0..draft.dice.count(2, 4) {
        let (mark, body, predicate) = (draft.mark(1, at), draft.body(), draft.predicate());
        let done = draft.dice.pick(&["đã", "đã phối hợp", "đang"]);
        let text = format!("{body} {done} {}", predicate.core);
        draft.line(Style::Item, format!("{mark}{text}."));
        draft.answer.none.push(text);
    }
    chapter(draft, &mut at, &["PHƯƠNG HƯỚNG, NHIỆM VỤ THỜI GIAN TỚI", "PHƯƠNG HƯỚNG"]);
    for at in 0..draft.dice.count(2, 4) {
        let (mark, predicate) = (draft.mark(2, at), draft.predicate());
        let text = format!("Tiếp tục {}", predicate.core);
        draft.line(Style::Item, format!("{mark}{text}."));
        draft.answer.none.push(text);
    }
    chapter(draft, &mut at, &["KIẾN NGHỊ, ĐỀ XUẤT"]);
    let text = format!("{} trân trọng báo cáo, kính đề nghị cấp trên xem xét, giải quyết./.", draft.house.speaks);
    draft.none(Style::Plain, &text);
    noise::foot(draft);
}
