//! Ids of what is told and sent.

kernel::id!(Notice NoticeId "notice");
kernel::id!(Mail MailId "mail");

/// An id for a notice of now.
pub(crate) fn notice_id(ctx: &kernel::Ctx) -> uuid::Uuid {
    ctx.new_id::<Notice>().uuid()
}
