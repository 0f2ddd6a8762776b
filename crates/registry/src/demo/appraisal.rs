//! Systems assessed, classified, reviewed and placed in waves.

use kernel::{Ctx, Problem, Role};

use super::hands::{FINANCE, Hands, said};
use crate::usecase::{
    assess::{Sent, assessment_answer},
    classify::classify_all,
    review::{ReviewInput, assessment_review},
    waves::{waves_plan, waves_terms},
};

/// Name, how it is installed, how its parts are supported, users, person-days.
const ANSWERS: [[&str; 5]; 7] = [
    ["Quản lý ngân sách", "physical", "ends_soon", "420", "45"],
    ["Quản lý tài sản công", "virtual_machine", "in_support", "260", "20"],
    ["Quản lý cán bộ, công chức", "physical", "in_support", "1200", "30"],
    ["Quản lý thi đua, khen thưởng", "virtual_machine", "in_support", "150", "12"],
    ["Quản lý bệnh án nội trú", "physical", "in_support", "900", "60"],
    ["Quản lý hạ tầng giao thông", "virtual_machine", "in_support", "80", ""],
    ["Giải quyết thủ tục hành chính", "containers", "ends_soon", "5000", "40"],
];
const OVERRULED: &str = "Quản lý ngân sách";

/// Weeks around the lunar new year in which nothing is switched off.
const NEW_YEARS: &str = "10/02/2026 - 24/02/2026\n30/01/2027 - 13/02/2027\n19/01/2028 - 02/02/2028\n\
    06/02/2029 - 20/02/2029\n26/01/2030 - 09/02/2030";

fn keeper(hands: &Hands<'_>, name: &str) -> Result<Ctx, Problem> {
    let is_finance = matches!(name, "Quản lý ngân sách" | "Quản lý tài sản công");
    if is_finance { hands.of(FINANCE, Role::OFFICER) } else { hands.coordinator() }
}

pub async fn assess(hands: &Hands<'_>) -> Result<(), Problem> {
    for [name, packaging, support, users, effort] in ANSWERS {
        let answers = [
            ("bound", "none"),
            ("replaced", "no"),
            ("shared_platform", "no"),
            ("packaging", packaging),
            ("support", support),
            ("database", "yes"),
            ("users", users),
            ("criticality", "medium"),
            ("service_exists", "no"),
        ];
        let answers = answers.map(|(question, answer)| (question.to_owned(), answer.to_owned())).into();
        let sent = Sent { answers, effort: Some(effort.to_owned()), ..Sent::default() };
        let system = hands.system(name).await?.id;
        assessment_answer(hands.app, &keeper(hands, name)?, (system, 0), &sent).await?;
    }
    classify_all(hands.app, hands.ctx).await.map(|_| ())
}

/// What the rules say is right, but once.
pub async fn review(hands: &Hands<'_>) -> Result<(), Problem> {
    let reviewer = hands.coordinator()?;
    for [name, ..] in ANSWERS {
        let own = ReviewInput {
            strategy: "retain".into(),
            reason: "Năm tới thay bằng hệ thống dùng chung; chuyển lúc này là làm hai lần".into(),
            rev: None,
        };
        let input = if name == OVERRULED { own } else { ReviewInput::default() };
        assessment_review(hands.app, &reviewer, hands.system(name).await?.id, &input).await?;
    }
    Ok(())
}

/// Few at a time, and none over the new year.
pub async fn waves(hands: &Hands<'_>) -> Result<(), Problem> {
    let terms = [
        ("days", "60"),
        ("most_systems", "3"),
        ("most_effort", "90"),
        ("most_waves", "8"),
        ("free_days", "20"),
        ("usual_effort", "20"),
        ("blackouts", NEW_YEARS),
    ];
    let terms = said(&terms).with("start_on", hands.today().to_string());
    waves_terms(hands.app, hands.ctx, 0, &terms).await?;
    waves_plan(hands.app, hands.ctx).await.map(|_| ())
}
