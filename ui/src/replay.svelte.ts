/** Time as it is held from the screen: step, run until, and go back, which is to look at a branch.
 *
 * A world's past is never changed. Going back makes a world of that moment, paused there; the one
 * that was left stays as it is, and goes on when somebody looks at it again.
 */

import { api, told, type ClockBody, type ClockState, type RunBody } from "./api";
import { go, route, worldName } from "./router.svelte";
import { MINUTE_MS, timeOfDay } from "./text";
import { venue } from "./venue.svelte";

const DAY_MS = 1440 * MINUTE_MS;
export const SPEEDS = ["0.25", "1", "5", "20", "60", "100", "300", "1000"];

class Replay {
  /** What is being waited for, told while it lasts; "" when nothing is. */
  doing = $state("");
  problem = $state("");
  private stopping = false;
  private last: Promise<void> = Promise.resolve();

  /** Take a step forward, or back where `step_ms` is below zero. */
  async step(step_ms: number): Promise<void> {
    if (step_ms > 0) return this.set(() => ({ action: "step", step_ms }));
    await this.last;
    await this.goTo(this.now + step_ms);
  }

  /** One speed faster or slower than now. */
  shift(by: 1 | -1): Promise<void> {
    const speeds = by > 0 ? SPEEDS : SPEEDS.toReversed();
    return this.set(() => {
      const now = Number(venue.clock?.speed ?? 1);
      const speed = speeds.find((each) => (by > 0 ? Number(each) > now : Number(each) < now));
      return speed ? { action: "speed", speed } : null;
    });
  }

  setSpeed(speed: string): Promise<void> {
    return this.set(() => ({ action: "speed", speed }));
  }

  /** Pause, or go on. */
  toggle(): Promise<void> {
    return this.set(() => ({ action: venue.clock?.paused ? "resume" : "pause" }));
  }

  /** Run on until something happens, it is stopped, or as much time has gone by; what belongs to an
      account is waited for in one's own. The venue answers now and then, and is asked again. */
  async until(until: RunBody["until"], limit_ms = DAY_MS): Promise<void> {
    const own = until === "fill" || until === "liquidation";
    const of = own ? (venue.about?.account ?? "") : "";
    const { world } = route;
    await this.attempt("Running on…", async () => {
      const end = this.now + limit_ms;
      let met = false;
      this.stopping = false;
      const over = () => met || this.stopping || route.world !== world;
      while (!over() && this.now < end) {
        const reply = await api.runUntil({ until, of, limit_ms: end - this.now });
        met = reply.met;
        this.take(reply.clock, world);
      }
      if (!over()) this.problem = "It has not come within a day of this world.";
    });
  }

  /** Run on no further. */
  stop(): void {
    this.stopping = true;
  }

  /** Be at another moment of this world: later by running on, earlier in a branch. */
  async goTo(time_ms: number): Promise<void> {
    await this.last;
    if (time_ms > this.now) return this.until("time", time_ms - this.now);
    await this.branch(time_ms);
  }

  /** A new world of a moment of this one's past, or of now; the screen goes there. */
  async branch(time_ms: number | null, title = ""): Promise<void> {
    const left = route.world;
    const when = `from ${timeOfDay(time_ms ?? this.now)}`;
    await this.attempt("Making a world of that moment…", async () => {
      const made = await api.branch(worldName(), time_ms === null ? {} : { time_ms });
      await api.nameWorld(made.name, title || `${venue.about?.world ?? worldName()}, ${when}`);
      go("trade", "", made.name);
      await this.rest(left, made.owner);
    });
  }

  /** Let a world that was left end its process, if it is one's own: few can run at once. */
  private async rest(left: string, owner: string): Promise<void> {
    const { worlds } = await api.worlds();
    const world = worlds.find(({ name }) => name === left);
    if (world?.path && world.owner === owner) await api.stopWorld(left);
  }

  private get now(): number {
    return venue.clock?.world_time ?? 0;
  }

  /** Set the clock of the world that is looked at; each press counts from what came of the last. */
  private set(next: () => ClockBody | null): Promise<void> {
    const { world } = route;
    return this.attempt("", async () => {
      const body = route.world === world ? next() : null;
      if (body) this.take(await api.clock(body), world);
    });
  }

  /** What a world's clock says, unless another world is looked at by now. */
  private take(clock: ClockState, world: string): void {
    if (route.world === world) venue.clock = clock;
  }

  /** In the order of asking; beside what is told to last, nothing else is begun. */
  private attempt(doing: string, act: () => Promise<void>): Promise<void> {
    if (this.doing) return this.last;
    this.doing = doing;
    this.last = this.last.then(() => this.done(doing, act));
    return this.last;
  }

  private async done(doing: string, act: () => Promise<void>): Promise<void> {
    this.problem = "";
    try {
      await act();
    } catch (refusal) {
      this.problem = told(refusal);
    } finally {
      if (doing) this.doing = "";
    }
  }
}

export const replay = new Replay();
