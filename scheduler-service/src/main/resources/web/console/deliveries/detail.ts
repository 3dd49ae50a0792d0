import { toast } from "../../common/announce.ts";
import { Load } from "../../common/states.ts";
import { show } from "../../common/time.ts";
import { define, html, nothing, type PropertyValues, type TemplateResult, View } from "../../common/view.ts";
import { change, read } from "../api.ts";
import { decide } from "../decide.ts";
import { Names } from "../names.ts";
import { here, to } from "../../common/router.ts";
import { hasRole } from "../../common/session.ts";
import { side } from "../side.ts";
import { type Detail, type Endpoint, mayRead, tone } from "./model.ts";
import { t } from "./texts.ts";
import { answer, why } from "./words.ts";

interface Whole {
  delivery: Detail;
  endpoint: Endpoint | undefined;
}

/** One delivery: why it is where it is, its endpoint, every attempt, and the button that sends it again. */
class One extends View {
  static override properties = { delivery: {} };

  declare delivery: string;

  #names = new Names(this);
  #one = new Load<Whole>(this, async (signal) => {
    const { data: delivery } = await read<Detail>(`/peer/api/v1/deliveries/${this.delivery}`, {}, signal);
    const endpoint = await read<Endpoint>(
      `/peer/api/v1/branches/${delivery.branchId}/endpoints/${delivery.endpointId}`,
      {},
      signal,
    ).then((reply) => reply.data, () => undefined);
    return { delivery, endpoint };
  });

  override willUpdate(changed: PropertyValues): void {
    if (changed.has("delivery")) void this.#one.run(true);
  }

  override updated(changed: PropertyValues): void {
    if (changed.has("delivery")) this.querySelector<HTMLElement>("aside")?.focus();
  }

  override render(): unknown {
    return side(t.detail, here({ delivery: undefined }), this.#one.render((whole) => this.#draw(whole), 8));
  }

  #draw({ delivery: d, endpoint }: Whole): TemplateResult {
    const branch = this.#names.of("branches", d.branchId);
    return html`
      <div class="row">
        <span class="chip ${tone(d.state)}">${t.states[d.state]}</span>
        <span class="soft small">${show.ago(d.finishedAt ?? d.createdAt)}</span>
      </div>
      <p>${t.stateHint[d.state]}</p>
      <dl class="facts">
        ${why(d)
          ? html`
            <dt>${t.why}</dt><dd><strong>${why(d)}</strong></dd>
          `
          : nothing}
        <dt>${t.branch}</dt>
        <dd>${mayRead.lectures()
          ? html`
            <a href="${to(`registries/branches/${d.branchId}`)}">${branch?.name ?? t.toBranch}</a>
          `
          : branch?.name ?? d.branchId} <span class="code soft">${branch?.code}</span></dd>
        <dt>${t.endpoint}</dt>
        <dd>${t.channels[d.channel] ?? d.channel}<br>${d.address}${state(endpoint)}</dd>
        ${d.bookingId && mayRead.lectures()
          ? html`
            <dt>${t.lecture}</dt><dd><a href="${to("timeline", { booking: d.bookingId })}">${t.toLecture}</a></dd>
          `
          : nothing}
        <dt>${t.written}</dt>
        <dd>${show.moment(d.createdAt)}</dd>
        ${d.nextAttemptAt && d.state === "READY"
          ? html`
            <dt>${t.nextAttempt}</dt><dd>${show.moment(d.nextAttemptAt)}</dd>
          `
          : nothing} ${d.finishedAt
          ? html`
            <dt>${t.ended}</dt><dd>${show.moment(d.finishedAt)}</dd>
          `
          : nothing}
      </dl>
      ${hasRole("operator") && (d.state === "DEAD" || d.state === "DELIVERED")
        ? html`
          <div><button class="primary" @click="${this.#resend}">${t.resend}</button></div>
        `
        : nothing} ${d.title || d.body
        ? html`
          <section class="stack">
            <h3>${t.message}</h3>
            <pre class="raw">${d.title}${d.body ? `\n\n${d.body}` : ""}</pre>
          </section>
        `
        : nothing}
      <section class="stack"><h3>${t.attempts(d.attempts.length)}</h3>${d.attempts.length === 0
        ? html`
          <p class="soft">${t.noAttempt}</p>
        `
        : html`
          <ol class="steps">${d.attempts.map((each) =>
            html`
              <li>
                ${show.moment(each.startedAt)} · ${each.outcome ? t.attempt[each.outcome] ?? each.outcome : t.underWay}<br>
                <span class="soft">${each.answer ? answer(each.answer) : nothing}${each.durationMillis === undefined
                  ? ""
                  : ` · ${t.took(each.durationMillis)}`}</span>
              </li>
            `
          )}</ol>
        `}</section>
      ${history(d)}
    `;
  }

  #resend = async (): Promise<void> => {
    let allowOutdated = false;
    const done = await decide({
      heading: t.resend,
      body: html`
        <p>${t.resendBody}</p>
      `,
      reason: t.resendReason,
      confirm: t.resend,
      choice: { label: t.allowOutdated, hint: t.allowOutdatedHint, set: (chosen) => (allowOutdated = chosen) },
      send: (reason) => change<Detail>("POST", `/peer/api/v1/deliveries/${this.delivery}/resend`, { reason, allowOutdated }),
    });
    if (done) {
      toast(t.resendDone);
      this.dispatchEvent(new Event("changed", { bubbles: true }));
      void this.#one.run();
    }
  };
}

function state(endpoint: Endpoint | undefined): TemplateResult {
  if (!endpoint) {
    return html`
      <br><span class="soft">${t.endpointGone}</span>
    `;
  }
  const good = endpoint.status === "active";
  return html`
    <br><span class="chip ${good ? "good" : "warn"}">${t.endpointStatus[endpoint.status] ?? endpoint.status}</span>
    ${endpoint.disabledReason
      ? html`
        <br><span class="soft">${answer(endpoint.disabledReason)}</span>
      `
      : nothing} ${endpoint.failing
      ? html`
        <br><span class="soft">${t.failing(endpoint.failing.failures, show.moment(endpoint.failing.since))}</span>
      `
      : nothing}
  `;
}

function history(d: Detail): unknown {
  return html`
    ${d.resends?.length
      ? html`
        <section class="stack">
          <h3>${t.resends}</h3>
          <ol class="steps">${d.resends.map((each) =>
            html`
              <li>
                ${show.moment(each.at)} · ${t.resent(each.actor, t.states[each.stateBefore], each.attemptsBefore)}<br>
                <span class="soft">${each.reason}</span>
              </li>
            `
          )}</ol>
        </section>
      `
      : nothing} ${d.reports?.length
      ? html`
        <section class="stack">
          <h3>${t.reports}</h3>
          <ol class="steps">${d.reports.map((each) =>
            html`
              <li>${show.moment(each.at)} · ${each.action} ${each.status ? answer(`bounced-${each.status}`) : nothing}</li>
            `
          )}</ol>
        </section>
      `
      : nothing}
  `;
}

define("lectern-delivery", One);
