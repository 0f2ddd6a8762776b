//! Migrations: two that are accepted, one that goes back, one under way.

use kernel::{Ctx, Problem, Role};

use super::hands::{Hands, SCIENCE, said};
use crate::{
    model::{
        SystemId,
        moves::{Migration, MigrationAct, StepInput},
    },
    store::moves::{of_system, steps},
    usecase::{
        level::propose::dossier_propose,
        moves::{act::migration_act, edit::migration_edit, open::migration_open, step::step_act},
    },
};

/// What both sides found of the copy.
const COPY: &str = "sha256:9f2c1e77a0b34d58c6e1f0a9b7d2438855aa01ce6b7f90d1e2c3b4a5968778f0";

async fn of(hands: &Hands<'_>, name: &str) -> Result<Migration, Problem> {
    let system = hands.system(name).await?.id;
    of_system(&hands.app.db().read(), system).await?.into_iter().next().ok_or_else(Problem::not_found)
}

/// Whoever carries it out: the department in charge.
fn runner(hands: &Hands<'_>) -> Result<Ctx, Problem> {
    hands.of(SCIENCE, Role::PROGRAMME)
}

/// Opened and started, announced for a window that begins so many months later; steps before it are done.
pub async fn open(hands: &Hands<'_>, keeper: &Ctx, name: &str, (wave, months): (&str, i32)) -> Result<(), Problem> {
    let (system, begins) = (hands.system(name).await?.id, hands.in_months(months));
    let ends = begins.tomorrow().map_err(Problem::internal)?;
    let plan = [("strategy", "rehost"), ("to_hosting", "provincial_cloud"), ("runner", SCIENCE), ("wave", wave)];
    let plan = said(&plan)
        .with("window_begins", begins.to_string())
        .with("window_ends", ends.to_string())
        .with("window_hours", "20:00 - 05:00")
        .with("announcement", "215/TB-SKHCN")
        .with("announced_on", hands.today().to_string());
    let row = migration_open(hands.app, keeper, system, &plan).await?;
    let row = migration_act(hands.app, keeper, (row.id, row.rev), MigrationAct::Start, "").await?;
    done(hands, &row, &[("inventory", "Báo cáo rà soát số 31/BC-SKHCN"), ("announcement", "")]).await
}

/// The copy is verified and the way back was tried, and the system is moved on the day on which its window begins.
pub async fn cut_over(hands: &Hands<'_>, name: &str) -> Result<(), Problem> {
    let row = of(hands, name).await?;
    let copy = said(&[("checksum_given", COPY), ("checksum_verified", COPY)]);
    let row = migration_edit(hands.app, &runner(hands)?, (row.id, row.rev), &copy).await?;
    done(hands, &row, &[("return-tried", "Biên bản thử số 12/BB-SKHCN"), ("data-verified", "")]).await?;
    let row = migration_act(hands.app, &runner(hands)?, (row.id, row.rev), MigrationAct::CutOver, "").await?;
    done(hands, &row, &[("cut-over", "Biên bản chuyển số 14/BB-SKHCN")]).await
}

/// Everything is proven, and a leader who had no hand in it accepts.
pub async fn accept(hands: &Hands<'_>, name: &str) -> Result<(), Problem> {
    let row = of(hands, name).await?;
    renewed(hands, row.system_id).await?;
    let proven = [
        ("dossier", "Phụ lục hồ sơ cấp độ số 03"),
        ("old-off", "Biên bản thu hồi máy chủ số 18/BB-SKHCN"),
        ("backup", "Biên bản khôi phục thử số 19/BB-SKHCN"),
    ];
    done(hands, &row, &proven).await?;
    migration_act(hands.app, &hands.leader()?, (row.id, row.rev), MigrationAct::Accept, "").await.map(|_| ())
}

/// Its level is proposed anew for the new place.
async fn renewed(hands: &Hands<'_>, system: SystemId) -> Result<(), Problem> {
    let facts = said(&[("scope", "internal"), ("information", "private"), ("online_service", "none")]);
    dossier_propose(hands.app, &hands.coordinator()?, (system, 0), &facts).await.map(|_| ())
}

pub async fn roll_back(hands: &Hands<'_>, name: &str) -> Result<(), Problem> {
    let row = of(hands, name).await?;
    let reason = "Máy in đơn thuốc không kết nối được, quay lại để không gián đoạn khám chữa bệnh";
    let row = migration_act(hands.app, &runner(hands)?, (row.id, row.rev), MigrationAct::RollBack, reason).await?;
    done(hands, &row, &[("return-told", "222/TB-SKHCN"), ("return-runs", "Biên bản số 16/BB-SKHCN")]).await
}

/// Steps done, each with what proves it.
async fn done(hands: &Hands<'_>, row: &Migration, proofs: &[(&str, &str)]) -> Result<(), Problem> {
    let runner = runner(hands)?;
    let all = steps(&hands.app.db().read(), row.id).await?;
    for (code, document) in proofs {
        let step = all.iter().find(|step| step.code == *code).ok_or_else(Problem::not_found)?;
        let document = (*document).to_owned();
        let input = StepInput { act: "done".into(), rev: step.rev, document, ..StepInput::default() };
        step_act(hands.app, &runner, step.id, &input).await?;
    }
    Ok(())
}
