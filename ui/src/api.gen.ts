// Made by ui/make_types.py from the venue's schema. Do not edit.

/** A refusal: a stable code, the field it is about (or empty), a sentence. */
export interface ErrorReply {
  code: string;
  field: string;
  message: string;
}

/** What is meant by an order that opens risk; its stop, and its target, are the order's own. */
export interface PlanNote {
  reason: "lesson" | "breakout" | "fade" | "trend" | "hedge" | "copied" | "other";
  max_loss: string;
  note?: string;
  hours?: string | null;
}

/** An order to come, by what it may lose: its size is the answer. */
export interface PlanBody {
  symbol: string;
  side: "buy" | "sell";
  stop_price: string;
  max_loss: string;
  price?: string | null;
  target_price?: string | null;
  hours?: string | null;
}

/** An order. `stop_price` and `target_price` come along: a linked stop and take-profit. */
export interface OrderBody {
  symbol: string;
  side: "buy" | "sell";
  type: "limit" | "market" | "post" | "ioc" | "fok" | "stop" | "take_profit";
  size?: string | null;
  client_id?: string;
  price?: string | null;
  trigger_price?: string | null;
  trigger_signal?: "mark" | "index" | "last";
  reduce_only?: boolean;
  leverage?: string | null;
  leg?: "long" | "short" | null;
  stop_price?: string | null;
  stop_loss?: string | null;
  stop_percent?: string | null;
  target_price?: string | null;
  target_profit?: string | null;
  target_percent?: string | null;
  trail?: string | null;
  trail_percent?: string | null;
  rests?: boolean;
  slides?: boolean;
  display_size?: string | null;
  close_position?: boolean;
  expires_ms?: number | null;
  before_ms?: number | null;
  plan?: PlanNote | null;
}

/** New open size, price or trigger of an order; what is absent stays. */
export interface AmendBody {
  size?: string | null;
  price?: string | null;
  trigger_price?: string | null;
  before_ms?: number | null;
  why?: "room" | "level" | "news" | "loss" | "other" | null;
}

/** End all orders, of one market or (absent) of all. */
export interface CancelAllBody {
  symbol?: string | null;
}

/** Close a position at market, whole or in part. */
export interface CloseBody {
  size?: string | null;
  leg?: "long" | "short" | null;
  client_id?: string;
}

/** Practice money into (above zero) or out of (below zero) an isolated position. */
export interface MarginBody {
  amount: string;
}

/** Practice money between the money for spot (`cash`) and the money for futures (`flex`). */
export interface TransferBody {
  asset: string;
  amount: string;
  source: "cash" | "flex";
  target: "cash" | "flex";
}

/** Isolated at this leverage, or cross when null; with a `margin_mode`, that mode's leverage. */
export interface LeverageBody {
  symbol: string;
  leverage: string | null;
  margin_mode?: "cross" | "isolated" | null;
}

/** One position a market, or a long and a short leg in those that allow it. */
export interface PositionModeBody {
  mode: "one_way" | "hedge";
}

/** Isolated margin here is topped up by itself before it is liquidated, or not. */
export interface TopUpBody {
  symbol: string;
  enabled: boolean;
}

/** A risk limit of at least this much money, in the asset that the market settles in. */
export interface RiskLimitBody {
  symbol: string;
  limit: string;
}

/** New values of a term, in the units of a rulebook file; `effective_ms` null: at once. */
export interface TermsBody {
  symbol: string;
  term: "tier" | "tier_bound" | "margin_factor" | "fees" | "liquidation_fee" | "position_max" | "order_max" | "market_band" | "collar" | "funding_cap";
  values: Array<string>;
  tier?: number;
  effective_ms?: number | null;
}

/** What the world's clock is to do. `speed` for action speed, `step_ms` for action step. */
export interface ClockBody {
  action: "pause" | "resume" | "speed" | "step";
  speed?: string | null;
  step_ms?: number | null;
}

/** Go on, as fast as it goes, until something happens; the world is paused there. */
export interface RunBody {
  until: "event" | "fill" | "funding" | "liquidation" | "price" | "time";
  of?: string;
  symbol?: string;
  price?: string | null;
  signal?: "mark" | "index" | "last";
  limit_ms?: number;
}

/** A further world, by the name of a shipped scenario. */
export interface WorldBody {
  scenario: string;
}

/** From when a branch goes its own way: after a seq, at a world time, or now (neither). */
export interface BranchBody {
  seq?: number | null;
  time_ms?: number | null;
  name?: string;
}

/** What a world is called. */
export interface TitleBody {
  title: string;
}

/** An exported world's file in the venue's `exports` folder, and the name it is to have. */
export interface FileBody {
  file: string;
  name?: string;
}

/** One thing about an account's past done otherwise (`longshore.practice.counterfactual`). */
export interface WhatIfBody {
  change?: string;
  rulebook?: string;
  symbol?: string;
  seq?: number | null;
  time_ms?: number | null;
  until_ms?: number | null;
  flow?: "agents" | "frozen";
}

/** A new account and its first deposits: asset code to amount, into the flex wallet. */
export interface AccountBody {
  name: string;
  deposits?: Record<string, string>;
}

/** Practice money out of the venue. */
export interface WithdrawalBody {
  asset: string;
  amount: string;
  wallet?: "cash" | "flex" | "coin";
}

/** Practice money for an account. */
export interface DepositBody {
  account: string;
  asset: string;
  amount: string;
  wallet?: "cash" | "flex" | "coin";
}

/** Somebody by name. */
export interface NameBody {
  name: string;
}

/** A new API key of an account. */
export interface KeyBody {
  account: string;
  permissions?: Array<"read" | "trade" | "transfer">;
}

/** A language that sentences can be had in, by `lang` or by `Accept-Language`. */
export interface LanguageChoice {
  code: string;
  name: string;
}

/** What this is, and what it is not. */
export interface About {
  name: string;
  version: string;
  banner: string;
  banner_line: string;
  realism: string;
  disclaimers: Array<string>;
  rulebook: string;
  venue: string;
  region: string;
  as_of: string;
  world: string;
  feed: string;
  engine: "plain" | "jit" | "checked";
  faithful: boolean;
  unverified: Array<string>;
  default_symbol: string;
  account: string;
  person: string;
  role: "learner" | "trader" | "teacher" | "operator" | "auditor";
  onshore: boolean;
  owns_world: boolean;
  language: string;
  languages: Array<LanguageChoice>;
}

/** How the venue that a world's prices come from is heard. `since` is by the wall clock. */
export interface LiveState {
  venue: string;
  state: "connected" | "reconnecting" | "stale" | "left";
  since: number | null;
  outages: number;
  why: string;
  text: string;
}

/** Maintenance of the venue that is under way or near, with a countdown in words. */
export interface MaintenanceNow {
  id: number;
  phase: "announced" | "closing" | "down" | "opening";
  text: string;
}

/** Where the world's clock stands. */
export interface ClockState {
  world_time: number;
  wall_time: number;
  paused: boolean;
  speed: string;
  mode: "real" | "manual";
  live: LiveState | null;
  maintenance: MaintenanceNow | null;
}

/** The state after so many commands. The same letters: the same state, to the last atom. */
export interface StateReply {
  seq: number;
  world_time: number;
  digest: string;
}

/** How many sockets were cut. */
export interface Cut {
  sockets: number;
}

/** Where it stands now. `met`: what was waited for has happened. */
export interface RunResult {
  met: boolean;
  seq: number;
  clock: ClockState;
}

/** A world of this venue. Times in milliseconds; `note` says why it was ended, if unasked. */
export interface WorldInfo {
  name: string;
  scenario: string;
  title: string;
  path: string;
  running: boolean;
  owner: string;
  parent: string;
  parent_seq: number;
  parent_time: number;
  seq: number;
  world_time: number;
  size_bytes: number;
  memory_bytes: number;
  viewers: number;
  resting: boolean;
  note: string;
}

/** A world that is not here any more, and the branches that were made whole. */
export interface WorldGone {
  name: string;
  made_whole: Array<string>;
}

/** A world as a file in the venue's `exports` folder. */
export interface WorldFile {
  name: string;
  file: string;
  seq: number;
  world_time: number;
}

/** An account in one of two worlds: what it has, holds, and what happened since they parted. */
export interface AccountSide {
  name: string;
  seq: number;
  world_time: number;
  equity: string;
  positions: Array<PositionSide>;
  points: Array<EquityPoint>;
  events: Array<EventSide>;
  events_left_out: number;
}

/** A position of one side. */
export interface PositionSide {
  symbol: string;
  size: string;
  entry: string;
  mark: string;
  pnl: string;
}

/** What the account had at a world time. */
export interface EquityPoint {
  time: number;
  equity: string;
}

/** One thing that happened to the account. */
export interface EventSide {
  seq: number;
  time: number;
  kind: string;
  symbol: string;
  price: string;
  size: string;
}

/** An account in two worlds that were one until `seq`. */
export interface SideBySide {
  account: string;
  seq: number;
  time: number;
  left: AccountSide;
  right: AccountSide;
}

/** How it ended, one way. `kept`: all the account has; `paid_in`: of that, from outside. */
export interface WhatIfEnding {
  end: string;
  told: string;
  entry: string;
  liquidated_at: string;
  ended_at: string;
  kept: string;
  paid_in: string;
  refusals: Array<string>;
  digest: string;
}

/** Both ways, and the answer in sentences. `reproduced`: unchanged it came to the same state. */
export interface WhatIfAnswer {
  account: string;
  market: string;
  change: string;
  flow: string;
  agents_changed: boolean;
  reproduced: boolean | null;
  before: WhatIfEnding;
  after: WhatIfEnding;
  told: Array<string>;
}

/** A scenario that can be started; `prices` says whose they are and what of them is made. */
export interface ScenarioInfo {
  name: string;
  title: string;
  description: string;
  prices: string;
  licence: string;
  recorded: boolean;
}

/** What runs and what could. Limits: worlds at once, in all, and the memory of each. */
export interface Worlds {
  worlds: Array<WorldInfo>;
  scenarios: Array<ScenarioInfo>;
  running_max: number;
  worlds_max: number;
  memory_max_bytes: number;
  rest_after_s: number;
  end_after_s: number;
}

/** Funding of a perpetual, in words first. */
export interface FundingNow {
  rate: string;
  rate_pct: string;
  predicted: string;
  next_ms: number;
  text: string;
}

/** A market's terms and where it stands. */
export interface Market {
  symbol: string;
  title: string;
  kind: "spot" | "perpetual" | "future";
  expiry_ms: number | null;
  base: string;
  quote: string;
  settle: string;
  inverse: boolean;
  contract_value: string;
  state: "active" | "post_only" | "cancel_only" | "halted" | "expired" | "auction";
  state_text: string;
  tick_size: string;
  lot_size: string;
  size_unit: string;
  price_decimals: number;
  size_decimals: number;
  leverage_max: string | null;
  leverage_preference: string | null;
  leverage_cross: string | null;
  top_up: boolean | null;
  mark: string | null;
  last: string | null;
  index: string | null;
  index_age_ms: number | null;
  funding: FundingNow | null;
  open_interest: string;
  volume_24h: string;
  high_24h: string | null;
  low_24h: string | null;
  change_24h_pct: string | null;
  maker_fee_pct: string;
  taker_fee_pct: string;
}

/** One candle. */
export interface Bar {
  time: number;
  open: string;
  high: string;
  low: string;
  close: string;
  volume: string;
}

/** The best levels: [price, size, total size up to here], best first. */
export interface BookReply {
  symbol: string;
  seq: number;
  time: number;
  bids: Array<[string, string, string]>;
  asks: Array<[string, string, string]>;
}

/** One public match. */
export interface Trade {
  id: string;
  time: number;
  price: string;
  size: string;
  side: "buy" | "sell";
  liquidation: boolean;
}

/** One interval's rate. */
export interface FundingRateRow {
  time: number;
  rate: string;
  index: string;
  text: string;
}

/** Funding of a market: now and before, newest first. */
export interface FundingReply {
  now: FundingNow | null;
  rates: Array<FundingRateRow>;
}

/** One asset in one wallet. */
export interface WalletRow {
  wallet: string;
  asset: string;
  amount: string;
  held: string;
  value: string | null;
}

/** Where the venue would close the position. */
export interface Liquidation {
  state: "price" | "none" | "unknown";
  price: string | null;
  price_text: string;
  distance_pct: string | null;
  distance_usd: string | null;
  daily_moves: string | null;
  text: string;
}

/** What the position pays (below zero) or receives at the end of this interval. */
export interface FundingNext {
  amount: string;
  next_ms: number;
  text: string;
}

/** One position, in words first. */
export interface PositionCard {
  symbol: string;
  side: "long" | "short";
  size: string;
  mode: "cross" | "isolated";
  leverage: string | null;
  opened_ms: number;
  sentences: Array<string>;
  entry_price: string;
  mark_price: string;
  unit: string | null;
  value: string;
  margin: string;
  unrealised: string;
  unrealised_text: string;
  unrealised_pct_margin: string;
  unrealised_pct_price: string;
  realised: string;
  fees: string;
  funding: string;
  buffer_pct: string;
  buffer_text: string;
  buffer_level: "full" | "half" | "quarter" | "tenth";
  break_even: string | null;
  liquidation: Liquidation;
  funding_next: FundingNext | null;
  stop: OrderReply | null;
  target: OrderReply | null;
  distances_pct: Distances;
}

/** How far from the mark the position's lines are, as a share of the mark, without a sign. */
export interface Distances {
  entry: string;
  stop: string | null;
  target: string | null;
}

/** One order, open or gone. */
export interface OrderReply {
  id: string;
  client_id: string;
  symbol: string;
  side: "buy" | "sell";
  type: "limit" | "market" | "post" | "ioc" | "fok" | "stop" | "take_profit" | "liquidation";
  status: "open" | "waiting" | "attached" | "filled" | "ended";
  size: string;
  filled: string;
  remaining: string;
  price: string | null;
  average_price: string | null;
  trigger_price: string | null;
  trigger_signal: "mark" | "index" | "last" | null;
  trail: string | null;
  trail_percent: string | null;
  rests: boolean;
  close_position: boolean;
  display_size: string | null;
  expires_ms: number | null;
  reduce_only: boolean;
  linked_id: string | null;
  placed_ms: number;
  updated_ms: number;
  reason: string;
  reason_text: string;
}

/** All that stands now, at `seq`. */
export interface AccountReply {
  name: string;
  seq: number;
  world_time: number;
  equity: string;
  free: string;
  initial_margin: string;
  maintenance_margin: string;
  unrealised: string;
  wallets: Array<WalletRow>;
  positions: Array<PositionCard>;
  position_mode: "one_way" | "hedge";
  orders: Array<OrderReply>;
  can_start_fresh: boolean;
  fresh_starts: number;
}

/** The account's side of a match. */
export interface Fill {
  id: string;
  order_id: string;
  client_id: string;
  symbol: string;
  time: number;
  side: "buy" | "sell";
  role: string;
  cause: "you" | "stop" | "target" | "liquidation" | "adl" | "assignment" | "delisting" | "expiry";
  price: string;
  size: string;
  value: string;
  fee: string;
  fee_text: string;
  pnl: string;
  pnl_text: string;
  funding: string;
  position: string;
}

/** A position made smaller or ended, by whom or what, and what that realised. */
export interface CloseRow {
  id: string;
  time: number;
  symbol: string;
  side: "long" | "short";
  cause: "you" | "stop" | "target" | "liquidation" | "adl" | "assignment" | "delisting" | "expiry";
  cause_text: string;
  price: string;
  size: string;
  left: string;
  pnl: string;
  pnl_text: string;
  fee: string;
  fee_text: string;
  funding: string;
  funding_text: string;
}

/** What is gone of one opening, first in, first out: a part of a position, or coins. */
export interface TaxLot {
  id: string;
  symbol: string;
  side: "long" | "short" | "coin";
  acquired: number | null;
  how_acquired: string;
  disposed: number;
  how_disposed: string;
  size: string;
  currency: string;
  cost: string | null;
  opening_fee: string;
  proceeds: string | null;
  closing_fee: string;
  funding: string;
  gain: string | null;
}

/** What became of an order: itself, its fills, and the protective orders placed with it. */
export interface OrderResult {
  order: OrderReply;
  fills: Array<Fill>;
  stop: OrderReply | null;
  target: OrderReply | null;
  duplicate: boolean;
}

/** Open orders first, then the history by placement, newest first. */
export interface OrderPage {
  open: Array<OrderReply>;
  history: Array<OrderReply>;
}

/** How many orders ended. */
export interface CancelResult {
  ended: number;
}

/** Funding paid (below zero) or received. */
export interface FundingPaymentRow {
  symbol: string;
  time: number;
  amount: string;
  text: string;
  rate: string;
  position: string;
}

/** One move of money. */
export interface LedgerRow {
  id: string;
  time: number;
  wallet: string;
  asset: string;
  amount: string;
  amount_text: string;
  balance: string;
  balance_text: string;
  reason: string;
  symbol: string | null;
  order_id: string | null;
}

/** A liquidation, told in words. */
export interface LiquidationRow {
  id: string;
  time: number;
  ended: number | null;
  wallet: string;
  symbol: string | null;
  equity: string;
  equity_text: string;
  margin: string;
  margin_text: string;
  mark: string | null;
  closed: boolean;
}

/** What is left in the wallet it came from. */
export interface WithdrawalResult {
  asset: string;
  wallet: string;
  balance: string;
}

/** A balance after a deposit or a transfer. */
export interface DepositResult {
  account: string;
  asset: string;
  wallet: string;
  balance: string;
}

/** The margin of an isolated position after it was moved, and what that did. */
export interface MarginResult {
  account: string;
  asset: string;
  wallet: string;
  balance: string;
  sentences: Array<string>;
}

/** What the two balances hold after a move of money between them. */
export interface TransferResult {
  asset: string;
  cash: string;
  flex: string;
}

/** A market's margin mode for this account. */
export interface LeverageResult {
  symbol: string;
  leverage: string | null;
}

/** An account by name. */
export interface AccountInfo {
  name: string;
  account_id: number;
}

/** An API key. The secret is base64, as the imitated venue gives it, and shown once. */
export interface KeyInfo {
  key: string;
  secret: string;
  account: string;
  permissions: Array<string>;
}

/** The account's position mode. */
export interface PositionModeResult {
  mode: "one_way" | "hedge";
}

/** Whether isolated margin in the market is topped up by itself. */
export interface TopUpResult {
  symbol: string;
  enabled: boolean;
}

/** What the position with its orders may be worth from now on. */
export interface RiskLimitResult {
  symbol: string;
  limit: string;
}

/** A change of a market's terms: in force, or waiting for its time. */
export interface TermsChange {
  symbol: string;
  term: "tier" | "tier_bound" | "margin_factor" | "fees" | "liquidation_fee" | "position_max" | "order_max" | "market_band" | "collar" | "funding_cap";
  tier: number;
  values: Array<string>;
  effective_ms: number;
}

/** One line of the receipt: before and after. */
export interface Row {
  label: string;
  before: string;
  after: string;
  key: string;
}

/** One line of what it costs. */
export interface Cost {
  label: string;
  amount: string;
  key: string;
}

/** A sentence as a program reads it: which message, with what values, and its text. */
export interface Fact {
  key: string;
  params: Record<string, string>;
  text: string;
}

/** A number with the rule that made it and the numbers the rule took. */
export interface Node {
  key: string;
  label: string;
  value: string;
  exact: string;
  unit: string;
  how: string;
  per: string;
  formula: string;
  article: string;
  source: string;
  inputs: Array<Node>;
}

/** A stop or a target as a price, and in words what it comes to with both fees. */
export interface BracketReply {
  price: string;
  text: string;
}

/** What an order would do, from the engine's own rules. `code` is a Reject's name or empty. */
export interface PreviewReply {
  ok: boolean;
  reject: string;
  reason: string;
  field: string;
  seq: number;
  sentences: Array<string>;
  rows: Array<Row>;
  costs: Array<Cost>;
  liquidation: Liquidation | null;
  submit_label: string;
  warnings: Array<string>;
  facts: Array<Fact>;
  gate: boolean;
  stop: BracketReply | null;
  target: BracketReply | null;
}

/** A number of an explanation, ready to show. */
export interface Figure {
  label: string;
  value: string;
}

/** Something that happened on the way to a liquidation, in words. */
export interface Moment {
  time: number;
  text: string;
}

/** A wallet's equity at a moment, and the maintenance margin it had to cover. */
export interface Standing {
  time: number;
  equity: string;
  maintenance: string;
}

/** Sentences and the numbers they stand on; of a liquidation also how it came about. */
export interface ExplainReply {
  when: string;
  sentences: Array<string>;
  numbers: Array<Figure>;
  moments: Array<Moment>;
  course: Array<Standing>;
  unit: string | null;
  facts: Array<Fact>;
  trees: Array<Node>;
}

/** Something a lesson asks; with choices, one of them, each with its label. */
export interface LessonQuestion {
  id: string;
  ask: string;
  unit: string;
  choices: Array<string>;
  labels: Array<string>;
}

/** A paragraph, or a list of items. */
export interface TextBlock {
  text: string;
  items: Array<string>;
}

/** One page: its heading, text, one action, questions, and the condition that ends it. */
export interface LessonStep {
  heading: string;
  text: Array<TextBlock>;
  action: string;
  asks: Array<string>;
  does: string;
  when: string;
}

/** A lesson or drill, and how well the account knows it. Wall times in milliseconds. */
export interface LessonInfo {
  name: string;
  kind: string;
  number: number;
  title: string;
  about: string;
  minutes: number;
  unlocked: boolean;
  level: number;
  level_name: string;
  evidence: Array<string>;
  next_wall: number;
}

/** A lesson as it is read. */
export interface LessonPages {
  lesson: LessonInfo;
  steps: Array<LessonStep>;
  questions: Array<LessonQuestion>;
  venues: Array<string>;
}

/** A question people ask, its answer, and the scenario or lesson that shows it. */
export interface CommonQuestion {
  ask: string;
  answer: string;
  scenario: string;
  lesson: string;
}

/** One thing to have done before real money; `done` is the engine's word. */
export interface ChecklistItem {
  title: string;
  about: string;
  done: boolean;
  lessons: Array<string>;
}

/** All there is to learn, in order. */
export interface Learning {
  levels: Array<string>;
  lessons: Array<LessonInfo>;
  questions: Array<CommonQuestion>;
  checklist: Array<ChecklistItem>;
}

/** A step that is met or not; the command after which it was, and what to say then. */
export interface StepState {
  met: boolean;
  seq: number;
  time: number;
  right: string;
}

/** The last answer to a question, and after which command it was given. */
export interface LessonAnswer {
  question: string;
  answer: string;
  seq: number;
}

/** An address of the toy wallet, and whose it is: `you` or `venue`. */
export interface ToyAddress {
  holder: string;
  address: string;
}

/** The toy wallet of a lesson that has one. Coins are toy coins; `told` says each act's end. */
export interface ToyState {
  acts: Array<string>;
  networks: Array<string>;
  addresses: Array<ToyAddress>;
  in_wallet: string;
  at_venue: string;
  words: string;
  phone_lost: boolean;
  told: Array<string>;
}

/** Where a lesson stands in this world. `feedback` is about `wrong`; both empty: nothing is. */
export interface LessonState {
  lesson: string;
  passed: boolean;
  steps: Array<StepState>;
  wrong: string;
  feedback: string;
  answers: Array<LessonAnswer>;
  toy: ToyState | null;
}

/** The account's first isolated trade, in terms that belong to no venue, as JSON; empty: none. */
export interface LessonTrade {
  seq: number;
  account_id: number;
  trade: string;
}

/** The world whose first trade is run again under the lesson's rulebooks. */
export interface LessonVenuesBody {
  world: string;
}

/** One rulebook's column: its id, what it is called, and how the trade ended there. */
export interface LessonVenue {
  rulebook: string;
  title: string;
  told: string;
}

/** A figure under each rulebook, and whether they differ in it. */
export interface VenueLine {
  label: string;
  cells: Array<string>;
  differs: boolean;
}

/** One value of a rulebook, with its source and date as they are cited. */
export interface RuleValue {
  path: string;
  value: string;
  unit: string;
  cited: string;
}

/** A value in both rulebooks; None where one does not have it. */
export interface RulePair {
  left: RuleValue | null;
  right: RuleValue | null;
}

/** Values that belong together, tried alone against the first rulebook. */
export interface RuleGroup {
  group: string;
  label: string;
  rulebook: string;
  verdict: string;
  told: string;
  values: Array<RulePair>;
}

/** One trade under several rulebooks. Lines that differ and groups that decide come first. */
export interface LessonVenues {
  venues: Array<LessonVenue>;
  lines: Array<VenueLine>;
  groups: Array<RuleGroup>;
}

/** All that an account had at a time, in dollars to the cent. */
export interface WayPoint {
  time: number;
  equity: string;
}

/** One of three ways for the same money. `liquidated` 0: it was not closed for the account. */
export interface Way {
  kind: "spot" | "future" | "perpetual";
  title: string;
  symbol: string;
  liquidated: number;
  kept: string;
  told: string;
  points: Array<WayPoint>;
  cells: Array<string>;
}

/** The same money in coins, a dated future and a perpetual; `rows` name the cells. */
export interface Ways {
  money: string;
  leverage: string;
  leverage_max: string;
  told: string;
  rows: Array<string>;
  ways: Array<Way>;
}

/** `anyway`: although the lesson before it is not passed. */
export interface LessonStartBody {
  anyway?: boolean;
  seed?: number | null;
}

/** An answer to a question of the lesson. */
export interface LessonAnswerBody {
  question: string;
  answer: string;
}

/** The world in which it was done. */
export interface LessonPassBody {
  world: string;
}

/** A point of a curve: the position at another mark. `closed`: past liquidation. */
export interface Elsewhere {
  percent: string;
  price: string;
  result: string;
  closed: boolean;
}

/** A held position at another price, later, at another funding; nothing of it has happened. */
export interface AheadReply {
  symbol: string;
  text: string;
  price: string;
  closed: boolean;
  result: string;
  result_text: string;
  mark: string;
  curve: Array<Elsewhere>;
  unit: string | null;
}

/** Something that can be put into a blank. */
export interface SayBackChip {
  id: string;
  label: string;
}

/** A blank of the sentence about a position: how the sentence comes to it, and its chips. */
export interface SayBackBlank {
  blank: "holds" | "side" | "size" | "risk" | "ends" | "funding";
  before: string;
  chips: Array<SayBackChip>;
}

/** A held position, to be said back. */
export interface SayBackBlanks {
  symbol: string;
  blanks: Array<SayBackBlank>;
}

/** A chip for each blank that is filled. */
export interface SayBackBody {
  said: Record<"holds" | "side" | "size" | "risk" | "ends" | "funding", string>;
  leg?: "long" | "short" | null;
}

/** A blank: whether its chip is so, and what is. */
export interface SayBackGrade {
  blank: "holds" | "side" | "size" | "risk" | "ends" | "funding";
  chip: string;
  right: boolean;
  because: string;
}

/** Every blank that was filled; `passed`: all are, and all are so. */
export interface SayBackReply {
  symbol: string;
  passed: boolean;
  blanks: Array<SayBackGrade>;
}

/** What is imagined, how it would go were the chip true, and how it goes. Nothing of it is. */
export interface SayBackWorld {
  happens: string;
  believed: string;
  real: string;
}

/** A reason for an order, by its code and as it is shown. */
export interface ReasonChoice {
  code: "lesson" | "breakout" | "fade" | "trend" | "hedge" | "copied" | "other";
  label: string;
}

/** Values to begin a plan with, and the reasons there are. */
export interface PlanStart {
  reasons: Array<ReasonChoice>;
  max_loss: string;
  stop_price: string;
  target_price: string;
  text: string;
}

/** A plan as it was made, with the id of the order it came with. */
export interface PlanRow {
  order_id: string;
  time: number;
  symbol: string;
  side: "long" | "short";
  reason: "lesson" | "breakout" | "fade" | "trend" | "hedge" | "copied" | "other";
  reason_text: string;
  note: string;
  size: string;
  stop_price: string;
  max_loss: string;
  max_loss_text: string;
  target_price: string | null;
  hold_ms: number | null;
  entry_price: string;
}

/** The size that follows from a plan. `ok` false: there is none, `reason` and `field` say why. */
export interface PlanReply {
  ok: boolean;
  reason: string;
  field: string;
  size: string;
  loss: string;
  fees: string;
  slippage: string;
  sentences: Array<string>;
}

/** One part of a result; below zero it was lost. `exact` has all digits, and those add up. */
export interface DebriefPart {
  key: string;
  label: string;
  amount: string;
  exact: string;
}

/** What was planned beside what happened; `kept` null: nothing that could be kept. */
export interface DebriefLine {
  key: string;
  label: string;
  planned: string;
  actual: string;
  kept: boolean | null;
}

/** One of the facts that the process score counts. */
export interface DebriefFact {
  key: string;
  text: string;
  kept: boolean;
}

/** What could be done at a moment; `change` is what `/worlds/{world}/what-if` takes for it. */
export interface DebriefChoice {
  code: "did" | "leave" | "close" | "half";
  label: string;
  change: string | null;
}

/** A decision. Until one is chosen, what was done and what came of it is not told. */
export interface DebriefMoment {
  id: number;
  time: number;
  seq: number;
  text: string;
  choices: Array<DebriefChoice>;
  chosen: "did" | "leave" | "close" | "half" | null;
  after: string;
}

/** A move of the stop. `outcome` is empty until all moments are chosen, or it was read. */
export interface DebriefMove {
  id: number;
  time: number;
  kind: "set" | "widened" | "tightened" | "removed";
  text: string;
  why: string;
  more: string;
  outcome: string;
}

/** A closed position: its result in parts, the plan beside it, what was kept, its moments. */
export interface DebriefReply {
  id: string;
  symbol: string;
  side: "long" | "short";
  opened: number;
  closed: number;
  cause: "you" | "stop" | "target" | "liquidation" | "adl" | "assignment" | "delisting" | "expiry";
  headline: string;
  result: string;
  result_text: string;
  parts: Array<DebriefPart>;
  plan: PlanRow | null;
  lines: Array<DebriefLine>;
  facts: Array<DebriefFact>;
  score: number;
  moments: Array<DebriefMoment>;
  moves: Array<DebriefMove>;
  near: Array<string>;
  guided: boolean;
  guided_text: string;
  practise: string;
  rule: string;
  liquidation: string;
  read: boolean;
}

/** A closed position in a list. */
export interface DebriefInfo {
  id: string;
  time: number;
  symbol: string;
  side: "long" | "short";
  size: string;
  cause_text: string;
  result: string;
  result_text: string;
  score: number;
  facts: number;
  read: boolean;
}

/** What is chosen at a moment of a debrief; moment 0 and `read`: it has been gone through. */
export interface ChoiceBody {
  moment: number;
  choice: "did" | "leave" | "close" | "half" | "read";
}

/** Guided practice on or off, as the person at the page has it. */
export interface GuidedBody {
  on: boolean;
}

/** The limits of a session, each or none: what it may lose, positions opened, leverage. */
export interface LimitsBody {
  max_loss?: string | null;
  max_trades?: number | null;
  max_leverage?: string | null;
}

/** New risk waits, closing and reducing do not. `asked`: its end was asked for. */
export interface PauseReply {
  cause: "losses" | "limit";
  ends: number;
  asked: boolean;
  text: string;
  override_label: string;
}

/** Where guided practice stands for an account; a limit that is null is none. */
export interface GuardrailsReply {
  guided: boolean;
  pause: PauseReply | null;
  max_loss: string | null;
  max_trades: number | null;
  max_leverage: string | null;
  fixed: string;
  text: Array<string>;
}

/** Why a stop is moved away, by its code and as it is shown. */
export interface WhyChoice {
  code: "room" | "level" | "news" | "loss" | "other";
  label: string;
}

/** A stop at another price. `whys` is empty where nothing has to be said about it. */
export interface StopMoveReply {
  widens: boolean;
  more: string;
  text: string;
  whys: Array<WhyChoice>;
}

/** Something to do near liquidation, and how the position would stand then. */
export interface NearOption {
  choice: "reduce" | "close" | "add" | "keep";
  label: string;
  after: string;
  buffer_pct: string | null;
  size: string | null;
  amount: string | null;
  possible: boolean;
}

/** How near liquidation a position is; `asked`: nothing was chosen yet at this level. */
export interface NearReply {
  symbol: string;
  side: "long" | "short";
  level: "full" | "half" | "quarter" | "tenth";
  text: string;
  asked: boolean;
  options: Array<NearOption>;
}

/** What is done, with the size or amount that it was shown with. */
export interface NearBody {
  choice: "reduce" | "close" | "add" | "keep";
  size?: string | null;
  amount?: string | null;
  leg?: "long" | "short" | null;
  client_id?: string;
}

/** What was done, and put on record. */
export interface NearDone {
  choice: "reduce" | "close" | "add" | "keep";
  text: string;
}

/** A trade to be passed on, as a text and as the end of an address of the screen. */
export interface TradeText {
  text: string;
  link: string;
}

/** Somebody's trade: its text, or a link. */
export interface CopyBody {
  text: string;
}

/** A plan to begin from somebody's trade: why, and the most to lose, are still to be said. */
export interface CopiedTrade {
  symbol: string;
  side: "buy" | "sell";
  stop_price: string;
  target_price: string | null;
  hours: string | null;
  text: string;
}

/** A term: what it means, the account's number of now, the hard words that stand for it. */
export interface GlossaryTerm {
  key: string;
  title: string;
  means: string;
  now: string;
  words: Array<string>;
}

/** All terms, as they stand in one perpetual market. */
export interface GlossaryReply {
  symbol: string;
  terms: Array<GlossaryTerm>;
}

/** One rule in a sentence, and where it was read; `path` empty: it holds for all markets. */
export interface ContractLine {
  key: string;
  label: string;
  text: string;
  path: string;
  source: string;
  url: string;
  date: string;
  verified: boolean;
  note: string;
}

/** Rules about one thing. */
export interface ContractPart {
  key: string;
  title: string;
  lines: Array<ContractLine>;
}

/** A market under a rulebook; `mine` are the account's numbers, none under another rulebook. */
export interface ContractReply {
  symbol: string;
  rulebook: string;
  title: string;
  as_of: string;
  parts: Array<ContractPart>;
  mine: Array<GlossaryTerm>;
}

/** Where a market stands; what has not changed is sent again. */
export interface MarketMessage {
  type: "market";
  seq: number;
  world_time: number;
  symbol: string;
  state: "active" | "post_only" | "cancel_only" | "halted" | "expired" | "auction";
  state_text: string;
  mark: string | null;
  last: string | null;
  index: string | null;
  index_age_ms: number | null;
  funding: FundingNow | null;
  bids: Array<[string, string, string]>;
  asks: Array<[string, string, string]>;
  trades: Array<Trade>;
  candle: Bar | null;
}

/** The account after something of its own happened, or its marks moved. */
export interface AccountMessage {
  type: "account";
  seq: number;
  world_time: number;
  account: AccountReply;
  fills: Array<Fill>;
}

/** Something that befell a market, an index or the venue. */
export interface NoticeRow {
  time: number;
  code: string;
  text: string;
  symbol: string | null;
}

/** Something to say: a liquidation, a trigger, an engine that was handed over. */
export interface NoticeMessage {
  type: "notice";
  seq: number;
  world_time: number;
  code: string;
  text: string;
  symbol: string | null;
  ref: string | null;
}

/** The clock changed, or a second has passed. */
export interface ClockMessage {
  type: "clock";
  seq: number;
  world_time: number;
  clock: ClockState;
}

/** The first message of a stream, and the one after a reconnection. */
export interface SnapshotMessage {
  type: "snapshot";
  seq: number;
  world_time: number;
  market: MarketMessage;
  account: AccountMessage;
  clock: ClockState;
}

/** Name, password and, where the person has them on, the one-time code of now. */
export interface SignInBody {
  name: string;
  password: string;
  code?: string;
}

/** A new person. Teachers and operators are made by an operator. */
export interface SignUpBody {
  name: string;
  password: string;
  role?: "learner" | "trader";
}

/** One's own role; the other two are given by an operator. */
export interface RoleBody {
  role: "learner" | "trader";
}

/** A person's role, as an operator gives it. */
export interface AnyRoleBody {
  role: "learner" | "trader" | "teacher" | "operator" | "auditor";
}

/** A change of password, which ends all other sessions. */
export interface PasswordBody {
  password: string;
  new_password: string;
}

/** The password once more, before something that guards it is changed. */
export interface ConfirmBody {
  password: string;
}

/** A one-time code. */
export interface CodeBody {
  code: string;
}

/** Who is signed in. */
export interface PersonInfo {
  name: string;
  role: "learner" | "trader" | "teacher" | "operator" | "auditor";
  code_is_on: boolean;
  sessions: number;
  told: Array<string>;
}

/** A secret for one-time codes, told this once. It counts when a code of it was given. */
export interface CodeStart {
  secret: string;
  uri: string;
  picture: string;
}

/** A new API key of one's own account. */
export interface OwnKeyBody {
  permissions?: Array<"read" | "trade" | "transfer">;
}

/** An API key without its secret. `id` names it in addresses. */
export interface KeyRow {
  id: string;
  key: string;
  permissions: Array<string>;
}

/** A key that signs nothing any more. */
export interface KeyGone {
  id: string;
}

/** The session is over. */
export interface SignedOut {
  signed_out: boolean;
}

/** A person as an operator sees them. */
export interface PersonRow {
  name: string;
  role: "learner" | "trader" | "teacher" | "operator" | "auditor";
  code_is_on: boolean;
  sessions: number;
  made_ms: number;
}

/** A password made by the venue for somebody who lost theirs, told this once. */
export interface NewPassword {
  name: string;
  password: string;
}

/** A new class. */
export interface ClassBody {
  title: string;
}

/** A join code, as a teacher gave it. */
export interface JoinBody {
  code: string;
}

/** A lesson or drill that a class is to do, and how well one learner knows it. */
export interface ClassLesson {
  name: string;
  title: string;
  kind: string;
  level: number;
  level_name: string;
  evidence: Array<string>;
}

/** A world that a class shares. */
export interface ClassWorld {
  name: string;
  title: string;
}

/** A class as its learner sees it: with their own progress, and nobody else's. */
export interface ClassInfo {
  id: string;
  title: string;
  teacher: string;
  lessons: Array<ClassLesson>;
  worlds: Array<ClassWorld>;
}

/** A class in its teacher's list. */
export interface ClassRow {
  id: string;
  title: string;
  code: string;
  learners: number;
}

/** The classes somebody teaches, and those they are in. */
export interface ClassList {
  told: Array<string>;
  teaching: Array<ClassRow>;
  joined: Array<ClassInfo>;
}

/** One learner of a class: levels and their evidence, never money. */
export interface LearnerRow {
  name: string;
  joined_ms: number;
  lessons: Array<ClassLesson>;
}

/** A class as its teacher sees it. */
export interface ClassPage {
  id: string;
  title: string;
  code: string;
  told: Array<string>;
  lessons: Array<ClassLesson>;
  worlds: Array<ClassWorld>;
  learners: Array<LearnerRow>;
}

/** A class that is no more, or that somebody is not in any more. */
export interface ClassGone {
  id: string;
}

/** An alert would be dismissed, handed on or opened again. */
export interface AlertAct {
  id: number;
  state: "open" | "dismissed" | "escalated";
}

/** A ticket would be answered. */
export interface AnswerAct {
  text?: string;
  template?: "received" | "by_the_rules" | "more_needed" | "put_right" | "not_ours" | null;
  id: number;
}

/** A case would be accepted or refused. */
export interface CaseAct {
  accept: boolean;
  case: string;
}

/** A ticket would be closed or opened again. */
export interface TicketAct {
  state: "closed" | "reopened";
  id: number;
}

/** Maintenance of the whole venue, in minutes of the world's time. */
export interface MaintenanceBody {
  down_min: number;
  reason: string;
  from_ms?: number | null;
  closing_min?: number;
  opening_min?: number;
}

/** A line for everybody, on the notice board and the status page. */
export interface NoticeBody {
  text: string;
}

/** Trouble with the imitated APIs; all zero is none. The same seed brings the same trouble. */
export interface TroubleTerms {
  seed?: number;
  delay_ms?: number;
  jitter_ms?: number;
  limited_percent?: number;
  away_percent?: number;
  lost_percent?: number;
  dropped_percent?: number;
  repeated_percent?: number;
  cut_after?: number;
  skew_ms?: number;
}

/** What a market is to accept from now on. */
export interface StateBody {
  symbol: string;
  state: "active" | "post_only" | "cancel_only" | "halted";
}

/** One index price of a market's coin, so many percent from the present one. */
export interface IndexBody {
  symbol: string;
  percent: string;
}

/** What would be done: one of these, as its own route takes it. */
export interface EffectBody {
  state?: StateBody | null;
  index?: IndexBody | null;
  terms?: TermsBody | null;
  maintenance?: MaintenanceBody | null;
  maintenance_off?: number;
  notice?: NoticeBody | null;
  trouble?: TroubleTerms | null;
  clock?: ClockBody | null;
  cut?: boolean;
  identity?: CaseAct | null;
  ticket?: AnswerAct | null;
  ticket_state?: TicketAct | null;
  alert?: AlertAct | null;
  rest?: string;
  export?: string;
  proposal?: number;
}

/** What would be done and what would come of it at once; nothing has been done. */
export interface Effect {
  text: string;
  effects: Array<string>;
  refused: string;
}

/** What has been done. */
export interface Done {
  text: string;
}

/** What was made of an alert. */
export interface AlertBody {
  state: "open" | "dismissed" | "escalated";
}

/** Something that looked like abuse of the market. */
export interface AlertLine {
  id: number;
  state: "open" | "dismissed" | "escalated";
  state_text: string;
  pattern: string;
  pattern_text: string;
  accounts: Array<string>;
  symbol: string;
  from_time: number;
  to_time: number;
  from_seq: number;
  to_seq: number;
  text: string;
}

/** Alerts, and whether the watch goes on: an error of our own stops it, not the venue. */
export interface AlertsPage {
  watching: boolean;
  alerts: Array<AlertLine>;
}

/** An event of the journal, and what it is to the alert. */
export interface AlertEvidence {
  seq: number;
  index: number;
  time: number;
  text: string;
}

/** What was measured, in words. */
export interface AlertFigure {
  title: string;
  text: string;
}

/** An alert with what was measured, in the unit each name ends with, and the newest evidence. */
export interface AlertPage {
  alert: AlertLine;
  figures: Record<string, number>;
  told_figures: Array<AlertFigure>;
  evidence: Array<AlertEvidence>;
}

/** One leg of one account, beside what is open in its market. */
export interface ReportedPosition {
  account: string;
  symbol: string;
  side: "long" | "short";
  size: string;
  share_pct: string;
  value: string;
  large: boolean;
  opened: number;
}

/** Who holds what, and from where on it is large. */
export interface PositionReport {
  seq: number;
  world_time: number;
  large_share_pct: number;
  large_value: number;
  positions: Array<ReportedPosition>;
}

/** A market as its operator sees it. */
export interface ConsoleMarket {
  symbol: string;
  title: string;
  kind: "spot" | "perpetual" | "future";
  state: "active" | "post_only" | "cancel_only" | "halted" | "expired" | "auction";
  state_text: string;
  mark: string | null;
  index: string | null;
  orders: number;
  positions: number;
  open_interest: string;
}

/** A law of the engine, and whether it holds. */
export interface ConsoleCheck {
  key: "conservation" | "clearing" | "holds";
  title: string;
  holds: boolean;
  text: string;
}

/** What one of the venue's own accounts has of an asset. */
export interface Fund {
  account: "insurance" | "pool" | "conversion" | "venue";
  title: string;
  asset: string;
  amount: string;
}

/** All that must hold, looked at in this moment. */
export interface Checks {
  seq: number;
  checks: Array<ConsoleCheck>;
  funds: Array<Fund>;
}

/** A term that may change: what it is, and what the rulebook's file says. */
export interface TermNow {
  term: string;
  title: string;
  tier: number;
  now: Array<string>;
  file: Array<string>;
}

/** A value that is not the same in two rulebooks; empty where one does not have it. */
export interface RuleDifference {
  path: string;
  left: string;
  left_source: string;
  right: string;
  right_source: string;
}

/** The rules of a market in force, and how another rulebook differs from this world's. */
export interface Rules {
  symbol: string;
  rulebook: string;
  terms: Array<TermNow>;
  rulebooks: Array<string>;
  against: string;
  differences: Array<RuleDifference>;
}

/** Built-in traders of one kind. */
export interface CastRow {
  kind: string;
  count: number;
  markets: Array<string>;
}

/** What moves this world, and who is connected. */
export interface Cast {
  feed: string;
  feed_text: string;
  seed: number;
  agents: Array<CastRow>;
  accounts: number;
  sockets: number;
  screens: number;
}

/** What an operator did, and why. */
export interface LoggedDeed {
  id: number;
  who: string;
  wall_ms: number;
  world_time: number;
  seq: number;
  text: string;
  why: string;
  approved_by: string;
}

/** Not carried out but kept, with status 202: a second operator has to approve it. */
export interface Waits {
  proposal: number;
  text: string;
  until_ms: number;
}

/** Something an operator wants done. */
export interface ProposalLine {
  id: number;
  state: "waiting" | "taken" | "approved" | "declined" | "withdrawn" | "lapsed" | "interrupted";
  act: string;
  text: string;
  who: string;
  why: string;
  wall_ms: number;
  until_ms: number;
  is_own: boolean;
  decided_by: string;
  decided_ms: number;
  decided_why: string;
}

/** Whether operators' acts wait here for a second one, and those that do or did. */
export interface ProposalsPage {
  four_eyes: boolean;
  proposals: Array<ProposalLine>;
}

/** Where the made-up owner of an account lives; `state` where the country has them. */
export interface ResidenceBody {
  country: string;
  state?: string;
}

/** One of the made-up people, shown for a tier. */
export interface IdentityBody {
  person: string;
  tier?: "basic" | "intermediate" | "pro";
}

/** Why a refused case should be looked at again, by a person. */
export interface AppealBody {
  text: string;
}

/** A provider's signed decision of one case. An empty verdict: nothing is wrong. */
export interface DecisionBody {
  case: string;
  verdict: string;
  delivery: string;
  sent_ms: number;
  signature: string;
}

/** A disclosure that was read, by version and hash. */
export interface ConsentBody {
  product: "spot" | "perpetual" | "dated";
  version: string;
  sha256: string;
}

/** Answers to an attempt's questions, by their names: a, b or c. */
export interface QuestionsBody {
  attempt: number;
  answers: Record<string, string>;
}

/** So many days nothing can be opened. It can be made longer, and not shorter. */
export interface ExclusionBody {
  days: number;
}

/** Limits of a day, each or none, in the settlement asset. */
export interface OwnLimitsBody {
  deposit?: string | null;
  loss?: string | null;
}

/** What the operator decides of a case; without a flaw the person is known. */
export interface QueueBody {
  accept: boolean;
}

/** The state of an account. */
export interface AccountStateBody {
  state: "active" | "close_only" | "frozen" | "closed";
}

/** One step of the checklist. */
export interface StepReply {
  id: "residence" | "identity" | "disclosure" | "questions" | "inactive";
  product: "spot" | "perpetual" | "dated" | null;
  title: string;
  why: string;
  state: "done" | "todo" | "waiting" | "refused" | "blocked";
  text: string;
}

/** What may be opened or moved; else why not, by the code that an order is refused with. */
export interface GateReply {
  id: "spot" | "perpetual" | "dated" | "deposit" | "withdrawal";
  title: string;
  open: boolean;
  code: string;
  text: string;
  cap: string | null;
}

/** What a made-up document says. */
export interface PaperReply {
  kind: string;
  name: string;
  born: string;
  country: string;
  number: string;
  expires: string;
}

/** Somebody made up. */
export interface PersonReply {
  id: string;
  name: string;
  born: string;
  country: string;
  state: string;
  paper: PaperReply;
}

/** How the newest case stands. */
export interface CaseReply {
  state: "none" | "waiting" | "accepted" | "refused" | "appealed" | "expired";
  person: string;
  tier: "unverified" | "basic" | "intermediate" | "pro";
  flaw: string;
  text: string;
}

/** Where an account stands; in a world without such rules `on` is false and all is open. */
export interface OnshoreReply {
  on: boolean;
  note: string;
  title: string;
  country: string;
  state: string;
  warning: string;
  tier: "unverified" | "basic" | "intermediate" | "pro";
  tier_text: string;
  account_state: "active" | "close_only" | "frozen" | "closed";
  account_state_text: string;
  steps: Array<StepReply>;
  gates: Array<GateReply>;
  case: CaseReply;
  countries: Array<string>;
  states: Array<string>;
  changes: Array<string>;
  stays: Array<string>;
  deposit_limit: string | null;
  loss_limit: string | null;
  excluded_ms: number | null;
  unverified: string;
}

/** A disclosure as it stands, in Markdown. */
export interface DocumentReply {
  product: "spot" | "perpetual" | "dated";
  version: string;
  sha256: string;
  language: string;
  text: string;
  agreed: boolean;
}

/** One question with its choices. */
export interface QuestionReply {
  id: string;
  text: string;
  choices: Record<string, string>;
}

/** An attempt's questions; `again_ms`: the earliest time of the next one. */
export interface QuestionsReply {
  attempt: number;
  passes: number;
  questions: Array<QuestionReply>;
  again_ms: number | null;
  text: string;
}

/** A case in the operator's queue, or one that has left it. */
export interface WaitingCase {
  account: string;
  case: string;
  person: PersonReply;
  tier: "unverified" | "basic" | "intermediate" | "pro";
  tier_text: string;
  country: string;
  appeal: string;
  state: "none" | "waiting" | "accepted" | "refused" | "appealed" | "expired";
  state_text: string;
  reason: string;
  found: string;
  since: number;
}

/** A decision was taken. */
export interface Taken {
  case: string;
  verdict: "expired" | "name_mismatch" | "under_age" | "sanctioned" | "elsewhere" | "by_hand" | "";
}

/** One asset over one made-up chain. */
export interface NetworkRow {
  network: string;
  title: string;
  asset: string;
  like: string;
  block_s: number;
  confirmations: number;
  final: number;
  needs_memo: boolean;
  deposit_min: string;
  withdrawal_min: string;
  withdrawal_fee: string;
  network_fee: string;
  fee_asset: string;
  left_today: string | null;
  text: string;
}

/** Where the account's deposits over one network go. */
export interface PlaceRow {
  network: string;
  address: string;
  memo: string;
  text: string;
}

/** Coins that came to an address of the account's. */
export interface ChainDepositRow {
  id: number;
  network: string;
  asset: string;
  amount: string;
  address: string;
  memo: string;
  txid: string;
  stage: "seen" | "confirming" | "held" | "credited" | "unclaimed" | "gone";
  confirmations: number;
  needed: number;
  seen_ms: number;
  text: string;
}

/** An address of the account's book. */
export interface EntryRow {
  name: string;
  network: string;
  address: string;
  memo: string;
  usable: boolean;
  usable_ms: number;
  text: string;
}

/** Coins on their way out. */
export interface ChainWithdrawalRow {
  id: number;
  network: string;
  asset: string;
  amount: string;
  fee: string;
  arrives: string;
  name: string;
  address: string;
  memo: string;
  txid: string;
  stage: "asked" | "waiting" | "sent" | "done" | "cancelled" | "refused";
  confirmations: number;
  final: number;
  asked_ms: number;
  text: string;
}

/** A practice message with a one-time code. */
export interface CodeMessage {
  message: string;
  code: string;
}

/** What one book of an asset holds. */
export interface CustodyLine {
  book: string;
  amount: string;
  text: string;
}

/** Of one asset what the chains hold for the venue, and whose it is. */
export interface HoldingRow {
  asset: string;
  on_chains: string;
  hot: string;
  cold: string;
  frozen: boolean;
  books: Array<CustodyLine>;
}

/** What an address of a practice wallet holds. */
export interface WalletCoin {
  network: string;
  address: string;
  asset: string;
  amount: string;
}

/** A practice wallet of one's own: its words are told once and kept nowhere. */
export interface WalletReply {
  words: string;
  coins: Array<WalletCoin>;
  text: string;
}

/** A payment that was sent. */
export interface SentReply {
  txid: string;
  text: string;
}

/** A message that is real, or bait. */
export interface MessageRow {
  id: string;
  sender: string;
  text: string;
  asks_words: boolean;
}

/** What went to whoever laid the bait. */
export interface TakenCoins {
  network: string;
  asset: string;
  amount: string;
}

/** Whether a message was told apart, and by what. */
export interface MessageReply {
  right: boolean;
  bait: boolean;
  text: string;
  taken: Array<TakenCoins>;
}

/** Which network a deposit will come over. */
export interface PlaceBody {
  network: string;
}

/** An address to keep. */
export interface EntryBody {
  name: string;
  network: string;
  address: string;
  memo?: string;
}

/** A withdrawal to come, to an address of the book. */
export interface ChainCodeBody {
  name: string;
  asset: string;
  amount: string;
  wallet?: "cash" | "flex";
}

/** A withdrawal, with the one-time code that was told for it. */
export interface ChainWithdrawalBody {
  name: string;
  asset: string;
  amount: string;
  wallet?: "cash" | "flex";
  code?: string;
}

/** The words of a wallet; without any, a new one is made. */
export interface WalletBody {
  words?: string;
}

/** What somebody takes a message for; with words, that it was believed. */
export interface VerdictBody {
  verdict: "real" | "bait";
  words?: string;
}

/** A payment out of a practice wallet. */
export interface SendBody {
  words: string;
  network: string;
  asset: string;
  address: string;
  amount: string;
  memo?: string;
}

/** Made-up coins for any address. */
export interface GiftBody {
  network: string;
  asset: string;
  address: string;
  amount: string;
  memo?: string;
}

/** Whether withdrawals over chains stand still. */
export interface FreezeBody {
  frozen: boolean;
}

/** A deposit that came wrongly, and whose it is. */
export interface RecoveryBody {
  id: number;
  account: string;
}

/** A small file: PNG, JPEG, PDF or text, its content in base64. */
export interface AttachmentBody {
  name: string;
  type: string;
  content: string;
}

/** A new ticket; `liquidation` names the one that is disputed, and no other ticket has it. */
export interface TicketBody {
  category: "disputed_liquidation" | "order" | "deposit_or_withdrawal" | "identity" | "complaint" | "other";
  text: string;
  symbol?: string;
  liquidation?: string;
  attachment?: AttachmentBody | null;
}

/** What the owner of a ticket adds to it. */
export interface MessageBody {
  text: string;
  attachment?: AttachmentBody | null;
}

/** One side closes a ticket, or opens a closed one again. */
export interface TicketStateBody {
  state: "closed" | "reopened";
}

/** An answer in the operator's own words, or by a template; one of the two. */
export interface TicketAnswerBody {
  text?: string;
  template?: "received" | "by_the_rules" | "more_needed" | "put_right" | "not_ours" | null;
}

/** A file of a message, its content in base64. */
export interface TicketAttachment {
  name: string;
  type: string;
  size_bytes: number;
  content: string;
}

/** What one side wrote, at a time of the world. */
export interface TicketMessage {
  by: "customer" | "operator";
  time: number;
  text: string;
  template: string;
  attachment: TicketAttachment | null;
}

/** An event of the account by its place in history, `seq-index`. */
export interface TicketEvent {
  kind: "fill" | "order" | "liquidation";
  id: string;
}

/** One side closed it or opened it again, at a time of the world. */
export interface TicketMove {
  state: "closed" | "reopened";
  by: "customer" | "operator";
  time: number;
}

/** A ticket in a list. */
export interface TicketLine {
  id: number;
  account: string;
  category: "disputed_liquidation" | "order" | "deposit_or_withdrawal" | "identity" | "complaint" | "other";
  category_text: string;
  state: "open" | "answered" | "closed" | "reopened";
  state_text: string;
  symbol: string;
  liquidation: string;
  opened: number;
  changed: number;
  messages: number;
  first: string;
}

/** What a ticket may be about. */
export interface TicketCategory {
  id: "disputed_liquidation" | "order" | "deposit_or_withdrawal" | "identity" | "complaint" | "other";
  text: string;
}

/** The account's tickets, newest first, and what a further one may be about and carry. */
export interface TicketsPage {
  note: string;
  categories: Array<TicketCategory>;
  attachment_types: Array<string>;
  attachment_bytes_max: number;
  text_max: number;
  tickets: Array<TicketLine>;
}

/** One ticket, whole. */
export interface TicketPage {
  ticket: TicketLine;
  messages: Array<TicketMessage>;
  moves: Array<TicketMove>;
  events: Array<TicketEvent>;
  autopsy: Array<string>;
}

/** An answer that every customer reads in their language. */
export interface TicketTemplate {
  id: "received" | "by_the_rules" | "more_needed" | "put_right" | "not_ours";
  text: string;
}

/** All of them, and how long an answer in the operator's own words may be. */
export interface TicketTemplates {
  templates: Array<TicketTemplate>;
  text_max: number;
}

/** All tickets of an account, whole, oldest first. */
export interface TicketExport {
  account: string;
  world: string;
  time: number;
  tickets: Array<TicketPage>;
}

/** How many wait for the operator in each queue. */
export interface Queues {
  identities: number;
  tickets: number;
  alerts: number;
}

/** One that is planned or under way. Times are the world's, in ms. */
export interface Maintenance {
  id: number;
  phase: "announced" | "closing" | "down" | "opening";
  closing: number;
  down: number;
  opening: number;
  active: number;
  reason: string;
  text: string;
  steps: Array<string>;
}

/** Something the venue does, and how it does it now. */
export interface VenuePart {
  key: "orders" | "market_data" | "money" | "journal" | "watch" | "apis";
  title: string;
  state: "up" | "limited" | "down";
  text: string;
}

/** A market, and what it takes now. */
export interface MarketNow {
  symbol: string;
  state: "active" | "post_only" | "cancel_only" | "halted" | "expired" | "auction";
  text: string;
}

/** Something that did not work as usual. `until` is empty while it goes on, or was not seen. */
export interface IncidentLine {
  kind: "maintenance" | "market" | "trouble" | "freeze" | "withdrawals";
  begins: number;
  until: number | null;
  goes_on: boolean;
  symbol: string | null;
  text: string;
  lasted: string;
}

/** What an operator told everybody. */
export interface VenueNotice {
  time: number;
  text: string;
}

/** How the venue is, for anybody; it shows nothing of anyone. */
export interface StatusReply {
  state: "up" | "limited" | "down";
  text: string;
  note: string;
  world_time: number;
  parts: Array<VenuePart>;
  markets: Array<MarketNow>;
  maintenance: Array<Maintenance>;
  incidents: Array<IncidentLine>;
  notices: Array<VenueNotice>;
}
