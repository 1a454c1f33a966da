/** Prices the visitor wants to hear of, kept by the browser; heard while their market is open. */

import type { MarketMessage } from "./api";
import { route } from "./router.svelte";
import { keep, recall } from "./stored";
import { grouped } from "./text";
import { venue } from "./venue.svelte";

export type Signal = "mark" | "last" | "index";

export interface Alert {
  world: string;
  symbol: string;
  signal: Signal;
  price: string;
  /** Whether it is heard at and above the price, or at and below it. */
  above: boolean;
}

export const SIGNALS: { signal: Signal; label: string }[] = [
  { signal: "mark", label: "Mark" },
  { signal: "last", label: "Last trade" },
  { signal: "index", label: "Index" },
];

class Alerts {
  private all = $state.raw<Alert[]>(parsed(recall("alerts")));
  readonly list = $derived(this.all.filter(({ world }) => world === route.world));
  readonly here = $derived(this.list.filter(({ symbol }) => symbol === venue.symbol));

  /** Why a price cannot be one, or nothing. */
  add(signal: Signal, price: string): string {
    const now = venue.ticker?.[signal];
    if (!now) return "There is no such price in this market now.";
    if (!(Number(price) > 0)) return "A price is a number above zero.";
    if (Number(price) === Number(now)) return "The price is there already.";
    const above = Number(price) > Number(now);
    this.set([
      ...this.all,
      { world: route.world, symbol: venue.symbol, signal, price: price.trim(), above },
    ]);
    return "";
  }

  remove(alert: Alert): void {
    this.set(this.all.filter((each) => each !== alert));
  }

  /** Tell of those whose price has come. */
  hear(ticker: MarketMessage): void {
    for (const alert of this.here) {
      const now = ticker[alert.signal];
      if (alert.symbol === ticker.symbol && now && isReached(alert, now)) this.ring(alert, now, ticker);
    }
  }

  private ring(alert: Alert, now: string, { seq, world_time, symbol }: MarketMessage): void {
    const label = SIGNALS.find((each) => each.signal === alert.signal)?.label ?? "";
    const text = `Alert: ${symbol}, ${label} ${grouped(now)} (asked: ${grouped(alert.price)})`;
    this.remove(alert);
    venue.tell({ type: "notice", seq, world_time, code: "ALERT", text, symbol, ref: null });
  }

  private set(all: Alert[]): void {
    this.all = all;
    keep("alerts", JSON.stringify(all));
  }
}

function isReached({ price, above }: Alert, now: string): boolean {
  return above ? Number(now) >= Number(price) : Number(now) <= Number(price);
}

/** What was kept, as far as it can be read. */
function parsed(text: string | null): Alert[] {
  try {
    const found: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(found) ? found.filter(isAlert) : [];
  } catch {
    return []; // written by something else
  }
}

function isAlert(found: unknown): found is Alert {
  const { symbol, signal, price } = Object(found) as Partial<Alert>;
  return Boolean(symbol && price && SIGNALS.some((each) => each.signal === signal));
}

export const alerts = new Alerts();
