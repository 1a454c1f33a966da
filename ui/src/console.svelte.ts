/** What the operator's console asks of the venue, and the act that waits for its reason. */

import {
  base,
  call,
  type Cast,
  type Checks,
  type ClockBody,
  type ConsoleMarket,
  type Cut,
  type Done,
  type Effect,
  type EffectBody,
  type IndexBody,
  type LoggedDeed,
  type PositionReport,
  type ProposalsPage,
  type Rules,
  type StateBody,
  type TermsBody,
  type TroubleTerms,
  type Waits,
  type Worlds,
} from "./api";
import { venue } from "./venue.svelte";

const quoted = encodeURIComponent;
export const because = (why: string) => `?why=${quoted(why)}`;
const ofWorld = (name: string, verb: string, why: string) =>
  call<unknown>("POST", `/worlds/${quoted(name)}/${verb}${because(why)}`, {}, undefined, "");
const SECRETS = ["password", "key", "secret"];

export const operator = {
  markets: () => call<ConsoleMarket[]>("GET", "/operator/markets"),
  checks: () => call<Checks>("GET", "/operator/checks"),
  cast: () => call<Cast>("GET", "/operator/cast"),
  rules: (symbol: string, against: string) =>
    call<Rules>("GET", `/operator/rules?symbol=${quoted(symbol)}&against=${quoted(against)}`),
  log: (before: number | null) =>
    call<LoggedDeed[]>("GET", `/operator/log${before ? `?before=${before}` : ""}`),
  positions: (large: boolean) => call<PositionReport>("GET", `/operator/positions?large=${large}`),
  positionsFile: (large: boolean) => `${base()}/operator/positions.csv?large=${large}`,
  trouble: () => call<TroubleTerms>("GET", "/operator/trouble"),
  worlds: () => call<Worlds>("GET", "/worlds", undefined, undefined, ""),
  proposals: () => call<ProposalsPage>("GET", "/operator/proposals?waiting=true"),
  effect: (body: EffectBody) => call<Effect>("POST", "/operator/effect", body),

  setState: (body: StateBody, why: string) =>
    call<Done>("PUT", `/operator/state${because(why)}`, body),
  publish: (body: IndexBody, why: string) =>
    call<Done>("POST", `/operator/index${because(why)}`, body),
  change: (body: TermsBody, why: string) =>
    call<unknown>("POST", `/operator/terms${because(why)}`, body),
  disturb: (body: TroubleTerms, why: string) =>
    call<TroubleTerms>("POST", `/operator/trouble${because(why)}`, body),
  cut: (why: string) => call<Cut>("POST", `/operator/trouble/cut${because(why)}`),
  clock: (body: ClockBody, why: string) => call<unknown>("POST", `/clock${because(why)}`, body),
  rest: (name: string, why: string) => ofWorld(name, "stop", why),
  save: (name: string, why: string) => ofWorld(name, "export", why),
  decide: (id: number, verb: "approve" | "decline" | "withdraw", why: string) =>
    call<unknown>("POST", `/operator/proposals/${id}/${verb}${because(why)}`),
};

/** Something an operator is about to do. */
export interface Act {
  title: string;
  /** As the venue is asked what would come of it; or the whole of it in the venue's own line. */
  effect: EffectBody | string;
  /** What has to be typed before: it cannot be undone for those whom it meets. */
  name?: string;
  run: (why: string) => Promise<unknown>;
}

class Console {
  act = $state.raw<Act | null>(null);
  /** Grows with each deed: every part of the page reads anew what it shows. */
  deeds = $state(0);
  said = $state("");
  /** An auditor looks at all of it and does nothing. */
  readonly looksOnly = $derived(venue.about?.role === "auditor");

  ask(act: Act): void {
    this.said = "";
    this.act = act;
  }

  done(text: string): void {
    this.act = null;
    this.said = text;
    this.deeds += 1;
  }
}

export const desk = new Console();

/** What an approved act answers this once: a password, or a key with its secret. */
export function once(reply: unknown): string {
  const said = Object.entries(reply ?? {}).filter(([name]) => SECRETS.includes(name));
  return said.map(([name, value]) => ` ${name}: ${value}`).join("");
}

/** What the venue says of an act that it kept for a second operator; empty for one that was done. */
export const waits = (reply: unknown): string =>
  typeof reply === "object" && reply !== null && "proposal" in reply ? (reply as Waits).text : "";
