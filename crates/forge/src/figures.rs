//! Figures as Vietnamese documents write them: 2.000 · 2,5 · 1.250,75 · 1,5 triệu.

use plan_reader::Comparator;

use crate::dice::Dice;

/// A number in hundredths, so that no rounding comes between the text and the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number(pub i64);

impl Number {
    pub fn whole(value: i64) -> Self {
        Self(value * 100)
    }

    #[expect(clippy::cast_precision_loss, reason = "hundredths of at most millions")]
    pub fn value(self) -> f64 {
        self.0 as f64 / 100.0
    }

    /// "1.250,75"
    pub fn written(self) -> String {
        let (whole, part) = ((self.0 / 100).to_string(), self.0 % 100);
        let mut grouped = String::new();
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                grouped.push('.');
            }
            grouped.push(digit);
        }
        match part {
            0 => grouped,
            part if part % 10 == 0 => format!("{grouped},{}", part / 10),
            part => format!("{grouped},{part:02}"),
        }
    }
}

/// The words before and behind a figure, and what they say of it.
pub fn compared(dice: &mut Dice, least: bool) -> (&'static str, &'static str, Comparator) {
    if !least {
        return dice.one(&[
            ("dưới ", "", Comparator::Below),
            ("không quá ", "", Comparator::AtMost),
            ("tối đa ", "", Comparator::AtMost),
        ]);
    }
    dice.one(&[
        ("", "", Comparator::Equal),
        ("", "", Comparator::Equal),
        ("trên ", "", Comparator::Above),
        ("hơn ", "", Comparator::Above),
        ("ít nhất ", "", Comparator::AtLeast),
        ("tối thiểu ", "", Comparator::AtLeast),
        ("không dưới ", "", Comparator::AtLeast),
        ("", " trở lên", Comparator::AtLeast),
        ("từ ", " trở lên", Comparator::AtLeast),
    ])
}

/// What is counted: its name, its unit, from and to in hundredths, the step.
pub struct Measure {
    pub name: &'static str,
    pub unit: &'static str,
    pub least: i64,
    pub most: i64,
    pub step: i64,
    /// More is better.
    pub upward: bool,
}

const fn measure(name: &'static str, unit: &'static str, least: i64, most: i64, step: i64, upward: bool) -> Measure {
    Measure { name, unit, least, most, step, upward }
}

pub const MEASURES: [Measure; 30] = [
    measure("Diện tích rừng trồng mới", "ha", 50_000, 2_000_000, 5_000, true),
    measure("Diện tích lúa chất lượng cao", "nghìn ha", 500, 9_000, 25, true),
    measure("Sản lượng thủy sản", "tấn", 100_000, 9_000_000, 10_000, true),
    measure("Tổng công suất điện mặt trời mái nhà", "MW", 5_000, 150_000, 75, true),
    measure("Thu ngân sách trên địa bàn", "tỷ đồng", 100_000, 2_500_000, 500, true),
    measure("Vốn đầu tư toàn xã hội", "nghìn tỷ đồng", 1_000, 12_000, 50, true),
    measure("Lượng khách du lịch", "triệu lượt", 50, 900, 10, true),
    measure("Chỉ số chuyển đổi số cấp tỉnh", "điểm", 40, 95, 1, true),
    measure("Chỉ số phát triển con người", "", 60, 92, 1, true),
    measure("Thu nhập bình quân đầu người", "triệu đồng/năm", 5_000, 14_000, 50, true),
    measure("Số giường bệnh trên một vạn dân", "giường", 2_500, 4_500, 50, true),
    measure("Thời gian giải quyết hồ sơ đất đai", "ngày làm việc", 300, 1_500, 100, false),
    measure("Tỷ lệ hộ nghèo đa chiều", "%", 50, 500, 10, false),
    measure("Tỷ lệ thất nghiệp khu vực đô thị", "%", 100, 400, 25, false),
    measure("Tỷ lệ che phủ rừng", "%", 3_000, 6_500, 25, true),
    measure("Tỷ lệ lấp đầy cụm công nghiệp", "%", 4_000, 9_500, 500, true),
    measure("Tỷ lệ lao động qua đào tạo có bằng cấp", "%", 2_500, 4_000, 50, true),
    measure("Tỷ lệ giải ngân vốn đầu tư công", "%", 8_000, 10_000, 100, true),
    measure("Mức giảm phát thải so với năm cơ sở", "%", 500, 3_000, 50, true),
    measure("Số sản phẩm OCOP được công nhận", "sản phẩm", 5_000, 40_000, 100, true),
    measure("Số doanh nghiệp thành lập mới", "doanh nghiệp", 30_000, 500_000, 1_000, true),
    measure("Số trạm sạc xe điện công cộng", "trạm", 2_000, 60_000, 100, true),
    measure("Chiều dài đường giao thông nông thôn được cứng hóa", "km", 5_000, 150_000, 50, true),
    measure("Số lao động được giải quyết việc làm", "lao động", 100_000, 2_500_000, 10_000, true),
    measure("Kim ngạch xuất khẩu", "triệu USD", 10_000, 250_000, 150, true),
    measure("Số xã đạt chuẩn nông thôn mới nâng cao", "xã", 300, 6_000, 100, true),
    measure("Số khu công nghiệp được thành lập mới", "khu", 200, 1_200, 100, true),
    measure("Lượng nước thải đô thị được xử lý", "m3/ngày đêm", 100_000, 3_000_000, 5_000, true),
    measure("Tuổi thọ trung bình của người dân", "tuổi", 7_300, 7_700, 10, true),
    measure("Điểm đánh giá hài lòng của người dân", "điểm", 8_000, 9_900, 5, true),
];

impl Measure {
    pub fn number(&self, dice: &mut Dice) -> Number {
        Number(self.least + self.step * dice.between(0, (self.most - self.least) / self.step))
    }
}

/// Who or what is counted in percent, ready to follow the figure.
pub const SHARES: [&str; 30] = [
    "hồ sơ thủ tục hành chính được giải quyết đúng hạn",
    "cán bộ, công chức được bồi dưỡng kỹ năng số",
    "hộ dân nông thôn được dùng nước sạch theo quy chuẩn",
    "chất thải rắn sinh hoạt được thu gom",
    "doanh nghiệp sử dụng hóa đơn điện tử từ máy tính tiền",
    "trường học có phòng học bộ môn đạt chuẩn",
    "người dân có sổ sức khỏe điện tử",
    "thôn có nhà văn hóa hoạt động thường xuyên",
    "văn bản trao đổi giữa các cơ quan được ký số",
    "cơ sở sản xuất nằm xen trong khu dân cư phải di dời",
    "trẻ em dưới 6 tuổi được cấp thẻ bảo hiểm y tế",
    "hợp tác xã hoạt động có hiệu quả",
    "báo cáo định kỳ được gửi qua hệ thống thông tin",
    "tuyến đường xã có đèn chiếu sáng",
    "diện tích cây trồng cạn được tưới tiết kiệm",
    "học sinh tiểu học được học hai buổi mỗi ngày",
    "chợ hạng hai thanh toán không dùng tiền mặt",
    "vụ việc hòa giải ở cơ sở thành công",
    "tàu cá trên 15 mét lắp thiết bị giám sát hành trình",
    "trạm y tế có bác sĩ làm việc",
    "cơ sở dữ liệu chuyên ngành được kết nối với trục của tỉnh",
    "hộ kinh doanh thoát khỏi diện thuế khoán",
    "cụm dân cư có tổ liên gia an toàn phòng cháy",
    "người cao tuổi được khám sức khỏe ít nhất một lần trong năm",
    "sản phẩm nông nghiệp chủ lực có mã truy xuất nguồn gốc",
    "nghĩa vụ tài chính về đất đai được nộp trực tuyến",
    "công trình công cộng bảo đảm cho người khuyết tật tiếp cận",
    "lao động trong khu công nghiệp có chỗ ở ổn định",
    "camera an ninh được kết nối về trung tâm điều hành",
    "di tích cấp tỉnh được số hóa",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_vietnamese_write_them() {
        let written = [200_000, 250, 125_075, 75, 1_234_500, 6_000].map(|number| Number(number).written());
        assert_eq!(written, ["2.000", "2,5", "1.250,75", "0,75", "12.345", "60"]);
    }
}
