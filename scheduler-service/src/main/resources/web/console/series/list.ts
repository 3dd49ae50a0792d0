import { choice } from "../../common/parts.ts";
import { show } from "../../common/time.ts";
import { define, html, type TemplateResult, View } from "../../common/view.ts";
import { read } from "../api.ts";
import { Paged, type Part } from "../../common/paged.ts";
import { here, route, Routed, to } from "../../common/router.ts";
import type { Summary } from "./model.ts";
import { t } from "./texts.ts";

/** All series, the newest first: those with lectures ahead, or those that are over. */
class SeriesList extends View {
  #ended: boolean | undefined;
  #list = new Paged<Summary>(
    this,
    (cursor, signal) => read<Part<Summary>>("/api/v1/series", { ended: this.#ended, cursor }, signal),
  );

  constructor() {
    super();
    new Routed(this, () => this.#routed());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#routed();
  }

  #routed(): void {
    const ended = route().params.has("ended");
    if (ended !== this.#ended) {
      this.#ended = ended;
      void this.#list.restart();
    }
  }

  override render(): unknown {
    return html`
      <h2>${t.listHeading}</h2>
      ${choice(t.listLabel, [
        { label: t.listAhead, href: here({ ended: undefined }), current: !this.#ended },
        { label: t.listEnded, href: here({ ended: "1" }), current: !!this.#ended },
      ])} ${this.#list.render((series) => this.#draw(series))}
    `;
  }

  #draw(series: Summary[]): TemplateResult {
    return series.length === 0
      ? html`
        <p class="soft">${this.#ended ? t.listNoneEnded : t.listNone}</p>
      `
      : html`
        <ul class="list" aria-label="${t.listHeading}">${series.map((each) =>
          html`
            <li>
              <a class="item" href="${to(`lectures/series/${each.id}`)}"><span><b>${each.topic.title}</b><br>${each.branch
                .name} <span class="soft">${each.lecturer.name}</span></span><span
                class="end"
              >${each.next
                ? t.listNext(show.range(each.next.start, each.next.end, each.next.zone), each.upcoming)
                : t.listLast(show.moment(each.lastStart))}</span></a>
            </li>
          `
        )}</ul>
      `;
  }
}

define("lectern-series-list", SeriesList);
