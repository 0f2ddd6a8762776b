//! Work with a day among the duties of a chapter on organisation: a task wherever it stands.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    Reason, TimeKind,
    narrative::{self, Asked},
    order,
    outline::Chapter,
    time, who,
};

/// Whether a body that is named is given something to be done by a day, a month or a year. What goes on for as long as
/// the document does, and what is reported, stay duties.
pub fn is_dated(text: &str, who: impl FnOnce() -> Vec<String>) -> bool {
    let time = time::parse(&time::deadline(text));
    let dated = match time.kind {
        Some(TimeKind::Month | TimeKind::Year) => true,
        // Money is given for a stretch of years.
        Some(TimeKind::Range) => narrative::reason(text, Chapter::Other, Asked::Somebody) != Some(Reason::Funding),
        _ => false,
    };
    if !dated || time.to.is_none() || is_standing(text) {
        return false;
    }
    let who = who();
    let is_of_many = who.iter().all(|name| name.to_lowercase().contains("các "));
    if is_of_many && is_own_plan(text) {
        return false;
    }
    who.iter().any(|name| !who::is_generic(name))
}

/// "UBND các xã ban hành kế hoạch thực hiện …": whether each of many took the document up is seen by its plan.
fn is_own_plan(text: &str) -> bool {
    static OWN: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)^(?:xây dựng|ban hành|lập|,|và|\s)+(?:chương trình,? )?kế hoạch\s[^.;]*(?:lồng ghép|thực hiện|triển khai|của (?:địa phương|đơn vị|cơ quan|ngành))").ok()
    });
    let told = order::predicate(text).unwrap_or(text);
    OWN.as_ref().is_some_and(|own| own.is_match(told))
}

/// "theo dõi, đôn đốc …", "định kỳ báo cáo …", with or without those who help.
fn is_standing(text: &str) -> bool {
    static HELPED: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?i)^phối hợp\s+(?:chặt chẽ\s+)?(?:với|cùng(?:\s+với)?)\s+").ok());
    static MANNER: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)^(?:(?:có trách nhiệm|chịu trách nhiệm|(?:là )?(?:cơ quan |đơn vị )?đầu mối|chủ trì|chủ động|thường xuyên|kịp thời|tiếp tục|tổ chức|tăng cường|và)[,:\s]+)+").ok()
    });
    static STANDING: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)^(?:hướng dẫn, |kiểm tra, |tổng hợp,? |gửi )?(?:theo dõi|đôn đốc|giám sát|báo cáo|phản ánh|định kỳ|đột xuất|(?:hằng|hàng) (?:tuần|tháng|quý|năm))").ok()
    });
    let mut told = order::predicate(text).unwrap_or(text);
    for _ in 0..2 {
        told = MANNER.as_ref().and_then(|manner| told.get(manner.find(told)?.end()..)).unwrap_or(told);
        let helpers = HELPED.as_ref().and_then(|helped| told.get(helped.find(told)?.end()..));
        let behind = |helpers: &str| who::at(helpers).map_or(0, |who| who.end);
        told = helpers.map_or(told, |helpers| helpers.get(behind(helpers)..).unwrap_or(helpers));
        told = told.trim_start_matches([' ', ',', ':']);
    }
    STANDING.as_ref().is_some_and(|standing| standing.is_match(told))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_of_their_own_is_told_from_other_plans() {
        assert!(is_own_plan(
            "UBND các xã, phường xây dựng, ban hành kế hoạch triển khai Đề án này trước ngày 28/02/2026."
        ));
        assert!(is_own_plan("Ban hành kế hoạch hoặc lồng ghép vào kế hoạch của đơn vị."));
        assert!(!is_own_plan("UBND các xã trình kế hoạch vốn trước ngày 28/02/2026."));
        assert!(!is_own_plan("UBND các xã thu gom rác, triển khai kế hoạch đã duyệt."));
    }

    #[test]
    fn what_goes_on_or_reports_is_standing() {
        for text in [
            "Sở Nội vụ theo dõi, đôn đốc việc thực hiện Kế hoạch trước ngày 30/6/2026.",
            "Chủ trì, phối hợp với Sở Tài chính, Sở Y tế kiểm tra, đôn đốc các xã.",
            "Sở Tư pháp có trách nhiệm tổng hợp, báo cáo UBND tỉnh trước ngày 15/12/2026.",
            "Định kỳ hằng quý báo cáo kết quả.",
        ] {
            assert!(is_standing(text), "{text}");
        }
        for text in [
            "Sở Nội vụ đắp lại bờ kè trước ngày 30/6/2026.",
            "Chủ trì, phối hợp với Sở Tài chính, Sở Y tế trám lấp giếng, báo cáo UBND tỉnh trong tháng 7/2026.",
            "Tổng hợp diện tích đất công ích, hoàn thành trong quý II/2026.",
        ] {
            assert!(!is_standing(text), "{text}");
        }
    }
}
