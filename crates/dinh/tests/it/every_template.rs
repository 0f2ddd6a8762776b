//! Every template is shown to readers of both languages, in every state that its pages have, and says to each nothing but
//! words of theirs. Of a new one this says its name until a page of it has its place in `places*` or `samples_pages`.

use std::collections::BTreeSet;

use jiff::civil::date;
use kernel::{Lang, Role};
use testkit::{Answer, Client};

use crate::{
    house::House,
    places::{self, Place, open_by},
    places_admin, places_appraise, places_systems, places_year, provider,
    reminders::{config, morning},
    samples_outside,
    samples_pages::{self, Shown, reader},
    wrong_words::Words,
};

const LANGS: [Lang; 2] = [Lang::Vi, Lang::En];
const OWN: &str = "Sở Khoa học và Công nghệ";

struct Walk {
    words: Words,
    /// What no house has shown yet.
    unsaid: Option<BTreeSet<String>>,
    faults: Vec<String>,
}

impl Walk {
    async fn through(&mut self, house: &House, places: &[Place]) {
        let (mut by, mut client) = ("", house.client());
        for place in places {
            if place.by != by {
                by = place.by;
                client = if by.is_empty() { house.client() } else { house.signed_in(by).await };
            }
            for lang in LANGS {
                let answer = reader(&client, lang).get(&place.path).await;
                self.page(lang, (place.name, place.status(), answer));
            }
        }
        self.note(house);
    }

    fn page(&mut self, lang: Lang, (name, status, answer): Shown) {
        let Answer { status: answered, location, body, .. } = &answer;
        if answered.as_u16() != status || !body.contains(&format!("<html lang=\"{}\">", lang.code())) {
            self.faults.push(format!("{name} ({}) answered {answered} {location}", lang.code()));
        }
        self.read(lang, name, body);
    }

    fn read(&mut self, lang: Lang, name: &str, body: &str) {
        let faults = self.words.faults(lang, body);
        self.faults.extend(faults.into_iter().map(|fault| format!("{name} ({}): {fault}", lang.code())));
    }

    /// What this house has shown is done with.
    fn note(&mut self, house: &House) {
        let templates = house.app.templates();
        let unsaid = LANGS.iter().flat_map(|lang| templates.unsaid(*lang).into_iter().map(move |name| (lang, name)));
        let unsaid: BTreeSet<String> = unsaid.map(|(lang, name)| format!("{name} ({})", lang.code())).collect();
        self.unsaid = Some(self.unsaid.take().map_or(unsaid.clone(), |before| &before & &unsaid));
    }
}

/// Takes letters in this language: looks at the page to which the letter of proof leads, and says yes.
async fn takes_letters(walk: &mut Walk, house: &House, client: &Client, lang: Lang) {
    let address = format!("{}@tinhmau.example", lang.code());
    let chosen = [("address", address.as_str()), ("digest", "1"), ("lang", lang.code()), ("rev", "0")];
    places::led(client.form("/notices/choose", &chosen).await);
    let link = house.proof_link().await;
    walk.page(lang, ("confirm-address", 200, reader(client, lang).get(&link).await));
    places::led(client.form(&link, &[]).await);
}

#[derive(db::FromQueryResult)]
struct Letter {
    address: String,
    text: String,
    html: String,
}

/// The morning of two colleagues whose body has something late and something due.
async fn letters(walk: &mut Walk) {
    let house = House::demo_with(&config(1)).await;
    house.clock.set(date(2026, 11, 26));
    let unit = house.unit(OWN, None).uuid();
    for (day, order) in [("2026-11-25", "ASC"), ("2026-11-26", "DESC")] {
        let open = "SELECT id FROM programme_part WHERE unit_id = $1 AND done_on IS NULL AND stopped_on IS NULL";
        let part = house.one(&format!("{open} ORDER BY id {order} LIMIT 1"), db::vals![unit]).await;
        house.exec("UPDATE programme_part SET due_on = $2 WHERE id = $1", db::vals![part, day]).await;
    }
    takes_letters(walk, &house, &house.signed_in("vidu").await, Lang::Vi).await;
    takes_letters(walk, &house, &house.person("hai.vd", OWN, Role::OFFICER).await, Lang::En).await;
    morning(&house).await;
    let sent = "SELECT address, text, html FROM notify_outbox WHERE text LIKE '%/notices#choose%' ORDER BY address";
    let sent: Vec<Letter> = house.app.db().read().all(sent, vec![]).await.unwrap();
    assert_eq!(sent.len(), 2, "a letter for each");
    for Letter { address, text, html } in &sent {
        let lang = if address.starts_with("en@") { Lang::En } else { Lang::Vi };
        assert!(html.contains("<h2") && html.contains(&format!("<html lang=\"{}\">", lang.code())), "{html}");
        walk.read(lang, "letter", html);
        walk.read(lang, "letter in plain text", &format!("<p>{text}</p>"));
    }
    let told = open_by("quantri", [("mail", "/mail")]).chain(open_by("vidu", [("notices-new", "/notices")]));
    walk.through(&house, &told.collect::<Vec<_>>()).await;
}

async fn plans_and_work(walk: &mut Walk) {
    let house = House::demo().await;
    walk.through(&house, &places::of_the_programme(&house).await).await;
    walk.through(&house, &places::of_whole_plans(&house).await).await;
    for lang in LANGS {
        for shown in samples_pages::of_work(&house, lang).await {
            walk.page(lang, shown);
        }
        for shown in samples_outside::pages(&house, lang).await {
            walk.page(lang, shown);
        }
    }
    walk.note(&house);
    let house = House::year().await;
    walk.through(&house, &places_year::of_a_year(&house).await).await;
}

async fn administration(walk: &mut Walk) {
    let house = House::empty().await;
    walk.through(&house, &places::before_signing_in(&house).await).await;
    let house = House::people().await;
    walk.through(&house, &places_admin::of_administration(&house).await).await;
    for lang in LANGS {
        for shown in samples_pages::of_people(&house, lang).await {
            walk.page(lang, shown);
        }
    }
    walk.through(&house, &places_admin::after_a_forgery(&house).await).await;
    let (house, _provider) = provider::open().await;
    let known = open_by("quantri", [("sign-in-as", "/sign-in/oidc?next=/plans")]);
    walk.through(&house, &known.collect::<Vec<_>>()).await;
}

async fn systems_and_rights(walk: &mut Walk) {
    let house = House::people().await;
    walk.through(&house, &places::without_plans()).await;
    walk.through(&house, &places_systems::without_systems()).await;
    walk.through(&house, &places_appraise::before_assessment()).await;
    let systems = places_systems::of_systems(&house).await;
    walk.through(&house, &systems).await;
    walk.through(&house, &places_appraise::of_assessment(&house, &systems).await).await;
    let steering = places_appraise::steering(&house).await;
    for lang in LANGS {
        for shown in samples_pages::of_systems(&house, lang).await {
            walk.page(lang, shown);
        }
        for shown in places_appraise::pages(&house, &steering, lang).await {
            walk.page(lang, shown);
        }
    }
    let own = house.unit(OWN, None).to_string();
    places::led(house.signed_in("giamdoc").await.form("/systems/confirmations", &[("unit", &own)]).await);
    walk.through(&house, &places_systems::of_confirmed_systems()).await;
    let places = places::of_rights(&house).await;
    walk.through(&house, &places).await;
    let plan = places::path(&places, "plan-to-confirm");
    house.confirm(plan).await;
    walk.through(&house, &open_by("lanhdao", [("plan-confirmed", plan)]).collect::<Vec<_>>()).await;
}

#[tokio::test]
async fn every_template_says_words_of_both_languages_and_each_page_those_of_its_reader() {
    let mut walk = Walk { words: Words::of(&dinh::wiring::modules()), unsaid: None, faults: vec![] };
    administration(&mut walk).await;
    systems_and_rights(&mut walk).await;
    plans_and_work(&mut walk).await;
    letters(&mut walk).await;
    assert_eq!(walk.faults, Vec::<String>::new());
    assert_eq!(walk.unsaid.unwrap(), BTreeSet::new(), "templates that no page of `places*` or `samples_pages` shows");
}
