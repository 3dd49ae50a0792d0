import { toast } from "../../common/announce.ts";
import { isRefusal, read } from "../../common/api.ts";
import { textField } from "../../common/forms.ts";
import { show } from "../../common/time.ts";
import { define, html, nothing, type TemplateResult, View } from "../../common/view.ts";
import { OfRecipient, recipient, recipientPath } from "../branches.ts";
import { problem } from "../parts.ts";
import { Remembered } from "../remembered.ts";
import { Sending } from "../sending.ts";
import { texts } from "../texts.ts";

const t = texts.settings;

interface Preferences {
  zone: string;
  quietHours?: { from: string; until: string };
  digest?: { at: string };
  reminders: boolean;
  version: number;
}

/** When the branch or the lecturer is notified. What was changed and not saved stays over a new reading. */
class PreferencesForm extends View {
  #load = new Remembered<Preferences>(
    this,
    () => recipient() && `preferences ${recipient()!.id}`,
    async (signal) => (await read<Preferences>(recipientPath("preferences"), {}, signal)).data,
  );
  #sending = new Sending(this);
  #of: string | undefined;
  #draft: Preferences | undefined;

  constructor() {
    super();
    new OfRecipient(this, () => {
      if (this.#of !== recipient()?.id) this.#draft = undefined;
      void this.#load.run(this.#of !== recipient()?.id);
      this.#of = recipient()?.id;
    });
  }

  override render(): unknown {
    return html`
      <section class="card stack">
        <h2>${t.preferences}</h2>
        ${this.#load.render((now) => this.#form(this.#draft ?? now), 3)}
      </section>
    `;
  }

  #set(now: Preferences, changes: Partial<Preferences>): void {
    this.#draft = { ...now, ...changes };
    this.requestUpdate();
  }

  #form(now: Preferences): TemplateResult {
    const { quietHours: quiet, digest } = now;
    const error = this.#sending.error;
    const errorOf = (name: string) => isRefusal(error) ? error.errorOf(name) : undefined;
    return html`
      <form class="stack" @submit="${(e: Event) => {
        e.preventDefault();
        void this.#save(now);
      }}">
        <label class="switch"><input type="checkbox" .checked="${!!quiet}" @change="${(e: Event) =>
          this.#draw(now, "quietHours", (e.target as HTMLInputElement).checked ? { from: "21:00", until: "07:30" } : undefined)}">
          <span>${t.quiet}<br><span class="soft small">${t.quietHint}</span></span></label>
        ${quiet
          ? html`
            <div class="row two">
              ${textField({
                name: "quietHours/from",
                label: t.quietFrom,
                type: "time",
                required: true,
                value: quiet.from,
                error: errorOf("quietHours/from"),
                onInput: (from) => this.#set(now, { quietHours: { ...quiet, from } }),
              })} ${textField({
                name: "quietHours/until",
                label: t.quietUntil,
                type: "time",
                required: true,
                value: quiet.until,
                error: errorOf("quietHours/until"),
                onInput: (until) => this.#set(now, { quietHours: { ...quiet, until } }),
              })}
            </div>
          `
          : nothing}
        <label class="switch"><input type="checkbox" .checked="${!!digest}" @change="${(e: Event) =>
          this.#draw(now, "digest", (e.target as HTMLInputElement).checked ? { at: "08:00" } : undefined)}">
          <span>${t.digest}<br><span class="soft small">${t.digestHint}</span></span></label>
        ${digest
          ? textField({
            name: "digest/at",
            label: t.digestAt,
            type: "time",
            required: true,
            value: digest.at,
            error: errorOf("digest/at"),
            onInput: (at) => this.#set(now, { digest: { at } }),
          })
          : nothing}
        <label class="switch"><input type="checkbox" .checked="${now.reminders}" @change="${(e: Event) =>
          this.#set(now, { reminders: (e.target as HTMLInputElement).checked })}"> <span>${t.reminders}</span></label>
        <p class="soft small">${t.zone(show.zone(now.zone))}</p>
        ${error ? problem(isRefusal(error, "precondition-failed") ? changed : error) : nothing}
        <button class="primary" ?disabled="${this.#sending.busy || !this.#draft}">${t.save}</button>
      </form>
    `;
  }

  #draw(now: Preferences, name: "quietHours" | "digest", value: unknown): void {
    const { [name]: _, ...others } = now;
    this.#draft = { ...others, ...(value !== undefined && { [name]: value }) } as Preferences;
    this.requestUpdate();
  }

  async #save({ quietHours, digest, reminders, version }: Preferences): Promise<void> {
    const reply = await this.#sending.send<Preferences>({
      method: "PUT",
      path: recipientPath("preferences"),
      etag: `"${version}"`,
      body: { ...(quietHours && { quietHours }), ...(digest && { digest }), reminders },
    });
    if (!reply && this.#sending.unknown) return;
    if (reply || isRefusal(this.#sending.error, "precondition-failed")) this.#draft = undefined;
    if (reply) toast(t.saved);
    void this.#load.run();
  }
}

const changed = { tell: () => ({ title: t.preferences, detail: t.changed }) };

define("lectern-preferences", PreferencesForm);
