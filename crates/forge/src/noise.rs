//! What stands around orders and orders nothing: grounds, praise, what was done, purposes, money, closing sentences,
//! receivers, signature; and duties to report, which are duties and no tasks.

use crate::{answer::DutyKind, bodies::capital, draft::Draft, house::Kind, piece::Style};

fn day(draft: &mut Draft) -> String {
    let (day, month, year) = (draft.dice.between(1, 28), draft.dice.between(1, 12), draft.year - 1);
    if draft.dice.chance(60) { format!("{day:02}/{month}/{year}") } else { format!("{day} tháng {month} năm {year}") }
}

/// "Căn cứ Luật … ngày …; Theo đề nghị của …"
pub fn grounds(draft: &mut Draft) {
    let count = draft.dice.count(1, 4);
    for ground in draft.dice.some(&[0, 1, 2, 3, 4, 5], count) {
        let (number, day) = (draft.dice.between(2, 990), day(draft));
        let topic = draft.dice.one(&draft.field.topics);
        let (body, person) = (draft.dice.pick(draft.house.bodies), draft.dice.pick(draft.house.persons));
        let text = match ground {
            0 => "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;".into(),
            1 => format!(
                "Căn cứ Nghị định số {number}/2025/NĐ-CP ngày {day} của Chính phủ quy định chi tiết thi hành một số điều của Luật Ngân sách nhà nước;"
            ),
            2 => format!("Căn cứ Quyết định số {number}/QĐ-TTg ngày {day} của Thủ tướng Chính phủ về {topic};"),
            3 => format!("Thực hiện Nghị quyết số {number}-NQ/TU ngày {day} của Ban Thường vụ Tỉnh ủy về {topic};"),
            4 => format!("Xét Tờ trình số {number}/TTr ngày {day} của {body};"),
            _ => format!("Theo đề nghị của {person} tại Tờ trình số {number}/TTr ngày {day}."),
        };
        draft.none(Style::Plain, &text);
    }
}

/// What was done, with figures and bodies as subjects.
pub fn past(draft: &mut Draft, count: usize) {
    for which in draft.dice.some(&(0..12).collect::<Vec<usize>>(), count) {
        let (body, other) = (draft.dice.pick(draft.house.bodies), draft.dice.pick(draft.house.bodies));
        let (some, many, share) =
            (draft.dice.between(2, 9), draft.dice.between(1_100, 9_800), draft.dice.between(61, 97));
        let (topic, day, short) = (draft.dice.one(&draft.field.topics), day(draft), draft.house.short);
        let many = crate::figures::Number::whole(many).written();
        let text = match which {
            0 => format!(
                "Trong thời gian qua, việc {topic} đã đạt nhiều kết quả tích cực; {share}% kế hoạch năm {} đã hoàn thành.",
                draft.year - 1
            ),
            1 => format!("{short} ghi nhận, đánh giá cao sự nỗ lực của {body} và {other} trong việc {topic}."),
            2 => format!(
                "{body} đã ban hành {some:02} văn bản hướng dẫn, tổ chức {some} hội nghị với {many} lượt người dự."
            ),
            3 => format!(
                "Tuy nhiên, tiến độ ở một số nơi còn chậm; trách nhiệm người đứng đầu chưa rõ; {body} chưa báo cáo đúng hạn."
            ),
            4 => format!(
                "Theo báo cáo của {body}, đến ngày {day}, toàn tỉnh có {many} hồ sơ được tiếp nhận, giải quyết đúng hạn {share}%."
            ),
            5 => format!(
                "Ngày {day}, đoàn công tác do lãnh đạo {short} làm trưởng đoàn đã kiểm tra thực tế; cùng dự có đại diện {body}, {other}."
            ),
            6 => "Nguyên nhân chủ yếu là do công tác phối hợp có lúc chưa chặt chẽ, nguồn lực còn hạn chế.".into(),
            7 => format!("{body} và {other} đã phối hợp chặt chẽ, kịp thời tham mưu nhiều giải pháp cụ thể."),
            8 => format!("Việc {topic} có ý nghĩa quan trọng, góp phần phát triển kinh tế - xã hội của địa phương."),
            9 => format!(
                "So với cùng kỳ, số vụ việc giảm {share} vụ; không có trường hợp tồn đọng từ năm {}.",
                draft.year - 2
            ),
            10 => format!("Các ý kiến phát biểu tại cuộc họp cơ bản thống nhất với dự thảo do {body} trình."),
            _ => format!(
                "Kết quả thanh tra tại {body} cho thấy {some} nội dung thực hiện chưa đúng quy định của Luật Đầu tư công năm 2024."
            ),
        };
        draft.none(Style::Plain, &text);
    }
}

/// "Mục đích, yêu cầu": imperatives without anybody who is to carry them out.
pub fn purposes(draft: &mut Draft) {
    let topic = draft.dice.one(&draft.field.topics);
    let all = [
        format!("Nâng cao nhận thức của cán bộ, đảng viên và nhân dân về việc {topic}."),
        "Tạo chuyển biến mạnh mẽ trong hành động của các cấp, các ngành.".to_owned(),
        "Xác định rõ nội dung công việc, thời hạn, tiến độ hoàn thành và trách nhiệm của các cơ quan.".to_owned(),
        "Việc triển khai phải đồng bộ, thống nhất, tiết kiệm, tránh chồng chéo.".to_owned(),
        "Các nội dung đề ra phải bám sát điều kiện thực tế và có tính khả thi.".to_owned(),
        "Phát huy vai trò của người dân, doanh nghiệp trong quá trình thực hiện.".to_owned(),
    ];
    let count = draft.dice.count(2, 4);
    for (at, text) in draft.dice.some(&all, count).into_iter().enumerate() {
        let mark = draft.mark(1, at);
        draft.line(Style::Item, format!("{mark}{text}"));
        draft.answer.none.push(text);
    }
}

pub fn funding(draft: &mut Draft) {
    let year = draft.year;
    let text = match draft.dice.below(3) {
        0 => {
            "Kinh phí thực hiện được bố trí từ ngân sách nhà nước theo phân cấp và các nguồn hợp pháp khác.".to_owned()
        }
        1 => format!("Tổng kinh phí dự kiến 12,5 tỷ đồng, trong đó năm {year} là 4,75 tỷ đồng từ nguồn sự nghiệp."),
        _ => "Nguồn kinh phí lồng ghép trong các chương trình, đề án đã được phê duyệt.".to_owned(),
    };
    draft.none(Style::Plain, &text);
}

/// Who reports to whom and when.
pub fn report_duty(draft: &mut Draft, mark: &str) {
    let group = draft.dice.pick(draft.house.groups).to_owned();
    let (gatherer, short) = (draft.dice.pick(draft.house.bodies), draft.house.short);
    let name = draft.kind.name();
    let text = match draft.dice.below(5) {
        0 => format!(
            "{} định kỳ hằng năm (trước ngày 10/12) báo cáo {short} (qua {gatherer}) kết quả thực hiện {name} này",
            capital(&group)
        ),
        1 => format!(
            "{} báo cáo tình hình thực hiện về {gatherer} trước ngày 18 hằng tháng để tổng hợp",
            capital(&group)
        ),
        2 => format!("Định kỳ hằng quý, {group} gửi báo cáo kết quả về {gatherer} trước ngày 25 của tháng cuối quý"),
        3 => format!(
            "Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, {group} kịp thời phản ánh về {gatherer} để tổng hợp, báo cáo {short}"
        ),
        _ => format!("Định kỳ 6 tháng, một năm, {group} báo cáo {short} kết quả thực hiện {name} này qua {gatherer}"),
    };
    draft.line(Style::Item, format!("{mark}{text}."));
    draft.duty(DutyKind::Report, &text, &text, vec![group], vec![]);
}

/// The last sentence speaks to all and orders nothing of its own.
pub fn closing(draft: &mut Draft) {
    let (speaks, name) = (draft.house.speaks, draft.kind.name());
    let group = draft.dice.pick(draft.house.groups).to_owned();
    let text = match draft.dice.below(6) {
        0 => format!("{speaks} yêu cầu Thủ trưởng các cơ quan, đơn vị khẩn trương triển khai thực hiện./."),
        1 => format!(
            "Trên đây là {name} về {}; đề nghị {group} nghiêm túc thực hiện./.",
            draft.dice.one(&draft.field.topics)
        ),
        2 => format!("{name} này được phổ biến để các cơ quan biết, thực hiện./."),
        3 => format!("Yêu cầu {group} nghiêm túc triển khai thực hiện {name} này./."),
        4 => format!("{speaks} thông báo để các cơ quan, đơn vị biết, thực hiện./."),
        _ => "Nhận được văn bản này, đề nghị các cơ quan nghiêm túc tổ chức thực hiện./.".to_owned(),
    };
    draft.none(Style::Plain, &text);
}

pub fn foot(draft: &mut Draft) {
    draft.line(Style::Foot, "Nơi nhận:");
    let same = if draft.kind == Kind::Decision { "Như Điều 3;" } else { "Như trên;" };
    let (short, group) = (draft.house.short, capital(draft.dice.pick(draft.house.groups)));
    let all = [
        same.to_owned(),
        "Thường trực Tỉnh ủy (để báo cáo);".to_owned(),
        format!("Lãnh đạo {short};"),
        format!("{group};"),
        "Cổng thông tin điện tử;".to_owned(),
    ];
    let count = draft.dice.count(1, 4);
    for receiver in draft.dice.some(&all, count) {
        draft.line(Style::Foot, format!("- {receiver}"));
    }
    let clerk = draft.dice.pick(&["- Lưu: VT.", "- Lưu: VT, KT2.", "- Lưu Văn phòng."]);
    draft.line(Style::Foot, clerk);
    for line in draft.house.signs {
        draft.line(Style::Foot, *line);
    }
    let name = draft.dice.pick(&["Nguyễn Văn Mẫu", "Trần Thị Thử", "Lê Văn Giả Định"]);
    draft.line(Style::Foot, name);
}
