/** How the venue is: what its page asks, and what an operator plans and says. */

import {
  call,
  type Done,
  type Maintenance,
  type MaintenanceBody,
  type NoticeBody,
  type StatusReply,
} from "./api";

const because = (why: string) => `?why=${encodeURIComponent(why)}`;

export const status = {
  read: () => call<StatusReply>("GET", "/status"),
  plan: (body: MaintenanceBody, why: string) =>
    call<Maintenance>("POST", `/operator/maintenance${because(why)}`, body),
  end: (id: number, why: string) =>
    call<Done>("DELETE", `/operator/maintenance/${id}${because(why)}`),
  tell: (body: NoticeBody, why: string) =>
    call<Done>("POST", `/operator/notices${because(why)}`, body),
};
