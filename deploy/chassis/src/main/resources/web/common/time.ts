import { language, locale } from "./language.ts";

/** Days are `2026-12-01` in the zone of the page; instants are those of the API. Intervals are half-open. */
export type Day = string;

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** The zone of the organization, in which a page shows times unless it says otherwise. */
export const zone = globalThis.document?.querySelector<HTMLMetaElement>('meta[name="lectern-zone"]')?.content || "Asia/Shanghai";

const parts = new Map<string, Intl.DateTimeFormat>();

function partsIn(inZone: string): Intl.DateTimeFormat {
  let format = parts.get(inZone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-CA", {
      timeZone: inZone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
    });
    parts.set(inZone, format);
  }
  return format;
}

interface Local {
  day: Day;
  minutes: number;
}

/** The day, and the minutes since its midnight, that a clock in the zone shows. */
export function local(instant: Date | string, inZone = zone): Local {
  const found: Record<string, string> = {};
  for (const part of partsIn(inZone).formatToParts(new Date(instant))) {
    found[part.type] = part.value;
  }
  return {
    day: `${found.year}-${found.month}-${found.day}`,
    minutes: Number(found.hour) * 60 + Number(found.minute),
  };
}

/** The instant at which a clock in the zone shows this time. */
export function instant(day: Day, minutes = 0, inZone = zone): Date {
  const wanted = Date.parse(`${day}T00:00:00Z`) + minutes * MINUTE;
  let guess = wanted;
  for (let i = 0; i < 2; i++) {
    const shown = local(new Date(guess), inZone);
    guess += wanted - (Date.parse(`${shown.day}T00:00:00Z`) + shown.minutes * MINUTE);
  }
  return new Date(guess);
}

export function today(inZone = zone): Day {
  return local(new Date(), inZone).day;
}

export function isDay(text: string | null | undefined): text is Day {
  return !!text && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
}

export function addDays(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** The Monday of a day's week. */
export function monday(day: Day): Day {
  return addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
}

const formats = new Map<string, Intl.DateTimeFormat>();

function written(at: Date, inZone: string, options: Intl.DateTimeFormatOptions): string {
  const key = inZone + JSON.stringify(options);
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(locale, { timeZone: inZone, hourCycle: "h23", ...options });
    formats.set(key, format);
  }
  return format.format(at);
}

const midday = (day: Day) => new Date(`${day}T12:00:00Z`);

export const show = {
  /** 14:30 */
  time: (at: Date | string, inZone = zone) => written(new Date(at), inZone, { hour: "2-digit", minute: "2-digit" }),
  /** Tue 1 Dec */
  day: (day: Day) => written(midday(day), "UTC", { weekday: "short", day: "numeric", month: "short" }),
  /** 1 Dec */
  date: (day: Day) => written(midday(day), "UTC", { day: "numeric", month: "short" }),
  /** Tuesday, 1 December 2026 */
  longDay: (day: Day) => written(midday(day), "UTC", { weekday: "long", day: "numeric", month: "long", year: "numeric" }),
  /** Tue, 1 Dec 2026: what `readDay` reads */
  wholeDay: (day: Day) =>
    written(midday(day), "UTC", {
      weekday: "short",
      day: "numeric",
      month: language === "zh" ? "long" : "short",
      year: "numeric",
    }),
  /** December 2026 */
  month: (day: Day) => written(midday(day), "UTC", { month: "long", year: "numeric" }),
  /** Tuesday, Tue or T */
  weekday: (day: Day, size: "long" | "short" | "narrow") => written(midday(day), "UTC", { weekday: size }),
  /** 30 Nov – 6 Dec 2026 */
  week: (from: Day) => {
    const month = language === "zh" ? "long" : "short";
    const range = new Intl.DateTimeFormat(locale, { timeZone: "UTC", day: "numeric", month, year: "numeric" });
    return range.formatRange(midday(from), midday(addDays(from, 6)));
  },
  /** Tue 1 Dec, 14:30 */
  moment: (at: Date | string, inZone = zone) =>
    written(new Date(at), inZone, { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" }),
  /** Tue 1 Dec, 14:30–16:00 */
  range: (from: Date | string, to: Date | string, inZone = zone) =>
    local(from, inZone).day === local(to, inZone).day
      ? `${show.moment(from, inZone)}–${show.time(to, inZone)}`
      : `${show.moment(from, inZone)} – ${show.moment(to, inZone)}`,
  /** The name of a zone and its offset: China Standard Time, GMT+8 */
  zone: (inZone = zone, at = new Date()) => {
    const name = (style: "long" | "shortOffset") =>
      new Intl.DateTimeFormat(locale, { timeZone: inZone, timeZoneName: style })
        .formatToParts(at)
        .find((part) => part.type === "timeZoneName")?.value ?? inZone;
    const long = name("long");
    const offset = name("shortOffset");
    return long === offset ? `${inZone} (${offset})` : `${long}${language === "zh" ? "，" : ", "}${offset}`;
  },
  /** in 3 hours, 2 days ago */
  ago: (at: Date | string, now = Date.now()) => {
    const seconds = (new Date(at).getTime() - now) / 1000;
    const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
    const size = Math.abs(seconds);
    if (size < 60) return relative.format(Math.round(seconds), "second");
    if (size < 3600) return relative.format(Math.round(seconds / 60), "minute");
    if (size < 86_400) return relative.format(Math.round(seconds / 3600), "hour");
    return relative.format(Math.round(seconds / 86_400), "day");
  },
};

/** Whether the viewer's own clock shows other times than this zone's. */
export function differs(inZone = zone, at = new Date()): boolean {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const here = local(at, own);
  const there = local(at, inZone);
  return here.day !== there.day || here.minutes !== there.minutes;
}

/** The weekdays as the API names them. */
export const WEEKDAYS = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"] as const;

/** A weekday of the API in the language of the page. */
export function weekday(name: string, size: "long" | "short"): string {
  const monday = "2026-11-30";
  return show.weekday(addDays(monday, WEEKDAYS.findIndex((each) => each === name)), size);
}
