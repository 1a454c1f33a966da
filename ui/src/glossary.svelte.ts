/** The glossary as the venue last told it: for the page, and for the hard words in other texts. */

import { api, type GlossaryTerm } from "./api";
import { language } from "./language.svelte";
import { route } from "./router.svelte";

class Glossary {
  terms = $state.raw<GlossaryTerm[]>([]);
  /** Hard word, in small letters, to the key of its term. */
  readonly words = $derived(
    new Map(this.terms.flatMap((term) => term.words.map((word) => [word.toLowerCase(), term.key]))),
  );
  private toldFor = "";

  /** Ask once for each world and language; the numbers in it are asked for when they are shown. */
  load(): void {
    const wanted = `${route.world} ${language.choice}`;
    if (wanted === this.toldFor) return;
    this.toldFor = wanted;
    void this.fetch();
  }

  async fetch(symbol = ""): Promise<GlossaryTerm[]> {
    this.terms = (await api.glossary(symbol)).terms;
    return this.terms;
  }
}

export const glossary = new Glossary();
