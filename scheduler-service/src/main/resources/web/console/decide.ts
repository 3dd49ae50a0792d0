import { decide as plain, type Decision as Plain } from "../common/decide.ts";
import { codeField } from "./reason/fields.ts";
import { noReason, type Reason } from "./reason/model.ts";

export interface Decision<T> extends Omit<Plain<T>, "send" | "more"> {
  /** Whether a reason code is asked for beside the reason. */
  coded?: boolean;
  send: (words: string, reason: Reason) => Promise<T>;
}

/** Asks before a change that needs a decision, with a reason code if need be. */
export function decide<T>({ coded, send, ...of }: Decision<T>): Promise<T | undefined> {
  const reason = noReason();
  return plain<T>({
    ...of,
    ...(coded && { more: (dialog) => codeField(reason, dialog) }),
    send: (words) => {
      reason.words = words;
      return send(words, reason);
    },
  });
}
