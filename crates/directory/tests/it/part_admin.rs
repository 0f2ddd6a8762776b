//! A system administrator of a part of the house keeps what is below their unit, and becomes nothing else by it.

use ::directory::model::unit::UnitKind;
use axum::http::StatusCode;
use kernel::{Resolution, Role, UnitId};
use testkit::{Answer, Client, Part};

use crate::{
    house::House,
    known::{directory, root, unit},
    second_step::{enrolled, newcomer},
};

const DONE: StatusCode = StatusCode::SEE_OTHER;
const NO: StatusCode = StatusCode::FORBIDDEN;
const REFUSED: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

/// The system administrator of UBND xã Sông Mẫu.
async fn of_commune(house: &House) -> Client {
    let answer = newcomer(house, "quantrixa", Role::SYSTEM_ADMIN, "UBND xã Sông Mẫu").await;
    enrolled(house, &answer).await.0
}

async fn sent(client: &Client, path: &str, fields: &[(&str, &str)]) -> Answer {
    client.form(path, fields).await
}

async fn add(client: &Client, parent: UnitId, fields: &[(&str, &str)]) -> Answer {
    let parent = parent.to_string();
    let kind = if fields.iter().any(|(name, _)| *name == "kind") { &[][..] } else { &[("kind", "team")] };
    sent(client, "/units/new", &[&[("parent", parent.as_str())], kind, fields].concat()).await
}

fn id_of(added: &Answer) -> UnitId {
    assert_eq!(added.status, DONE, "{}", added.body);
    added.location.trim_start_matches("/units/").split('?').next().unwrap().parse().unwrap()
}

async fn edit(client: &Client, id: UnitId, rev: &str, fields: &[(&str, &str)]) -> Answer {
    sent(client, &format!("/units/{id}/edit"), &[fields, &[("rev", rev)]].concat()).await
}

#[tokio::test]
async fn a_commune_does_not_make_itself_a_body_of_the_province() {
    let house = House::people().await;
    let local = of_commune(&house).await;
    let song = unit(&house, "UBND xã Sông Mẫu");
    for kind in ["committee", "council", "party", "department"] {
        let answer = edit(&local, song, "1", &[("name", "UBND xã Sông Mẫu"), ("kind", kind)]).await;
        assert_eq!(answer.status, NO, "{kind}");
    }
    assert_eq!(add(&local, root(&house), &[("name", "UBND Khác"), ("kind", "committee")]).await.status, NO);
    let tree = directory(&house).tree();
    assert_eq!(tree.unit(song).unwrap().kind, UnitKind::Commune);
    // Kinds that words of the whole province mean are given by the province.
    let answer = add(&local, song, &[("name", "Phòng Mới"), ("kind", "department")]).await;
    assert!(answer.status == NO && answer.body.contains("cả tỉnh"), "{}", answer.body);
    let page = local.get(&format!("/units/{song}")).await.body.replace("&#x2f;", "/");
    assert!(page.contains("/units/new?parent=") && !page.contains("/edit"), "{page}");
    // The province's administrator does all of it.
    let admin = house.signed_in("quantri").await;
    assert_eq!(edit(&admin, song, "1", &[("name", "UBND xã Sông Mẫu"), ("kind", "department")]).await.status, DONE);
    id_of(&add(&admin, root(&house), &[("name", "HĐND Khác"), ("kind", "council")]).await);
}

#[tokio::test]
async fn a_part_moves_no_unit_of_its_own_into_another_part() {
    let house = House::people().await;
    let local = of_commune(&house).await;
    let (song, committee) = (unit(&house, "UBND xã Sông Mẫu"), unit(&house, "UBND tỉnh"));
    let team = id_of(&add(&local, song, &[("name", "Tổ Một")]).await);
    let (head, heir) = (committee.to_string(), unit(&house, "Sở Nội vụ").to_string());
    let office = [("name", "Văn phòng Một"), ("kind", "division"), ("parent", head.as_str())];
    assert_eq!(edit(&local, team, "1", &office).await.status, NO);
    let ended = [("name", "Tổ Một"), ("kind", "team"), ("valid_to", "2026-12-31"), ("successor", heir.as_str())];
    assert_eq!(edit(&local, team, "1", &ended).await.status, NO, "nobody else takes its tasks over");
    let own = [("parent", head.as_str()), ("name", "UBND xã Sông Mẫu"), ("kind", "commune")];
    assert_eq!(edit(&local, song, "1", &own).await.status, NO);
    assert_eq!(directory(&house).tree().unit(team).unwrap().parent, Some(song));
    // Inside the part it is theirs to do.
    let other = id_of(&add(&local, song, &[("name", "Tổ Hai")]).await);
    let (below, next) = (other.to_string(), other.to_string());
    let moved = [("name", "Tổ Một Mới"), ("kind", "division"), ("parent", below.as_str())];
    assert_eq!(edit(&local, team, "1", &moved).await.status, DONE);
    let ended =
        [("name", "Tổ Một Mới"), ("kind", "division"), ("valid_to", "2026-12-31"), ("successor", next.as_str())];
    assert_eq!(edit(&local, team, "2", &ended).await.status, DONE);
    let admin = house.signed_in("quantri").await;
    assert_eq!(
        edit(&admin, other, "1", &[("name", "Văn phòng Hai"), ("kind", "division"), ("parent", &head)]).await.status,
        DONE
    );
}

#[tokio::test]
async fn a_part_takes_no_name_of_the_house_and_its_own_names_are_heard_in_it_only() {
    let house = House::people().await;
    let local = of_commune(&house).await;
    let (song, finance) = (unit(&house, "UBND xã Sông Mẫu"), unit(&house, "Sở Tài chính"));
    for names in [
        [("name", "Sở Tài chính"), ("short_name", "")],
        [("name", "Tổ Một"), ("short_name", "sở tài chính tỉnh Mẫu")],
        [("name", "Tổ Một"), ("short_name", "UBND tỉnh")],
        [("name", "UBND xã Đồi Mẫu"), ("short_name", "")],
    ] {
        let answer = add(&local, song, &names).await;
        assert_eq!(answer.status, REFUSED, "{names:?} {}", answer.body);
    }
    let team = id_of(&add(&local, song, &[("name", "Tổ Hai"), ("short_name", "Sở Số hóa")]).await);
    assert_eq!(edit(&local, team, "1", &[("name", "Sở Tài chính"), ("kind", "team")]).await.status, REFUSED);
    assert_eq!(edit(&local, song, "1", &[("name", "Sở Số hóa"), ("kind", "commune")]).await.status, NO);
    let tree = directory(&house).tree();
    let means = |words: &str, issuer| match tree.resolve(words, issuer) {
        Resolution::Unit { unit, certain, .. } => Some((unit, certain)),
        Resolution::Group { .. } | Resolution::Unknown => None,
    };
    assert_eq!(means("Sở Tài chính", None), Some((finance, true)));
    assert_eq!(means("Sở Số hóa", Some(root(&house))), Some((team, false)), "a person is asked");
    assert_eq!(means("Sở Số hóa", Some(song)), Some((team, true)), "in its own body it is a name");
    // What many communes have, each may have.
    assert_eq!(add(&local, team, &[("name", "Phòng Kinh tế"), ("kind", "division")]).await.status, DONE);
    let admin = house.signed_in("quantri").await;
    let other = [("name", "Sở Tài chính - Kế hoạch"), ("kind", "department")];
    assert_eq!(edit(&admin, finance, "1", &other).await.status, DONE);
}

async fn list(admin: &Client, text: &str) -> Answer {
    admin.upload("/units/import", &[Part::Field("confirm", "1"), Part::File("u.csv", text.as_bytes())]).await
}

#[tokio::test]
async fn a_code_names_one_unit_and_is_given_by_the_province() {
    let house = House::people().await;
    let (local, admin) = (of_commune(&house).await, house.signed_in("quantri").await);
    let (song, finance) = (unit(&house, "UBND xã Sông Mẫu"), unit(&house, "Sở Tài chính"));
    let department = |code| [("name", "Sở Tài chính"), ("kind", "department"), ("code", code)];
    assert_eq!(edit(&admin, finance, "1", &department("H00.09")).await.status, DONE);
    for code in ["H00.09", "H00.77"] {
        let answer = add(&local, song, &[("name", "Tổ Một"), ("code", code)]).await;
        assert!(answer.status == NO && answer.body.contains("mã định danh"), "{code}: {}", answer.body);
    }
    // Nor does the province give one twice, be it the code of an area.
    for code in ["H00.09", "90008"] {
        let answer = add(&admin, song, &[("name", "Tổ Một"), ("code", code)]).await;
        assert!(
            answer.status == StatusCode::CONFLICT && answer.body.contains("Mã này đang là mã của"),
            "{}",
            answer.body
        );
    }
    let twice = "INSERT INTO directory_unit (id, parent_id, kind, code, name, short_name, name_fold, name_sort, valid_from, rev) \
        VALUES ($1, $2, 'team', 'H00.09', 'Tổ Cũ', 'Tổ Cũ', 'to cu', 'x', '2025-07-01', 1)";
    let values = db::vals![uuid::Uuid::from_u128(7), song.uuid()];
    assert!(house.app.db().unguarded().exec(twice, values.clone()).await.is_err(), "the database knows it too");
    // Twins of an earlier version: no list edits one of them by chance.
    house.exec(&twice.replace(", rev)", ", rev, code_twin_of)").replace(", 1)", ", 1, $1)"), values).await;
    let row = "code,name,kind\nH00.09,Sở Tài chính Mới,department\n";
    let answer = list(&admin, row).await;
    assert_eq!(answer.status, StatusCode::CONFLICT, "{}", answer.body);
    assert!(answer.body.contains("Sở Tài chính") && answer.body.contains("Tổ Cũ"), "{}", answer.body);
    assert_eq!(house.count("SELECT COUNT(*) FROM directory_unit WHERE name = 'Sở Tài chính Mới'").await, 0);
    directory(&house).reload().await.unwrap();
    let old = UnitId::from_uuid(uuid::Uuid::from_u128(7));
    assert_eq!(edit(&admin, old, "1", &[("name", "Tổ Cũ"), ("kind", "team"), ("code", "H00.10")]).await.status, DONE);
    assert_eq!(list(&admin, row).await.status, DONE);
}
