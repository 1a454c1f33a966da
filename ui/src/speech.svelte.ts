/** What a screen reader is told, politely and not more often than it can be listened to. */

const SETTLE_MS = 700;

export const speech = $state({ text: "" });

let timer: ReturnType<typeof setTimeout> | undefined;

export function speak(text: string): void {
  clearTimeout(timer);
  timer = setTimeout(() => (speech.text = text), SETTLE_MS);
}
