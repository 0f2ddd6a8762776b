outside-title = Report by link
outside-links = Reporting links for bodies without accounts
outside-links-count = Send reporting links ({ $count })
outside-links-hint = Bodies outside the system (enterprises, associations, bodies that have no accounts yet) report by a link of their own, without signing in. Each body has one good link for a period.
outside-inside = { $count } other bodies of this period have people with accounts and report inside the system.
outside-no-mail-hint = No mail server is set up, so no letters can be sent. Make links, copy them and pass them on by Zalo or by letter.
outside-not-open = The period takes no reports now, so no new links can be sent.
outside-none-title = No body needs a link
outside-none = Every body that reports in this period has people with accounts.
outside-address = E-mail for the link
outside-good-until = Good until the end of
outside-stage-none = Not sent
outside-stage-sent = Sent
outside-stage-refused = Letter not delivered, send it again
outside-stage-opened = Opened
outside-stage-done = Reported
outside-stage-replaced = Replaced
outside-stage-revoked = Taken back
outside-stage-expired = Expired
outside-stage-merged = Body merged
outside-stage-staffed = Body has accounts
outside-sent-at = Sent at
outside-opened-at = opened at
outside-reminded-on = reminded by letter on
outside-days = Days for which it is good after the due day
outside-days-hint = From 1 to { $most } days. After the due day they count from today.
outside-send-links = Send links by e-mail
outside-make-links = Make links to pass on
outside-take-back = Take links back
outside-take-back-hint = A link that is taken back opens nothing. What was saved stays; a new link can be sent.
outside-revoke = Take back
outside-forget-title = Forget people
outside-forget-hint = Name, post, telephone and e-mail address are deleted from the links and reports of this duty and cannot be had back. Reports and links stay as they are.
outside-forget = Forget who is behind it
ask-forget = Forget who is behind the links: { $name }
ask-forget-what = Name, post, telephone and e-mail address are deleted from { $links } links and { $reports } sent reports of this duty. Reports and links stay as they are.
ask-forget-who = People: { $people }
ask-forget-after = What is deleted cannot be had back.
outside-ask-title = Send reporting links
outside-ask-mail = { $count } links will go by e-mail to the addresses below.
outside-ask-hand = { $count } links will be made and shown once for you to pass on. Who makes a link to pass on does not accept what is sent by it: somebody else of the body does.
outside-ask-again = { $count } bodies have a good link now: the old one will open nothing.
outside-ask-after = Each link can be taken back, or a new one sent, on this page.
outside-again = replaces the old link
outside-once-title = Links just made
outside-once-hint = Copy them now: these links are shown once. Send each body its own; whoever has a link can report for that body.
outside-copy = { $name }: please send the report { $period } by the end of { $due }, no account needed, at: { $url } (this link is yours alone, please do not pass it on).
outside-mail-subject = Please send the report { $period }
outside-mail =
    To: { $name }

    { $from } asks you to send the report { $period } ({ $duty }), due: { $due }.

    Open this link to fill it in on the page or by Excel, no account needed:
    { $url }

    The link is good until the end of { $until } and is for you alone: whoever has it can report for you, so please do not pass it on. If this letter reached you by mistake, please tell { $from }.
outside-remind-subject = Reminder: report { $period }
outside-remind-mail =
    To: { $name }

    { $from } reminds you of the report { $period } ({ $duty }), due: { $due }.

    The link by which it is filled in was sent to you on { $sent } and is good until the end of { $until }. To keep it safe this letter does not repeat it: if you no longer have it, please ask { $from } for a new one.

    If you have sent the report by another way, please tell { $from }.
outside-late-subject = Overdue: report { $period }
outside-late-mail =
    To: { $name }

    { $from } has not received your report { $period } ({ $duty }), due: { $due }. Please send it soon.

    The link by which it is filled in was sent to you on { $sent } and is good until the end of { $until }. To keep it safe this letter does not repeat it: if you no longer have it, please ask { $from } for a new one.

    If you have sent the report by another way, please tell { $from }.
outside-returned-subject = Report { $period } was returned for correction, please send it again
outside-returned-mail =
    To: { $name }

    Your report { $period } ({ $duty }), due: { $due }, was returned for correction. { $from } asks you to correct it and send it again; why it was returned stands on the page that the link opens.

    The link by which it is filled in was sent to you on { $sent } and is good until the end of { $until }. To keep it safe this letter does not repeat it: if you no longer have it, please ask { $from } for a new one.
outside-until = The link is good until the end of { $until }.
outside-secret = Whoever has the link can report for the body: do not pass it on.
outside-asks = { $name } asks you to send this report.
outside-goes-to = It goes to (all at once): { $names }.
outside-returned = { $name } returned the report:
outside-who = Who fills in this report
outside-who-hint = Seen only by the bodies that receive the report, to reach you where needed.
outside-name = Name of who fills it in
outside-post = Post
outside-phone = Telephone
outside-paper = The paper with it
outside-number-hint = Your number of the paper, if it has one
outside-file = File with it
outside-file-hint = The signed report (PDF or Word), { $limit } MB at most, optional; its figures are compared with what is sent. Choose it when you send: a saved draft keeps no file.
outside-sure = When sending: I confirm that I send this report for the body to { $names }.
outside-send-hint = Once sent, the report is with all its receivers and cannot be changed unless one of them returns it. Send no state or business secrets and no personal data.
outside-send = Send the report
outside-save = Save draft
outside-sheet-hint = Your name and a file are filled in on this page.
outside-received = The report was sent to its receivers.
outside-receiver = Receiver
outside-sent-hint = Open this link again to see the report and what became of it, until the end of { $until }.
outside-closed = The period is locked: nothing can be changed or sent any more. What was saved stays. Please ask the body that wanted the report.
outside-inside-writes = This report is being written for the body inside the system, so nothing can be changed or sent by the link. To send it yourselves, please ask the body that wanted the report.
outside-over-replaced = A newer link took the place of this one. Please use the last letter to { $name }.
outside-over-revoked = This link was taken back by who sent it. Please ask the body that wants the report for a new one.
outside-over-expired = This link has expired. Please ask the body that wants the report for a new one.
outside-over-merged = { $name } was merged, so this link opens nothing any more. Its successor gets a link of its own.
outside-over-staffed = { $name } has people with accounts, so its report is written, checked and approved inside the system. This link opens nothing any more; what was saved stays.
outside-over-hint = If you cannot send it, tell the body named in the letter that asked you to report.
outside-waits = by link ({ $stage }, good until the end of { $until }).
outside-by = Reported by link, filled in by: { $name }, { $post }, telephone { $phone }.
receptions-title = Other receivers
receptions-hint = The report went to several bodies at once; each accepts or returns it for itself.
reception-state-waiting = Waits to be accepted
reception-state-accepted = Accepted
reception-state-returned = Returned
done-outside-links-sent = The letters wait to be sent.
done-outside-revoked = The link was taken back.
done-outside-forgotten = What was known of the person is deleted.
done-outside-saved = Draft saved. Open the link again to go on.
done-outside-sent = The report was sent.
done-reception-take-in = Entered among what came in.
done-reception-accept = Accepted.
done-reception-return = Returned.
done-reception-reconsider = Undone.
act-outside-send = Sent a reporting link
act-outside-remind = Reminder of a report by letter
act-outside-revoke = Took a reporting link back
act-outside-forget = Deleted who is behind a reporting link
act-outside-write = Filled in a report by link
act-report-send = Sent a report by link
act-reception-take-in = Another receiver entered the report
act-reception-accept = Another receiver accepted
act-reception-return = Another receiver returned the report
act-reception-reconsider = Another receiver undid its step
read-outside-list = Looked at addresses for reporting links
read-outside-contact = Looked at who filled in a report from outside
problem-outside-unknown = The link could not be opened. Please open it again from the letter; a link that was copied in part does not open.
problem-outside-too-often = It was opened too often within a minute. Please wait a minute and try again.
problem-outside-over = The link is not good any more. Please ask the body that wants the report.
problem-outside-days = The number of days must be from 1 to { $most }.
problem-outside-address = The e-mail address of { $name } is not right. Example: office@enterprise.vn
problem-outside-not-there = One of the bodies is not in this period or has accounts. Please load the page anew.
problem-outside-meanwhile = Another link was just sent to this body. Please load the page anew.
problem-outside-no-mail = No mail server is set up. Make links on the page and pass them on.
problem-reception-replaced = The body sent a newer version of this report. Please open and handle that one.
problem-outside-sure = Please tick that you confirm before you send. To go on later press Save draft.
outside-copy-act = Copy
