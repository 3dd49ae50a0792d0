import { read, readAll, readFile, saveFile } from "../../common/api.ts";
import { toast } from "../../common/announce.ts";
import { icon } from "../../common/icons.ts";
import { route } from "../../common/router.ts";
import { told } from "../../common/states.ts";
import { show, today } from "../../common/time.ts";
import { html, nothing, type ReactiveControllerHost, repeat, type TemplateResult } from "../../common/view.ts";
import { webLink, zone } from "../parts.ts";
import { Remembered } from "../remembered.ts";
import { texts } from "../texts.ts";
import { type Booking, byDay, nearness } from "./model.ts";

const t = texts.lectures;
const YEAR = 366 * 24 * 3600_000;

/** The lectures of a branch or a lecturer; the address says which are shown, or which one is open. */
export class Lectures<T extends Booking> {
  readonly ahead: Remembered<T[]>;
  readonly past: Remembered<T[]>;
  readonly one: Remembered<T>;

  /**
   * @param by the parameter of the API that names the branch or the lecturer
   * @param of the one that the pages are about, if any
   */
  constructor(host: ReactiveControllerHost, by: "branchId" | "lecturerId", of: () => { id: string } | undefined) {
    this.ahead = new Remembered<T[]>(
      host,
      () => of() && `ahead ${of()!.id}`,
      (signal) =>
        readAll<T>(
          "/peer/api/v1/bookings",
          { [by]: of()!.id, from: new Date().toISOString(), status: "CONFIRMED" },
          signal,
        ),
    );
    this.past = new Remembered<T[]>(host, () => of() && `past ${of()!.id}`, async (signal) => {
      const now = Date.now();
      const all = await readAll<T>("/peer/api/v1/bookings", {
        [by]: of()!.id,
        from: new Date(now - YEAR).toISOString(),
        to: new Date(now).toISOString(),
      }, signal);
      return all.filter((each) => each.status !== "CANCELLED" && Date.parse(each.end) <= now).reverse();
    });
    this.one = new Remembered<T>(
      host,
      () => this.id() && `lecture ${this.id()}`,
      async (signal) => (await read<T>(`/peer/api/v1/bookings/${this.id()}`, {}, signal)).data,
    );
  }

  /** The lecture that is open. */
  id(): string | undefined {
    const id = route().page === "lectures" ? route().params.get("lecture") : undefined;
    return id && /^[0-9a-f-]{36}$/i.test(id) ? id : undefined;
  }

  isPast(): boolean {
    return route().params.get("when") === "past";
  }

  shown(): Remembered<T> | Remembered<T[]> {
    return this.id() ? this.one : this.list();
  }

  list(): Remembered<T[]> {
    return this.isPast() ? this.past : this.ahead;
  }
}

/** Lectures under the days on which they begin. */
export function days<T extends Booking>(all: readonly T[], card: (each: T) => TemplateResult): TemplateResult {
  const now = today(zone());
  return html`
    ${repeat(byDay(all), ({ day }) => day, ({ day, bookings }) => {
      const near = nearness(day, now);
      return html`
        <section class="day">
          <h2>${near
            ? html`
              <span class="near">${t[near]}</span>
            `
            : nothing}${show.wholeDay(day)}</h2>
          <ul class="cards">${bookings.map(card)}</ul>
        </section>
      `;
    })}
  `;
}

/** When a lecture begins and ends, for its card. */
export function times({ start, end, zone: at }: Booking): TemplateResult {
  return html`
    <span class="time">${show.time(start, at)}<span class="soft small">${show.time(end, at)}</span></span>
  `;
}

/** When, where and how a lecture takes place. */
export function place({ start, end, zone: at, venue, joinLink }: Booking): TemplateResult {
  return html`
    <dt>${t.when}</dt>
    <dd>${show.range(start, end, at)}<br><span class="soft small">${show.zone(at, new Date(start))}</span></dd>
    ${fact(t.place, venue?.name, venue?.address)} ${fact(t.join, joinLink && webLink(joinLink))}
  `;
}

/** The host, the guests, and how many people are expected. */
export function audience({ branch: host, guests, expectedHeadCount }: Booking): TemplateResult {
  return html`
    ${fact(t.host, host.name)} ${fact(t.guests, guests?.map((each) => each.name).join(", "))} ${fact(
      t.people,
      expectedHeadCount === undefined ? undefined : t.headCount(expectedHeadCount),
    )}
  `;
}

export function attended({ completion }: Booking): TemplateResult | typeof nothing {
  return fact(t.attended, completion?.headCount === undefined ? undefined : t.headCount(completion.headCount));
}

/** What a lecture is: its status, or how it ended. */
export function standing(booking: Booking, isOver: boolean): TemplateResult {
  return isOver || booking.status === "CANCELLED" ? outcome(booking) : html`
    <span class="chip confirmed">${icon("check")}${t.status[booking.status] ?? booking.status}</span>
  `;
}

export function fact(label: string, value: unknown, more?: string): TemplateResult | typeof nothing {
  return value
    ? html`
      <dt>${label}</dt>
      <dd>${value}${more
        ? html`
          <br><span class="soft small">${more}</span>
        `
        : nothing}</dd>
    `
    : nothing;
}

/** How a lecture ended. */
export function outcome(booking: Booking): TemplateResult {
  switch (booking.status) {
    case "COMPLETED":
      return html`
        <span class="chip completed">${icon("check")}${t.status.COMPLETED}${booking.completion?.headCount === undefined
          ? nothing
          : ` · ${t.headCount(booking.completion.headCount)}`}</span>
      `;
    case "CANCELLED":
      return html`
        <span class="chip bad">${icon("close")}${t.status.CANCELLED}</span>
      `;
    default:
      return html`
        <span class="chip">${icon("clock")}${t.unrecorded}</span>
      `;
  }
}

async function saveCalendar(booking: Booking): Promise<void> {
  try {
    saveFile(await readFile(`/peer/api/v1/bookings/${booking.id}/calendar.ics`));
  } catch (error) {
    toast({ kind: "bad", text: told(error).detail });
  }
}

/** Saves a lecture ahead for the calendar of the device. */
export function calendarButton(booking: Booking, isOver: boolean): TemplateResult | typeof nothing {
  return isOver || booking.status !== "CONFIRMED" ? nothing : html`
    <button @click="${() => void saveCalendar(booking)}">${icon("calendar")}${t.calendar}</button>
  `;
}
