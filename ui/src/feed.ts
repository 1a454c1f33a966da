/** One socket to the venue. Market data is painted at most ten times a second; the rest at once. */

import type {
  AccountMessage,
  ClockMessage,
  MarketMessage,
  NoticeMessage,
  SnapshotMessage,
  Trade,
} from "./api.gen";
import { base } from "./api";

export type StreamMessage =
  MarketMessage | AccountMessage | NoticeMessage | ClockMessage | SnapshotMessage;

export interface Listener {
  /** The latest market message, and every trade since the last call, oldest first. */
  onMarket(latest: MarketMessage, trades: Trade[]): void;
  /** Whether the line to the venue stands. */
  onLine(stands: boolean): void;
  /** The session is over: the venue tells this browser nothing more. */
  onSignedOut(): void;
  /** Anything else, in order, at once. */
  onMessage(message: Exclude<StreamMessage, MarketMessage>): void;
}

const CALM = matchMedia("(prefers-reduced-motion: reduce)");
export const NOT_SIGNED_IN = "NOT_SIGNED_IN";
const RETRY_MS = [250, 500, 1000, 2000];

export class Feed {
  /** When anything was last heard, on the browser's own monotonic clock. */
  heardAt = performance.now();
  private socket: WebSocket | null = null;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private latest: MarketMessage | null = null;
  private trades: Trade[] = [];
  private queued = false;
  private paintedAt = 0;
  private closed = false;

  constructor(
    private readonly symbol: string,
    private readonly listener: Listener,
    private readonly lang: string,
  ) {
    this.open();
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.retry);
    this.socket?.close();
  }

  private open(): void {
    const address = new URL(`${base()}/stream`, location.href);
    address.protocol = address.protocol.replace("http", "ws");
    address.searchParams.set("symbol", this.symbol);
    address.searchParams.set("lang", this.lang);
    this.socket = new WebSocket(address);
    this.socket.onmessage = (event: MessageEvent<string>) =>
      this.hear(JSON.parse(event.data) as StreamMessage);
    this.socket.onopen = () => !this.closed && this.listener.onLine(true);
    this.socket.onclose = ({ reason }) => {
      if (reason !== NOT_SIGNED_IN) this.reopen();
      else if (!this.closed) this.listener.onSignedOut();
    };
  }

  private reopen(): void {
    if (this.closed) return;
    this.listener.onLine(false);
    const wait = RETRY_MS[Math.min(this.failures, RETRY_MS.length - 1)];
    this.failures += 1;
    this.retry = setTimeout(() => this.open(), wait);
  }

  private hear(message: StreamMessage): void {
    this.heardAt = performance.now();
    this.failures = 0;
    if (message.type === "market") this.queue(message);
    else if (!this.closed) this.listener.onMessage(message);
  }

  private queue(message: MarketMessage): void {
    this.latest = message;
    this.trades.push(...message.trades);
    if (this.queued) return;
    this.queued = true;
    const paintsPerSecond = CALM.matches ? 2 : 10;
    const wait = Math.max(0, 1000 / paintsPerSecond - (performance.now() - this.paintedAt));
    setTimeout(() => requestAnimationFrame(() => this.paint()), wait);
  }

  private paint(): void {
    this.queued = false;
    this.paintedAt = performance.now();
    const latest = this.latest;
    if (latest && !this.closed) this.listener.onMarket(latest, this.trades.splice(0));
  }
}
