import { Attempt, type Order, Sender } from "../common/attempt.ts";
import type { Reply } from "../common/api.ts";
import type { Tellable, Told } from "../common/states.ts";
import { common } from "../common/texts.ts";
import type { ReactiveControllerHost } from "../common/view.ts";
import { texts } from "./texts.ts";

/** There is no connection, so nothing was sent; only acknowledgements wait for one. */
class NeedsConnection extends Error implements Tellable {
  tell(): Told {
    return { title: common.offlineTitle, detail: texts.needsConnection };
  }
}

/** One change at a time, of an element; nothing is sent without a connection. */
export class Sending extends Attempt {
  #host: ReactiveControllerHost;

  constructor(host: ReactiveControllerHost) {
    super(host);
    this.#host = host;
  }

  override send<T>(order: Order): Promise<Reply<T> | undefined> {
    if (navigator.onLine === false) {
      this.error = new NeedsConnection();
      this.#host.requestUpdate();
      return Promise.resolve(undefined);
    }
    return super.send<T>(order);
  }
}

/** A change of a dialog, which shows what is thrown. */
export class Once {
  #sender = new Sender();

  send<T>(order: Order): Promise<Reply<T>> {
    return navigator.onLine === false ? Promise.reject(new NeedsConnection()) : this.#sender.send<T>(order);
  }
}
