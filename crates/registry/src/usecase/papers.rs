//! Certificates of data centres and addresses: added, taken away, and which run out.

use db::{Entry, Reader, Row as _, Words, vals};
use kernel::{Code as _, Ctx, Held, Problem};
use serde_json::json;
use webkit::{Core, Kept as _};

use crate::{
    model::{Certificate, CertificateId, CertificateInput, CertificateKind, KNOW, System, SystemId, check_done},
    store::papers::{self, Expiring},
    usecase::typed,
};

/// Days ahead in which what runs out is looked at.
pub const AHEAD: i64 = 90;

/// The certificates of a system, the first to run out first.
pub async fn of(conn: &Reader, id: SystemId) -> Result<Vec<Certificate>, Problem> {
    let tail = "WHERE system_id = $1 ORDER BY COALESCE(valid_until, '9999'), id";
    Ok(Certificate::find(conn, tail, vals![id.uuid()]).await?)
}

/// What has run out within the actor's reach, or will soon; and all others behind it.
pub async fn expiring(core: &Core, ctx: &Ctx, conn: &Reader) -> Result<Vec<Expiring>, Problem> {
    let [reach, known] = [Held::Any, Held::Of(KNOW)].map(|held| core.authorizer().reach(ctx, held));
    Ok(papers::expiring(conn, &reach, &known).await?)
}

fn read(ctx: &Ctx, id: SystemId, input: &CertificateInput) -> Result<Certificate, Problem> {
    let number = input.number.trim();
    let issued_on = typed::day("issued_on", &input.issued_on)?;
    let valid_until = typed::day("valid_until", &input.valid_until)?;
    if number.is_empty() || number.chars().count() > 200 {
        return Err(Problem::bad_input("field-empty").field("number", "field-empty"));
    }
    check_done("issued_on", issued_on, ctx.today())?;
    if issued_on.zip(valid_until).is_some_and(|(from, until)| until < from) {
        return Err(Problem::bad_input("certificate-backwards").field("valid_until", "certificate-backwards"));
    }
    Ok(Certificate {
        id: ctx.new_id(),
        system_id: id,
        kind: typed::code::<CertificateKind>("kind", &input.kind)?,
        number: Words::new(number).to_string(),
        issuer: typed::words("issuer", &input.issuer, 300)?.map(Words::new),
        issued_on,
        valid_until,
        rev: 1,
    })
}

/// Adds a certificate, or takes one away.
pub async fn certificate(core: &Core, ctx: &Ctx, id: SystemId, input: &CertificateInput) -> Result<(), Problem> {
    System::seen(core, ctx, &core.db().read(), id).await?.check(core, ctx)?;
    if !input.remove.is_empty() {
        return remove(core, ctx, id, &input.remove).await;
    }
    let new = &read(ctx, id, input)?;
    core.db()
        .write(ctx, |tx| async move {
            let system = System::held_by(core, ctx, &tx, id).await?;
            system.check_open()?;
            new.add(&tx).await?;
            let detail = json!({ "kind": new.kind.code() });
            tx.ledger(Entry::new("system.certificate", id).unit(system.owner_id).detail(detail));
            Ok(())
        })
        .await
}

async fn remove(core: &Core, ctx: &Ctx, id: SystemId, text: &str) -> Result<(), Problem> {
    let gone: CertificateId = text.parse().map_err(|_| Problem::not_found())?;
    core.db()
        .write(ctx, |tx| async move {
            let system = System::held_by(core, ctx, &tx, id).await?;
            let own = vals![gone.uuid(), id.uuid()];
            if Certificate::delete_where(&tx, "WHERE id = $1 AND system_id = $2", own).await? == 0 {
                return Err(Problem::not_found());
            }
            tx.ledger(Entry::new("system.uncertificate", id).unit(system.owner_id));
            Ok(())
        })
        .await
}
