//! The map as a picture that the server draws, and as a table. It is moved and made larger by links, without script.

use std::{collections::BTreeMap, fmt::Write as _};

use kernel::{Code as _, Problem, UnitId};
use minijinja::{Value, context};
use webkit::{Outcome, Req, grouped};

use super::shown::{escaped, words};
use crate::{
    model::{LinkKind, SystemHosting},
    usecase::map::{Asked, Drawing, Kind, Shape, drawing, knowing, owning_most},
};

const WIDTH: usize = 176;
const HEIGHT: usize = 46;
const GAP: usize = 22;
const BETWEEN: usize = 58;
/// Lines of a picture; the table tells of all.
const LINES: usize = 1500;
/// How much of a name a box holds, in tenths of a point.
const ROOM: usize = (WIDTH - 18) * 10;
/// How wide the link in the corner of a box is.
const REACH: usize = 56;
/// How often it is made half as large again.
const CLOSEST: usize = 6;

/// A look at the picture: how near, and where its corner is, in thousandths of the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct View {
    zoom: usize,
    x: usize,
    y: usize,
}

impl View {
    fn of(req: &Req) -> Self {
        let number = |name: &str| req.query(name).and_then(|text| text.parse::<usize>().ok()).unwrap_or(0);
        Self { zoom: number("zoom").min(CLOSEST), x: number("x"), y: number("y") }.held()
    }

    /// How much of the whole is seen, in thousandths.
    fn part(self) -> usize {
        (0..self.zoom).fold(1000, |part, _| part * 2 / 3)
    }

    /// Never beyond the edge.
    fn held(self) -> Self {
        let most = 1000 - self.part();
        Self { x: self.x.min(most), y: self.y.min(most), ..self }
    }

    /// Nearer or further, around the same middle.
    fn zoomed(self, zoom: usize) -> Self {
        let now = Self { zoom, ..self };
        let shift = |at: usize| (at + self.part() / 2).saturating_sub(now.part() / 2);
        Self { x: shift(self.x), y: shift(self.y), ..now }.held()
    }

    fn moved(self, right: i64, down: i64) -> Self {
        let step = i64::try_from(self.part() / 2).unwrap_or(0);
        let shift = |at: usize, by: i64| {
            let at = i64::try_from(at).unwrap_or(0) + by * step;
            usize::try_from(at.max(0)).unwrap_or(0)
        };
        Self { x: shift(self.x, right), y: shift(self.y, down), ..self }.held()
    }
}

/// The body whose map is asked for: by its id, else the reader's own.
fn owner(req: &Req) -> Result<UnitId, Problem> {
    match req.query("owner") {
        Some(owner) => owner.parse().map_err(|_| Problem::not_found()),
        None => req.ctx.actor.posts().first().map(|post| post.unit).ok_or_else(Problem::not_found),
    }
}

/// What the address asks for.
pub fn asked(req: &Req) -> Result<Asked, Problem> {
    let unknown = |text: &str| Problem::bad_input("unknown-choice").with("text", text);
    let hosting = req.query("hosting").map(|code| SystemHosting::parse(&code).ok_or_else(|| unknown(&code)));
    let level = req.query("level").map(|text| text.parse::<i64>().map_err(|_| unknown(&text)));
    Ok(Asked { owner: owner(req)?, hosting: hosting.transpose()?, level: level.transpose()? })
}

/// The address of a look.
fn address(req: &Req, asked: Asked, view: View) -> String {
    let mut out = format!("/systems/map?owner={}", asked.owner);
    for name in ["hosting", "level"] {
        if let Some(value) = req.query(name) {
            let _ = write!(out, "&{name}={}", webkit::url_encode(&value));
        }
    }
    if view.zoom > 0 {
        let _ = write!(out, "&zoom={}&x={}&y={}", view.zoom, view.x, view.y);
    }
    out
}

pub async fn page(req: Req) -> Outcome {
    if let Some(name) = req.query("owner_name") {
        let unit = req.app.bodies().meant(&name, req.ctx.today());
        let unit = unit.map_err(|problem| problem.field("owner_name", "unknown-unit-field"))?;
        let view = View { zoom: 0, x: 0, y: 0 };
        return Ok(Req::go(&address(&req, Asked { owner: unit, hosting: None, level: None }, view), ""));
    }
    let asked = asked(&req)?;
    let drawing = drawing(&req.app, &req.ctx, asked).await?;
    let view = View::of(&req);
    let go = |view: View| address(&req, asked, view);
    let body = req.app.bodies().body(asked.owner);
    let own = drawing.boxes.iter().filter(|one| matches!(one.kind, Kind::Own(_))).count();
    // Of a body that owns nothing there is no map: those that own most are offered.
    let most = if own == 0 { owning_most(&req.app, &req.ctx).await? } else { vec![] };
    let offered = most.iter().filter(|one| one.owner_id != asked.owner).map(|one| {
        let name = req.app.bodies().body(one.owner_id).map(|body| body.name);
        context! { unit => one.owner_id.to_string(), name, count => one.count }
    });
    let page = context! {
        offered => offered.collect::<Vec<Value>>(),
        name => body.map(|body| body.name), owner => asked.owner.to_string(),
        owner_name => req.app.bodies().written(asked.owner, req.ctx.today()),
        hosting => req.query("hosting"), level => req.query("level"),
        hostings => req.choices(SystemHosting::KEY, SystemHosting::CODES.iter().copied()),
        picture => Value::from_safe_string(picture(&req, &drawing, view)), own, lines => drawing.lines.len(),
        drawn => drawing.lines.len().min(LINES), rows => rows(&req, &drawing),
        nearer => (view.zoom < CLOSEST).then(|| go(view.zoomed(view.zoom + 1))),
        further => (view.zoom > 0).then(|| go(view.zoomed(view.zoom - 1))), whole => go(View { zoom: 0, x: 0, y: 0 }),
        left => go(view.moved(-1, 0)), right => go(view.moved(1, 0)), up => go(view.moved(0, -1)),
        down => go(view.moved(0, 1)), is_near => view.zoom > 0,
    };
    req.page("registry/map.html", page).await
}

fn name(req: &Req, one: &Shape) -> String {
    match &one.kind {
        Kind::Own(node) => node.name.to_string(),
        Kind::Other(unit) => req.app.bodies().body(*unit).map(|body| body.short_name).unwrap_or_default(),
    }
}

/// Where a box stands: its corner.
fn corner(one: &Shape) -> (usize, usize) {
    (GAP + one.place.column * (WIDTH + GAP), GAP + one.place.row * (HEIGHT + BETWEEN))
}

fn picture(req: &Req, drawing: &Drawing, view: View) -> String {
    let far = |at: fn(&Shape) -> usize| drawing.boxes.iter().map(at).max().map_or(1, |most| most + 1);
    let width = GAP + far(|one| one.place.column) * (WIDTH + GAP);
    let height = GAP + far(|one| one.place.row) * (HEIGHT + BETWEEN);
    let of = |whole: usize, part: usize| whole * part / 1000;
    let mut out = format!(
        "<svg class=\"systems-map\" viewBox=\"{} {} {} {}\" role=\"group\" aria-labelledby=\"map-title\"><title id=\"map-title\">{}</title>\
         <defs><marker id=\"map-end\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" \
         orient=\"auto\"><path d=\"M0 0L8 4L0 8z\"/></marker></defs>",
        of(width, view.x),
        of(height, view.y),
        of(width, view.part()),
        of(height, view.part()),
        escaped(&words(req, "sysmap-picture"))
    );
    for line in drawing.lines.iter().take(LINES) {
        let (Some(from), Some(to)) = (drawing.boxes.get(line.from), drawing.boxes.get(line.to)) else { continue };
        let ((x1, y1), (x2, y2)) = (corner(from), corner(to));
        // From the nearer edges: what stands on something is above it.
        let (y1, y2) = if y1 <= y2 { (y1 + HEIGHT, y2) } else { (y1, y2 + HEIGHT) };
        let (x1, x2, middle) = (x1 + WIDTH / 2, x2 + WIDTH / 2, usize::midpoint(y1, y2));
        let _ = write!(
            out,
            "<path class=\"{}\" d=\"M{x1} {y1}C{x1} {middle} {x2} {middle} {x2} {y2}\" marker-end=\"url(#map-end)\"/>",
            line.kind.code().replace('_', "-")
        );
    }
    let may_know = knowing(&req.app, &req.ctx);
    for one in &drawing.boxes {
        box_of(req, one, &may_know, &mut out);
    }
    out + "</svg>"
}

/// As much of a name as stands within a box, by how wide its letters are at most.
fn cut(name: &str) -> String {
    let wide = |c: char| match c {
        'i' | 'j' | 'l' | 'f' | 't' | 'r' | ' ' | '.' | ',' | '-' | '(' | ')' => 50,
        'm' | 'w' | 'M' | 'W' => 125,
        c if c.is_uppercase() => 100,
        _ => 78,
    };
    let mut width = 0;
    for (at, c) in name.char_indices() {
        width += wide(c);
        if width > ROOM {
            return format!("{}…", name[..at].trim_end());
        }
    }
    name.to_owned()
}

fn box_of(req: &Req, one: &Shape, may_know: &dyn Fn(UnitId) -> bool, out: &mut String) {
    let ((x, y), name) = (corner(one), name(req, one));
    let short = cut(&name);
    let (href, look, note) = match &one.kind {
        Kind::Own(node) => {
            let look = if node.hosting.is_cloud() { "cloud" } else { "own" };
            (Some(format!("/systems/{}", node.id)), look, words(req, &node.hosting.words()))
        }
        Kind::Other(unit) => {
            (may_know(*unit).then(|| format!("/systems/map?owner={unit}")), "other", words(req, "sysmap-other"))
        }
    };
    // What would be refused is no link.
    let (begin, end) = href.map_or(("<g>".to_owned(), "</g>"), |href| (format!("<a href=\"{href}\">"), "</a>"));
    let _ = write!(
        out,
        "{begin}<title>{} · {}</title><rect class=\"{look}\" x=\"{x}\" y=\"{y}\" width=\"{WIDTH}\" \
         height=\"{HEIGHT}\" rx=\"3\"/><text x=\"{}\" y=\"{}\">{}</text><text class=\"q\" x=\"{}\" y=\"{}\">{}</text>{end}",
        escaped(&name),
        escaped(&note),
        x + 8,
        y + 20,
        escaped(&short),
        x + 8,
        y + 37,
        escaped(&note)
    );
    if let Kind::Own(node) = &one.kind {
        impact_of(req, &node.id.to_string(), &name, (x + WIDTH, y + HEIGHT), out);
    }
}

/// In the corner of a system's box: what breaks if it is switched off.
fn impact_of(req: &Req, id: &str, name: &str, (right, below): (usize, usize), out: &mut String) {
    let word = escaped(&words(req, "sysmap-impact"));
    let _ = write!(
        out,
        "<a href=\"/systems/{id}/impact\" aria-label=\"{word}: {}\"><rect class=\"hit\" x=\"{}\" y=\"{}\" \
         width=\"{REACH}\" height=\"24\"/><text class=\"q\" x=\"{}\" y=\"{}\" text-anchor=\"end\" \
         text-decoration=\"underline\">{word}</text></a>",
        escaped(name),
        right - REACH,
        below - 24,
        right - 8,
        below - 9
    );
}

/// The same in words: each system of the body with what it stands on and what stands on it.
fn rows(req: &Req, drawing: &Drawing) -> Vec<Value> {
    let names: Vec<String> = drawing.boxes.iter().map(|one| name(req, one)).collect();
    // A few words and names, said of thousands of relations.
    let mut known: BTreeMap<(&str, &str), String> = BTreeMap::new();
    let mut said: Vec<Vec<String>> = vec![Vec::new(); names.len()];
    for line in &drawing.lines {
        let count = i64::try_from(line.count).unwrap_or(i64::MAX);
        let count = if count > 1 { format!(" ({})", grouped(count, req.ctx.lang)) } else { String::new() };
        for (of, key, other) in [(line.from, LinkKind::KEY, line.to), (line.to, "system-linked", line.from)] {
            let (Some(Shape { kind: Kind::Own(_), .. }), Some(other)) = (drawing.boxes.get(of), names.get(other))
            else {
                continue;
            };
            let code = line.kind.code();
            let word = known.entry((key, code)).or_insert_with(|| words(req, &kernel::code::words_key(key, code)));
            said[of].push(format!("{word} {other}{count}"));
        }
    }
    let row = |(one, links): (&Shape, Vec<String>)| {
        let Kind::Own(node) = &one.kind else { return None };
        Some(context! {
            id => node.id.to_string(), name => node.name.as_str(), kind => node.kind.words(), state => node.state.words(),
            look => node.state.look(), hosting => node.hosting.words(), level => node.level.filter(|level| *level > 0),
            links => links.join("; "),
        })
    };
    drawing.boxes.iter().zip(said).filter_map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stays_within_its_box() {
        assert_eq!(cut("Sở Tài chính"), "Sở Tài chính");
        let cut_off = cut("Công ty Đám mây Sao Mẫu");
        assert!(cut_off.ends_with('…') && cut_off.chars().count() < 23, "{cut_off}");
        assert!(cut("TRUNG TÂM DỮ LIỆU TỈNH").chars().count() < cut_off.chars().count());
    }

    #[test]
    fn a_look_stays_on_the_picture_and_comes_back() {
        let whole = View { zoom: 0, x: 0, y: 0 };
        assert_eq!(whole.moved(1, 1), whole);
        let near = whole.zoomed(2);
        assert_eq!((near.part(), near.x), (444, 278));
        assert_eq!(near.moved(9, -9), View { zoom: 2, x: 556, y: 0 });
        assert_eq!(near.zoomed(0), whole);
    }
}
