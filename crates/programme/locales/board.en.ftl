board-by-agency = By agency
board-by-leader = By leader in charge
leader = Leader in charge
leader-in-charge = Leader in charge
no-leader = Nobody yet
no-leaders-yet = Nobody has entered yet which leader is in charge of which body.
charge-title = Leaders in charge
charge-hint = Enter the leader in charge of each body as the office's notice of assignment says; leave empty where there is none.
act-charge-erase = A person's name erased from charges
act-charge-set = Put a leader in charge
other-bodies = { $count ->
    [one] {$count} other body
   *[other] {$count} other bodies
}
red-lines = What is late, and why
red-hint = The longest overdue first.
red-all = See all { $count } late tasks
why-difficulty = Difficulty:
why-waits = waits for { $whose }
why-asked = Explanation asked for:
why-said = Last heard { $at }:
why-silent = No progress was ever reported.
explain-usual = Please explain the delay and say by when it will be done.
send-question = Send the question
board-paper = How the assigned tasks stand
ledger-trace = Ledger: #{ $seq } · { $hash } · { $time }
ranking = Ranking
ranking-internal = For use inside, not published
ranking-formula = On time = (tasks done on time + reports sent on time) ÷ (tasks done or overdue + reports due or sent). Where equal, by completion = tasks done ÷ tasks assigned, without those paused.
place = Place
rank-owed = Fell due
rank-on-time = On time
rank-done = Done
completion = Completion
map-title = Map of completion
map-done = done
map-running = under way
map-soon = soon due
map-late = late
map-none = not yet due, continuous or paused
map-cut = The plan has more cells than are shown; these are the first { $most } in the order of tasks.
problem-leader-too-long = The leader's name is longer than 120 characters.
chat-text = Text for chat groups
chat-hint = Copy and send; it has numbers only, no body is named. After signing in, the link opens the report of whoever follows it.
chat-period = Report for { $period }: due { $due }, { $sent } of { $expected } have come. Your body's report: { $url }
act-period-recount = Due day moved with the calendar
