/** The venue's own API, as the screen uses it. Types are made from the venue's schema. */

import type {
  About,
  AccountReply,
  AheadReply,
  AmendBody,
  Bar,
  BookReply,
  BranchBody,
  CancelResult,
  ChoiceBody,
  ClockBody,
  ClockState,
  CloseBody,
  CloseRow,
  ContractReply,
  CopiedTrade,
  DebriefReply,
  ErrorReply,
  ExplainReply,
  Fill,
  FundingPaymentRow,
  FundingReply,
  GlossaryReply,
  GuardrailsReply,
  Learning,
  LedgerRow,
  LessonInfo,
  LessonPages,
  LessonState,
  LessonVenues,
  LeverageResult,
  LimitsBody,
  LiquidationRow,
  Market,
  NearBody,
  NearDone,
  NearReply,
  OrderBody,
  OrderPage,
  OrderReply,
  OrderResult,
  PlanBody,
  PlanReply,
  PlanStart,
  PreviewReply,
  SayBackBody,
  SayBackReply,
  SayBackBlanks,
  SayBackWorld,
  RunBody,
  RunResult,
  SideBySide,
  StateReply,
  StopMoveReply,
  Trade,
  TradeText,
  TransferBody,
  TransferResult,
  WhatIfAnswer,
  WhatIfBody,
  WorldFile,
  WorldGone,
  WorldInfo,
  Ways,
  Worlds,
} from "./api.gen";
import type { Subject } from "./explaining.svelte";
import { language } from "./language.svelte";
import { route } from "./router.svelte";

export type * from "./api.gen";

/** The venue said no: a stable code, the field it is about, a sentence to show. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly field: string,
    message: string,
  ) {
    super(message);
  }
}

/** Where the API of a world lives; the main world has no prefix. */
export function base(world = route.world): string {
  return `${world ? `/w/${encodeURIComponent(world)}` : ""}/api/v1`;
}

/** Where a history is to be had as a file, and a statement as a page to print. */
export const fileOf = (what: string, format: "csv" | "parquet") =>
  `${base()}/export?what=${what}&format=${format}`;
export const statementPage = () => `${base()}/statement`;
/** Where the account's proof is that its balances are counted in what the venue says it owes. */
export const reservesProof = () => `${base()}/reserves/proof`;

/** A new idempotency key: the venue answers a second order with it like the first. */
export function clientId(): string {
  return `screen-${crypto.randomUUID()}`;
}

/** What an explanation is about, as the venue takes it. */
function about(subject: Exclude<Subject, { of: "order" } | { of: "term" }>): string {
  if (subject.of === "account") return "when=account";
  const of = `${subject.of}=${encodeURIComponent(subject.symbol)}`;
  return subject.of === "position" && subject.leg ? `${of}&leg=${subject.leg}` : of;
}

/** Another account than one's own, as an operator may name it. */
const ofAccount = (before: "?" | "&", name: string) =>
  name && `${before}account=${encodeURIComponent(name)}`;
const market = (symbol: string) => `/markets/${encodeURIComponent(symbol)}`;
const world = (name: string) => `/worlds/${encodeURIComponent(name)}`;
const lesson = (name: string) => `/lessons/${encodeURIComponent(name)}`;
const position = (symbol: string) => `/positions/${encodeURIComponent(symbol)}`;

export const api = {
  about: () => call<About>("GET", "/about"),
  clock: (body: ClockBody) => call<ClockState>("POST", "/clock", body),
  runUntil: (body: RunBody) => call<RunResult>("POST", "/clock/run", body),
  state: () => call<StateReply>("GET", "/clock/state"),
  worlds: () => call<Worlds>("GET", "/worlds", undefined, undefined, ""),
  startWorld: (scenario: string) => call<WorldInfo>("POST", "/worlds", { scenario }, undefined, ""),
  branch: (name: string, body: BranchBody) =>
    call<WorldInfo>("POST", `${world(name)}/branch`, body, undefined, ""),
  nameWorld: (name: string, title: string) =>
    call<WorldInfo>("PATCH", world(name), { title }, undefined, ""),
  stopWorld: (name: string) => call<WorldInfo>("POST", `${world(name)}/stop`, {}, undefined, ""),
  exportWorld: (name: string) => call<WorldFile>("POST", `${world(name)}/export`, {}, undefined, ""),
  importWorld: (file: string) =>
    call<WorldInfo>("POST", "/worlds/import", { file }, undefined, ""),
  deleteWorld: (name: string) => call<WorldGone>("DELETE", world(name), undefined, undefined, ""),

  compare: (name: string, other: string) =>
    call<SideBySide>(
      "GET",
      `${world(name)}/compare?other=${encodeURIComponent(other)}`,
      undefined,
      undefined,
      "",
    ),
  whatIf: (name: string, body: WhatIfBody) =>
    call<WhatIfAnswer>("POST", `${world(name)}/what-if`, body, undefined, ""),

  debrief: (id: string) => call<DebriefReply>("GET", `/debriefs/${encodeURIComponent(id)}`),
  chooseInDebrief: (id: string, body: ChoiceBody) =>
    call<DebriefReply>("POST", `/debriefs/${encodeURIComponent(id)}/choices`, body),

  learning: () => call<Learning>("GET", "/lessons", undefined, undefined, ""),
  lesson: (name: string) => call<LessonPages>("GET", lesson(name), undefined, undefined, ""),
  startLesson: (name: string, anyway: boolean, seed: number | null = null) =>
    call<WorldInfo>("POST", `${lesson(name)}/start`, { anyway, seed }, undefined, ""),
  runAtVenues: (name: string, world: string) =>
    call<LessonVenues>("POST", `${lesson(name)}/venues`, { world }, undefined, ""),
  passLesson: (name: string, world: string) =>
    call<LessonInfo>("POST", `${lesson(name)}/pass`, { world }, undefined, ""),
  ways: (leverage: string) =>
    call<Ways>("GET", `/ways?leverage=${encodeURIComponent(leverage)}`, undefined, undefined, ""),
  lessonState: (name: string) => call<LessonState>("GET", `${lesson(name)}/state`),
  answerLesson: (name: string, question: string, answer: string) =>
    call<LessonState>("POST", `${lesson(name)}/answers`, { question, answer }),

  markets: () => call<Market[]>("GET", "/markets"),
  candles: (symbol: string, interval_s: number, kind = "trade", limit = 500) =>
    call<Bar[]>(
      "GET",
      `${market(symbol)}/candles?kind=${kind}&interval_s=${interval_s}&limit=${limit}`,
    ),
  book: (symbol: string, depth: number) =>
    call<BookReply>("GET", `${market(symbol)}/book?depth=${depth}`),
  funding: (symbol: string, limit: number) =>
    call<FundingReply>("GET", `${market(symbol)}/funding?limit=${limit}`),
  trades: (symbol: string, limit: number) =>
    call<Trade[]>("GET", `${market(symbol)}/trades?limit=${limit}`),

  account: () => call<AccountReply>("GET", "/account"),
  orders: () => call<OrderPage>("GET", "/orders"),
  fills: () => call<Fill[]>("GET", "/fills"),
  closes: () => call<CloseRow[]>("GET", "/closes"),
  fundingPayments: () => call<FundingPaymentRow[]>("GET", "/funding-payments"),
  ledger: () => call<LedgerRow[]>("GET", "/ledger"),
  liquidations: (of = "") => call<LiquidationRow[]>("GET", `/liquidations${ofAccount("?", of)}`),
  freshStart: () => call<AccountReply>("POST", "/fresh-start"),

  sayBackBlanks: (symbol: string) => call<SayBackBlanks>("GET", `${position(symbol)}/say-back`),
  sayBack: (symbol: string, said: SayBackBody["said"]) =>
    call<SayBackReply>("POST", `${position(symbol)}/say-back`, { said }),
  ifTrue: (symbol: string, blank: string, chip: string) =>
    call<SayBackWorld>(
      "GET",
      `${position(symbol)}/if-true?blank=${blank}&chip=${encodeURIComponent(chip)}`,
    ),

  preview: (order: OrderBody, signal: AbortSignal) =>
    call<PreviewReply>("POST", "/preview", order, signal),
  startPlan: (symbol: string, side: string) =>
    call<PlanStart>("GET", `/plan?symbol=${encodeURIComponent(symbol)}&side=${side}`),
  plan: (plan: PlanBody) => call<PlanReply>("POST", "/plan", plan),
  place: (order: OrderBody) => call<OrderResult>("POST", "/orders", order),
  cancel: (id: string) => call<OrderReply>("DELETE", `/orders/${encodeURIComponent(id)}`),
  cancelAll: () => call<CancelResult>("POST", "/cancel-all", {}),
  close: (symbol: string, body: CloseBody) =>
    call<OrderResult>("POST", `${position(symbol)}/close`, body),
  whatIfHeld: (
    symbol: string,
    asked: { mark: number; hours: number; funding: number; leg: string | null },
  ) =>
    call<AheadReply>(
      "GET",
      `${position(symbol)}/what-if?mark_percent=${asked.mark ?? 0}&hours=${asked.hours ?? 0}` +
        `&funding=${asked.funding ?? 1}${asked.leg ? `&leg=${asked.leg}` : ""}`,
    ),
  addMargin: (symbol: string, amount: string) =>
    call<AccountReply>("POST", `${position(symbol)}/margin`, { amount }),

  transfer: (body: TransferBody) => call<TransferResult>("POST", "/transfers", body),
  amend: (id: string, body: AmendBody) =>
    call<OrderReply>("PATCH", `/orders/${encodeURIComponent(id)}`, body),
  near: (symbol: string, leg: string | null) =>
    call<NearReply>("GET", `${position(symbol)}/near${leg ? `?leg=${leg}` : ""}`),
  chooseNear: (symbol: string, body: NearBody) =>
    call<NearDone>("POST", `${position(symbol)}/near`, body),
  stopMove: (id: string, price: string) =>
    call<StopMoveReply>(
      "GET",
      `/orders/${encodeURIComponent(id)}/move?trigger_price=${encodeURIComponent(price)}`,
    ),
  tradeText: (id: string) =>
    call<TradeText>("GET", `/debriefs/${encodeURIComponent(id)}/trade`),
  copyTrade: (text: string) => call<CopiedTrade>("POST", "/plan/copy", { text }),
  guardrails: () => call<GuardrailsReply>("GET", "/guardrails"),
  sessionLimits: (body: LimitsBody) => call<GuardrailsReply>("PUT", "/session-limits", body),
  overridePause: () => call<GuardrailsReply>("POST", "/pause/override"),
  guided: (on: boolean) => call<GuardrailsReply>("PUT", "/guided", { on }),
  setLeverage: (symbol: string, leverage: string | null) =>
    call<LeverageResult>("PUT", "/leverage", { symbol, leverage }),

  glossary: (symbol: string) =>
    call<GlossaryReply>("GET", `/glossary?symbol=${encodeURIComponent(symbol)}`),
  contract: (symbol: string) => call<ContractReply>("GET", `${market(symbol)}/contract`),

  explainNumber: (subject: Exclude<Subject, { of: "term" }>, number: string) =>
    subject.of === "order"
      ? call<ExplainReply>("POST", "/explain", subject.body)
      : call<ExplainReply>("GET", `/explain?${about(subject)}&number=${number}`),
  explainLiquidation: (id: string, of = "") =>
    call<ExplainReply>(
      "GET",
      `/explain?liquidation=${encodeURIComponent(id)}${ofAccount("&", of)}`,
    ),
};

/** What a page of this site repeats to show that a change is its own; empty where nobody signs in. */
function seal(): Record<string, string> {
  const found = /(?:^|; )(?:__Host-)?longshore_seal=([0-9a-f]+)/.exec(document.cookie);
  return found?.[1] ? { "X-Longshore-Seal": found[1] } : {};
}

export async function call<T>(
  method: string,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
  world = route.world,
): Promise<T> {
  const reply = await fetch(base(world) + path, {
    method,
    ...(signal && { signal }),
    headers: {
      "Accept-Language": language.choice,
      ...seal(),
      ...(body !== undefined && { "Content-Type": "application/json" }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!reply.ok) throw await refusal(reply);
  return (await reply.json()) as T;
}

async function refusal(reply: Response): Promise<Refusal> {
  const text = await reply.text();
  try {
    const { code, field, message } = JSON.parse(text) as ErrorReply;
    return new Refusal(reply.status, code, field, message);
  } catch {
    return new Refusal(reply.status, "http", "", text || `${reply.status} ${reply.statusText}`);
  }
}

/** A failed call as a refusal, also where no answer came. */
export function refusalOf(problem: unknown): Refusal {
  return problem instanceof Refusal ? problem : new Refusal(0, "", "", told(problem));
}

/** What to show for a failed call: the venue's sentence, or that none came. */
export function told(problem: unknown): string {
  return problem instanceof Refusal ? problem.message : "No answer came from the venue.";
}
