# Before approving, publishing, locking
approve-look = Look, then approve
approve-title = Approve { $label }
approve-makes = { $parts ->
    [0] No part will be made
    [1] 1 part will be made for 1 body
   *[other] { $parts } parts will be made for { $bodies ->
        [1] 1 body
       *[other] { $bodies } bodies
    }
  }, from { $tasks ->
    [1] 1 task
   *[other] { $tasks } tasks
  }.
approve-targets = { $count ->
    [1] 1 target will be followed.
   *[other] { $count } targets will be followed.
  }
approve-unled = { $count ->
    [1] 1 task has no body yet: it will stand in the list “No body yet” and in the inbox of who follows the plan until somebody is named.
   *[other] { $count } tasks have no body yet: they will stand in the list “No body yet” and in the inbox of who follows the plan until somebody is named.
  }
approve-unreported = { $count ->
    [1] 1 target has no body that reports on it.
   *[other] { $count } targets have no body that reports on them.
  }
approve-unseen-rows = { $count ->
    [1] Nobody has looked at 1 row.
   *[other] Nobody has looked at { $count } rows.
  }
approve-unseen-targets = { $count ->
    [1] Nobody has looked at 1 target.
   *[other] Nobody has looked at { $count } targets.
  }
approve-unseen-known = { $count ->
    [1] I know that nobody has looked at 1 row, and approve all the same
   *[other] I know that nobody has looked at { $count } rows, and approve all the same
  }
approve-body = { $parts ->
    [1] { $name }: 1 part
   *[other] { $name }: { $parts } parts
  }
approve-list-bodies = { $count ->
    [1] Name of the body
   *[other] Names of the { $count } bodies
  }
approve-list-unled = { $count ->
    [1] The task without a body
   *[other] The { $count } tasks without a body
  }
approve-list-unseen = { $count ->
    [1] The row that nobody has looked at
   *[other] The { $count } rows that nobody has looked at
  }
approve-list-unreported = { $count ->
    [1] The target on which nobody reports
   *[other] The { $count } targets on which nobody reports
  }
approve-after = After it is approved a task can still be amended, split, merged or stopped, and the whole plan withdrawn.
problem-rows-unseen = { $count ->
    [1] Nobody has looked at 1 row. Look at it, or tick that you know and approve all the same.
   *[other] Nobody has looked at { $count } rows. Look at them, or tick that you know and approve all the same.
  }
ask-open = Open { $period }
ask-open-makes = { $count } bodies will have a report to send.
ask-open-days = Figures from { $from } to { $to }, due { $due }.
ask-open-after = A period that was opened by mistake can be locked again; nobody has to write what was not sent.
ask-end = End the reporting duty
ask-end-bodies = { $count } bodies need not report from the next period on.
ask-end-open = { $count } open periods stay as they are until they are locked.
ask-end-after = It can be put in force again at any time.
ask-lock = Lock { $period }
ask-lock-sent = { $sent } of { $expected } reports have come.
ask-lock-what = Once it is locked, its reports are corrected only by a replacing version with a reason.
ask-lock-missing = { $count } bodies have not sent a report.
ask-lock-list = The { $count } bodies that have not sent one
ask-lock-after = A period that was locked by mistake can be unlocked.
ask-publish = Publish a summary of { $label }
ask-publish-what = Anybody, signed in or not, will see { $tasks } tasks with their leading bodies and progress, and { $targets } targets.
ask-publish-not = Not shown: evidence, difficulties, what was discussed, names of people.
ask-publish-after = It can be taken off at any time.
ask-publish-tasks = The { $count } tasks
ask-publish-targets = The { $count } targets

# Amending work that is under way
amend = Amend the task
amend-title = Amend task { $section }
amend-hint = Write every field as it is to be. The version before is kept and shown on the page of the task; the bodies concerned are told.
amend-leads-hint = Several bodies are parted by semicolons; groups are understood: các sở, ban, ngành; UBND các xã
amend-time-hint = For example: 30/11/2026; trước ngày 30/11/2026; Quý IV/2026; trong 5 ngày làm việc
amend-reason = Why it is amended
amend-reason-hint = With the number of the document it rests on, where there is one
amend-after = It can be undone while nobody has gone on with what was amended.
amend-save = Save the new version
amend-held = Waits for the word of the issuing body:
amend-other = What else can be done
amend-shape = Split or merge
shape-split = Split the task
shape-split-hint = One paragraph for each task, parted by an empty line. The first keeps progress and evidence; each other becomes a new task of the same bodies.
shape-merge = Merge into another task
shape-into = Merge into
shape-merge-hint = Parts, evidence and history go along. A body with a part in both keeps one, with the evidence of both.
merged-into = This task was merged into another one.
merged-see = The task that it was merged into
piece-see = Task { $number } that was split off
versions = Amendments ({ $count })
change-amend = Task amended
change-pause = Task paused for all
change-end = Task ended for all
change-resume = Task followed again for all
change-split = Task split
change-merge = Task merged
change-target = Target amended
change-withdraw = Plan withdrawn
change-gone = No longer given to:
change-came = Given to:
changes-of-plan = Amended after approval
ask-stop-pause = Pause the whole task
ask-stop-end = Stop following the whole task
ask-stop-resume = Follow the whole task again
ask-stop-what-pause = The parts of { $count } bodies are paused. What is done stays.
ask-stop-what-end = The parts of { $count } bodies are followed no more. What is done stays.
ask-stop-what-resume = { $count } bodies have their parts to do again.
ask-stop-after = These bodies are told. It can be undone while nobody has gone on with it.
held-from = Since
by-document = Number of the document
plan-withdraw = Withdraw the plan
ask-withdraw = Withdraw { $label }
ask-withdraw-ends = { $parts } open parts of { $bodies } bodies will stop.
ask-withdraw-duties = { $count } reporting duties of the plan will end.
ask-withdraw-stays = What is done, evidence and sealed reports stay as they are. A public page, where there is one, is hidden.
ask-withdraw-after = The bodies are told. It can be undone: plan, parts and duties are then as they were.
plan-withdrawn-title = This plan was withdrawn
plan-withdrawn-line = Withdrawn by { $by }, since { $day }
plan-remove = Remove
ask-remove = Remove { $label }
ask-remove-refused = This document could not be read: nothing has come of it.
ask-remove-review = What was read, what was reviewed and the original file will be removed. No work was given out of this document.
ask-remove-after = It cannot be undone, since the file goes too. Import the document again if it is needed.
target-name-bodies = Name the bodies of the target
target-amend = Amend the target
target-measure = Say what measures it
target-measure-other = Say another indicator
target-measure-hint = The page of the plan then has what the program counts from the registers, where the indicator can be counted.
target-nobody = No body reports on this target.
target-reports = Body that reports the value
target-reports-hint = Empty where the responsible body reports itself
nav-unled = No body yet
unled-since = Since
unled-count = { $count } tasks have no body yet
unled-see = Look and name one
todo-unled = Name a body
entry-moved = Given to another body
entry-moved-back = Came back
entry-merged = Merged
entry-retimed = Time of the task changed
stopped-moved = given to another body
stopped-merged = merged into another task
done-task-amended = The new version is saved. The bodies concerned are told.
done-task-stopped = Noted for all bodies of the task.
done-task-shaped = Saved. The bodies concerned are told.
done-plan-withdrawn = The plan is withdrawn. The bodies are told.
done-plan-removed = The document is removed.
done-target-named = The target is amended.
act-task-change = Task amended, split, merged or stopped
act-task-change-undo = Change of a task undone
act-target-bodies = Target amended
act-target-bodies-back = Amendment of a target undone
act-plan-withdraw = Plan withdrawn
act-plan-withdraw-back = Withdrawal of a plan undone
act-plan-remove = Document removed before approval
told-task-amended = The task “{ $text }” was amended. Reason: { $reason }
told-task-pause = The task “{ $text }” is paused. Reason: { $reason }
told-task-end = The task “{ $text }” is followed no more. Reason: { $reason }
told-task-resume = The task “{ $text }” is followed again. Reason: { $reason }
told-task-split = The task “{ $text }” was split. Reason: { $reason }
told-task-merge = The task “{ $text }” was merged into another one. Reason: { $reason }
told-target-measured = What measures the target “{ $text }” was changed. Reason: { $reason }
told-target-named = Bodies of the target “{ $text }” were named. Reason: { $reason }
told-plan-withdrawn = The plan { $plan } was withdrawn. Reason: { $reason }
problem-lead-done = { $name } has reported this part done. Send it back first, then give it to another body.
problem-part-moved = This part was given to another body, or merged into another task. Open the page of the task to see who has it now.
problem-split-few = There must be two paragraphs at least, parted by an empty line.
problem-split-many = A task is split into { $limit } at most.
problem-merge-into = Choose another task of the same plan.
problem-nothing-changed = Nothing differs from what is stored.
problem-plan-not-removable = This document is being read, or was approved, and cannot be removed. An approved plan is withdrawn.
read-of-document = As read from the document
plan-targets = Targets ({ $count })
public-title = Published plans
public-none = No plan is published yet.
public-reached = Reached
public-lead = Lead
public-all = All published plans
public-late = { $count } overdue
report-of-withdrawn = This report was sealed while { $plan } was in force; the plan was withdrawn on { $day }.
set-aside-means = Set aside: the plan can be approved now; tasks without a known body stand in the list “No body yet” and in “My work” until somebody is named.
