use serde_json::{Value, json};

use super::*;

const CORE: &str = "<components><component><name>máy chủ 𠀋</name><version>1</version></component></components>";
const TAGS: &str = "SPDXVersion: SPDX-2.3\nPackageName: máy chủ 𠀋\nPackageVersion: 1\n";

fn xml(version: &str, inner: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <bom xmlns=\"http://cyclonedx.org/schema/bom/{version}\" version=\"1\">{inner}</bom>\n"
    )
}

fn core() -> String {
    let components = [json!({"name": "máy chủ 𠀋", "version": "1"})];
    json!({"bomFormat": "CycloneDX", "specVersion": "1.6", "components": components}).to_string()
}

fn code(bytes: &[u8]) -> &'static str {
    read(bytes).map_or_else(|problem| problem.code, |_| "read")
}

fn all(text: &str) -> (String, Vec<Material>) {
    let read = read(text.as_bytes()).unwrap_or_else(|problem| panic!("{problem:?}: {text}"));
    (read.format, read.all.into_iter().collect())
}

fn names(text: &str) -> Vec<String> {
    all(text).1.into_iter().map(|one| one.name).collect()
}

#[test]
fn a_list_has_the_same_components_as_json_and_as_xml() {
    let within = json!({"name": "trong & ngoài", "version": "2"});
    let core = json!({"group": "org.example", "name": "core", "version": "1.2",
        "purl": "pkg:maven/org.example/core@1.2", "licenses": [{"license": {"id": "MIT"}}], "components": [within]});
    let components = [core, json!({"name": "trùng"}), json!({"name": "trùng"}), json!({"name": ""})];
    let own = json!({"component": {"name": "Ứng dụng"}});
    let needs = json!([{"ref": "a", "dependsOn": ["b"]}, {"ref": "b", "dependsOn": ["a"]}]);
    let inner = "<metadata><tools><tool><name>cdx</name></tool></tools>
          <component type=\"application\"><name>Ứng dụng</name></component></metadata>
        <components>
          <component type=\"library\" bom-ref=\"a\">
            <publisher>Ai đó</publisher><group>org.example</group>
            <name>
              core
            </name>
            <version>1.2</version>
            <licenses><license><id>MIT</id></license></licenses>
            <purl>pkg:maven/org.example/core<!-- @ -->@1.2</purl>
            <components><component bom-ref=\"b\">
              <name>trong &amp; ngo&#xE0;i</name><version><![CDATA[2]]></version>
            </component></components>
          </component>
          <component><name>trùng</name></component><component><name>trùng</name></component>
          <component><name/></component><component/>
        </components>
        <dependencies><dependency ref=\"a\"><dependency ref=\"b\"/></dependency>
          <dependency ref=\"b\"><dependency ref=\"a\"/></dependency></dependencies>";
    for version in ["1.0", "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7"] {
        let list = json!({"bomFormat": "CycloneDX", "specVersion": version, "metadata": own, "components": components,
            "dependencies": needs});
        let read = all(&list.to_string());
        assert_eq!((read.0.as_str(), read.1.len()), (format!("CycloneDX {version}").as_str(), 3));
        assert_eq!(read, all(&xml(version, inner)));
    }
}

#[test]
fn packages_are_the_same_as_json_and_as_tag_value() {
    let reference = |kind: &str, locator: &str| json!({"referenceType": kind, "referenceLocator": locator});
    let refs = [reference("cpe23Type", "cpe:2.3:a:left"), reference("purl", "pkg:npm/left@1")];
    let packages = [json!({"name": "left", "versionInfo": "1", "externalRefs": refs}), json!({"name": "right"})];
    let list = json!({"spdxVersion": "SPDX-2.3", "packages": packages, "relationships": [{"a": "b"}]}).to_string();
    let tags = "# PackageName: không\r
SPDXVersion: SPDX-2.3\r
DataLicense: CC0-1.0\r
PackageName: left\r
SPDXID: SPDXRef-left\r
PackageVersion: 1\r
PackageComment: <text>Nhiều dòng\r
PackageVersion: 9\r
PackageName: không phải\r
một dòng không có dấu</text>\r
ExternalRef: SECURITY cpe23Type cpe:2.3:a:left\r
ExternalRef: PACKAGE-MANAGER purl pkg:npm/left@1\r
ExternalRef: PACKAGE-MANAGER purl pkg:npm/left@9\r
Relationship: SPDXRef-left DEPENDS_ON SPDXRef-left\r
\r
FileName: ./a\r
FileComment: <text>một dòng</text>\r
PackageName: right\r
PackageName: right";
    let read = all(&list);
    assert_eq!((read.0.as_str(), read.1.len(), read.1[0].purl.as_str()), ("SPDX 2.3", 2, "pkg:npm/left@1"));
    assert_eq!(read, all(tags));
    for (tags, said) in [
        ("SPDXVersion: SPDX-2.2\nPackageName: left\n", "bill-unknown"),
        ("DocumentComment: <text>\nSPDXVersion: SPDX-2.3\n</text>\nPackageName: left\n", "bill-unknown"),
        ("SPDXVersion: SPDX-2.3\nDataLicense: CC0-1.0\nPackageVersion: 1\n", "bill-empty"),
        ("SPDXVersion: SPDX-2.3\nPackageName: left\nPackageComment: <text>cắt\n", "bill-unreadable"),
        ("SPDXVersion: SPDX-2.3\nPackageName: left\nPackageVer", "bill-unreadable"),
    ] {
        assert_eq!(code(tags.as_bytes()), said, "{tags}");
    }
}

#[test]
fn a_name_is_told_with_its_group() {
    let core = |group: Value| json!({"group": group, "name": "core", "version": "1.2"});
    let components = [core(json!("@vidu")), core(json!("@khac")), core(json!(" ")), core(Value::Null)];
    let list = json!({"bomFormat": "CycloneDX", "specVersion": "1.6", "components": components});
    assert_eq!(names(&list.to_string()), ["@khac/core", "@vidu/core", "core"]);
}

#[test]
fn of_other_namespaces_and_of_what_a_component_came_from_nothing_is_read() {
    let list = "<b:bom xmlns:b='http://cyclonedx.org/schema/bom/1.5' xmlns:x='http://example.org/x'><b:components>
        <x:component><b:name>lạ</b:name></x:component>
        <component xmlns='http://example.org/x'><b:name>lạ</b:name></component>
        <b:component><x:name>lạ</x:name><b:name>core</b:name>
          <b:pedigree><b:ancestors><b:component><b:name>gốc</b:name></b:component></b:ancestors></b:pedigree>
          <c:components xmlns:c='http://cyclonedx.org/schema/bom/1.5'>
            <c:component><c:name>trong</c:name></c:component></c:components>
        </b:component></b:components></b:bom>";
    assert_eq!(names(list), ["core", "trong"]);
}

#[test]
fn a_list_in_another_form_is_called_by_it() {
    for (text, form, said) in [
        ("\n<rdf:RDF xmlns:spdx=\"http://spdx.org/rdf/terms#\"/>", Some("SPDX RDF/XML"), "bill-other-form"),
        ("---\nspdxVersion: SPDX-2.3\n", Some("SPDX YAML"), "bill-other-form"),
        ("<html>", None, "bill-unknown"),
        ("<!DOCTYPE html>\n<html><body><br></body></html>", None, "bill-unknown"),
        ("<bom><components><component><name>a</name></component></components></bom>", None, "bill-unknown"),
        ("<project xmlns=\"http://maven.apache.org/POM/4.0.0\"/>", None, "bill-unknown"),
        ("<components xmlns=\"http://cyclonedx.org/schema/bom/1.6\"/>", None, "bill-unknown"),
        ("cyclonedx.org/schema/bom", None, "bill-unreadable"),
        ("<", None, "bill-unreadable"),
        ("", None, "bill-unreadable"),
    ] {
        for bytes in [text.as_bytes().to_vec(), [b"\xef\xbb\xbf", text.as_bytes()].concat()] {
            let problem = read(&bytes).unwrap_err();
            let named = problem.args.iter().find(|(name, _)| *name == "form").map(|(_, form)| form.as_str());
            assert_eq!((named, problem.code), (form, said), "{text}");
        }
    }
}

#[test]
fn what_is_no_such_list_is_refused_in_words() {
    let cyclone = |version: &str| json!({"bomFormat": "CycloneDX", "specVersion": version, "components": []});
    for (list, said) in [
        (json!({"components": []}), "bill-unknown"),
        (cyclone("1.8"), "bill-unknown"),
        (cyclone("1.6"), "bill-empty"),
        (json!([1, 2]), "bill-unreadable"),
        (json!({"spdxVersion": "SPDX-3.0"}), "bill-unknown"),
    ] {
        assert_eq!(code(list.to_string().as_bytes()), said, "{list}");
    }
    let one = |inner: &str| format!("<components><component>{inner}</component></components>");
    for (list, said) in [
        (xml("1.8", CORE), "bill-unknown"),
        (xml("1.6", ""), "bill-empty"),
        (xml("1.6", "<components/>"), "bill-empty"),
        (xml("1.6", &one("<version>1</version><name> </name>")), "bill-empty"),
        (xml("1.6", &one("<name>a</name><name>b</name>")), "bill-unreadable"),
        (xml("1.6", &one("<name>a & b</name>")), "bill-unreadable"),
        (xml("1.6", &one("<name>&#0;</name>")), "bill-unreadable"),
        (xml("1.6", "<components><component></components>"), "bill-unreadable"),
    ] {
        assert_eq!(code(list.as_bytes()), said, "{list}");
    }
}

#[test]
fn what_is_cut_off_or_goes_on_behind_its_end_is_refused() {
    for whole in [core(), xml("1.6", CORE).trim_end().to_owned()] {
        assert_eq!(code(whole.as_bytes()), "read");
        for end in 0..whole.len() {
            assert_ne!(code(&whole.as_bytes()[..end]), "read", "{end} of {whole}");
        }
        for tail in ["x", "<bom/>", "</bom>", "&amp;", "<![CDATA[x]]>", "<", "{}"] {
            assert_eq!(code(format!("{whole}{tail}").as_bytes()), "bill-unreadable", "{whole}{tail}");
        }
    }
    for tail in ["\n \n", "<!-- hết -->", "<?het?>"] {
        assert_eq!(code(format!("{}{tail}", xml("1.6", CORE)).as_bytes()), "read", "{tail}");
    }
}

#[test]
fn entities_of_a_file_s_own_are_refused() {
    let list = xml("1.6", &CORE.replace("máy chủ", "&b;"));
    let (declared, rest) = list.split_once('\n').unwrap();
    let laughs = "<!DOCTYPE bom [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]>";
    for kind in ["", laughs, "<!DOCTYPE bom SYSTEM \"file:///etc/passwd\">", "<!DOCTYPE bom>"] {
        assert_eq!(code(format!("{declared}{kind}{rest}").as_bytes()), "bill-entities", "{kind}");
    }
    // Wherever they stand.
    assert_eq!(code(xml("1.6", &format!("<metadata>&nbsp;</metadata>{CORE}")).as_bytes()), "bill-entities");
    assert_eq!(code(xml("1.6", &format!("<!DOCTYPE bom>{CORE}")).as_bytes()), "bill-entities");
}

#[test]
fn what_is_nested_too_deep_is_refused() {
    let (open, close) = ("<components><component><name>n</name>", "</component></components>");
    let nested = |depth: usize| xml("1.6", &format!("{}{}", open.repeat(depth), close.repeat(depth)));
    for (depth, said) in [(63, "read"), (64, "bill-unreadable"), (50_000, "bill-unreadable")] {
        assert_eq!(code(nested(depth).as_bytes()), said, "{depth}");
    }
    let other = format!("{}{}{CORE}", "<a>".repeat(50_000), "</a>".repeat(50_000));
    assert_eq!(code(xml("1.6", &other).as_bytes()), "bill-unreadable");
    let deep = format!("{}{}", "{\"components\":[".repeat(50_000), "]}".repeat(50_000));
    assert_eq!(code(deep.as_bytes()), "bill-unreadable");
}

/// What is behind them is not read: it is no XML and no tag.
#[test]
fn too_many_are_refused_where_they_are_too_many() {
    let empty = |count: usize| "<component/>".repeat(count);
    let within = format!("<component><components>{}</components></component>", empty(MOST / 2));
    let packages = |count: usize| format!("SPDXVersion: SPDX-2.3\n{}", "PackageName:\n".repeat(count));
    for list in [
        xml("1.6", &format!("<components>{}</ !", empty(MOST + 1))),
        xml("1.6", &format!("<components>{within}{}</ !", empty(MOST / 2))),
        format!("{}!", packages(MOST + 1)),
    ] {
        assert_eq!(code(list.as_bytes()), "bill-too-large");
    }
    // As many as there may be.
    let last = "<component><name>core</name></component>";
    assert_eq!(names(&xml("1.6", &format!("<components>{}{last}</components>", empty(MOST - 1)))), ["core"]);
    assert_eq!(names(&format!("{}PackageName: core", packages(MOST - 1))), ["core"]);
    let many: Vec<Value> = (0..=MOST).map(|n| json!({"name": n.to_string()})).collect();
    let list = json!({"bomFormat": "CycloneDX", "specVersion": "1.6", "components": many});
    assert_eq!(code(list.to_string().as_bytes()), "bill-too-large");
}

#[test]
fn letters_are_utf_8_or_utf_16() {
    for text in [core(), xml("1.6", CORE), TAGS.to_owned()] {
        let plain = all(&text);
        assert_eq!(plain.1[0].name, "máy chủ 𠀋");
        let units: Vec<u16> = format!("\u{feff}{text}").encode_utf16().collect();
        let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        for bytes in [format!("\u{feff}{text}").as_bytes(), &little, &big] {
            let read = read(bytes).unwrap();
            assert_eq!((read.format, read.all.into_iter().collect::<Vec<_>>()), plain);
        }
        assert_eq!(code(&little[..little.len() - 1]), "bill-letters");
        // The first half of a letter of two.
        assert_eq!(code(&[little.as_slice(), &[0x40, 0xd8]].concat()), "bill-letters");
        let latin = text.replace("máy chủ 𠀋", "caf#");
        let latin: Vec<u8> = latin.bytes().map(|byte| if byte == b'#' { 0xe9 } else { byte }).collect();
        assert_eq!(code(&latin), "bill-letters", "{text}");
    }
}

#[test]
fn of_long_words_the_beginning_is_kept() {
    let long = "ă".repeat(100_000);
    let list = xml("1.6", &format!("<components><component><name>{long}</name></component></components>"));
    let tags = format!("SPDXVersion: SPDX-2.3\nPackageName: {long}\n");
    for text in [list, tags] {
        assert_eq!(names(&text), ["ă".repeat(400)]);
    }
}
