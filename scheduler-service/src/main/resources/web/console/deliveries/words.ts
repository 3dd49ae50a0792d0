import { t } from "./texts.ts";

/** What the code of an answer means to a person. Codes that are not known are shown as they are. */
export function answer(code: string | undefined): string {
  if (!code) return t.notKnown;
  const known = t.reasons[code];
  if (known) return known;
  const [, kind, rest = ""] = /^(smtp|http|bounced)-(.+)$/.exec(code) ?? [];
  switch (kind) {
    case "smtp":
      return mail(rest);
    case "bounced":
      return mailbox(rest) ?? t.bounced(rest);
    case "http":
      return http(rest);
    default:
      return t.answered(code);
  }
}

/** `550`, or `550-5.1.1` with an enhanced code (RFC 3463). */
function mail(code: string): string {
  if (code.startsWith("2")) return t.accepted;
  if (code.startsWith("4")) return t.mailLater(code);
  return mailbox(code.slice(4)) ?? t.mailRefused(code);
}

function mailbox(enhanced: string): string | undefined {
  if (/^[45]\.2\.2$/.test(enhanced)) return t.mailboxFull(enhanced);
  return /^5\.(1\.\d+|2\.1)$/.test(enhanced) ? t.noMailbox(enhanced) : undefined;
}

function http(status: string): string {
  if (status.startsWith("2")) return t.accepted;
  if (status === "410") return t.httpGone;
  if (status === "429") return t.httpBusy;
  if (status === "401" || status === "403") return t.httpDenied(status);
  return status.startsWith("5") ? t.httpFails(status) : t.httpRefused(status);
}

/** Why a delivery is where it is, in one sentence; undefined where nothing has to be explained. */
export function why(delivery: { state: string; reason?: string; waitsFor?: string }): string | undefined {
  switch (delivery.state) {
    case "DEAD":
    case "SUPERSEDED":
      return answer(delivery.reason);
    case "PARKED":
      return delivery.reason ? answer(delivery.reason) : t.parked;
    case "READY":
      return delivery.waitsFor ? t.waits[delivery.waitsFor] ?? delivery.waitsFor : undefined;
    default:
      return undefined;
  }
}
