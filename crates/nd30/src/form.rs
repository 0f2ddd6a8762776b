//! Number and date as the decree writes them.

use jiff::civil::Date;

use crate::{Block, Kind, Paper, Run, width};

/// What a paper that nobody has approved says in its head.
pub const DRAFT: &str = "DỰ THẢO";

/// What the paper is called in a list of files: its kind and what it is about.
pub fn title(paper: &Paper) -> String {
    match &paper.kind {
        Kind::Named { name, about } => format!("{name} {about}"),
        Kind::Letter { about } => format!("V/v {about}"),
    }
}

/// Room for the name of the issuer, in points.
const NAME: f64 = 186.0;

/// The name of the issuer in capitals, in lines that are set in the middle of their column: "ỦY BAN NHÂN DÂN" above whose
/// it is, another name cut where its lines are most alike.
pub fn issuer_lines(paper: &Paper) -> Vec<String> {
    let name = paper.issuer.to_uppercase();
    for start in ["ỦY BAN NHÂN DÂN ", "HỘI ĐỒNG NHÂN DÂN "] {
        if let Some(rest) = name.strip_prefix(start) {
            return vec![start.trim().to_owned(), rest.to_owned()];
        }
    }
    let long = |text: &str| width(text, 12.0, true);
    if long(&name) <= NAME {
        return vec![name];
    }
    let cuts = name.match_indices(' ').map(|(at, _)| (&name[..at], &name[at + 1..]));
    let best = cuts.min_by(|one, other| {
        let longest = |(a, b): &(&str, &str)| long(a).max(long(b));
        longest(one).total_cmp(&longest(other))
    });
    best.map_or_else(|| vec![name.clone()], |(first, second)| vec![first.to_owned(), second.to_owned()])
}

/// From which block on the text stays on the sheet of the signature: the last two lines at least.
pub fn beside_signature(body: &[Block]) -> usize {
    const LINE: f64 = 453.0;
    let mut lines = 0.0;
    for (at, block) in body.iter().enumerate().rev() {
        match block {
            Block::Heading(..) => {}
            Block::Paragraph(runs) | Block::Item(runs) => lines += (length(runs) / LINE).ceil().max(1.0),
            Block::Table(_) => return at + 1,
        }
        if lines >= 2.0 {
            return at;
        }
    }
    0
}

fn length(runs: &[Run]) -> f64 {
    runs.iter().map(|run| width(&run.text, 14.0, run.bold)).sum()
}

/// `Số: 05/BC-SKHCN`; with room to write while there is no number.
pub fn number(number: Option<u32>, symbol: &str) -> String {
    match number {
        Some(number) => format!("Số: {number:02}/{symbol}"),
        None => format!("Số:\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}/{symbol}"),
    }
}

/// `ngày 05 tháng 01 năm 2026`: a nought before days below 10 and before January and February.
pub fn day_long(day: Date) -> String {
    format!("ngày {:02} tháng {} năm {}", day.day(), month(day), day.year())
}

fn month(day: Date) -> String {
    if day.month() < 3 { format!("{:02}", day.month()) } else { day.month().to_string() }
}

/// `Mẫu, ngày 03 tháng 02 năm 2026`; with room to write what is not known yet.
pub fn place_and_day(paper: &Paper) -> String {
    let day = match (paper.issued, paper.drafted) {
        (Some(day), _) => day_long(day),
        (None, Some(day)) => {
            format!("ngày\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}tháng {} năm {}", month(day), day.year())
        }
        (None, None) => "ngày\u{a0}\u{a0}\u{a0}\u{a0}tháng\u{a0}\u{a0}\u{a0}\u{a0}năm".to_owned(),
    };
    format!("{}, {day}", paper.place)
}

/// The lines under "Nơi nhận:".
pub fn recipients(paper: &Paper) -> Vec<String> {
    let above = (!paper.to.is_empty()).then(|| "- Như trên;".to_owned());
    let copies = paper.copies.iter().map(|copy| format!("- {copy};"));
    let kept = if paper.kept.is_empty() { "VT" } else { &paper.kept };
    above.into_iter().chain(copies).chain([format!("- Lưu: {kept}.")]).collect()
}

/// The line in brackets under the title of an appendix.
pub fn attached_to(paper: &Paper) -> String {
    let name = match &paper.kind {
        Kind::Named { name, .. } => name.clone(),
        Kind::Letter { .. } => "Công văn".into(),
    };
    let number = match paper.number {
        Some(number) => format!("{number:02}/{}", paper.symbol),
        None => format!("……/{}", paper.symbol),
    };
    let day = match (paper.issued, paper.drafted) {
        (Some(day), _) => day_long(day),
        (None, Some(day)) => format!("ngày …… tháng {} năm {}", month(day), day.year()),
        (None, None) => "ngày …… tháng …… năm ……".into(),
    };
    format!("(Kèm theo {name} số {number} {day} của {})", paper.issuer)
}

pub fn roman(number: usize) -> String {
    const STEPS: [(usize, &str); 5] = [(10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
    let mut left = number;
    let mut out = String::new();
    for (value, sign) in STEPS {
        while left >= value {
            out.push_str(sign);
            left -= value;
        }
    }
    out
}

/// "Phụ lục", with its number only where there are several.
pub fn appendix_name(at: usize, count: usize) -> String {
    if count > 1 { format!("Phụ lục {}", roman(at + 1)) } else { "Phụ lục".into() }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn numbers_and_days_are_padded_as_the_decree_says() {
        assert_eq!(number(Some(5), "BC-SKHCN"), "Số: 05/BC-SKHCN");
        assert_eq!(number(Some(115), "BC-SKHCN"), "Số: 115/BC-SKHCN");
        assert_eq!(day_long(date(2026, 2, 3)), "ngày 03 tháng 02 năm 2026");
        assert_eq!(day_long(date(2026, 11, 21)), "ngày 21 tháng 11 năm 2026");
        assert_eq!(roman(14), "XIV");
    }

    #[test]
    fn a_long_name_is_cut_where_it_reads_well() {
        let lines = |issuer: &str| issuer_lines(&Paper { issuer: issuer.into(), ..Paper::default() });
        assert_eq!(lines("Ủy ban nhân dân xã Sông Mẫu"), ["ỦY BAN NHÂN DÂN", "XÃ SÔNG MẪU"]);
        assert_eq!(lines("Sở Tài chính"), ["SỞ TÀI CHÍNH"]);
        assert_eq!(lines("Sở Nông nghiệp và Môi trường"), ["SỞ NÔNG NGHIỆP", "VÀ MÔI TRƯỜNG"]);
        assert_eq!(lines("Sở Khoa học và Công nghệ").len(), 1);
        assert_eq!(lines(""), [""]);
    }

    #[test]
    fn two_lines_stay_with_the_signature() {
        let line = |text: &str| Block::Paragraph(vec![text.into()]);
        let long = "Sở tiếp tục thực hiện các nhiệm vụ được giao theo kế hoạch. ".repeat(3);
        let heading = Block::Heading(crate::Level::Part, vec!["IV.".into()]);
        assert_eq!(beside_signature(&[line("Một."), line("Hai."), line(&long)]), 2);
        assert_eq!(beside_signature(&[line(&long), line("Hai."), heading, line("Ba.")]), 1);
        assert_eq!(beside_signature(&[line("Một."), Block::Table(crate::Table::default()), line("Hai.")]), 2);
        assert_eq!(beside_signature(&[]), 0);
    }
}
