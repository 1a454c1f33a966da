/** The language of the venue's sentences. It writes them; the screen only asks for one of its own. */

const KEY = "longshore.language";

export const language = $state({ choice: localStorage.getItem(KEY) ?? "en" });

export function speak(choice: string): void {
  language.choice = choice;
  localStorage.setItem(KEY, choice);
}
