/** What a screen reader is told, politely and not more often than it can be listened to. */

const SETTLE_MS = 700;

export const speech = $state({ text: "" });

let timer: ReturnType<typeof setTimeout> | undefined;

/** What was asked for: at once, and also when it is the same as before. */
export function speakNow(text: string): void {
  clearTimeout(timer);
  speech.text = "";
  timer = setTimeout(() => (speech.text = text), 0);
}

export function speak(text: string): void {
  clearTimeout(timer);
  timer = setTimeout(() => (speech.text = text), SETTLE_MS);
}
