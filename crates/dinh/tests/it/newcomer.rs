//! What somebody meets who was here never before: choosing a unit, ends that lead on, words instead of codes.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use axum::http::StatusCode;
use kernel::{AccountId, Role};
use regex::Regex;
use testkit::Client;

use crate::{
    house::House,
    people::{account_of, person_of, post_of, root},
    second_step::{enrolled, newcomer},
};

const SENTENCE: &str = "một câu đủ dài để nhớ";

/// Every unit as the list of bodies says that it is written.
async fn options(admin: &Client, count: usize) -> Vec<String> {
    let mut out = Vec::new();
    while out.len() < count {
        let body = admin.get(&format!("/pick?from={}", out.len())).await.body;
        let lines = body.split("<a class=\"quiet\" href=\"/units/").skip(1);
        let before = out.len();
        out.extend(lines.map(|line| line.split('>').nth(1).unwrap().split("</a").next().unwrap().to_owned()));
        assert!(out.len() > before, "{body}");
    }
    out
}

#[tokio::test]
async fn every_unit_of_a_whole_province_can_be_chosen_and_told_apart() {
    let house = House::empty().await;
    let link = dinh::server::first_link(&house.app).await.unwrap().unwrap();
    let path = link.trim_start_matches("http://dinh.test");
    let fields = |password| {
        let first = [("province", "51"), ("name", "Ví Dụ Một"), ("login", "quantri.mot")];
        [&first[..], &[("password", password), ("again", password)]].concat()
    };
    let refused = house.client().form(path, &fields("ngắn")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!refused.body.contains("<span class=\"place\">51</span>"), "the header shows what was chosen");
    assert!(refused.body.contains("value=\"51\" selected"), "{}", refused.body);
    let (admin, ..) = enrolled(&house, &house.client().form(path, &fields(SENTENCE)).await).await;
    let count = usize::try_from(house.count("SELECT COUNT(*) FROM directory_unit").await).unwrap();
    assert!(count > 400);
    for page in ["/people/new", "/people/import", "/units/new"] {
        let body = admin.get(page).await.body;
        assert!(body.contains("href=\"/pick\"") && body.contains("data-pick=\"/api/v1/bodies"), "{page}: {body}");
    }
    let listed = options(&admin, count).await;
    assert_eq!(listed.len(), count);
    assert_eq!(listed.iter().collect::<BTreeSet<_>>().len(), count, "some look alike");
    let add = async |login: &str, unit: &str| {
        admin.form("/people/new", &[("name", "Ví Dụ"), ("login", login), ("unit", unit), ("role", "officer")]).await
    };
    let divisions: Vec<&String> = listed.iter().filter(|one| one.starts_with("Phòng Kinh tế, ")).collect();
    assert!(divisions.len() > 1);
    let last = divisions.last().unwrap().as_str();
    assert_eq!(add("mot", last).await.status, StatusCode::OK);
    let several = add("hai", "Phòng Kinh tế").await;
    assert_eq!(several.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(several.body.contains("cấp trên sau dấu phẩy"), "{}", several.body);
    let below = admin.form("/units/new", &[("name", "Tổ Mới"), ("kind", "team"), ("parent", last)]).await;
    assert_eq!(below.status, StatusCode::SEE_OTHER, "{}", below.body);
}

#[tokio::test]
async fn an_ended_post_can_be_given_again() {
    let house = House::people().await;
    let admin = house.signed_in("quantri").await;
    house.person("moi.den", "Sở Tài chính", Role::OFFICER).await;
    let person = person_of(&house, "moi.den").await;
    let post = post_of(&house, "moi.den").await;
    let asked = admin.get(&format!("/posts/{post}/end")).await;
    assert!(asked.body.contains("Ví Dụ Thêm") && asked.body.contains("chức danh duy nhất"), "{}", asked.body);
    let list = admin.get("/people").await.body;
    assert!(!list.contains("<form method=\"post\" action=\"/posts/"), "one click ends a post");
    let done = admin.form(&format!("/posts/{post}/end"), &[]).await;
    assert_eq!(done.location, format!("/people/{person}?done=post-ended"), "{}", done.body);
    let page = admin.get(&format!("/people/{person}")).await.body;
    assert!(page.contains("Giao chức danh") && page.contains("kết thúc ngay trong ngày"), "{page}");
    assert!(page.contains(&format!("/posts/{post}/another")) && page.contains("data-pick=\"/api/v1/bodies"));
    let given = [("unit", "Sở Tài chính"), ("role", "officer"), ("title", "")];
    let again = admin.form(&format!("/posts/{post}/another"), &given).await;
    assert_eq!(again.location, "/people?done=post-added", "{}", again.body);
    let held = "SELECT COUNT(*) FROM directory_post WHERE person_id = (SELECT person_id FROM directory_account WHERE login = 'moi.den') AND valid_to IS NULL";
    assert_eq!(house.count(held).await, 1);
}

#[tokio::test]
async fn a_new_slip_is_asked_for_and_never_for_oneself() {
    let house = House::people().await;
    let admin = house.signed_in("quantri").await;
    let root = root(&house);
    let (own, other) = (account_of(&house, "quantri").await, account_of(&house, "thu").await);
    let list = admin.get("/people").await.body;
    assert!(!list.contains("action=\"/people/reset\""), "one click kills a password");
    assert!(list.contains(&format!("/people/reset?account={other}")) && !list.contains(&format!("account={own}")));
    // Nobody of the demo has a second factor: there is nothing to reset.
    assert!(!list.contains("/people/second-factor?"));
    let before = house.ledger_length().await;
    let asked = admin.get(&format!("/people/reset?account={other}&unit={root}")).await;
    assert_eq!(asked.status, StatusCode::OK);
    assert!(asked.body.contains("Trần Văn Thử") && asked.body.contains("mất hiệu lực ngay"), "{}", asked.body);
    assert_eq!(house.ledger_length().await, before);
    house.signed_in("thu").await;
    let form = |account: &AccountId| [("account", account.to_string()), ("unit", root.to_string())];
    let sent = async |account: &AccountId| {
        let form = form(account);
        let form: Vec<(&str, &str)> = form.iter().map(|(key, value)| (*key, value.as_str())).collect();
        admin.form("/people/reset", &form).await
    };
    assert_eq!(sent(&own).await.status, StatusCode::FORBIDDEN);
    assert_eq!(admin.get("/people").await.status, StatusCode::OK, "still signed in");
    let slip = sent(&other).await;
    assert!(slip.body.contains("Dùng một lần, đến") && slip.body.contains("class=\"qr\""), "{}", slip.body);
}

#[tokio::test]
async fn the_reset_of_a_second_factor_is_offered_where_there_is_one() {
    let house = House::people().await;
    let admin = house.signed_in("quantri").await;
    let answer = newcomer(&house, "sep.moi", Role::LEADER, "Sở Tài chính").await;
    enrolled(&house, &answer).await;
    let account = account_of(&house, "sep.moi").await;
    let list = admin.get("/people").await.body;
    assert!(list.contains(&format!("/people/second-factor?account={account}")));
    assert_eq!(list.matches("/people/second-factor?").count(), 1);
}

#[tokio::test]
async fn who_finds_an_empty_house_is_told_of_the_first_link() {
    let house = House::empty().await;
    for page in ["/sign-in", "/link/first_none"] {
        let body = house.client().get(page).await.body;
        assert!(body.contains("dinh account first-link"), "{page}: {body}");
    }
    let used = House::people().await;
    assert!(!used.client().get("/sign-in").await.body.contains("first-link"));
}

fn sources() -> Vec<String> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|end| end == "rs") {
                found.push(path);
            }
        }
    }
    // What writes no entry: macros, tests, what is pure, and codes of a catalogue that look like acts.
    const SILENT: [&str; 7] = ["derive", "grammar", "indicators", "nd30", "plan-reader", "testkit", "timestamp"];
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut files = Vec::new();
    for owner in std::fs::read_dir(crates).unwrap().map(Result::unwrap) {
        if !SILENT.iter().any(|silent| owner.file_name() == *silent) {
            walk(&owner.path().join("src"), &mut files);
        }
    }
    files.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect()
}

/// What is written into the ledger, and what leaves a trace when it is refused: an administrator reads words of it.
#[tokio::test]
async fn every_act_and_every_refusal_has_words() {
    // Names of a file and of jobs that look like acts.
    const NO_ACTS: [&str; 7] = [
        "ledger.key",
        "calendar.changed",
        "notify.daily",
        "notify.send",
        "notify.tell",
        "notify.ledger_head",
        "notify.ledger_stamp",
    ];
    let house = House::empty().await;
    let locales = house.app.locales();
    let direct = Regex::new(r#"(?:Entry::new\(|kept_(?:add|edit)(?:::<\w+>)?\([^"]*)\s*"([a-z_.]+)""#).unwrap();
    let dotted = Regex::new(r#"(note_access\(&?(?:req\.)?ctx, )?"([a-z]+)\.([a-z_]+)""#).unwrap();
    let refused = Regex::new(r#"(?:ProblemKind::Forbidden, |FourEyes\()"([a-z-]+)"|"(four-eyes-[a-z]+)""#).unwrap();
    let noted = Regex::new(r#"note_access\(\s*&?(?:req\.)?ctx,\s*"([a-z_.]+)""#).unwrap();
    let (mut acts, mut seen, mut codes) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let mut reads = BTreeSet::new();
    for text in sources() {
        reads.extend(noted.captures_iter(&text).map(|found| format!("read-{}", found[1].replace('.', "-"))));
        acts.extend(direct.captures_iter(&text).map(|found| found[1].to_owned()));
        let others = dotted.captures_iter(&text).filter(|found| found.get(1).is_none());
        seen.extend(others.map(|found| (found[2].to_owned(), found[3].to_owned())));
        codes.extend(
            refused
                .captures_iter(&text)
                .filter_map(|found| found.get(1).or_else(|| found.get(2)).map(|code| code.as_str().to_owned())),
        );
    }
    // An act that is chosen by what is done is no literal of the entry: whatever begins as acts do and is no right.
    let rights: BTreeSet<&str> =
        house.app.modules().iter().flat_map(webkit::Module::all_actions).map(|one| one.0).collect();
    let heads: BTreeSet<String> = acts.iter().filter_map(|act| act.split('.').next()).map(str::to_owned).collect();
    let more = seen.into_iter().filter(|(head, _)| heads.contains(head)).map(|(head, rest)| format!("{head}.{rest}"));
    acts.extend(more.filter(|act| !rights.contains(act.as_str()) && !NO_ACTS.contains(&act.as_str())));
    // A right too.
    acts.insert("plan.confirm".to_owned());
    assert!(acts.len() > 100 && codes.len() > 15, "{} acts, {} refusals", acts.len(), codes.len());
    let keys = acts.iter().map(|act| format!("act-{}", act.replace(['.', '_'], "-")));
    let keys = keys.chain(codes.iter().filter(|code| *code != "prove-again").map(|code| format!("refusal-{code}")));
    assert!(reads.len() > 5, "{reads:?}");
    let missing: Vec<String> = keys.chain(reads).filter(|key| !locales.has(key)).collect();
    assert_eq!(missing, Vec::<String>::new());
}

#[derive(db::FromQueryResult)]
struct Acted {
    action: String,
}

impl House {
    /// Every act that stands in the ledger now has words for who reads it.
    pub async fn acts_have_words(&self) {
        let acts = "SELECT DISTINCT action FROM db_ledger WHERE action NOT LIKE 'test.%'";
        let acts: Vec<Acted> = self.app.db().read().all(acts, vec![]).await.unwrap();
        let keys = acts.iter().map(|one| format!("act-{}", one.action.replace(['.', '_'], "-")));
        let missing: Vec<String> = keys.filter(|key| !self.app.locales().has(key)).collect();
        assert_eq!(missing, Vec::<String>::new());
    }
}
