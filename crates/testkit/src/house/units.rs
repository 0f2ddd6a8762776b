//! "Tỉnh Mẫu" as ten units.

use std::pin::Pin;

use jiff::civil::Date;
use kernel::{Bodies, Body, Ctx, Found, Hit, Learned, Problem, Reach, Resolution, Search, UnitId, UnitTree, text};
use uuid::Uuid;

/// Name, short name, and the unit above by its place in the list.
const UNITS: [(&str, &str, Option<usize>); 10] = [
    ("Tỉnh Mẫu", "Tỉnh Mẫu", None),
    ("UBND tỉnh", "UBND tỉnh", Some(0)),
    ("Văn phòng UBND tỉnh", "VP UBND tỉnh", Some(1)),
    ("Sở Khoa học và Công nghệ", "Sở KH&CN", Some(1)),
    ("Sở Nội vụ", "Sở Nội vụ", Some(1)),
    ("Sở Tài chính", "Sở Tài chính", Some(1)),
    ("Sở Xây dựng", "Sở Xây dựng", Some(1)),
    ("Sở Y tế", "Sở Y tế", Some(1)),
    ("UBND xã Sông Mẫu", "Xã Sông Mẫu", Some(0)),
    ("UBND xã Đồi Mẫu", "Xã Đồi Mẫu", Some(0)),
];

/// How documents write some of them beside their names, by their place in the list.
const ALSO: [(&str, usize); 4] = [
    ("Ủy ban nhân dân tỉnh Mẫu", 1),
    ("UBND tỉnh Mẫu", 1),
    ("Ủy ban nhân dân xã Sông Mẫu", 8),
    ("Ủy ban nhân dân xã Đồi Mẫu", 9),
];

/// What documents call several of them at once.
const GROUPS: [(&str, &[usize]); 2] =
    [("Các sở, ban, ngành", &[3, 4, 5, 6, 7]), ("UBND các xã, phường, đặc khu", &[8, 9])];

/// Apart from the ids that a test gives.
const FIRST: u128 = 1 << 100;

/// The tree; it never changes.
#[derive(Debug)]
pub struct Units;

impl Units {
    pub fn all() -> Vec<UnitId> {
        (0..UNITS.len()).map(id).collect()
    }

    /// By its name or short name.
    pub fn named(name: &str) -> UnitId {
        meant(name).unwrap_or_else(|| panic!("no unit of the house is called {name}"))
    }
}

fn id(place: usize) -> UnitId {
    UnitId::from_uuid(Uuid::from_u128(FIRST + place as u128))
}

fn place(unit: UnitId) -> Option<usize> {
    let place = unit.uuid().as_u128().checked_sub(FIRST)?;
    usize::try_from(place).ok().filter(|place| *place < UNITS.len())
}

fn above(unit: UnitId) -> Option<UnitId> {
    UNITS[place(unit)?].2.map(id)
}

/// In whatever case, with whatever space, with its diacritics.
fn key(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// As people write it.
fn meant(words: &str) -> Option<UnitId> {
    let wanted = key(words);
    let named = UNITS.iter().position(|(name, short, _)| [name, short].iter().any(|name| key(name) == wanted));
    // Who types no marks at all means any.
    let folded = |name: &str| words.is_ascii() && kernel::text::fold(name) == kernel::text::fold(words);
    let named = named.or_else(|| UNITS.iter().position(|(name, short, _)| folded(name) || folded(short)));
    named.or_else(|| ALSO.iter().find(|(name, _)| key(name) == wanted).map(|(_, place)| *place)).map(id)
}

fn group(words: &str) -> Option<Resolution> {
    let (name, places) = GROUPS.iter().find(|(name, _)| key(name) == key(words))?;
    Some(Resolution::Group { name: (*name).into(), units: places.iter().copied().map(id).collect() })
}

impl UnitTree for Units {
    fn root(&self) -> Option<UnitId> {
        Some(id(0))
    }

    fn lineage(&self, unit: UnitId) -> Vec<UnitId> {
        std::iter::successors(Some(unit), |unit| above(*unit)).collect()
    }

    fn subtree(&self, unit: UnitId) -> Vec<UnitId> {
        Self::all().into_iter().filter(|one| self.lineage(*one).contains(&unit)).collect()
    }

    fn merged(&self) -> Vec<(UnitId, UnitId)> {
        Vec::new()
    }
}

impl Bodies for Units {
    fn resolve(&self, text: &str, _issuer: Option<UnitId>) -> Resolution {
        let name = |unit| self.body(unit).map(|body| body.name).unwrap_or_default();
        let found = meant(text).map(|unit| Resolution::Unit { unit, name: name(unit), certain: true });
        found.or_else(|| group(text)).unwrap_or(Resolution::Unknown)
    }

    fn body(&self, unit: UnitId) -> Option<Body> {
        let (name, short_name, _) = UNITS[place(unit)?];
        Some(Body { unit, name: name.into(), short_name: short_name.into(), sort: text::sort_key(name) })
    }

    fn meant(&self, text: &str, _day: Date) -> Result<UnitId, Problem> {
        let found = text.trim().parse().ok().or_else(|| meant(text));
        found.ok_or_else(|| Problem::bad_input("unknown-unit").with("name", text.trim()))
    }

    fn names(&self, _day: Date) -> Vec<String> {
        UNITS.iter().map(|(name, ..)| (*name).to_owned()).collect()
    }

    fn written(&self, unit: UnitId, _day: Date) -> String {
        self.body(unit).map(|body| body.name).unwrap_or_default()
    }

    fn today(&self, unit: UnitId) -> UnitId {
        unit
    }

    fn answer_for(&self, units: &[UnitId]) -> Vec<UnitId> {
        units.to_vec()
    }

    fn above(&self, unit: UnitId) -> Option<UnitId> {
        above(unit)
    }

    fn kind(&self, unit: UnitId) -> &'static str {
        match place(unit) {
            Some(8..) => "commune",
            Some(2..) => "department",
            _ => "",
        }
    }

    fn province(&self) -> String {
        "Mẫu".into()
    }

    fn find(&self, words: &str, limit: usize) -> Vec<Body> {
        let wanted = text::fold(words);
        let bodies = Self::all().into_iter().filter_map(|unit| self.body(unit));
        let is_hit = |body: &Body| wanted.split_whitespace().all(|word| text::fold(&body.name).contains(word));
        bodies.filter(is_hit).take(limit).collect()
    }

    fn search(&self, search: &Search<'_>, is_open: &dyn Fn(UnitId) -> bool) -> Found {
        let hit = |Body { unit, name, short_name, .. }: Body| Hit {
            unit,
            written: name.clone(),
            name,
            short_name,
            kind: "department",
            part_of: String::new(),
        };
        let found = self.find(search.words, UNITS.len()).into_iter().filter(|body| is_open(body.unit));
        let bodies: Vec<Hit> = found.map(hit).collect();
        let count = bodies.len();
        Found { bodies: bodies.into_iter().skip(search.from).take(search.limit).collect(), count, groups: vec![] }
    }

    fn acts_for(&self, unit: UnitId) -> UnitId {
        if unit == id(1) { id(0) } else { unit }
    }

    fn learn<'a>(
        &'a self,
        _ctx: &'a Ctx,
        _learned: &'a Learned,
    ) -> Pin<Box<dyn Future<Output = Result<Reach, Problem>> + Send + 'a>> {
        Box::pin(async { Err(Problem::internal("these units learn no names")) })
    }

    fn unlearn<'a>(
        &'a self,
        ctx: &'a Ctx,
        learned: &'a Learned,
    ) -> Pin<Box<dyn Future<Output = Result<(), Problem>> + Send + 'a>> {
        Box::pin(async move { self.learn(ctx, learned).await.map(|_| ()) })
    }
}
