/** Small things the browser remembers. Where storage is full or off they last as long as the page. */

const KEY = "longshore.";
const here = new Map<string, string>();

export function recall(name: string): string | null {
  return here.get(name) ?? fromStorage(name);
}

export function keep(name: string, value: string): void {
  here.set(name, value);
  try {
    localStorage.setItem(KEY + name, value);
  } catch (full) {
    console.warn(`${name} lasts until this page is closed: ${String(full)}`);
  }
}

function fromStorage(name: string): string | null {
  try {
    return localStorage.getItem(KEY + name);
  } catch {
    return null; // storage is switched off: nothing is remembered
  }
}
