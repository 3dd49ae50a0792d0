import { toast } from "../../common/announce.ts";
import { isRefusal, read, readAll } from "../../common/api.ts";
import { icon } from "../../common/icons.ts";
import { define, html, nothing, View } from "../../common/view.ts";
import { OfRecipient, recipient, recipientPath } from "../branches.ts";
import { problem } from "../parts.ts";
import { Sending } from "../sending.ts";
import { forget, keep, kept } from "../store.ts";
import { texts } from "../texts.ts";
import type { Endpoint } from "./endpoints.ts";

const t = texts.push;

/** Notifications of this device: the browser subscribes after the person agrees, and the subscription is an endpoint. */
class PushSwitch extends View {
  #sending = new Sending(this);
  #key: string | undefined;
  #own: string | undefined;
  #denied = false;
  #of: string | undefined;

  constructor() {
    super();
    new OfRecipient(this, () => {
      if (this.#of === recipient()?.id) return;
      this.#of = recipient()?.id;
      void this.#look();
    });
  }

  async #look(): Promise<void> {
    const own = recipient();
    if (!own || !("serviceWorker" in navigator) || !("PushManager" in globalThis) || !("Notification" in globalThis)) return;
    this.#denied = Notification.permission === "denied";
    try {
      this.#key = (await read<{ applicationServerKey?: string }>("/api/v1/web-push")).data.applicationServerKey;
      const id = (await kept<string>(`push ${own.id}`))?.data;
      const registration = await navigator.serviceWorker.getRegistration("/portal");
      const subscribed = id && await registration?.pushManager.getSubscription();
      const all = subscribed ? await readAll<Endpoint>(this.#path(), { limit: undefined }) : [];
      this.#own = all.find((each) => each.id === id && each.enabled)?.id;
    } catch {
      this.#key = undefined; // without a connection nothing can be switched
    }
    this.requestUpdate();
  }

  #path(): `/api/v1/${string}` {
    return recipientPath("endpoints");
  }

  override render(): unknown {
    if (!this.#key) return nothing;
    return html`
      <section class="card stack">
        <h2>${t.heading}</h2>
        <p class="soft small">${this.#denied ? t.denied : t.hint}</p>
        ${this.#sending.error ? problem(this.#sending.error) : nothing} ${this.#denied ? nothing : html`
          <div class="row"><button class="${this.#own ? nothing : "primary"}" ?disabled="${this.#sending.busy}" @click="${() =>
            void (this.#own ? this.#off() : this.#on())}">${icon("bell")}${this.#own ? t.off : t.on}</button></div>
        `}
      </section>
    `;
  }

  async #on(): Promise<void> {
    const own = recipient()!;
    if (await Notification.requestPermission() !== "granted") {
      this.#denied = Notification.permission === "denied";
      this.requestUpdate();
      return;
    }
    let subscription: PushSubscription;
    try {
      const registration = await navigator.serviceWorker.ready;
      subscription = await registration.pushManager.subscribe({
        userVisibleOnly: true,
        applicationServerKey: this.#key!,
      });
    } catch {
      toast({ kind: "bad", text: t.failed }); // the push service of the browser cannot be reached
      return;
    }
    const { endpoint, keys } = subscription.toJSON();
    const reply = await this.#sending.send<Endpoint>({
      path: this.#path(),
      body: { channel: "webpush", address: endpoint, secret: `${keys?.p256dh}.${keys?.auth}` },
    });
    if (reply) {
      this.#own = reply.data.id;
      await keep(`push ${own.id}`, reply.data.id);
      toast(t.isOn);
    } else if (isRefusal(this.#sending.error, "endpoint-exists")) {
      await this.#again(own.id, endpoint!);
    }
    this.requestUpdate();
  }

  /** The browser is an endpoint already, of an earlier visit: it is used again. */
  async #again(branchId: string, address: string): Promise<void> {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(address)));
    const mark = [...digest.slice(0, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const all = await readAll<Endpoint>(this.#path(), { limit: undefined });
    const one = all.find((each) => each.channel === "webpush" && each.address.endsWith(mark));
    if (!one) return;
    this.#sending.forget();
    await keep(`push ${branchId}`, one.id);
    this.#own = one.id;
  }

  async #off(): Promise<void> {
    const own = recipient()!;
    const all = await readAll<Endpoint>(this.#path(), { limit: undefined });
    const one = all.find((each) => each.id === this.#own);
    if (one) {
      const reply = await this.#sending.send({
        method: "DELETE",
        path: `${this.#path()}/${one.id}`,
        etag: `"${one.version}"`,
      });
      if (!reply) return;
    }
    await forget(`push ${own.id}`);
    this.#own = undefined;
    toast(t.isOff);
    this.requestUpdate();
  }
}

define("lectern-push", PushSwitch);
