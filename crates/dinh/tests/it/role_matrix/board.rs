//! The house in which every cell of the table is tried: one plan of the committee that the department follows, and one
//! commune with work in it, made as each action needs them.

use db::Row as _;
use dinh::config::Config;
use kernel::{PlanId, Role};
use programme::ids::PartId;
use programme::{
    approve::usecase::plan_confirm::ConfirmAct,
    reporting::store::duty::DutyRow,
    work::{model::change::Act, usecase::part_act::part_act},
};
use testkit::{Answer, Client, Part};

use crate::{
    house::House,
    round::{Round, id_of},
};

/// Login, body, role, and what the body is to the commune's part and its plan.
pub const PEOPLE: [(&str, &str, Role); 12] = [
    ("thu", "own: officer", Role::OFFICER),
    ("chutichxa", "own: leader", Role::LEADER),
    ("phongxa", "below the own body: officer", Role::OFFICER),
    ("tinh", "above in the tree: leader", Role::LEADER),
    ("vidu", "follower: programme officer", Role::PROGRAMME),
    ("giamdoc", "follower: leader", Role::LEADER),
    ("lanhdao", "issuer: leader", Role::LEADER),
    ("ubtinh", "issuer: programme officer", Role::PROGRAMME),
    ("vanphong", "office of the issuer: programme officer", Role::PROGRAMME),
    ("phoihop", "helper: officer", Role::OFFICER),
    ("xakhac", "foreign: programme officer", Role::PROGRAMME),
    ("quantri", "none: system administrator", Role::SYSTEM_ADMIN),
];

pub struct Board {
    pub house: House,
    pub people: Vec<(&'static str, Client)>,
    pub commune: String,
    pub part: PartId,
    pub plan: PlanId,
    pub unconfirmed: PlanId,
    pub duty: String,
    pub report: String,
    pub regime: uuid::Uuid,
    pub target: String,
}

impl Board {
    pub async fn new() -> Self {
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
        programme::work::usecase::helper::helper_add(&house.app, &house.system(), part, helper, false).await.unwrap();
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
        let round = Round::open(&house, house.signed_in("vidu").await).await;
        let (report, officer) = (round.report_of(house.unit("UBND xã Sông Mẫu", None)).await, round.officer.clone());
        let name = "WHERE name = 'Báo cáo tháng về nhiệm vụ được giao'";
        let duty = DutyRow::find(&conn, name, vec![]).await.unwrap()[0].id.to_string();
        officer.form("/regimes", &[("name", "Chế độ của sở"), ("basis", "NĐ 09/2019/NĐ-CP")]).await;
        let regime = programme::reporting::store::duty::regimes(&conn).await.unwrap();
        let regime = regime.iter().find(|row| row.name == "Chế độ của sở").unwrap().id;
        let text = include_str!("../../../../../examples/plans/dam-may.txt").replace("22/KH-UBND", "98/KH-UBND");
        let taken = officer.upload("/plans/new", &[Part::File("a.txt", text.as_bytes())]).await;
        house.drain().await;
        let unconfirmed = id_of(&taken.location).parse().unwrap();
        let commune = row.unit().to_string();
        let targets = programme::targets::store::value::targets_of(&conn, row.unit()).await.unwrap();
        let mut target = None;
        for id in targets {
            let known = programme::targets::store::target::get(&conn, programme::ids::TargetId::from_uuid(id))
                .await
                .unwrap()
                .unwrap();
            target = target.or(known.unit.contains('%').then_some(programme::ids::TargetId::from_uuid(id).to_string()));
        }
        let (plan, target) = (row.plan(), target.unwrap());
        Self { house, people, commune, part, plan, unconfirmed, duty, report, regime, target }
    }

    pub fn client(&self, login: &str) -> &Client {
        &self.people.iter().find(|(known, _)| *known == login).unwrap().1
    }

    async fn part(&self) -> programme::work::store::part::PartRow {
        programme::work::store::part::get(&self.house.app.db().read(), self.part).await.unwrap().unwrap()
    }

    /// The revision that a form over this row sends.
    pub async fn rev(&self, table: &str, id: uuid::Uuid) -> String {
        let sql = format!("SELECT rev FROM {table} WHERE id = $1");
        self.house.app.db().read().count(&sql, db::vals![id]).await.unwrap().to_string()
    }

    pub async fn part_rev(&self) -> String {
        self.rev("programme_part", self.part.uuid()).await
    }

    pub async fn report_rev(&self) -> String {
        let id: programme::ids::ReportId = self.report.parse().unwrap();
        self.rev("programme_report", id.uuid()).await
    }

    /// The system does this act, so that the part is as an action needs it.
    async fn system_act(&self, act: Act) {
        let rev = self.part().await.rev;
        part_act(&self.house.app, &self.house.system(), self.part, rev, &act, false).await.unwrap();
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
        let id: programme::ids::ReportId = self.report.parse().unwrap();
        let sql = "UPDATE programme_report SET state = $2, hands = NULL, rev = rev + 1 WHERE id = $1";
        self.house.exec(sql, db::vals![id.uuid(), state]).await;
    }

    pub async fn report_step(&self, client: &Client, act: &str) -> Answer {
        let rev = self.report_rev().await;
        client.upload(&format!("/reports/{}", self.report), &[Part::Field("rev", &rev), Part::Field("act", act)]).await
    }

    pub async fn plan_rev(&self) -> String {
        self.rev("programme_plan", self.unconfirmed.uuid()).await
    }

    /// Makes the things as the action needs them; who may has done it to them in an earlier cell.
    pub async fn prepare(&self, action: &str) {
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
                    let app = &self.house.app;
                    programme::work::usecase::extension::extension_ask(app, &system, self.part, due, "Chờ", false)
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
}
