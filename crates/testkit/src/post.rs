//! Letters that really leave: an SMTP server on a port of this machine.

use std::{
    io::{BufRead as _, BufReader},
    net::TcpListener,
    process::{Child, Command, Stdio},
    sync::{
        atomic::{AtomicU16, Ordering},
        mpsc::{Receiver, channel},
    },
    time::Duration,
};

use serde_json::Value as Json;

/// A port of this machine where nobody listens. It lies below those that the system gives out by itself, and each test
/// process begins ten after the one before it, so that hardly anybody takes it before it is used.
pub fn free_port() -> u16 {
    static GIVEN: AtomicU16 = AtomicU16::new(0);
    let own = u16::try_from(std::process::id() % 2000).unwrap() * 10 + 10_000;
    let mut ports = std::iter::repeat_with(|| own + GIVEN.fetch_add(1, Ordering::Relaxed));
    ports.find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok()).unwrap()
}

/// `smtp-server` from npm on a port; what it takes comes out of `letters`.
#[derive(Debug)]
pub struct Post {
    child: Child,
    letters: Receiver<Json>,
}

impl Post {
    pub fn open(port: u16) -> Self {
        let mut child = Command::new("node")
            .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../../web"))
            .args(["smtp-server.mjs", &port.to_string()])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("cargo xtask test installs node");
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        assert_eq!(lines.next().unwrap().unwrap(), "ready", "cargo xtask test runs npm ci in web/");
        let (put, letters) = channel();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let _ = put.send(serde_json::from_str(&line).unwrap());
            }
        });
        Self { child, letters }
    }

    pub fn letter(&self) -> Option<Json> {
        self.letters.recv_timeout(Duration::from_secs(2)).ok()
    }
}

impl Drop for Post {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
