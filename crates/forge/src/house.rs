//! Who issues a document: the letterhead, how numbers are formed, who can be given work.

use crate::{bodies, dice::Dice};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Plan,
    Decision,
    Directive,
    Notice,
    Letter,
    Programme,
    Resolution,
    Scheme,
    Guidance,
    Conclusion,
    Report,
}

impl Kind {
    pub fn title(self) -> &'static str {
        match self {
            Self::Plan => "KẾ HOẠCH",
            Self::Decision => "QUYẾT ĐỊNH",
            Self::Directive => "CHỈ THỊ",
            Self::Notice => "THÔNG BÁO",
            Self::Letter => "CÔNG VĂN",
            Self::Programme => "CHƯƠNG TRÌNH HÀNH ĐỘNG",
            Self::Resolution => "NGHỊ QUYẾT",
            Self::Scheme => "ĐỀ ÁN",
            Self::Guidance => "HƯỚNG DẪN",
            Self::Conclusion => "KẾT LUẬN",
            Self::Report => "BÁO CÁO",
        }
    }

    /// As it is named in a sentence: "Kế hoạch này".
    pub fn name(self) -> &'static str {
        match self {
            Self::Plan => "Kế hoạch",
            Self::Decision => "Quyết định",
            Self::Directive => "Chỉ thị",
            Self::Notice => "Thông báo",
            Self::Letter => "Công văn",
            Self::Programme => "Chương trình",
            Self::Resolution => "Nghị quyết",
            Self::Scheme => "Đề án",
            Self::Guidance => "Hướng dẫn",
            Self::Conclusion => "Kết luận",
            Self::Report => "Báo cáo",
        }
    }

    fn code(self) -> &'static str {
        match self {
            Self::Plan => "KH",
            Self::Decision => "QĐ",
            Self::Directive => "CT",
            Self::Notice => "TB",
            Self::Letter => "CV",
            Self::Programme => "CTr",
            Self::Resolution => "NQ",
            Self::Scheme => "ĐA",
            Self::Guidance => "HD",
            Self::Conclusion => "KL",
            Self::Report => "BC",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    Province,
    Office,
    Department,
    Commune,
    Government,
    Ministry,
    Council,
    Steering,
    Party,
    PartyOffice,
    PartyCommune,
}

impl Level {
    pub fn is_party(self) -> bool {
        matches!(self, Self::Party | Self::PartyOffice | Self::PartyCommune)
    }
}

#[derive(Debug, Clone)]
pub struct House {
    pub level: Level,
    pub parent: Option<&'static str>,
    /// Line by line.
    pub issuer: &'static [&'static str],
    /// "Ủy ban nhân dân tỉnh"
    pub speaks: &'static str,
    /// "UBND tỉnh"
    pub short: &'static str,
    pub place: &'static str,
    /// What stands behind the kind in a number, and behind the issuer in a letter's.
    code: &'static str,
    pub signs: &'static [&'static str],
    pub bodies: &'static [&'static str],
    pub groups: &'static [&'static str],
    /// Who holds an office.
    pub persons: &'static [&'static str],
}

pub fn house(dice: &mut Dice, kind: Kind) -> House {
    use Level::{
        Commune, Council, Department, Government, Ministry, Office, Party, PartyCommune, PartyOffice, Province,
        Steering,
    };
    let levels: &[(u32, Level)] = match kind {
        Kind::Plan => &[
            (40, Province),
            (15, Department),
            (15, Commune),
            (5, Ministry),
            (5, Steering),
            (8, Party),
            (4, PartyCommune),
        ],
        Kind::Decision => &[(50, Province), (20, Government), (10, Ministry), (10, Department)],
        Kind::Directive => &[(45, Province), (25, Government), (10, Ministry), (20, Party)],
        Kind::Notice => &[(35, Province), (25, Office), (10, Commune), (10, Party), (10, PartyOffice)],
        Kind::Letter => &[
            (40, Province),
            (15, Department),
            (10, Commune),
            (10, Ministry),
            (5, Government),
            (20, PartyOffice),
            (8, PartyCommune),
        ],
        Kind::Programme => &[(50, Province), (30, Party), (10, PartyCommune)],
        Kind::Resolution => &[(30, Council), (50, Party), (20, PartyCommune)],
        Kind::Scheme => &[(70, Province), (30, Commune)],
        Kind::Guidance => &[(40, Department), (20, Ministry), (40, Party)],
        Kind::Conclusion => &[(100, Party)],
        Kind::Report => &[(50, Province), (20, Department), (15, Commune), (15, Party)],
    };
    of(dice.weighted(levels))
}

fn of(level: Level) -> House {
    let province = House {
        level,
        parent: None,
        issuer: &["ỦY BAN NHÂN DÂN", "TỈNH MẪU"],
        speaks: "Ủy ban nhân dân tỉnh",
        short: "UBND tỉnh",
        place: "Sông Mẫu",
        code: "UBND",
        signs: &["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
        bodies: bodies::PROVINCE,
        groups: bodies::PROVINCE_GROUPS,
        persons: bodies::PERSONS,
    };
    let (parent, issuer, code): (_, &'static [&'static str], _) = match level {
        Level::Province => return province,
        Level::Office => (Some("ỦY BAN NHÂN DÂN TỈNH MẪU"), &["VĂN PHÒNG"], "VP"),
        Level::Department => (Some("ỦY BAN NHÂN DÂN TỈNH MẪU"), &["SỞ NỘI VỤ"], "SNV"),
        Level::Commune => (None, &["ỦY BAN NHÂN DÂN", "XÃ BẢN MẪU"], "UBND"),
        Level::Government => (None, &["THỦ TƯỚNG CHÍNH PHỦ"], "TTg"),
        Level::Ministry => (None, &["BỘ NỘI VỤ"], "BNV"),
        Level::Council => (None, &["HỘI ĐỒNG NHÂN DÂN", "TỈNH MẪU"], "HĐND"),
        Level::Steering => (Some("ỦY BAN NHÂN DÂN TỈNH MẪU"), &["BAN CHỈ ĐẠO CHUYỂN ĐỔI SỐ"], "BCĐ"),
        Level::Party => (None, &["TỈNH ỦY MẪU"], "TU"),
        Level::PartyOffice => (Some("TỈNH ỦY MẪU"), &["VĂN PHÒNG"], "VPTU"),
        Level::PartyCommune => (Some("ĐẢNG BỘ TỈNH MẪU"), &["ĐẢNG ỦY XÃ BẢN MẪU"], "ĐU"),
    };
    let (speaks, short): (&str, &str) = match level {
        Level::Department => ("Sở Nội vụ", "Sở Nội vụ"),
        Level::Commune => ("Ủy ban nhân dân xã", "UBND xã"),
        Level::Government => ("Thủ tướng Chính phủ", "Thủ tướng Chính phủ"),
        Level::Ministry => ("Bộ Nội vụ", "Bộ Nội vụ"),
        Level::Council => ("Hội đồng nhân dân tỉnh", "HĐND tỉnh"),
        Level::Steering => ("Ban Chỉ đạo", "Ban Chỉ đạo"),
        Level::Party => ("Ban Thường vụ Tỉnh ủy", "Tỉnh ủy"),
        Level::PartyOffice => ("Thường trực Tỉnh ủy", "Thường trực Tỉnh ủy"),
        Level::PartyCommune => ("Ban Thường vụ Đảng ủy xã", "Đảng ủy xã"),
        Level::Office | Level::Province => ("Chủ tịch Ủy ban nhân dân tỉnh", "UBND tỉnh"),
    };
    let (bodies, groups, persons) = match level {
        Level::Department => (bodies::DEPARTMENT, bodies::DEPARTMENT_GROUPS, bodies::DEPARTMENT_PERSONS),
        Level::Commune | Level::PartyCommune => (bodies::COMMUNE, bodies::COMMUNE_GROUPS, bodies::COMMUNE_PERSONS),
        Level::Government | Level::Ministry => (bodies::NATION, bodies::NATION_GROUPS, bodies::NATION_PERSONS),
        Level::Party | Level::PartyOffice => (bodies::PARTY, bodies::PARTY_GROUPS, bodies::PARTY_PERSONS),
        Level::Province | Level::Office | Level::Council | Level::Steering => {
            (bodies::PROVINCE, bodies::PROVINCE_GROUPS, bodies::PERSONS)
        }
    };
    let signs: &'static [&'static str] = match level {
        Level::Office | Level::PartyOffice => &["CHÁNH VĂN PHÒNG"],
        Level::Department => &["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"],
        Level::Commune => &["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"],
        Level::Government => &["THỦ TƯỚNG"],
        Level::Ministry => &["KT. BỘ TRƯỞNG", "THỨ TRƯỞNG"],
        Level::Council => &["CHỦ TỊCH"],
        Level::Party => &["T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"],
        Level::PartyCommune => &["T/M BAN THƯỜNG VỤ", "BÍ THƯ"],
        Level::Province | Level::Steering => province.signs,
    };
    let place = match level {
        Level::Government | Level::Ministry => "Hà Nội",
        Level::Commune | Level::PartyCommune => "Bản Mẫu",
        _ => "Sông Mẫu",
    };
    House { parent, issuer, speaks, short, place, code, signs, bodies, groups, persons, ..province }
}

impl House {
    /// "22/KH-UBND", "12/2026/QĐ-TTg", "11-CT/TU", "345/UBND-KT".
    pub fn number(&self, dice: &mut Dice, kind: Kind, year: i64) -> String {
        let number = dice.between(1, 980);
        let padded = if dice.chance(70) { format!("{number:02}") } else { number.to_string() };
        let (code, house) = (kind.code(), self.code);
        if self.level.is_party() {
            let house = if kind == Kind::Letter && self.level == Level::PartyCommune { "VPĐU" } else { house };
            return format!("{padded}-{code}/{house}");
        }
        if kind == Kind::Letter {
            return format!("{padded}/{house}-{}", dice.pick(&["KT", "NC", "KGVX", "VP", "TH", "NN&MT"]));
        }
        let statute = matches!(kind, Kind::Decision | Kind::Resolution) && dice.chance(25);
        if statute { format!("{padded}/{year}/{code}-{house}") } else { format!("{padded}/{code}-{house}") }
    }

    /// In its lines one behind the other.
    pub fn issuer_line(&self) -> String {
        self.issuer.join(" ")
    }

    /// As it is called elsewhere: an office is somebody's.
    pub fn issuer_name(&self) -> String {
        let parent = self.parent.filter(|_| self.issuer == ["VĂN PHÒNG"]);
        let whose = parent.map(|parent| if parent.starts_with("TỈNH ỦY") { "TỈNH ỦY" } else { parent });
        self.issuer.iter().copied().chain(whose).collect::<Vec<_>>().join(" ")
    }
}
