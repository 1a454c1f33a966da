/** What waits for the operator: lists of it, one of each, and what may be done with it. */

import {
  call,
  type AlertBody,
  type AlertPage,
  type AlertsPage,
  type Done,
  type QueueBody,
  type Queues,
  type TicketAnswerBody,
  type TicketLine,
  type TicketPage,
  type TicketStateBody,
  type TicketTemplates,
  type WaitingCase,
} from "./api";
import { because } from "./console.svelte";

export const PAGE = 50;
export type Queue = keyof Queues;

/** Something in a list. */
export interface Line {
  /** What stands behind the page's name when it is looked at. */
  id: string;
  title: string;
  who: string;
  text: string;
  time: number;
}

const ticket = (id: string | number) => `/operator/tickets/${id}`;

export const queues = {
  counts: (world?: string) => call<Queues>("GET", "/operator/queues", undefined, undefined, world),
  cases: (waiting: boolean) =>
    call<WaitingCase[]>("GET", `/operator/identities?waiting=${waiting}`),
  ticket: (id: string | number, world?: string) =>
    call<TicketPage>("GET", ticket(id), undefined, undefined, world),
  templates: () => call<TicketTemplates>("GET", "/operator/templates"),
  alert: (id: string | number, world?: string) =>
    call<AlertPage>("GET", `/operator/alerts/${id}`, undefined, undefined, world),

  decide: (id: string, body: QueueBody, why: string) =>
    call<Done>("POST", `/operator/identities/${id}${because(why)}`, body),
  answer: (id: number, body: TicketAnswerBody, why: string) =>
    call<TicketPage>("POST", `${ticket(id)}/answers${because(why)}`, body),
  put: (id: number, state: TicketStateBody["state"], why: string) =>
    call<TicketPage>("PUT", `${ticket(id)}/state${because(why)}`, { state }),
  judge: (id: number, state: AlertBody["state"], why: string) =>
    call<Done>("PUT", `/operator/alerts/${id}${because(why)}`, { state }),
};

/** A page of a queue: what waits from the oldest, what is done from the newest. */
export const LISTS: Record<Queue, (waiting: boolean, last?: Line) => Promise<Line[]>> = {
  identities: async (waiting, last) =>
    last
      ? []
      : (await queues.cases(waiting)).map((each) => ({
          id: `case-${each.case}`,
          title: each.person.name,
          who: each.account,
          text: each.reason || each.state_text,
          time: each.since,
        })),
  tickets: async (waiting, last) =>
    (await call<TicketLine[]>("GET", paged("tickets", waiting, last))).map((each) => ({
      id: `ticket-${each.id}`,
      title: `${each.id}. ${each.category_text}${each.symbol && `, ${each.symbol}`}`,
      who: each.account,
      text: each.first,
      time: each.changed,
    })),
  alerts: async (waiting, last) =>
    (await call<AlertsPage>("GET", paged("alerts", waiting, last))).alerts.map((each) => ({
      id: `alert-${each.id}`,
      title: `${each.id}. ${each.pattern_text}${each.symbol && `, ${each.symbol}`}`,
      who: each.accounts.join(", "),
      text: waiting ? each.text : each.state_text,
      time: each.to_time,
    })),
};

function paged(queue: string, waiting: boolean, last?: Line): string {
  const number = last?.id.replace(/^\D+/, "");
  const from = waiting ? `&after=${number ?? 0}` : number ? `&before=${number}` : "";
  return `/operator/${queue}?waiting=${waiting}&limit=${PAGE}${from}`;
}
