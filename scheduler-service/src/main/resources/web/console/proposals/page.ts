import { toast } from "../../common/announce.ts";
import { icon } from "../../common/icons.ts";
import { choice } from "../../common/parts.ts";
import { go, here, route, Routed, to } from "../../common/router.ts";
import { hasRole } from "../../common/session.ts";
import { empty, Load } from "../../common/states.ts";
import { show } from "../../common/time.ts";
import { define, html, nothing, repeat, type TemplateResult, View } from "../../common/view.ts";
import { change, readAll } from "../api.ts";
import { decide } from "../decide.ts";
import { drawn } from "../registries/consequences.ts";
import { Refresh } from "../refresh.ts";
import { absence, inWords, type Proposal, type State, STATES, why } from "./model.ts";
import { t } from "./texts.ts";

const REFRESH = 30_000;

/** What lecturers request of their availability, the oldest first, and the decision beside it. */
class Proposals extends View {
  #list = new Load<Proposal[]>(
    this,
    (signal) => readAll<Proposal>("/api/v1/availability-proposals", { state: this.#state() }, signal),
  );
  #shown: State | undefined;

  constructor() {
    super();
    new Routed(this, () => this.#routed());
    new Refresh(this, REFRESH, () => {
      if (!this.#list.busy) void this.#list.run();
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#routed();
  }

  #state(): State {
    const asked = route().params.get("state");
    return STATES.find((each) => each === asked) ?? "OPEN";
  }

  #routed(): void {
    if (this.#state() === this.#shown) return;
    this.#shown = this.#state();
    void this.#list.run(true);
  }

  override render(): unknown {
    const state = this.#state();
    return html`
      <div class="stack">
        <p class="soft">${t.lead}</p>
        ${choice(
          t.stateLabel,
          STATES.map((each) => ({
            label: t.states[each],
            href: here({ state: each === "OPEN" ? undefined : each }),
            current: each === state,
          })),
        )} ${this.#list.render((all) =>
          all.length === 0
            ? state === "OPEN" ? empty({ icon: "check", title: t.noneOpen, hint: t.noneOpenHint }) : empty({ title: t.none })
            : html`
              <ul class="list">${repeat(all, (each) => each.id, (each) => this.#item(each))}</ul>
            `
        )}
      </div>
    `;
  }

  #item(of: Proposal): TemplateResult {
    const reason = why(of.change);
    const what = inWords(of.change, of.lecturer.zone);
    return html`
      <li class="item stack">
        <div class="row">
          <span class="grow"><a href="${to(`registries/lecturers/${of.lecturer.id}`)}"><b>${of.lecturer.name}</b></a>
            <span class="soft">${of.lecturer.code}</span><br>${what}${reason
              ? html`
                <br><span class="soft">${reason}</span>
              `
              : nothing}<br><span class="soft small"
            >${t.touched(of.touched)} · ${t.since(show.ago(of.proposedAt))}</span>${of.reason
              ? html`
                <br>${t.reason(of.reason)}
              `
              : nothing}</span>
          ${of.state === "OPEN" && hasRole("organizer")
            ? html`
              <button class="primary" aria-label="${`${t.accept}: ${of.lecturer.name}, ${what}`}" @click="${() =>
                void this.#accept(of)}">${icon("check")}${t.accept}</button>
              <button aria-label="${`${t.refuse}: ${of.lecturer.name}, ${what}`}" @click="${() => void this.#refuse(of)}">
                ${t.refuse}
              </button>
            `
            : nothing}
        </div>
      </li>
    `;
  }

  /** The lectures concerned are read at that moment: others may have been booked since. */
  async #accept(of: Proposal): Promise<void> {
    const path = `/api/v1/availability-proposals/${of.id}/accept` as const;
    const etag = `"${of.version}"`;
    let touched: unknown = nothing;
    try {
      const { data } = await change<Proposal>("POST", path, undefined, { etag, query: { dryRun: true } });
      touched = data.consequences ? drawn(data.consequences) : nothing;
    } catch {
      // the decision itself is refused with the reason
    }
    const done = await decide({
      heading: t.acceptHeading,
      body: html`
        <p><b>${of.lecturer.name}</b>: ${inWords(of.change, of.lecturer.zone)}</p><p>${t.acceptBody}</p>${touched}
      `,
      confirm: t.accept,
      send: () => change<Proposal>("POST", path, undefined, { etag }),
    });
    if (done) {
      const where = absence(of);
      toast({
        text: t.accepted,
        ...(where && done.data.consequences?.count &&
          { action: { label: t.substitutes, run: () => go(to("lectures/absence", where)) } }),
      });
    }
    void this.#list.run();
  }

  async #refuse(of: Proposal): Promise<void> {
    const done = await decide({
      heading: t.refuseHeading,
      body: html`
        <p><b>${of.lecturer.name}</b>: ${inWords(of.change, of.lecturer.zone)}</p>
      `,
      reason: t.refuseReason,
      confirm: t.refuse,
      send: (reason) =>
        change<Proposal>("POST", `/api/v1/availability-proposals/${of.id}/refuse`, { reason }, { etag: `"${of.version}"` }),
    });
    if (done) toast(t.refused);
    void this.#list.run();
  }
}

define("lectern-proposals", Proposals);
