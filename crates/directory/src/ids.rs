//! Ids of what only the directory keeps.

kernel::id!(Alias AliasId "alias");
kernel::id!(Invitation InvitationId "invitation");
