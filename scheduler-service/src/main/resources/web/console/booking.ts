/** Bookings as the API gives them; every page uses these types. */
export type Status = "HELD" | "CONFIRMED" | "CANCELLED" | "COMPLETED" | "RELEASED" | "EXPIRED";

export interface Ref {
  id: string;
  code: string;
  name: string;
}

export interface Booking {
  id: string;
  version: number;
  status: Status;
  lecturer: Ref & { tier?: string };
  topic: { id: string; code: string; title: string };
  branch: Ref;
  venue?: Ref & { address?: string };
  guests?: (Ref & { expectedHeadCount?: number })[];
  joinLink?: string;
  hold?: { expiresAt: string };
  format: string;
  start: string;
  end: string;
  zone: string;
  occupiedFrom: string;
  occupiedUntil: string;
  expectedHeadCount?: number;
  note?: string;
  reason?: string;
  completion?: { headCount: number; note?: string; link?: string };
  seriesId?: string;
  campaignId?: string;
  lecturerAnswer?: LecturerAnswer;
}

/** Whether the lecturer gives the lecture; absent when the lecturer is not asked. */
export interface LecturerAnswer {
  state: "PENDING" | "ACCEPTED" | "DECLINED" | "CONSENTED" | "OVERDUE";
  version: number;
  dueAt: string;
  at?: string;
  by?: "LECTURER" | "ORGANIZER";
  reason?: string;
}

/** Whether it still takes the time of a lecturer, a venue and branches. */
export function occupies(status: Status): boolean {
  return status === "HELD" || status === "CONFIRMED" || status === "COMPLETED";
}

/** Whether it can still be changed: `is_active` of the API. */
export function isActive({ status }: { status: Status }): boolean {
  return status === "HELD" || status === "CONFIRMED";
}

/** The class of a status in the styles. */
export function kind(status: Status): "held" | "confirmed" | "completed" | "gone" {
  switch (status) {
    case "HELD":
      return "held";
    case "CONFIRMED":
      return "confirmed";
    case "COMPLETED":
      return "completed";
    default:
      return "gone";
  }
}
