//! Level dossiers: one that walks to its approval, one that runs out soon, a proposal, and one system without.

use jiff::ToSpan as _;
use kernel::{Problem, Role};
use webkit::{Answers, kept_edit};

use super::{
    hands::{FINANCE, Hands, SCIENCE, said},
    more::{CALENDAR, COMPLAINTS, REPORTS},
};
use crate::{
    model::{
        System,
        level::{Dossier, DossierInput, rules},
    },
    store::level::of_system,
    usecase::level::{
        act::dossier_act, controls::controls_say, guard::system_overrule, propose::dossier_propose,
        record::decision_record,
    },
};

async fn of(hands: &Hands<'_>, name: &str) -> Result<Dossier, Problem> {
    let system = hands.system(name).await?.id;
    of_system(&hands.app.db().read(), system).await?.into_iter().next().ok_or_else(Problem::not_found)
}

/// A decision on paper, of before the system operated.
pub async fn record(hands: &Hands<'_>) -> Result<(), Problem> {
    let until = hands.today().first_of_month().saturating_add(13.months()).saturating_add(10.days());
    let input = DossierInput {
        number: "1187/QĐ-UBND".into(),
        on_day: hands.in_months(-20).to_string(),
        level: "2".into(),
        valid_through: until.to_string(),
        ..DossierInput::default()
    };
    let system = hands.system(COMPLAINTS).await?;
    decision_record(hands.app, &hands.leader()?, (system.id, system.rev), &input).await.map(|_| ())
}

/// Proposed, its controls said, and sent to whom appraises it.
pub async fn send(hands: &Hands<'_>) -> Result<(), Problem> {
    let (officer, system) = (hands.coordinator()?, hands.system(REPORTS).await?.id);
    let facts = [("scope", "public"), ("information", "private"), ("online_service", "partial"), ("people", "800")];
    let row = dossier_propose(hands.app, &officer, (system, 0), &said(&facts)).await?;
    let today = hands.today().to_string();
    let one = |all: Answers, key: &str| {
        let (state, evidence) = (format!("state-{key}"), format!("evidence-{key}"));
        let all = all.with(&state, "met").with(&evidence, "Quy chế số 12/QC-VP");
        all.with(&format!("day-{key}"), today.as_str())
    };
    let controls = rules().controls(row.level_number());
    let controls = controls.fold(Answers::default(), |all, (_, control)| one(all, &control.key));
    let row = controls_say(hands.app, &officer, (row.id, row.rev), &controls).await?;
    let input = DossierInput { act: "send".into(), rev: row.rev, reviewer: SCIENCE.into(), ..DossierInput::default() };
    dossier_act(hands.app, &officer, row.id, &input).await.map(|_| ())
}

pub async fn appraise(hands: &Hands<'_>) -> Result<(), Problem> {
    let (row, number) = (of(hands, REPORTS).await?, "64/SKHCN-CNS".to_owned());
    let input = DossierInput { act: "appraise".into(), rev: row.rev, number, ..DossierInput::default() };
    dossier_act(hands.app, &hands.of(SCIENCE, Role::PROGRAMME)?, row.id, &input).await.map(|_| ())
}

/// By a third one; then it may begin.
pub async fn approve(hands: &Hands<'_>) -> Result<(), Problem> {
    let (row, today) = (of(hands, REPORTS).await?, hands.today().to_string());
    let input = DossierInput {
        act: "approve".into(),
        rev: row.rev,
        number: "412/QĐ-UBND".into(),
        on_day: today.clone(),
        ..DossierInput::default()
    };
    dossier_act(hands.app, &hands.leader()?, row.id, &input).await?;
    let (officer, system) = (hands.coordinator()?, hands.system(REPORTS).await?);
    let begins = said(&[("state", "operating"), ("operating_since", today.as_str())]);
    kept_edit::<System>(hands.app, &officer, "system.edit", (system.id, system.rev), &begins).await.map(|_| ())
}

/// It begins all the same, by the word of a leader.
pub async fn overrule(hands: &Hands<'_>) -> Result<(), Problem> {
    let system = hands.system(CALENDAR).await?;
    let reason = "Phục vụ tiếp công dân đợt cao điểm, hồ sơ cấp độ trình sau 30 ngày";
    system_overrule(hands.app, &hands.leader()?, (system.id, system.rev), (reason, "")).await.map(|_| ())
}

/// The yearly check of the one, and a proposal for another that has operated without for years.
pub async fn check(hands: &Hands<'_>) -> Result<(), Problem> {
    let row = of(hands, COMPLAINTS).await?;
    let input = DossierInput {
        act: "check".into(),
        rev: row.rev,
        number: "Biên bản kiểm tra số 21/BB-VP".into(),
        on_day: hands.today().to_string(),
        ..DossierInput::default()
    };
    dossier_act(hands.app, &hands.coordinator()?, row.id, &input).await?;
    let (officer, system) = (hands.of(FINANCE, Role::OFFICER)?, hands.system("Quản lý ngân sách").await?.id);
    let facts = [("scope", "internal"), ("information", "private"), ("online_service", "none"), ("people", "420")];
    dossier_propose(hands.app, &officer, (system, 0), &said(&facts)).await.map(|_| ())
}
