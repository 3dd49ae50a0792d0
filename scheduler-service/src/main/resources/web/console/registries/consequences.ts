import { local, show, zone } from "../../common/time.ts";
import { html, type TemplateResult } from "../../common/view.ts";
import { type Path, read } from "../api.ts";
import type { Booking } from "../booking.ts";
import type { Part } from "../paged.ts";
import { to } from "../router.ts";
import { t } from "./texts.ts";
import { type Hours, inside } from "./windows.ts";

const c = t.consequences;
const DAYS = 30 * 86_400_000;
const SHOWN = 8;

/** The lectures that are booked and that a change of times concerns, before it is saved. */
export async function consequences(
  kind: "lecturers" | "venues",
  thing: string,
  _path: Path,
  hours: Hours,
  _etag: string | undefined,
): Promise<TemplateResult> {
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
    <ul class="steps">${listed.slice(0, SHOWN).map((each) =>
      html`
        <li><a href="${to("timeline", { booking: each.id, day: local(each.start).day })}" target="_blank">${show.range(
          each.start,
          each.end,
          each.zone,
        )}</a> · ${each.branch.name}</li>
      `
    )}</ul>
    ${listed.length > SHOWN
      ? html`
        <p class="soft">${c.more(listed.length - SHOWN)}</p>
      `
      : ""}
    <p class="soft">${c.stays}</p>
  `;
}
