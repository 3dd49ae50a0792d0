import { local, show, zone } from "../../common/time.ts";
import { html, type TemplateResult } from "../../common/view.ts";
import { change, type Path, read } from "../api.ts";
import type { Booking } from "../booking.ts";
import type { Part } from "../paged.ts";
import { RefusedProblem } from "../problem.ts";
import { to } from "../router.ts";
import { t } from "./texts.ts";
import { type Hours, inside } from "./windows.ts";

const c = t.consequences;
const DAYS = 30 * 86_400_000;
const SHOWN = 8;

interface Affected {
  id: string;
  start: string;
  end: string;
  branch?: string;
  rules?: string[];
}

interface Consequences {
  count: number;
  rules?: { code: string; count: number }[];
  bookings?: Affected[];
}

/** What a change means for lectures that are booked, as the API says it without making the change. */
export async function consequences(
  path: Path,
  body: unknown,
  etag: string | undefined,
  otherwise: () => Promise<TemplateResult>,
): Promise<TemplateResult> {
  try {
    const { data } = await change<{ consequences?: Consequences }>("PUT", path, body, { etag, query: { dryRun: true } });
    return data.consequences ? drawn(data.consequences) : await otherwise();
  } catch (error) {
    if (error instanceof RefusedProblem && error.errorOf("dryRun")) return await otherwise(); // a service without it
    throw error;
  }
}

function drawn({ count, rules = [], bookings = [] }: Consequences): TemplateResult {
  if (count === 0) {
    return html`
      <p>${c.none}</p>
    `;
  }
  return html`
    <p>${c.some(count)} ${rules.map((each) => `${c.rules[each.code] ?? each.code} (${each.count})`).join(", ")}</p>
    ${list(bookings.map((each) => ({ ...each, zone })), count)}
  `;
}

/** The lectures of the next weeks, for a service that does not say the consequences. */
export async function lectures(kind: "lecturers" | "venues", thing: string, hours: Hours): Promise<TemplateResult> {
  const { data } = await read<Part<Booking>>("/api/v1/bookings", {
    [kind === "lecturers" ? "lecturerId" : "venueId"]: thing,
    from: new Date().toISOString(),
    to: new Date(Date.now() + DAYS).toISOString(),
    limit: 200,
  });
  const booked = data.items.filter((each) => each.status === "CONFIRMED" || each.status === "HELD");
  if (booked.length === 0) {
    return html`
      <p>${c.unaffected}</p>
    `;
  }
  const touched = booked.filter((each) => inside(each, hours.blackouts ?? [], hours.zone ?? zone));
  const listed = touched.length > 0 ? touched : booked;
  return html`
    <p>${c.many(booked.length)} ${touched.length > 0 ? c.inside(touched.length) : ""}</p>
    ${list(listed.map((each) => ({ ...each, branch: each.branch.name })), listed.length)}
  `;
}

function list(all: (Affected & { zone: string })[], count: number): TemplateResult {
  const shown = all.slice(0, SHOWN);
  return html`
    <ul class="steps">${shown.map((each) =>
      html`
        <li><a href="${to("timeline", { booking: each.id, day: local(each.start).day })}" target="_blank">${show.range(
          each.start,
          each.end,
          each.zone,
        )}</a> · ${each.branch}${each.rules?.length
          ? html`
            <br><span class="soft">${each.rules.map((code) => c.rules[code] ?? code).join(", ")}</span>
          `
          : ""}</li>
      `
    )}</ul>
    ${count > shown.length
      ? html`
        <p class="soft">${c.more(count - shown.length)}</p>
      `
      : ""}
    <p class="soft">${c.stays}</p>
  `;
}
