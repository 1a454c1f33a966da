/** The colour theme: follows the system unless the visitor chose one. */

import { keep, recall } from "./stored";

export type Theme = "system" | "dark" | "light";

export const theme = $state({
  choice: (recall("theme") ?? "system") as Theme,
  version: 0,
});

export function choose(choice: Theme): void {
  theme.choice = choice;
  keep("theme", choice);
  show();
}

/** The colour a token has now, as the canvas needs it. */
export function colour(token: string): string {
  const probe = document.createElement("span");
  probe.style.color = `var(--${token})`;
  document.body.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

export function show(): void {
  if (theme.choice === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme.choice;
  theme.version += 1;
}

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
