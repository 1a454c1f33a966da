/** Numbers and times as shown. Digits are never changed here: only grouped and given their sign. */

export const MINUTE_MS = 60_000;

const SIGNED = /^([-+]?)(\d+)(\.\d+)?$/;

/** "59863.2" as "59,863.2". */
export function grouped(number: string | null | undefined): string {
  const parts = SIGNED.exec(number ?? "");
  if (!parts) return number ?? "–";
  const [, sign = "", whole = "", rest = ""] = parts;
  return sign + whole.replace(/\B(?=(\d{3})+$)/g, ",") + rest;
}

/** "-2.1" as "-$2.1", as sentences write it; of a coin as "-2.1 BTC". */
export function usd(number: string | null | undefined, coin: string | null = null): string {
  const text = grouped(number);
  if (coin) return `${text} ${coin}`;
  if (!SIGNED.test(number ?? "")) return text;
  return /^[-+]/.test(text) ? `${text[0]}$${text.slice(1)}` : `$${text}`;
}

/** "0.13" with four decimals as "0.1300", so that a column lines up. */
export function padded(number: string, decimals: number): string {
  const [whole, rest = ""] = number.split(".");
  return decimals ? `${whole}.${rest.padEnd(decimals, "0")}` : number;
}

/** World time of day, UTC: "10:58:12". */
export function timeOfDay(time_ms: number): string {
  return new Date(time_ms).toISOString().slice(11, 19);
}

/** World date and minute, UTC: "2020-03-12 10:58". */
export function dateAndTime(time_ms: number): string {
  return new Date(time_ms).toISOString().slice(0, 16).replace("T", " ");
}

/** What is left until a moment: "12:05", or "1:02:05" from an hour on. */
export function countdown(left_ms: number): string {
  const text = new Date(Math.max(0, left_ms)).toISOString().slice(11, 19);
  return text.startsWith("00:") ? text.slice(3) : text.replace(/^0/, "");
}
