import { choice } from "../../common/parts.ts";
import { empty } from "../../common/states.ts";
import { show } from "../../common/time.ts";
import { define, html, nothing, type PropertyValues, type TemplateResult, View } from "../../common/view.ts";
import { read } from "../api.ts";
import { Names } from "../names.ts";
import { Paged, type Part } from "../../common/paged.ts";
import { here, route, Routed } from "../../common/router.ts";
import { type Delivery, STATES, tone } from "./model.ts";
import { t } from "./texts.ts";
import { why } from "./words.ts";
import "./detail.ts";

/** Deliveries, newest first, and one of them beside the list. */
class Log extends View {
  #names = new Names(this);
  #question = "";
  #opened = "";
  #list = new Paged<Delivery>(this, (cursor, signal) => {
    const { state, branch, booking } = asked();
    return read<Part<Delivery>>("/peer/api/v1/deliveries", {
      state: state === "all" ? undefined : state,
      branchId: branch,
      bookingId: booking,
      cursor,
    }, signal);
  });

  constructor() {
    super();
    new Routed(this, () => this.#routed());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#routed();
    this.addEventListener("changed", () => void this.#list.restart(false));
  }

  #routed(): void {
    const { state, branch, booking } = asked();
    const question = [state, branch, booking].join();
    if (question !== this.#question) {
      this.#question = question;
      void this.#list.restart();
    }
  }

  override updated(_: PropertyValues): void {
    const { delivery = "" } = asked();
    if (delivery !== this.#opened) {
      const closed = this.#opened;
      this.#opened = delivery;
      if (closed && !delivery) this.querySelector<HTMLElement>(`a[data-id="${CSS.escape(closed)}"]`)?.focus();
    }
  }

  override render(): unknown {
    const { state, branch, booking, delivery } = asked();
    const states = [...STATES.map((each) => [each, t.states[each]] as const), ["all", t.allStates] as const];
    return html`
      <div class="split ${delivery ? "open" : ""}">
        <div class="stack under">
          ${choice(
            t.stateLabel,
            states.map(([each, label]) => ({
              label,
              href: here({ state: each, delivery: undefined }),
              current: each === state,
            })),
          )} ${branch || booking
            ? html`
              <div class="row">
                <span class="chip">${booking ? t.of.booking : this.#branch(branch)}</span>
                <a href="${here({ branch: undefined, booking: undefined })}">${t.of.clear}</a>
              </div>
            `
            : nothing} ${this.#list.render((items) => this.#items(items, state, delivery))}
        </div>
        ${delivery
          ? html`
            <lectern-delivery .delivery="${delivery}"></lectern-delivery>
          `
          : nothing}
      </div>
    `;
  }

  #items(items: Delivery[], state: string, open: string | undefined): TemplateResult {
    if (items.length === 0) {
      const hint = state === "DEAD" || state === "PARKED" ? t.noneHint[state] : t.noneHint.other;
      return empty({ icon: "check", title: t.none, hint });
    }
    return html`
      <ul class="list">${items.map((each) =>
        html`
          <li>
            <a class="item" data-id="${each.id}" href="${here({ delivery: each.id })}" aria-current="${each.id === open}">
              <span><b>${this.#branch(each.branchId)}</b> · ${t.channels[each.channel] ?? each.channel}
                <span class="soft">${each.address}</span><br>
                ${each.title}${why(each)
                  ? html`
                    <br><span class="soft">${why(each)}</span>
                  `
                  : nothing}</span>
              <span class="end"><span class="chip ${tone(each.state)}">${t.states[each.state]}</span>
                <span class="soft small">${show.ago(each.finishedAt ?? each.createdAt)}</span></span>
              </a>
            </li>
          `
        )}</ul>
      `;
    }

    #branch(id: string | undefined): string {
      return this.#names.of("branches", id)?.name ?? t.unknownBranch;
    }
  }

  function asked(): { state: string; branch?: string; booking?: string; delivery?: string } {
    const params = route().params;
    const of = (name: string) => params.get(name) ?? undefined;
    const [branch, booking, delivery] = [of("branch"), of("booking"), of("delivery")];
    return {
      state: of("state") ?? (branch || booking ? "all" : "DEAD"),
      ...(branch && { branch }),
      ...(booking && { booking }),
      ...(delivery && { delivery }),
    };
  }

  define("lectern-delivery-log", Log);
