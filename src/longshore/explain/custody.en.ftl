# Practice coins over made-up chains: deposits, withdrawals, and what went wrong.

custody-practice = Practice money over a made-up chain: no real wallet takes these addresses, and no real coin arrives here.
custody-like-granite = Works like Bitcoin's chain: coins are spent whole, and a block comes about every ten minutes.
custody-like-lattice = Works like Ethereum's chain: a balance an address, a dollar token beside the coin, and the coin pays every fee.
custody-like-ferry = Works like a cheaper chain copied from Lattice: the same addresses and the same dollar token, but another network.
custody-like-harbour = Works like chains where a venue has one address for everybody, and a memo says whose a deposit is.

custody-address = A made-up address for practice coins, over this network alone. Coins sent to it over another network are not credited by themselves.
custody-address-memo = A made-up address that all customers share: send the memo with it. Without the memo nobody knows whose the coins are.

custody-deposit-seen = Sent and seen; no block holds it yet. Nothing is credited.
custody-deposit-confirming = In a block. It is credited when enough blocks lie on it, because the newest ones can still be undone.
custody-deposit-credited = Credited, once. Should a reorganisation undo it now, the loss is the venue's and not yours.
custody-deposit-held = Has its confirmations, but your account may not take deposits now. It is yours, and is credited when the gate opens.
custody-deposit-gone = Undone by a reorganisation before it was credited; its sender has the coins back.
custody-why-wrong-network = Came over another network than the address was given for. The coins lie at this address over there; the venue has its key and can credit them for a fee. In a wallet of your own, whoever has the words could fetch them; at a venue without that network nobody might.
custody-why-wrong-memo = Came without your memo, or with a wrong one. The coins are the venue's to give: only it can credit them, for a fee, to whoever shows the transaction.
custody-why-below-minimum = Less than the least deposit, so it is not credited: moving it would cost the venue more than it is. Two small deposits are not added up. The venue can credit it for a fee where that leaves anything.
custody-why-not-a-deposit = Sent to an address that is nobody's deposit address. Only the venue has its key.

custody-entry-usable = Withdrawals may go to this made-up address.
custody-entry-waits = A new address waits for a day, and after a change of the book everything does: so you notice in time if somebody else changed it.
custody-entry-removed = Forgotten. For a day nothing leaves your account.
custody-code = Practice message: { $code } lets { $amount } { $asset } of practice money go to “{ $name }”. If you did not ask for this, type it nowhere, and change your book.
    .pro = { $code }: { $amount } { $asset } to “{ $name }”

custody-withdrawal-asked = Being taken from your balance.
custody-withdrawal-waiting = Taken from your balance, waiting for the next batch. You can still call it off and get all of it back.
custody-withdrawal-sent = Sent. It cannot be called off any more; whoever has the key of the address has the coins.
custody-withdrawal-done = Arrived, and so deep in the chain that nothing undoes it.
custody-withdrawal-cancelled = Called off. All of it, fee included, is back in your balance.
custody-withdrawal-refused = Nothing was taken: there was not enough in your balance.

custody-book-arriving = Deposits on a chain that wait for their confirmations
custody-book-due = Credited by custody, on its way into a balance
custody-book-customers = In customers' balances
custody-book-leaving = Taken from customers, in no block yet
custody-book-unclaimed = Came wrongly: another network, no memo, or too little
custody-book-stock = The venue's own coins from the beginning
custody-book-fees = What customers paid for withdrawals and recoveries
custody-book-network = What the venue paid to the chains
custody-book-lost = Credited deposits that a reorganisation took back: the venue's loss

custody-wallet = A practice wallet. Its words are the key: write them down, for nobody keeps them and nobody can find them for you. Never type the words of a real wallet anywhere here.
custody-sent = Sent over the made-up chain. Nobody can call it back.
custody-frozen = No withdrawal leaves until they are let go again. Customers can still call theirs off.
custody-thawed = Withdrawals leave with the next batch.
custody-recovered = Credited, less the fee for finding it.
custody-bad-words = These are not the words of a practice wallet: twelve of our own list, the last of which follows from the others. Words of a real wallet are refused; never type them anywhere.

custody-refused-unknown-network = There is no such network here.
custody-refused-not-on-network = This network does not carry this asset.
custody-refused-bad-address = This is no made-up address of this network: it begins with practice-, and its last letters are a checksum. A real address is always refused.
custody-refused-bad-name = A name is one line of at most forty characters, without spaces around it.
custody-refused-bad-memo = A memo has at most thirty plain characters.
custody-refused-bad-amount = An amount is above zero.
custody-refused-book-full = Your book is full. Remove an address first.
custody-refused-unknown-address = Your book has no address of this name.
custody-refused-address-waits = This address is new and waits for a day before anything goes there.
custody-refused-book-changed = Your book was changed; for a day nothing leaves. If it was not you, tell the operator.
custody-refused-frozen = The operator has stopped withdrawals over chains. Your balance stays yours.
custody-refused-below-minimum = This is less than the least withdrawal over this network.
custody-refused-over-limit = This is more than may leave your account within a day.
custody-refused-no-coins = The venue has not so much on this network now. Take another network, or less.
custody-refused-not-enough = There is not so much at this address, with the fee; on a chain whose fee is another coin, that coin is needed too. What still waits for a block cannot be sent on.
custody-refused-unknown-withdrawal = You have no such withdrawal.
custody-refused-already-sent = This withdrawal has left, or was called off before.
custody-refused-unknown-deposit = There is no such deposit.
custody-refused-not-unclaimed = This deposit was credited, or will be by itself.
custody-refused-not-settled = This deposit can still be undone. Wait until it is deep enough.
custody-refused-not-worth-it = The fee for finding it would be all there is.
custody-refused-code-needed = Ask for a one-time code for this withdrawal first. A code stands for ten minutes.
custody-refused-code-wrong = This code is wrong, or for another withdrawal. After three wrong ones it is void.

operator-did-gift = { $amount } { $asset } of made-up coins sent to { $address } over the practice chain { $network }.
    .pro = +{ $amount } { $asset } to { $address } ({ $network }), made up
operator-did-freeze = Withdrawals over practice chains stopped.
operator-did-thaw = Withdrawals over practice chains let go again.
operator-did-recovery = Deposit { $id }, which came wrongly, credited to account { $account }.
    .pro = deposit { $id } to { $account }

# Messages as owners of coins get them, some of them bait. What follows after -why is told once it was judged.
message-credited-sender = Longshore, practice venue
message-credited = A deposit of practice money has its confirmations and is in your balance. You need do nothing.
message-credited-why = Real: it tells what your deposits show as well, and asks for nothing. Look on the page yourself rather than follow a message to it.
message-restore-sender = Longshore wallet support team
message-restore = Since the maintenance your wallet is out of step, and its coins are locked tonight. Type its twelve words here so that we can restore it.
message-restore-why = Bait: whoever has the words has the coins, and no venue, support or maintenance ever needs them. The haste is there so that you do not think.
message-code-sender = Longshore, practice venue
message-code = Your one-time code lets practice money go to the address of your book that you named a minute ago. If you did not ask for this, type it nowhere.
message-code-why = Real, if you have just asked for it: it says what the code lets through. A code that you did not ask for means that somebody else did; change your book.
message-moved-sender = Deposits desk
message-moved = Our deposit addresses were exchanged. Please send what comes next to { $address }.
    .pro = Deposit addresses exchanged: next to { $address }
message-moved-why = Bait: a deposit address is on the deposit page, never in a message. Coins sent to another address are with whoever has its key.
message-double-sender = Longshore anniversary
message-double = For our anniversary every payment to { $address } comes back doubled. Only the first hundred.
    .pro = Payments to { $address } come back doubled, first hundred
message-double-why = Bait: nobody returns more than was sent, and nobody can call a payment back.
message-book-sender = Longshore, practice venue
message-book = An address was added to your book and can be used in a day. If it was not you, open the page and remove it.
message-book-why = Real: it asks you to look for yourself and names no place to go. The day of waiting is there for this message.
message-asks-none = This message asks for no words, and nothing else here does.
message-believed = These words opened your wallet to whoever wrote the message. What could move was sent away over the made-up chain; nobody can call it back. Here it was practice money.
