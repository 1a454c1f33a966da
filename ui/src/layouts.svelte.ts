/** How the trade page is arranged on a wide screen, and arrangements kept under names. */

import { keep, recall } from "./stored";

export type Drawn = "candles" | "depth" | "funding";

export interface Layout {
  chart: boolean;
  book: boolean;
  trades: boolean;
  activity: boolean;
  /** On which side the ticket stands. */
  ticket: "right" | "left";
  /** Which of chart and account has more room. */
  room: "alike" | "chart" | "account";
  draws: Drawn;
  ladder: boolean;
}

export interface Named {
  name: string;
  layout: Layout;
}

const USUAL: Layout = {
  chart: true,
  book: true,
  trades: true,
  activity: true,
  ticket: "right",
  room: "alike",
  draws: "candles",
  ladder: false,
};
const CHOICES: Partial<Record<keyof Layout, readonly string[]>> = {
  ticket: ["right", "left"],
  room: ["alike", "chart", "account"],
  draws: ["candles", "depth", "funding"],
};
export const NAME_MAX = 40;

class Layouts {
  now = $state<Layout>(layoutOf(stored("layout")));
  saved = $state<Named[]>(namedIn(stored("layouts")));

  set<Key extends keyof Layout>(key: Key, value: Layout[Key]): void {
    this.now[key] = value;
    keep("layout", JSON.stringify(this.now));
  }

  use(layout: Layout): void {
    this.now = { ...layout };
    keep("layout", JSON.stringify(this.now));
  }

  usual(): void {
    this.use(USUAL);
  }

  /** Keep the arrangement of now under a name; one of that name is replaced. */
  save(name: string): void {
    const others = this.saved.filter((each) => each.name !== name);
    this.hold([...others, { name, layout: $state.snapshot(this.now) }]);
  }

  /** Whether it could be renamed: not to nothing, nor to another's name. */
  rename(old: string, name: string): boolean {
    const taken = this.saved.some((each) => each.name === name);
    if (!name || taken) return name === old;
    this.hold(this.saved.map((each) => (each.name === old ? { ...each, name } : each)));
    return true;
  }

  remove(name: string): void {
    this.hold(this.saved.filter((each) => each.name !== name));
  }

  private hold(saved: Named[]): void {
    this.saved = saved.toSorted((a, b) => a.name.localeCompare(b.name));
    keep("layouts", JSON.stringify(this.saved));
  }
}

/** What lies in the browser; nothing where it cannot be read. */
function stored(name: string): unknown {
  try {
    return JSON.parse(recall(name) ?? "null");
  } catch {
    return null; // somebody else wrote it
  }
}

/** An arrangement with what can be read of it, and the usual for the rest. */
function layoutOf(found: unknown): Layout {
  const given = Object(found) as Record<string, unknown>;
  const known = Object.entries(USUAL).map(([key, usual]) => {
    const value = given[key];
    const choices = CHOICES[key as keyof Layout];
    const fits = choices ? choices.includes(value as string) : typeof value === typeof usual;
    return [key, fits ? value : usual];
  });
  return Object.fromEntries(known) as Layout;
}

function namedIn(found: unknown): Named[] {
  if (!Array.isArray(found)) return [];
  return found.flatMap((each: unknown) => {
    const { name, layout } = Object(each) as Partial<Named>;
    return typeof name === "string" && name ? [{ name, layout: layoutOf(layout) }] : [];
  });
}

export const layouts = new Layouts();
