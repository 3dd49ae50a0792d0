import { html } from "./view.ts";
import { openDialog } from "./dialog.ts";
import { common } from "./texts.ts";

/** A key and what it does. Keys of one letter can be switched off (WCAG 2.1.4). */
export interface Key {
  key: string;
  label: string;
  run: () => void;
}

const OFF = "lectern.keys.off";
let keys: Key[] = [];

export function lettersAreOn(): boolean {
  return localStorage.getItem(OFF) === null;
}

/** Adds keys until the returned function is called, usually in `disconnectedCallback`. */
export function addKeys(...more: Key[]): () => void {
  keys = [...keys, ...more];
  return () => (keys = keys.filter((each) => !more.includes(each)));
}

export function showKeys(): void {
  openDialog((dialog) => ({
    heading: common.keys,
    body: html`
      <dl class="facts">${keys.map((each) =>
        html`
          <dt><kbd>${SIGNS[each.key] ?? each.key.toUpperCase()}</kbd></dt><dd>${each.label}</dd>
        `
      )}</dl>
      <label class="row"><input type="checkbox" .checked="${lettersAreOn()}" @change="${(e: Event) => {
        if ((e.target as HTMLInputElement).checked) {
          localStorage.removeItem(OFF);
        } else {
          localStorage.setItem(OFF, "1");
        }
        dialog.update();
      }}"> ${common.keysOn}</label>
      <p class="soft small">${common.keysHint}</p>
    `,
  }));
}

const SIGNS: Record<string, string> = { ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓", Escape: "Esc" };

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && !!target.closest("input, select, textarea, [contenteditable], dialog");
}

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented || isTyping(event.target)) {
    return;
  }
  const found = keys.findLast((each) => each.key.toLowerCase() === event.key.toLowerCase());
  if (found && (event.key.length > 1 || lettersAreOn())) {
    event.preventDefault();
    found.run();
  }
});
