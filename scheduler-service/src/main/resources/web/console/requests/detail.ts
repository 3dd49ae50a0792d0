import { toast } from "../../common/announce.ts";
import { openDialog } from "../../common/dialog.ts";
import { areaField } from "../../common/forms.ts";
import { icon } from "../../common/icons.ts";
import { addKeys, lettersAreOn } from "../../common/keys.ts";
import { Load, told } from "../../common/states.ts";
import { common } from "../../common/texts.ts";
import { show } from "../../common/time.ts";
import { define, html, nothing, type PropertyValues, type TemplateResult, View } from "../../common/view.ts";
import { isRefusal, read, type Reply } from "../api.ts";
import { Attempt } from "../../common/attempt.ts";
import type { Slot } from "../booking/types.ts";
import { withChoices } from "../choices.ts";
import { formatName } from "../formats.ts";
import { codeField } from "../reason/fields.ts";
import { noReason, sent, told as reasonTold } from "../reason/model.ts";
import { go, here, to } from "../../common/router.ts";
import { hasRole } from "../../common/session.ts";
import type { LectureRequest } from "./model.ts";
import { refusal } from "./refusal.ts";
import { findSlots, searching, slotList } from "./slots.ts";
import { t } from "./texts.ts";

type Answer = keyof typeof t.done;

/**
 * One request, the free slots for it, and every answer to it. Says `answered` when it has one, `passed` when it waits
 * on.
 */
class Detail extends View {
  static override properties = { request: {} };

  declare request: string;

  #detail = new Load<Reply<LectureRequest>>(
    this,
    (signal) => read<LectureRequest>(`/api/v1/requests/${this.request}`, {}, signal),
  );
  #slots = new Load<{ found: Slot[] | undefined }>(
    this,
    async (signal) => ({ found: await findSlots(this.#detail.data!.data, signal) }),
  );
  #attempt = new Attempt(this);
  #chosen: Slot | undefined;
  #joinLink = "";
  #override = "";
  #last: "accept" | "offer" = "accept";
  #changed = false;
  #removeKeys = () => {};

  override connectedCallback(): void {
    super.connectedCallback();
    this.#removeKeys = addKeys(
      { key: "f", label: t.keys.slots, run: () => this.querySelector<HTMLElement>(".slots input")?.focus() },
      { key: "a", label: t.keys.accept, run: () => void this.#answer("accept") },
      { key: "o", label: t.keys.offer, run: () => void this.#answer("offer") },
      { key: "r", label: t.keys.refuse, run: () => this.#refuse() },
      { key: "Escape", label: t.keys.close, run: this.#close },
    );
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#removeKeys();
  }

  override willUpdate(changed: PropertyValues): void {
    if (!changed.has("request")) return;
    this.#chosen = undefined;
    this.#joinLink = this.#override = "";
    this.#changed = false;
    this.#attempt.forget();
    this.#slots.data = undefined;
    void this.#load(true);
  }

  override updated(changed: PropertyValues): void {
    if (changed.has("request")) this.querySelector<HTMLElement>("aside")?.focus({ preventScroll: true });
  }

  async #load(fresh = false): Promise<void> {
    await this.#detail.run(fresh);
    if (this.#detail.data?.data.status === "WAITING") await this.#slots.run(fresh);
  }

  #close = (): void => {
    const item = `[data-request="${CSS.escape(this.request)}"]`;
    go(here({ request: undefined }));
    requestAnimationFrame(() => document.querySelector<HTMLElement>(item)?.focus());
  };

  /** In a group of radio buttons letters are free, so they mean what they mean on the page. */
  #slotKey = (event: KeyboardEvent): void => {
    if (!lettersAreOn() || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key === "a") void this.#answer("accept");
    else if (key === "o") void this.#answer("offer");
    else if (key === "r") this.#refuse();
    else return;
    event.preventDefault();
  };

  async #answer(how: "accept" | "offer", slot = this.#chosen, reason?: string): Promise<void> {
    const request = this.#detail.data?.data;
    if (!slot || request?.status !== "WAITING" || !hasRole("organizer")) return;
    this.#last = how;
    await this.#send(how, {
      lecturerId: slot.lecturer.id,
      venueId: slot.venue?.id,
      joinLink: slot.venue ? undefined : this.#joinLink || undefined,
      format: request.format,
      start: slot.start,
      end: slot.end,
      ...(reason && { override: { reason } }),
    });
  }

  async #send(how: Answer, body?: unknown): Promise<boolean> {
    const { data, etag } = this.#detail.data!;
    this.#changed = false;
    const answer = await this.#attempt.send<LectureRequest>({ path: `/api/v1/requests/${data.id}/${how}`, body, etag });
    if (answer) {
      toast(t.done[how](data.branch.name));
      this.dispatchEvent(new Event("answered"));
      void this.#load();
      return true;
    }
    if (isRefusal(this.#attempt.error) && this.#attempt.error.problem.status === 412) {
      this.#attempt.forget();
      this.#changed = true;
      void this.#load();
      return true;
    }
    await this.updateComplete;
    this.querySelector<HTMLElement>(".refusal")?.focus();
    return false;
  }

  #refuse(): void {
    const request = this.#detail.data?.data;
    if (request?.status === "WAITING" && hasRole("organizer")) {
      this.#ask("refuse", t.refuseHeading(request.branch.name), t.refuseHint, t.refuseTold(request.branch.name), t.refuseNow);
    }
  }

  #errorOf = (name: string): string | undefined => isRefusal(this.#attempt.error) ? this.#attempt.error.errorOf(name) : undefined;

  /** A dialog that asks for a reason and stays open, with what was typed, until the API has done it. */
  #ask(how: Answer, heading: string, hint: string, tells: string, now: string): void {
    const reason = noReason();
    const dialog = openDialog((opened) => ({
      heading,
      body: html`
        ${areaField({
          name: "reason",
          label: t.reason,
          hint,
          required: true,
          value: reason.words,
          onInput: (v) => (reason.words = v),
        })} ${codeField(reason, { redraw: () => opened.update(), errorOf: this.#errorOf })} ${this.#attempt.error
          ? html`
            <div class="callout bad" role="alert">${told(this.#attempt.error).detail}</div>
          `
          : nothing}
        <p class="soft small">${icon("bell")} ${tells}</p>
      `,
      foot: html`
        <button @click="${() => opened.close()}">${common.cancel}</button>
        <button class="danger" ?disabled="${this.#attempt.busy}" @click="${async () => {
          if (!reason.words.trim()) {
            document.querySelector<HTMLElement>("dialog textarea")?.focus();
            return;
          }
          if (await this.#send(how, sent(reason))) opened.close();
          else opened.update();
        }}">${now}</button>
      `,
    }));
    void dialog.result.then(() => this.#attempt.error && this.#attempt.forget());
  }

  override render(): unknown {
    return html`
      <aside tabindex="-1" aria-label="${t.detail}">
        <div class="head no-print">
          <button class="plain" @click="${this.#close}">${icon("left")}${t.back}</button>
        </div>
        ${this.#detail.render(({ data }) => this.#draw(data), 8)}
      </aside>
    `;
  }

  #draw(request: LectureRequest): TemplateResult {
    return html`
      <div class="stack">
        ${this.#changed
          ? html`
            <div class="callout warn" role="alert">${icon("warning")}${t.changed}</div>
          `
          : nothing}
        <div>
          <div class="row"><span class="chip ${tone(request.status)}">${t.status[request.status]}</span><span class="chip">${t
            .need(request.need)}</span></div>
          <h1>${request.topic.title}</h1>
        </div>
        ${request.note
          ? html`
            <blockquote><span class="hidden">${t.wishes}: </span>${request.note}</blockquote>
          `
          : nothing}
        <dl class="facts">${facts(request)}</dl>
        ${request.status === "WAITING" ? this.#waiting(request) : this.#answered(request)}
      </div>
    `;
  }

  #waiting(request: LectureRequest): TemplateResult {
    const { data, error } = this.#slots;
    return html`
      <section class="stack tight">
        <div class="row">
          <h2 class="grow">${t.slots}</h2>
          <button class="plain no-print" @click="${() => void this.#slots.run()}">${t.searchAgain}</button>
        </div>
        ${data?.found?.length
          ? html`
            <p class="soft small">${t.slotsHint} ${this.#slots.at ? common.asOf(show.time(this.#slots.at)) : nothing}</p>
          `
          : nothing} ${data || error
          ? this.#slots.render(({ found }) =>
            slotList({
              slots: found,
              windows: request.windows,
              chosen: this.#chosen,
              choose: (slot) => {
                this.#chosen = slot;
                this.#attempt.forget();
              },
              key: this.#slotKey,
            })
          )
          : searching()}
      </section>
      ${this.#attempt.error
        ? refusal(this.#attempt.error, {
          busy: this.#attempt.busy,
          instead: (slot) => {
            this.#chosen = slot;
            void this.#answer(this.#last, slot);
          },
          reason: this.#override,
          setReason: (reason) => {
            this.#override = reason;
            this.requestUpdate();
          },
          override: () => void this.#answer(this.#last, this.#chosen, this.#override.trim()),
        })
        : nothing} ${hasRole("organizer") ? this.#actions(request) : nothing}
    `;
  }

  #actions(request: LectureRequest): TemplateResult {
    const slot = this.#chosen;
    const cannot = !slot || this.#attempt.busy;
    return html`
      <div class="answers no-print">
        ${slot && !slot.venue
          ? html`
            <label class="field">${t.joinLink}
              <input type="url" .value="${this.#joinLink}" @input="${(
                e: Event,
              ) => (this.#joinLink = (e.target as HTMLInputElement).value)}">
              <span class="hint">${t.joinLinkHint}</span></label>
          `
          : nothing}
        <p class="small">${slot
          ? html`
            ${icon("bell")} <b>${t.accept}</b>: ${t.told(request.branch.name)} <b>${t.offer}</b>: ${t.toldOffer(
              request.branch.name,
            )}
          `
          : t.choose}</p>
        <div class="row">
          <button class="plain" @click="${() => this.dispatchEvent(new Event("passed"))}">${t.wait}</button>
          <button class="danger" @click="${() => this.#refuse()}">${t.refuse}</button>
          <span class="grow"></span>
          <button ?disabled="${cannot}" @click="${() => void this.#answer("offer")}">${t.offer}</button>
          <button class="primary" ?disabled="${cannot}" @click="${() => void this.#answer("accept")}">${t.accept}</button>
        </div>
      </div>
    `;
  }

  #answered(request: LectureRequest): unknown {
    const { offer, bookingId } = request;
    if (request.status === "OFFERED" && offer) {
      return html`
        <div class="callout warn">
          ${icon("clock")}<div class="stack tight">
            <b>${show.range(offer.start, offer.end)}</b>
            <span>${offer.lecturer.name}${offer.venue ? ` · ${offer.venue.name}` : ""}</span>
            <span>${t.offered(`${show.moment(offer.expiresAt)} (${show.ago(offer.expiresAt)})`)}</span>
          </div>
        </div>
        ${this.#attempt.error
          ? html`
            <div class="callout bad refusal" role="alert" tabindex="-1">${told(this.#attempt.error).detail}</div>
          `
          : nothing}${hasRole("organizer")
          ? html`
            <p class="small">${icon("bell")} ${t.told(request.branch.name)}</p>
            <div class="row no-print">
              <button ?disabled="${this.#attempt.busy}" @click="${() =>
                this.#ask("offer/decline", t.declineHeading, t.declineHint, t.told(request.branch.name), t.declineNow)}">${t
                .decline}</button>
              <button class="primary" ?disabled="${this.#attempt.busy}" @click="${() => void this.#send("offer/take")}">${t
                .take}</button>
            </div>
          `
          : nothing}
      `;
    }
    return bookingId
      ? html`
        <a class="button" href="${to("timeline", { booking: bookingId })}">${icon("calendar")}${t.booking}</a>
      `
      : nothing;
  }
}

export function tone(status: LectureRequest["status"]): string {
  return { WAITING: "warn", OFFERED: "held", ACCEPTED: "good", REFUSED: "bad", WITHDRAWN: "", LAPSED: "" }[status];
}

function facts(request: LectureRequest): TemplateResult[] {
  const all: [string, unknown][] = [
    [
      t.branch,
      html`
        ${request.branch.name} <span class="code soft">${request.branch.code}</span>
      `,
    ],
    [t.askedAt, `${show.moment(request.requestedAt)} (${show.ago(request.requestedAt)})`],
    [
      t.windows,
      request.windows.map((each) =>
        html`
          <div>${show.range(each.from, each.until)}</div>
        `
      ),
    ],
    [t.headCount, request.expectedHeadCount],
    [
      t.format,
      request.format && withChoices(() =>
        html`
          ${formatName(request.format!)}
        `
      ),
    ],
    [t.reason, reasonTold(request)],
  ];
  return all.filter(([, value]) => value).map(([name, value]) =>
    html`
      <dt>${name}</dt><dd>${value}</dd>
    `
  );
}

define("lectern-request-detail", Detail);
