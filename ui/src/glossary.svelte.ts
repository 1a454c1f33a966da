/** The glossary as the venue last told it: for the page, and for the hard words in other texts. */

import { api, type GlossaryTerm } from "./api";
import { language } from "./language.svelte";
import { route } from "./router.svelte";

/** A piece of a text; a hard word has the key of its term. */
export interface Piece {
  text: string;
  term: string;
}

class Glossary {
  terms = $state.raw<GlossaryTerm[]>([]);
  /** Hard word, in small letters, to the key of its term. */
  readonly words = $derived(
    new Map(this.terms.flatMap((term) => term.words.map((word) => [word.toLowerCase(), term.key]))),
  );
  private readonly hard = $derived.by(() => {
    const words = [...this.words.keys()].toSorted((a, b) => b.length - a.length).map(escaped);
    return words.length ? new RegExp(`(?<![\\p{L}-])(${words.join("|")})(?![\\p{L}-])`, "giu") : null;
  });
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

  /** A text cut where a hard word stands first; terms in `known` are told already. */
  pieces(text: string, known: Iterable<string> = []): Piece[] {
    const found: Piece[] = [];
    const seen = new Set(known);
    let from = 0;
    for (const { match, term } of this.found(text)) {
      if (seen.has(term)) continue;
      seen.add(term);
      found.push({ text: text.slice(from, match.index), term: "" }, { text: match[0], term });
      from = match.index + match[0].length;
    }
    return [...found, { text: text.slice(from), term: "" }];
  }

  /** The terms whose hard words stand in some texts, each with the word as it stands there first. */
  termsIn(texts: readonly string[]): Map<string, string> {
    const terms = new Map<string, string>();
    for (const text of texts)
      for (const { match, term } of this.found(text))
        if (!terms.has(term)) terms.set(term, match[0]);
    return terms;
  }

  private found(text: string) {
    const matches = this.hard ? [...text.matchAll(this.hard)] : [];
    return matches.map((match) => ({ match, term: this.words.get(match[0].toLowerCase()) ?? "" }));
  }
}

function escaped(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

export const glossary = new Glossary();
