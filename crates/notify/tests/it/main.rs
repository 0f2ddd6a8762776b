//! Notices and letters in a house of their own: made-up people, units and dues, and no other domain.

#![expect(clippy::unwrap_used, reason = "tests")]

mod addresses;
mod outbox;
mod reminders;

use kernel::Lang;
use notify::{Channels, HeadTo, Stamping};
use testkit::Building;
use webkit::Module;

const SCIENCE: &str = "Sở Khoa học và Công nghệ";

/// A domain that has tasks; what they are called is its to say.
fn tasks() -> Module {
    Module {
        locales: &[(Lang::Vi, "notice-part = Nhiệm vụ\n"), (Lang::En, "notice-part = Task\n")],
        ..Module::new("tasks")
    }
}

fn house(channels: Channels) -> Building {
    let stamping = Stamping::new(None, None).unwrap();
    testkit::house([notify::module(), tasks()]).with(channels).with(HeadTo::default()).with(stamping)
}

/// Letters by a server on this port.
fn mail(port: u16) -> Channels {
    let from = Some("Đình <dinh@tinhmau.example>");
    Channels::new(Some(&format!("smtp://127.0.0.1:{port}")), from, None).unwrap()
}

/// Short texts by a gateway at this address.
fn gateway(url: &str) -> Channels {
    // reqwest takes the process-wide provider.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Channels::new(None, None, Some(url)).unwrap()
}
