import { icon } from "../../common/icons.ts";
import { empty, Load } from "../../common/states.ts";
import { local, show } from "../../common/time.ts";
import { define, html, nothing, type TemplateResult, View } from "../../common/view.ts";
import { read } from "../api.ts";
import type { Booking } from "../booking.ts";
import type { Part } from "../../common/paged.ts";
import { to } from "../../common/router.ts";
import { t } from "./texts.ts";
import { answer } from "./words.ts";
import { mayRead } from "./model.ts";

interface Recipient {
  branchId?: string;
  lecturerId?: string;
  recipientCode: string;
  recipientName: string;
  reason: string;
  failureReasons?: string[];
}

interface Lecture {
  booking: Booking;
  branches: Recipient[];
}

interface Found {
  lectures: Lecture[];
  checked: number;
  of: number;
}

const DAYS = 7 * 86_400_000;
const AT_ONCE = 5;

/**
 * The call list: branches of coming lectures that no channel has reached. It grows while the lectures are asked about.
 */
class Unreached extends View {
  #found: Found = { lectures: [], checked: 0, of: 0 };
  #list = new Load<Booking[]>(this, async (signal) => {
    const { data } = await read<Part<Booking>>("/api/v1/bookings", {
      status: "CONFIRMED",
      acknowledged: false,
      from: new Date().toISOString(),
      to: new Date(Date.now() + DAYS).toISOString(),
      limit: 200,
    }, signal);
    void this.#ask(data.items, signal);
    return data.items;
  });

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#list.run();
  }

  async #ask(bookings: Booking[], signal: AbortSignal): Promise<void> {
    const found: Found = { lectures: [], checked: 0, of: bookings.length };
    this.#found = found;
    const waiting = [...bookings];
    const worker = async () => {
      for (let booking = waiting.shift(); booking; booking = waiting.shift()) {
        const { data } = await read<Part<Recipient>>(`/peer/api/v1/bookings/${booking.id}/unreached`, {}, signal);
        found.checked++;
        if (data.items.length > 0) {
          found.lectures.push({ booking, branches: data.items });
          found.lectures.sort((a, b) => a.booking.start.localeCompare(b.booking.start));
        }
        this.requestUpdate();
      }
    };
    try {
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
    } catch (error) {
      if (!signal.aborted) {
        this.#list.error = error;
        this.requestUpdate();
      }
    }
  }

  override render(): unknown {
    return html`
      <div class="stack">
        <p class="soft">${t.unreached.lead}</p>
        ${this.#list.render(() => this.#draw(this.#found))}
      </div>
    `;
  }

  #draw({ lectures, checked, of }: Found): TemplateResult {
    const done = checked === of;
    return html`
      ${done && lectures.length === 0
        ? empty({ icon: "check", title: t.unreached.none, hint: t.unreached.noneHint })
        : nothing} ${lectures.length > 0
        ? html`
          <ul class="list">${lectures.map(lecture)}</ul>
        `
        : nothing} ${of > 0
        ? html`
          <p class="soft small" role="status">${t.unreached.checked(checked, of)}</p>
        `
        : nothing}
    `;
  }
}

function lecture({ booking: b, branches }: Lecture): TemplateResult {
  return html`
    <li>
      <div class="item">
        <span>
          <a href="${to("timeline", { booking: b.id, day: local(b.start).day })}"><b>${b.topic.title}</b></a> · ${b.lecturer
            .name}<br>
          <span class="soft">${show.range(b.start, b.end, b.zone)}</span>
          ${branches.map((each) =>
            html`
              <br>${icon("warning")} <a href="${to(
                each.lecturerId ? `registries/lecturers/${each.lecturerId}` : `registries/branches/${each.branchId}`,
              )}">${each.recipientName}</a>
              <span class="code soft">${each.recipientCode}</span> ${t.unreached.because[each.reason] ??
                each.reason}${each.failureReasons
                  ?.length
                ? html`
                  <span class="soft">(${each.failureReasons.map(answer).join("; ")})</span>
                `
                : nothing}
            `
          )}</span>
        ${mayRead.log()
          ? html`
            <span class="end"><a class="button" href="${to("deliveries", { view: "log", booking: b.id })}">${t.views
              .log}</a></span>
          `
          : nothing}
      </div>
    </li>
  `;
}

define("lectern-unreached", Unreached);
