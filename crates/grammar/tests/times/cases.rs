use super::show;

fn check(cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(text, right)| {
            let read = grammar::time::scan(text).iter().map(show::found).collect::<Vec<_>>().join(" | ");
            (read != *right).then(|| format!("{text}\n  right {right}\n  read  {read}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn days() {
    check(&[
        ("hoàn thành trước ngày 31/12/2026", "<2026-12-31"),
        ("trước 31.12.2026", "<2026-12-31"),
        ("chậm nhất là ngày 05-8-2026", "≤2026-08-05"),
        ("đến ngày 31 tháng 12 năm 2026", "≤2026-12-31"),
        ("ngày 05 tháng 8 năm 2026", "2026-08-05"),
        ("ngày 05 tháng 8/2026", "2026-08-05"),
        ("ngày 30/6 năm 2026", "2026-06-30"),
        ("trước ngày 30/6", "<____-06-30 !NoYear"),
        ("trước 30/6", "<____-06-30 !NoYear"),
        ("đến hết ngày 30/6/2026", "≤2026-06-30"),
        ("chậm nhất đến trước ngày 20/5/2026", "<2026-05-20"),
        ("trước 17 giờ 00 ngày 20/6/2026", "<2026-06-20"),
        ("trước 17h00' ngày 20/6/2026", "<2026-06-20"),
        ("vào ngày 15/7/2026", "@2026-07-15"),
        ("kể từ ngày 01/7/2026", "≥2026-07-01"),
        ("Hạn: 15/9/2026", "≤2026-09-15"),
        ("31/02/2026", "2026-02-31 !Impossible"),
        ("31/6/2026", "2026-06-31 !Impossible"),
        ("trước ngày 31/4", "<____-04-31 !Impossible"),
        ("29/02/2026", "2026-02-29 !Impossible"),
        ("ngày 29/02", "____-02-29 !NoYear"),
        ("trước ngày 15/3/26", "<2026-03-15 !ShortYear"),
        ("2026-06-30", "2026-06-30"),
        ("từ ngày 01/6/2026 đến ngày 30/6/2026", "@2026-06-01..2026-06-30"),
        ("từ ngày 15/6 đến 30/6/2026", "@2026-06-15..2026-06-30"),
        ("từ ngày 15 đến ngày 20/6/2026", "@2026-06-15..2026-06-20"),
        ("ngày 15-20/6/2026", "2026-06-15..2026-06-20"),
        ("ngày 15, 16/6/2026", "2026-06-15..2026-06-16"),
        ("ngày 15/6/2026 và ngày 20/7/2026", "2026-06-15 | 2026-07-20"),
        ("01/6/2026 - 30/6/2026", "2026-06-01..2026-06-30"),
        ("từ ngày 30/9/2026 đến ngày 01/9/2026", "@2026-09-30..2026-09-01 !Reversed"),
        ("từ nay đến hết ngày 30/11/2026", "≤2026-11-30"),
        ("trước ngày\n30/6/2026", "<2026-06-30"),
        ("NGÀY 30 THÁNG 6 NĂM 2026", "2026-06-30"),
        ("ngày 30 - 6 - 2026", "2026-06-30"),
        ("hoàn thành trước thời điểm 01/7/2026", "<2026-07-01"),
        ("từ 1/3 đến 1/2 diện tích", ""),
        ("trong 10 ngày đầu tháng 6/2026", "2026-06 early"),
    ]);
}

#[test]
fn months_quarters_and_halves() {
    check(&[
        ("Tháng 12/2026", "2026-12"),
        ("tháng 6 năm 2026", "2026-06"),
        ("trong tháng 6/2026", "@2026-06"),
        ("trước tháng 10 năm 2026", "<2026-10"),
        ("Tháng 13/2026", "2026-13 !Impossible"),
        ("trong tháng 9", "@____-09 !NoYear"),
        ("Tháng 6-9/2026", "2026-06..2026-09"),
        ("Tháng 6 - tháng 9/2026", "2026-06..2026-09"),
        ("05/2026 - 12/2026", "2026-05..2026-12"),
        ("05-12/2026", "2026-05..2026-12"),
        ("từ tháng 5 đến tháng 12 năm 2026", "@2026-05..2026-12"),
        ("từ tháng 11/2026 đến tháng 02/2027", "@2026-11..2027-02"),
        ("tháng 5, 6, 7/2026", "2026-05..2026-07"),
        ("tháng 3, 6, 9 và 12/2026", "2026-03 | 2026-06 | 2026-09 | 2026-12"),
        ("tháng 5 và tháng 9 năm 2026", "2026-05 | 2026-09"),
        ("tháng Giêng năm 2026", "2026-01"),
        ("tháng mười hai năm 2026", "2026-12"),
        ("đầu tháng 6/2026", "2026-06 early"),
        ("trong cuối quý III/2026", "@2026q3 late"),
        ("cuối năm 2026", "2026 late"),
        ("Quý III/2026", "2026q3"),
        ("Quí III năm 2026", "2026q3"),
        ("Quý 3-2026", "2026q3"),
        ("quý IV", "____q4 !NoYear"),
        ("Q2/2026", "2026q2"),
        ("QIII/2026", "2026q3"),
        ("Quý II - Quý III/2026", "2026q2..2026q3"),
        ("Quý II-IV/2026", "2026q2..2026q4"),
        ("Quý I, II/2026", "2026q1..2026q2"),
        ("quý II và quý IV năm 2026", "2026q2 | 2026q4"),
        ("từ Quý IV/2026 đến Quý I/2027", "@2026q4..2027q1"),
        ("hết quý II năm 2026", "≤2026q2"),
        ("6 tháng đầu năm 2026", "2026h1"),
        ("06 tháng cuối năm 2026", "2026h2"),
        ("trong sáu tháng đầu năm 2026", "@2026h1"),
        ("9 tháng đầu năm 2026", "2026-01..2026-09"),
        ("nửa cuối năm 2026", "2026h2"),
        ("6 tháng đầu năm", "____h1 !NoYear"),
        ("Tháng 7 + 8/2026", "2026-07..2026-08"),
        ("Quý III, Quý IV năm 2026", "2026q3..2026q4"),
        ("Quý 1,2,3/2026", "2026q1..2026q3"),
        ("Năm 2026 (Quý II)", "2026 | 2026q2"),
        ("chậm nhất vào cuối quý III/2026", "≤2026q3 late"),
        ("tháng năm", ""),
    ]);
}

#[test]
fn years_and_stages() {
    check(&[
        ("Năm 2026", "2026"),
        ("2026", "2026"),
        ("Năm 2025 - 2030", "2025..2030"),
        ("2026-2030", "2026..2030"),
        ("từ năm 2026 đến năm 2030", "@2026..2030"),
        ("giai đoạn 2026 - 2030", "[2026..2030]"),
        ("trong giai đoạn 2026-2030", "@[2026..2030]"),
        ("giai đoạn từ năm 2026 đến năm 2030", "[2026..2030]"),
        ("nhiệm kỳ 2025 – 2030", "[2025..2030]"),
        ("năm học 2026-2027", "[2026..2027]"),
        ("đến năm 2030", "≤2030"),
        ("đến hết năm 2027", "≤2027"),
        ("đến 2030", "≤2030"),
        ("trước năm 2028", "<2028"),
        ("năm 2026 và những năm tiếp theo", "2026 +"),
        ("Năm 2026 và các năm tiếp theo", "2026 +"),
        ("từ năm 2027 trở đi", "≥2027 +"),
        ("các năm 2026, 2028, 2030", "2026 | 2028 | 2030"),
        ("năm 2026, 2027", "2026..2027"),
        ("2026 và các năm tiếp theo", "2026 +"),
        ("Năm 2026, các năm tiếp theo", "2026 +"),
        ("cả năm 2026", "2026"),
        ("trong năm 2026", "@2026"),
        ("giai đoạn 2030-2026", "[2030..2026] !Reversed"),
        ("đến 2000 doanh nghiệp", ""),
        ("Thực hiện 2026 nhiệm vụ", ""),
    ]);
}

#[test]
fn what_comes_again() {
    check(&[
        ("Hằng quý", "each Quarter"),
        ("hàng tháng", "each Month"),
        ("Thường xuyên hàng năm", "always | each Year"),
        ("Trước 30/6 hằng năm", "<each Year m6 d30"),
        ("hằng năm trước 30/6", "<each Year m6 d30"),
        ("hằng năm (trước ngày 10/12)", "<each Year m12 d10"),
        ("trước ngày 25 hằng tháng", "<each Month d25"),
        ("trước ngày 18 hàng tháng", "<each Month d18"),
        ("hằng tháng trước ngày 25", "<each Month d25"),
        ("trước ngày 15 của tháng cuối quý", "<each Quarter d15 last"),
        ("hằng quý trước ngày 20 của tháng cuối quý", "<each Quarter d20 last"),
        ("trước ngày 15/6 và ngày 15/12 hằng năm", "<each Year m6 d15 m12 d15"),
        ("định kỳ 6 tháng", "each HalfYear"),
        ("định kỳ 6 tháng, hằng năm", "each HalfYear | each Year"),
        ("định kỳ hằng quý, 6 tháng, năm", "each Quarter | each HalfYear | each Year"),
        ("định kỳ tháng, quý, năm", "each Month | each Quarter | each Year"),
        ("6 tháng một lần", "each HalfYear"),
        ("03 tháng/lần", "each Quarter"),
        ("02 lần/năm", "each HalfYear"),
        ("01 lần/quý", "each Quarter"),
        ("mỗi năm một lần", "each Year"),
        ("2 năm một lần", "each 2xYear"),
        ("thứ Sáu hằng tuần", "each Week w5"),
        ("hằng tuần vào thứ 6", "@each Week w5"),
        ("tháng 12 hằng năm", "each Year m12"),
        ("trong quý IV hằng năm", "@each Year q4"),
        ("trước ngày 05 tháng sau", "<each Month d5"),
        ("khách hàng năm 2026", "2026"),
        ("trước ngày 15 tháng 6 và 15 tháng 12 hằng năm", "<each Year m6 d15 m12 d15"),
        ("trước ngày 10 của tháng đầu quý sau", "<each Quarter d10 first"),
        (
            "báo cáo quý trước ngày 20 tháng cuối quý; báo cáo năm trước ngày 20/12",
            "<each Quarter d20 last | <each Year m12 d20",
        ),
        ("định kỳ 6 tháng (trước ngày 20/6), năm (trước ngày 20/12)", "<each HalfYear m6 d20 | <each Year m12 d20"),
        ("báo cáo năm 2026", "2026 name"),
        ("báo cáo quý I/2026", "2026q1"),
        ("trước 16h thứ Năm hằng tuần", "each Week w4"),
        ("Mỗi quý ít nhất 01 lần", "each Quarter"),
        ("hai lần mỗi năm", "each HalfYear"),
        ("Thường xuyên", "always"),
        ("thường xuyên, liên tục", "always"),
    ]);
}

#[test]
fn stretches_and_events() {
    check(&[
        ("trong 15 ngày kể từ ngày nhận được văn bản", "@15 Day from ngày nhận được văn bản"),
        ("trong thời hạn 05 ngày làm việc, kể từ ngày ký", "@5 WorkingDay from ngày ký"),
        ("sau 30 ngày làm việc", "≥30 WorkingDay"),
        ("chậm nhất 10 ngày sau khi kết thúc quý", "≤10 Day from kết thúc quý"),
        ("trong vòng 24 giờ", "@24 Hour"),
        ("không quá 15 (mười lăm) ngày", "≤15 Day"),
        ("trong mười lăm ngày", "@15 Day"),
        ("trong 5 - 7 ngày", "@5-7 Day"),
        ("15 ngày kể từ ngày ban hành", "15 Day from ngày ban hành"),
        ("Sau khi Bộ Mẫu ban hành hướng dẫn", "≥event Bộ Mẫu ban hành hướng dẫn"),
        ("ngay sau khi được phê duyệt, hoàn thành trước ngày 30/6/2026", "≥event được phê duyệt | <2026-06-30"),
        ("khi có hướng dẫn của Trung ương", "@event có hướng dẫn của Trung ương"),
        ("Sau khi Bộ Tài chính, Bộ Nội vụ có hướng dẫn", "≥event Bộ Tài chính, Bộ Nội vụ có hướng dẫn"),
        ("ngay sau khi Quy hoạch được duyệt và trước ngày 30/9/2026", "≥event Quy hoạch được duyệt | <2026-09-30"),
        ("trước kỳ họp thường lệ cuối năm của HĐND tỉnh", "<event kỳ họp thường lệ cuối năm của HĐND tỉnh"),
        ("báo cáo trước HĐND tỉnh", ""),
        ("khi cần thiết", "@event cần thiết"),
        ("trong 06 tháng", "@6 Month"),
        ("trong 3 năm 2026-2028", "2026..2028"),
    ]);
}

#[test]
fn what_is_no_term() {
    check(&[
        ("theo Luật Đất đai năm 2024", "2024 cited"),
        ("quy định tại Điều 7 Luật Đất đai năm 2024.", "2024 cited"),
        ("Luật Giao dịch điện tử năm 2023 và Luật Dữ liệu năm 2024", "2023 cited | 2024 cited"),
        ("Kế hoạch số 22/KH-UBND ngày 05/8/2025 của UBND tỉnh", "2025-08-05 cited"),
        ("Nghị quyết 57 ngày 22/12/2024", "2024-12-22 cited"),
        ("Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị", "2024-12-22 cited"),
        ("Quyết định số 12/2026/QĐ-TTg", ""),
        ("Nghị định số 32/2024/NĐ-CP; hoàn thành trước ngày 31/12/2026", "<2026-12-31"),
        ("Công văn ngày 05 tháng 8 năm 2025", "2025-08-05 cited"),
        ("tại cuộc họp ngày 07/4/2026", "2026-04-07 cited"),
        ("Quy hoạch tỉnh thời kỳ 2021 - 2030, tầm nhìn đến năm 2050", "[2021..2030] name | ≤2050 vision"),
        ("Chiến lược đến năm 2030, định hướng đến năm 2045", "≤2030 name | ≤2045 vision"),
        ("Kế hoạch chuyển đổi số năm 2026", "2026 name"),
        ("tăng 10% so với năm 2025", "2025 base"),
        ("so với cùng kỳ năm 2025", "2025 base"),
        ("tính đến ngày 30/9/2026", "≤2026-09-30 base"),
        ("có hiệu lực kể từ ngày 01/7/2026", "≥2026-07-01 cited"),
        ("Triển khai Chương trình phát triển nhà ở tỉnh đến năm 2030", "≤2030 name"),
        ("Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025", "2025-06-16 cited"),
        ("02/03 xã", ""),
        ("30/60 xã đạt chuẩn", ""),
        ("tỷ lệ 2/3", ""),
        ("số 12/2026", ""),
        ("trực 24/7", ""),
        ("điện thoại 0255.3822.456", ""),
    ]);
}
