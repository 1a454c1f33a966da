/** The lists of what happened: where each comes from and how its columns read. */

import {
  api,
  type CloseRow,
  type Fill,
  type FundingPaymentRow,
  type LedgerRow,
  type LiquidationRow,
} from "../api";
import { dateAndTime, grouped } from "../text";

export type HistoryName = "closes" | "fills" | "funding" | "ledger" | "liquidations";

export interface Cell {
  text: string;
  number?: boolean;
  /** The exact amount behind a rounded text. */
  exact?: string;
  /** The liquidation to read about, where the cell leads to one. */
  liquidation?: string;
  /** The debrief of a position that ended. */
  debrief?: string;
  /** A label with a border: by whom or what. */
  pill?: string;
}

export interface History {
  name: HistoryName;
  /** What its file is called at the venue; none: it is not to be had as one. */
  file?: string;
  columns: string[];
  rows(): Promise<Cell[][]>;
}

const words = (text: string): Cell => ({ text });
const figure = (text: string): Cell => ({ text, number: true });
const money = (text: string, exact: string): Cell => ({ text, number: true, exact });

function fill(row: Fill): Cell[] {
  return [
    words(dateAndTime(row.time)),
    words(row.symbol),
    words(`${row.side} (${row.cause})`),
    figure(row.size),
    figure(grouped(row.price)),
    money(row.fee_text, row.fee),
    money(row.pnl_text, row.pnl),
  ];
}

function close(row: CloseRow): Cell[] {
  return [
    words(dateAndTime(row.time)),
    words(row.symbol),
    row.left === "0" ? { text: `${row.side}, ended`, debrief: row.id } : words(row.side),
    { text: row.cause_text, pill: row.cause },
    figure(row.size),
    figure(grouped(row.price)),
    money(row.pnl_text, row.pnl),
    money(row.fee_text, row.fee),
    money(row.funding_text, row.funding),
  ];
}

function funding(row: FundingPaymentRow): Cell[] {
  return [
    words(dateAndTime(row.time)),
    words(row.symbol),
    figure(row.position),
    money(row.text, row.amount),
  ];
}

function ledger(row: LedgerRow): Cell[] {
  const reason = row.reason.replaceAll("_", " ");
  return [
    words(dateAndTime(row.time)),
    words(reason),
    words(row.wallet),
    money(row.amount_text, `${row.amount} ${row.asset}`),
    money(row.balance_text, `${row.balance} ${row.asset}`),
  ];
}

function liquidation(row: LiquidationRow): Cell[] {
  return [
    words(dateAndTime(row.time)),
    words(row.symbol ?? row.wallet),
    figure(grouped(row.mark)),
    money(row.equity_text, row.equity),
    { text: "Why?", liquidation: row.id },
  ];
}

export const HISTORIES: Record<HistoryName, History> = {
  closes: {
    name: "closes",
    file: "closes",
    columns: [
      "Time (UTC)",
      "Market",
      "Position",
      "Closed by",
      "Size",
      "Price",
      "Profit or loss",
      "Fee",
      "Funding until then",
    ],
    rows: async () => (await api.closes()).map(close),
  },
  fills: {
    name: "fills",
    file: "fills",
    columns: ["Time (UTC)", "Market", "Side (cause)", "Size", "Price", "Fee", "Profit or loss"],
    rows: async () => (await api.fills()).map(fill),
  },
  funding: {
    name: "funding",
    file: "funding",
    columns: ["Time (UTC)", "Market", "Position", "Funding"],
    rows: async () => (await api.fundingPayments()).map(funding),
  },
  ledger: {
    name: "ledger",
    file: "ledger",
    columns: ["Time (UTC)", "Why", "Wallet", "Amount", "Balance"],
    rows: async () => (await api.ledger()).map(ledger),
  },
  liquidations: {
    name: "liquidations",
    columns: ["Time (UTC)", "Market", "Mark", "Equity", "Explanation"],
    rows: async () => (await api.liquidations()).map(liquidation),
  },
};
