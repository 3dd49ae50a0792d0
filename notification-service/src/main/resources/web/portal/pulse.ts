import { connection } from "../common/api.ts";
import type { ReactiveController, ReactiveControllerHost } from "../common/view.ts";

const EVERY = 60_000;
const beats = new EventTarget();
let last = Date.now();

function beat(): void {
  if (document.visibilityState !== "visible" || navigator.onLine === false) return;
  last = Date.now();
  beats.dispatchEvent(new Event("beat"));
}

setInterval(beat, EVERY);
addEventListener("online", beat);
document.addEventListener("visibilitychange", () => {
  if (Date.now() - last > 5_000) beat();
});
addEventListener("offline", () => connection.dispatchEvent(new Event("offline")));

/** Reads again every minute, when the page is looked at again, and when there is a connection again. */
export class Pulse implements ReactiveController {
  #run: () => void;

  constructor(host: ReactiveControllerHost, run: () => void) {
    this.#run = run;
    host.addController(this);
  }

  hostConnected(): void {
    beats.addEventListener("beat", this.#run);
  }

  hostDisconnected(): void {
    beats.removeEventListener("beat", this.#run);
  }
}

export function onBeat(run: () => void): void {
  beats.addEventListener("beat", run);
}
