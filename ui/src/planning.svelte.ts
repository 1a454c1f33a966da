/** The plan that a guided order comes with; what size follows from it, the venue says. */

import {
  api,
  type CopiedTrade,
  refusalOf,
  type OrderBody,
  type PlanBody,
  type PlanNote,
  type PlanReply,
  type PlanStart,
  type Refusal,
} from "./api";
import { draft } from "./draft.svelte";
import { guardrails } from "./guardrails.svelte";
import { venue } from "./venue.svelte";

const TYPING_MS = 60;
const REFRESH_MS = 10_000;

class Planning {
  reason = $state<PlanNote["reason"] | "">("");
  loss = $state("");
  hours = $state("");
  start = $state.raw<PlanStart | null>(null);
  /** Somebody's trade that this plan began from: then nobody else says what may be lost. */
  copied = $state.raw<CopiedTrade | null>(null);
  reply = $state.raw<PlanReply | null>(null);
  refusal = $state.raw<Refusal | null>(null);

  /** Against a position that is held an order only makes it smaller: that needs no plan. */
  readonly reduces = $derived(
    venue.position !== null &&
      venue.account?.position_mode !== "hedge" &&
      (venue.position.side === "long") === (draft.side === "sell"),
  );
  /** Spot is owned: there is nothing to plan by a stop. */
  readonly applies = $derived(guardrails.wanted && !venue.isSpot);
  readonly wanted = $derived(this.applies && !this.reduces);

  /** What is still to be said; the venue is asked once it can answer. */
  readonly missing = $derived(
    [
      this.reason ? "" : "why",
      draft.stop.trim() ? "" : "where you are wrong",
      this.loss.trim() ? "" : "the most you accept to lose",
      draft.target.trim() || this.hours.trim() ? "" : "an exit",
    ].filter(Boolean),
  );
  /** Nothing of a plan is filled in, and nothing is held here: values to start from come first. */
  readonly blank = $derived(
    this.wanted && !venue.position && !draft.stop.trim() && !this.loss.trim(),
  );
  /** With a planned position held, what comes next comes with time, which stands still here. */
  readonly waits = $derived(
    this.wanted &&
      venue.position !== null &&
      venue.clock?.paused === true &&
      (venue.about?.owns_world ?? true),
  );
  readonly ready = $derived(!this.missing.length && this.reply?.ok === true);

  readonly asked = $derived<PlanBody | null>(
    this.wanted && venue.market && draft.stop.trim() && this.loss.trim()
      ? {
          symbol: venue.symbol,
          side: draft.side,
          stop_price: draft.stop.trim(),
          max_loss: this.loss.trim(),
          price: draft.sentType === "market" ? null : draft.price.trim() || null,
          target_price: draft.target.trim() || null,
          hours: this.hours.trim() || null,
        }
      : null,
  );

  /** Ask for the size of a plan, and again now and then as the book moves. */
  follow(asked: PlanBody | null): () => void {
    this.refusal = null;
    if (!asked) {
      this.reply = null;
      return () => {};
    }
    let over = false;
    const ask = async () => {
      try {
        const reply = await api.plan(asked);
        if (over) return;
        this.reply = reply;
        this.refusal = null;
      } catch (problem) {
        if (over) return;
        this.reply = null;
        this.refusal = refusalOf(problem);
      }
      timer = setTimeout(ask, REFRESH_MS);
    };
    let timer = setTimeout(ask, TYPING_MS);
    return () => ((over = true), clearTimeout(timer));
  }

  /** The venue's values to start from, put into what is still empty. */
  async fill(): Promise<void> {
    const start = await api.startPlan(venue.symbol, draft.side);
    draft.stopIn = draft.targetIn = "price";
    draft.stop ||= start.stop_price;
    draft.target ||= start.target_price;
    if (!this.copied) this.loss ||= start.max_loss;
    this.start = start;
  }

  /** Open somebody's trade as a plan; its reason and its limit are empty. */
  async copy(text: string): Promise<void> {
    const trade = await api.copyTrade(text);
    if (trade.symbol !== venue.symbol) venue.watch(trade.symbol);
    if (venue.market) draft.beginIn(venue.market);
    draft.side = trade.side;
    draft.stopIn = draft.targetIn = "price";
    draft.stop = trade.stop_price;
    draft.target = trade.target_price ?? "";
    this.hours = trade.hours ?? "";
    this.reason = this.loss = "";
    this.copied = trade;
  }

  /** The other side was chosen: of the start values, those not changed since are that side's. */
  async turn(): Promise<void> {
    const from = this.start;
    const stands = from && { stop: draft.stop === from.stop_price, target: draft.target === from.target_price };
    if (!stands || (!stands.stop && !stands.target)) return;
    if (stands.stop) draft.stop = "";
    if (stands.target) draft.target = "";
    await this.fill();
  }

  /** What of an order is its plan. */
  note(): OrderBody["plan"] {
    if (!this.wanted || !this.reason) return null;
    return { reason: this.reason, max_loss: this.loss.trim(), hours: this.hours.trim() || null };
  }

  /** The order was sent: the next one is meant anew. */
  taken(): void {
    this.reason = "";
    this.loss = this.hours = "";
    this.copied = null;
    this.reply = null;
    draft.stop = draft.target = "";
  }
}

export const planning = new Planning();
