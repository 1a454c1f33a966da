# Alerts of the watch over the market. They say what it looks like, never that somebody did it.

alert-wash-trades = { $accounts } sehen in { $symbol } nach einer Hand aus: { $fills } Geschäfte zwischen den beiden in { $span }, zusammen { $dollars } wert, und es ging so viel zurück wie hin. Mindestens { $share } von dem, was jedes von ihnen handelte, war mit dem anderen.
    .pro = Wash? { $accounts } · { $symbol } · { $fills } Geschäfte, { $dollars } in { $span } · ≥ { $share } des Volumens von jedem
alert-spoofing = { $accounts } sieht in { $symbol } nach Spoofing aus: { $episodes }-mal in { $span } handelte es auf der einen Seite, während es auf der anderen bis zu { $dollars } zeigte, und zog das bald darauf zurück.
    .pro = Spoofing? { $accounts } · { $symbol } · { $episodes } × bis zu { $dollars } gezeigt und zurückgezogen in { $span }
alert-layering = { $accounts } sieht in { $symbol } nach Layering aus: { $episodes }-mal in { $span } handelte es auf der einen Seite, während es auf der anderen bis zu { $dollars } zu bis zu { $prices } Preisen zeigte, und zog das bald darauf zurück.
    .pro = Layering? { $accounts } · { $symbol } · { $episodes } × bis zu { $dollars } zu bis zu { $prices } Preisen gezeigt und zurückgezogen in { $span }
alert-marking-the-close = { $accounts } sieht in { $symbol } nach Marking the Close aus: Bevor die Funding-Rate gesetzt wurde, nahm es { $share } von allem, was in diese Richtung genommen wurde, { $dollars }, der Preis bewegte sich { $moved } gegen den Index, und das meiste wurde danach zurückgehandelt.
    .pro = Marking? { $accounts } · { $symbol } · { $share } der Taker, { $dollars }, Prämie { $moved } bis zur Rate, dann zurück
alert-liquidation-hunting = { $accounts } sieht in { $symbol } nach Jagd auf Liquidationen aus: Bevor jemand anderes liquidiert wurde, nahm es { $share } von allem, was in diese Richtung genommen wurde, { $dollars }, der Preis bewegte sich { $moved } gegen den Index, und das meiste wurde danach zurückgehandelt.
    .pro = Jagd? { $accounts } · { $symbol } · { $share } der Taker, { $dollars }, Prämie { $moved } bis zu einer Liquidation, dann zurück
alert-index-pump = { $accounts } war in { $symbol } vor dem Sprung eines Index dabei und vor seiner Rückkehr wieder draußen: { $dollars } davor, der Index bewegte sich { $moved }, und { $share } davon wurden unterdessen geschlossen. Den Index können Geschäfte anderswo bewegt haben.
    .pro = Index-Pump? { $accounts } · { $symbol } · { $dollars } vor einem Sprung von { $moved }, { $share } wieder draußen
alert-message-rate = { $accounts } schickte { $messages } Nachrichten in zehn Sekunden und handelte { $fills }-mal: mehr, als der Handel braucht.
    .pro = Rate? { $accounts } · { $messages } Nachrichten / 10 s · { $fills } Geschäfte
alert-of-any-market = jeder Markt
alert-two-accounts = { $first } und { $second }

evidence-trade = ein Geschäft
evidence-order = eine ruhende Order
evidence-taken-back = zurückgezogen
evidence-moment = der Augenblick: eine Rate oder eine Liquidation
evidence-back = zurückgehandelt
evidence-index = ein Indexpreis
evidence-message = eine Nachricht
