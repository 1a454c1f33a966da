/** An order being written, and what the venue says it would do. */

import { api, clientId, Refusal, type Market, type OrderBody, type PreviewReply } from "./api";
import { settings } from "./settings.svelte";

const TYPING_MS = 40;
const GRACE_MS = 300;
const REFRESH_MS = 1000;
const ARMED_MS = 10_000;
const LEVERAGE = 2;

/** Asks the venue about an order whenever it changes, and once a second as the market moves. */
export class Preview {
  reply = $state.raw<PreviewReply | null>(null);
  /** True while `reply` is about the order as it stands. */
  current = $state(false);
  /** True when no answer has come for a while: old figures must not be shown. */
  lost = $state(false);
  /** Why the order could not even be asked about. */
  refusal = $state.raw<Refusal | null>(null);

  private running: AbortController | null = null;
  private timers: ReturnType<typeof setTimeout>[] = [];

  /** Ask about this order from now on; the returned function ends it. */
  follow(body: OrderBody | null): () => void {
    this.current = false;
    this.refusal = null;
    if (body) this.ask(body, TYPING_MS);
    else this.reply = null;
    return () => this.stop();
  }

  private stop(): void {
    this.running?.abort();
    this.timers.forEach(clearTimeout);
    this.timers = [];
  }

  private ask(body: OrderBody, wait: number): void {
    this.timers = [
      setTimeout(() => void this.fetch(body), wait),
      setTimeout(() => (this.lost = !this.current), wait + GRACE_MS),
    ];
  }

  private async fetch(body: OrderBody): Promise<void> {
    const asked = new AbortController();
    this.running = asked;
    try {
      this.reply = await api.preview(body, asked.signal);
      this.current = true;
      this.lost = false;
      this.refusal = null;
    } catch (problem) {
      if (asked.signal.aborted) return;
      this.current = false;
      this.lost = true;
      this.refusal = problem instanceof Refusal ? problem : null;
    }
    if (!asked.signal.aborted) this.ask(body, REFRESH_MS);
  }
}

/** A small order to begin with: a hundred lots; of spot, whose lots are tiny, a thousandth coin. */
function firstSize({ kind, lot_size, size_decimals }: Market): string {
  return kind === "spot" ? "0.001" : (Number(lot_size) * 100).toFixed(size_decimals);
}

export type DraftType = "market" | "limit" | "post" | "ioc" | "fok";

export type By = "price" | "money" | "percent";

const STOPS = { price: "stop_price", money: "stop_loss", percent: "stop_percent" } as const;
const TARGETS = {
  price: "target_price",
  money: "target_profit",
  percent: "target_percent",
} as const;

class Draft {
  side = $state<"buy" | "sell">("buy");
  type = $state<DraftType>("market");
  size = $state("");
  price = $state("");
  leverage = $state(LEVERAGE);
  cross = $state(false);
  /** Leave leverage and margin mode as the market stands for this account. */
  asItStands = $state(false);
  /** What the stop and the target are given in; only the Pro form lets one choose. */
  stopIn = $state<By>("price");
  targetIn = $state<By>("price");
  readonly stopBy = $derived<By>(settings.pro ? this.stopIn : "price");
  readonly targetBy = $derived<By>(settings.pro ? this.targetIn : "price");
  stop = $state("");
  target = $state("");
  reduceOnly = $state(false);
  preview = new Preview();
  /** While this stands, and is shown, Enter sends the order from anywhere on the page. */
  armed = $state(false);

  /** One key for one order: it stays while the order is sent again, and changes with the order. */
  private key = "";
  private keyOf = "";
  private disarming: ReturnType<typeof setTimeout> | undefined;
  private symbol = "";

  /** The type as it is sent: what only the Pro form shows counts only there. */
  readonly sentType = $derived<DraftType>(settings.pro ? this.type : "market");
  readonly isCross = $derived(this.cross && (settings.pro || this.asItStands));

  body(market: Market | null): OrderBody | null {
    if (!market || !this.size.trim()) return null;
    const order = {
      symbol: market.symbol,
      side: this.side,
      type: this.sentType,
      size: this.size.trim(),
      price: this.sentType === "market" ? null : this.price.trim() || null,
    };
    if (market.kind === "spot") return order;
    return {
      ...order,
      reduce_only: settings.pro && this.reduceOnly,
      leverage: this.isCross || this.asItStands ? null : String(this.leverage),
      [STOPS[this.stopBy]]: this.stop.trim() || null,
      [TARGETS[this.targetBy]]: this.target.trim() || null,
    };
  }

  /** In another market everything but the side is another order. */
  beginIn(market: Market): void {
    if (this.symbol === market.symbol) return;
    const isTyped = this.symbol === "" && this.size !== ""; // before the market was known
    this.symbol = market.symbol;
    if (isTyped) return;
    this.size = firstSize(market);
    this.price = this.stop = this.target = "";
    this.reduceOnly = false;
  }

  /** In another world nothing of the order is meant any more. */
  beginAnew(): void {
    this.side = "buy";
    this.leverage = LEVERAGE;
    this.cross = this.reduceOnly = false;
    this.symbol = this.size = this.price = this.stop = this.target = "";
  }

  /** A size to begin with again, where a plan left none. */
  sizeAnew(market: Market | null): void {
    if (market && !this.size) this.size = firstSize(market);
  }

  arm(): void {
    this.disarm();
    this.armed = true;
    this.disarming = setTimeout(() => this.disarm(), ARMED_MS);
  }

  disarm(): void {
    clearTimeout(this.disarming);
    this.armed = false;
  }

  /**
   * The order with its idempotency key. Leverage is no part of what makes it another order: it is
   * left out once there is a position, which a first try without an answer may have opened.
   */
  keyed(body: OrderBody): OrderBody {
    const text = JSON.stringify({ ...body, leverage: null });
    if (text !== this.keyOf) {
      this.key = clientId();
      this.keyOf = text;
    }
    return { ...body, client_id: this.key };
  }

  /** The order was taken: the next one is another, even if it reads the same. */
  taken(): void {
    this.keyOf = "";
  }
}

export const draft = new Draft();
