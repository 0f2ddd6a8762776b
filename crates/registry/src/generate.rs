//! A sheet of systems as offices keep them, made up from a seed: for tries, tests and training. The same seed gives the same
//! bytes.

use fastrand::Rng;
use jiff::civil::Date;
use kernel::{Bodies, Problem};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

/// What the dirt of a sheet is, line by line, so that a test can count it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Dirt {
    /// The same system of the same body once more.
    pub twice: usize,
    /// The same system in another body's list.
    pub elsewhere: usize,
    pub negative: usize,
    pub unknown_owner: usize,
    /// A whole day, as text, in the place of a year.
    pub days: usize,
    /// Relations to systems of the sheet that can be taken in; three of each ring lead in a ring.
    pub relations: usize,
    /// Bodies that use a system.
    pub uses: usize,
    /// Lines that name a system or provider that nobody knows.
    pub strangers: usize,
}

/// One line: whose it is, and its cells.
#[derive(Debug, Clone)]
struct Line {
    owner: usize,
    cells: [String; 9],
    /// What it runs on, needs, shares data with, by whom it is provided, who uses it.
    links: [String; 5],
}

/// More lines than these no list has.
pub const MOST: usize = 20_000;

const HEADS: [&str; 16] = [
    "TT",
    "Tên hệ thống",
    "Cơ quan",
    "",
    "Loại",
    "Hiện trạng",
    "Nơi đặt",
    "Năm đưa vào sử dụng",
    "Địa chỉ",
    "Kinh phí mỗi năm (đồng)",
    "Số người sử dụng",
    "Chạy trên",
    "Phụ thuộc",
    "Chia sẻ dữ liệu với",
    "Nhà cung cấp",
    "Đơn vị sử dụng",
];

const KINDS: [&str; 4] = ["Hệ thống thông tin", "Cơ sở dữ liệu", "Nền tảng số", "Dịch vụ công nghệ thông tin"];
const STATES: [&str; 4] = ["Đang vận hành", "ĐANG XÂY DỰNG", "dự kiến", "Sắp dừng"];
const PLACES: [&str; 6] = [
    "Phòng máy của cơ quan",
    "Trung tâm dữ liệu tỉnh",
    "đám mây của tỉnh",
    "Đám mây trong nước",
    "Đám mây nước ngoài",
    "Chưa rõ",
];
const WHAT: [&str; 12] = [
    "Phần mềm quản lý",
    "Cơ sở dữ liệu",
    "Hệ thống theo dõi",
    "Cổng thông tin",
    "Ứng dụng tra cứu",
    "Nền tảng chia sẻ",
    "Hệ thống tiếp nhận",
    "Phần mềm thống kê",
    "Hệ thống giám sát",
    "Kho dữ liệu",
    "Sổ điện tử",
    "Hệ thống báo cáo",
];
const ABOUT: [&str; 16] = [
    "hồ sơ",
    "tài sản",
    "cán bộ",
    "đất lúa",
    "cầu đường",
    "nước sạch",
    "bệnh viện",
    "trường học",
    "hộ kinh doanh",
    "lưu trữ",
    "thuốc",
    "rừng",
    "phản ánh của dân",
    "lịch làm việc",
    "đấu thầu",
    "khoáng sản",
];

/// Bodies that have systems: some of the province's departments and communes, those whose name tells them from all others
/// however it is written.
pub fn owners(bodies: &dyn Bodies, day: Date) -> Vec<String> {
    const MOST: usize = 40;
    let is_one = |name: &String| {
        let Ok(unit) = bodies.meant(name, day) else { return false };
        let is_told_bare = bodies.meant(&kernel::text::fold(name), day).is_ok_and(|bare| bare == unit);
        is_told_bare && ["department", "commune"].contains(&bodies.kind(unit))
    };
    bodies.names(day).into_iter().filter(|name| !name.contains(',') && is_one(name)).take(MOST).collect()
}

/// The same body as offices write it, in 40 ways where it is a committee; no other body is meant by any of them.
pub fn spelled(name: &str, at: usize) -> String {
    let committee = ["UBND", "Ủy ban nhân dân", "Uỷ ban nhân dân", "Ủy ban Nhân dân"][at / 10 % 4];
    let name = &name.strip_prefix("UBND").map_or_else(|| name.to_owned(), |rest| format!("{committee}{rest}"));
    let wide = |gap: &str| name.split(' ').collect::<Vec<_>>().join(gap);
    match at % 10 {
        1 => name.to_uppercase(),
        2 => format!("  {name} "),
        3 => wide("  "),
        4 => kernel::text::fold(name),
        5 => wide("\u{a0}"),
        6 => name.to_lowercase(),
        7 => format!("{name}\n"),
        8 => wide("\t"),
        9 => wide("\n"),
        _ => name.clone(),
    }
}

fn line(rng: &mut Rng, at: usize, owner: usize) -> Line {
    let pick = |rng: &mut Rng, words: &[&str]| rng.choice(words).copied().unwrap_or_default().to_owned();
    let (what, about) = (pick(rng, &WHAT), pick(rng, &ABOUT));
    let name = format!("{what} {about} {}", at + 1);
    let year = 2008 + rng.usize(..18);
    let since = match rng.usize(..4) {
        0 => year.to_string(),
        1 => format!(" {year} "),
        2 => format!("tháng {}/{year}", 1 + rng.usize(..12)),
        _ => String::new(),
    };
    let cost = match rng.usize(..4) {
        0 => format!("{}.000.000", 20 + rng.usize(..900)),
        1 => format!("{},{} tỷ", 1 + rng.usize(..4), 1 + rng.usize(..9)),
        2 => (1_000_000 * (5 + rng.usize(..500))).to_string(),
        _ => String::new(),
    };
    let users = if rng.bool() { rng.usize(5..4000).to_string() } else { String::new() };
    let address =
        if rng.usize(..5) == 0 { format!("https://he-thong-{}.tinhmau.example/", at + 1) } else { String::new() };
    let (kind, state, place) = (pick(rng, &KINDS), pick(rng, &STATES), pick(rng, &PLACES));
    let cells = [name, String::new(), kind, state, place, since, address, cost, users];
    Line { owner, cells, links: <[String; 5]>::default() }
}

/// The lines of a sheet, by owner, and what is wrong with them.
fn lines(systems: usize, seed: u64, owners: usize) -> (Vec<Line>, Dirt) {
    let (mut rng, mut dirt, mut out) = (Rng::with_seed(seed), Dirt::default(), Vec::<Line>::new());
    for at in 0..systems {
        let owner = at * owners / systems.max(1);
        let mut new = line(&mut rng, at, owner);
        let [name, operator, _, _, _, since, address, cost, _] = &mut new.cells;
        let before = out.last().filter(|before| before.owner == owner);
        match (at % 50, before) {
            (7, Some(before)) => {
                name.clone_from(&before.cells[0]);
                dirt.twice += 1;
            }
            (19, _) => {
                *cost = format!("-{}.000.000", 1 + at % 90);
                dirt.negative += 1;
            }
            (31, _) => {
                *operator = "Công ty không có trong danh mục".into();
                dirt.unknown_owner += 1;
            }
            (43, _) => {
                *since = format!("15/0{}/{}", 1 + at % 9, 2010 + at % 12);
                dirt.days += 1;
            }
            // In another body's list, under its name and address.
            (47, _) => {
                let is_own = |name: &str| out.iter().any(|mine| mine.owner == owner && mine.cells[0] == name);
                let known = |other: &&Line| other.owner + 1 == owner && !other.cells[6].is_empty();
                if let Some(other) = out.iter().filter(known).find(|other| !is_own(&other.cells[0])) {
                    name.clone_from(&other.cells[0]);
                    address.clone_from(&other.cells[6]);
                    dirt.elsewhere += 1;
                }
            }
            _ => {}
        }
        out.push(new);
    }
    (out, dirt)
}

/// Lets a part of the lines name one another, each only what will be taken in, and some what nobody knows.
fn relate(lines: &mut [Line], owners: &[String], dirt: &mut Dirt) {
    // Lines that are refused, or bear another's name, are named by nobody.
    let is_clean = |at: usize| ![7, 19, 31, 47].contains(&(at % 50));
    let known: Vec<(usize, String, bool)> =
        lines.iter().map(|line| (line.owner, line.cells[0].clone(), line.cells[6].is_empty())).collect();
    let own = |at: usize, owner: usize| known.get(at).filter(|(of, ..)| *of == owner && is_clean(at));
    let user = |at: usize, next: usize| owners.get((at + next) % owners.len()).map(|name| spelled(name, at + next));
    for (at, line) in lines.iter_mut().enumerate().filter(|(at, _)| is_clean(*at)) {
        let [on, needs, shares, by, users] = &mut line.links;
        let before = at.checked_sub(1).filter(|_| at % 5 == 1);
        if let Some((_, name, _)) = before.and_then(|before| own(before, line.owner)) {
            on.clone_from(name);
            dirt.relations += 1;
        }
        let ring = at / 100 * 100 + 20;
        if (ring..ring + 3).contains(&at) && (ring..ring + 3).all(|one| own(one, line.owner).is_some()) {
            let next = ring + (at - ring + 1) % 3;
            needs.clone_from(&known[next].1);
            dirt.relations += 1;
        }
        // What has an address may stand in another body's list as well.
        let far = (at + known.len() / 2) % known.len();
        let is_far = at % 10 == 3 && is_clean(far);
        let other = known.get(far).filter(|(of, _, is_alone)| is_far && *of != line.owner && *is_alone);
        if let Some((_, name, _)) = other {
            shares.clone_from(name);
            dirt.relations += 1;
            if at % 20 == 3 {
                shares.push_str("; Hệ thống không ai biết");
                dirt.strangers += 1;
            }
        }
        if at % 25 == 14 {
            *by = "Công ty ngoài danh mục".into();
            dirt.strangers += 1;
        }
        if at % 6 == 4 && owners.len() > 2 {
            let two: Vec<String> = (1..3).filter_map(|next| user(line.owner, next)).collect();
            *users = two.join("\n");
            dirt.uses += two.len();
        }
    }
}

/// A workbook of so many systems of these bodies, with a title, heads in two rows, merged cells, spellings of bodies, days as
/// text, lines twice, costs below nothing, and a total.
///
/// # Errors
/// Where a workbook cannot be written.
pub fn sheet(systems: usize, seed: u64, owners: &[String]) -> Result<(Vec<u8>, Dirt), Problem> {
    if owners.is_empty() || systems == 0 {
        return Err(Problem::bad_input("generate-nothing"));
    }
    let (mut lines, mut dirt) = lines(systems, seed, owners.len());
    relate(&mut lines, owners, &mut dirt);
    Ok((write(&lines, owners).map_err(Problem::internal)?, dirt))
}

fn write(lines: &[Line], owners: &[String]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // Else the hour of writing stands in it, and no two are alike.
    let made = ExcelDateTime::from_ymd(2026, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let sheet = book.add_worksheet();
    sheet.set_name("Hệ thống")?;
    let plain = Format::new();
    sheet.merge_range(0, 0, 0, 15, "DANH MỤC HỆ THỐNG THÔNG TIN", &plain)?;
    for (column, head) in (0_u16..).zip(HEADS) {
        if column == 2 {
            sheet.merge_range(2, 2, 2, 3, head, &plain)?;
            sheet.write_string(3, 2, "Chủ quản")?;
            sheet.write_string(3, 3, "Vận hành")?;
        } else if column != 3 {
            sheet.merge_range(2, column, 3, column, head, &plain)?;
        }
    }
    let mut row = 4;
    for (at, line) in lines.iter().enumerate() {
        let begins = at == 0 || lines.get(at - 1).is_some_and(|before| before.owner != line.owner);
        if begins {
            row = owner(sheet, row, lines, (at, line.owner), owners, &plain)?;
        }
        sheet.write_string(row, 0, (at + 1).to_string())?;
        let columns = [1_u16, 3, 4, 5, 6, 7, 8, 9, 10].into_iter().chain(11..16);
        for (column, cell) in columns.zip(line.cells.iter().chain(&line.links)) {
            if !cell.is_empty() {
                sheet.write_string(row, column, cell)?;
            }
        }
        row += 1;
    }
    sheet.write_string(row, 1, "Tổng cộng")?;
    sheet.write_string(row, 5, lines.len().to_string())?;
    book.save_to_buffer()
}

/// Says whose the next lines are: by a row of its own, by a merged cell, or in each line in another spelling.
fn owner(
    sheet: &mut Worksheet,
    row: u32,
    lines: &[Line],
    (at, owner): (usize, usize),
    owners: &[String],
    plain: &Format,
) -> Result<u32, XlsxError> {
    let Some(name) = owners.get(owner) else { return Ok(row) };
    let count = lines.iter().skip(at).take_while(|line| line.owner == owner).count();
    let last = u32::try_from(count).unwrap_or(1);
    match owner % 3 {
        0 => {
            sheet.write_string(row, 0, format!("{}. {name}", roman(owner + 1)))?;
            return Ok(row + 1);
        }
        1 if count > 1 => {
            sheet.merge_range(row, 2, row + last - 1, 2, &spelled(name, owner), plain)?;
        }
        _ => {
            for (one, line) in (row..row + last).enumerate() {
                sheet.write_string(line, 2, spelled(name, one))?;
            }
        }
    }
    Ok(row)
}

fn roman(number: usize) -> String {
    let mut left = number;
    let mut out = String::new();
    for (value, sign) in [(50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")] {
        while left >= value {
            out.push_str(sign);
            left -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_makes_the_same_sheet() {
        let owners = ["Sở Tài chính", "Sở Y tế", "UBND xã Sông Mẫu"].map(str::to_owned);
        let made = |seed| sheet(200, seed, &owners).unwrap();
        assert_eq!(made(1).0, made(1).0);
        assert_ne!(made(1).0, made(2).0);
        let dirt = made(1).1;
        assert_eq!((dirt.twice, dirt.negative, dirt.unknown_owner, dirt.days), (4, 4, 4, 4));
        assert!(dirt.relations > 20 && dirt.uses > 20 && dirt.strangers >= 8, "{dirt:?}");
    }

    #[test]
    fn numbers_of_groups_are_roman() {
        assert_eq!([1, 4, 9, 46].map(roman), ["I", "IV", "IX", "XLVI"]);
    }
}
