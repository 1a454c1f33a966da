/** Keys of the whole page. Single ones act when unlocked, and never while something is typed. */

import { actions, type Action } from "./actions";
import { desk } from "./desk.svelte";
import { draft } from "./draft.svelte";
import { settings } from "./settings.svelte";

const ALWAYS: readonly string[] = ["Alt+S", "Ctrl+K", "?"];

export function onKey(event: KeyboardEvent): void {
  const pressed = nameOf(event);
  if (isBusy(event, pressed)) return;
  if (pressed === "Enter" && draft.armed) return send(event);
  if (pressed === "Escape") draft.disarm();
  const action = actions().find((each) => each.key === pressed && isOpen(each));
  if (!action) return;
  event.preventDefault();
  void action.run();
}

export function isOpen({ key }: Action): boolean {
  return settings.hotkeys || (key !== undefined && ALWAYS.includes(key));
}

function nameOf(event: KeyboardEvent): string {
  if (event.altKey && event.code === "KeyS") return "Alt+S"; // some keyboards write another letter
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") return "Ctrl+K";
  if (event.ctrlKey || event.metaKey || event.altKey) return "";
  return event.key === " " ? "Space" : event.key;
}

/** Typing, choosing and dialogs keep their keys; Space and Enter belong to what has the focus. */
function isBusy(event: KeyboardEvent, pressed: string): boolean {
  if (!pressed || event.defaultPrevented) return true;
  if (desk.palette || document.querySelector("dialog[open]")) return true;
  if (pressed.includes("+")) return false;
  const on = event.target as HTMLElement;
  const own = pressed === "Space" || pressed === "Enter" ? "button, a, summary, [tabindex]" : "[role=tab]";
  return on.matches("input:not([type=range], [type=radio], [type=checkbox]), select, textarea") ||
    (on.id !== "main" && on.matches(own));
}

function send(event: KeyboardEvent): void {
  event.preventDefault();
  draft.disarm();
  document.querySelector<HTMLFormElement>("[data-testid=ticket]")?.requestSubmit();
}
