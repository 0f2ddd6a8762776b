//! A form that is refused comes back: with the reason, at the field, and with all that was typed.

use testkit::Part;

use crate::{
    house::House,
    reporting::{Round, words},
};

/// A part that is open, led by the commune of the officer who looks, and its revision.
pub async fn open_part(house: &House) -> (programme::ids::PartId, String) {
    let sql = "SELECT p.id FROM programme_part p JOIN directory_unit u ON u.id = p.unit_id JOIN programme_plan l ON l.id = p.plan_id \
        WHERE u.name = 'UBND xã Sông Mẫu' AND l.state = 'live' AND p.done_on IS NULL AND p.stopped_on IS NULL ORDER BY p.id LIMIT 1";
    let id = programme::ids::PartId::from_uuid(house.one(sql, vec![]).await);
    let part = programme::work::store::part::get(&house.app.db().read(), id).await.unwrap().unwrap();
    (id, part.rev.to_string())
}

#[tokio::test]
async fn what_was_typed_on_the_page_of_a_task_comes_back() {
    let house = House::demo().await;
    let clerk = house.signed_in("thu").await;
    let (part, rev) = open_part(&house).await;
    let form = [("rev", rev.as_str()), ("percent", "150"), ("text", "Đã họp ba lần & \"chốt\"")];
    let answer = clerk.form(&format!("/parts/{part}/progress"), &form).await;
    assert_eq!(answer.status, 422, "{}", answer.body);
    assert!(answer.body.contains("value=\"150\"") && answer.body.contains("Đã họp ba lần &amp; &quot;chốt&quot;"));
    assert!(
        answer.body.contains("id=\"percent-error\"") && answer.body.contains("href=\"#percent\""),
        "{}",
        answer.body
    );
    assert!(words(&answer.body).contains("Quá trình thực hiện"), "it is the task's own page");
    // Folded away: it is open, because what is wrong is in it.
    let step = [("text", ""), ("owner", "Nguyễn Văn Mẫu"), ("due_on", "")];
    let answer = clerk.form(&format!("/parts/{part}/steps"), &step).await;
    assert_eq!(answer.status, 422);
    let (before, _) = answer.body.split_once("value=\"Nguyễn Văn Mẫu\"").expect(&answer.body);
    assert!(before[before.rfind("<details").unwrap()..].contains(" open"), "{}", answer.body);
    // With a file: the file cannot come back, its words do.
    let parts = [Part::Field("label", "Biên bản"), Part::Field("number", "12/BB"), Part::File("a.exe", b"MZ")];
    let answer = clerk.upload(&format!("/parts/{part}/evidence"), &parts).await;
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("value=\"Biên bản\"") && answer.body.contains("value=\"12/BB\""), "{}", answer.body);
}

/// A wrong name is said at its field, in the reader's language.
#[tokio::test]
async fn words_come_back_in_the_form_in_which_they_were_typed() {
    let house = House::demo().await;
    let officer = house.signed_in("vidu").await.header("referer", "http://dinh.test/questions/new");
    let form = [("text", "Đề nghị báo cáo\nsố liệu"), ("units", "Sở Không Có"), ("due_on", "2026-12-31")];
    let answer = officer.form("/questions", &form).await;
    assert_eq!(answer.status, 422);
    assert!(
        answer.body.contains("Đề nghị báo cáo\nsố liệu</textarea>") && answer.body.contains("value=\"Sở Không Có\"")
    );
    assert!(answer.body.contains("id=\"units-error\""), "{}", answer.body);
    // In English, by the reader's choice.
    let answer = officer.with_cookie("dinh_lang=en").form("/questions", &form).await;
    assert!(answer.body.contains("Sở Không Có") && answer.body.contains("There is a problem"), "{}", answer.body);
}

/// A form over an older state: the page is as it is now, and nothing that was typed is lost.
#[tokio::test]
async fn words_on_an_older_state_are_not_lost() {
    let house = House::demo().await;
    let clerk = house.signed_in("thu").await;
    let (part, _) = open_part(&house).await;
    let form = [("rev", "0"), ("percent", "40"), ("text", "Đã xong dự thảo")];
    let answer = clerk.form(&format!("/parts/{part}/progress"), &form).await;
    assert_eq!(answer.status, 412);
    // The next press is over what its reader sees, with what was typed beside it.
    assert!(
        !answer.body.contains("name=\"rev\" value=\"0\"") && !answer.body.contains("value=\"40\""),
        "{}",
        answer.body
    );
    let (_, beside) = answer.body.split_once("Những gì bạn đã nhập").expect(&answer.body);
    assert!(beside.contains("<p class=\"typed\">40</p><p class=\"typed\">Đã xong dự thảo</p>"), "{beside}");
    assert_eq!(answer.headers["cache-control"], "no-store");
}

/// Pages that show their own refusals say those of the floor too, and no passphrase.
#[tokio::test]
async fn pages_of_ones_own_refusals_say_those_of_the_floor() {
    let house = House::people().await;
    let admin = house.signed_in("quantri").await.header("referer", "http://dinh.test/units/new");
    let answer = admin.form("/units/new", &[("name", "Đơn vị mới"), ("code", "x \u{1}")]).await;
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("id=\"errors\"") && answer.body.contains("value=\"Đơn vị mới\""), "{}", answer.body);
    let own = house.signed_in("thu").await.header("referer", "http://dinh.test/work");
    let typed = [("current", "mật khẩu của tôi"), ("password", "một câu khác \u{1}"), ("again", "một câu khác")];
    let answer = own.form("/account/password", &typed).await;
    assert_eq!(answer.status, 422);
    assert!(!answer.body.contains("mật khẩu của tôi") && !answer.body.contains("một câu khác"), "{}", answer.body);
}

/// What a browser sends of the form to this address, nothing ticked.
fn untouched(page: &str, action: &str) -> Vec<(String, String)> {
    let (_, form) = page.split_once(&format!("action=\"{action}\"")).expect(page);
    let form = form.split("</form>").next().unwrap();
    let mut fields = vec![];
    for tag in form.split('<') {
        let of = |name: &str| {
            let (_, value) = tag.split('>').next().unwrap().split_once(&format!(" {name}=\""))?;
            Some(value.split('"').next().unwrap().to_owned())
        };
        let Some(name) = of("name").filter(|_| of("type").as_deref() != Some("checkbox")) else { continue };
        let value = match tag.split(' ').next() {
            Some("input") => of("value").unwrap_or_default(),
            Some("textarea") => tag.split('>').nth(1).unwrap().to_owned(),
            Some("select") => "estimate".to_owned(),
            _ => continue,
        };
        fields.push((name, value));
    }
    fields
}

/// Rows of one name: each wrong one is said where it was typed.
#[tokio::test]
async fn each_wrong_figure_of_a_report_is_said_in_its_row() {
    let house = House::demo().await;
    let id = Round::open(&house).await.report_of("UBND xã Sông Mẫu").await;
    let clerk = house.signed_in("thu").await;
    let path = format!("/reports/{id}/edit");
    let mut fields = untouched(&words(&clerk.get(&path).await.body), &path);
    let typed = ["nhiều lắm", "chưa đếm"];
    for (field, text) in fields.iter_mut().filter(|(name, _)| name == "value").zip(typed) {
        text.clone_into(&mut field.1);
    }
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert!(typed.iter().all(|text| fields.contains(&("value", text))), "two targets at least: {fields:?}");
    let answer = clerk.form(&path, &fields).await;
    assert_eq!(answer.status, 422, "{}", answer.body);
    for (row, text) in typed.iter().enumerate() {
        let field = format!("value-{}", row + 1);
        let (before, after) = answer.body.split_once(&format!("<p id=\"{field}-error\"")).expect(&answer.body);
        assert!(before.contains(&format!("href=\"#{field}\"")), "{before}");
        let (said, input) = after.split_once("</p>").unwrap();
        assert!(said.contains(&format!("“{text}” không phải là số")), "{said}");
        let input = input.split('>').next().unwrap();
        assert!(input.contains(&format!("value=\"{text}\"")) && input.contains(&format!("id=\"{field}\"")), "{input}");
    }
}
