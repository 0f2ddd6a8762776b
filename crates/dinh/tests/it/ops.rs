//! Running the house: is it there, is it ready, its numbers, and how it ends.

use std::{
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use dinh::{config::Config, server, wiring};
use directory::{Directory, usecase::calendar};
use kernel::Problem;
use testkit::SeededIds;
use tokio::{sync::oneshot, task::JoinHandle};
use webkit::{CoreParts, Site};

use crate::{
    driver::free_port,
    house::House,
    program::{Server, ask, begin, sign_in},
};

/// Status and body of an answer.
async fn get(port: u16, path: &str) -> (u16, String) {
    let line = format!("GET {path}");
    let answer = tokio::task::spawn_blocking(move || ask(port, &line, "", "")).await.unwrap().unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").expect(&answer);
    (head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_owned())
}

/// A house behind both of its addresses.
struct Served {
    house: House,
    site: u16,
    ops: u16,
    end: oneshot::Sender<()>,
    server: JoinHandle<Result<(), Problem>>,
}

impl Served {
    async fn start(config: Config) -> Self {
        let (site, ops) = (free_port(), free_port());
        let config = Config {
            listen: format!("127.0.0.1:{site}"),
            ops_listen: Some(format!("127.0.0.1:{ops}")),
            base_url: Some("http://dinh.test".into()),
            ..config
        };
        let house = House::with(&config).await;
        let (app, (end, ended), (ready, is_ready)) = (house.app.clone(), oneshot::channel(), oneshot::channel());
        let server = tokio::spawn(async move {
            let until = async {
                let _ = ended.await;
            };
            server::serve_until(app, &config, |_| ready.send(()).unwrap(), until).await
        });
        is_ready.await.unwrap();
        Self { house, site, ops, end, server }
    }

    /// The lanes of jobs begin a moment after the server does.
    async fn until_ready(&self) {
        let start = Instant::now();
        loop {
            let (status, body) = get(self.ops, "/health/ready").await;
            if status == 200 {
                assert!(body.contains(r#""ready":true"#), "{body}");
                return;
            }
            assert!(start.elapsed() < Duration::from_secs(20), "{body}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    async fn end(self) -> Result<(), Problem> {
        self.end.send(()).unwrap();
        self.server.await.unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn those_who_watch_have_an_address_of_their_own() {
    let served = Served::start(Config::default()).await;
    served.until_ready().await;
    let (status, live) = get(served.ops, "/health/live").await;
    assert!(status == 200 && live.contains(r#"{"live":true}"#), "{status} {live}");
    let (status, numbers) = get(served.ops, "/metrics").await;
    assert_eq!(status, 200);
    for name in [
        concat!("dinh_build_info{version=\"", env!("CARGO_PKG_VERSION"), "\"} 1\n"),
        "dinh_database_up 1\n",
        "dinh_database_connections{pool=\"read\"} ",
        "dinh_ledger_entries ",
        "dinh_mail_waiting 0\n",
        "dinh_http_requests_in_flight 0\n",
        "process_resident_memory_bytes ",
        "process_open_fds ",
        "# EOF\n",
    ] {
        assert!(numbers.contains(name), "{name}: {numbers}");
    }
    assert_eq!(get(served.ops, "/sign-in").await.0, 404, "no site at the watchers' address");
    for path in ["/health/live", "/health/ready", "/metrics"] {
        assert_eq!(get(served.site, path).await.0, 404, "{path} at the site's address");
    }
    served.end().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_house_whose_database_is_gone_lives_and_is_not_ready() {
    let served = Served::start(Config::default()).await;
    served.until_ready().await;
    served.house.app.db().clone().close().await;
    let (status, body) = get(served.ops, "/health/ready").await;
    assert_eq!(status, 503, "{body}");
    assert!(body.contains(r#""ready":false,"database":"fault","clock":"unknown""#), "{body}");
    assert!(body.contains(r#""disk":"ok""#), "{body}");
    assert_eq!(get(served.ops, "/health/live").await.0, 200);
    let (status, numbers) = get(served.ops, "/metrics").await;
    assert!(status == 200 && numbers.contains("dinh_database_up 0\n"), "{status} {numbers}");
    let asked = Instant::now();
    assert!(served.end().await.is_err(), "what was to be written down could not be");
    assert!(asked.elapsed() < Duration::from_secs(10));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_house_without_room_or_with_a_clock_behind_says_so() {
    let quota = Config { is_training: true, training_disk_mb: 0, ..Config::default() };
    let served = Served::start(quota).await;
    let (status, body) = get(served.ops, "/health/ready").await;
    assert!(status == 503 && body.contains(r#""disk":"fault""#), "{status} {body}");
    assert!(body.contains(r#""database":"ok","clock":"ok""#), "{body}");
    served.house.fill("directory").await;
    served.house.clock.move_by(jiff::SignedDuration::from_hours(-1));
    let (_, body) = get(served.ops, "/health/ready").await;
    assert!(body.contains(r#""database":"ok","clock":"fault""#), "{body}");
    served.house.clock.move_by(jiff::SignedDuration::from_hours(1));
    served.end().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_are_counted_by_their_route_and_never_by_what_was_typed() {
    let served = Served::start(Config::default()).await;
    let id = served.house.system().new_id::<kernel::ids::kinds::Plan>().to_string();
    for path in [format!("/plans/{id}"), format!("/plans/{id}?secret=abc"), format!("/nowhere/{id}")] {
        get(served.site, &path).await;
    }
    let site = served.site;
    let invented = move || ask(site, "BREW /sign-in", "", "").unwrap();
    assert!(tokio::task::spawn_blocking(invented).await.unwrap().starts_with("HTTP/1.1 405"));
    let (_, numbers) = get(served.ops, "/metrics").await;
    for line in [
        r#"dinh_http_requests_total{route="/plans/{id}",method="GET",status="3xx"} 2"#,
        r#"dinh_http_requests_total{route="none",method="GET",status="4xx"} 1"#,
        r#"dinh_http_requests_total{route="/sign-in",method="other",status="4xx"} 1"#,
        r#"dinh_http_request_duration_seconds_count{route="/plans/{id}",method="GET"} 2"#,
    ] {
        assert!(numbers.contains(line), "{line}: {numbers}");
    }
    for typed in [id.as_str(), "secret", "nowhere", "BREW"] {
        assert!(!numbers.contains(typed), "{typed}: {numbers}");
    }
    served.end().await.unwrap();
}

#[tokio::test]
async fn work_that_waits_for_too_long_is_seen() {
    let house = House::people().await;
    let admin = house.signed_in("quantri").await;
    let page = admin.get("/administration").await.body;
    assert!(page.contains("Không có việc nào chờ quá một giờ") && page.contains("Không có thư nào chờ"), "{page}");
    let (hour, now) = (3_600_000_000, house.system().now().as_microsecond());
    for (kind, at) in [("no.such.work", now - 2 * hour), ("notify.send", now - 2 * hour), ("other.work", now)] {
        let sql = "INSERT INTO db_job (id, kind, payload, state, run_at, attempts, done, total, lang, created_at) \
                   VALUES ($1, $2, 'null', 'waiting', $3, 0, 0, 0, 'vi', $3)";
        let id = house.system().new_id::<db::OfJob>().uuid();
        house.exec(sql, db::vals![id, kind, at]).await;
    }
    let sql = "INSERT INTO notify_outbox (id, channel, address, subject, text, html, state, attempts, next_at, created_at) \
               VALUES ($1, 'mail', 'a@b.example', 's', 't', '', 'waiting', 1, $2, $2)";
    house.exec(sql, db::vals![house.system().new_id::<notify::ids::Mail>().uuid(), now - 2 * hour]).await;
    let page = admin.get("/administration").await.body;
    assert!(page.contains("không có phần nào làm: 1 (no.such.work)"), "{page}");
    assert!(page.contains("Số thư chờ gửi quá một giờ: 1"), "{page}");
    house.exec("DELETE FROM db_job WHERE kind = 'no.such.work'", vec![]).await;
    let page = admin.get("/administration").await.body;
    assert!(page.contains("Số việc chờ quá một giờ: 1 (notify.send)"), "{page}");
}

/// Under load, with a page that never ends and a body that does not come.
#[tokio::test]
async fn a_server_that_is_told_to_end_does_so_within_ten_seconds() {
    let house = House::people().await;
    let ops = free_port();
    let mut server = Server::start_with(&house, &[("DINH_OPS_LISTEN", format!("127.0.0.1:{ops}"))]);
    let port = server.port;
    let ready = ask(ops, "GET /health/ready", "", "").unwrap();
    assert!(ready.contains(r#""database":"ok""#), "{ready}");
    let cookie = &sign_in(port, "vidu");
    let form = "application/x-www-form-urlencoded";
    let _open = [
        begin(port, "GET /live", cookie, form, 0).unwrap(),
        begin(port, "POST /assign", cookie, form, 5000).unwrap(),
        begin(port, "POST /plans/new", cookie, "multipart/form-data; boundary=x", 5_000_000).unwrap(),
    ];
    let (stop, served) = (&AtomicBool::new(false), &AtomicUsize::new(0));
    let (took, status) = std::thread::scope(|scope| {
        for page in ["/work", "/tasks", "/plans", "/units"].into_iter().cycle().take(12) {
            scope.spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    let answer = ask(port, &format!("GET {page}"), cookie, "").filter(|answer| !answer.is_empty());
                    served.fetch_add(usize::from(answer.is_some()), Ordering::Relaxed);
                    std::thread::sleep(Duration::from_millis(5));
                }
            });
        }
        std::thread::sleep(Duration::from_secs(2));
        let asked = Instant::now();
        let status = server.terminate(Duration::from_secs(30));
        stop.store(true, Ordering::Relaxed);
        (asked.elapsed(), status)
    });
    assert!(served.load(Ordering::Relaxed) > 12, "the load was no load");
    assert!(status.is_some_and(|status| status.success()), "{status:?}");
    assert!(took < Duration::from_secs(10), "{took:?}");
    assert!(ask(ops, "GET /health/live", "", "").is_none());
    assert_eq!(db::verify(house.app.db()).await.unwrap().fault, None);
}

#[test]
fn the_network_is_not_told_how_the_house_is_unless_the_settings_say_so() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_dinh"));
    command.args(["serve", "--listen", "127.0.0.1:0", "--data-dir"]).arg(folder.path()).current_dir(folder.path());
    let output = command.env("DINH_OPS_LISTEN", "0.0.0.0:0").env_remove("DINH_DATABASE_URL").output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(1), b"".as_slice()), "{said}");
    assert!(said.contains("ops_insecure_listen"), "{said}");
}

/// A house of these modules over the same rows, with every port and no service.
fn parts(house: &House) -> CoreParts {
    let directory = house.app.get::<Directory>().unwrap();
    let clock: Arc<dyn kernel::Clock> = house.clock.clone();
    CoreParts {
        db: house.app.db().clone(),
        authorizer: Arc::new(authz::Engine::new(Arc::new(directory.clone()), &wiring::modules()).unwrap()),
        identity: Arc::new(directory.clone()),
        ports: wiring::ports(house.app.db(), directory, house.app.get::<webkit::LettersPort>().unwrap(), &clock),
        clock,
        ids: Arc::new(SeededIds::default()),
        config: house.app.config().clone(),
        sheets: Arc::clone(house.app.sheets()),
        services: vec![],
    }
}

#[tokio::test]
async fn a_house_without_a_service_that_a_module_needs_does_not_start() {
    let house = House::empty().await;
    let modules = wiring::modules();
    for module in modules.iter().filter(|module| !module.needs.is_empty()) {
        let problem = Site::new(vec![module.clone()], parts(&house)).unwrap_err();
        assert!(format!("{problem:?}").contains("is not wired in"), "{}: {problem:?}", module.name);
    }
    assert!(Site::new(vec![indicators::module()], parts(&house)).is_ok(), "ports are enough");
}

#[derive(Debug)]
struct Moves(usize);

#[async_trait::async_trait]
impl kernel::Deadlines for Moves {
    async fn moved_by(&self, _: &kernel::Calendar) -> Result<usize, Problem> {
        Ok(self.0)
    }
}

#[tokio::test]
async fn of_many_that_answer_a_port_each_is_asked() {
    let house = House::empty().await;
    let day = calendar::Amendment {
        day: jiff::civil::date(2026, 12, 24),
        kind: Some(kernel::DayKind::Off),
        name: "Ngày thử".into(),
        source: "Thử".into(),
    };
    for (moves, sum) in [(vec![], 0), (vec![Moves(2)], 2), (vec![Moves(2), Moves(3)], 5)] {
        let mut parts = parts(&house);
        parts.services.push(Box::new(house.app.get::<Directory>().unwrap().clone()));
        parts.ports.deadlines = moves.into_iter().map(|moves| Arc::new(moves) as Arc<dyn kernel::Deadlines>).collect();
        let core = Site::new(vec![], parts).unwrap();
        assert_eq!(calendar::calendar_preview(&core, &house.system(), &day).await.unwrap(), sum);
    }
}
