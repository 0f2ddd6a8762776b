//! What proves that work was done: added with a check of its file, taken away, brought back.

use crate::ids::{EvidenceId, PartId, TargetId};
use db::{BlobHash, Entry, Words};
use kernel::{Ctx, Problem};
use serde_json::json;
use webkit::{Bytes, Core, LARGEST_FILE, Scan, check_file, file_ending, heavy, name_file, scanned_file};

use crate::{
    Error,
    files::{
        self,
        model::{
            seen,
            signature::{Signature, signature},
        },
        usecase::look::{Looked, look_later, looked},
    },
    plans::{
        model::{hands, read_target::written},
        usecase::behalf,
    },
    targets::{
        self,
        model::period::{Cutoff, Label, label_words},
        store::target::TargetRow,
    },
    work::{
        store::{self, evidence::EvidenceRow, part::PartRow},
        usecase::part_act::{in_force, part_for},
    },
};

/// Largest file in bytes.
pub const LIMIT: u64 = LARGEST_FILE as u64;

/// What an officer says of a piece of evidence; at least one of number, link, file and figure.
#[derive(Debug, Clone, Default)]
pub struct Evidence {
    pub label: String,
    pub number: String,
    pub day: String,
    pub link: String,
    pub file: Option<(String, Bytes)>,
    /// A figure of the platform: what the part's body last gave for this target.
    pub target: Option<TargetId>,
    /// Chosen by who brings it for a body in which they hold no post.
    pub on_behalf: bool,
}

/// The figures that a part's body gave for targets of the part's plan, newest period each, in words.
pub async fn figures(
    core: &Core,
    part: &PartRow,
    today: jiff::civil::Date,
) -> Result<Vec<(TargetId, String)>, Problem> {
    let conn = core.db().read();
    let targets = targets::store::target::of_plan(&conn, part.plan()).await?;
    let values = targets::store::value::of_unit(&conn, part.unit(), today.year() - 1).await?;
    let end = |period: &str| Label::parse(period).map(|label| label.days(Cutoff::Calendar).1);
    let figure = |target: &TargetRow| {
        let own = values.iter().filter(|value| value.target_id == target.id);
        let last = own.max_by_key(|value| end(&value.period))?;
        let (value, period) = (written(last.value_milli), label_words(&last.period));
        Some((TargetId::from_uuid(target.id), format!("{}: {value} {} ({period})", target.text, target.unit)))
    };
    Ok(targets.iter().filter_map(figure).collect())
}

/// Does the link carry a name or a password before its host (`https://user:password@host`)? As browsers read it: they
/// skip tabs and line ends, take `\` for `/`, and any number of them before the host.
fn has_userinfo(link: &str) -> bool {
    let plain: String = link.chars().filter(|c| !c.is_control()).collect();
    let rest = plain.split_once(':').map_or("", |(_, rest)| rest).trim_start_matches(['/', '\\']);
    let host = rest.split(['/', '\\', '?', '#']).next().unwrap_or_default();
    host.contains('@')
}

/// What the paper of a report comes as: its figures are compared, its signature is seen.
const PAPERS: [&str; 2] = ["pdf", "docx"];

/// Refuses what is no paper of a report, by its ending and by its bytes.
pub(crate) fn check_paper(name: &str, bytes: &[u8]) -> Result<(), Problem> {
    if !PAPERS.contains(&file_ending(name).as_str()) {
        return Err(Problem::bad_input("paper-ending").with("name", name).field("file", "paper-ending"));
    }
    check_file(name, bytes)
}

/// A file that was looked at and may be stored.
pub(crate) struct Kept {
    pub hash: BlobHash,
    size: usize,
    scan: Scan,
    /// A job must look at it for marks of secrecy.
    unchecked: bool,
    /// In how many places its text holds a number by which somebody is identified; none where it could not be read.
    pub identities: Option<i64>,
    pub signature: Signature,
}

/// Looks at the bytes and scans them; nothing is stored yet.
pub(crate) async fn seen_through(core: &Core, name: &str, bytes: &Bytes, limit: u64) -> Result<Kept, Problem> {
    let scan = scanned_file(core, name, bytes, limit).await?;
    let Looked { unchecked, identities } = looked(core, bytes.clone()).await?;
    let (size, whole) = (bytes.len(), bytes.clone());
    let (hash, signature) = heavy(move || (BlobHash::of(&whole), signature(&whole))).await?;
    Ok(Kept { hash, size, scan, unchecked, identities, signature })
}

/// Looks at the bytes, scans and stores them.
pub(crate) async fn keep(core: &Core, name: &str, bytes: &Bytes, limit: u64) -> Result<Kept, Problem> {
    let kept = seen_through(core, name, bytes, limit).await?;
    core.db().blobs().put(bytes.clone()).await?;
    Ok(kept)
}

/// Names a stored file inside the open act that takes it in for `subject`.
pub(crate) async fn name_blob(tx: &db::Tx, kept: &Kept, kind: &str, subject: uuid::Uuid) -> Result<(), Problem> {
    let Kept { hash, size, scan, unchecked, identities: _, signature: _ } = kept;
    name_file(tx, hash, *size, *scan).await?;
    if *unchecked {
        look_later(tx, subject, kind, hash).await?;
    }
    Ok(())
}

pub async fn evidence_add(core: &Core, ctx: &Ctx, part: PartId, given: &Evidence) -> Result<EvidenceId, Problem> {
    let part = &part_for(core, ctx, part, "part.finish").await?;
    let acted_by = behalf::chosen(core, ctx, part.unit(), given.on_behalf)?;
    let text = |text: &str| Words::some(text);
    let day = match given.day.trim() {
        "" => None,
        day => Some(kernel::day::read(day).ok_or_else(|| Problem::bad_input("bad-day").field("day", "bad-day"))?),
    };
    if day.is_some_and(|day| day > ctx.today()) {
        return Err(Error::FutureDay.into());
    }
    let link = text(&given.link);
    if link.as_ref().is_some_and(|link| !link.starts_with("https://") && !link.starts_with("http://")) {
        return Err(Problem::bad_input("link-wrong").field("link", "link-wrong"));
    }
    if link.as_ref().is_some_and(|link| has_userinfo(link)) {
        return Err(Problem::bad_input("link-with-password").field("link", "link-with-password"));
    }
    let blob = match &given.file {
        Some((name, bytes)) => Some((keep(core, name, bytes, LIMIT).await?, name.clone())),
        None => None,
    };
    let number = text(&given.number);
    let figure = match given.target {
        Some(target) => {
            let known = figures(core, part, ctx.today()).await?.into_iter().find(|(id, _)| *id == target);
            Some(known.ok_or_else(|| Problem::bad_input("figure-none").field("target", "figure-none"))?)
        }
        None => None,
    };
    let kind = match (&blob, &link, &number, &figure) {
        (Some(_), ..) => "file",
        (None, Some(_), ..) => "link",
        (None, None, Some(_), _) => "document",
        (None, None, None, Some(_)) => "figure",
        // Each of these fields may be empty, and not all of them.
        (None, None, None, None) => {
            return Err(Problem::bad_input("evidence-none").field("number", "evidence-none"));
        }
    };
    // The words keep the figure as it was; the link leads to how it stands now.
    let link = link.map(Words::into_string).or_else(|| figure.as_ref().map(|(target, _)| format!("/targets/{target}")));
    let words = figure.map(|(_, words)| Words::new(words));
    let file_name = blob.as_ref().map(|(_, name)| Words::new(name));
    let row = &EvidenceRow {
        id: ctx.new_id::<crate::ids::Evidence>().uuid(),
        part_id: part.id,
        kind: kind.into(),
        label: text(&given.label)
            .or(words)
            .or_else(|| number.clone())
            .or_else(|| file_name.clone())
            .unwrap_or_default(),
        number,
        day: day.map(|day| day.to_string()),
        link,
        file_name,
        blob_hash: blob.as_ref().map(|(kept, _)| kept.hash.to_string()),
        at: ctx.now().as_microsecond(),
        actor: ctx.actor.pseudonym(),
        unchecked: false,
        hand: Some(hands::hand(&ctx.actor)),
        acted_by: acted_by.map(|unit| unit.uuid()),
        signed: blob.as_ref().map(|(kept, _)| kept.signature.code().to_owned()),
        identities: blob.as_ref().and_then(|(kept, _)| kept.identities),
    };
    let id = EvidenceId::from_uuid(row.id);
    let blob = &blob;
    core.db()
        .write(ctx, |tx| async move {
            let rev = open(&tx, part).await?;
            if let Some((kept, _)) = blob {
                name_blob(&tx, kept, "evidence", row.id).await?;
            }
            store::evidence::insert(&tx, row).await?;
            let detail = json!({ "evidence": id.to_string(), "kind": row.kind, "sha256": row.blob_hash, "identities": row.identities, "acted_by": acted_by.map(|unit| unit.to_string()), "rev": rev });
            tx.ledger(Entry::new("evidence.add", part.id()).unit(part.unit()).detail(detail));
            Ok(())
        })
        .await?;
    Ok(id)
}

/// The evidence of a part as the actor may see it: of a file that nobody has looked at yet, others learn only that
/// there is one.
pub async fn evidence_of(conn: &db::Reader, ctx: &Ctx, part: PartId) -> Result<Vec<EvidenceRow>, Problem> {
    let mut rows = store::evidence::list(conn, part).await?;
    for look in files::store::look::of_part(conn, part.uuid()).await? {
        let Some(row) = rows.iter_mut().find(|row| row.id == look.subject_id) else { continue };
        row.unchecked = true;
        if !seen::is_own(ctx, look.taken_by) {
            row.label = Words::default();
            (row.number, row.day, row.link, row.file_name, row.blob_hash) = (None, None, None, None, None);
            (row.signed, row.identities) = (None, None);
        }
    }
    Ok(rows)
}

/// Asks inside the act, which then holds the part: an acceptance is before it or after it. Says the revision that it leaves.
async fn open(tx: &db::Tx, part: &PartRow) -> Result<Option<i64>, Problem> {
    in_force(tx, part.plan()).await?;
    if !store::part::evidence_changes(tx, part.id()).await? {
        return Err(Error::AlreadyAccepted.into());
    }
    Ok(store::part::get(tx, part.id()).await?.map(|part| part.rev))
}

/// Takes evidence away, or brings it back: each is the other's undo. What is accepted stays as it was accepted.
pub async fn evidence_remove(
    core: &Core,
    ctx: &Ctx,
    id: EvidenceId,
    remove: bool,
    on_behalf: bool,
) -> Result<PartRow, Problem> {
    let row = store::evidence::get(&core.db().read(), id).await?.ok_or_else(Problem::not_found)?;
    let part = part_for(core, ctx, PartId::from_uuid(row.part_id), "part.finish").await?;
    let acted_by = behalf::chosen(core, ctx, part.unit(), on_behalf)?;
    let (at, subject) = (remove.then(|| ctx.now().as_microsecond()), &part);
    let action = if remove { "evidence.remove" } else { "evidence.restore" };
    core.db()
        .write(ctx, |tx| async move {
            let rev = open(&tx, subject).await?;
            // A file that bore a mark of secrecy is there no more: there is nothing to bring back.
            if !store::evidence::removed_set(&tx, id, at).await? {
                return Err(Problem::not_found());
            }
            let acted_by = acted_by.map(|unit| unit.to_string());
            let detail = json!({ "evidence": id.to_string(), "acted_by": acted_by, "rev": rev });
            tx.ledger(Entry::new(action, subject.id()).unit(subject.unit()).detail(detail));
            Ok(())
        })
        .await?;
    Ok(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_carries_no_password() {
        for link in
            ["https://an:mat-khau@songmau.example.vn/a", "http://an@x.vn", "https:///\t/a:b@x.vn?c", "https:\\a@x"]
        {
            assert!(has_userinfo(link), "{link}");
        }
        for link in ["https://x.vn/@an", "https://x.vn?to=a@b.vn", "https://x.vn:8443/a#@b", "https://x.vn\\@b"] {
            assert!(!has_userinfo(link), "{link}");
        }
    }

    #[test]
    fn a_paper_is_a_pdf_or_a_word_file() {
        assert!(check_paper("a.PDF", b"%PDF-1.7 ...").is_ok() && check_paper("a.docx", b"PK\x03\x04").is_ok());
        assert_eq!(check_paper("a.xlsx", b"PK\x03\x04").unwrap_err().code, "paper-ending");
        assert_eq!(check_paper("a.pdf.zip", b"PK\x03\x04").unwrap_err().code, "paper-ending");
        assert_eq!(check_paper("a.docx", b"%PDF-1.7 ...").unwrap_err().code, "file-not-what-it-says");
    }
}
