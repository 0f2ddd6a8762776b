//! The frame of a page: areas in its head and, at the left, what the present area holds for this reader.

use std::collections::BTreeMap;

use kernel::Role;
use serde::Serialize;

/// How many entries an area shows; the others are folded away.
const SHOWN: usize = 7;

/// What the domains share out among themselves. Their names are the locale keys `area-<name>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Area {
    Work,
    Reports,
    Targets,
    Infrastructure,
    Data,
    Exchange,
    Services,
    Security,
    People,
    Administration,
}

impl Area {
    /// In the order of the head.
    pub const ALL: [Self; 10] = [
        Self::Work,
        Self::Reports,
        Self::Targets,
        Self::Infrastructure,
        Self::Data,
        Self::Exchange,
        Self::Services,
        Self::Security,
        Self::People,
        Self::Administration,
    ];

    /// The key of its words.
    pub(crate) fn label(self) -> String {
        format!("area-{}", format!("{self:?}").to_lowercase())
    }
}

/// An entry of the navigation, shown to whom its action is allowed. Its words are those of [`NavItem::label`].
#[derive(Debug, Clone, Copy)]
pub struct NavItem {
    pub href: &'static str,
    pub area: Area,
    pub action: &'static str,
    /// Where pages that belong to it have addresses that are not below its own.
    pub pages: &'static [&'static str],
    /// Roles whose daily work it is: for somebody who has no other it stands in the first area, and what is nobody's daily
    /// work is folded away.
    pub daily: &'static [Role],
}

impl NavItem {
    /// The key of its words: `nav-units` of `/units`.
    pub fn label(&self) -> String {
        format!("nav{}", self.href.replace('/', "-"))
    }

    /// How much of `path` leads to this entry; nothing where it lies elsewhere.
    fn fit(&self, path: &str) -> usize {
        let above =
            |place: &&str| path.strip_prefix(*place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        self.pages.iter().copied().chain([self.href]).filter(above).map(str::len).max().unwrap_or(0)
    }
}

/// What is known of the reader of a page.
#[derive(Debug, Default)]
pub(crate) struct Reader {
    pub roles: Vec<Role>,
    /// What waits for them, by entry.
    pub counts: BTreeMap<&'static str, usize>,
}

#[derive(Debug, Serialize)]
struct Head {
    area: Area,
    href: &'static str,
    on: bool,
    /// As many as wait behind its fullest entry.
    count: usize,
}

#[derive(Debug, Serialize)]
struct Entry {
    label: String,
    href: &'static str,
    on: bool,
    count: usize,
}

#[derive(Debug, Serialize)]
pub(crate) struct Nav {
    area: Area,
    areas: Vec<Head>,
    entries: Vec<Entry>,
    more: Vec<Entry>,
}

impl Nav {
    /// The frame of the page at `path`; none for whom no item is. A page that belongs to no entry, as one's own account,
    /// has the first area beside it.
    pub fn at(path: &str, items: &[&NavItem], reader: &Reader) -> Option<Self> {
        let first = |area: Area| items.iter().copied().find(|item| item.area == area);
        let firsts: Vec<&NavItem> = Area::ALL.into_iter().filter_map(first).collect();
        let here = items.iter().copied().filter(|item| item.fit(path) > 0).max_by_key(|item| item.fit(path));
        let area = here.or_else(|| firsts.first().copied())?.area;
        let count = |item: &NavItem| reader.counts.get(item.href).copied().unwrap_or(0);
        let head = |first: &NavItem| Head {
            area: first.area,
            href: first.href,
            on: first.area == area,
            count: items.iter().filter(|item| item.area == first.area).map(|item| count(item)).max().unwrap_or(0),
        };
        let is_here = |item: &NavItem| here.is_some_and(|here| here.href == item.href);
        let entry =
            |item: &NavItem| Entry { label: item.label(), href: item.href, on: is_here(item), count: count(item) };
        let is_daily = |item: &NavItem| item.daily.iter().any(|role| reader.roles.contains(role));
        let is_first = firsts.first().is_some_and(|first| first.area == area);
        let (daily, others): (Vec<&NavItem>, Vec<&NavItem>) = items
            .iter()
            .copied()
            .filter(|item| item.area == area || (is_first && is_daily(item)))
            .partition(|item| is_daily(item));
        let shown = if daily.is_empty() || !is_first { SHOWN } else { daily.len().max(1) };
        let mut entries: Vec<Entry> = daily.into_iter().chain(others).map(entry).collect();
        let more = entries.split_off(entries.len().min(shown.min(SHOWN)));
        Some(Self { area, areas: firsts.into_iter().map(head).collect(), entries, more })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Locales;

    const fn item(href: &'static str, area: Area, pages: &'static [&'static str]) -> NavItem {
        NavItem { href, area, action: "thing.read", pages, daily: &[] }
    }

    const UNITS: NavItem = item("/units", Area::Administration, &["/aliases"]);
    const WORK: NavItem = item("/work", Area::Work, &[]);
    const TASKS: NavItem = item("/tasks", Area::Work, &["/parts"]);
    const DUTIES: NavItem = item("/duties", Area::Reports, &["/periods"]);

    /// The area of a page, and the entry that is marked.
    fn place(path: &str) -> (Area, Option<&'static str>) {
        let nav = Nav::at(path, &[&UNITS, &WORK, &TASKS, &DUTIES], &Reader::default()).unwrap();
        let marked: Vec<Area> = nav.areas.iter().filter(|head| head.on).map(|head| head.area).collect();
        assert_eq!(marked, [nav.area]);
        (nav.area, nav.entries.iter().find(|entry| entry.on).map(|entry| entry.href))
    }

    #[test]
    fn a_page_lies_in_the_area_of_the_entry_above_it() {
        assert_eq!(place("/tasks"), (Area::Work, Some("/tasks")));
        assert_eq!(place("/tasks/task_1"), (Area::Work, Some("/tasks")));
        assert_eq!(place("/parts/part_1"), (Area::Work, Some("/tasks")));
        assert_eq!(place("/periods/period_1"), (Area::Reports, Some("/duties")));
        assert_eq!(place("/aliases"), (Area::Administration, Some("/units")));
    }

    #[test]
    fn a_page_of_no_entry_has_the_first_area_beside_it() {
        for path in ["/", "/account", "/workshop", "/undo/3"] {
            assert_eq!(place(path), (Area::Work, None), "{path}");
        }
    }

    #[test]
    fn the_head_holds_the_areas_of_this_reader_in_their_order() {
        let heads = |items: &[&NavItem]| {
            Nav::at("/", items, &Reader::default())
                .map(|nav| nav.areas.iter().map(|head| (head.area, head.href)).collect::<Vec<_>>())
        };
        let (work, reports, house) =
            ((Area::Work, "/work"), (Area::Reports, "/duties"), (Area::Administration, "/units"));
        assert_eq!(heads(&[&UNITS, &WORK, &TASKS, &DUTIES]), Some(vec![work, reports, house]));
        assert_eq!(heads(&[&UNITS]), Some(vec![house]));
        assert_eq!(heads(&[]), None, "a stranger has no navigation");
    }

    #[test]
    fn what_is_beyond_seven_is_folded_away() {
        let many = ["/a", "/b", "/c", "/d", "/e", "/f", "/g", "/h", "/i"].map(|href| item(href, Area::Work, &[]));
        let nav = Nav::at("/i", &many.iter().chain([&DUTIES]).collect::<Vec<_>>(), &Reader::default()).unwrap();
        assert_eq!((nav.entries.len(), nav.more.len()), (7, 2));
        assert!(nav.more[1].on && nav.entries.iter().all(|entry| !entry.on));
        assert!(Nav::at("/periods", &[&DUTIES], &Reader::default()).unwrap().more.is_empty());
    }

    #[test]
    fn who_has_daily_work_sees_it_first_whatever_its_area() {
        let daily = |href, area, daily| NavItem { daily, ..item(href, area, &[]) };
        let items = [
            daily("/work", Area::Work, &[Role::OFFICER]),
            daily("/plans", Area::Work, &[]),
            daily("/difficulties", Area::Work, &[Role::OFFICER]),
            daily("/reports", Area::Reports, &[Role::OFFICER]),
            daily("/duties", Area::Reports, &[]),
        ];
        let items: Vec<&NavItem> = items.iter().collect();
        let counts = BTreeMap::from([("/work", 7), ("/difficulties", 1), ("/reports", 2)]);
        let officer = Reader { roles: vec![Role::OFFICER], counts };
        let hrefs = |entries: &[Entry]| entries.iter().map(|entry| entry.href).collect::<Vec<_>>();
        let nav = Nav::at("/work", &items, &officer).unwrap();
        assert_eq!(hrefs(&nav.entries), ["/work", "/difficulties", "/reports"]);
        assert_eq!(hrefs(&nav.more), ["/plans"]);
        assert_eq!(nav.areas.iter().map(|head| head.count).collect::<Vec<_>>(), [7, 2]);
        let nav = Nav::at("/reports", &items, &officer).unwrap();
        assert_eq!(hrefs(&nav.entries), ["/reports", "/duties"], "in its own area nothing of others");
        let nav = Nav::at("/work", &items, &Reader::default()).unwrap();
        assert_eq!(hrefs(&nav.entries), ["/work", "/plans", "/difficulties"]);
    }

    #[test]
    fn every_area_has_its_name() {
        let locales = Locales::new([]).unwrap();
        for area in Area::ALL {
            let name = serde_json::to_value(area).unwrap();
            assert!(locales.has(&format!("area-{}", name.as_str().unwrap())), "{area:?}");
        }
    }
}
