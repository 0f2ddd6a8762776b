use super::*;

fn unit(n: u128, parent: Option<u128>, kind: UnitKind, name: &str, short: &str) -> Unit {
    Unit { short_name: short.into(), ..Unit::sample(n, parent, kind, name) }
}

fn sample() -> Tree {
    let units = vec![
        unit(1, None, UnitKind::Province, "Tỉnh Mẫu", "Mẫu"),
        unit(2, Some(1), UnitKind::Committee, "UBND tỉnh Mẫu", "UBND tỉnh"),
        unit(3, Some(2), UnitKind::Department, "Sở Khoa học và Công nghệ", "Sở KH&CN"),
        unit(4, Some(1), UnitKind::Vertical, "Công an tỉnh", "Công an tỉnh"),
        unit(5, Some(1), UnitKind::Commune, "UBND xã Sông Mẫu", "Xã Sông Mẫu"),
        unit(6, Some(5), UnitKind::Division, "Phòng Kinh tế", "Phòng Kinh tế"),
        unit(7, Some(1), UnitKind::Commune, "UBND xã Đồi Mẫu", "Xã Đồi Mẫu"),
        unit(8, Some(7), UnitKind::Division, "Phòng Kinh tế", "Phòng Kinh tế"),
    ];
    Tree::new(units, &[], 0)
}

fn name(resolution: Resolution) -> String {
    match resolution {
        Resolution::Unit { name, certain, .. } => format!("{name}{}", if certain { "" } else { "?" }),
        Resolution::Group { name, units } => format!("{name}: {}", units.len()),
        Resolution::Unknown => "-".into(),
    }
}

#[test]
fn names_in_documents_find_their_bodies() {
    let tree = sample();
    let resolve = |text| name(tree.resolve(text, None));
    assert_eq!(resolve("sở Khoa học và Công nghệ"), "Sở Khoa học và Công nghệ");
    assert_eq!(resolve("Sở KH&CN"), "Sở Khoa học và Công nghệ");
    assert_eq!(resolve("Ủy ban nhân dân tỉnh"), "UBND tỉnh Mẫu");
    assert_eq!(resolve("Sở Khoa hoc và Công nghệ"), "Sở Khoa học và Công nghệ?");
    assert_eq!(resolve("Các sở, ban ngành"), "Các sở, ban, ngành: 2");
    assert_eq!(resolve("UBND các xã, phường, đặc khu"), "UBND các xã, phường, đặc khu: 2");
    assert_eq!(resolve("Các đơn vị có liên quan"), "-");
}

#[test]
fn what_is_certain_is_told_as_documents_have_it() {
    let tree = sample();
    for (text, is_certain) in [
        ("sở Khoa học và Công nghệ", true),
        ("Sở KH&CN", true),
        ("Sở Khoa hoc và Công nghệ", false),
        ("Phòng Kinh tế", false),
        ("Các sở, ban ngành", false),
        ("Sở Không Có", false),
    ] {
        let resolved = matches!(tree.resolve(text, None), Resolution::Unit { certain: true, .. });
        assert_eq!((tree.is_certain(text), resolved), (is_certain, is_certain), "{text}");
    }
}

#[test]
fn a_name_without_marks_is_written_out_and_a_short_form_is_not() {
    let tree = sample();
    for (text, is_written_out) in [
        ("so khoa hoc va cong nghe", true),
        ("Ủy ban nhân dân xã Sông Mẫu", true),
        ("uy ban nhan dan xa song mau", true),
        ("ubnd\txa song mau", true),
        ("xa doi mau", true),
        ("skhcn", false),
        ("song mau", false),
        ("phong kinh te", false),
        ("", false),
    ] {
        assert_eq!(tree.is_written_out(text), is_written_out, "{text}");
    }
}

fn alias(unit: u128, words: &str, issuer: Option<u128>) -> AliasRow {
    AliasRow {
        id: uuid::Uuid::nil(),
        unit_id: uuid::Uuid::from_u128(unit),
        alias: words.into(),
        reach: issuer.map(|_| "issuer".into()),
        issuer_id: issuer.map(uuid::Uuid::from_u128),
        plan_id: None,
        person_id: None,
        account_id: None,
        at: None,
        kind: None,
        removed_at: None,
        removed_by: None,
    }
}

#[test]
fn no_explanation_replaces_a_name() {
    let (commune, other) = (UnitId::from_uuid(uuid::Uuid::from_u128(5)), UnitId::from_uuid(uuid::Uuid::from_u128(7)));
    let mut tree = sample();
    let units: Vec<Unit> = tree.units.drain().map(|(_, unit)| unit).collect();
    let rows = [
        alias(5, "Sở Khoa học và Công nghệ", None),
        alias(5, "Sở Khoa học và Công nghệ tỉnh", None),
        alias(5, "các sở, ban, ngành", None),
        alias(5, "Sở KHCN cũ", None),
        alias(6, "Tổ công tác", Some(5)),
    ];
    let tree = Tree::new(units, &rows, 0);
    let resolve = |text, issuer| name(tree.resolve(text, issuer));
    for text in ["Sở Khoa học và Công nghệ", "Sở Khoa học và Công nghệ tỉnh", "Sở KH&CN"] {
        assert_eq!(resolve(text, None), "Sở Khoa học và Công nghệ", "{text}");
    }
    assert_eq!(resolve("Các sở, ban, ngành", None), "Các sở, ban, ngành: 2");
    assert_eq!(resolve("Sở KHCN cũ", None), "UBND xã Sông Mẫu");
    assert_eq!(resolve("Tổ công tác", Some(commune)), "Phòng Kinh tế");
    assert_eq!(resolve("Tổ công tác", Some(other)), "-", "only in documents of that issuer");
    let day = jiff::civil::date(2026, 1, 1);
    let taken = |text| tree.named_otherwise(text, commune, day);
    assert_eq!(taken("Sở Khoa học và Công nghệ tỉnh").as_deref(), Some("Sở Khoa học và Công nghệ"));
    assert_eq!(taken("Sở KH&CN").as_deref(), Some("Sở Khoa học và Công nghệ"));
    assert!(taken("Các sở, ban, ngành").is_some());
    assert_eq!(taken("Xã Sông Mẫu"), None, "it is its own name");
    assert_eq!(taken("Sở KHCN cũ"), None);
}

#[test]
fn units_below_each_other_are_counted_once_and_refused() {
    let mut units = vec![
        unit(1, None, UnitKind::Province, "Tỉnh Mẫu", "Mẫu"),
        unit(2, Some(3), UnitKind::Commune, "UBND xã Sông Mẫu", ""),
        unit(3, Some(2), UnitKind::Commune, "UBND xã Đồi Mẫu", ""),
    ];
    let tree = Tree::new(units.clone(), &[], 0);
    let two = UnitId::from_uuid(uuid::Uuid::from_u128(2));
    assert_eq!((tree.subtree(two).len(), tree.lineage(two).len()), (2, 2));
    assert!(Tree::checked(units.clone(), &[], 0).is_err());
    units[2].parent = units[0].parent.or(Some(units[0].id));
    assert_eq!(Tree::checked(units, &[], 0).unwrap().subtree(two), vec![two]);
}

/// Anybody who keeps a part of the house may call a team in it as they like.
#[test]
fn a_team_of_a_body_takes_no_name_from_anybody_and_is_nobodys_by_a_name_of_its_own() {
    let mut tree = sample();
    let mut units: Vec<Unit> = tree.units.drain().map(|(_, unit)| unit).collect();
    units.push(unit(20, Some(5), UnitKind::Centre, "Sở Khoa học và Công nghệ", "Sở Số hóa"));
    units.push(unit(21, Some(3), UnitKind::Team, "Tổ Một", "Sở Dữ liệu"));
    units.push(unit(22, Some(1), UnitKind::Team, "Tổ công tác Đề án 06", "Tổ 06"));
    let rows = [alias(3, "Sở Số hóa", None)];
    let (with, without) = (Tree::new(units.clone(), &rows, 0), Tree::new(units, &[], 0));
    let id = |n| Some(UnitId::from_uuid(uuid::Uuid::from_u128(n)));
    for issuer in [None, id(1), id(2), id(7)] {
        let found = |text| name(without.resolve(text, issuer));
        assert_eq!(found("Sở KH&CN"), "Sở Khoa học và Công nghệ");
        assert!(matches!(without.resolve("Sở Khoa học và Công nghệ", issuer),
            Resolution::Unit { unit, certain: true, .. } if Some(unit) == id(3)));
        assert!(
            matches!(without.resolve("Sở Khoa hoc và Công nghệ", issuer), Resolution::Unit { unit, .. } if Some(unit) == id(3))
        );
        assert_eq!((found("Sở Số hóa"), found("Sở Dữ liệu")), ("Sở Khoa học và Công nghệ?".into(), "Tổ Một?".into()));
        assert_eq!(found("Tổ công tác Đề án 06"), "Tổ công tác Đề án 06");
        assert!(
            matches!(with.resolve("Sở Số hóa", issuer), Resolution::Unit { unit, certain: true, .. } if Some(unit) == id(3))
        );
    }
    assert_eq!(name(without.resolve("Sở Dữ liệu", id(3))), "Tổ Một", "in its own body");
}

#[test]
fn a_division_is_found_below_the_issuer_only() {
    let tree = sample();
    let commune = UnitId::from_uuid(uuid::Uuid::from_u128(5));
    assert_eq!(name(tree.resolve("Phòng Kinh tế", None)), "-");
    let found = tree.resolve("Phòng Kinh tế", Some(commune));
    assert!(matches!(found, Resolution::Unit { unit, certain: true, .. } if unit.uuid().as_u128() == 6));
}

/// Fault 4: a division that a reviewer named in one commune stood for every commune's, and "có liên quan" for one body.
#[test]
fn what_was_explained_of_a_division_or_of_those_concerned_holds_nowhere_else() {
    let mut tree = sample();
    let units: Vec<Unit> = tree.units.drain().map(|(_, unit)| unit).collect();
    let everywhere = |unit, words| AliasRow { reach: Some("all".into()), ..alias(unit, words, None) };
    let kind = AliasRow { kind: Some("KẾ HOẠCH".into()), ..alias(3, "Tổ Đề án", Some(5)) };
    let gone = AliasRow { removed_at: Some(1), ..alias(3, "Ban Số hóa", None) };
    let rows = [
        everywhere(6, "Phòng Văn xã"),
        alias(6, "Phòng Văn xã", Some(7)),
        everywhere(3, "các cơ quan, đơn vị có liên quan"),
        kind,
        gone,
    ];
    let tree = Tree::new(units, &rows, 0);
    let id = |n: u128| Some(UnitId::from_uuid(uuid::Uuid::from_u128(n)));
    for issuer in [None, id(7), id(2)] {
        assert_eq!(name(tree.resolve("Phòng Văn xã", issuer)), "-", "{issuer:?}");
        assert_eq!(name(tree.resolve("các cơ quan, đơn vị có liên quan", issuer)), "-", "{issuer:?}");
    }
    assert_eq!(name(tree.resolve("Phòng Văn xã", id(5))), "Phòng Kinh tế", "in its own commune");
    assert_eq!(name(tree.resolve_in("Tổ Đề án", id(5), Some("Kế hoạch"))), "Sở Khoa học và Công nghệ");
    assert_eq!(name(tree.resolve_in("Tổ Đề án", id(5), Some("QUYẾT ĐỊNH"))), "-", "of another kind");
    assert_eq!(name(tree.resolve("Ban Số hóa", None)), "-", "it was removed");
}

#[test]
fn what_is_typed_is_one_body_or_asked_about() {
    let tree = sample();
    let day = jiff::civil::date(2026, 1, 1);
    let code = |text| kernel::Problem::from(tree.meant(text, day).unwrap_err());
    for text in ["so khoa hoc va cong nghe", "Sở KHCN", "skhcn", " SỞ KH&CN "] {
        assert_eq!(tree.meant(text, day).unwrap().uuid().as_u128(), 3, "{text}");
    }
    assert_eq!(tree.meant("phong kinh te song mau", day).unwrap().uuid().as_u128(), 6);
    let several = code("phong kinh te");
    assert_eq!(several.code, "several-units");
    assert_eq!(several.choices.unwrap().all, ["Phòng Kinh tế, UBND xã Sông Mẫu", "Phòng Kinh tế, UBND xã Đồi Mẫu"]);
    assert_eq!(code("UBND các xã").code, "group-for-one");
    let alike = code("Sở Khoa học Cộng nghệ");
    assert_eq!(
        (alike.code, alike.choices.unwrap().all[0].as_str()),
        ("unknown-unit-alike", "Sở Khoa học và Công nghệ")
    );
    for nobody in ["Ѕở КНСN", "các đơn vị có liên quan", "<script>", &"a b ".repeat(5_000)] {
        assert!(code(nobody).choices.is_none(), "{nobody}");
    }
    assert_eq!(name(tree.understood("cac xa", None, day).unwrap()), "UBND các xã, phường, đặc khu: 2");
}
