import { show } from "../../common/time.ts";
import { html, nothing, type TemplateResult } from "../../common/view.ts";
import type { Reply } from "../api.ts";
import type { Booking } from "../booking.ts";
import { formatName } from "../formats.ts";
import { t } from "./texts.ts";
import type { Version } from "./types.ts";

export interface Stale {
  before: Booking;
  now: Reply<Booking>;
  last: Version | undefined;
}

/** Another user was first: who, what, and both versions. */
export function stale({ before, now, last }: Stale, on: { onto: () => void; leave: () => void }): TemplateResult {
  const gone = !["HELD", "CONFIRMED"].includes(now.data.status);
  return html`
    <section class="callout warn" role="alert">
      <div class="stack grow">
        <div><b>${last ? t.overtakenBy(last.actor, show.time(last.at)) : t.overtaken}</b>${last?.reason
          ? html`
            <p>${last.reason}</p>
          `
          : nothing}</div>
        <table class="versions">
          <thead>
            <tr>
              <td></td>
              <th scope="col">${t.youSaw}</th>
              <th scope="col">${t.isNow}</th>
            </tr>
          </thead>
          <tbody>${differences(before, now.data).map(([name, was, is]) =>
            html`
              <tr>
                <th scope="row">${name}</th>
                <td>${was}</td>
                <td><b>${is}</b></td>
              </tr>
            `
          )}</tbody>
        </table>
        <div class="row">
          <button type="button" @click="${on.leave}">${t.leaveTheirs}</button>
          ${gone ? nothing : html`
            <button type="button" @click="${on.onto}">${t.ontoTheirs}</button>
          `}
        </div>
      </div>
    </section>
  `;
}

/** What differs between two versions, in words. */
export function differences(before: Booking, now: Booking): [string, string, string][] {
  const said = (b: Booking): [string, string][] => [
    [t.status, t.statuses[b.status]],
    [t.when, show.range(b.start, b.end, before.zone)],
    [t.lecturer, b.lecturer.name],
    [t.venue, b.venue?.name ?? "–"],
    [t.branch, b.branch.name],
    [t.guests, (b.guests ?? []).map((guest) => guest.name).join(", ") || "–"],
    [t.topic, b.topic.title],
    [t.format, formatName(b.format)],
    [t.headCount, String(b.expectedHeadCount ?? "–")],
    [t.note, b.note ?? "–"],
    [t.holdUntil, b.hold ? show.moment(b.hold.expiresAt) : "–"],
  ];
  const then = said(before);
  return said(now).flatMap(([name, is], i): [string, string, string][] => {
    const was = then[i]![1];
    return was === is ? [] : [[name, was, is]];
  });
}
