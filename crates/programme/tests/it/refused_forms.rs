//! A form that is refused comes back: with the reason, at the field, and with all that was typed.

use testkit::Part;

use crate::{
    documents::part_of,
    house::{COMMUNE, House},
    round::{Round, words},
};

#[tokio::test]
async fn what_was_typed_on_the_page_of_a_task_comes_back() {
    let house = House::demo().await;
    let clerk = house.as_("thu").await;
    let part = part_of(&house, house.unit(COMMUNE)).await;
    let row = programme::work::store::part::get(&house.app.db().read(), part).await.unwrap().unwrap();
    let rev = row.rev.to_string();
    let form = [("rev", rev.as_str()), ("percent", "150"), ("text", "Đã họp ba lần & \"chốt\"")];
    let answer = clerk.form(&format!("/parts/{part}/progress"), &form).await;
    assert_eq!(answer.status, 422, "{}", answer.body);
    assert!(
        answer.body.contains("value=\"150\"")
            && words(&answer.body).contains("Đã họp ba lần &amp; \"chốt\"</textarea>")
    );
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
    // Of fields none of which must be filled in one must: that is said before and after, and not of "required" fields.
    let answer = clerk.upload(&format!("/parts/{part}/evidence"), &[Part::Field("label", "Biên bản họp")]).await;
    assert_eq!(answer.status, 422);
    let told = words(&answer.body);
    assert!(told.contains("Cần ít nhất một: số văn bản") && told.contains("Chưa có minh chứng nào"), "{told}");
    assert!(told.contains("value=\"Biên bản họp\"") && !told.contains("các ô bắt buộc"), "{told}");
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
    let officer = house.as_("vidu").await.header("referer", "http://dinh.test/questions/new");
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
    let clerk = house.as_("thu").await;
    let part = part_of(&house, house.unit(COMMUNE)).await;
    let done = |day: &'static str| [("rev", "0"), ("done_on", day), ("note", "Quyết định số 15/QĐ-UBND")];
    // As it was written its draft was kept.
    let seen = clerk.get(&clerk.get(&format!("/parts/{part}")).await.location).await.body;
    let (_, own) = seen.split_once(&format!("action=\"/parts/{part}/done\"")).expect(&seen);
    let key = own.split("name=\"draft\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(clerk.form(&format!("/drafts/{key}"), &done("2026-11-20")).await.status, 200);
    let answer = clerk.form(&format!("/parts/{part}/done"), &done("2026-11-20")).await;
    assert_eq!(answer.status, 412);
    // The next press is over what its reader sees, with both texts beside each other.
    let (_, form) = answer.body.split_once("id=\"done_on\"").expect(&answer.body);
    assert!(form.split('>').next().unwrap().contains("value=\"21/11/2026\""), "{form}");
    let (_, beside) = answer.body.split_once("Những gì bạn đã nhập, bên cạnh bản đang lưu").expect(&answer.body);
    let (both, own) = beside.split_once("</table>").unwrap();
    for text in ["Kết quả, minh chứng", "Quyết định số 15&#x2f;QĐ-UBND", "Bản đang lưu"] {
        assert!(both.contains(text), "{text}: {both}");
    }
    assert_eq!(answer.headers["cache-control"], "no-store");
    // Theirs is sent over what is kept now by one press.
    let form = own.split("</form>").next().unwrap();
    assert!(
        form.contains("Dùng bản của tôi") && form.contains(&format!("&#x2f;parts&#x2f;{part}&#x2f;done")),
        "{form}"
    );
    let mine = hidden(form);
    assert!(mine.iter().any(|(name, value)| name == "rev" && value != "0"), "{mine:?}");
    let mine: Vec<(&str, &str)> = mine.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let saved = clerk.form(&format!("/parts/{part}/done"), &mine).await;
    assert_eq!(saved.status, 303, "{}", saved.body);
    assert_eq!(
        house.count("SELECT COUNT(*) FROM programme_part WHERE done_note = 'Quyết định số 15/QĐ-UBND'").await,
        1
    );
    assert_eq!(house.count("SELECT COUNT(*) FROM db_draft").await, 0, "the act took the draft in by this way too");
}

/// What a form carries unseen.
fn hidden(form: &str) -> Vec<(String, String)> {
    let of = |tag: &str, name: &str| Some(tag.split_once(&format!(" {name}=\""))?.1.split('"').next()?.to_owned());
    let unseen = form.split('<').filter(|tag| tag.starts_with("input") && tag.contains("type=\"hidden\""));
    unseen.filter_map(|tag| Some((of(tag, "name")?, words(&of(tag, "value")?)))).collect()
}

/// A note adds: it never conflicts, neither with its writer on another page nor with somebody else.
#[tokio::test]
async fn a_note_of_progress_is_taken_over_whatever_was_done_meanwhile() {
    let house = House::demo().await;
    let clerk = house.as_("thu").await;
    let part = part_of(&house, house.unit(COMMUNE)).await;
    for text in ["Đã họp", "Đã xong dự thảo"] {
        let answer = clerk.form(&format!("/parts/{part}/progress"), &[("rev", "1"), ("text", text)]).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        clerk.upload(&format!("/parts/{part}/evidence"), &[Part::Field("number", text)]).await;
    }
    let noted = "SELECT COUNT(*) FROM programme_entry WHERE kind = 'progress' AND text LIKE 'Đã %'";
    assert!(house.count(noted).await >= 2);
    // Nor does it stand in the way of its writer, who says on another page that the work is done.
    let done = [("rev", "1"), ("done_on", "2026-11-20"), ("note", "Xong cả")];
    assert_eq!(clerk.form(&format!("/parts/{part}/done"), &done).await.status, 303);
}

/// Who may not, or what is not there: the words come back all the same.
#[tokio::test]
async fn words_refused_for_want_of_a_right_or_of_a_thing_come_back() {
    let house = House::demo().await;
    let part = part_of(&house, house.unit(COMMUNE)).await;
    let page = format!("http://dinh.test/parts/{part}");
    let (follower, text) = (house.as_("vidu").await.header("referer", &page), "Theo hồ sơ giấy, đã xem");
    let done = [("rev", "1"), ("done_on", "2026-11-20"), ("note", "Đã xong"), ("on_behalf", "true")];
    assert_eq!(follower.form(&format!("/parts/{part}/done"), &done).await.status, 303);
    let accept = [("rev", "2"), ("act", "accept"), ("words", text)];
    let own = follower.form(&format!("/parts/{part}/check"), &accept).await;
    assert_eq!(own.status, 403);
    assert!(
        own.body.contains(&format!(">{text}</p>")),
        "who may not accept has no such form, but the words: {}",
        own.body
    );
    // No page of the form can be shown: the words stand where the refusal is said.
    let stranger = house.as_("taichinh").await;
    let refused = stranger.form(&format!("/parts/{part}/progress"), &[("percent", "40"), ("text", "Đã họp dân")]).await;
    assert_eq!(refused.status, 403);
    assert!(
        refused.body.contains("Những gì bạn đã nhập") && refused.body.contains(">Đã họp dân</p>"),
        "{}",
        refused.body
    );
    assert_eq!(refused.headers["cache-control"], "no-store");
    let nowhere = format!("/questions/{}/answer", kernel::Id::<programme::ids::Question>::from_uuid(uuid::Uuid::nil()));
    let gone = stranger.form(&nowhere, &[("unit", &house.unit(COMMUNE).to_string()), ("text", "Trả lời dài")]).await;
    assert_eq!(gone.status, 404);
    assert!(gone.body.contains(">Trả lời dài</p>") && !gone.body.contains(">unit_"), "{}", gone.body);
}

/// What a browser sends of the form to this address, nothing ticked.
pub fn untouched(page: &str, action: &str) -> Vec<(String, String)> {
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
    let id = Round::open(&house, house.as_("vidu").await).await.report_of(house.unit("UBND xã Sông Mẫu")).await;
    let clerk = house.as_("thu").await;
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

/// One field for accepting and sending back is needed by one of them: it is not marked as optional, and says when.
#[tokio::test]
async fn many_parts_are_not_sent_back_without_a_word_and_the_field_says_so() {
    let house = House::demo().await;
    let part = part_of(&house, house.unit(COMMUNE)).await;
    let row = programme::work::store::part::get(&house.app.db().read(), part).await.unwrap().unwrap();
    let rev = row.rev.to_string();
    let done = [("rev", rev.as_str()), ("done_on", "2026-11-20"), ("note", "Quyết định số 15/QĐ-UBND")];
    assert_eq!(house.as_("thu").await.form(&format!("/parts/{part}/done"), &done).await.status, 303);
    let follower = house.as_("vidu").await.header("referer", "http://dinh.test/work");
    let page = words(&follower.get("/work").await.body);
    let (_, label) = page.split_once("for=\"words-all\"").expect(&page);
    assert!(!label.split("</label>").next().unwrap().contains("không bắt buộc"), "{page}");
    assert!(page.contains("Cần ghi khi trả lại"), "{page}");
    let ticked = format!("{part}:1");
    let answer = follower.form("/work/check", &[("part", &ticked), ("act", "send_back"), ("words", "")]).await;
    assert_eq!(answer.status, 422, "{}", answer.body);
    assert!(answer.body.contains("href=\"#words-all\""), "{}", answer.body);
}
