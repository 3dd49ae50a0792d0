import { toast } from "../../common/announce.ts";
import { selectField, textField } from "../../common/forms.ts";
import { icon } from "../../common/icons.ts";
import { choice } from "../../common/parts.ts";
import { empty, Load } from "../../common/states.ts";
import { local, show } from "../../common/time.ts";
import { define, html, nothing, type TemplateResult, View } from "../../common/view.ts";
import { change, newKey, read } from "../api.ts";
import { type Booking, isActive, kind, type Ref } from "../booking.ts";
import { changes } from "../booking/changes.ts";
import { pickField } from "../booking/fields.ts";
import { bulkBar } from "../bulk/bar/bar.ts";
import { selection } from "../bulk/selection.ts";
import { decide } from "../decide.ts";
import { Paged, type Part } from "../../common/paged.ts";
import { sent } from "../reason/model.ts";
import { registry } from "../registry.ts";
import { go, here, route, Routed, to } from "../../common/router.ts";
import { hasRole } from "../../common/session.ts";
import { asked, chosen, FILTERS, isWork, query, STATUSES, VIEWS } from "./model.ts";
import { t } from "./texts.ts";

type Item = Booking & { warnings?: { code: string; detail: string }[] };

/** Lectures that match a question, to be read, opened, or chosen for one change of many. */
class LectureList extends View {
  #question = "";
  #list = new Paged<Item>(
    this,
    (cursor, signal) => read<Part<Item>>("/api/v1/bookings", { ...query(asked(route().params)), cursor }, signal),
  );
  #lists = new Load<Record<typeof FILTERS[number], Ref[]>>(this, async () => {
    const [lecturer, branch, venue, topic] = await Promise.all([
      registry("lecturer"),
      registry("branch"),
      registry("venue"),
      registry("topic"),
    ]);
    return { lecturer, branch, venue, topic };
  });

  constructor() {
    super();
    new Routed(this, () => this.#routed());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#routed();
    void this.#lists.run();
    changes.addEventListener("changed", this.#changed);
    selection.addEventListener("changed", this.#selected);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    changes.removeEventListener("changed", this.#changed);
    selection.removeEventListener("changed", this.#selected);
  }

  #changed = (): void => void this.#list.restart(false);

  #selected = (): void => this.requestUpdate();

  #routed(): void {
    const question = JSON.stringify(query(asked(route().params)));
    if (question !== this.#question) {
      this.#question = question;
      void this.#list.restart();
    }
  }

  override render(): unknown {
    const { view } = asked(route().params);
    return html`
      ${choice(
        t.viewLabel,
        VIEWS.map((each) => ({
          label: t.views[each],
          href: here({ view: each === "all" ? undefined : each }),
          current: each === view,
        })),
      )} ${t.viewHints[view]
        ? html`
          <p class="soft">${t.viewHints[view]}</p>
        `
        : nothing} ${this.#filters()} ${this.#list.render((items) => this.#items(items))} ${bulkBar()}
    `;
  }

  #filters(): TemplateResult {
    const { view, from, to: until, status, ids } = asked(route().params);
    const set = (name: string) => (value: string | undefined) => go(here({ [name]: value || undefined }), { replace: true });
    return html`
      <div class="filters lecture-filters">
        ${textField({
          name: "from",
          label: t.from,
          type: "date",
          required: true,
          value: from,
          onInput: set("from"),
        })} ${textField({
          name: "to",
          label: t.to,
          type: "date",
          required: true,
          value: until,
          onInput: set("to"),
        })} ${isWork(view) ? nothing : selectField({
          name: "status",
          label: t.status,
          required: true,
          value: status ?? "",
          options: [{ value: "", label: t.anyStatus }, ...STATUSES.map((each) => ({ value: each, label: t.statuses[each] }))],
          onChange: set("status"),
        })} ${Object.keys(ids).length > 0
          ? html`
            <a class="button plain" href="${here({
              lecturer: undefined,
              branch: undefined,
              venue: undefined,
              topic: undefined,
            })}">${t
              .clear}</a>
          `
          : nothing}
      </div>
      <details ?open="${Object.keys(ids).length > 0}">
        <summary>${t.more}</summary>
        <div class="fields lecture-more">${FILTERS.map((each) =>
          pickField({
            name: each,
            label: t.filters[each],
            list: this.#lists.data?.[each] ?? [],
            value: this.#lists.data?.[each].find((ref) => ref.id === ids[each]),
            onPick: (ref) => set(each)(ref?.id),
          })
        )}</div>
      </details>
    `;
  }

  #items(items: Item[]): TemplateResult {
    const { view } = asked(route().params);
    if (items.length === 0) {
      return empty({
        icon: view === "all" ? "calendar" : "check",
        title: t.noneOf[view],
        hint: view === "all" ? t.noneHint : t.noneOfHint,
      });
    }
    const organizer = hasRole("organizer");
    const free = items.filter(isActive);
    return html`
      <div class="row lecture-head">
        ${organizer && free.length > 0
          ? html`
            <label class="row"><input type="checkbox" .checked="${free.every((each) => selection.has(each.id))}" @change="${(
              e: Event,
            ) => selection.set(free.map(chosen), (e.target as HTMLInputElement).checked)}"> ${t.selectAll}</label>
          `
          : nothing}
        <span class="soft small grow" role="status">${t.shown(items.length)}</span>
        ${organizer && view === "outdated"
          ? html`
            <button class="primary" @click="${() => void this.#renotify()}">${icon("bell")}${t.renotify}</button>
          `
          : nothing}
      </div>
      <ul class="list lecture-list" aria-label="${t.list}">${items.map((each) => this.#item(each, organizer))}</ul>
    `;
  }

  #item(each: Item, organizer: boolean): TemplateResult {
    const { name } = chosen(each);
    return html`
      <li class="${organizer ? "picking" : ""}">
        ${organizer
          ? html`
            <label class="pick"><span class="hidden">${t.select(name)}</span>
              <input type="checkbox" .checked="${selection.has(each.id)}" ?disabled="${!isActive(each)}" @change="${(e: Event) =>
                selection.set([chosen(each)], (e.target as HTMLInputElement).checked)}"></label>
          `
          : nothing}
        <div class="item">
          <span><a href="${to("timeline", { booking: each.id, day: local(each.start).day })}"><b>${show.range(
            each.start,
            each.end,
            each.zone,
          )}</b></a> · ${each.lecturer.name}<br>${each.branch.name} <span class="soft"
            >${each.topic.title}${each.venue ? ` · ${each.venue.name}` : ""}</span>${(each.warnings ?? []).map((warning) =>
              html`
                <br><span class="lecture-warning small">${icon("warning")} <span>${warning.detail}</span></span>
              `
            )}${this.#answer(each, organizer)}</span>
          <span class="end">${each.lecturerAnswer
            ? html`
              <span class="chip ${answerTone(each)}">${t.answers[each.lecturerAnswer.state]}</span>
            `
            : nothing}${each.seriesId
            ? html`
              <a class="chip" href="${to(`lectures/series/${each.seriesId}`)}">${t.series}</a>
            `
            : nothing}<span class="chip ${kind(each.status)}">${t.statuses[each.status]}</span></span>
        </div>
      </li>
    `;
  }

  /** Why the lecturer does not come, and what an organizer can do about it. */
  #answer(each: Item, organizer: boolean): TemplateResult | typeof nothing {
    const answer = each.lecturerAnswer;
    if (!answer || (answer.state !== "DECLINED" && answer.state !== "OVERDUE")) return nothing;
    const day = local(each.start).day;
    const { name } = chosen(each);
    return html`
      <br><span class="small">${answer.state === "DECLINED"
        ? answer.reason ? t.declinedBecause(answer.reason) : nothing
        : t.dueSince(show.moment(answer.dueAt))}</span>${organizer && isActive(each)
        ? html`
          <span class="row small"><button class="plain" aria-label="${t.substituteFor(name)}" @click="${() => {
            selection.clear();
            selection.set([chosen(each)], true);
            go(to("lectures/change"));
          }}">${t.substitute}</button>${each.campaignId
            ? html`
              <a class="button plain" aria-label="${t.rescueFor(each.lecturer.name)}" href="${to("plan", {
                new: "rescue",
                for: "lecturer",
                id: each.lecturer.id,
                first: day,
                last: day,
              })}">${t.rescue}</a>
            `
            : nothing}</span>
        `
        : nothing}
    `;
  }

  /** The service tells at most 200 at once and says whether more are left. */
  async #renotify(): Promise<void> {
    const { ids } = asked(route().params);
    let told = 0;
    let key = newKey();
    const done = await decide({
      heading: t.renotify,
      body: html`
        <p>${t.renotifyBody}</p>
      `,
      reason: t.renotifyReason,
      coded: true,
      confirm: t.renotify,
      send: async (_, reason) => {
        for (;;) {
          const { data } = await change<{ bookingIds: string[]; more: boolean }>("POST", "/api/v1/bookings/renotify", {
            ...sent(reason),
            ...(ids.lecturer && { lecturerId: ids.lecturer }),
            ...(ids.venue && { venueId: ids.venue }),
            ...(ids.topic && { topicId: ids.topic }),
          }, { key });
          told += data.bookingIds.length;
          key = newKey();
          if (!data.more) return true;
        }
      },
    });
    if (done) {
      toast(t.renotified(told));
      void this.#list.restart(false);
    }
  }
}

function answerTone({ lecturerAnswer }: Item): string {
  switch (lecturerAnswer?.state) {
    case "DECLINED":
    case "OVERDUE":
      return "bad";
    case "ACCEPTED":
      return "good";
    default:
      return "";
  }
}

define("lectern-lecture-list", LectureList);
