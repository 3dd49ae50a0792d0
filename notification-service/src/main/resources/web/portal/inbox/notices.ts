import { read } from "../../common/api.ts";
import type { ReactiveControllerHost } from "../../common/view.ts";
import { isWaiting } from "../acknowledging.ts";
import { recipient, recipientPath } from "../branches.ts";
import { Remembered } from "../remembered.ts";
import { Shared } from "../shared.ts";

/** A message to a branch or a lecturer about one version of a lecture or request. */
export interface Notice {
  id: string;
  branchId?: string;
  lecturerId?: string;
  kind: string;
  title: string;
  body: string;
  locale: string;
  bookingId?: string;
  requestId?: string;
  urgent?: boolean;
  start?: string;
  createdAt: string;
  readAt?: string;
  acknowledgement?: { state: "due" | "given" | "superseded"; at?: string; channel?: string; by?: string };
}

export interface Page {
  items: Notice[];
  nextCursor?: string;
}

const shared = new Shared();

/** The newest messages of the branch. */
export const notices = new Remembered<Page>(
  shared,
  () => recipient() && `notices ${recipient()!.id}`,
  async (signal) => (await read<Page>(recipientPath("notices"), { limit: 60 }, signal)).data,
);

export function watchNotices(element: ReactiveControllerHost): void {
  shared.watch(element);
}

/** Whether the recipient has to confirm it, and has not. */
export function isDue(notice: Notice): boolean {
  return notice.acknowledgement?.state === "due" && !isWaiting(notice.id);
}

export function dueCount(): number {
  return notices.data?.items.filter(isDue).length ?? 0;
}

/** The last message about a lecture. */
export function aboutLecture(bookingId: string): Notice | undefined {
  return notices.data?.items.find((each) => each.bookingId === bookingId && each.acknowledgement);
}
