import { toast } from "../common/announce.ts";
import { change, connection, RefusedProblem } from "../common/api.ts";
import { go, to } from "../common/router.ts";
import { told } from "../common/states.ts";
import type { ReactiveController, ReactiveControllerHost } from "../common/view.ts";
import { onBeat } from "./pulse.ts";
import { allKept, forget, keep } from "./store.ts";
import { texts } from "./texts.ts";

/**
 * Acknowledgements on their way. Each is kept on this device first and sent until the service has answered, so that one
 * made without a connection is not lost. A repeat changes nothing there: the first one counts.
 */
interface Waiting {
  id: string;
  title: string;
}

const PREFIX = "acknowledgement ";
const waiting = new Map<string, Waiting>();
const changes = new EventTarget();
let sending: Promise<void> | undefined;

/** Whether the acknowledgement of a notice waits to be sent. */
export function isWaiting(id: string): boolean {
  return waiting.has(id);
}

export function waitingCount(): number {
  return waiting.size;
}

export async function begin(): Promise<void> {
  for (const { data } of await allKept<Waiting>(PREFIX)) waiting.set(data.id, data);
  if (waiting.size > 0) void send();
}

export async function acknowledge(notice: Waiting): Promise<void> {
  const one = { id: notice.id, title: notice.title };
  waiting.set(one.id, one);
  changes.dispatchEvent(new Event("changed"));
  await keep(PREFIX + one.id, one);
  await send();
  if (waiting.has(one.id)) toast(texts.acknowledge.waits);
}

/** Sends what waits, one after the other; stops where there is no answer. */
export function send(): Promise<void> {
  sending ??= sendAll().finally(() => (sending = undefined));
  return sending;
}

async function sendAll(): Promise<void> {
  for (let one = next(); one; one = next()) {
    try {
      await change("POST", `/api/v1/notices/${one.id}/acknowledgement`);
      toast(texts.acknowledge.done);
    } catch (error) {
      if (!(error instanceof RefusedProblem) || error.problem.status === 429 || error.problem.status >= 500) {
        return;
      }
      refused(error);
    }
    waiting.delete(one.id);
    await forget(PREFIX + one.id);
    changes.dispatchEvent(new Event("sent"));
  }
}

function next(): Waiting | undefined {
  return waiting.values().next().value;
}

function refused(error: RefusedProblem): void {
  const newer = error.problem.currentNoticeId;
  toast({
    kind: "bad",
    text: `${told(error).title}. ${told(error).detail}`,
    ...(typeof newer === "string" && {
      action: { label: texts.acknowledge.newer, run: () => go(to("inbox", { notice: newer })) },
    }),
  });
}

/** Draws its element again when something begins or ends to wait. `sent` runs when the service has answered. */
export class Acknowledging implements ReactiveController {
  #host: ReactiveControllerHost;
  #sent: () => void;

  constructor(host: ReactiveControllerHost, sent: () => void = () => {}) {
    this.#host = host;
    this.#sent = sent;
    host.addController(this);
  }

  #changed = () => this.#host.requestUpdate();

  #answered = () => {
    this.#host.requestUpdate();
    this.#sent();
  };

  hostConnected(): void {
    changes.addEventListener("changed", this.#changed);
    changes.addEventListener("sent", this.#answered);
  }

  hostDisconnected(): void {
    changes.removeEventListener("changed", this.#changed);
    changes.removeEventListener("sent", this.#answered);
  }
}

function sendWaiting(): void {
  if (waiting.size > 0) void send();
}

onBeat(sendWaiting);
connection.addEventListener("online", sendWaiting);
