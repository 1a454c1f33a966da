/** What the venue last said about one world, kept reactive for the parts to read. */

import {
  api,
  Refusal,
  told,
  type About,
  type AccountReply,
  type ClockState,
  type Fill,
  type Market,
  type PositionCard,
} from "./api";
import type { MarketMessage, NoticeMessage, Trade } from "./api";
import type { Subject } from "./explaining.svelte";
import { Feed, NOT_SIGNED_IN, type Listener, type StreamMessage } from "./feed";

const TAPE_ROWS = 40;
const STALE_S = 3;
const NOTICE_MS = 10_000;
const LOG_ROWS = 100;
const LIQUIDATION = "LIQUIDATION_STARTED";
const BUFFER = "BUFFER_LOW";
const FLAT = "POSITION_FLAT";
/** What stays until it is read or over; anything else goes by itself. */
const STAYS: readonly string[] = [LIQUIDATION, BUFFER, "DELEVERAGED", "LOSS_SHARED", "ALERT"];

class Venue implements Listener {
  about = $state.raw<About | null>(null);
  markets = $state.raw<Market[]>([]);
  clock = $state.raw<ClockState | null>(null);
  ticker = $state.raw<MarketMessage | null>(null);
  trades = $state.raw<Trade[]>([]);
  account = $state.raw<AccountReply | null>(null);
  /** Grows with each fill of the account: lists and charts read their history again. */
  fillCount = $state(0);
  /** The debrief of the position that has just ended, until somebody took it. */
  ended = $state("");
  lastFill = $state.raw<Fill | null>(null);
  notices = $state.raw<NoticeMessage[]>([]);
  /** All that was told since the page was opened, newest first. */
  log = $state.raw<NoticeMessage[]>([]);
  /** Whether the visitor asked market data to stand still. */
  frozen = $state(false);
  symbol = $state("");
  /** The market to look at first in the world that is entered next. */
  wanted = "";
  /** Grows with each beginning of the stream, the first and every reconnection. */
  epoch = $state(0);
  silentSeconds = $state(0);
  /** Whether the line to the venue was lost; it is tried again and again. */
  lost = $state(false);
  offline = $state(!navigator.onLine);
  problem = $state("");
  /** Whether somebody has to sign in before anything is told. */
  signedOut = $state(false);

  readonly market = $derived(this.markets.find((each) => each.symbol === this.symbol) ?? null);
  readonly isSpot = $derived(this.market?.kind === "spot");
  readonly position = $derived(
    this.account?.positions.find((each) => each.symbol === this.symbol) ?? null,
  );
  readonly hasOrders = $derived(
    this.account?.orders.some((each) => each.symbol === this.symbol) ?? false,
  );
  readonly stale = $derived(this.silentSeconds >= STALE_S);

  private world = "";
  /** The newest liquidation of this account that has not been read. */
  readonly liquidation = $derived(
    this.notices.findLast((each) => each.code === LIQUIDATION) ?? null,
  );

  private feed: Feed | null = null;

  constructor() {
    setInterval(() => this.measureSilence(), 250);
    addEventListener("online", () => (this.offline = false));
    addEventListener("offline", () => (this.offline = true));
  }

  /** Go to a world: forget the one before, read what this one is, open its stream. Of the same
      world the same market is looked at again. */
  async enter(world: string): Promise<void> {
    const again = world === this.world && this.symbol;
    this.leave();
    this.world = world;
    try {
      const [about, markets] = await Promise.all([api.about(), api.markets()]);
      if (this.world !== world) return;
      this.about = about;
      this.markets = markets;
      this.problem = "";
      this.signedOut = false;
      this.watch(this.wanted || again || about.default_symbol);
      this.wanted = "";
    } catch (problem) {
      if (problem instanceof Refusal && problem.code === NOT_SIGNED_IN) this.onSignedOut();
      else this.problem = told(problem);
    }
  }

  /** Nothing of who was here before stays. */
  onSignedOut(): void {
    this.leave();
    this.about = null;
    this.problem = "";
    this.signedOut = true;
  }

  /** Follow another market of this world. */
  watch(symbol: string): void {
    this.feed?.close();
    this.symbol = symbol;
    this.ticker = null;
    this.trades = [];
    this.feed = new Feed(symbol, this, this.about?.language ?? "en");
  }

  /** A position as the subject of an explanation: in hedge mode one leg of two. */
  explains(position: PositionCard): Subject {
    const leg = this.account?.position_mode === "hedge" ? position.side : null;
    return { of: "position", symbol: position.symbol, leg };
  }

  /** The liquidations told so far have been read. */
  read(): void {
    this.notices = this.notices.filter((each) => each.code !== LIQUIDATION);
  }

  dismiss(notice: NoticeMessage): void {
    this.notices = this.notices.filter((each) => each !== notice);
  }

  onLine(stands: boolean): void {
    this.lost = !stands;
  }

  onMarket(latest: MarketMessage, trades: Trade[]): void {
    if (this.frozen) return;
    this.ticker = latest;
    if (trades.length) this.trades = tape([...trades.toReversed(), ...this.trades]);
  }

  onMessage(message: Exclude<StreamMessage, MarketMessage>): void {
    if (message.type === "clock") this.clock = message.clock;
    else if (message.type === "notice") this.tell(message);
    else if (message.type === "account") this.takeAccount(message.account, message.fills);
    else {
      this.clock = message.clock;
      this.ticker = message.market;
      this.takeAccount(message.account.account, []);
      this.epoch += 1;
      void this.readTape(this.symbol);
    }
  }

  private async readTape(symbol: string): Promise<void> {
    const read = await api.trades(symbol, TAPE_ROWS);
    if (symbol === this.symbol) this.trades = tape([...this.trades, ...read]);
  }

  private takeAccount(account: AccountReply, fills: Fill[]): void {
    this.account = account;
    this.notices = this.notices.filter((each) => each.code !== BUFFER || this.isLow(each));
    this.fillCount += fills.length;
    this.lastFill = fills.at(-1) ?? this.lastFill;
  }

  /** Whether a warning of a low buffer still says how it is. */
  private isLow({ symbol }: NoticeMessage): boolean {
    const held = this.account?.positions.find((each) => each.symbol === symbol);
    return held !== undefined && held.buffer_level !== "full";
  }

  tell(notice: NoticeMessage): void {
    const isOlder = ({ code, symbol }: NoticeMessage) => code === BUFFER && symbol === notice.symbol;
    const others =
      notice.code === BUFFER ? this.notices.filter((each) => !isOlder(each)) : this.notices;
    this.log = [notice, ...this.log].slice(0, LOG_ROWS);
    if (notice.code === FLAT) {
      this.ended = notice.ref ?? "";
      return;
    }
    this.notices = [...others, notice];
    if (!STAYS.includes(notice.code)) setTimeout(() => this.dismiss(notice), NOTICE_MS);
  }

  private leave(): void {
    this.feed?.close();
    this.feed = null;
    this.clock = null;
    this.ticker = null;
    this.account = null;
    this.trades = [];
    this.notices = [];
    this.log = [];
    this.frozen = false;
    this.silentSeconds = 0;
  }

  private measureSilence(): void {
    if (this.feed) this.silentSeconds = Math.floor((performance.now() - this.feed.heardAt) / 1000);
  }
}

/** The newest trades, each once: history and stream overlap where they meet. */
function tape(trades: Trade[]): Trade[] {
  return [...new Map(trades.map((trade) => [trade.id, trade])).values()].slice(0, TAPE_ROWS);
}

export const venue = new Venue();
