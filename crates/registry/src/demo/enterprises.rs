//! State-owned enterprises of the province, all of them made up, and what they sign.

use jiff::ToSpan as _;
use kernel::{Problem, Role};

use super::hands::{FINANCE, Hands, SCIENCE};
use crate::{
    store::enterprise,
    usecase::enterprises::{
        forms::{EnterpriseFormInput, enterprise_form},
        listed::{EnterpriseInput, enterprise_add},
    },
};

/// Name and tax code; codes of this beginning are given to nobody.
const LISTED: [(&str, &str); 5] = [
    ("Công ty Cấp thoát nước Sông Mẫu", "9900000016"),
    ("Công ty Xổ số kiến thiết Tỉnh Mẫu", "9900000023"),
    ("Công ty Môi trường đô thị Đồi Mẫu", "9900000030"),
    ("Công ty Thủy lợi Núi Mẫu", "9900000048"),
    ("Công ty Lâm nghiệp Rừng Mẫu", "9900000055"),
];
/// By tax code: whether cloud services are used, whose they are, by whom they are given, and how many.
const SIGNED: [(&str, &str, &str, &str, &str); 4] = [
    ("9900000016", "yes", "yes", "Công ty Đám mây Sao Mẫu", "2"),
    ("9900000023", "yes", "yes", "", "1"),
    ("9900000030", "yes", "no", "Nimbus Mẫu Pte. Ltd.", "1"),
    ("9900000048", "no", "unknown", "", ""),
];

/// By the decision of the committee, entered by the department.
pub async fn list(hands: &Hands<'_>) -> Result<(), Problem> {
    let officer = hands.of(SCIENCE, Role::PROGRAMME)?;
    let day = hands.today().saturating_sub(3.days()).to_string();
    for (name, tax_code) in LISTED {
        let input = EnterpriseInput {
            name: name.into(),
            tax_code: tax_code.into(),
            body: FINANCE.into(),
            document: "118/QĐ-UBND".into(),
            document_on: day.clone(),
            proof: "Hồ sơ văn bản đi, số 118".into(),
            valid_from: day.clone(),
            ..EnterpriseInput::default()
        };
        enterprise_add(hands.app, &officer, &input).await?;
    }
    Ok(())
}

/// One of them has not signed.
pub async fn sign(hands: &Hands<'_>) -> Result<(), Problem> {
    let (officer, today) = (hands.of(SCIENCE, Role::PROGRAMME)?, hands.today());
    let listed = enterprise::all(&hands.app.db().read()).await?;
    for (tax_code, uses, is_domestic, provider, services) in SIGNED {
        let line = listed.iter().find(|line| line.tax_code == tax_code).ok_or_else(Problem::not_found)?;
        let provider = if provider.is_empty() { String::new() } else { hands.system(provider).await?.id.to_string() };
        let input = EnterpriseFormInput {
            year: today.year().to_string(),
            uses: uses.into(),
            is_domestic: is_domestic.into(),
            provider,
            services: services.into(),
            signed_on: today.to_string(),
            office: "Giám đốc".into(),
            proof: format!("Phiếu khai của {}", line.name),
            ..EnterpriseFormInput::default()
        };
        enterprise_form(hands.app, &officer, line.id, &input).await?;
    }
    Ok(())
}
