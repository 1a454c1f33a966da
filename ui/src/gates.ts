/** The gates of an account: what the page of them asks of the venue. */

import {
  call,
  type ConsentBody,
  type DocumentReply,
  type OnshoreReply,
  type OwnLimitsBody,
  type PersonReply,
  type QuestionsBody,
  type QuestionsReply,
  type ResidenceBody,
  type IdentityBody,
} from "./api";

export const gates = {
  read: () => call<OnshoreReply>("GET", "/onshore"),
  people: () => call<PersonReply[]>("GET", "/onshore/people"),
  document: (product: string) => call<DocumentReply>("GET", `/onshore/documents/${product}`),
  live: (body: ResidenceBody) => call<OnshoreReply>("PUT", "/onshore/residence", body),
  show: (body: IdentityBody) => call<OnshoreReply>("POST", "/onshore/identity", body),
  appeal: (text: string) => call<OnshoreReply>("POST", "/onshore/identity/appeal", { text }),
  agree: (body: ConsentBody) => call<OnshoreReply>("POST", "/onshore/consents", body),
  questions: () => call<QuestionsReply>("GET", "/onshore/questions"),
  answer: (body: QuestionsBody) => call<QuestionsReply>("POST", "/onshore/questions", body),
  exclude: (days: number) => call<OnshoreReply>("POST", "/onshore/exclusion", { days }),
  limit: (body: OwnLimitsBody) => call<OnshoreReply>("PUT", "/onshore/limits", body),
  confirm: () => call<OnshoreReply>("POST", "/onshore/confirmation"),
};
