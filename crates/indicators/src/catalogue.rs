//! The 25 indicators behind the targets of the plans, and the words by which a sentence is known to be about one.
//!
//! Two targets with different figures or years are two milestones of one indicator. Formulas come later; a code never
//! changes its meaning.

use kernel::{Indicator, Indicators, SourceClass, Suggestion, text};

use SourceClass::{Extract, Official, Platform, Register, Staff, Survey};

const fn share(
    code: &'static str,
    name_vi: &'static str,
    name_en: &'static str,
    sources: &'static [SourceClass],
) -> Indicator {
    Indicator { code, name_vi, name_en, unit: "%", higher_is_better: true, sources }
}

pub static ALL: [Indicator; 25] = [
    share(
        "cloud.new_first",
        "Hệ thống mới được xây dựng trên nền tảng điện toán đám mây",
        "New systems built on cloud platforms",
        &[Register],
    ),
    share(
        "cloud.migrated",
        "Hệ thống hiện có đã chuyển sang nền tảng điện toán đám mây",
        "Existing systems moved to cloud platforms",
        &[Register],
    ),
    share(
        "cloud.domestic_agencies",
        "Cơ quan, doanh nghiệp nhà nước dùng dịch vụ đám mây trong nước",
        "Agencies and state firms using domestic cloud services",
        &[Register, Survey],
    ),
    share(
        "cloud.domestic_enterprises",
        "Doanh nghiệp nhà nước dùng dịch vụ đám mây trong nước",
        "State-owned enterprises using domestic cloud services",
        &[Register, Survey],
    ),
    share(
        "cloud.domestic_firms",
        "Doanh nghiệp dùng dịch vụ đám mây trong nước",
        "Firms using domestic cloud services",
        &[Survey],
    ),
    share(
        "cloud.domestic_people",
        "Người dân dùng dịch vụ đám mây trong nước",
        "People using domestic cloud services",
        &[Survey],
    ),
    share(
        "cloud.databases",
        "Cơ sở dữ liệu chạy trên đám mây tại trung tâm dữ liệu",
        "Databases running on cloud in a data centre",
        &[Register, Platform],
    ),
    share(
        "proc.full_online",
        "Dịch vụ công trực tuyến toàn trình trên số thủ tục đủ điều kiện",
        "Procedures offered fully online, of those eligible",
        &[Extract],
    ),
    share(
        "proc.once_only",
        "Thông tin, giấy tờ chỉ phải cung cấp một lần",
        "Papers asked for only once",
        &[Extract, Platform],
    ),
    share(
        "proc.satisfaction",
        "Người dân, doanh nghiệp hài lòng khi dùng dịch vụ công trực tuyến",
        "Satisfaction with online services",
        &[Extract],
    ),
    share(
        "platform.deployed",
        "Nền tảng số dùng chung được triển khai đúng kế hoạch",
        "National platforms in use as planned",
        &[Register],
    ),
    share(
        "file.digital_signed",
        "Hồ sơ công việc xử lý điện tử và ký số cá nhân",
        "Work files electronic and digitally signed",
        &[Register],
    ),
    share(
        "report.on_system",
        "Chế độ báo cáo thực hiện trên hệ thống thông tin báo cáo",
        "Reporting regimes on the reporting system",
        &[Register],
    ),
    share(
        "task.tracked",
        "Nhiệm vụ được giao theo dõi, đánh giá trên môi trường điện tử",
        "Assigned tasks tracked electronically",
        &[Platform, Extract],
    ),
    Indicator {
        code: "data.maturity",
        name_vi: "Mức độ trưởng thành về quản trị dữ liệu",
        name_en: "Maturity of data governance",
        unit: "level",
        higher_is_better: true,
        sources: &[Official],
    },
    share(
        "people.basic_skills",
        "Cán bộ, công chức, viên chức có kỹ năng số cơ bản",
        "Staff with basic digital skills",
        &[Staff],
    ),
    share(
        "people.data_certificate",
        "Cán bộ chuyên trách có chứng chỉ quản trị dữ liệu cơ bản",
        "Digital staff with a data certificate",
        &[Staff],
    ),
    share(
        "proc.proactive",
        "Dịch vụ công thiết yếu ở mức chủ động, cá thể hóa",
        "Essential services offered proactively",
        &[Extract, Platform],
    ),
    share(
        "open.agencies",
        "Cơ quan nhà nước cung cấp dữ liệu mở đúng chuẩn",
        "Agencies publishing open data to standard",
        &[Platform],
    ),
    share(
        "proc.digitised",
        "Hồ sơ, kết quả giải quyết thủ tục hành chính được số hóa",
        "Dossiers and results digitised",
        &[Platform, Extract],
    ),
    share(
        "proc.reuse",
        "Thông tin đã số hóa được khai thác, sử dụng lại",
        "Digitised items used again",
        &[Platform, Extract],
    ),
    share(
        "exchange.connected",
        "Hệ thống thông tin kết nối, chia sẻ dữ liệu",
        "Systems connected for data sharing",
        &[Platform, Extract],
    ),
    share(
        "ai.used",
        "Cơ quan dùng ít nhất một ứng dụng trí tuệ nhân tạo",
        "Agencies using an AI application",
        &[Register, Platform],
    ),
    share(
        "leaders.expertise",
        "Lãnh đạo có chuyên môn khoa học, kỹ thuật, chuyển đổi số",
        "Leaders with technical expertise",
        &[Staff],
    ),
    share(
        "level.approved",
        "Hệ thống được phê duyệt hồ sơ cấp độ trước khi vận hành và kiểm tra định kỳ",
        "Systems with an approved level dossier",
        &[Register],
    ),
];

/// Words without marks; one of each group must stand in the sentence. None of `never` may. The first group is what it is
/// about: where there are others, the title of the plan may say that for all its sentences.
struct Words {
    code: &'static str,
    needs: &'static [&'static [&'static str]],
    never: &'static [&'static str],
}

const fn words(code: &'static str, needs: &'static [&'static [&'static str]]) -> Words {
    Words { code, needs, never: &[] }
}

const CLOUD: &[&str] = &["dam may", "cloud"];
const DOMESTIC: &[&str] = &["trong nuoc", "viet nam", "noi dia"];

static WORDS: [Words; 25] = [
    Words {
        code: "cloud.new_first",
        needs: &[CLOUD, &["he thong"], &["moi", "xay dung", "dau tu"]],
        never: &["hien co", "hien tai", "dang van hanh", "co so du lieu"],
    },
    words(
        "cloud.migrated",
        &[
            CLOUD,
            &["he thong", "ung dung"],
            &["hien co", "hien tai", "dang van hanh", "da co", "chuyen doi", "dich chuyen"],
        ],
    ),
    // Where a plan names both in one breath, it is of the agencies.
    words("cloud.domestic_agencies", &[CLOUD, &["co quan", "to chuc"], &["dich vu"], DOMESTIC]),
    Words {
        code: "cloud.domestic_enterprises",
        needs: &[CLOUD, &["doanh nghiep nha nuoc"], &["dich vu"], DOMESTIC],
        never: &["co quan", "to chuc"],
    },
    Words {
        code: "cloud.domestic_firms",
        needs: &[CLOUD, &["doanh nghiep"], &["dich vu", "su dung"]],
        never: &["co quan", "nguoi dan", "dan so", "he thong"],
    },
    Words { code: "cloud.domestic_people", needs: &[CLOUD, &["nguoi dan", "dan so"]], never: &["he thong"] },
    words("cloud.databases", &[CLOUD, &["co so du lieu", "csdl"]]),
    words("proc.full_online", &[&["toan trinh"]]),
    words("proc.once_only", &[&["mot lan", "01 lan"], &["thong tin", "giay to", "tai lieu"]]),
    words("proc.satisfaction", &[&["hai long"]]),
    words("platform.deployed", &[&["nen tang so"], &["trien khai"], &["quoc gia", "dung chung"]]),
    words("file.digital_signed", &[&["ho so cong viec"]]),
    words("report.on_system", &[&["che do bao cao"]]),
    words("task.tracked", &[&["nhiem vu"], &["theo doi", "giam sat"], &["dien tu", "he thong", "truc tuyen"]]),
    words("data.maturity", &[&["quan tri du lieu"], &["cap do", "muc do", "truong thanh"]]),
    words("people.basic_skills", &[&["ky nang so"], &["can bo", "cong chuc", "vien chuc"]]),
    words("people.data_certificate", &[&["chung chi"], &["du lieu"]]),
    words("proc.proactive", &[&["dich vu cong"], &["chu dong", "ca the hoa"]]),
    words("open.agencies", &[&["du lieu mo"], &["co quan", "to chuc"]]),
    Words {
        code: "proc.digitised",
        needs: &[&["so hoa"], &["ho so", "ket qua"]],
        never: &["su dung lai", "tai su dung"],
    },
    words("proc.reuse", &[&["so hoa"], &["su dung lai", "tai su dung"]]),
    words("exchange.connected", &[&["he thong thong tin", "he thong"], &["chia se du lieu", "chia se"], &["ket noi"]]),
    words(
        "ai.used",
        &[&["ung dung ai", "ung dung tri tue nhan tao", "tri tue nhan tao"], &["co quan", "to chuc", "don vi"]],
    ),
    words("leaders.expertise", &[&["lanh dao"], &["chuyen mon", "kinh nghiem"]]),
    words("level.approved", &[&["phe duyet"], &["cap do"], &["he thong"]]),
];

/// A text in which words are looked for.
struct Said(String);

impl Said {
    fn of(text: &str) -> Self {
        Self(format!(" {} ", text::fold(text)))
    }

    fn has(&self, word: &str) -> bool {
        self.0.contains(&format!(" {word} "))
    }

    fn has_one(&self, group: &[&str]) -> bool {
        group.iter().any(|word| self.has(word))
    }
}

/// What the sentence is about by these words, with how many there are for it; the first group is looked for in `topic`.
fn found(sentence: &Said, topic: &Said) -> Vec<(usize, &'static Words)> {
    let fits = |words: &&Words| {
        let mut groups = words.needs.iter();
        groups.next().is_some_and(|first| topic.has_one(first))
            && groups.all(|group| sentence.has_one(group))
            && !sentence.has_one(words.never)
    };
    let mut found: Vec<(usize, &Words)> = WORDS.iter().filter(fits).map(|words| (words.needs.len(), words)).collect();
    found.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    found
}

/// The catalogue as a service.
#[derive(Debug, Default)]
pub struct Catalogue;

impl Indicators for Catalogue {
    fn all(&self) -> &'static [Indicator] {
        &ALL
    }

    /// More words in common come first; certain where the sentence says it by itself and nothing else fits as well.
    fn suggest(&self, sentence: &str, about: &str) -> Vec<Suggestion> {
        let sentence = Said::of(sentence);
        let own = found(&sentence, &sentence);
        if own.is_empty() {
            let by_topic = found(&sentence, &Said::of(about)).into_iter().filter(|(weight, _)| *weight > 1);
            return by_topic.map(|(_, words)| Suggestion { code: words.code, certain: false }).collect();
        }
        let best = own.first().map_or(0, |(weight, _)| *weight);
        let alone = own.iter().filter(|(weight, _)| *weight == best).count() == 1;
        own.iter().map(|(weight, words)| Suggestion { code: words.code, certain: alone && *weight == best }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_indicator_has_words_and_names() {
        for (indicator, words) in ALL.iter().zip(&WORDS) {
            assert_eq!(indicator.code, words.code);
            assert!(!indicator.name_vi.is_empty() && !indicator.name_en.is_empty() && !indicator.sources.is_empty());
            for word in words.needs.iter().flat_map(|group| group.iter()).chain(words.never) {
                assert_eq!(text::fold(word), *word, "words are folded");
            }
        }
    }

    #[test]
    fn sentences_of_plans_find_their_indicator() {
        let first = |sentence: &str| Catalogue.suggest(sentence, "").first().map(|found| found.code);
        for (sentence, code) in [
            ("90% thủ tục đủ điều kiện được cung cấp trực tuyến toàn trình", Some("proc.full_online")),
            ("Tỷ lệ người dân, doanh nghiệp hài lòng khi dùng dịch vụ công trực tuyến", Some("proc.satisfaction")),
            ("Tỉnh Mẫu đạt cấp độ 3 về quản trị dữ liệu", Some("data.maturity")),
            ("Tối thiểu 80% cơ sở dữ liệu của xã chạy trên nền tảng điện toán đám mây", Some("cloud.databases")),
            ("100% hệ thống thông tin mới được xây dựng trên nền tảng điện toán đám mây", Some("cloud.new_first")),
            ("Tối thiểu 70% hệ thống thông tin hiện có được chuyển đổi lên đám mây", Some("cloud.migrated")),
            ("100% cơ quan, doanh nghiệp nhà nước dùng dịch vụ đám mây trong nước", Some("cloud.domestic_agencies")),
            ("60% doanh nghiệp nhà nước dùng dịch vụ đám mây trong nước", Some("cloud.domestic_enterprises")),
            ("60% doanh nghiệp sử dụng dịch vụ đám mây trong nước", Some("cloud.domestic_firms")),
            ("100% cơ quan nhà nước cung cấp dữ liệu mở đúng chuẩn", Some("open.agencies")),
            ("100% hệ thống thông tin đang vận hành được phê duyệt hồ sơ cấp độ", Some("level.approved")),
            ("80% dữ liệu đã được số hóa được khai thác, sử dụng lại", Some("proc.reuse")),
            ("Trồng 1.000 cây xanh", None),
        ] {
            assert_eq!(first(sentence), code, "{sentence}");
        }
    }

    #[test]
    fn state_owned_enterprises_alone_are_a_measure_of_their_own() {
        let first = |whose: &str| {
            let sentence =
                format!("100% {whose} sử dụng dịch vụ điện toán đám mây do doanh nghiệp trong nước cung cấp");
            Catalogue.suggest(&sentence, "").first().map(|found| (found.code, found.certain))
        };
        assert_eq!(first("doanh nghiệp nhà nước"), Some(("cloud.domestic_enterprises", true)));
        for whose in ["cơ quan, doanh nghiệp nhà nước", "cơ quan nhà nước"] {
            assert_eq!(first(whose), Some(("cloud.domestic_agencies", true)), "{whose}");
        }
    }

    #[test]
    fn a_sentence_that_leaves_its_topic_to_the_title_is_proposed_and_never_certain() {
        const CLOUD_PLAN: &str = "Sử dụng nền tảng điện toán đám mây trong cơ quan nhà nước giai đoạn 2025 - 2030";
        let first = |sentence: &str, about: &str| {
            Catalogue.suggest(sentence, about).first().map(|found| (found.code, found.certain))
        };
        let moved = "Tối thiểu 70% hệ thống thông tin hiện có được chuyển đổi";
        assert_eq!(first(moved, CLOUD_PLAN), Some(("cloud.migrated", false)));
        assert_eq!(first(moved, "Phát triển chính quyền số"), None);
        // What it says itself goes before what its plan is about, and is as certain as before.
        assert_eq!(first("100% hồ sơ công việc được ký số", CLOUD_PLAN), Some(("file.digital_signed", true)));
        let said = "Tối thiểu 70% hệ thống thông tin hiện có được chuyển đổi lên đám mây";
        assert_eq!(first(said, CLOUD_PLAN), Some(("cloud.migrated", true)));
        // The title alone makes no target of what says nothing else of it.
        assert_eq!(first("Trồng 1.000 cây xanh", CLOUD_PLAN), None);
        assert_eq!(first("Trồng 1.000 cây xanh", "Dịch vụ công trực tuyến toàn trình"), None);
    }
}
