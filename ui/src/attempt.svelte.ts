/** What the venue is asked to do: one thing at a time, and why it was refused. */

import { untrack } from "svelte";
import { refusalOf, type Refusal } from "./api";

const IT = "it";

export class Attempt {
  /** What is being waited for; "" when nothing is. */
  doing = $state("");
  refusal = $state.raw<Refusal | null>(null);

  readonly busy = $derived(this.doing !== "");
  readonly problem = $derived(this.refusal?.message ?? "");

  /** Do it, unless something is being waited for; whether it was done. */
  async make(work: () => Promise<unknown>, doing = IT): Promise<boolean> {
    if (untrack(() => this.doing)) return false; // an effect that asks is no effect of asking
    this.doing = doing;
    this.refusal = null;
    try {
      await work();
    } catch (problem) {
      this.fail(problem);
    } finally {
      this.doing = "";
    }
    return !this.refusal;
  }

  /** Something that was asked beside it was refused. */
  readonly fail = (problem: unknown): void => {
    this.refusal = refusalOf(problem);
  };
}
