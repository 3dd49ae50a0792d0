import { toast } from "../../common/announce.ts";
import { readAll } from "../../common/api.ts";
import { decide } from "../../common/decide.ts";
import { icon } from "../../common/icons.ts";
import { show } from "../../common/time.ts";
import { define, html, View } from "../../common/view.ts";
import { lecturer, OfRecipient, recipient, recipientPath } from "../branches.ts";
import { Remembered } from "../remembered.ts";
import { Once } from "../sending.ts";
import { t as own } from "../own/texts.ts";
import { texts } from "../texts.ts";
import { showSecret } from "./secret.ts";

const t = texts.settings;

interface Feed {
  id: string;
  label?: string;
  readAt?: string;
  path?: string;
}

function hint(): string {
  return lecturer() ? own.calendarHint : t.calendarHint;
}

/** The secret addresses under which calendars read the lectures of the branch or the lecturer. */
class Feeds extends View {
  #list = new Remembered<Feed[]>(
    this,
    () => recipient() && `feeds ${recipient()!.id}`,
    (signal) => readAll<Feed>(this.#path(), { limit: undefined }, signal),
  );
  #of: string | undefined;

  constructor() {
    super();
    new OfRecipient(this, () => {
      void this.#list.run(this.#of !== recipient()?.id);
      this.#of = recipient()?.id;
    });
  }

  #path(): `/api/v1/${string}` {
    return recipientPath("calendar-feeds");
  }

  override render(): unknown {
    return html`
      <section class="card stack">
        <div class="row">
          <h2 class="grow">${t.calendar}</h2>
          <button @click="${() => void this.#add()}">${icon("plus")}${t.newFeed}</button>
        </div>
        <p class="soft small">${hint()}</p>
        ${this.#list.render((all) =>
          all.length === 0
            ? html`
              <p>${t.noFeeds}</p>
            `
            : html`
              <ul class="lines-list">${all.map((each) =>
                html`
                  <li class="row">
                    ${icon("calendar")}
                    <span class="grow"><strong>${each.label ?? t.calendar}</strong><br><span class="soft small">${each.readAt
                      ? t.feedRead(show.ago(each.readAt))
                      : t.feedUnread}</span></span>
                    <button class="danger" @click="${() => void this.#revoke(each)}">${t.revoke}</button>
                  </li>
                `
              )}</ul>
            `, 2)}
      </section>
    `;
  }

  async #add(): Promise<void> {
    const once = new Once();
    const made = await decide({
      heading: t.newFeed,
      body: html`
        <p>${hint()}</p>
      `,
      reason: t.feedLabel,
      optional: true,
      confirm: t.newFeed,
      send: (label) => once.send<Feed>({ path: this.#path(), body: label ? { label } : {} }),
    });
    if (made?.data.path) await showSecret(t.feedHeading, t.feedShown, location.origin + made.data.path);
    void this.#list.run();
  }

  async #revoke(each: Feed): Promise<void> {
    const once = new Once();
    const done = await decide({
      heading: t.revokeHeading,
      body: html`
        <p><strong>${each.label ?? ""}</strong></p><p>${t.revokeBody}</p>
      `,
      confirm: t.revoke,
      danger: true,
      send: () => once.send({ method: "DELETE", path: `${this.#path()}/${each.id}` }),
    });
    if (done) toast(t.revoked);
    void this.#list.run();
  }
}

define("lectern-feeds", Feeds);
