//! Which topics there are, and to which pages each belongs.

use kernel::Lang;

pub struct Topic {
    pub name: &'static str,
    /// Addresses as in the route list; a segment in braces is any.
    places: &'static [&'static str],
    texts: [&'static str; 2],
}

macro_rules! topic {
    ($name:literal, $($place:literal),*) => {
        Topic {
            name: $name,
            places: &[$($place),*],
            texts: [
                include_str!(concat!("../../../../docs/guides/vi/", $name, ".md")),
                include_str!(concat!("../../../../docs/guides/en/", $name, ".md")),
            ],
        }
    };
}

/// One page for each role, first in the list.
pub const GUIDES: &[Topic] = &[
    topic!("guide-programme",),
    topic!("guide-commune",),
    topic!("guide-leader",),
    topic!("guide-head",),
    topic!("guide-clerk",),
    topic!("guide-admin",),
    topic!("guide-outside",),
];

pub const TOPICS: &[Topic] = &[
    topic!("start", "/", "/help", "/style"),
    topic!("account", "/sign-in", "/link", "/account"),
    topic!("work", "/work"),
    topic!("board", "/board", "/plans/{id}/map"),
    topic!("tasks", "/tasks", "/parts", "/agencies", "/evidence"),
    topic!("plans", "/plans"),
    topic!("review", "/plans/{id}/review"),
    topic!(
        "amend",
        "/unled",
        "/changes",
        "/tasks/{id}/amend",
        "/tasks/{id}/stop",
        "/tasks/{id}/shape",
        "/plans/{id}/withdraw",
        "/plans/{id}/remove"
    ),
    topic!("compare", "/plans/{id}/cascade", "/plans/{id}/pairs", "/plans/{id}/changes"),
    topic!("public", "/public", "/plans/{id}/publish"),
    topic!("assign", "/assign", "/tracking"),
    topic!("difficulties", "/difficulties", "/plans/{id}/route"),
    topic!("questions", "/questions"),
    topic!("letters", "/letters"),
    topic!("search", "/search", "/jump", "/views"),
    topic!("reports", "/reports", "/k", "/r", "/outside"),
    topic!("duties", "/duties", "/periods", "/regimes"),
    topic!("targets", "/targets"),
    topic!("indicators", "/indicators"),
    topic!("notices", "/notices"),
    topic!("systems", "/systems", "/proofs"),
    topic!("migrations", "/migrations", "/migration-steps", "/systems/{id}/migrate", "/systems/{id}/road"),
    topic!("levels", "/levels", "/systems/{id}/level", "/systems/{id}/level-decision", "/systems/{id}/overrule"),
    topic!("systems-ours", "/systems/ours"),
    topic!(
        "systems-form",
        "/systems/add",
        "/systems/new",
        "/systems/secret",
        "/systems/doubles",
        "/systems/availability",
        "/systems/{id}/edit",
        "/systems/{id}/merge"
    ),
    topic!("systems-import", "/systems/import", "/systems/heads"),
    topic!("systems-confirm", "/systems/confirmations"),
    topic!("label", "/systems/{id}/label", "/public/platforms"),
    topic!("systems-lead",),
    topic!("systems-rights",),
    topic!(
        "assessment",
        "/systems/assessment",
        "/systems/rules",
        "/systems/weights",
        "/systems/value",
        "/systems/{id}/assessment",
        "/systems/{id}/review"
    ),
    topic!("systems-cost", "/systems/costs", "/systems/{id}/cost"),
    topic!("waves", "/systems/waves"),
    topic!(
        "figures",
        "/systems/figures",
        "/systems/baselines",
        "/systems/enterprises",
        "/systems/catalogue",
        "/public/systems"
    ),
    topic!("systems-map", "/systems/map", "/systems/sharing", "/systems/{id}/impact"),
    topic!("telecom", "/telecom"),
    topic!("people", "/people", "/posts", "/tokens", "/accounts"),
    topic!("units", "/units", "/pick"),
    topic!("names", "/aliases"),
    topic!("calendar", "/calendar"),
    topic!("ledger", "/ledger", "/undo"),
    topic!("mail", "/mail"),
    topic!("administration", "/administration"),
    topic!("setup", "/setup"),
];

impl Topic {
    pub fn text(&self, lang: Lang) -> &'static str {
        self.texts[usize::from(lang == Lang::En)]
    }

    /// Its first line.
    pub fn title(&self, lang: Lang) -> &'static str {
        self.text(lang).lines().next().unwrap_or_default().trim_start_matches("# ")
    }

    pub fn is_guide(&self) -> bool {
        self.name.starts_with("guide-")
    }
}

pub fn all() -> impl Iterator<Item = &'static Topic> {
    GUIDES.iter().chain(TOPICS)
}

pub fn named(name: &str) -> Option<&'static Topic> {
    all().find(|topic| topic.name == name)
}

/// The topic of the page at this address; of several the one that names most of it.
pub fn of_page(path: &str) -> Option<&'static Topic> {
    let fits = TOPICS
        .iter()
        .filter_map(|topic| Some((topic.places.iter().filter_map(|place| fit(place, path)).max()?, topic)));
    fits.max_by_key(|(fit, _)| *fit).map(|(_, topic)| topic)
}

/// How many segments of `path` the place names; nothing where it lies elsewhere. Only the first page lies at `/`.
fn fit(place: &str, path: &str) -> Option<usize> {
    let segments =
        |text: &'_ str| text.split('/').filter(|segment| !segment.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    let (wanted, here) = (segments(place), segments(path));
    let is_there = if wanted.is_empty() { here.is_empty() } else { wanted.len() <= here.len() };
    let alike = |(wanted, here): (&String, &String)| wanted.starts_with('{') || wanted == here;
    (is_there && wanted.iter().zip(&here).all(alike)).then_some(wanted.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(path: &str) -> Option<&'static str> {
        of_page(path).map(|topic| topic.name)
    }

    #[test]
    fn a_page_has_the_topic_that_names_most_of_its_address() {
        assert_eq!(at("/"), Some("start"));
        assert_eq!(at("/plans"), Some("plans"));
        assert_eq!(at("/plans/plan_1"), Some("plans"));
        assert_eq!(at("/plans/plan_1/review"), Some("review"));
        assert_eq!(at("/plans/plan_1/map"), Some("board"));
        assert_eq!(at("/parts/part_1"), Some("tasks"));
        assert_eq!(at("/nowhere"), None);
        assert_eq!(at("/tasksomething"), None);
    }

    #[test]
    fn every_topic_has_a_title_and_words_in_both_languages() {
        for topic in all() {
            let texts = [Lang::Vi, Lang::En].map(|lang| (topic.title(lang), topic.text(lang)));
            for (title, text) in texts {
                assert!(text.starts_with("# ") && !title.is_empty() && text.len() > 200, "{}", topic.name);
            }
            assert_ne!(texts[0].0, texts[1].0, "{}", topic.name);
            let heads = |text: &str| text.lines().filter(|line| line.starts_with("## ")).count();
            assert_eq!(heads(texts[0].1), heads(texts[1].1), "{}: headings", topic.name);
            let items =
                |text: &str| text.lines().filter(|line| line.starts_with("- ") || line.starts_with("| ")).count();
            assert_eq!(items(texts[0].1), items(texts[1].1), "{}: items", topic.name);
        }
    }
}
