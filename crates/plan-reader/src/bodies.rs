//! "Sở A, Sở B; các sở, ban, ngành và UBND các xã" as a list of bodies.
//!
//! A comma separates bodies only where the next words begin the name of a body, and never inside a group whose nouns
//! share one modifier ("các đơn vị, tổ chức và doanh nghiệp cung cấp dịch vụ").

mod parting;

pub use parting::Parting;

/// Splits a list of bodies as a reader would. The order is kept; nothing is invented or dropped.
pub fn split(text: &str) -> Vec<String> {
    Parting::of(text).parts(text, 0..text.len()).map(str::to_owned).collect()
}

/// Bytes at the beginning of a text that tell whether it begins with a body.
pub const TELLING: usize = parting::LONGEST_HEAD;

/// Whether the words begin as the name of a body or of a group of bodies does.
pub fn is_body(text: &str) -> bool {
    parting::head(text.trim()).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_are_split_where_a_reader_would() {
        for (text, want) in [
            ("Sở Mẫu; Công an tỉnh.", vec!["Sở Mẫu", "Công an tỉnh"]),
            ("Sở Văn hóa, Thể thao và Du lịch, sở Tài chính", vec!["Sở Văn hóa, Thể thao và Du lịch", "sở Tài chính"]),
            (
                "Các sở, ban, ngành; UBND các xã, phường, đặc khu",
                vec!["Các sở, ban, ngành", "UBND các xã, phường, đặc khu"],
            ),
            (
                "Văn phòng UBND tỉnh và các sở, ban, ngành có liên quan",
                vec!["Văn phòng UBND tỉnh", "các sở, ban, ngành có liên quan"],
            ),
            (
                "các đơn vị, tổ chức và doanh nghiệp cung cấp dịch vụ",
                vec!["các đơn vị, tổ chức và doanh nghiệp cung cấp dịch vụ"],
            ),
            ("Các doanh nghiệp viễn thông, doanh nghiệp số", vec!["Các doanh nghiệp viễn thông", "doanh nghiệp số"]),
            ("Các sở, ban, ngành UBND các xã, phường", vec!["Các sở, ban, ngành", "UBND các xã, phường"]),
            ("Văn phòng UBND tỉnh, Chủ tịch UBND xã", vec!["Văn phòng UBND tỉnh, Chủ tịch UBND xã"]),
            ("Văn phòng HĐND và UBND xã, Công an xã", vec!["Văn phòng HĐND và UBND xã", "Công an xã"]),
            ("các sở, ban, ngành, địa phương", vec!["các sở, ban, ngành, địa phương"]),
        ] {
            assert_eq!(split(text), want);
        }
    }
}
