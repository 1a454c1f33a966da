/** Which lesson is being done in a world: remembered by the browser that started it. */

import { keep, recall } from "./stored";

const PREFIX = "lesson.";

export function lessonOf(world: string): string {
  return world ? (recall(PREFIX + world) ?? "") : "";
}

export function rememberLesson(world: string, lesson: string): void {
  keep(PREFIX + world, lesson);
}
