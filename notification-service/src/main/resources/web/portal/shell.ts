import { toast } from "../common/announce.ts";
import { Frame, sign } from "../common/frame.ts";
import { icon, type IconName } from "../common/icons.ts";
import { route, to } from "../common/router.ts";
import * as session from "../common/session.ts";
import { empty } from "../common/states.ts";
import { common } from "../common/texts.ts";
import { define, html, nothing, type TemplateResult } from "../common/view.ts";
import * as acknowledging from "./acknowledging.ts";
import * as branches from "./branches.ts";
import { dueCount, notices, watchNotices } from "./inbox/notices.ts";
import "./inbox/page.ts";
import "./lectures/page.ts";
import "./own/availability.ts";
import "./own/lectures.ts";
import "./own/load.ts";
import { t as own } from "./own/texts.ts";
import "./requests/page.ts";
import "./settings/page.ts";
import { Pulse } from "./pulse.ts";
import * as store from "./store.ts";
import { texts } from "./texts.ts";
import * as worker from "./worker.ts";

interface Page {
  label: string;
  icon: IconName;
  draw: () => TemplateResult;
}

const pages: Record<string, Page> = {
  inbox: {
    label: texts.pages.inbox,
    icon: "bell",
    draw: () =>
      html`
        <lectern-inbox></lectern-inbox>
      `,
  },
  lectures: {
    label: texts.pages.lectures,
    icon: "calendar",
    draw: () =>
      html`
        <lectern-lectures></lectern-lectures>
      `,
  },
  requests: {
    label: texts.pages.requests,
    icon: "empty",
    draw: () =>
      html`
        <lectern-requests></lectern-requests>
      `,
  },
  settings: {
    label: texts.pages.settings,
    icon: "gear",
    draw: () =>
      html`
        <lectern-settings></lectern-settings>
      `,
  },
};

/** A lecturer reads messages and settings on the same pages as a branch. */
const ofLecturer: Record<string, Page> = {
  inbox: pages.inbox!,
  lectures: {
    label: texts.pages.lectures,
    icon: "calendar",
    draw: () =>
      html`
        <lectern-own-lectures></lectern-own-lectures>
      `,
  },
  availability: {
    label: own.pages.availability,
    icon: "away",
    draw: () =>
      html`
        <lectern-availability></lectern-availability>
      `,
  },
  load: {
    label: own.pages.load,
    icon: "chart",
    draw: () =>
      html`
        <lectern-load></lectern-load>
      `,
  },
  settings: pages.settings!,
};

function current(): Record<string, Page> {
  return branches.lecturer() ? ofLecturer : pages;
}

const PERSON = "person";
const tabs = new BroadcastChannel("lectern-portal");

/** The frame of the portal: on a phone the pages are at the thumb, below. */
class Shell extends Frame {
  #install: { prompt(): Promise<unknown> } | undefined;

  constructor() {
    super();
    watchNotices(this);
    new Pulse(this, () => void notices.run());
    tabs.addEventListener("message", () => {
      void store.clear({ close: true });
      sessionStorage.setItem("lectern.signed-out", "1");
      location.reload(); // in another tab the person has signed out
    });
    addEventListener("beforeinstallprompt", (event) => {
      event.preventDefault();
      this.#install = event as unknown as { prompt(): Promise<unknown> };
      this.requestUpdate();
    });
  }

  protected override async begun(person: session.Person): Promise<void> {
    const before = await store.kept<session.Person>(PERSON);
    if (before && before.data.subject !== person.subject) await store.clear();
    await store.keep(PERSON, person);
    if (!session.hasRole("branch", "lecturer")) return;
    await branches.begin();
    await acknowledging.begin();
    void notices.run();
    void worker.install();
  }

  protected override async beginKept(): Promise<boolean> {
    const before = await store.kept<session.Person>(PERSON);
    if (!before || !await branches.beginKept()) return false;
    session.assume(before.data);
    await acknowledging.begin();
    void notices.run();
    return true;
  }

  protected override async signOut(): Promise<void> {
    await store.clear({ close: true });
    await worker.remove();
    tabs.postMessage("out");
    try {
      await session.signOut();
    } catch {
      this.leave();
      toast({ kind: "bad", text: texts.outKept });
    }
  }

  protected override label(page: string): string {
    return `${current()[page]?.label ?? common.frame.missing} · ${texts.product}`;
  }

  protected override roleName(role: string): string {
    return role === "branch" ? texts.branch : role === "lecturer" ? own.lecturer : role;
  }

  protected override head(): TemplateResult {
    const open = route().page;
    const self = branches.ownLecturer();
    const all = [...self ? [{ id: self.id, name: own.asLecturer(self.name) }] : [], ...branches.branches()];
    const chosen = branches.recipient();
    return html`
      <header class="head no-print">
        <a class="brand" href="${to("inbox")}" aria-label="${texts.product} ${texts.portal}">${sign()}</a>
        ${all.length > 1
          ? html`
            <span class="whose"><select aria-label="${texts.branch}" @change="${(e: Event) => {
              void branches.choose((e.target as HTMLSelectElement).value);
              this.requestUpdate();
            }}">${all.map((each) =>
              html`
                <option value="${each.id}" ?selected="${each.id === chosen?.id}">${each.name}</option>
              `
            )}</select></span>
          `
          : html`
            <strong class="whose">${chosen?.name ?? texts.product}</strong>
          `}
        <nav aria-label="${common.frame.navigation}">${Object.entries(current()).map(([name, page]) =>
          html`
            <a href="${to(name)}" aria-current="${name === open ? "page" : nothing}">
              <span class="sign">${icon(page.icon)}${name === "inbox" ? this.#count() : nothing}</span><span>${page
                .label}</span></a>
          `
        )}</nav>
        ${this.account(
          this.#install
            ? html`
              <button class="plain" @click="${() => void this.#install?.prompt()}">${icon("phone")}${texts.install}</button>
            `
            : nothing,
        )}
      </header>
    `;
  }

  #count(): TemplateResult | typeof nothing {
    const count = dueCount();
    return count > 0
      ? html`
        <span class="count"><span aria-hidden="true">${count > 99 ? "99+" : count}</span><span class="hidden">${texts.todo(
          count,
        )}</span></span>
      `
      : nothing;
  }

  protected override page(): TemplateResult {
    if (!session.hasRole("branch", "lecturer")) {
      return empty({ whole: true, icon: "person", title: texts.notForBranches, hint: texts.notForBranchesHint });
    }
    if (!branches.recipient()) {
      return empty({ whole: true, icon: "house", title: texts.noBranch, hint: texts.noBranchHint });
    }
    const page = current()[route().page];
    return page ? page.draw() : empty({
      whole: true,
      title: common.frame.missing,
      hint: common.frame.missingHint,
      action: html`
        <a class="button" href="${to("inbox")}">${texts.toStart}</a>
      `,
    });
  }
}

define("lectern-shell", Shell);
