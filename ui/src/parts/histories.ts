/** The lists of what happened: where each comes from and how its columns read. */

import { api, type Fill, type FundingPaymentRow, type LedgerRow, type LiquidationRow } from "../api";
import { dateAndTime, grouped, usd } from "../text";

export type HistoryName = "fills" | "funding" | "ledger" | "liquidations";

export interface Cell {
  text: string;
  number?: boolean;
  /** The liquidation to read about, where the cell leads to one. */
  liquidation?: string;
}

export interface History {
  name: HistoryName;
  columns: string[];
  rows(): Promise<Cell[][]>;
}

const words = (text: string): Cell => ({ text });
const figure = (text: string): Cell => ({ text, number: true });

function fill(row: Fill): Cell[] {
  return [
    words(dateAndTime(row.time)),
    words(row.symbol),
    words(`${row.side} (${row.cause})`),
    figure(row.size),
    figure(grouped(row.price)),
    figure(usd(row.fee)),
    figure(usd(row.pnl)),
  ];
}

function funding(row: FundingPaymentRow): Cell[] {
  const text = row.amount.startsWith("-") ? `you paid ${usd(row.amount.slice(1))}` : `you received ${usd(row.amount)}`;
  return [words(dateAndTime(row.time)), words(row.symbol), figure(row.position), figure(text)];
}

function ledger(row: LedgerRow): Cell[] {
  const reason = row.reason.replaceAll("_", " ");
  return [
    words(dateAndTime(row.time)),
    words(reason),
    words(row.wallet),
    figure(`${grouped(row.amount)} ${row.asset}`),
    figure(grouped(row.balance)),
  ];
}

function liquidation(row: LiquidationRow): Cell[] {
  return [
    words(dateAndTime(row.time)),
    words(row.symbol ?? row.wallet),
    figure(grouped(row.mark)),
    figure(usd(row.equity)),
    { text: "Why?", liquidation: row.id },
  ];
}

export const HISTORIES: Record<HistoryName, History> = {
  fills: {
    name: "fills",
    columns: ["Time (UTC)", "Market", "Side (cause)", "Size", "Price", "Fee", "Profit or loss"],
    rows: async () => (await api.fills()).map(fill),
  },
  funding: {
    name: "funding",
    columns: ["Time (UTC)", "Market", "Position", "Funding"],
    rows: async () => (await api.fundingPayments()).map(funding),
  },
  ledger: {
    name: "ledger",
    columns: ["Time (UTC)", "Why", "Wallet", "Amount", "Balance"],
    rows: async () => (await api.ledger()).map(ledger),
  },
  liquidations: {
    name: "liquidations",
    columns: ["Time (UTC)", "Market", "Mark", "Equity", "Explanation"],
    rows: async () => (await api.liquidations()).map(liquidation),
  },
};
