import { t } from "./texts.ts";

/** A code, so that reasons can be counted, and words for the branches. */
export interface Reason {
  code: string;
  words: string;
}

/** The code that tells a branch nothing: words are needed beside it. */
const OTHER = "other";

export const noReason = (): Reason => ({ code: "", words: "" });

/** The code in words; a code that an organization has added shows itself. */
export function codeName(code: string): string {
  return t.codes[code] ?? code;
}

/** Whether the code alone says why. */
export function speaks(code: string): boolean {
  return code !== "" && code !== OTHER;
}

/** What the branches read. */
export function written({ code, words }: Reason): string {
  return [speaks(code) && codeName(code), words.trim()].filter(Boolean).join(t.colon);
}

/** The members of a request; without any reason the text is `placeholder`, and absent if that is empty. */
export function sent(reason: Reason, placeholder = ""): { reason?: string; reasonCode?: string } {
  const text = written(reason) || placeholder;
  return { ...(text && { reason: text }), ...(reason.code && { reasonCode: reason.code }) };
}

/** A reason as it was given: the code in words, unless the text begins with them, and the text. */
export function told({ reason = "", reasonCode }: { reason?: string; reasonCode?: string }): string {
  const name = reasonCode ? codeName(reasonCode) : "";
  return reason.startsWith(name) ? reason : [name, reason].filter(Boolean).join(" · ");
}
