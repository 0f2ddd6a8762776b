//! Every page in every state that it has, and who opens it: `looks` shows each to a browser, `every_template` to readers of
//! both languages. Those of administration are in `places_admin`, of a year in `places_year`, of systems in `places_systems`;
//! pages that answer a form are in `samples_pages`.

use testkit::Part;

use crate::{documents::REPORT, house::House};

const QUESTIONS: &str = "KẾ HOẠCH\nThử nghiệm\nI. NHIỆM VỤ\n1. Việc một cần làm.\n- Đơn vị chủ trì: Sở Không Có Thật;\n- Đơn vị phối hợp: Các cơ quan có liên quan;\n- Thời gian thực hiện: Năm 2027 - 2025.\n";
const CLOUD: &str = include_str!("../../../../examples/plans/dam-may.txt");

#[derive(Debug)]
pub struct Place {
    /// What its picture is called.
    pub name: &'static str,
    /// The login; empty before somebody signs in.
    pub by: &'static str,
    pub path: String,
}

impl Place {
    /// How it answers: some pages only say no.
    pub fn status(&self) -> u16 {
        match self.name {
            "denied" => 403,
            "not-found" | "link-ended" => 404,
            _ => 200,
        }
    }
}

pub fn open_by<P: Into<String>>(
    by: &'static str,
    pages: impl IntoIterator<Item = (&'static str, P)>,
) -> impl Iterator<Item = Place> {
    pages.into_iter().map(move |(name, path)| Place { name, by, path: path.into() })
}

/// The address of the place of this name.
pub fn path<'p>(places: &'p [Place], name: &str) -> &'p str {
    &places.iter().find(|place| place.name == name).unwrap().path
}

/// Where an answer leads, with what it says there.
pub fn led(answer: testkit::Answer) -> String {
    assert!(answer.status.is_redirection(), "{} {}", answer.status, answer.body);
    answer.location
}

/// The page that a form led to.
pub fn went(answer: testkit::Answer) -> String {
    led(answer).split('?').next().unwrap().to_owned()
}

/// Takes a document in; returns its page.
pub async fn taken(officer: &testkit::Client, name: &str, bytes: &[u8]) -> String {
    went(officer.upload("/plans/new", &[Part::File(name, bytes)]).await)
}

/// Of a house in which nobody is yet.
pub async fn before_signing_in(house: &House) -> Vec<Place> {
    let link = dinh::server::first_link(&house.app).await.unwrap().unwrap();
    let first = link.trim_start_matches("http://dinh.test");
    let pages = [
        ("sign-in", "/sign-in"),
        ("first-link", first),
        ("link-ended", "/link/none"),
        ("help", "/help"),
        ("help-found", "/help?q=bao+cao"),
        ("help-none", "/help?q=xyzzy"),
        ("help-topic", "/help/tasks"),
    ];
    open_by("", pages).collect()
}

/// Of a house with people and no plans.
pub fn without_plans() -> Vec<Place> {
    let empty =
        [("tasks-empty", "/tasks"), ("work-empty", "/work"), ("plans-empty", "/plans"), ("board-empty", "/board")];
    open_by("vidu", empty).collect()
}

pub async fn of_the_programme(house: &House) -> Vec<Place> {
    let officer = house.signed_in("vidu").await;
    let asked = taken(&officer, "hỏi.txt", QUESTIONS.as_bytes()).await;
    let refused = taken(&officer, "trống.txt", b" \n").await;
    let report = taken(&officer, "báo cáo.txt", REPORT.as_bytes()).await;
    let filed = taken(&officer, "đã lưu.txt", REPORT.replace("88/BC", "89/BC").as_bytes()).await;
    house.drain().await;
    led(officer.form(&format!("{filed}/filing"), &[("rev", "2"), ("act", "file")]).await);
    let reading = taken(&officer, "chờ.txt", QUESTIONS.replace("một", "hai").as_bytes()).await;
    let (placed, doubted) = in_review(&officer, house).await;
    let tasks = officer.get("/api/v1/tasks?state=late").await.json();
    let late = &tasks["items"][0];
    let (task, part) = (late["task"].as_str().unwrap(), late["id"].as_str().unwrap());
    let plan = format!("/plans/{}", late["plan"].as_str().unwrap());
    let unit = late["unit"].as_str().unwrap();
    let view = saved(&officer, "Quá hạn của các xã, phường, đặc khu trong năm nay", "state=late").await;
    let pages = [
        ("plan-in-review", reading),
        ("work", "/work".into()),
        ("jump", "/jump?q=song+mau".into()),
        ("jump-nothing", "/jump?q=zzzz".into()),
        ("tasks", "/tasks".into()),
        ("tasks-saved-view", "/tasks?state=late".into()),
        ("views", "/views".into()),
        ("view-remove-ask", format!("/views/{view}/remove")),
        ("tasks-grouped", format!("/tasks?group=task&unfold={task}")),
        ("tasks-drawer", format!("/tasks?open={part}")),
        ("tasks-columns", "/tasks?col=task&col=lead&col=plan&year=2026&state=late&sort=plan".into()),
        ("tasks-none", "/tasks?q=khong-co-viec-nay".into()),
        ("tasks-unknown-lead", "/tasks?lead_name=khong+co+co+quan".into()),
        ("task", format!("/tasks/{task}")),
        ("task-part", format!("/tasks/{task}?part={part}")),
        ("part-contact", format!("/parts/{part}/contact")),
        ("tasks-contacts", "/tasks?col=task&col=lead&col=contact".into()),
        ("agency", format!("/agencies/{unit}")),
        ("board", "/board".into()),
        ("plans", "/plans".into()),
        ("plan", plan),
        ("plan-refused", refused),
        ("plan-filed", filed.clone()),
        ("review-filed", format!("{filed}/review")),
        ("review-no-orders", format!("{report}/review")),
        ("review-no-orders-narrative", format!("{report}/review?place=narrative")),
        ("plan-new", "/plans/new".into()),
        ("review", format!("{asked}/review")),
        ("review-row", format!("{asked}/review?row=1")),
        ("review-head", format!("{placed}/review?on=head")),
        ("review-target", format!("{placed}/review?on=target-1")),
        ("review-duty", format!("{placed}/review?on=duty-3")),
        ("review-finding", format!("{placed}/review?on={doubted}&order=doubts")),
        ("review-decided", format!("{placed}/review?was=row-1&row=2&said=saved")),
        ("review-unplaced", format!("{placed}/review?place=unplaced")),
        ("review-narrative", format!("{placed}/review?place=narrative")),
        ("review-add", format!("{placed}/review?add=0")),
        ("review-found", format!("{placed}/review?find=dinh+muc")),
        ("approve-ask", format!("{asked}/approve")),
        ("not-found", "/no-such-page".into()),
        ("account", "/account".into()),
        ("style", "/style".into()),
    ];
    open_by("vidu", pages).collect()
}

/// A document under review with one sentence that found no place and one row that was accepted, and the doubt about the
/// sentence.
async fn in_review(officer: &testkit::Client, house: &House) -> (String, String) {
    let text = CLOUD.replacen("22/KH-UBND", "73/KH-UBND", 1);
    let text =
        text.replacen("hiện có được chuyển đổi.\n", "hiện có được chuyển đổi.\nc) Cầu tre bắc qua suối nhỏ.\n", 1);
    let plan = taken(officer, "xếp chỗ.txt", text.as_bytes()).await;
    house.drain().await;
    let api = format!("/api/v1{plan}");
    let rows = officer.get(&format!("{api}/read-rows")).await.json();
    let row = rows["rows"][0]["id"].as_str().unwrap();
    led(officer.form(&format!("/read-rows/{row}"), &[("rev", "1"), ("act", "accept"), ("number", "1")]).await);
    let found = officer.get(&format!("{api}/findings")).await.json();
    let all = found["items"].as_array().unwrap();
    let doubt = all.iter().find(|finding| finding["kind"] == "unplaced").unwrap();
    (plan, doubt["id"].as_str().unwrap().to_owned())
}

/// A view of the register of tasks that somebody keeps.
async fn saved(client: &testkit::Client, name: &str, query: &str) -> String {
    led(client.form("/views", &[("register", "/tasks"), ("name", name), ("query", query)]).await);
    let views = client.get("/api/v1/views").await.json();
    views["items"][0]["id"].as_str().unwrap().to_owned()
}

/// The demo's plan with this number.
async fn numbered(officer: &testkit::Client, number: &str) -> String {
    let plans = officer.get("/api/v1/plans").await.json();
    let plan = plans["items"].as_array().unwrap().iter().find(|plan| plan["number"] == number).unwrap();
    format!("/plans/{}", plan["id"].as_str().unwrap())
}

/// A task that was amended once, and a target beside it.
async fn amended(house: &House, officer: &testkit::Client) -> (programme::ids::TaskId, programme::ids::TargetId) {
    let of = "plan_id = (SELECT id FROM programme_plan WHERE number = '22/KH-UBND')";
    let task = format!("SELECT id FROM programme_task WHERE {of} AND text LIKE 'Rà soát%' LIMIT 1");
    let task = programme::ids::TaskId::from_uuid(house.one(&task, vec![]).await);
    let target = format!("SELECT id FROM programme_target WHERE {of} ORDER BY position LIMIT 1");
    let target = programme::ids::TargetId::from_uuid(house.one(&target, vec![]).await);
    let form = [
        ("rev", "0"),
        ("text", "Rà soát định mức chi cho mua sắm dịch vụ số."),
        ("leads", "Sở Khoa học và Công nghệ"),
        ("time", "Quý IV/2026"),
        ("reason", "Theo Thông báo số 5/TB-UBND"),
    ];
    led(officer.form(&format!("/tasks/{task}/amend"), &form).await);
    (task, target)
}

/// What somebody says of the items of two plans: a task that is two below, and one that is not what the program found.
/// Returns the addresses of the choice for a task and for a target.
async fn paired(officer: &testkit::Client, above: &str, below: &str) -> [String; 2] {
    let bare = above.trim_start_matches("/plans/");
    let all = officer.get(&format!("/api/v1{below}/cascade?above={bare}")).await.json();
    let lines = all["tasks"].as_array().unwrap();
    let id = |one: &serde_json::Value| one["id"].as_str().unwrap().to_owned();
    let is_taken = |line: &&serde_json::Value| !line["twins"].as_array().unwrap().is_empty();
    let lacking = id(lines.iter().find(|line| !is_taken(line)).unwrap());
    let found = lines.iter().find(is_taken).unwrap();
    let said = [
        (lacking.clone(), id(&all["extra_tasks"][0]), "same"),
        (lacking.clone(), id(&found["twins"][0]), "same"),
        (id(found), id(&found["twins"][0]), "apart"),
    ];
    for (item, twin, says) in said {
        let form = [("above", bare), ("item", &item), ("twin", &twin), ("says", says)];
        led(officer.form(&format!("{below}/pairs"), &form).await);
    }
    [lacking, id(&all["targets"][0])].map(|item| format!("{below}/pairs?above={bare}&item={item}"))
}

pub async fn of_whole_plans(house: &House) -> Vec<Place> {
    let officer = house.signed_in("vidu").await;
    let (above, below) = (numbered(&officer, "45/KH-UBND").await, numbered(&officer, "17/KH-UBND").await);
    let next = CLOUD.replace("22/KH", "99/KH").replace("Quý III", "Quý IV");
    let next = taken(&officer, "moi.txt", next.as_bytes()).await;
    house.drain().await;
    let old = numbered(&officer, "22/KH-UBND").await;
    let old = old.trim_start_matches("/plans/");
    let (task, target) = amended(house, &officer).await;
    officer.form(&format!("{above}/publish"), &[]).await;
    let [choice, choice_of_target] = paired(&officer, &above, &below).await;
    let letter = |of: &str| format!("{of}/cascade/letter?above={}", above.trim_start_matches("/plans/"));
    let public = above.replace("/plans/", "/public/plans/");
    let pages = [
        ("plan-live", above.clone()),
        ("publish-ask", format!("{below}/publish")),
        ("withdraw-ask", format!("{above}/withdraw")),
        ("remove-ask", format!("{next}/remove")),
        ("unled", "/unled".into()),
        ("task-amend", format!("/tasks/{task}/amend")),
        ("task-shape", format!("/tasks/{task}/shape")),
        ("task-stop", format!("/tasks/{task}/stop?act=pause")),
        ("task-amended", format!("/tasks/{task}")),
        ("target-bodies", format!("/targets/{target}/bodies")),
        ("plan-timeline", format!("{above}?view=time")),
        ("plan-may-replace", next.clone()),
        ("changes", format!("{next}/changes?with={old}")),
        ("cascade", format!("{below}/cascade")),
        ("cascade-all", format!("{below}/cascade?all=1")),
        ("pair-none", format!("{choice}&q=khong-co-chu-nay")),
        ("pair", choice),
        ("pair-target", choice_of_target),
        ("compare-letter", letter(&below)),
        ("compare-letter-nothing", letter(&above)),
        ("cascade-below", format!("{above}/cascade?below=1")),
        ("cascade-below-none", format!("{below}/cascade?below=1")),
        ("targets", "/targets".into()),
        ("targets-series", "/targets?indicator=data.maturity".into()),
        ("targets-none", "/targets?q=khong-co".into()),
        ("search", "/search?q=du+lieu+mo".into()),
        ("search-empty", "/search".into()),
        ("search-none", "/search?q=khong-co-chu-nay".into()),
        ("indicators", "/indicators".into()),
    ];
    open_by("", [("public-plan", public), ("public-list", "/public".into())]).chain(open_by("vidu", pages)).collect()
}

/// What waits for a confirmation, and what was refused one; of people without plans before.
pub async fn of_rights(house: &House) -> Vec<Place> {
    let officer = house.signed_in("vidu").await;
    let text = CLOUD.replacen("Sở Tư pháp", "Sở Số hóa", 1);
    let plan = taken(&officer, "a.txt", text.as_bytes()).await;
    let other = taken(&officer, "b.txt", text.replace("22/KH", "23/KH").as_bytes()).await;
    house.drain().await;
    let named = [("words", "Sở Số hóa"), ("unit", "Sở Tư pháp"), ("number", "1")];
    let named = led(officer.form(&format!("{plan}/name-body"), &named).await);
    let task = [
        ("number", "35/TB-UBND"),
        ("giver", "UBND tỉnh"),
        ("text", "Rà soát hạ tầng"),
        ("leads", "Sở Tài chính; Sở Khoa học và Công nghệ"),
        ("due", "30/12/2026"),
    ];
    let task = led(officer.form("/assign", &task).await);
    let leader = house.signed_in("lanhdao").await;
    let refuse = [("rev", "2"), ("act", "refuse"), ("reason", "Tỉnh không ban hành văn bản này")];
    led(leader.form(&format!("{other}/confirm"), &refuse).await);
    let seen = [
        ("plan-unconfirmed", plan.clone()),
        ("plan-withdrawn", other),
        ("plans-unconfirmed", "/plans".into()),
        ("tasks-unconfirmed", "/tasks?col=task&col=lead&col=plan".into()),
        ("task-waiting", task),
        ("review-named", named),
        ("aliases", "/aliases".into()),
        ("pick", "/pick?q=phong%20kinh%20te".into()),
        ("pick-group", "/pick?q=cac%20xa".into()),
        ("pick-none", "/pick?q=zzz".into()),
    ];
    let to_confirm = [("inbox-confirm", "/work".to_owned()), ("plan-to-confirm", plan)];
    open_by("vidu", seen).chain(open_by("lanhdao", to_confirm)).collect()
}
