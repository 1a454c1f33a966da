/** Which number is being explained: any part may ask, one dialog answers. */

import type { OrderBody } from "./api";

/** What a number is of: the account, a position, a market, an order being written; or a term. */
export type Subject =
  | { of: "account" }
  | { of: "term" }
  | { of: "market"; symbol: string }
  | { of: "position"; symbol: string; leg: string | null }
  | { of: "order"; body: OrderBody };

class Explaining {
  asked = $state.raw<{ subject: Subject; number: string } | null>(null);

  ask(subject: Subject, number: string): void {
    this.asked = { subject, number };
  }

  close(): void {
    this.asked = null;
  }
}

export const explaining = new Explaining();
