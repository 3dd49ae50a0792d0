import { toast } from "../../common/announce.ts";
import { readAll } from "../../common/api.ts";
import { decide } from "../../common/decide.ts";
import { textField } from "../../common/forms.ts";
import { icon } from "../../common/icons.ts";
import { go, to } from "../../common/router.ts";
import { empty } from "../../common/states.ts";
import { show } from "../../common/time.ts";
import { define, html, nothing, type TemplateResult, View } from "../../common/view.ts";
import { branch, OfRecipient } from "../branches.ts";
import { Pulse } from "../pulse.ts";
import { Remembered } from "../remembered.ts";
import { Once } from "../sending.ts";
import { texts } from "../texts.ts";
import { byDay, type OpenLecture } from "./model.ts";

const t = texts.guest;

/** Lectures of other branches that the branch may join. */
class Open extends View {
  #list = new Remembered<OpenLecture[]>(
    this,
    () => branch() && `open ${branch()!.id}`,
    (signal) => readAll<OpenLecture>(`/peer/api/v1/branches/${branch()!.id}/open-lectures`, {}, signal),
  );
  #of: string | undefined;

  constructor() {
    super();
    new OfRecipient(this, () => {
      void this.#list.run(this.#of !== branch()?.id);
      this.#of = branch()?.id;
    });
    new Pulse(this, () => void this.#list.run());
  }

  override render(): unknown {
    return this.#list.render((all) =>
      all.length === 0 ? empty({ title: t.none, hint: t.noneHint, icon: "house" }) : html`
        <p class="soft">${t.hint}</p>
        ${byDay(all).map(({ day, bookings }) =>
          html`
            <section class="day">
              <h2>${show.wholeDay(day)}</h2>
              <ul class="cards">${bookings.map((each) => this.#card(each))}</ul>
            </section>
          `
        )}
      `
    );
  }

  #card(each: OpenLecture): TemplateResult {
    return html`
      <li class="card stack tight">
        <strong class="title">${each.topic.title}</strong>
        <span>${show.range(each.start, each.end, each.zone)}</span>
        <span class="soft small">${[each.lecturer, each.branch.name, each.venue?.name].filter(Boolean).join(" · ")}</span>
        ${each.venue?.address
          ? html`
            <span class="soft small">${each.venue.address}</span>
          `
          : nothing}
        <div class="row">${each.seats === undefined ? nothing : html`
          <span class="chip">${t.seats(each.seats)}</span>
        `}${each.travelMinutes === undefined ? nothing : html`
          <span class="chip">${icon("way")}${t.travel(each.travelMinutes)}</span>
        `}</div>
        <button class="primary" aria-label="${`${t.join}: ${each.topic.title}`}" @click="${() => void this.#join(each)}">
          ${icon("plus")}${t.join}
        </button>
      </li>
    `;
  }

  async #join(each: OpenLecture): Promise<void> {
    const once = new Once();
    const own = branch()!;
    let people = "";
    const done = await decide({
      heading: t.joinHeading,
      body: html`
        <p><strong>${each.topic.title}</strong><br>${show.range(each.start, each.end, each.zone)}</p>
      `,
      confirm: t.join,
      more: ({ errorOf }) =>
        textField({
          name: "expectedHeadCount",
          label: t.people,
          hint: each.seats === undefined ? "" : t.seats(each.seats),
          type: "number",
          value: people,
          error: errorOf("expectedHeadCount"),
          onInput: (value) => (people = value),
        }),
      send: () =>
        once.send({
          path: `/peer/api/v1/bookings/${each.id}/guests`,
          etag: `"${each.version}"`,
          body: { branchId: own.id, ...(people.trim() && { expectedHeadCount: Number(people) }) },
        }),
    });
    if (done) {
      toast(t.joined);
      go(to("lectures", { lecture: each.id }));
    } else void this.#list.run();
  }
}

define("lectern-open-lectures", Open);
