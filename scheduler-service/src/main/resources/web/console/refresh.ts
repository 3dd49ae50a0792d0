import type { ReactiveController, ReactiveControllerHost } from "../common/view.ts";

/** Runs again and again while people see the page. */
export class Refresh implements ReactiveController {
  #every: number;
  #run: () => void;
  #timer: ReturnType<typeof setInterval> | undefined;

  /** @param every in milliseconds */
  constructor(host: ReactiveControllerHost, every: number, run: () => void) {
    this.#every = every;
    this.#run = run;
    host.addController(this);
  }

  hostConnected(): void {
    this.#timer = setInterval(() => {
      if (document.visibilityState === "visible") this.#run();
    }, this.#every);
  }

  hostDisconnected(): void {
    clearInterval(this.#timer);
  }
}
