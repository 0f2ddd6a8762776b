use super::show;
use grammar::number::{of_cell, with_unit_column};

#[test]
fn a_cell_that_holds_a_figure() {
    let cases = [
        ("≥ 95%", "≥95 %"),
        ("Tối thiểu 3 hệ thống", "≥3 hệ thống"),
        ("1.200", "1200"),
        ("40 - 50", "40..50"),
        ("80%-90%", "80..90 %"),
        ("Từ 80%", "≥80 %"),
        ("100% (toàn bộ)", "100 %"),
        ("Đạt 0,75 trở lên", "≥0.75"),
        ("2026", "2026"),
        ("02/03 xã", "2/3 xã"),
        ("80.", "80"),
        ("Cấp độ 3", "3 <Cấp độ>"),
        ("phấn đấu đạt cấp độ 5", "≥5 <cấp độ>*"),
        ("3 hệ thống dùng chung của tỉnh", "3 hệ thống dùng chung của tỉnh"),
        ("31/12/2026", ""),
        ("Quý II/2026", ""),
        ("x", ""),
        ("-", ""),
        ("", ""),
        ("Đạt", ""),
        ("22/KH-UBND", ""),
        ("60% năm 2026, 80% năm 2028", ""),
    ];
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(cell, right)| {
            let read = of_cell(cell).as_ref().map(show::figure).unwrap_or_default();
            (read != *right).then(|| format!("{cell}\n  right {right}\n  read  {read}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_column_gives_the_unit() {
    let show = |cell: &str, column: &str| with_unit_column(cell, column).as_ref().map(show::figure).unwrap_or_default();
    assert_eq!(show("80", "%"), "80 %");
    assert_eq!(show("40 - 50", "Tổ chức"), "40..50 Tổ chức");
    assert_eq!(show("80 %", "%"), "80 %");
    assert_eq!(show("1.250,5", "(Tỷ đồng)"), "1250.5 Tỷ đồng");
    assert!((with_unit_column("2", "Tỷ đồng").unwrap().plain() - 2_000_000_000.0).abs() < 1.0);
    assert_eq!(show("5 xã", "Thôn"), "5 xã !OtherUnit");
    assert_eq!(show("5", "-"), "5");
}
