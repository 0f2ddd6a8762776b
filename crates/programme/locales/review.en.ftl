# Review: the place of each sentence, walking through by keys, the head of the document and duties to report.
places = The place of each sentence of the document
place-all = See the whole document
place-unplaced = Without a place
place-task = Task
place-target = Target
place-duty = Duty to report or to act
place-narrative = Orders nothing
place-heading = Heading
place-head = Head of the document
place-ground = Legal ground
place-receivers = Receivers
place-signature = Signature
place-sign-unplaced = ?
place-sign-task = T
place-sign-target = G
place-sign-duty = D
place-sign-narrative = N
place-sign-heading = H
place-sign-head = B
place-sign-ground = L
place-sign-receivers = R
place-sign-signature = S
unplaced-count = { $count ->
    [1] 1 sentence without a place
   *[other] { $count } sentences without a place
  }
place-make-task = Make it a task
place-why = Why this sentence orders nothing
place-nothing = { $count ->
    [1] It orders nothing
   *[other] They order nothing (all { $count } in a row)
  }
place-before = ‹ the one before
place-after = the next one ›
why-situation = tells the situation, results or causes
why-purpose = gives purposes, views or general goals
why-past = tells what was done
why-praise = notes and praises
why-closing = a last sentence to everybody
why-opening = leads on to what follows
why-funding = says who pays
why-force = says when it is in force
why-report = a document that reports
why-rule = a rule for all
why-mirrored = the appendix gives it out
place-why-choose = Why does it order nothing?
why-layout = a heading, page numbers, lines of tables
spot-head = About the document
spot-row = Task { $number }
spot-duty = Duty to report { $number }
spot-target = Target { $number }
spot-finding = Doubt
read-duty-doubted = not clear who reports, or to whom
read-period = How often
read-period-none = The document does not say
read-period-month = Every month
read-period-quarter = Every quarter
read-period-half-year = Every six months
read-period-year = Every year
read-period-periodic = Regularly, not clear how often
read-period-ad-hoc = When asked
read-due = To be sent by
read-due-hint = As the document says it, for example: trước ngày 30/11
walk = One after another
walk-place = Item { $place } of { $of }
walk-left = { $open } not reviewed yet, { $doubts } in doubt
walk-before = Item before
walk-after = Next item
walk-back = see it again
walk-doubt = Next doubt
walk-doubts-first = Doubts first
walk-as-document = In the order of the document
walk-find = Search in what was read
walk-filter = Filter
walk-all = Show all
walk-done = All is reviewed: look, then approve
row-blocked = Answer what is asked first.
no-time = The document sets no time
walk-keys = ? keys
walk-keys-on = Use single-letter keys on this computer
key-after = next item
key-before = item before
key-doubt = next doubt
key-accept = right, on to the next
key-no-time = the document sets no time
key-task = make this sentence a task
key-drop = drop; a doubt: set aside
key-correct = correct
key-undo = undo
key-filter = filter
key-keys = show the keys
approve-unseen-head = Nobody has said that number, day, issuing body and title are right.
approve-unseen-duties = { $count ->
    [1] Nobody has looked at 1 duty to report.
   *[other] Nobody has looked at { $count } duties to report.
  }
approve-doubted = { $count ->
    [1] Nobody has said who one name is: it is given no work.
   *[other] Nobody has said who { $count } names are: they are given no work.
  }
approve-list-doubted = { $count ->
    [1] The name that is given no work
   *[other] The { $count } names that are given no work
  }
approve-doubted-one = “{ $words }”: { $task }
approve-doubted-like = “{ $words }” (perhaps { $name }; nobody has confirmed it): { $task }
approve-overdue = { $count ->
    [1] The time of one task is over already.
   *[other] The time of { $count } tasks is over already.
  }
approve-list-overdue = { $count ->
    [1] The task whose time is over
   *[other] The { $count } tasks whose time is over
  }
approve-no-number = The document has no number.
approve-no-day = The document has no day of issue: what is due some days after its signing has no due day.
approve-head = About the document: number, day, issuing body, title
act-plan-head-review = Head of the document reviewed
no-orders = As it was read, this document gives no orders: it has no task, no target and no duty to report.
no-orders-left = Everything that was read is dropped: the document has no task, no target and no duty to report left.
no-orders-counts = Sentences: { $placed } in parts of the document, { $narrative } that order nothing, { $unplaced } without a place.
no-orders-duties = Sentences about what bodies are responsible for, which are no tasks: { $count }.
no-orders-add = Where an order was missed, choose its sentence and make it a task.
no-orders-see = See the sentences that order nothing
no-orders-file = Where none was missed, file it: it stays in the list of plans, can be read, and can be opened again.
no-orders-first = Answer the open questions first, or set them aside.
file-plan = File it, no orders
filed-title = Filed, no orders
filed-hint = The document is kept as it is; nobody gets work out of it.
filed-read = See the document as read
filed-reopen = Open the review again
plan-state-filed = Filed, no orders
act-plan-file = Document without orders filed
act-plan-reopen = Review of a filed document opened again
done-plan-filed = The document is filed.
done-plan-reopened = The review is open again.
problem-plan-has-orders = The document still has tasks, targets or duties to report. Approve it; if they were read by mistake, drop those rows, then file it.
not-read-kept = The name of the file, “{ $file }”, and this attempt are kept; the file is not.
not-read-by-hand = Where there is no file that can be read, enter the tasks one by one:
problem-no-such-period = There is no such period. Please choose one of the list.
problem-no-such-place = The document has no such passage. Open the review again and choose the sentence once more.
