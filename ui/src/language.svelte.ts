/** The language of the venue's sentences. It writes them; the screen only asks for one of its own. */

import { keep, recall } from "./stored";

export const language = $state({ choice: recall("language") ?? "en" });

export function speak(choice: string): void {
  language.choice = choice;
  keep("language", choice);
}
