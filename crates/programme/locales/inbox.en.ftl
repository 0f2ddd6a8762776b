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
open-part = Open
left-over-title = Parts that could not be done
left-over = { $count } parts were done. { $left } could not be; each line says why.
left-over-why = Why
done-parts-accepted = The chosen parts are accepted.
done-parts-sent-back = The chosen parts went back to their bodies.
problem-none-chosen = Nothing is chosen. Tick at least one part.
problem-too-many-chosen = { $count } parts are chosen; at most { $limit } can be done at once.
jump-bodies = Bodies
