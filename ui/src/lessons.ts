/** Which lesson is being done in a world: remembered by the browser that started it. */

import { api } from "./api";
import { href } from "./router.svelte";
import { keep, recall } from "./stored";

const PREFIX = "lesson.";

export function lessonOf(world: string): string {
  return world ? (recall(PREFIX + world) ?? "") : "";
}

export function rememberLesson(world: string, lesson: string): void {
  keep(PREFIX + world, lesson);
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
