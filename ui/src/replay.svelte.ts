/** Time as it is held from the screen: step, run until, and go back, which is to look at a branch.
 *
 * A world's past is never changed. Going back makes a world of that moment, paused there; the one
 * that was left stays as it is, and goes on when somebody looks at it again.
 */

import { api, told, type RunBody } from "./api";
import { go, route } from "./router.svelte";
import { timeOfDay } from "./text";
import { venue } from "./venue.svelte";

export const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;
export const SPEEDS = ["0.25", "1", "5", "20", "60", "100", "300", "1000"];
const MAIN = "main";

class Replay {
  /** What is being waited for, told while it lasts; "" when nothing is. */
  doing = $state("");
  problem = $state("");
  private stopping = false;

  /** Take a step forward, or back where `step_ms` is below zero. */
  async step(step_ms: number): Promise<void> {
    if (step_ms < 0) return this.goTo(this.now + step_ms);
    await this.attempt("", async () => {
      venue.clock = await api.clock({ action: "step", step_ms });
    });
  }

  /** One speed faster or slower than now. */
  async shift(by: 1 | -1): Promise<void> {
    const now = Number(venue.clock?.speed ?? 1);
    const speeds = by > 0 ? SPEEDS : SPEEDS.toReversed();
    const speed = speeds.find((each) => (by > 0 ? Number(each) > now : Number(each) < now));
    if (speed) await this.setSpeed(speed);
  }

  async setSpeed(speed: string): Promise<void> {
    if (venue.clock) venue.clock = { ...venue.clock, speed }; // the next press counts from here
    await this.attempt("", async () => {
      venue.clock = await api.clock({ action: "speed", speed });
    });
  }

  /** Pause, or go on. */
  async toggle(): Promise<void> {
    const action = venue.clock?.paused ? "resume" : "pause";
    await this.attempt("", async () => {
      venue.clock = await api.clock({ action });
    });
  }

  /** Run on until something happens, it is stopped, or as much time has gone by; what belongs to an
      account is waited for in one's own. The venue answers now and then, and is asked again. */
  async until(until: RunBody["until"], limit_ms = DAY_MS): Promise<void> {
    const own = until === "fill" || until === "liquidation";
    const of = own ? (venue.about?.account ?? "") : "";
    const end = this.now + limit_ms;
    this.stopping = false;
    await this.attempt("Running on…", async () => {
      let met = false;
      while (!met && !this.stopping && this.now < end) {
        const reply = await api.runUntil({ until, of, limit_ms: end - this.now });
        venue.clock = reply.clock;
        met = reply.met;
      }
      if (!met && !this.stopping) this.problem = "It has not come within a day of this world.";
    });
  }

  /** Run on no further. */
  stop(): void {
    this.stopping = true;
  }

  /** Be at another moment of this world: later by running on, earlier in a branch. */
  async goTo(time_ms: number): Promise<void> {
    if (time_ms > this.now) return this.until("time", time_ms - this.now);
    await this.branch(time_ms);
  }

  /** A new world of a moment of this one's past, or of now; the screen goes there. */
  async branch(time_ms: number | null, title = ""): Promise<void> {
    const left = route.world;
    const when = `from ${timeOfDay(time_ms ?? this.now)}`;
    await this.attempt("Making a world of that moment…", async () => {
      const made = await api.branch(left || MAIN, time_ms === null ? {} : { time_ms });
      await api.nameWorld(made.name, title || `${venue.about?.world ?? MAIN}, ${when}`);
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

  private async attempt(doing: string, act: () => Promise<void>): Promise<void> {
    if (this.doing) return;
    this.doing = doing;
    this.problem = "";
    try {
      await act();
    } catch (refusal) {
      this.problem = told(refusal);
    } finally {
      this.doing = "";
    }
  }
}

export const replay = new Replay();
