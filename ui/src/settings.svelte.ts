/** The two settings of the screen's form, remembered: Simple or Pro, hotkeys locked or not. */

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

  setForm(form: Form): void {
    this.form = form;
    keep("form", form);
  }
}

export const settings = new Settings();
