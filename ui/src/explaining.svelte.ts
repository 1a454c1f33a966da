/** Which number is being explained: any part may ask, one dialog answers. */

import type { OrderBody } from "./api";

/** What a number is of: the account, a position, a market, or an order as it is being written. */
export type Subject =
  | { of: "account" }
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
