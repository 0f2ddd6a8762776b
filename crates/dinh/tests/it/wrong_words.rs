//! What no page may show: a key in place of its words, words of the other language, `none` where something was meant.

use std::{collections::BTreeSet, sync::LazyLock};

use kernel::Lang;
use regex::Regex;
use webkit::Module;

/// Papers are Vietnamese in every language.
static PAPER: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#"(?s)<article class="a4".*?</article>"#).unwrap());
static TEXT: LazyLock<Regex> = LazyLock::new(|| Regex::new(">([^<>]+)<").unwrap());
static ATTRIBUTE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#" (?:placeholder|aria-label|data-label|title)="([^"]+)""#).unwrap());
/// Where words of the program stand, and seldom what people wrote.
static PLACE: LazyLock<Regex> = LazyLock::new(|| {
    let places = r#"th scope="col"|dt|label|legend|button|summary|caption|h[1-4]|option|a [^>]*role="button""#;
    let classed = r#"strong class="govuk-tag|span class="govuk-details__summary-text"#;
    Regex::new(&format!("<(?:{places}|{classed})[^>]*>([^<>]+)<")).unwrap()
});
static NAV: LazyLock<Regex> = LazyLock::new(|| Regex::new("(?s)<nav .*?</nav>").unwrap());
static LINK: LazyLock<Regex> = LazyLock::new(|| Regex::new("<a [^>]*>([^<>]+)<").unwrap());
/// Where nothing stands but words of the program.
static HEAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"<(?:th scope="col"|dt)[^>]*>([^<>]+)<| (?:placeholder|data-label)="([^"]+)""#).unwrap()
});
static NOWHERE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"(?:href|action|src)="[^"?]*/(?:none|undefined)(?:[/?#][^"]*)?""#).unwrap());
static KEY: LazyLock<Regex> = LazyLock::new(|| Regex::new("^[a-z0-9]+(-[a-z0-9]+)+$").unwrap());

/// How keys begin that code or a part of the floor puts together; those of templates are read from them.
const FAMILIES: [&str; 13] = [
    "act-",
    "actor-",
    "area-",
    "done-",
    "ledger-warning-",
    "nav-",
    "problem-",
    "refusal-",
    "role-",
    "sort-",
    "tile-",
    "verdict-",
    "weekday-",
];

#[derive(Debug)]
pub struct Words {
    /// Texts of each language that the other does not have.
    own: [BTreeSet<String>; 2],
    families: BTreeSet<String>,
}

/// As templates begin them, in the middle of a sentence or at its head.
fn same(text: &str) -> String {
    let text = text.trim();
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

fn plain(text: &str) -> String {
    let text = text.replace("&#x2f;", "/").replace("&#x27;", "'").replace("&quot;", "\"");
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").trim().to_owned()
}

pub fn is_vietnamese(letter: char) -> bool {
    let low = letter.to_lowercase().next().unwrap_or(letter);
    "ăâđêôơưàáãèéìíòóõùúýĩũ".contains(low) || ('\u{1ea0}'..='\u{1ef9}').contains(&low)
}

impl Words {
    pub fn of(modules: &[Module]) -> Self {
        let floor = [
            (Lang::Vi, include_str!("../../../webkit/locales/vi.ftl")),
            (Lang::En, include_str!("../../../webkit/locales/en.ftl")),
        ];
        let whole = Regex::new(r"(?m)^[a-z0-9-]+ = ([^{\n]+)$").unwrap();
        let locales = floor.iter().chain(modules.iter().flat_map(|module| module.locales));
        let mut texts: [BTreeSet<String>; 2] = Default::default();
        for (lang, source) in locales {
            texts[usize::from(*lang == Lang::En)].extend(whole.captures_iter(source).map(|found| same(&found[1])));
        }
        let mut own = [&texts[0] - &texts[1], &texts[1] - &texts[0]];
        // The name of a program is a word of both.
        own[1].remove("excel");
        let begun = Regex::new(r#""([a-z0-9][a-z0-9-]*-)""#).unwrap();
        let templates = modules.iter().flat_map(|module| module.templates);
        let begun = templates.flat_map(|(_, source)| begun.captures_iter(source).map(|found| found[1].to_owned()));
        let families = begun.chain(FAMILIES.map(str::to_owned)).collect();
        Self { own, families }
    }

    /// What is wrong with a page or a letter in this language.
    pub fn faults(&self, lang: Lang, body: &str) -> Vec<String> {
        let body = PAPER.replace_all(body, "");
        let all = TEXT.captures_iter(&body).chain(ATTRIBUTE.captures_iter(&body));
        let all: Vec<String> = all.map(|found| plain(&found[1])).collect();
        let mut faults = Vec::new();
        faults.extend(all.iter().filter(|text| matches!(text.as_str(), "none" | "undefined")).cloned());
        let links = body.replace("&#x2f;", "/");
        faults.extend(NOWHERE.find_iter(&links).map(|found| found.as_str().to_owned()));
        // The data are the same in both languages, and in Vietnamese no word looks like a key.
        if lang == Lang::Vi {
            let words = all.iter().flat_map(|text| text.split_whitespace());
            let words = words.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
            faults.extend(words.filter(|word| self.is_key(word)).map(|key| format!("the key {key}")));
        }
        let of_the_other = &self.own[usize::from(lang == Lang::Vi)];
        let placed = PLACE.captures_iter(&body).chain(ATTRIBUTE.captures_iter(&body)).map(|found| plain(&found[1]));
        let navigation = NAV.find_iter(&body).flat_map(|nav| LINK.captures_iter(nav.as_str()));
        let placed = placed.chain(navigation.map(|found| plain(&found[1])));
        let foreign = placed.filter(|text| of_the_other.contains(&same(text)));
        faults.extend(foreign.map(|text| format!("“{text}” is of the other language")));
        if lang == Lang::En {
            let heads = HEAD.captures_iter(&body).filter_map(|found| found.get(1).or_else(|| found.get(2)));
            let foreign = heads.map(|head| plain(head.as_str())).filter(|head| head.contains(is_vietnamese));
            faults.extend(foreign.map(|head| format!("“{head}” is Vietnamese")));
        }
        faults
    }

    fn is_key(&self, word: &str) -> bool {
        KEY.is_match(word) && self.families.iter().any(|family| word.starts_with(family.as_str()))
    }
}

#[test]
fn what_no_page_may_show_is_found() {
    let words = Words::of(&dinh::wiring::modules());
    let faults = |lang, body: &str| words.faults(lang, body).len();
    for good in [
        "<th scope=\"col\">Lưu</th><td>Save</td>",
        "<button>Lưu</button> <a href=\"&#x2f;plans&#x2f;plan_1\">17/KH</a>",
        "<p>Gõ <code>dinh account first-link</code></p>",
    ] {
        assert_eq!(words.faults(Lang::Vi, good), Vec::<String>::new());
    }
    assert_eq!(
        faults(Lang::En, "<article class=\"a4\" lang=\"vi\"><th scope=\"col\">Lưu</th></article><td>Lưu</td>"),
        0
    );
    for bad in [
        "<th scope=\"col\" class=\"num\">Save</th>",
        "<button>\n  save</button>",
        "<a href=\"/x\" role=\"button\" class=\"govuk-button\">Save</a>",
        "<nav class=\"areas\"><a href=\"/x\">Save</a></nav>",
        "<input placeholder=\"Save\">",
        "<p>Đã act-plan-nothing, xong</p>",
        "<td aria-label=\"act-moon-landing\"></td>",
        "<td>none</td>",
        "<a href=\"&#x2f;plans&#x2f;none\">17/KH</a>",
    ] {
        assert_eq!(faults(Lang::Vi, bad), 1, "{bad}");
    }
    assert_eq!(faults(Lang::En, "<label for=\"q\">Lưu</label>"), 1);
    assert_eq!(faults(Lang::En, "<dt class=\"key\">Một đầu đề không ai ghi</dt>"), 1);
}
