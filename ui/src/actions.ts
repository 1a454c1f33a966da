/** Everything that a command or a key can do, once: the palette, the keys and their list read it. */

import { api } from "./api";
import { desk, openDialog } from "./desk.svelte";
import { draft } from "./draft.svelte";
import { layouts } from "./layouts.svelte";
import { replay } from "./replay.svelte";
import { go } from "./router.svelte";
import { settings } from "./settings.svelte";
import { speakNow } from "./speech.svelte";
import { MINUTE_MS } from "./text";
import { choose } from "./theme.svelte";
import { venue } from "./venue.svelte";

export interface Action {
  label: string;
  /** The key as it is pressed and written; "Alt+S" and its like work without unlocking. */
  key?: string;
  run: () => unknown;
}

/** One position's dialog, of the market that is open. */
function ofPosition(label: string, key: string, dialog: "close" | "flip" | "protect"): Action[] {
  if (!venue.position) return [];
  return [{ label, key, run: () => openDialog(dialog, venue.symbol) }];
}

function ofTicket(): Action[] {
  return [
    { label: "Ticket: long", key: "b", run: () => (draft.side = "buy") },
    { label: "Ticket: short", key: "s", run: () => (draft.side = "sell") },
    { label: "Ticket: size", key: "z", run: () => focus("size") },
    { label: "Ticket: arm, so that Enter sends it", key: "a", run: () => draft.arm() },
    {
      label: `Ticket: ${settings.pro ? "Simple" : "Pro"} form`,
      key: "p",
      run: () => settings.setForm(settings.pro ? "simple" : "pro"),
    },
  ];
}

function ofClock(): Action[] {
  const paused = venue.clock?.paused ?? false;
  return [
    {
      label: paused ? "Clock: resume" : "Clock: pause",
      key: "Space",
      run: () => replay.toggle(),
    },
    { label: "Clock: forward 1 min", key: ".", run: () => replay.step(MINUTE_MS) },
    { label: "Clock: back 1 min", key: ",", run: () => replay.step(-MINUTE_MS) },
    { label: "Clock: next event", key: "n", run: () => replay.until("event") },
    { label: "Clock: slower", key: "[", run: () => replay.shift(-1) },
    { label: "Clock: faster", key: "]", run: () => replay.shift(1) },
    { label: "Clock: go to a time…", key: "g", run: () => (desk.time = true) },
    { label: "Clock: branch from here", run: () => replay.branch(null) },
  ];
}

function ofLayouts(): Action[] {
  return [
    { label: "Layout: arrange…", run: () => (desk.layout = true) },
    { label: "Layout: as it was at first", run: () => layouts.usual() },
    ...layouts.saved.map(({ name, layout }) => ({
      label: `Layout: ${name}`,
      run: () => layouts.use(layout),
    })),
  ];
}

function ofPages(): Action[] {
  return [
    ...venue.markets.map(({ symbol, title }) => ({
      label: `Market: ${title}`,
      run: () => (go("trade"), venue.watch(symbol)),
    })),
    { label: "Page: trade", run: () => go("trade") },
    { label: "Page: start", run: () => go("welcome") },
    { label: "Page: worlds", run: () => go("worlds", "", "") },
    { label: "Page: connect a bot", run: () => go("bots") },
    { label: "Page: wallet", run: () => go("wallet") },
    { label: "Page: support", run: () => go("support") },
    { label: "Page: status", run: () => go("status") },
    ...(["operator", "auditor"].includes(venue.about?.role ?? "")
      ? [{ label: "Page: operator", run: () => go("operator") }]
      : []),
    { label: "Colours: dark", run: () => choose("dark") },
    { label: "Colours: light", run: () => choose("light") },
  ];
}

export function actions(): Action[] {
  return [
    ...ofTicket(),
    ...ofPosition("Position: close…", "c", "close"),
    ...ofPosition("Position: flip…", "f", "flip"),
    ...ofPosition("Position: stop and target…", "k", "protect"),
    { label: "Orders: show", key: "o", run: () => (desk.tab = "orders") },
    { label: "Orders: cancel all", run: () => api.cancelAll() },
    ...ofClock(),
    { label: "Updates: pause or go on", key: "u", run: () => (venue.frozen = !venue.frozen) },
    { label: "Say market and position", key: "Alt+S", run: () => speakNow(summary()) },
    { label: "Commands", key: "Ctrl+K", run: () => (desk.palette = true) },
    { label: "List of keys", key: "?", run: () => (desk.keys = true) },
    ...ofLayouts(),
    ...ofPages(),
  ];
}

/** The open market and what is held in it, in the venue's own words. */
function summary(): string {
  const { mark, last, funding } = venue.ticker ?? {};
  const market = [venue.market?.title, mark && `mark ${mark}`, last && `last trade ${last}`];
  const held = venue.position?.sentences ?? ["No open position."];
  return [market.filter(Boolean).join(", ") + ".", funding?.text, ...held].join(" ");
}

function focus(testid: string): void {
  document.querySelector<HTMLInputElement>(`[data-testid=${testid}]`)?.select();
}
