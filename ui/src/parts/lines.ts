/** The lines of the chart: where you stand, and what the order being written would change. */

import type { Alert } from "../alerts.svelte";
import type { MarketMessage, OrderReply, PositionCard, PreviewReply } from "../api";
import { grouped } from "../text";
import type { ChartLine, LineKind } from "./candles";

export function chartLines(
  ticker: MarketMessage | null,
  position: PositionCard | null,
  preview: PreviewReply | null,
  asked: Alert[],
  resting: OrderReply[],
): ChartLine[] {
  const liquidation = position?.liquidation;
  const after = preview?.liquidation;
  const away = position?.distances_pct;
  return [
    line("mark", "mark", "Mark", ticker?.mark),
    line("entry", "entry", "Your entry", position?.entry_price, away?.entry),
    line("stop", "stop", "Stop", trigger(position?.stop), away?.stop),
    line("target", "target", "Target", trigger(position?.target), away?.target),
    line(
      "liquidation",
      "liquidation",
      "Liquidation",
      liquidation?.price,
      liquidation?.distance_pct,
    ),
    after?.price === liquidation?.price
      ? null
      : line(
          "after",
          "liquidation",
          "Liquidation after this order",
          after?.price,
          after?.distance_pct,
        ),
    ...resting.map(({ id, side, remaining, price }) =>
      line(`order-${id}`, "order", `${side} ${remaining}`, price),
    ),
    ...asked.map(({ price, signal }) =>
      line(`alert-${signal}-${price}`, "alert", `Alert (${signal})`, price),
    ),
  ].filter((each) => each !== null);
}

function trigger(order: OrderReply | null | undefined): string | null {
  return order?.trigger_price ?? null;
}

function line(
  id: string,
  kind: LineKind,
  label: string,
  price: string | null | undefined,
  distance?: string | null,
): ChartLine | null {
  if (!price) return null;
  return { id, kind, label, price, text: grouped(price), distance: distance ? `${distance}%` : "" };
}
