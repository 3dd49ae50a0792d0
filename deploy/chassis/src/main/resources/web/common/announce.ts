import { html, render } from "./view.ts";
import { icon } from "./icons.ts";
import { common } from "./texts.ts";

/** Messages that come and go. Everything shown is also read out; nothing is read out twice. */
export interface Toast {
  text: string;
  kind?: "bad";
  /** A button, such as "Undo". The toast stays until it is used or closed. */
  action?: { label: string; run: () => void };
}

interface Shown extends Toast {
  id: number;
}

let region: HTMLElement | undefined;
let shown: Shown[] = [];
let next = 1;

const LONG_ENOUGH_TO_READ = 7_000;

export function toast(message: Toast | string): void {
  const one: Shown = { ...(typeof message === "string" ? { text: message } : message), id: next++ };
  shown = [...shown.slice(-2), one];
  draw();
  announce(one.text, one.kind === "bad");
  if (!one.action && one.kind !== "bad") {
    setTimeout(() => dismiss(one.id), LONG_ENOUGH_TO_READ);
  }
}

/** Reads a text out, politely unless it is urgent. */
export function announce(text: string, urgent = false): void {
  const live = liveRegion(urgent ? "assertive" : "polite");
  live.textContent = "";
  setTimeout(() => (live.textContent = text), 50);
}

const lives = new Map<string, HTMLElement>();

function liveRegion(manner: "polite" | "assertive"): HTMLElement {
  let live = lives.get(manner);
  if (!live) {
    live = document.createElement("div");
    live.className = "hidden";
    live.setAttribute("aria-live", manner);
    document.body.append(live);
    lives.set(manner, live);
  }
  return live;
}

function dismiss(id: number): void {
  shown = shown.filter((each) => each.id !== id);
  draw();
}

function draw(): void {
  if (!region) {
    region = document.createElement("div");
    region.className = "toasts no-print";
    document.body.append(region);
  }
  render(
    shown.map((each) =>
      html`
        <div class="toast ${each.kind ?? ""}">
          <span class="grow">${each.text}</span>
          ${each.action &&
            html`
              <button @click="${() => {
                dismiss(each.id);
                each.action?.run();
              }}">${each.action.label}</button>
            `}
          <button class="square" aria-label="${common.close}" @click="${() => dismiss(each.id)}">${icon("close")}</button>
        </div>
      `
    ),
    region,
  );
}

liveRegion("polite");
liveRegion("assertive");
