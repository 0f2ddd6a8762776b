//! What is measured in the year: availability by month, the label of a platform, networks of the communes.

use jiff::ToSpan as _;
use kernel::Problem;
use webkit::Bytes;

use super::hands::{Hands, said};
use crate::{
    model::availability::AvailabilityInput,
    usecase::{availability::measure, label::label_say, telecom},
};

/// A system, and for how many minutes it was down in the month that is over.
const DOWN: [(&str, &str); 3] =
    [("Quản lý tài sản công", "95"), ("Quản lý ngân sách", "0"), ("Nền tảng điện toán đám mây", "12")];

pub async fn availability(hands: &Hands<'_>) -> Result<(), Problem> {
    let month = hands.today().saturating_sub(1.month()).strftime("%m/%Y").to_string();
    for (name, minutes) in DOWN {
        let input = AvailabilityInput {
            month: month.clone(),
            minutes: minutes.into(),
            source: "Hệ thống giám sát của tỉnh".into(),
            ..AvailabilityInput::default()
        };
        measure(hands.app, hands.ctx, (hands.system(name).await?.id, 0), &input).await?;
    }
    Ok(())
}

/// Some requirements are met, the others are planned: it is not public yet.
pub async fn label(hands: &Hands<'_>) -> Result<(), Problem> {
    let platform = hands.system("Nền tảng điện toán đám mây").await?.id;
    let states = said(&[
        ("state-backup", "met"),
        ("evidence-backup", "Biên bản diễn tập khôi phục số 4"),
        ("state-log", "met"),
        ("evidence-log", "Báo cáo nhật ký quý I"),
        ("state-access", "planned"),
    ]);
    label_say(hands.app, hands.ctx, (platform, 0), &states).await.map(|_| ())
}

/// What operators report of the year before.
pub async fn networks(hands: &Hands<'_>) -> Result<(), Problem> {
    let year = hands.today().year() - 1;
    let coverage = format!(
        "Tên xã,Năm,Số hộ,Số hộ có băng rộng cố định,Dân số,Dân số được phủ sóng 4G,Số vùng lõm sóng\n\
         UBND xã Sông Mẫu,{year},2400,1980,9100,9020,1\n\
         UBND xã Đồi Mẫu,{year},1800,1150,7300,6900,4\n\
         UBND xã Núi Mẫu,{year},950,410,4100,3300,7\n"
    );
    let lines = telecom::preview(&telecom::COVERAGE, hands.app, hands.ctx, Bytes::from(coverage)).await?;
    telecom::take(hands.app, hands.ctx, &lines, "coverage.import").await?;
    let built =
        format!("Tên xã,Năm,Số cột ăng ten,Số bể cáp\nUBND xã Sông Mẫu,{year},12,80\nUBND xã Đồi Mẫu,{year},9,31\n");
    let lines = telecom::preview(&telecom::PASSIVE, hands.app, hands.ctx, Bytes::from(built)).await?;
    telecom::take(hands.app, hands.ctx, &lines, "passive.import").await
}
