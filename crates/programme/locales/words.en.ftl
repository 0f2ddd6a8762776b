evidence-of-value = Evidence (needed with a value)
check-when = Needed when you send back, pause or end.
extension-when = Needed when you refuse.
