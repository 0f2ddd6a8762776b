# Who did it, who waits for whom.
answered-by = Answered by
asked-by-you = You asked this yourself, so somebody else of the body that was asked answers it.

# Whom a report waits for.
waits-write = Waits to be written by:
waits-check = Waits to be checked by:
waits-approve = Waits to be approved by:
waits-issue = Waits to be numbered and issued by:
waits-take-in = Waits to be entered by the receiver's records clerk:
waits-receive = Waits to be accepted by:
and-more = and { $count } more
waits-nobody = nobody in { $unit } holds this post yet. Ask the unit's administrator to give it.
waits-alone = its writer, because nobody else of the body may take this step.
waits-instead-check = { $unit } has no head of office, so these people check instead.
waits-instead-issue = { $unit } has no records clerk, so these people issue instead.
went-to-check = To be checked by: { $names }{ $more ->
    [0] {""}
   *[other] {" "}and { $more } more
  }.
went-to-approve = Sent to the leader: { $names }{ $more ->
    [0] {""}
   *[other] {" "}and { $more } more
  }.
went-to-issue = Sent to who issues it: { $names }{ $more ->
    [0] {""}
   *[other] {" "}and { $more } more
  }.
went-to-take-in = Sent to the receiver's records clerk: { $names }{ $more ->
    [0] {""}
   *[other] {" "}and { $more } more
  }.
went-to-receive = Sent to who accepts it: { $names }{ $more ->
    [0] {""}
   *[other] {" "}and { $more } more
  }.
report-take-in = Enter among incoming papers
arrival-number = Arrival number
arrival-number-hint = The number in the receiver's register of incoming papers. A wrong one is corrected by entering the right one.
received-as = Entered by the receiver's records clerk on { $day } as number { $number }.
done-report-take-in = Entered among incoming papers.
act-report-take-in = Report entered among incoming papers
todo-report-approved = Number and issue the report
todo-report-take-in = Enter the incoming report
todo-report-receive = Accept the report
problem-four-eyes-approve = You wrote this report: another leader of the body must approve it.
refusal-four-eyes-approve = Own report not approved by oneself
problem-desk-check = The head of office checks this report: { $names }.
refusal-desk-check = Report not checked in place of the head of office
problem-desk-issue = The records clerk numbers and issues this report: { $names }.
refusal-desk-issue = Report not issued in place of the records clerk
problem-desk-take-in = The receiver's records clerk enters this report: { $names }.
refusal-desk-take-in = Report not entered in place of the records clerk

behalf-note = This part is { $own }’s. To note or report for it, tick the choice to act on its behalf; it is entered as { $by } on behalf of { $own }, with your name.
behalf-open = Act on behalf of { $own }
behalf-done = Entered as { $by } on behalf of { $own }.
behalf-choose = I choose to have this entered as { $by } acting on behalf of { $own }
problem-behalf-unchosen = You hold no post in { $own }. Tick the choice to act as { $by } on behalf of { $own }, or leave it to { $own }.
report-behalf = Written and handed in: { $by } on behalf of { $own }.
behalf-choose-any = I hold no post in the body named above and choose to have this entered as done on its behalf
nobody-writes = nobody there has a post that writes reports
