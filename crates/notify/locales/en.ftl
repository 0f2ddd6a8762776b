nav-notices = Reminders
nav-mail = Outbox
notices-hint = On every working morning the program reminds of what is soon due or late: 5 days and 1 day before, on the last working day, 1 day after and then every 5 days. These are automatic notes, not official letters.
notices-empty-title = No reminders yet
notices-empty = What is soon due or late is shown here, and in a letter if you give an address below.
notices-choose = How you are reminded
told-on = Reminded on
mark-read = Mark as read ({$count})
mail-address = E-mail address
mail-address-hint = At most one letter a day with everything in it. Leave empty to be reminded in the program only.
phone = Phone number for short messages
phone-hint = A message says how much waits and where, never what.
wants-digest = Send me one letter in the morning when there is something to remind me of
mail-language = Language of the letters
mail-try = Send a letter of trial
mail-is-off = No mail server is set up, so reminders are shown in the program only. An address entered here is used once there is one.
address-refused = The receiving mail server refuses this address ({$why}). No more letters are sent until you correct and save it.
done-mail-queued = The letter is in the outbox; look into your mailbox in a few minutes.
days-left = { $days ->
    [one] {$days} working day left
   *[other] {$days} working days left
}
days-late = { $days ->
    [one] {$days} working day late
   *[other] {$days} working days late
}
due-today = today is the last working day
mail-digest = { $count ->
    [one] [Dinh] {$count} task is soon due
   *[other] [Dinh] {$count} tasks are soon due
}
mail-digest-late = [Dinh] {$count} to look at, {$late} of them late
mail-greeting = Dear {$name},
mail-late = Late ({$count})
mail-ahead = Soon due ({$count})
mail-due = due {$day}
mail-more = … and {$count} more:
mail-work = My work:
mail-automatic = This is an automatic reminder, not an official letter. Change or end these letters:
mail-ledger-head-subject = Dinh: the ledger's head, number { $seq }
mail-ledger-head = This is the head of the activity ledger of { $url }. Keep this letter outside the server. To learn whether the data was put back to an older copy, the server's administrator runs: dinh ledger verify --against { $named }
act-ledger-head-sent = Sent the letter with the ledger's head
mail-trial-subject = [Dinh] Letter of trial
mail-trial = Reminders reach this address. {$url}
text-digest = Dinh: {$count} to look at, {$late} late. {$url}
mail-hint = Letters that cannot be delivered wait here and are tried again after 1, 5, 15 minutes, 1, 4 and then 12 hours; after three days they are given up. The words of delivered letters are deleted.
mail-not-configured = No mail server is set up: set smtp_url and mail_from in dinh.toml and start the program again.
mail-waiting = Waiting
mail-sent = Delivered
mail-refused = Refused
mail-given-up = Given up
mail-to = To
mail-subject = Subject
mail-written = Written
mail-attempts = Attempts
mail-error = The other side said
mail-next = next try {$at}
mail-retry = Try again now
mail-give-up = Give up
mail-empty-title = Nothing waits
mail-empty = The mail server has taken every letter.
text-message = Short message
problem-address-wrong = “{$address}” is no e-mail address; one looks like name@office.vn
problem-phone-wrong = A phone number has digits, spaces and + only.
problem-mail-off = No mail server is set up, so nothing can be sent. Tell the system administrator.
problem-no-address = Enter and save an address first, then send the letter of trial.
problem-mail-incomplete = Mail needs both smtp_url and mail_from.
problem-mail-settings = The settings of the mail server or the message gateway cannot be used: {$error}
act-notify-round = Morning reminders
act-notify-choose = Chose how to be reminded
act-notify-erase = Addresses and reminders of a person erased
act-notify-read = Marked reminders as read
act-mail-trial = Sent a letter of trial
act-mail-retry = Tried a letter again
act-mail-give-up = Gave a letter up
