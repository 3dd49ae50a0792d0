import { toast } from "../../common/announce.ts";
import { icon } from "../../common/icons.ts";
import { Load } from "../../common/states.ts";
import { type Day, local, show, weekday } from "../../common/time.ts";
import { define, html, nothing, type PropertyValues, type TemplateResult, View } from "../../common/view.ts";
import { read, type Reply } from "../api.ts";
import { type Booking, kind } from "../booking.ts";
import { changes } from "../booking/changes.ts";
import { selection } from "../bulk/selection.ts";
import { chosen } from "../lectures/model.ts";
import { go, to } from "../../common/router.ts";
import { hasRole } from "../../common/session.ts";
import { attempt } from "../timeline/actions.ts";
import { ahead, example, type Series, weekdaysOf } from "./model.ts";
import { openCancellation, openExtension } from "./rest.ts";
import { t } from "./texts.ts";

type Way = "count" | "until" | "dates" | "missing";

/** A series: what it is, its dates, and every change of it as a whole. */
class SeriesView extends View {
  static override properties = { series: {} };

  declare series: string;

  #one = new Load<Reply<Series>>(this, (signal) => read<Series>(`/api/v1/series/${this.series}`, {}, signal));

  override willUpdate(changed: PropertyValues): void {
    if (changed.has("series")) void this.#one.run(true);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    changes.addEventListener("changed", this.#changed);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    changes.removeEventListener("changed", this.#changed);
  }

  #changed = (): void => void this.#one.run();

  async #extend({ data: series, etag }: Reply<Series>, way?: Way, only?: string): Promise<void> {
    await attempt(async () => {
      const done = await openExtension({ series, etag, ...(way && { way }), ...(only && { only }) });
      if (done) toast(t.added(done.added?.length ?? 0));
      await this.#one.run();
    });
  }

  async #cancel({ data: series, etag }: Reply<Series>, from: Booking): Promise<void> {
    await attempt(async () => {
      const done = await openCancellation(series, etag, from);
      if (done) toast(t.cancelled(done.changing));
      await this.#one.run();
    });
  }

  async #skip(booking: Booking): Promise<void> {
    await attempt(async () => (await import("../booking/end.ts")).openAction("cancel", booking.id));
  }

  /** The remaining lectures as the selection of one change of many. */
  #together(remaining: Booking[]): void {
    selection.clear();
    selection.set(remaining.map(chosen), true);
    go(to("lectures/change"));
  }

  override render(): unknown {
    return this.#one.render((reply) => this.#draw(reply), 8);
  }

  #draw(reply: Reply<Series>): TemplateResult {
    const { data: series } = reply;
    const like = example(series);
    const remaining = ahead(series, Date.now());
    const may = hasRole("organizer");
    return html`
      <div class="page-head">
        <h2 class="grow">${t.oneHeading(like?.topic.title ?? "")}</h2>
        ${may
          ? html`
            <button class="primary" @click="${() => void this.#extend(reply)}">${t.extend}</button>
            ${remaining.length > 1
              ? html`
                <button @click="${() => this.#together(remaining)}">${t.together}</button>
              `
              : nothing} ${remaining[0]
              ? html`
                <button class="danger" @click="${() => void this.#cancel(reply, remaining[0]!)}">${t.cancelRest}</button>
              `
              : nothing}
          `
          : nothing}
      </div>
      <div class="card stack tight">
        <p>${icon("clock")} <b>${rule(series)}</b> · ${t.upcoming(remaining.length)}</p>
        ${like
          ? html`
            <p>${icon("person")} ${like.lecturer.name} · ${like.branch.name}${like.venue ? ` · ${like.venue.name}` : ""}</p>
          `
          : nothing}
        <p class="soft small"><a href="${to("history", { subject: series.id })}">${t.history}</a></p>
      </div>
      ${series.missing?.length ? this.#missing(reply, series.missing, may) : nothing}
      <section class="stack tight">
        <h3>${t.dates}</h3>
        <ul class="list" aria-label="${t.dates}">${series.occurrences.map((each) => this.#occurrence(reply, each, may))}</ul>
      </section>
    `;
  }

  #missing(reply: Reply<Series>, missing: Day[], may: boolean): TemplateResult {
    return html`
      <section class="card stack tight">
        <div class="row"><h3 class="grow">${t.missing}</h3>${may && missing.length > 1
          ? html`
            <button @click="${() => void this.#extend(reply, "missing")}">${t.addAll}</button>
          `
          : nothing}</div>
        <p class="soft small">${t.missingHint}</p>
        <ul class="series-missing">${missing.map((day) =>
          html`
            <li>${show.day(day)}${may
              ? html`
                <button aria-label="${t.addBackOf(show.day(day))}" @click="${() => void this.#extend(reply, "dates", day)}">${t
                  .addBack}</button>
              `
              : nothing}</li>
          `
        )}</ul>
      </section>
    `;
  }

  #occurrence(reply: Reply<Series>, each: Series["occurrences"][number], may: boolean): TemplateResult {
    const when = show.range(each.start, each.end, each.zone);
    const open = ahead({ ...reply.data, occurrences: [each] }, Date.now()).length > 0;
    return html`
      <li>
        <div class="item">
          <span><a href="${to("timeline", { booking: each.id, day: local(each.start).day })}"><b>${when}</b></a><br>${each
            .lecturer
            .name} <span class="soft">${each.venue?.name ?? ""}</span></span>
          <span class="end">${each.seriesDetached
            ? html`
              <span class="chip">${t.detached}</span>
            `
            : nothing}<span class="chip ${kind(each.status)}">${t.status[each.status]}</span>${may && open
            ? html`
              <button aria-label="${t.skipOf(when)}" @click="${() => void this.#skip(each)}">${t.skip}</button>
              <button aria-label="${t.restOf(when)}" @click="${() => void this.#cancel(reply, each)}">${t
                .rest}</button>
            `
            : nothing}</span>
        </div>
      </li>
    `;
  }
}

/** The rule in words. */
function rule({ pattern }: Series): string {
  const time = pattern.startTime.slice(0, 5);
  if (!pattern.weekly) return t.ruleListed(time);
  const names = weekdaysOf(pattern.weekly).map((each) => weekday(each, "short"));
  return t.rule(pattern.weekly.interval ?? 1, names.join(", "), time);
}

define("lectern-series-view", SeriesView);
