import { assert } from "../../common/assert.ts";
import { hours, needsAttention, placeOf } from "./layout.ts";
import type { LecturerDay, PlacedItem } from "./model.ts";

const ZONE = "Asia/Shanghai";

function item(from: string, until: string): PlacedItem {
  return {
    number: 1,
    branch: { id: "b", code: "B", name: "B" },
    topic: { id: "t", code: "T", title: "T" },
    occurrence: 1,
    state: "PLACED",
    zone: ZONE,
    lecturer: { id: "l", code: "L", name: "L" },
    start: `2026-12-10T${from}:00+08:00`,
    end: `2026-12-10T${until}:00+08:00`,
  };
}

function day(...lectures: PlacedItem[]): LecturerDay {
  return { lecturer: { id: "l", code: "L", name: "L" }, date: "2026-12-10", travelMinutes: 0, lectures };
}

Deno.test("hours_growToTheLecturesOfTheDay", () => {
  const of = hours("2026-12-10", ZONE, [day(item("07:30", "09:00")), day(item("19:00", "20:30"))]);
  assert.equal([of.from, of.to], [7, 21]);
  assert.equal([hours("2026-12-10", ZONE, []).from, hours("2026-12-10", ZONE, []).to], [8, 20]);
});

Deno.test("place_isAFractionOfTheShownHours", () => {
  const of = { day: "2026-12-10", zone: ZONE, from: 8, to: 20 };
  assert.equal(placeOf(item("11:00", "12:30"), of), { left: 0.25, width: 0.125 });
});

Deno.test("refusedOrImpossibleLecture_needsAttention", () => {
  const fine = item("11:00", "12:30");
  assert.equal(needsAttention(fine), false);
  assert.equal(needsAttention({ ...fine, refusal: { code: "x", detail: "x" } }), true);
  assert.equal(needsAttention({ ...fine, stale: [{ code: "x", detail: "x" }] }), true);
});
