/** Guided practice as the venue knows it for this account: the page tells it what was set here. */

import { api, refusalOf, type GuardrailsReply } from "./api";
import { lessonOf } from "./lessons";
import { route } from "./router.svelte";
import { settings } from "./settings.svelte";

class Guardrails {
  state = $state.raw<GuardrailsReply | null>(null);
  /** Why the venue did not switch it. */
  problem = $state("");

  /** A lesson asks and tells by itself. */
  readonly wanted = $derived(settings.guided && !lessonOf(route.world));

  /** Tell the venue of this world. */
  async tell(on: boolean): Promise<void> {
    try {
      this.take(await api.guided(on));
    } catch (refusal) {
      this.problem = refusalOf(refusal).message;
      if (!on) settings.setGuided(true); // a pause is not switched away
    }
  }

  /** Ask again: something was traded, or time went on. */
  async read(): Promise<void> {
    const found = await api.guardrails().catch(() => null); // told when something is sent
    if (found) this.take(found);
  }

  /** Why it was not switched stays while the pause does. */
  private take(found: GuardrailsReply): void {
    this.state = found;
    if (!found.pause) this.problem = "";
  }
}

export const guardrails = new Guardrails();
