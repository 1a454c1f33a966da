/** Looking at a moment that an alert or a ticket is about: a copy of the world as it stood then.
 *
 * Each moment is a branch, paused there. One that is left for another moment, or for where one came
 * from, is thrown away; the world that it is of is never touched.
 */

import { api, type AlertPage, type TicketPage } from "./api";
import { Attempt } from "./attempt.svelte";
import { queues } from "./queues";
import { go, route } from "./router.svelte";
import { venue } from "./venue.svelte";

export interface Moment {
  seq: number;
  text: string;
  /** Not known of a ticket's events. */
  time: number | null;
}

/** A world time to the second, UTC: "2020-03-12 10:58:12". */
export const toSecond = (time_ms: number) =>
  new Date(time_ms).toISOString().slice(0, 19).replace("T", " ");

/** What is looked at, moment by moment, in their order. */
export interface Story {
  /** Its page among the queues: `alert-3`, `ticket-2`. */
  page: string;
  title: string;
  symbol: string;
  accounts: string[];
  moments: Moment[];
}

/** Which moment is looked at: the world just after it, or just before. */
export interface Place {
  page: string;
  at: number;
  before: boolean;
}

export function storyOf(found: AlertPage | TicketPage): Story {
  return "alert" in found ? ofAlert(found) : ofTicket(found);
}

function ofAlert({ alert, evidence }: AlertPage): Story {
  return {
    page: `alert-${alert.id}`,
    title: `Alert ${alert.id}: ${alert.pattern_text}`,
    symbol: alert.symbol,
    accounts: alert.accounts,
    moments: evidence.map(({ seq, text, time }) => ({ seq, text, time })),
  };
}

function ofTicket({ ticket, events }: TicketPage): Story {
  const moments = events.map(({ kind, id }) => ({
    seq: Number.parseInt(id),
    text: `${kind} ${id}`,
    time: null,
  }));
  return {
    page: `ticket-${ticket.id}`,
    title: `Ticket ${ticket.id}: ${ticket.category_text}`,
    symbol: ticket.symbol,
    accounts: [ticket.account],
    moments: moments.toSorted((one, other) => one.seq - other.seq),
  };
}

/** The story that a page tells, in the world that it is of. */
export async function story(page: string, world: string): Promise<Story> {
  const [kind, id = ""] = page.split("-");
  return storyOf(await (kind === "alert" ? queues.alert(id, world) : queues.ticket(id, world)));
}

/** A place as it stands behind the name of the market's page, and back. */
export const written = ({ page, at, before }: Place) => `${page}-${at + 1}${before ? "-before" : ""}`;
export function placeIn(argument: string): Place | null {
  const found = /^((?:alert|ticket)-\d+)-(\d+)(-before)?$/.exec(argument);
  return found && { page: found[1] ?? "", at: Number(found[2]) - 1, before: Boolean(found[3]) };
}

class Evidence {
  readonly attempt = new Attempt();

  /** Make a copy of the world `of` at a moment, and go there. */
  async see(told: Story, place: Place, of: string): Promise<void> {
    const moment = told.moments[place.at];
    const left = route.world;
    if (!moment) return;
    await this.attempt.make(async () => {
      const made = await api.branch(of || "main", { seq: moment.seq - (place.before ? 1 : 0) });
      const when = `${place.before ? "before " : ""}${moment.text}`;
      await api.nameWorld(made.name, `${told.title}, ${place.at + 1}: ${when}`);
      venue.wanted = told.symbol;
      go("trade", written(place), made.name);
      if (left !== of) await api.deleteWorld(left);
    }, written(place));
  }

  /** Back to where the story stands; the copy is thrown away. */
  async leave(page: string, of: string): Promise<void> {
    const left = route.world;
    await this.attempt.make(async () => {
      go("queues", page, of);
      await api.deleteWorld(left);
    });
  }
}

export const evidence = new Evidence();
