import { assert } from "../../common/assert.ts";
import type { Booking } from "../booking.ts";
import { know } from "../formats.ts";
import { back, booking, changed, instants, meant, patch, whenOf } from "./bodies.ts";

const ref = (id: string) => ({ id, code: id.toUpperCase(), name: `Name ${id}` });
const before: Booking = {
  id: "b",
  version: 3,
  status: "CONFIRMED",
  lecturer: ref("l1"),
  topic: { id: "t1", code: "T1", title: "Topic" },
  branch: ref("b1"),
  venue: ref("v1"),
  format: "lecture",
  start: "2026-12-01T14:00:00+08:00",
  end: "2026-12-01T15:30:00+08:00",
  zone: "Asia/Shanghai",
  occupiedFrom: "2026-12-01T14:00:00+08:00",
  occupiedUntil: "2026-12-01T15:30:00+08:00",
  expectedHeadCount: 40,
  note: "n",
};
const unchanged = {
  when: whenOf(before.start, before.end, before.zone),
  lecturer: ref("l1"),
  venue: ref("v1"),
  branch: ref("b1"),
  joinLink: "",
  reason: { code: "", words: "" },
};

Deno.test("times_areThoseOfTheZoneAndBack", () => {
  assert.equal(unchanged.when, { day: "2026-12-01", time: "14:00", minutes: 90 });
  assert.equal(instants(unchanged.when, before.zone)?.start, "2026-12-01T06:00:00.000Z");
  assert.equal(instants({ ...unchanged.when, time: "" }, before.zone), undefined);
});

Deno.test("change_sendsOnlyWhatDiffers", () => {
  assert.equal(changed(before, unchanged, "r"), undefined);
  assert.equal(changed(before, { ...unchanged, lecturer: ref("l2") }, "r"), { lecturerId: "l2", reason: "r" });
  assert.equal(changed(before, { ...unchanged, when: { ...unchanged.when, minutes: 60 } }, "r"), {
    end: "2026-12-01T07:00:00.000Z",
    reason: "r",
  });
});

Deno.test("movedLecture_keepsItsLength", () => {
  assert.equal(changed(before, { ...unchanged, when: { ...unchanged.when, time: "16:00" } }, "r"), {
    start: "2026-12-01T08:00:00.000Z",
    end: "2026-12-01T09:30:00.000Z",
    reason: "r",
  });
});

Deno.test("undo_isAChangeBackToEverythingThatDiffers", () => {
  const after = { ...before, start: "2026-12-02T14:00:00+08:00", end: "2026-12-02T15:30:00+08:00", lecturer: ref("l2") };
  const { reason, ...body } = back(before, after);
  assert.ok(typeof reason === "string" && reason !== "");
  assert.equal(body, { start: before.start, end: before.end, lecturerId: "l1" });
});

Deno.test("patch_removesWhatWasEmptied", () => {
  const why = { code: "other", words: "why" };
  const details = { topic: ref("t1"), format: "lecture", headCount: undefined, note: " " };
  assert.equal(patch(before, details, { code: "", words: "" }), { expectedHeadCount: null, note: null });
  assert.equal(patch(before, { ...details, headCount: 40, note: "n" }, why), undefined);
  assert.equal(patch(before, { ...details, headCount: 40, note: "n", format: "panel" }, why), {
    format: "panel",
    reason: "why",
    reasonCode: "other",
  });
});

Deno.test("booking_needsAVenueOrAJoinLink", () => {
  know([{ code: "lecture", name: "lecture", remote: false }, { code: "webinar", name: "webinar", remote: true }]);
  const values = {
    topic: { ...ref("t1"), durationMinutes: 90 },
    branch: ref("b1"),
    format: "lecture",
    headCount: undefined,
    guests: [{ branch: ref("b2"), headCount: 5 }, { branch: undefined, headCount: undefined }],
    when: unchanged.when,
    lecturer: ref("l1"),
    venue: undefined,
    joinLink: "",
    note: "",
    hold: true,
  };
  assert.equal(booking(values), undefined);
  const watched = booking({ ...values, format: "webinar", joinLink: "https://live.example.org/r/1" });
  assert.equal(watched?.joinLink, "https://live.example.org/r/1");
  const held = booking({ ...values, venue: ref("v1") });
  assert.equal(held?.hold, {});
  assert.equal(held?.guests, [{ branchId: "b2", expectedHeadCount: 5 }]);
  assert.equal(booking({ ...values, venue: ref("v1"), hold: false })?.hold, undefined);
});

Deno.test("text_meansALabelACodeOrTheOnlyLikeName", () => {
  const list = [ref("a1"), ref("a2"), ref("b7")];
  assert.equal(meant("a1", list)?.id, "a1");
  assert.equal(meant("name b", list)?.id, "b7");
  assert.equal(meant("name a", list), undefined);
  assert.equal(meant("", list), undefined);
});
