nav-systems-assessment = Assessment and classification
nav-systems-waves = Waves of the move
nav-systems-rules = Rules
system-strategy = Way to move
system-strategy-retire = Retire
system-strategy-retain = Retain
system-strategy-rehost = Rehost
system-strategy-relocate = Relocate
system-strategy-replatform = Replatform
system-strategy-repurchase = Repurchase
system-strategy-refactor = Refactor
assessment = Assessment
assessment-review = Review
assessment-review-open = Not reviewed
assessment-review-accepted = Accepted
assessment-review-overruled = Overruled
assessed-by = By the rules { $rules }
assessed-all = Systems with a way by the rules
assessed-answered = With answers of people
assessed-reviewed = Reviewed, which counts as classified
assessed-none = No system is classified yet. The province’s programme officer classifies them once the list is there.
assessment-share = Share
overruled-rate = Rate of overruling
rate-none = not applicable
classify-all = Classify all again
rules-say = By the rules: { $strategy }
assessment-unclassified = Systems that are not classified: { $count }. They were entered or taken in since the last classification.
systems-classify = Classify for the move
assessment-carried-out = This strategy was carried out and accepted, so it stays when all is classified again. A reviewer may still decide otherwise.
assessment-outdated = What is known has changed since the last classification. Below is what follows today; the list follows with the next classification.
reviewed-by = Reviewed by
assessment-why = Why
reasons-beside = Rules of lower rank that hold too, and do not decide
reasons-unknown = Not known:
reasons-decisive = Knowing this could change the decision:
priority-score = Priority score
criterion-name = Criterion
criterion-points = Points
criterion-weight = Weight
criterion-gives = Gives
assessment-value = Value
assessment-questions = Questions and answers
questions-open = { $count } still open
answer-open = Not answered
answer-from-inventory = pre-filled from the inventory
answer-from-inventory-hint = Pre-filled from the inventory; correct it if it is wrong.
answer-from-exchange = pre-filled from the exchange
answer-from-exchange-hint = Pre-filled from what the exchange measured; correct it if it is wrong.
answer-unknown = We do not know
answer-group = Answer
value-unknown = not known
value-yes = yes
value-no = no
alike = Similar systems with answers
alike-how = Compared with the last { $count } systems of the same kind that were answered and that you may see.
alike-agree = Agreement
alike-of = { $percent } % ({ $agree } of { $known } known of both)
alike-brings = Answers it brings
alike-take = Take these answers over
impact = What breaks if it is switched off
impact-of = If { $name } is switched off
impact-counts = Systems that stop: { $stops }; that go on without shared data: { $degraded }.
impact-unseen = Of these you may not see { $count }.
impact-none = By the relations on record nothing is affected.
impact-users = Bodies that lose what they use
impact-user = Body
impact-uses = Uses
impact-users-none = No body is on record as a user of these systems.
impact-effect = Effect
impact-stops = Stops
impact-degraded = Degraded
impact-depth = Steps
impact-chain = How
impact-runs-on = { $from } runs on { $to }
impact-depends-on = { $from } depends on { $to }
impact-shares-data = { $from } shares data with { $to }
impact-stores = { $from } stores its data in { $to }
impact-replaces = { $from } replaces { $to }
need-to-know = Maps of dependencies are for those who must know; they are in no lake and on no public page.
group-open = something is open
group-nothing = By the answers so far nothing of this group is asked.
evidence-what = What counts as evidence
move-effort = Effort of the move (person-days)
move-effort-hint = Leave empty where nobody has estimated it; the plan then takes the usual figure.
move-days = Days of the move
move-earliest = Not moved before
move-earliest-hint = Leave empty where any day will do.
move-closed-days = Days on which it may not be moved
move-closed-days-hint = Of this system alone, one span on each line, such as 30/01/2027 - 20/02/2027; or one day.
save-and-on = Save and go on
to-the-decision = See the decision
review-accept = Accept what the rules say
review-overrule = Decide otherwise
review-overrule-now = Record the other decision
review-reason = Reason
review-reason-hint = Say what it rests on, so that others understand it later.
rules-kind = Kind
rules-kind-strategy = Rule table
rules-kind-priority = Weights of priority
rules-state = State
rules-state-draft = Draft
rules-state-proposed = Proposed
rules-state-in-force = In force
rules-state-replaced = Replaced
rules-new = Bring a new edition
rules-new-json = Bring an edition as JSON
rules-new-from = Begin a new edition from this one
rules-draft-what = It decides nothing. Change it rule by rule, then keep it as a proposal.
rules-draft-how = A higher rank is asked first; rules of one rank must give the same answer. Every press is kept and can be undone in the history.
rules-draft-lacking = { $count ->
    [one] It cannot be proposed yet: { $count } gap or contradiction is left, told at the part or rule concerned.
   *[other] It cannot be proposed yet: { $count } gaps or contradictions are left, told at the parts or rules concerned.
}
rules-draft-sound = The table answers every case and never contradicts itself.
rules-draft-propose = Keep it as a proposal
rules-draft-body-hint = For nested conditions, facts and answers; other rules are changed in the table above.
rules-draft-body-keep = Keep the JSON in the draft
rules-drop = Drop the draft
rules-drop-what = The draft goes with every change in it; the edition in force and the proposals stay.
rule-change = Change
rule-change-title = Change a rule
rule-take-out = Take out
rule-add = Add a rule
rule-join = The rule applies when
rule-join-all = all conditions hold
rule-join-any = any one condition holds
rule-no-lines = No condition yet: the rule applies to every case.
rule-op = Condition
rule-op-yes = yes
rule-op-no = no
rule-op-in = is one of the ticked values
rule-op-not-in = is known and none of the ticked values
rule-op-within = lies within
rule-op-known = is known
rule-op-unknown = is not known
rule-values = Values
rule-least = From
rule-below = Below
rule-group = Group of conditions
rule-group-hint = Nested conditions: they stay as they are when other lines change; to change them, use the draft’s JSON.
rule-line-out = Take this condition out
rule-line-add = Add a condition about
rule-line-add-hint = The new condition appears, to be filled in; what was typed is kept.
rule-line-add-now = Add the condition
rule-answer = Answer
rule-vi = The reason in Vietnamese
rule-en = The reason in English
rule-rank-hint = A higher number is asked first. Rules with the same number must give the same answer.
rule-ranks = Ranks of the rules of this part
rule-save = Save the rule
rule-back = Back to the draft
rules-new-how = The edition in force ({ $edition }) stands here to begin with. Before it is kept as a proposal, the program looks for cases without an answer and for contradictions.
rules-body = The file (JSON)
rules-body-hint = Change the version. Keep the table’s id, so that the questions still fit.
rules-note = Note
rules-note-hint = Why this edition; not required.
rules-check = Check and keep as a proposal
rules-edition = Edition
rules-editions = Editions that were brought
rules-editions-none = Nobody has brought one; the edition of the program decides.
rules-since = Since
rules-brought-by = Brought by
rules-would = If it were in force
rules-would-what = { $moved } of { $systems } systems would move otherwise; { $scores } would have another score.
rules-named = { $count } of { $all } are named.
rules-use = Put { $edition } in force?
rules-use-now = Put in force
rules-use-what = All systems are classified again at once: { $moved } of { $systems } change, { $scores } get another score. What reviewers overruled stays.
rules-use-after = It can be undone while nobody has changed the systems concerned; after that the older edition can be put in force again.
rules-moved = { $count ->
    [one] { $count } system changes
   *[other] { $count } systems change
}
from-strategy = Now
to-strategy = Then
rule-rank = Rank
rule-when = When
rule-then = Then
rule-says = The reason that is told
when-always = always
when-and = and
when-or = or
when-not = known and not { $values }
when-at-least = at least { $number }
when-below = below { $number }
when-known = known
example-any = any case at all
rules-unfit-now = The edition in force does not fit the questions of the program any more, so the program’s own is used. Bring a new one.
rules-weights = Weights of priority
rules-weights-change = Change the weights
points-full = all 100 points from { $number } { $unit }
weight-more = { $percent } % more
weight-less = { $percent } % less
weight-shift-what = The last two columns: which systems would enter and which would leave the first { $first } if that weight alone were changed.
weight-shift-none = The order stays the same
weight-shift-inside = { $count ->
    [one] { $count } system changes places, none enters or leaves
   *[other] { $count } systems change places, none enters or leaves
}
weight-shift-enter = Enter:
weight-shift-leave = Leave:
weight-shift-others = { $count ->
    [one] and { $count } other
   *[other] and { $count } others
}
edition-read = compared with the text
edition-cited = cited, not compared
edition-proposal = a proposal, to be decided
waves-no-plan = No plan of waves yet
waves-no-plan-what = This page says which system moves in which wave and why. First its terms are needed: the start, the length of a wave, what a wave can hold, days that are closed.
waves-terms = Terms of the waves
waves-terms-are = From { $start }; a wave has { $days } days, at most { $systems } systems and { $effort } person-days; { $usual } are taken where nobody has estimated.
waves-planned-on = planned on
waves-plan = Plan the waves again
waves-by-hand = { $count ->
    [one] { $count } system placed by hand
   *[other] { $count } systems placed by hand
}
waves-by-hand-what = Planning again leaves these where they are. Let them loose and plan again, and the program finds their waves.
waves-loose-all = Let all of them loose
wave-loose = Let loose
waves-rest = { $count ->
    [one] See the whole list, { $count } more system
   *[other] See the whole list, { $count } more systems
}
waves-unseen = { $count ->
    [one] { $count } system that you may not see is not listed; the counts and person-days of the waves include it.
   *[other] { $count } systems that you may not see are not listed; the counts and person-days of the waves include them.
}
waves-more-faults = and { $count } more; the XLSX file has all
waves-more-rings = and { $count } more
waves-faults-sheet = Broken rules
waves-fault = What is broken
waves-workbook = Download (XLSX)
waves-out = { $count ->
    [one] { $count } system that is to move is not in this plan. Plan again.
   *[other] { $count } systems that are to move are not in this plan. Plan again.
}
waves-left = { $count ->
    [one] { $count } system is left over of waves that have ended, and nobody has begun to move it. Plan again, and it goes in a wave that is open.
   *[other] { $count } systems are left over of waves that have ended, and nobody has begun to move them. Plan again, and they go in waves that are open.
}
waves-faults = { $count ->
    [one] The plan breaks { $count } rule:
   *[other] The plan breaks { $count } rules:
}
waves-rings = Rings that go only together: { $count }
waves-empty = Nothing is placed yet. Classify, then plan.
wave-number = Wave { $wave }
wave-no-place = Without a wave
wave-holds = { $count ->
    [one] { $count } system, { $effort } person-days
   *[other] { $count } systems, { $effort } person-days
}
wave-over = larger than a wave may be
wave-is-ended = over
wave-one = Wave
wave-from = From
wave-to = To
wave-systems = Systems
wave-effort = Person-days
wave-why = Why there
waves-sheet = Waves
waves-title = Waves of the move to the cloud
waves-note = The second sheet has only systems that the reader may see.
wave-days = Wave { $wave }: { $from } to { $to }
waves-gantt = Schedule of the waves
waves-gantt-legend = Each bar is a wave; the dashed line is today.
waves-gantt-more = { $count ->
    [one] { $count } more wave lies outside this schedule.
   *[other] { $count } more waves lie outside this schedule.
}
wave-drag = Drag to another wave
wave-drag-what = Drag the mark ⠿ at the head of a row to another wave to see what that breaks; nothing changes until you confirm it.
gantt-closed = Shaded days are closed: { $days }.
gantt-closed-more = Shaded days are closed: { $days } and { $more } more spans.
placed-by-hand = by hand
wave-free = Nothing held it back.
wave-by-hand = Placed by hand.
wave-after = After { $system } in wave { $wave }, which it needs.
wave-not-before = Not before { $day }: passed: wave { $waves }.
wave-not-yet = Not so early: wave { $waves }.
wave-closed = Closed days: wave { $waves }.
wave-full = Wave { $waves } was taken by others of higher priority.
wave-together = Together with: { $systems }.
wave-needed-by = Taken before its turn, because { $system } needs it.
wave-too-large = A group of { $systems } systems and { $effort } person-days is larger than a wave.
wave-waits = Waits for { $system }, which has no wave.
wave-hand-before = { $system }, which it needs, does not move before this wave.
wave-hand-over = What was placed by hand is more than the wave may hold.
wave-hand-closed = Days are closed for it in this wave.
wave-none-after = It goes after { $system } in wave { $wave }, which it needs, and that is the last wave.
wave-none-behind = It goes after { $system } in wave { $wave }, which it needs; of the waves behind that { $closed } are closed, { $full } are full.
wave-all-over = All waves are over. Say more of them in the terms.
wave-under-way = Under way.
wave-left-over = Not moved in wave { $wave }, which is over.
wave-none = No wave is left: { $closed } are closed, { $full } are full.
fault-before = { $system } moves before, or together with, { $needs }, which it needs.
fault-apart = These go only together and are in several waves: { $systems }.
fault-systems = Wave { $wave } has { $count } systems, more than { $most }.
fault-effort = Wave { $wave } needs { $count } person-days, more than { $most }.
fault-closed = { $system } may not be moved in wave { $wave }.
fault-no-wave = { $system } stands in wave { $wave }, which there is not.
move-to = To wave
move-earlier = Earlier
move-later = Later
move-look = See what it breaks
move-title = Another wave for { $name }
move-what = From: { $from }. To: { $to }.
move-together = These move with it, as they stand on each other: { $systems }.
move-wave = { $systems ->
    [one] Wave { $wave } would have { $systems } system and { $effort } person-days.
   *[other] Wave { $wave } would have { $systems } systems and { $effort } person-days.
}
move-breaks = This breaks:
move-breaks-nothing = This breaks no rule.
move-mends = { $count ->
    [one] It mends { $count } fault
   *[other] It mends { $count } faults
}
move-now = Move it
move-after = It can be undone in the history of the waves.
terms-start-on = First day of wave 1
terms-days = Length of a wave (days)
terms-most-systems = Most systems of a wave
terms-most-effort = Most person-days of a wave
terms-most-waves = Most waves
terms-free-days = Days in a row that must be open in a wave
terms-usual-effort = Person-days of a system that nobody has estimated
terms-blackouts = Closed days
terms-blackouts-hint = A span on each line: 30/01/2027 - 20/02/2027, or one day.
done-answers-saved = The answers are saved.
done-answers-taken = The answers of the similar system were taken over.
done-review-saved = The review is recorded. It can be undone in the history.
done-classified = All systems were classified.
done-rules-begun = A draft was begun.
done-rules-changed = The draft was changed. This can be undone in its history.
done-rules-dropped = The draft was dropped.
done-rule-kept = The rule was saved. This can be undone in the history.
done-rule-line-added = Saved; now fill in the new condition.
done-rules-kept = The edition is sound and kept as a proposal.
done-rules-used = It is in force, and all systems were classified by it.
done-waves-planned = The waves were planned.
done-waves-terms-kept = The terms are kept. Plan again to apply them.
done-waves-moved = It was moved. Planning again leaves it there.
done-waves-loosened = It was let loose. The next planning finds its wave.
act-assessment-answer = Assessment questions answered
act-assessment-copy = Answers of a similar system taken over
act-assessment-accept = Classification accepted
act-assessment-overrule = Classification overruled
act-system-classify = All systems classified
act-rules-draft = Draft of the rules begun
act-rules-edit = Draft of the rules changed
act-rules-drop = Draft of the rules dropped
act-rules-propose = Edition of the rules brought
act-rules-use = Edition of the rules put in force
act-waves-terms = Terms of the waves set
act-waves-plan = Waves planned
act-waves-move = System moved to another wave
act-waves-loose = Place by hand let loose
problem-not-assessed = This kind is not assessed.
problem-effort-number = The effort is a number of person-days from 0 to { $most }.
problem-answers-wrong = Some answers were not understood. Look at the fields that are marked.
problem-no-such-question = There is no question “{ $text }”.
problem-no-such-answer = “{ $text }” is no answer to this question.
problem-nothing-to-take = The other system has no answer that is open here.
problem-review-reason-missing = Deciding otherwise needs a reason.
problem-not-classified-yet = This system is not classified yet. Answer its questions or classify first.
problem-rules-refused = The edition is not kept: it has { $count } faults.
problem-rules-unfit = This edition does not fit the questions of the program any more. Bring its file again to see where.
problem-rules-edition-there = The edition “{ $edition }” is there already. Change the version, for example to { $free }.
problem-classified-meanwhile = Somebody changed systems or rules during the classification. Try again.
problem-rules-still-draft = This edition is still a draft. Keep it as a proposal first.
problem-rules-no-draft = This edition is no draft any more and cannot be changed. Begin a new one from it.
problem-rule-wrong = The rule is not saved. Look at the marked fields.
problem-rule-no-words = Give the reason in both languages.
problem-rule-no-answer = Choose an answer of the list.
problem-rule-rank-number = A rank is a whole number from 0 to 65535.
problem-rule-no-op = Choose a condition of the list.
problem-rule-no-value = Tick at least one value, or choose another condition.
problem-rule-no-bounds = Give at least one bound; “From” must be less than “Below”.
problem-rule-no-fact = Choose a fact of the list.
problem-rules-in-force = This edition is in force already.
problem-rules-meanwhile = Another edition was put in force meanwhile. Load the page again.
problem-assessment-there = Somebody has just assessed this system. Load the page again.
problem-rules-unreadable = The file cannot be read at line { $line }, column { $column }: wrong syntax or shape.
problem-rules-gap = { $part }: no rule answers this case: { $example }.
problem-rules-contradiction = { $part }: rule { $one } says “{ $answer }” and rule { $other } of the same rank says “{ $answer_other }” in this case: { $example }.
problem-rules-too-large = { $part }: too many cases to check them all. Use fewer facts or split the rules.
problem-rules-no-words = { $place }: words are missing in one language.
problem-rules-twice = { $place }: “{ $name }” is used twice.
problem-rules-nothing-in = { $place }: nothing is there.
problem-rules-bad-fact = The fact “{ $name }” is not declared rightly.
problem-rules-unknown = { $place }: there is no “{ $name }”.
problem-rules-wrong-test = { $place }: this test is none of “{ $name }”.
problem-rules-not-one-test = { $place }: one condition in each place, and not too deep.
problem-rules-too-many = { $place }: more than { $most }.
problem-rules-ends-without = { $place }: it ends and leaves “{ $name }” without an answer.
problem-rules-no-part = The table lacks “{ $name }”.
problem-rules-ground-moves = “{ $name }” is not eligible and moves all the same.
problem-rules-no-strategy = “{ $name }” is none of the seven ways.
problem-rules-question = The questions no longer fit the table at “{ $name }”.
problem-rules-other-table = The table’s id “{ $name }” is not the one that the questions feed.
problem-weights-bad = The criterion “{ $name }” has wrong points or a wrong scale.
problem-weights-too-heavy = The weight of “{ $name }” is beyond 1000.
problem-weights-same = No weight is changed.
problem-weight-number = “{ $text }” is no whole number.
problem-waves-no-room = A wave needs days, room and effort above 0; the open days in a row are no more than its length.
problem-waves-too-long = Too many waves, or too far ahead. At most 2000.
problem-span-backward = A span ends before it begins.
problem-terms-number = A whole number from 1 on.
problem-terms-day = A day, such as 05/01/2027.
problem-closed-days-many = Too many spans of days: { $most } at most.
problem-terms-day-past = This day is over. Take today or a later one. A plan that exists may only keep the start that it has.
problem-terms-span = The line “{ $text }” cannot be read.
problem-waves-terms = The terms are not kept. Look at the fields that are marked.
problem-waves-no-terms = The terms of the waves are missing. Set them first.
problem-waves-none-by-hand = Nothing here is placed by hand.
problem-waves-meanwhile = Somebody has just changed the plan. Load the page again.
problem-wave-ended = This wave is over and takes no more systems. Take one that is open.
problem-no-such-wave = There is no such wave, or this system is not to move.
waves-outdated = These waves were planned by the terms of before; the days and limits shown are those of the new terms. Plan them again.
move-no-such-wave = There is no wave “{ $text }”. Give a number from { $first } to { $most }; empty takes the system out of all waves.
move-wave-ended = Wave { $text } is over. Give a number from { $first } to { $most }; empty takes the system out of all waves.
