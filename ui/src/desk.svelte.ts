/** What of the trade page is looked at, so that a key or a command can open it too. */

export type Tab =
  | "positions"
  | "orders"
  | "closes"
  | "fills"
  | "funding"
  | "ledger"
  | "liquidations"
  | "alerts"
  | "session"
  | "messages";
export type PositionDialog = "" | "close" | "flip" | "protect" | "margin";

export const desk = $state({
  tab: "positions" as Tab,
  /** The dialog of a position that is open, and whose. */
  dialog: "" as PositionDialog,
  symbol: "",
  palette: false,
  keys: false,
  time: false,
  layout: false,
  /** What is to be done next stands elsewhere on the page: the ticket's button does not stand out. */
  elsewhere: false,
});

export function openDialog(dialog: PositionDialog, symbol: string): void {
  Object.assign(desk, { tab: "positions", dialog, symbol });
}
