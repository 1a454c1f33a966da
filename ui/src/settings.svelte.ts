/** The settings of the screen, remembered: Guided or not, Simple or Pro, hotkeys locked or not. */

import { keep, recall } from "./stored";

export type Form = "simple" | "pro";

class Settings {
  form = $state<Form>(recall("form") === "pro" ? "pro" : "simple");
  readonly pro = $derived(this.form === "pro");

  /** Single keys act only when they were unlocked. */
  hotkeys = $state(recall("hotkeys") === "on");

  setHotkeys(on: boolean): void {
    this.hotkeys = on;
    keep("hotkeys", on ? "on" : "off");
  }

  /** A plan before and a debrief after: for all but those who said that they know perps. */
  guided = $state((recall("guided") ?? (recall("visited") === "trade" ? "off" : "on")) === "on");

  setGuided(on: boolean): void {
    this.guided = on;
    keep("guided", on ? "on" : "off");
  }

  setForm(form: Form): void {
    this.form = form;
    keep("form", form);
  }
}

export const settings = new Settings();
