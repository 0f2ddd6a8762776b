//! Who speaks in a document: its issuer, or whom its issuer speaks for. Whoever else asks others, does the work.

use crate::{
    DOUBTED,
    order::{Order, Verb, Via},
    who,
};

pub struct Voice {
    issuer: Option<String>,
}

impl Voice {
    pub fn of(issuer: Option<&str>) -> Self {
        Self { issuer: issuer.map(plain) }
    }

    /// The order as the document gives it: who has others do something and is not its voice, is told itself.
    pub fn heard(&self, order: Order) -> Order {
        let doer = order.speaker.as_deref().filter(|speaker| !self.speaks(speaker)).and_then(who::at);
        let Some(doer) = doer else { return order };
        let directs = matches!(order.verb, Verb::Directs | Verb::Assigns) && order.via == Via::Given;
        let sure = if directs { 90 } else { DOUBTED };
        Order { lead: doer.names, via: Via::Subject, speaker: None, verb: Verb::Gives, sure, ..order }
    }

    /// Whether what it asks of others is asked by the document.
    pub fn speaks(&self, speaker: &str) -> bool {
        let Some(issuer) = &self.issuer else { return true };
        let named = who::at(speaker).and_then(|who| who.names.into_iter().next());
        let named = plain(named.as_deref().unwrap_or(speaker));
        let body = of_office(&named);
        body.is_empty()
            || holds(issuer, body)
            || body.starts_with(issuer.as_str())
            || is_above(body) && !is_above(issuer)
    }
}

fn plain(name: &str) -> String {
    let lower = name.to_lowercase().replace("uỷ", "ủy");
    let long = lower.replace("ubnd", "ủy ban nhân dân").replace("hđnd", "hội đồng nhân dân");
    long.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whole words of it.
fn holds(long: &str, short: &str) -> bool {
    format!(" {long} ").contains(&format!(" {short} "))
}

/// The body that a person leads or a board stands for: "Chủ tịch UBND tỉnh", "Ban Thường vụ Tỉnh ủy".
fn of_office(name: &str) -> &str {
    const OFFICES: [&str; 14] = [
        "đồng chí",
        "lãnh đạo",
        "chủ tịch",
        "giám đốc",
        "bộ trưởng",
        "bí thư",
        "thường trực",
        "ban thường vụ",
        "ban chấp hành",
        "trưởng ban",
        "thủ trưởng",
        "chánh văn phòng",
        "cục trưởng",
        "hiệu trưởng",
    ];
    let mut left = name.trim();
    while let Some(rest) = OFFICES.iter().find_map(|office| left.strip_prefix(office)) {
        left = rest.trim_start();
    }
    left
}

/// Bodies that an office writes for.
fn is_above(body: &str) -> bool {
    const ABOVE: [&str; 10] = [
        "thủ tướng",
        "chính phủ",
        "bộ chính trị",
        "ban bí thư",
        "tỉnh ủy",
        "thành ủy",
        "ủy ban nhân dân tỉnh",
        "ủy ban nhân dân thành phố",
        "hội đồng nhân dân tỉnh",
        "hội đồng nhân dân thành phố",
    ];
    ABOVE.iter().any(|above| body.starts_with(above))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_issuer_and_whom_it_writes_for_speak() {
        let speaks = |issuer, speaker| Voice::of(Some(issuer)).speaks(speaker);
        for (issuer, speaker) in [
            ("ỦY BAN NHÂN DÂN TỈNH MẪU", "Chủ tịch UBND tỉnh"),
            ("VĂN PHÒNG", "Thường trực Tỉnh ủy"),
            ("SỞ Y TẾ", "Giám đốc Sở Y tế"),
            ("BỘ Y TẾ", "Bộ"),
            ("ĐẢNG ỦY XÃ BÌNH MẪU", "Ban Thường vụ Đảng ủy"),
        ] {
            assert!(speaks(issuer, speaker), "{issuer}: {speaker}");
        }
        for (issuer, speaker) in [
            ("ỦY BAN NHÂN DÂN TỈNH MẪU", "Sở Y tế"),
            ("TỈNH ỦY MẪU", "Đảng ủy Công an tỉnh"),
            ("TỈNH ỦY MẪU", "Đảng ủy UBND tỉnh"),
            ("TỈNH ỦY MẪU", "UBND các xã"),
        ] {
            assert!(!speaks(issuer, speaker), "{issuer}: {speaker}");
        }
    }
}
