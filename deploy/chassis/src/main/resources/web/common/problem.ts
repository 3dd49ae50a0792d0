import type { Tellable, Told } from "./states.ts";
import { common } from "./texts.ts";

/** A problem document (RFC 9457). The page acts on `code` and members; title and detail are for the person. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  detail?: string;
  traceId?: string;
  errors?: { pointer: string; detail: string }[];
  [member: string]: unknown;
}

/** The API refused. Nothing was changed. */
export class RefusedProblem extends Error implements Tellable {
  constructor(readonly problem: Problem) {
    super(problem.code);
  }

  tell(): Told {
    return { title: this.problem.title, detail: this.problem.detail ?? "", trace: this.problem.traceId };
  }

  /** What is wrong with a member of the request, for its field. */
  errorOf(name: string): string | undefined {
    return this.problem.errors?.find((each) =>
      each.pointer === `/${name}` || each.pointer === `?${name}` || each.pointer === name
    )?.detail;
  }
}

/** No answer came. After a change it is unknown whether it was made: repeat it with the same key. */
export class NoAnswer extends Error implements Tellable {
  constructor(readonly change: boolean) {
    super("no answer");
  }

  tell(): Told {
    return { title: common.failed, detail: this.change ? common.unknownOutcome : common.unreachable };
  }
}

/** The session is over and the person has not signed in again. Nothing was changed. */
export class SignedOut extends Error implements Tellable {
  constructor() {
    super("signed out");
  }

  tell(): Told {
    return { title: common.frame.over, detail: common.frame.overLeft };
  }
}

export function isRefusal(error: unknown, ...codes: string[]): error is RefusedProblem {
  return error instanceof RefusedProblem && (codes.length === 0 || codes.includes(error.problem.code));
}
