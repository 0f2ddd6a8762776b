//! Dinh's own dossier and label: what the running program knows of itself is filled in, and nothing else.

use std::collections::BTreeSet;

use db::{Row as _, Words, vals};
use kernel::{Ctx, Problem};
use serde_json::{Value as Json, json};
use webkit::{Answers, Core, Kept as _, Record as _};

use super::{
    controls::controls_say,
    known::{answers, kept, levels},
    lacks::lacks,
    propose::{dossier_propose, of_level, open_one},
};
use crate::{
    model::{
        System,
        level::{Control, ControlState, Dossier, DossierState, newest},
    },
    store::level::{controls, of_system},
    usecase::label::label_fill,
};

/// What the running program knows of itself; told by whoever wires it, from its settings.
#[derive(Debug, Clone, Default)]
pub struct Own {
    pub version: String,
    /// People reach it by an encrypted address, and it does not listen in the clear.
    pub is_encrypted: bool,
    /// Leaders and administrators prove who they are in two ways.
    pub has_second_factor: bool,
    /// A folder is set where backups are laid.
    pub has_backup_folder: bool,
    /// Foreign files are read in confinement only.
    pub is_confined: bool,
    /// A virus scanner looks at files.
    pub scans: bool,
    /// Its address is one that is reached from outside: who comes there without an account sees its public pages.
    pub has_public_address: bool,
}

/// The code by which its own record is found again.
pub const CODE: &str = "DINH";

/// What can be said of a control: its key, how it stands, and why.
fn known(own: &Own, is_postgres: bool) -> Vec<(&'static str, ControlState, String)> {
    use ControlState as State;
    let version = &own.version;
    let met = |key, why: &str| (key, State::Met, format!("Đình {version}: {why}"));
    let mut out = vec![
        met("app-login", "đăng nhập bằng tài khoản riêng, mật khẩu được băm; có thời hạn phiên"),
        met("app-access", "mọi việc được hỏi quyền theo chức danh và đơn vị"),
        met("app-log", "nhật ký hoạt động nối chuỗi mã băm, kiểm được bằng lệnh dinh ledger verify"),
        met("integrity", "dữ liệu quyết định được niêm phong vào nhật ký; sửa ngoài chương trình sẽ lộ"),
        met("input", "mọi ô nhập được kiểm; tệp lạ chỉ được đọc ở tiến trình con"),
    ];
    let say = |key, is, yes: &str, no: &str| {
        if is { met(key, yes) } else { (key, State::Planned, format!("Đình {version}: {no}")) }
    };
    out.push(say(
        "transport",
        own.is_encrypted,
        "địa chỉ truy cập dùng https, không nghe ngoài đường mã hóa",
        "chưa đặt địa chỉ https hoặc còn nghe không mã hóa",
    ));
    out.push(say(
        "second-factor",
        own.has_second_factor,
        "bắt buộc với lãnh đạo và người quản trị",
        "đang để tùy chọn",
    ));
    out.push(say("malware", own.scans && own.is_confined, "tệp gửi lên được quét", "chưa nối trình quét mã độc"));
    let database = if is_postgres { "PostgreSQL" } else { "SQLite" };
    // That there is a folder proves no backup, and none proves that it can be brought back.
    let backup = if own.has_backup_folder { State::Partly } else { State::Planned };
    let why = if own.has_backup_folder {
        "đã đặt thư mục sao lưu; chưa ghi lần khôi phục thử"
    } else {
        "chưa đặt thư mục sao lưu"
    };
    out.push(("backup", backup, format!("Đình {version}, {database}: {why}")));
    out
}

/// What can be said of the requirements of its label; that a thing is there is not that somebody has measured it.
fn labelled(own: &Own) -> Vec<(&'static str, ControlState, String)> {
    use ControlState as State;
    let say = |key, state, why: &str| (key, state, format!("Đình {}: {why}", own.version));
    let backup = if own.has_backup_folder {
        (State::Partly, "đã đặt thư mục sao lưu; chưa ghi lần khôi phục thử")
    } else {
        (State::Planned, "chưa đặt thư mục sao lưu")
    };
    vec![
        say("connection", State::Met, "giao diện lập trình mở theo OpenAPI ở /api/v1; danh sách tải được CSV, Excel"),
        say("backup", backup.0, backup.1),
        say("availability", State::Planned, "chưa đo mức sẵn sàng của bản cài này"),
        say("log", State::Met, "nhật ký nối chuỗi mã băm, kiểm được bằng lệnh dinh ledger verify"),
        say("access", State::Partly, "trang được kiểm tự động bằng axe; chưa có đánh giá độc lập"),
        say("user", State::Partly, "việc ghi tay hoàn tác được, mỗi trang có hướng dẫn; chưa khảo sát người dùng"),
        say("data", State::Partly, "số liệu mở được đến từng dòng và nơi giữ; chưa nối trục dữ liệu của tỉnh"),
    ]
}

/// What the questions of the table of levels ask, as far as it is known by what the program is, keeps and is set up for. Whether
/// it may stop, what its sabotage would do, and whether it serves defence, is for people to say.
fn facts(own: &Own, bodies: usize, people: usize) -> Vec<(&'static str, String)> {
    let scope = match (bodies, own.has_public_address) {
        (2.., _) => "shared_infrastructure",
        (_, true) => "public",
        (_, false) => "internal",
    };
    let said = [
        ("scope", scope),
        ("information", "private"),
        ("online_service", "none"),
        ("conditional_business", "no"),
        ("national_store", "no"),
        ("international_link", "no"),
        ("works", "none"),
    ];
    said.map(|(key, text)| (key, text.to_owned())).into_iter().chain([("people", people.to_string())]).collect()
}

/// What is said with what the program knows beside it; none where that is nothing more. Nobody's answer is changed.
fn beside(said: &Answers, facts: &[(&'static str, String)]) -> Option<Answers> {
    let more: Vec<_> = facts.iter().filter(|(key, _)| said.text(key).is_empty()).collect();
    if more.is_empty() {
        return None;
    }
    Some(more.into_iter().fold(said.clone(), |all, (key, text)| all.with(key, text.as_str())))
}

/// Its record, made where none is live. It is being built until its level is approved and somebody says that it operates.
async fn record(core: &Core, ctx: &Ctx, own: &Own, people: usize) -> Result<System, Problem> {
    let version = &own.version;
    let found = System::find(&core.db().read(), "WHERE code = $1 ORDER BY id", vals![CODE]).await?;
    // One that is gone keeps its name.
    let name = if found.is_empty() { "Đình".to_owned() } else { format!("Đình {version}") };
    if let Some(system) = found.into_iter().find(System::is_live) {
        return Ok(system);
    }
    // Whose it is only people can say; until they do it stands at the head of the tree.
    let owner = core.bodies().names(ctx.today()).into_iter().next().unwrap_or_default();
    let sent = Answers::default()
        .with("name", name)
        .with("owner", owner)
        .with("code", CODE)
        .with("kind", "information_system")
        .with("state", "building")
        .with("personal_data", "basic")
        .with_some("users", Some(people).filter(|people| *people > 0))
        .with("is_public", if own.has_public_address { "yes" } else { "no" })
        .with("purpose", "Theo dõi kế hoạch chuyển đổi số và danh mục hệ thống thông tin của tỉnh");
    let row = &System::from_answers(core, ctx, &sent, None)?;
    row.check(core, ctx)?;
    // Not as by a form: nobody is there to say its place in the architecture. That it lacks shows, and is told.
    core.db()
        .write(ctx, |tx| async move {
            row.add(&tx).await?;
            tx.ledger(row.entry("system.add"));
            Ok(row.clone())
        })
        .await
}

/// Fills the dossier and the label; what people said of a control or a requirement stays, and nothing is made public.
pub async fn dossier_self(core: &Core, ctx: &Ctx) -> Result<Json, Problem> {
    let own = core.get::<Own>()?;
    let people = core.colleagues().at_work(ctx.today()).await?;
    let people = people.iter().map(|one| one.account).collect::<BTreeSet<_>>().len();
    let system = record(core, ctx, own, people).await?;
    let facts = facts(own, core.bodies().names(ctx.today()).len(), people);
    // Once it is approved the program goes on with that one: when it is renewed people decide.
    let rows = of_system(&core.db().read(), system.id).await?;
    let there = open_one(rows.clone()).or_else(|| newest(&rows).cloned());
    let (said, rev) = match &there {
        Some(row) if row.state != DossierState::Draft => (None, 0),
        Some(row) => (beside(&answers(&levels().table().write_facts(&kept(&row.facts))), &facts), row.rev),
        None => (beside(&Answers::default(), &facts), 0),
    };
    let row: Dossier = match (said, there) {
        (None, Some(row)) => row,
        (said, _) => dossier_propose(core, ctx, (system.id, rev), &said.unwrap_or_default()).await?,
    };
    let there: Vec<Control> = controls(&core.db().read(), row.id).await?;
    let mut sent = Answers::default();
    let mut filled = Vec::new();
    for (key, state, why) in known(own, !core.db().read().is_sqlite()) {
        let Some(one) = there.iter().find(|one| one.code == key && one.state == ControlState::Unsaid) else { continue };
        sent = sent
            .with(&format!("state-{}", one.code), kernel::Code::code(state))
            .with(&format!("evidence-{}", one.code), Words::new(&why).into_string())
            .with(&format!("day-{}", one.code), ctx.today().to_string());
        filled.push(key);
    }
    let row = if filled.is_empty() { row } else { controls_say(core, ctx, (row.id, row.rev), &sent).await? };
    let label = label_fill(core, ctx, system.id, &labelled(own)).await?;
    let there = controls(&core.db().read(), row.id).await?;
    let open = of_level(&row, there).iter().filter(|one| one.state == ControlState::Unsaid).count();
    let is_approved = row.is_in_force(ctx.today()) || rows.iter().any(|row| row.is_in_force(ctx.today()));
    Ok(json!({
        "system": system.id.to_string(), "state": kernel::Code::code(system.state), "dossier": row.id.to_string(),
        "level": row.level, "rule": row.rule, "facts": levels().table().write_facts(&kept(&row.facts)),
        "filled": filled, "open": open, "label": label,
        "missing": lacks(core, ctx, &system, (&row, is_approved), open),
    }))
}
