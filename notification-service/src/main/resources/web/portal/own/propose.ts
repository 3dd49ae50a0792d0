import { toast } from "../../common/announce.ts";
import { isRefusal } from "../../common/api.ts";
import { decide } from "../../common/decide.ts";
import { icon } from "../../common/icons.ts";
import { show } from "../../common/time.ts";
import { html, nothing, type TemplateResult } from "../../common/view.ts";
import { Once } from "../sending.ts";
import { type Availability, type Change, inWords, type Outcome, type Touched } from "./model.ts";
import { t } from "./texts.ts";

const a = t.availability;
const PATH = "/peer/api/v1/lecturers/me/availability/changes";

/** The lectures that a change touches. */
function touched({ count, bookings }: Touched, zone: string): TemplateResult {
  const others = count - bookings.length;
  return html`
    <div class="callout warn">
      <div>
        <strong>${a.touches(count)}</strong>
        <ul>${bookings.map((each) =>
          html`
            <li>${show.range(each.start, each.end, zone)} · ${each.branch}</li>
          `
        )}</ul>
        ${others > 0
          ? html`
            <p>${a.reserved(others)}</p>
          `
          : nothing}
        <p>${a.becomesRequest}</p>
      </div>
    </div>
  `;
}

/**
 * Shows what a change touches, then makes or requests it. Throws what the preview is refused with, so that the form can
 * show it at its fields.
 *
 * @return whether something was stored; `stale` if the availability has changed since it was read
 */
export async function propose(now: Availability, change: Change, heading: string): Promise<boolean | "stale"> {
  const etag = `"${now.version}"`;
  const { data: outcome } = await new Once().send<Outcome>({ path: PATH, body: change, etag, query: { dryRun: true } });
  const once = new Once();
  const effective = outcome.effect === "EFFECTIVE";
  let stale = false;
  const done = await decide<Outcome>({
    heading,
    body: html`
      <p><strong>${inWords(change, now.zone)}</strong></p>
      ${effective
        ? html`
          <div class="callout good"><div>${icon("check")} ${a.effective}</div></div>
        `
        : touched(outcome.touched, now.zone)}
    `,
    confirm: effective ? a.save : a.send,
    send: async () => {
      stale = false;
      try {
        return (await once.send<Outcome>({ path: PATH, body: change, etag })).data;
      } catch (error) {
        stale = isRefusal(error) && error.problem.status === 412;
        throw error;
      }
    },
  });
  if (done) toast(done.effect === "EFFECTIVE" ? a.saved : a.sent);
  return done ? true : stale ? "stale" : false;
}
