/** Which lesson is being done in a world: remembered by the browser that started it. */

import { api, type TextBlock } from "./api";
import { href } from "./router.svelte";
import { keep, recall } from "./stored";

const PREFIX = "lesson.";
const OPEN = "lesson-world";

export function lessonOf(world: string): string {
  return world ? (recall(PREFIX + world) ?? "") : "";
}

export function rememberLesson(world: string, lesson: string): void {
  keep(PREFIX + world, lesson);
  keep(OPEN, world);
}

/** The lesson is done: it is not one to go on with. */
export function leaveLesson(): void {
  keep(OPEN, "");
}

/** The lesson that was begun last and is not done, and the world it is done in. */
export async function begunLesson(): Promise<{ lesson: string; world: string } | null> {
  const world = recall(OPEN) ?? "";
  const lesson = lessonOf(world);
  if (!lesson) return null;
  const { worlds } = await api.worlds();
  return worlds.some(({ name }) => name === world) ? { lesson, world } : null;
}

const SEEDS = 2 ** 31;

/** A seed nobody has seen: the same lesson, another path. */
export function anotherSeed(): number {
  return (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % SEEDS;
}

/** Make a lesson's world; where it is done. */
export async function startLesson(name: string, seed: number | null = null): Promise<string> {
  const world = await api.startLesson(name, true, seed);
  rememberLesson(world.name, name);
  return href("trade", "", world.name);
}

/** All that blocks of text say, line by line. */
export function linesOf(blocks: readonly TextBlock[]): string[] {
  return blocks.flatMap(({ text, items }) => (items.length ? items : [text]));
}
