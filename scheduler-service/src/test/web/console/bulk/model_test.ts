import { assert } from "../../common/assert.ts";
import type { Booking } from "../booking.ts";
import {
  blocks,
  type BulkItem,
  lecturerOptions,
  lines,
  offers,
  type Outcome,
  overridable,
  type Preview,
  refusedIds,
} from "./model.ts";

const ref = (id: string) => ({ id, code: id, name: id });

function booking(id: string, start: string, lecturer = "ill"): Booking {
  return { id, start, lecturer: ref(lecturer), branch: ref("branch"), status: "CONFIRMED" } as Booking;
}

function item(id: string, start: string, outcome: Outcome, taker?: string, free: string[] = []): BulkItem {
  const before = booking(id, start);
  return {
    change: { outcome, before, ...(taker && { after: booking(id, start, taker) }) },
    freeLecturers: free.map(ref),
  };
}

const preview = (of: Partial<Preview>): Preview => ({
  previewToken: "token",
  possible: true,
  bookings: 0,
  changing: 0,
  branches: [],
  items: [],
  skipped: [],
  unplaced: [],
  shares: [],
  ...of,
});

Deno.test("lines_areAllSelectedLecturesByStart", () => {
  const known = new Map([["c", booking("c", "2026-12-01T10:00:00Z")]]);
  const found = lines(
    preview({
      items: [item("a", "2026-12-01T09:00:00Z", "CHANGES", "x"), item("b", "2026-12-01T11:00:00Z", "CONFLICT")],
      skipped: ["c", "d"],
      unplaced: ["c"],
    }),
    known,
  );
  assert.equal(found.map((each) => [each.id, each.standing]), [
    ["a", "CHANGES"],
    ["c", "UNPLACED"],
    ["b", "CONFLICT"],
    ["d", "LEFT"],
  ]);
  assert.equal(found.filter(blocks).map((each) => each.id), ["b"]);
  assert.equal(overridable(found), false);
});

Deno.test("earlierProposal_isStillOffered", () => {
  const first = offers(preview({ items: [item("a", "2026-12-01T09:00:00Z", "CHANGES", "x", ["y"])] }), new Map());
  const second = offers(preview({ items: [item("a", "2026-12-01T09:00:00Z", "CHANGES", "y")] }), first);
  assert.equal(lecturerOptions(second.get("a")).map((each) => each.action), [
    { type: "reassign", lecturerId: "y" },
    { type: "reassign", lecturerId: "x" },
  ]);
});

Deno.test("offersOfALectureThatIsLeft_areKept", () => {
  const first = offers(preview({ items: [item("a", "2026-12-01T09:00:00Z", "CHANGES", "x", ["y"])] }), new Map());
  const second = offers(preview({ skipped: ["a"] }), first);
  assert.equal(second.get("a")!.free.map((each) => each.id), ["y", "x"]);
});

Deno.test("refusalOfSelectedLectures_namesThem", () => {
  const errors = [{ pointer: "/selection/bookingIds/1" }, { pointer: "/action/day" }, { pointer: "/selection" }];
  assert.equal(refusedIds(errors, ["a", "b"]), ["b"]);
  assert.equal(refusedIds(undefined, ["a"]), []);
});
