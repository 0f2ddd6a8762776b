//! Ids of what is told and sent.

kernel::id!(Notice NoticeId "notice");
kernel::id!(Mail MailId "mail");
