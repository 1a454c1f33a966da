/** Hash routes: `#/page/argument`; in another world than the main one, `#/w/world/page/argument`.
 * `#/start/lesson/seed` has a second argument, and `#/liquidation/id/account` for an operator.
 */

import { keep, recall } from "./stored";

const PAGES = [
  "welcome",
  "show-me",
  "trade",
  "liquidation",
  "debrief",
  "bots",
  "glossary",
  "contract",
  "learn",
  "lesson",
  "start",
  "three-ways",
  "say-back",
  "checklist",
  "worlds",
  "states",
  "sign-up",
  "me",
  "classes",
  "class",
  "operator",
  "account",
  "wallet",
  "support",
  "queues",
  "status",
] as const;

export type Page = (typeof PAGES)[number];

export interface Route {
  world: string;
  page: Page;
  argument: string;
  seed: string;
}

export const route: Route = $state(parse(location.hash));

addEventListener("hashchange", () => Object.assign(route, parse(location.hash)));

/** The world being looked at, as the venue names it among its worlds. */
export function worldName(): string {
  return route.world || "main";
}

/** The address of a page, in the world being looked at unless another is named. */
export function href(page: Page, argument = "", world = route.world): string {
  const prefix = world ? `w/${encodeURIComponent(world)}/` : "";
  return `#/${prefix}${page}${argument ? `/${encodeURIComponent(argument)}` : ""}`;
}

export function go(page: Page, argument = "", world = route.world): void {
  location.hash = href(page, argument, world);
}

/** Remember what was chosen on the first visit, so that the page is not shown again. */
export function remember(choice: Page): void {
  keep("visited", choice);
}

function parse(hash: string): Route {
  const parts = hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  const world = parts[0] === "w" ? (parts[1] ?? "") : "";
  const [page = "", argument = "", seed = ""] = world ? parts.slice(2) : parts;
  return { world, page: isPage(page) ? page : home(), argument, seed };
}

function home(): Page {
  return recall("visited") ? "trade" : "welcome";
}

function isPage(name: string): name is Page {
  return (PAGES as readonly string[]).includes(name);
}
