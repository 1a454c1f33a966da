"""Every route of `/api/v1` in one table; those that are used most come first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route, WebSocketRoute

from longshore.venue.dialects.native import (
    about,
    account,
    ahead,
    board,
    changes,
    debriefs,
    explaining,
    going,
    keys,
    lessons,
    maintenance,
    markets,
    operator,
    past,
    planning,
    reserves,
    say_back,
    statement,
    status,
    terms,
    trading,
    transfers,
    trouble,
    withdrawing,
)
from longshore.venue.dialects.native.console import (
    acts,
    alerts,
    effects,
    log,
    positions,
    proposals,
    rules,
    waiting,
)
from longshore.venue.dialects.native.console import markets as console
from longshore.venue.dialects.native.custody import depositing, holding, messages
from longshore.venue.dialects.native.custody import withdrawing as custody
from longshore.venue.dialects.native.errors import not_found
from longshore.venue.dialects.native.four_eyes import FOUR_EYES
from longshore.venue.dialects.native.guardrails import copying, near, session, stops
from longshore.venue.dialects.native.onshore import page, queue, steps
from longshore.venue.dialects.native.stream import Stream
from longshore.venue.dialects.native.support import answering, asking
from longshore.venue.dialects.native.wire import Endpoint, Operation, send_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.routing import BaseRoute
    from starlette.types import Receive, Scope, Send

    from longshore.venue.caller import Door
    from longshore.venue.context import Venue

PREFIX = "/api/v1"

OPERATIONS = (
    Operation("POST", "/orders", trading.place_order),
    Operation("PATCH", "/orders/{id}", trading.amend_order),
    Operation("DELETE", "/orders/{id}", trading.cancel_order),
    Operation("GET", "/about", about.get_about),
    Operation("GET", "/clock", about.get_clock),
    Operation("POST", "/clock", about.set_clock, "world", "clock"),
    Operation("POST", "/clock/run", going.run_until, "world"),
    Operation("GET", "/clock/state", about.get_state),
    Operation("GET", "/markets", markets.list_markets),
    Operation("GET", "/markets/{symbol}/candles", markets.list_candles),
    Operation("GET", "/markets/{symbol}/book", markets.get_book),
    Operation("GET", "/markets/{symbol}/trades", markets.list_trades),
    Operation("GET", "/markets/{symbol}/funding", markets.get_funding),
    Operation("GET", "/markets/{symbol}/changes", changes.list_changes),
    Operation("GET", "/markets/{symbol}/contract", terms.get_contract),
    Operation("GET", "/markets/{symbol}", markets.get_market),  # after those that go on below it
    Operation("GET", "/account", account.get_account),
    Operation("GET", "/orders", account.list_orders),
    Operation("GET", "/fills", account.list_fills),
    Operation("GET", "/closes", past.list_closes),
    Operation("GET", "/debriefs", debriefs.list_debriefs),
    Operation("GET", "/debriefs/{id}", debriefs.get_debrief),
    Operation("POST", "/debriefs/{id}/choices", debriefs.choose),
    Operation("GET", "/debriefs/{id}/trade", copying.get_trade),
    Operation("GET", "/export", past.export),
    Operation("GET", "/statement", statement.statement),
    Operation("GET", "/funding-payments", account.list_funding_payments),
    Operation("GET", "/ledger", account.list_ledger),
    Operation("GET", "/liquidations", account.list_liquidations),
    Operation("GET", "/reserves", reserves.get_reserves),
    Operation("GET", "/reserves/proof", reserves.get_proof),
    Operation("GET", "/notices", board.list_notices),
    Operation("GET", "/status", status.get_status, "nobody"),
    Operation("POST", "/fresh-start", account.fresh_start),
    Operation("POST", "/withdrawals", withdrawing.withdraw),
    Operation("GET", "/custody/networks", depositing.list_networks),
    Operation("POST", "/custody/addresses", depositing.make_address),
    Operation("GET", "/custody/deposits", depositing.list_deposits),
    Operation("GET", "/custody/book", custody.list_entries),
    Operation("POST", "/custody/book", custody.add_entry),
    Operation("DELETE", "/custody/book/{name}", custody.remove_entry),
    Operation("GET", "/custody/withdrawals", custody.list_withdrawals),
    Operation("POST", "/custody/withdrawals/code", custody.ask_code),
    Operation("POST", "/custody/withdrawals", custody.withdraw),
    Operation("DELETE", "/custody/withdrawals/{id}", custody.cancel),
    Operation("GET", "/custody/holdings", holding.list_holdings),
    Operation("POST", "/custody/wallet", holding.open_wallet),
    Operation("POST", "/custody/wallet/send", holding.send),
    Operation("GET", "/custody/messages", messages.list_messages),
    Operation("POST", "/custody/messages/{message}", messages.judge_message),
    Operation("GET", "/guardrails", session.get_guardrails),
    Operation("PUT", "/guided", session.switch),
    Operation("PUT", "/session-limits", session.set_limits),
    Operation("POST", "/pause/override", session.override),
    Operation("GET", "/orders/{id}/move", stops.ask_move),
    Operation("GET", "/plans", planning.list_plans),
    Operation("GET", "/plan", planning.start_plan),
    Operation("POST", "/plan", planning.size_plan),
    Operation("POST", "/plan/copy", copying.copy_trade),
    Operation("POST", "/preview", explaining.preview_order),
    Operation("GET", "/explain", explaining.explain),
    Operation("POST", "/explain", explaining.explain_order),
    Operation("GET", "/glossary", terms.get_glossary),
    Operation("POST", "/cancel-all", trading.cancel_all),
    Operation("POST", "/positions/{symbol}/close", trading.close_position),
    Operation("POST", "/positions/{symbol}/margin", trading.add_margin),
    Operation("GET", "/positions/{symbol}/what-if", ahead.what_if_held),
    Operation("GET", "/positions/{symbol}/near", near.get_near),
    Operation("POST", "/positions/{symbol}/near", near.choose_near),
    Operation("GET", "/positions/{symbol}/say-back", say_back.blanks),
    Operation("POST", "/positions/{symbol}/say-back", say_back.grade),
    Operation("GET", "/positions/{symbol}/if-true", say_back.if_true),
    Operation("POST", "/transfers", transfers.transfer),
    Operation("PUT", "/leverage", trading.set_leverage),
    Operation("PUT", "/position-mode", trading.set_position_mode),
    Operation("PUT", "/top-up", trading.set_top_up),
    Operation("PUT", "/risk-limit", trading.set_risk_limit),
    Operation("GET", "/onshore", page.get_onshore),
    Operation("GET", "/onshore/people", page.list_people),
    Operation("GET", "/onshore/documents/{product}", page.get_document),
    Operation("PUT", "/onshore/residence", steps.set_residence),
    Operation("POST", "/onshore/identity", steps.show_identity),
    Operation("POST", "/onshore/identity/appeal", steps.appeal),
    Operation("POST", "/onshore/identity/decisions", steps.take_decision, "nobody"),
    Operation("POST", "/onshore/consents", steps.agree),
    Operation("GET", "/onshore/questions", steps.get_questions),
    Operation("POST", "/onshore/questions", steps.answer),
    Operation("POST", "/onshore/exclusion", steps.exclude),
    Operation("PUT", "/onshore/limits", steps.set_own_limits),
    Operation("POST", "/onshore/confirmation", steps.confirm),
    Operation("GET", "/support/tickets", asking.list_tickets),
    Operation("POST", "/support/tickets", asking.open_ticket),
    Operation("GET", "/support/tickets/{id}", asking.get_ticket),
    Operation("POST", "/support/tickets/{id}/messages", asking.write),
    Operation("PUT", "/support/tickets/{id}/state", asking.set_state),
    Operation("GET", "/support/export", asking.export_tickets),
    Operation("GET", "/keys", keys.list_keys, "trader"),
    Operation("POST", "/keys", keys.create_key, "trader"),
    Operation("DELETE", "/keys/{id}", keys.delete_key, "trader"),
    Operation("GET", "/lessons/{lesson}/state", lessons.get_state),
    Operation("POST", "/lessons/{lesson}/answers", lessons.answer),
    Operation("GET", "/lessons/{lesson}/trade", lessons.get_trade),
    Operation("POST", "/operator/terms", changes.change_terms, "world", "terms"),
    Operation("GET", "/operator/accounts", operator.list_accounts, "operator"),
    Operation("POST", "/operator/accounts", operator.create_account, "operator", "account"),
    Operation("POST", "/operator/welcome", operator.welcome_person, "operator"),
    Operation("POST", "/operator/deposits", operator.deposit, "operator", "deposit"),
    Operation("POST", "/operator/keys", operator.create_key, "operator", "key"),
    Operation("GET", "/operator/trouble", trouble.get_trouble, "world"),
    Operation("POST", "/operator/trouble", trouble.set_trouble, "world", "trouble"),
    Operation("POST", "/operator/trouble/cut", trouble.cut_sockets, "world", "cut"),
    Operation("GET", "/operator/markets", console.list_console_markets, "operator"),
    Operation("GET", "/operator/checks", console.run_checks, "operator"),
    Operation("GET", "/operator/cast", console.get_cast, "operator"),
    Operation("GET", "/operator/rules", rules.get_rules, "operator"),
    Operation("GET", "/operator/log", log.list_deeds, "operator"),
    Operation("GET", "/operator/positions", positions.report_positions, "operator"),
    Operation("GET", "/operator/positions.csv", positions.export_positions, "operator"),
    Operation("GET", "/operator/queues", waiting.count_queues, "operator"),
    Operation("GET", "/operator/proposals", proposals.list_proposals, "operator"),
    Operation("POST", "/operator/proposals/{id}/approve", proposals.approve, "operator", "approve"),
    Operation("POST", "/operator/proposals/{id}/decline", proposals.decline, "operator", "decline"),
    Operation(
        "POST", "/operator/proposals/{id}/withdraw", proposals.withdraw, "operator", "withdraw"
    ),
    Operation("GET", "/operator/alerts", alerts.list_alerts, "operator"),
    Operation("GET", "/operator/alerts.csv", alerts.export_alerts, "operator"),
    Operation("GET", "/operator/alerts/{id}", alerts.get_alert, "operator"),
    Operation("PUT", "/operator/alerts/{id}", alerts.set_alert, "operator", "alert"),
    Operation("POST", "/operator/effect", effects.ask_effect, "operator"),
    Operation("POST", "/operator/custody/gifts", holding.give, "operator", "gift"),
    Operation("PUT", "/operator/custody/freeze", holding.freeze, "operator", "freeze"),
    Operation("POST", "/operator/custody/recoveries", holding.recover, "operator", "recovery"),
    Operation("PUT", "/operator/state", acts.set_state, "operator", "state"),
    Operation("POST", "/operator/index", acts.publish_index, "operator", "index"),
    Operation(
        "POST", "/operator/maintenance", maintenance.plan_maintenance, "operator", "maintenance"
    ),
    Operation(
        "DELETE",
        "/operator/maintenance/{id}",
        maintenance.end_maintenance,
        "operator",
        "maintenance-off",
    ),
    Operation("POST", "/operator/notices", maintenance.tell_everybody, "operator", "notice"),
    Operation("GET", "/operator/tickets", answering.list_every_ticket, "operator"),
    Operation("GET", "/operator/tickets/{id}", answering.get_any_ticket, "operator"),
    Operation("POST", "/operator/tickets/{id}/answers", answering.answer, "operator", "ticket"),
    Operation("GET", "/operator/templates", answering.list_templates, "operator"),
    Operation(
        "PUT",
        "/operator/tickets/{id}/state",
        answering.set_any_state,
        "operator",
        "ticket-state",
    ),
    Operation("GET", "/operator/identities", queue.list_cases, "operator"),
    Operation("POST", "/operator/identities/{case}", queue.decide_case, "operator", "identity"),
    Operation(
        "PUT",
        "/operator/accounts/{name}/state",
        queue.set_account_state,
        "operator",
        "account-state",
    ),
)


def routes(venue: Venue, door: Door, further: Sequence[Operation] = ()) -> list[BaseRoute]:
    """The routes of one venue, and further ones of whoever hosts it."""
    made: list[BaseRoute] = []
    for operation in (*OPERATIONS, *further):
        path = PREFIX + operation.path.replace("{symbol}", "{symbol:path}")  # spot has "/" in it
        endpoint = Endpoint(operation, venue, door)
        made.append(Route(path, endpoint, methods=[operation.method]))
        if operation.act in FOUR_EYES:
            venue.proposals.doing[operation.act] = endpoint.carry_out
    made.append(WebSocketRoute(f"{PREFIX}/stream", Stream(venue, door)))
    made.append(Route(f"{PREFIX}/{{path:path}}", NoSuchPath()))
    return made


class NoSuchPath:
    """Whatever else is asked for below the prefix, by any method."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse it in this API's form."""
        error = not_found("path", "")
        await send_json(send, error.reply, error.status)
