import { icon } from "../../common/icons.ts";
import { Load } from "../../common/states.ts";
import { common } from "../../common/texts.ts";
import { differs, show, zone } from "../../common/time.ts";
import { define, html, nothing, type PropertyValues, type TemplateResult, View } from "../../common/view.ts";
import { read, type Reply } from "../api.ts";
import { type Booking, kind } from "../booking.ts";
import { changes } from "../booking/changes.ts";
import { go, here, to } from "../../common/router.ts";
import { actions, guestLeaves } from "./actions.ts";
import "./countdown.ts";
import { t } from "./texts.ts";

/** What one branch knows of the booking: `GET /bookings/{id}/acknowledgements`. */
interface BranchAcknowledgement {
  branchId: string;
  code: string;
  name: string;
  guest: boolean;
  notified: boolean;
  reached: boolean;
  acknowledged: boolean;
  at?: string;
}

interface Detail {
  booking: Reply<Booking>;
  branches: BranchAcknowledgement[];
}

/** One booking in full, beside the timeline. Escape and Back close it. */
class Panel extends View {
  static override properties = { booking: {}, version: {} };

  declare booking: string;
  /** The version that the timeline knows: a new one is read. */
  declare version: number | undefined;

  #detail = new Load<Detail>(this, async (signal) => {
    const [booking, branches] = await Promise.all([
      read<Booking>(`/api/v1/bookings/${this.booking}`, {}, signal),
      read<{ branches: BranchAcknowledgement[] }>(`/api/v1/bookings/${this.booking}/acknowledgements`, {}, signal),
    ]);
    return { booking, branches: branches.data.branches };
  });

  override willUpdate(changed: PropertyValues): void {
    const known = this.#detail.data?.booking.data.version;
    if (changed.has("booking")) void this.#detail.run(true);
    else if (changed.has("version") && this.version !== undefined && this.version !== known) void this.#detail.run();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    changes.addEventListener("changed", this.#reread);
    changes.addEventListener("pending", this.#redraw);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    changes.removeEventListener("changed", this.#reread);
    changes.removeEventListener("pending", this.#redraw);
  }

  #reread = (): void => void this.#detail.run();

  #redraw = (): void => this.requestUpdate();

  override updated(changed: PropertyValues): void {
    if (changed.has("booking")) this.querySelector<HTMLElement>("aside")?.focus({ preventScroll: true });
  }

  override render(): unknown {
    return html`
      <aside tabindex="-1" aria-label="${t.detail}" @keydown="${(e: KeyboardEvent) => {
        if (e.key === "Escape") this.#close();
      }}">
        <div class="head">
          <h2>${t.detail}</h2>
          <button class="plain square" aria-label="${common.close}" @click="${this.#close}">${icon("close")}</button>
        </div>
        ${this.#detail.render((detail) => this.#draw(detail), 8)}
      </aside>
    `;
  }

  #close = (): void => {
    const booking = this.booking;
    go(here({ booking: undefined }));
    document.querySelector<HTMLElement>(`.bar[data-booking="${CSS.escape(booking)}"]`)?.focus();
  };

  #draw({ booking: { data: b }, branches }: Detail): TemplateResult {
    return html`
      <div class="stack">
        <div class="row">
          <span class="chip ${kind(b.status)}">${t.status[b.status]}</span>
          ${b.status === "HELD" && b.hold
            ? html`
              <lectern-countdown .until="${b.hold.expiresAt}"></lectern-countdown>
            `
            : nothing} ${changes.of(b.id)
            ? html`
              <span class="chip">${t.pending[changes.of(b.id)!.standing]}</span>
            `
            : nothing}
        </div>
        ${actions(b)}
        <div>
          <h1>${b.topic.title}</h1>
          <p>${show.range(b.start, b.end, b.zone)}</p>
          <p class="soft small">${show.zone(b.zone, new Date(b.start))}</p>
          ${differs(b.zone, new Date(b.start))
            ? html`
              <p class="soft small">${t.yourTime(
                show.range(b.start, b.end, Intl.DateTimeFormat().resolvedOptions().timeZone),
              )}</p>
            `
            : nothing}
        </div>
        <dl class="facts">${facts(b)}</dl>
        <section class="branches">
          <h3>${t.branches}</h3>
          <ul>${branches.map((each) => branch(each, b))}</ul>
        </section>
        <p class="soft small">${b.seriesId
          ? html`
            <a href="${to(`lectures/series/${b.seriesId}`)}">${t.series}</a> ·
          `
          : nothing}<a href="${to("history", { subject: b.id })}">${t.history}</a> · ${t.version(
            b.version,
          )}${b.zone === zone ? "" : ` · ${b.zone}`}</p>
      </div>
    `;
  }
}

/** What a booking says of itself; what it does not say is left out. */
function facts(b: Booking): TemplateResult[] {
  const all: [string, unknown][] = [
    [
      t.by.lecturer,
      html`
        ${b.lecturer.name} ${code(b.lecturer.code)}
      `,
    ],
    [
      t.by.venue,
      b.venue && html`
        ${b.venue.name} ${code(b.venue.code)}<div class="soft small">${b.venue.address}</div>
      `,
    ],
    [
      t.joinLink,
      b.joinLink && html`
        <span class="code">${b.joinLink}</span>
      `,
    ],
    [t.headCount, b.expectedHeadCount],
    [t.came, b.completion?.headCount],
    [t.report, b.completion?.note],
    [
      t.evidence,
      b.completion?.link && html`
        <span class="code">${b.completion.link}</span>
      `,
    ],
    [
      t.occupied,
      (b.occupiedFrom !== b.start || b.occupiedUntil !== b.end) && show.range(b.occupiedFrom, b.occupiedUntil, b.zone),
    ],
    [t.note, b.note],
    [t.reason, b.reason],
  ];
  return all.filter(([, value]) => value).map(([name, value]) =>
    html`
      <dt>${name}</dt><dd>${value}</dd>
    `
  );
}

function branch(b: BranchAcknowledgement, of: Booking): TemplateResult {
  const knows = b.acknowledged
    ? html`
      <span class="chip good">${icon("check")}${t.knows.acknowledged}${b.at ? ` ${show.ago(b.at)}` : ""}</span>
    `
    : b.reached
    ? html`
      <span class="chip">${icon("bell")}${t.knows.reached}</span>
    `
    : b.notified
    ? html`
      <span class="chip warn">${icon("clock")}${t.knows.told}</span>
    `
    : html`
      <span class="chip">${t.knows.nothing}</span>
    `;
  return html`
    <li>
      <span class="grow">${b.name} ${code(b.code)}${b.guest
        ? html`
          <span class="soft">${t.guest}</span>
        `
        : nothing}</span>
      ${knows}${b.guest ? guestLeaves(of, { id: b.branchId, code: b.code, name: b.name }) : nothing}
    </li>
  `;
}

function code(text: string): TemplateResult {
  return html`
    <span class="code soft">${text}</span>
  `;
}

define("lectern-booking-panel", Panel);
