//! Cells and the values of labels.

use super::*;

#[test]
fn cells_are_split_where_a_reader_would() {
    let cases = [
        ("Sở Mẫu; Công an tỉnh.", "Sở Mẫu | Công an tỉnh"),
        ("Sở Văn hóa, Thể thao và Du lịch, sở Tài chính", "Sở Văn hóa, Thể thao và Du lịch | sở Tài chính"),
        ("Các sở, ban, ngành; UBND các xã, phường, đặc khu", "Các sở, ban, ngành | UBND các xã, phường, đặc khu"),
        (
            "Văn phòng UBND tỉnh và các sở, ban, ngành có liên quan",
            "Văn phòng UBND tỉnh | các sở, ban, ngành có liên quan",
        ),
        (
            "các đơn vị, tổ chức và doanh nghiệp cung cấp dịch vụ",
            "các đơn vị, tổ chức và doanh nghiệp cung cấp dịch vụ",
        ),
        ("Các doanh nghiệp viễn thông, doanh nghiệp số", "Các doanh nghiệp viễn thông | doanh nghiệp số"),
        ("Các sở, ban, ngành UBND các xã, phường", "Các sở, ban, ngành | UBND các xã, phường"),
        ("Văn phòng HĐND và UBND xã, Công an xã", "Văn phòng HĐND và UBND xã | Công an xã"),
        ("các sở, ban, ngành, địa phương", "các sở, ban, ngành, địa phương"),
        ("Sở Tài chính và Sở Nội vụ", "Sở Tài chính | Sở Nội vụ"),
        ("UBND các xã, phường, đặc khu", "UBND các xã, phường, đặc khu"),
        ("- Sở Nội vụ\n- Sở Y tế\n- Công an tỉnh", "Sở Nội vụ | Sở Y tế | Công an tỉnh"),
        ("Sở Khoa học và\nCông nghệ", "Sở Khoa học và Công nghệ"),
        ("Sở Tài chính\nSở Nội vụ", "Sở Tài chính | Sở Nội vụ"),
        ("1. Sở Y tế; 2. Sở Nội vụ", "Sở Y tế | Sở Nội vụ"),
        ("Sở KH&CN, CA tỉnh, VP UBND tỉnh", "Sở KH&CN | CA tỉnh | VP UBND tỉnh"),
        ("Phòng ATTT&DL", "Phòng ATTT&DL"),
        ("Trung tâm CNS và ĐMST", "Trung tâm CNS và ĐMST"),
        ("Các phòng, bộ phận theo chức năng nhiệm vụ", "Các phòng, bộ phận theo chức năng nhiệm vụ"),
        ("Sở Y tế (chủ trì), Sở Nội vụ (phối hợp)", "Sở Y tế | Sở Nội vụ"),
        ("Nhóm chuyên gia, Sở Y tế", "Nhóm chuyên gia | Sở Y tế"),
        ("Văn phòng, các phòng chuyên môn", "Văn phòng | các phòng chuyên môn"),
        ("Công an tỉnh , Sở Giáo dục và Đào tạo", "Công an tỉnh | Sở Giáo dục và Đào tạo"),
        (
            "Các doanh nghiệp du lịch, doanh nghiệp kinh doanh vận tải, hợp tác xã chế biến hàng hóa như trà sạch",
            "Các doanh nghiệp du lịch | doanh nghiệp kinh doanh vận tải | hợp tác xã chế biến hàng hóa như trà sạch",
        ),
        ("", ""),
        ("-", ""),
        ("Văn phòng UBND tỉnh, Chủ tịch UBND xã", "Văn phòng UBND tỉnh | Chủ tịch UBND xã"),
    ];
    let wrong: Vec<String> = cases
        .iter()
        .filter(|(text, want)| joined(&split(text)) != *want)
        .map(|(text, want)| format!("{text}\n    is    {}\n    wants {want}", joined(&split(text))))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
