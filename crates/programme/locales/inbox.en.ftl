todo-all = All ({ $count })
tick = Choose
tick-all = Choose all { $count } parts
tick-none = Choose none
tick-task = Choose every body of the task: { $task }
ticked = { "{count}" } parts chosen
task-and-body = Task, body
waiting-count = { $count ->
    [one] one body waits for acceptance
   *[other] { $count } bodies wait for acceptance
}
check-words-all = Words for all of them
check-words-all-hint = Needed to send back, and to accept where evidence is missing.
open-part = Open
left-over-title = Parts that could not be done
left-over = { $count } parts were done. { $left } could not be; each line says why.
left-over-why = Why
done-parts-accepted = The chosen parts are accepted.
done-parts-sent-back = The chosen parts went back to their bodies.
problem-none-chosen = Nothing is chosen. Tick at least one part.
problem-too-many-chosen = { $count } parts are chosen; at most { $limit } can be done at once.
jump-bodies = Bodies
tick-late = Choose all { $count } reports that are late
ticked-reports = { "{count}" } reports chosen
chase-reports = Urge them with one letter
chase-parts = Urge them with one letter
todo-letter-release = Letters to be numbered and issued
letter-hand = Pass to the records clerk
letter-hand-hint = The records clerk numbers and releases it: { $names }. Pass it on once it is signed.
letter-fetch = Take it back to change it
letter-handed = passed to the records clerk { $names } at { $time }
letter-edit-fetches = A change takes the letter back from the records clerk; once signed it is passed on again.
act-letter-hand = Letter passed to the records clerk
act-letter-fetch = Letter taken back from the records clerk
problem-desk-release = The records clerk numbers and releases this letter: { $names }.
refusal-desk-release = Letter not released in place of the records clerk
todo-letter = Letters that urge, to be acknowledged
letter-receive = Acknowledge
letter-receive-hint = This letter went to { $unit }. Its sender will see that it has come.
letter-received-count = Acknowledged: { $received } of { $sent }
letter-received-at = Acknowledged at
letter-not-received = Not yet
done-letter-drafted = The letter is drafted. It has gone to nobody: look through it and have it signed; then it is numbered and released.
done-letter-received = Acknowledged. The sender sees that your body has the letter.
act-letter-receive = Acknowledged a letter
problem-four-eyes-receipt = You released this letter: another person, of the body that it went to, must acknowledge it.
refusal-four-eyes-receipt = Own letter not acknowledged by oneself
problem-none-late = Nothing of what is chosen is late.
problem-chase-in-many-names = The chosen parts are followed by several bodies and cannot stand in one letter. Choose those of one plan at a time.
by-task = Group by task
by-part = Ungroup
progress-head = Progress
group-done = { $done } of { $total } done
group-late = { $count } late
group-reported = { $count } to accept
group-more = and { $count } more
unfold = Open { $task }
fold = Close { $task }
todo-late-reports = Chase overdue reports
reports-late-count = Report of { $period }: { $count ->
    [one] one body has
   *[other] { $count } bodies have
} not sent it
todo-fold = Show all { $count }
accept-fold = Show all { $count } bodies
