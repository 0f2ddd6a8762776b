# Finding and choosing bodies.
bodies-found = { $count ->
    [0] No body found
    [one] 1 body
   *[other] { $count } bodies
 }
bodies-of-group = { $count ->
    [one] group of 1 body
   *[other] group of { $count } bodies
 }
pick-title = List of bodies
pick-hint = Type a few letters, without diacritics: so khcn, xa che mau, phong vhxh che mau. What stands in the column “As written” is always understood as that one body.
pick-written = As written
pick-short = Short name
pick-note = Kind, part of
pick-nothing = Try fewer letters, or only the first letter of each word: skhcn.
problem-group-for-one = “{ $name }” is a group of { $count } bodies, and this field takes one. Name one body of the group.
problem-unknown-unit-alike = No body is called “{ $name }”. Choose one of the similar names below, or type it again.
# Learned names.
alias-reach-kind = Every { $kind } of { $issuer }
alias-idle = Without effect: the name of a division is understood only in documents of its own body, and “có liên quan” is said anew in each document.
aliases-removed = Removed ({ $count })
alias-removed-at = Removed
done-alias-restored = The name is remembered again.
act-unit-alias-restore = Removed name remembered again
people-found = { $count ->
    [0] Nobody found
    [one] 1 person
   *[other] { $count } people
 }
