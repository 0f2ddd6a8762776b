//! The web floor: what every domain's pages and JSON endpoints stand on.
//!
//! A domain is one [`Module`] value; its [`Route`] list builds the router, and the tests walk the same list to prove
//! that every route refuses whom it must and that every change leaves a ledger entry. No business words live here.
//! Start with [`Module`] and [`Req`].

mod again;
mod allowance;
mod app;
mod assets;
mod body;
pub mod book;
mod changed;
pub mod chart;
pub mod check;
mod choices;
mod cli;
mod client_addr;
mod config;
mod confirm;
mod core;
mod counts;
mod crowd;
mod drafts;
mod ended;
pub mod export;
mod fields;
mod files;
mod form;
mod govuk;
#[cfg(test)]
mod govuk_tests;
mod guard;
mod heavy;
mod hidden;
mod hit;
mod i18n;
mod identity;
mod input;
mod jump;
mod kept;
mod kept_files;
mod kept_words;
mod known;
mod large;
mod letters;
mod local_path;
mod module;
mod nav;
mod once;
mod openapi;
mod pace;
mod page_again;
mod page_fields;
mod path_cookie;
mod problem;
mod refill;
mod refusal;
mod refused;
mod register;
mod req;
mod retention;
mod room;
mod route;
mod saved;
mod scanner;
pub mod secret;
mod sent;
mod session;
mod sheet;
mod site;
mod template;
mod things;
mod undo;
mod upload;
mod view;
mod way_back;
mod who;
mod words;
mod written;

pub use self::core::{Core, CoreParts, Need};
pub use app::{App, Handlers, Jobs};
pub use assets::bytes as asset_bytes;
pub use axum::body::Bytes;
pub use body::{BODY_TOO_SLOW, SCRATCH};
pub use clap::{Arg, ArgAction, ArgMatches, value_parser};
pub use cli::{Asked, Cli, Format, Run, RunWith};
pub use client_addr::ClientAddr;
pub use config::{SESSION_COOKIE, WebConfig};
pub use confirm::{Ask, Choice, Confirm, Stop, Told};
pub use counts::Counts;
pub use crowd::{Crowd, Place};
pub use drafts::{DraftDoor, Drafts};
pub use fields::{
    Answers, Field, FieldKind, Filled, FormPage, Import, ImportAct, ImportFile, ImportHeads, ImportPage, Left, LeftOut,
    Line, LineTold, List, ListTold, Preview, Reading, Record, Units, Verdict, fields_schema, kept_add, kept_edit, near,
    told,
};
pub use files::{
    FileLook, FileLookPort, LARGEST_FILE, Mark, StoredFile, attachment, check_file, file_ending, name_file,
    scanned_file,
};
pub use fluent_bundle::FluentValue;
pub use form::{Form, Parts, read_parts, read_upload};
pub use guard::{Https, router};
pub use heavy::{Going, breathe, heavy, heavy_of};
pub use hit::Hit;
pub use i18n::Locales;
pub use identity::Identity;
pub use jump::{EACH as JUMP_EACH, Finder, jump};
pub use kept::Kept;
pub use known::{Known, KnownPost};
pub use letters::{Letter, Letters, LettersPort};
pub use local_path::local_path;
pub use module::{Demo, DemoMonth, Module, locales, roles};
pub use nav::{Area, NavItem};
pub use openapi::{code_schema, document as openapi_document};
pub use pace::Pace;
pub use problem::{Outcome, WebProblem, problem_json};
pub use refusal::{RefusalRow, Refusals, page as refusal_page};
pub use register::{
    Act, Cell, Column, Filter, FilterKind, Grounds, ListPage, Listable, Listed, Part, Register, Related, ResourceOf,
    Sort, as_of, permitted,
};
pub use req::{Req, url_encode};
pub use retention::Retentions;
pub use room::Room;
pub use route::{Access, Route};
pub use saved::{Viewed, saved_document, saved_routes, saved_views, saved_views_forget};
pub use scanner::{Scan, Scanner};
pub use sent::LARGEST_FORM;
pub use session::{
    MIGRATIONS as SESSION_MIGRATIONS, NewSession, Session, SessionId, end_all as end_all_sessions,
    end_everybodys as end_everybodys_sessions, end_one as end_session, end_others as end_other_sessions,
    list as sessions, prove as prove_session, start as start_session,
};
pub use sheet::{SheetReading, SheetRoom, cell_name};
pub use site::Site;
pub use template::{Templates, grouped};
pub use things::{Thing, ToldThing, told_things};
pub use undo::{Back, May, MayUndo, Past, Undo, acted, history, history_of_parts, undo};
pub use upload::Upload;
pub use view::view;
pub use who::{Acted, Who, WhosePost};
pub use written::{Written, has_link_drafts, link_drafts_erase};

/// The web module's own schema, listed before the domains'.
pub const MIGRATIONS: db::ModuleMigrations = SESSION_MIGRATIONS;
