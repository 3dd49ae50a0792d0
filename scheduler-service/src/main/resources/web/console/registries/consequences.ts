import { local, show, zone } from "../../common/time.ts";
import { html, type TemplateResult } from "../../common/view.ts";
import { change, type Path } from "../api.ts";
import { to } from "../../common/router.ts";
import { t } from "./texts.ts";

const c = t.consequences;
const SHOWN = 8;

interface Affected {
  id: string;
  start: string;
  end: string;
  branch: string;
  rules: string[];
}

export interface Consequences {
  count: number;
  rules?: { code: string; count: number }[];
  bookings: Affected[];
}

/** What a change means for lectures that are booked, as the API says it without making the change. */
export async function consequences(path: Path, body: unknown, etag: string | undefined): Promise<TemplateResult> {
  const { data } = await change<{ consequences: Consequences }>("PUT", path, body, { etag, query: { dryRun: true } });
  return drawn(data.consequences);
}

export function drawn({ count, rules = [], bookings }: Consequences): TemplateResult {
  if (count === 0) {
    return html`
      <p>${c.none}</p>
    `;
  }
  return html`
    <p>${c.some(count)} ${rules.map((each) => `${c.rules[each.code] ?? each.code} (${each.count})`).join(", ")}</p>
    ${list(bookings, count)}
  `;
}

function list(all: Affected[], count: number): TemplateResult {
  const shown = all.slice(0, SHOWN);
  return html`
    <ul class="steps">${shown.map((each) =>
      html`
        <li><a href="${to("timeline", { booking: each.id, day: local(each.start).day })}" target="_blank">${show.range(
          each.start,
          each.end,
          zone,
        )}</a> · ${each.branch}${each.rules.length
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
