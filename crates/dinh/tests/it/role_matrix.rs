//! Who may do what to which real thing: the table, and a house in which every cell of it is tried with a valid request.
//!
//! The things are those of one plan of the committee that the department follows, and of one commune with work in it.
//! A cell that says no must get a refusal and leave nothing behind; one that says yes must be carried out.

use axum::http::StatusCode;
use dinh::config::Config;
use kernel::{PlanId, Role, ids::PartId};
use programme::{
    approve::usecase::plan_confirm::ConfirmAct,
    work::{
        model::change::Act,
        usecase::{part_act::part_act, question::question_ask},
    },
};
use testkit::{Answer, Client, Part};

use crate::{
    house::House,
    reporting::{Round, id_of},
};

/// Login, body, role, and what the body is to the commune's part and its plan.
const PEOPLE: [(&str, &str, Role); 12] = [
    ("thu", "own: officer", Role::Officer),
    ("chutichxa", "own: leader", Role::Leader),
    ("phongxa", "below the own body: officer", Role::Officer),
    ("tinh", "above in the tree: leader", Role::Leader),
    ("vidu", "follower: programme officer", Role::Programme),
    ("giamdoc", "follower: leader", Role::Leader),
    ("lanhdao", "issuer: leader", Role::Leader),
    ("ubtinh", "issuer: programme officer", Role::Programme),
    ("vanphong", "office of the issuer: programme officer", Role::Programme),
    ("phoihop", "helper: officer", Role::Officer),
    ("xakhac", "foreign: programme officer", Role::Programme),
    ("quantri", "none: system administrator", Role::SystemAdmin),
];

/// The action, and who may. Everybody else of the house, and who is not signed in, may not.
const TABLE: [(&str, &[&str]); 20] = [
    ("read the part", &["thu", "chutichxa", "tinh", "vidu", "giamdoc", "lanhdao", "ubtinh", "phoihop", "quantri"]),
    ("note progress", &["thu", "vidu", "ubtinh"]),
    ("bring evidence", &["thu", "vidu", "ubtinh"]),
    ("bring in a helper", &["thu", "vidu", "ubtinh"]),
    ("send back", &["vidu", "giamdoc", "lanhdao", "ubtinh"]),
    ("accept", &["vidu", "giamdoc", "lanhdao", "ubtinh"]),
    ("grant more time", &["vidu", "giamdoc", "lanhdao", "ubtinh"]),
    ("ask to explain", &["chutichxa", "tinh", "vidu", "giamdoc", "lanhdao", "ubtinh"]),
    ("answer a question", &["thu", "chutichxa", "tinh"]),
    // Of one's own, outside any plan.
    ("give the commune a task", &["ubtinh"]),
    ("give a value", &["thu", "chutichxa", "tinh"]),
    ("write the report", &["thu"]),
    ("check the report", &["chutichxa", "tinh"]),
    ("approve the report", &["chutichxa", "tinh"]),
    ("receive the report", &["vidu", "giamdoc"]),
    // The other commune owes the same report.
    ("read the duty", &["thu", "chutichxa", "tinh", "vidu", "giamdoc", "lanhdao", "ubtinh", "xakhac", "quantri"]),
    ("end the duty", &["tinh", "vidu", "giamdoc", "lanhdao", "ubtinh"]),
    ("correct the regime", &["tinh", "vidu", "giamdoc", "lanhdao", "ubtinh"]),
    ("confirm the plan", &["tinh", "lanhdao", "ubtinh", "vanphong"]),
    ("give a role in the plan", &["vidu", "ubtinh"]),
];

struct Board {
    house: House,
    people: Vec<(&'static str, Client)>,
    commune: String,
    part: PartId,
    plan: PlanId,
    unconfirmed: PlanId,
    duty: String,
    report: String,
    regime: uuid::Uuid,
    target: String,
}

impl Board {
    async fn new() -> Self {
        // What people may do is the question here, not how they prove who they are.
        let second_factor = directory::SecondFactor::Optional;
        let base_url = Some("http://dinh.test".into());
        let house = House::demo_with(&Config { base_url, second_factor, ..Config::default() }).await;
        let part = "SELECT p.id FROM programme_part p JOIN programme_plan l ON l.id = p.plan_id JOIN directory_unit u ON u.id = p.unit_id \
            WHERE l.number = '45/KH-UBND' AND u.name = 'UBND xã Sông Mẫu' AND p.done_on IS NULL AND NOT EXISTS \
            (SELECT 1 FROM programme_helper h JOIN directory_unit v ON v.id = h.unit_id WHERE h.task_id = p.task_id AND v.name = 'Văn phòng UBND tỉnh') \
            ORDER BY p.id LIMIT 1";
        let part = PartId::from_uuid(house.one(part, vec![]).await);
        // To this plan the office is the issuer's, and nothing of its own.
        let office = house.unit("Văn phòng UBND tỉnh", None);
        house.exec("DELETE FROM programme_plan_role WHERE unit_id = $1", db::vals![office.uuid()]).await;
        let conn = house.app.db().read();
        let row = programme::work::store::part::get(&conn, part).await.unwrap().unwrap();
        let helper = house.unit("Hội Nông dân tỉnh", None);
        programme::work::usecase::helper::helper_add(&house.app, &house.system(), part, helper).await.unwrap();
        let own = |login: &str| match login {
            "phongxa" => "Phòng Kinh tế",
            "tinh" => "Tỉnh Mẫu",
            "ubtinh" => "UBND tỉnh",
            "vanphong" => "Văn phòng UBND tỉnh",
            "phoihop" => "Hội Nông dân tỉnh",
            "xakhac" => "UBND xã Đồi Mẫu",
            _ => "",
        };
        let mut people = Vec::new();
        for (login, _, role) in PEOPLE {
            let client = match own(login) {
                "" => house.signed_in(login).await,
                unit => house.person_below(login, "UBND xã Sông Mẫu", unit, role).await,
            };
            people.push((login, client));
        }
        people.push(("nobody", house.client()));
        let round = Round::open(&house).await;
        let (report, officer) = (round.report_of("UBND xã Sông Mẫu").await, round.officer.clone());
        let duty = programme::reporting::store::duty::list(&conn, None).await.unwrap();
        let duty = duty.iter().find(|row| row.name == "Báo cáo tháng về nhiệm vụ được giao").unwrap().id().to_string();
        officer.form("/regimes", &[("name", "Chế độ của sở"), ("basis", "NĐ 09/2019/NĐ-CP")]).await;
        let regime = programme::reporting::store::duty::regimes(&conn).await.unwrap();
        let regime = regime.iter().find(|row| row.name == "Chế độ của sở").unwrap().id;
        let text = include_str!("../../../../examples/plans/dam-may.txt").replace("22/KH-UBND", "98/KH-UBND");
        let taken = officer.upload("/plans/new", &[Part::File("a.txt", text.as_bytes())]).await;
        house.drain().await;
        let unconfirmed = id_of(&taken.location).parse().unwrap();
        let commune = row.unit().to_string();
        let targets = programme::targets::store::value::targets_of(&conn, row.unit()).await.unwrap();
        let mut target = None;
        for id in targets {
            let known = programme::targets::store::target::get(&conn, kernel::ids::TargetId::from_uuid(id))
                .await
                .unwrap()
                .unwrap();
            target = target.or(known.unit.contains('%').then_some(kernel::ids::TargetId::from_uuid(id).to_string()));
        }
        let (plan, target) = (row.plan(), target.unwrap());
        Self { house, people, commune, part, plan, unconfirmed, duty, report, regime, target }
    }

    fn client(&self, login: &str) -> &Client {
        &self.people.iter().find(|(known, _)| *known == login).unwrap().1
    }

    async fn part(&self) -> programme::work::store::part::PartRow {
        programme::work::store::part::get(&self.house.app.db().read(), self.part).await.unwrap().unwrap()
    }

    async fn part_rev(&self) -> String {
        self.part().await.rev.to_string()
    }

    /// The system does this act, so that the part is as an action needs it.
    async fn system_act(&self, act: Act) {
        part_act(&self.house.app, &self.house.system(), self.part, self.part().await.rev, &act).await.unwrap();
    }

    async fn set_done(&self, done: bool) {
        if self.part().await.accepted_on.is_some() {
            self.system_act(Act::SendBack { reason: "Xem lại".into() }).await;
        }
        match (self.part().await.done_on.is_some(), done) {
            (false, true) => {
                let day = jiff::civil::date(2026, 11, 20);
                self.system_act(Act::Done { day, note: "Đã xong".into() }).await;
            }
            (true, false) => self.system_act(Act::SendBack { reason: "Làm lại".into() }).await,
            _ => {}
        }
        // What people did in other cells is nobody's reason against them here.
        for table in ["programme_entry", "programme_evidence"] {
            let sql = format!("UPDATE {table} SET hand = 'x', actor = 'x' WHERE part_id = $1");
            self.house.exec(&sql, db::vals![self.part.uuid()]).await;
        }
    }

    async fn set_report(&self, state: &str) {
        let id: kernel::ids::ReportId = self.report.parse().unwrap();
        let sql = "UPDATE programme_report SET state = $2, hands = NULL, rev = rev + 1 WHERE id = $1";
        self.house.exec(sql, db::vals![id.uuid(), state]).await;
    }

    async fn report_step(&self, client: &Client, act: &str) -> Answer {
        let id = self.report.parse().unwrap();
        let rev = programme::reporting::store::report::get(&self.house.app.db().read(), id)
            .await
            .unwrap()
            .unwrap()
            .rev
            .to_string();
        client.upload(&format!("/reports/{}", self.report), &[Part::Field("rev", &rev), Part::Field("act", act)]).await
    }

    async fn plan_rev(&self) -> String {
        programme::plans::store::plan::get(&self.house.app.db().read(), self.unconfirmed)
            .await
            .unwrap()
            .unwrap()
            .rev
            .to_string()
    }

    /// Makes the things as the action needs them; who may has done it to them in an earlier cell.
    async fn prepare(&self, action: &str) {
        let system = self.house.system();
        match action {
            "send back" | "accept" => self.set_done(true).await,
            "note progress" | "bring evidence" | "bring in a helper" => self.set_done(false).await,
            "ask to explain" => {
                self.set_done(false).await;
                self.house.exec("UPDATE programme_question SET closed_at = asked_at", vec![]).await;
            }
            "grant more time" => {
                self.set_done(false).await;
                let open =
                    programme::work::store::extension::list(&self.house.app.db().read(), self.part).await.unwrap();
                if open.iter().all(|row| row.state != "asked") {
                    let due: Option<jiff::civil::Date> = self.part().await.due_on.and_then(|day| day.parse().ok());
                    let due = due.unwrap_or(system.today()).max(system.today()).tomorrow().unwrap();
                    programme::work::usecase::extension::extension_ask(&self.house.app, &system, self.part, due, "Chờ")
                        .await
                        .unwrap();
                }
            }
            "write the report" => self.set_report("draft").await,
            "check the report" => self.set_report("checking").await,
            "approve the report" => self.set_report("approving").await,
            "receive the report" => self.set_report("issued").await,
            "confirm the plan" => {
                let row = programme::plans::store::plan::get(&self.house.app.db().read(), self.unconfirmed)
                    .await
                    .unwrap()
                    .unwrap();
                if row.confirmation.is_some() {
                    let back = &ConfirmAct::TakeBack;
                    let app = &self.house.app;
                    programme::approve::usecase::plan_confirm::plan_confirm(
                        app,
                        &system,
                        self.unconfirmed,
                        row.rev,
                        back,
                    )
                    .await
                    .unwrap();
                }
            }
            _ => {}
        }
    }

    async fn question(&self) -> String {
        let (units, app) = ([self.commune.parse().unwrap()], &self.house.app);
        question_ask(app, &self.house.system(), &units, "Vì sao chậm?", None).await.unwrap().to_string()
    }

    async fn duty_rev(&self) -> String {
        let conn = self.house.app.db().read();
        programme::reporting::store::duty::get(&conn, self.duty.parse().unwrap())
            .await
            .unwrap()
            .unwrap()
            .rev
            .to_string()
    }

    /// A request that is right in everything but who sends it.
    async fn send(&self, action: &str, login: &str) -> Answer {
        let (client, part, commune) = (self.client(login), self.part, self.commune.as_str());
        match action {
            "read the part" => client.get(&format!("/parts/{part}")).await,
            "note progress" => {
                let rev = self.part_rev().await;
                client.form(&format!("/parts/{part}/progress"), &[("rev", &rev), ("text", "Đã họp")]).await
            }
            "bring evidence" => {
                client.upload(&format!("/parts/{part}/evidence"), &[Part::Field("number", "15/BC")]).await
            }
            "bring in a helper" => {
                let unit = [("unit", "Sở Dân tộc và Tôn giáo")];
                let answer = client.form(&format!("/parts/{part}/helpers"), &unit).await;
                let away = [unit[0], ("remove", "true")];
                self.client("vidu").form(&format!("/parts/{part}/helpers"), &away).await;
                answer
            }
            "send back" | "accept" => {
                let (rev, act) = (self.part_rev().await, if action == "accept" { "accept" } else { "send_back" });
                let check = [("rev", rev.as_str()), ("act", act), ("words", "Theo hồ sơ")];
                client.form(&format!("/parts/{part}/check"), &check).await
            }
            "grant more time" => {
                let asked = programme::work::store::extension::list(&self.house.app.db().read(), part).await.unwrap();
                let id = kernel::ids::ExtensionId::from_uuid(asked[0].id);
                client.form(&format!("/extensions/{id}"), &[("rev", "1"), ("act", "grant")]).await
            }
            "ask to explain" => client.form(&format!("/parts/{part}/explain"), &[("text", "Vì sao chậm?")]).await,
            "answer a question" => {
                let path = format!("/questions/{}/answer", self.question().await);
                client.form(&path, &[("unit", commune), ("text", "Do chờ vốn")]).await
            }
            "give the commune a task" => {
                let task = [
                    ("number", "35/TB-UBND"),
                    ("issued_on", "2026-11-16"),
                    ("text", "Rà soát hạ tầng"),
                    ("leads", "UBND xã Sông Mẫu"),
                    ("due", "trong 5 ngày làm việc"),
                ];
                client.form("/assign", &task).await
            }
            "give a value" => {
                let value = [
                    ("unit", commune),
                    ("period", "2026-M11"),
                    ("numerator", "7"),
                    ("denominator", "10"),
                    ("status", "official"),
                    ("evidence", "BC 12"),
                ];
                client.form(&format!("/targets/{}/values", self.target), &value).await
            }
            "write the report" => {
                let id = self.report.parse().unwrap();
                let rev = programme::reporting::store::report::get(&self.house.app.db().read(), id)
                    .await
                    .unwrap()
                    .unwrap()
                    .rev
                    .to_string();
                client.form(&format!("/reports/{}/edit", self.report), &[("rev", &rev), ("intro", "Kính gửi")]).await
            }
            "check the report" => self.report_step(client, "check").await,
            "approve the report" => self.report_step(client, "approve").await,
            "receive the report" => self.report_step(client, "accept").await,
            "read the duty" => client.get(&format!("/duties/{}", self.duty)).await,
            "end the duty" => {
                let rev = self.duty_rev().await;
                client.form(&format!("/duties/{}", self.duty), &[("rev", &rev), ("act", "end")]).await
            }
            "correct the regime" => {
                let id = kernel::ids::RegimeId::from_uuid(self.regime);
                let row =
                    programme::reporting::store::duty::regime(&self.house.app.db().read(), id).await.unwrap().unwrap();
                let (id, rev) = (id.to_string(), row.rev.to_string());
                let form =
                    [("id", id.as_str()), ("rev", &rev), ("name", "Chế độ của sở"), ("basis", "NĐ 09/2019/NĐ-CP")];
                client.form("/regimes", &form).await
            }
            "confirm the plan" => {
                let follower = ("follower", "Sở Khoa học và Công nghệ".to_owned());
                let said = [("rev", self.plan_rev().await), ("act", "confirm".to_owned()), follower];
                let said: Vec<(&str, &str)> = said.iter().map(|(key, value)| (*key, value.as_str())).collect();
                client.form(&format!("/plans/{}/confirm", self.unconfirmed), &said).await
            }
            "give a role in the plan" => {
                let role = [("unit", "Sở Tư pháp"), ("role", "coordinates")];
                let path = format!("/plans/{}/roles", self.plan);
                let answer = client.form(&path, &role).await;
                self.client("vidu").form(&path, &[role[0], role[1], ("end", "true")]).await;
                answer
            }
            other => panic!("no request for {other}"),
        }
    }
}

fn is_refused(answer: &Answer) -> bool {
    answer.status == StatusCode::FORBIDDEN
        || answer.status == StatusCode::UNAUTHORIZED
        || answer.location.starts_with("/sign-in")
        || (answer.status == StatusCode::UNPROCESSABLE_ENTITY && answer.body.contains("chưa có thẩm quyền giao việc"))
}

#[tokio::test]
async fn every_cell_of_the_table_is_as_it_says() {
    let board = Board::new().await;
    let mut wrong = Vec::new();
    for (action, may) in TABLE {
        for (login, _) in board.people.iter().filter(|(login, _)| !may.contains(login)) {
            board.prepare(action).await;
            let before = board.house.ledger_length().await;
            let answer = board.send(action, login).await;
            if !is_refused(&answer) {
                wrong.push(format!("{login} may {action}: {}", answer.status));
            } else if !matches!(action, "answer a question") && board.house.ledger_length().await != before {
                wrong.push(format!("{login}, refused to {action}, left something behind"));
            }
        }
        for login in may {
            board.prepare(action).await;
            let answer = board.send(action, login).await;
            let is_done = answer.status == StatusCode::OK || (answer.status.is_redirection() && !is_refused(&answer));
            if !is_done {
                wrong.push(format!("{login} may not {action}: {} {}", answer.status, answer.body));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    board.house.lake_is_as_the_rows().await;
}
