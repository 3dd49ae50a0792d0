import { toast } from "../../common/announce.ts";
import { icon } from "../../common/icons.ts";
import { told } from "../../common/states.ts";
import { html, nothing, type TemplateResult } from "../../common/view.ts";
import type { Booking, Ref } from "../booking.ts";
import { changes } from "../booking/changes.ts";
import { hasRole } from "../../common/session.ts";
import { t } from "./texts.ts";

type Name = keyof typeof t.actions;

/** What can be done with a booking in its state. The dialogs are loaded when they are first opened. */
export function actions(b: Booking): TemplateResult | typeof nothing {
  const names = namesOf(b);
  if (names.length === 0 || !hasRole("organizer")) return nothing;
  const busy = !!changes.of(b.id);
  return html`
    <div class="actions no-print">${names.map((name, i) =>
      html`
        <button
          class="${i === 0 ? "primary" : name === "cancel" || name === "release" ? "danger" : nothing}"
          ?disabled="${busy}"
          @click="${() => void open(name, b.id)}"
        >
          ${t.actions[name]}
        </button>
      `
    )}</div>
  `;
}

function namesOf({ status, end }: Booking): Name[] {
  switch (status) {
    case "HELD":
      return ["confirm", "change", "extend", "details", "guest", "release"];
    case "CONFIRMED":
      return Date.parse(end) < Date.now()
        ? ["complete", "details", "cancel"]
        : ["change", "details", "guest", "complete", "cancel"];
    default:
      return [];
  }
}

/** Takes a guest branch out of the lecture. */
export function guestLeaves(b: Booking, guest: Ref): TemplateResult | typeof nothing {
  if (!hasRole("organizer") || namesOf(b).length === 0) return nothing;
  return html`
    <button class="plain square no-print" aria-label="${t.removeGuest(guest.name)}" ?disabled="${!!changes.of(
      b.id,
    )}" @click="${() => void attempt(async () => (await import("../booking/end.ts")).openGuestLeaves(b.id, guest))}">${icon(
      "close",
    )}</button>
  `;
}

async function open(name: Name, id: string): Promise<void> {
  await attempt(async () => {
    if (name === "change") await (await import("../booking/change.ts")).openChange(id);
    else await (await import("../booking/end.ts")).openAction(name, id);
  });
}

/** Says it where the person looks if a dialog could not even be opened. */
export async function attempt(what: () => Promise<unknown>): Promise<void> {
  try {
    await what();
  } catch (error) {
    const { title, detail } = told(error);
    toast({ text: `${title} ${detail}`, kind: "bad" });
  }
}
