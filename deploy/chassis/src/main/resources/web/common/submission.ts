import type { Opened } from "./dialog.ts";
import { RefusedProblem } from "./problem.ts";

/** What a dialog sends. The dialog stays open, with what was typed, until the service has accepted it. */
export class Submission<T> {
  busy = false;
  /** Why it was not accepted. */
  error: unknown;
  #send: () => Promise<T>;

  constructor(send: () => Promise<T>) {
    this.#send = send;
  }

  async run(dialog: Opened<T>): Promise<void> {
    this.busy = true;
    this.error = undefined;
    dialog.update();
    try {
      dialog.close(await this.#send());
    } catch (thrown) {
      this.error = thrown;
      this.busy = false;
      dialog.update();
    }
  }

  /** What is wrong with a field. */
  errorOf = (name: string): string | undefined => this.error instanceof RefusedProblem ? this.error.errorOf(name) : undefined;
}
