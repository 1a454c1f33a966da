/** Tickets: what the page of them asks of the venue. */

import {
  base,
  call,
  type AttachmentBody,
  type MessageBody,
  type TicketAttachment,
  type TicketBody,
  type TicketPage,
  type TicketsPage,
  type TicketStateBody,
} from "./api";

const one = (id: string | number) => `/support/tickets/${encodeURIComponent(id)}`;

export const support = {
  list: () => call<TicketsPage>("GET", "/support/tickets"),
  read: (id: string) => call<TicketPage>("GET", one(id)),
  open: (body: TicketBody) => call<TicketPage>("POST", "/support/tickets", body),
  write: (id: number, body: MessageBody) => call<TicketPage>("POST", `${one(id)}/messages`, body),
  put: (id: number, state: TicketStateBody["state"]) =>
    call<TicketPage>("PUT", `${one(id)}/state`, { state }),
};

export const supportFile = () => `${base()}/support/export`;

/** A file as the venue takes it; of one that is too large only so much that it is refused. */
export async function attachment(
  file: File | undefined,
  most_bytes: number,
): Promise<AttachmentBody | null> {
  if (!file) return null;
  const bytes = new Uint8Array(await file.slice(0, most_bytes + 1).arrayBuffer());
  const content = btoa(Array.from(bytes, (each) => String.fromCharCode(each)).join(""));
  return { name: file.name, type: file.type, content };
}

export const dataOf = ({ type, content }: TicketAttachment) => `data:${type};base64,${content}`;
