import { define, html, View } from "../../common/view.ts";
import { icon } from "../../common/icons.ts";
import { t } from "./texts.ts";

/** What is left of a hold, to the second in its last hour. It is not read out by itself. */
class Countdown extends View {
  static override properties = { until: {} };

  declare until: string;

  #timer: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setInterval(() => this.requestUpdate(), 1000);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  override render(): unknown {
    const left = Date.parse(this.until) - Date.now();
    return html`
      <span class="chip ${left < 15 * 60_000 ? "bad" : "warn"}" role="timer">${icon("clock")}${left > 0
        ? t.holdLeft(remaining(left))
        : t.holdOver}</span>
    `;
  }
}

/** `2 d 3 h`, `3 h 05 min`, `14:59` */
export function remaining(millis: number): string {
  const seconds = Math.max(Math.floor(millis / 1000), 0);
  const two = (number: number) => String(number).padStart(2, "0");
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor(seconds / 3600) % 24;
  const minutes = Math.floor(seconds / 60) % 60;
  if (days > 0) return t.daysAndHours(days, hours);
  if (hours > 0) return t.hoursAndMinutes(hours, two(minutes));
  return `${two(minutes)}:${two(seconds % 60)}`;
}

define("lectern-countdown", Countdown);
