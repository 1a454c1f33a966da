### Tickets: what customers ask, what is answered.

support-note = Ask whoever runs this practice venue, complain, or dispute a liquidation. All money here is practice money; attach no real paper and no real key.
support-category-disputed-liquidation = A liquidation I dispute
support-category-order = An order or a fill
support-category-deposit-or-withdrawal = A deposit or a withdrawal
support-category-identity = Who may trade what
support-category-complaint = A complaint
support-category-other = Something else
support-state-open = Open: it waits for an answer.
support-state-answered = Answered.
support-state-closed = Closed by its owner.
support-state-reopened = Opened again: it waits for an answer.
support-answer-received = We have your ticket and are looking at the events attached to it.
support-answer-by-the-rules = We went through the events attached to this ticket. They follow this venue's rules, which the contract page tells with their sources. If you see a step that does not, name it here.
support-answer-more-needed = We need to know more: which order, which time, and what you expected instead.
support-answer-put-right = You were right, and it has been put right. Your account's ledger shows how.
support-answer-not-ours = This is nothing that the venue decides, so that nobody here can change it.
support-closed = This ticket is closed. Open it again to add to it.
support-closed-by-owner = This ticket is closed. Its owner can open it again.
support-not-closed = This ticket is not closed.
support-too-many = This account has as many tickets as it can have. Add to one of them.
support-full = This ticket is as long as it can be. Open another one.
support-liquidation-named = A disputed liquidation names its liquidation, and no other ticket does.
support-attachment-type = A PNG, a JPEG, a PDF or plain text can be attached, and nothing else.
support-attachment-size = This file is too large: at most { $most } bytes.
    .pro = attachment over { $most } bytes
support-attachment-other = This file is not what it is said to be: { $type }.
    .pro = attachment is no { $type }
support-attachments-full = This account has attached as much as it can.

operator-did-ticket = Ticket { $id } answered.
    .pro = ticket { $id }: answered
