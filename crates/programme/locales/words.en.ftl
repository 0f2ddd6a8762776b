evidence-of-value = Evidence (needed with a value)
check-when = Needed when you send back, pause or end.
extension-when = Needed when you refuse.
evidence-one-of = At least one is needed: a document’s number, a link, a file or a figure that was entered.
problem-evidence-none = There is no evidence yet. Write a document’s number or a link, or choose a file or a figure.
