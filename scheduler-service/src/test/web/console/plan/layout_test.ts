import { assert } from "../../common/assert.ts";
import { drawn, hours, needsAttention } from "./layout.ts";
import type { Item, LecturerDay } from "./model.ts";

const ZONE = "Asia/Shanghai";

function item(number: number, from: string, until: string, travelMinutes?: number): Item {
  return {
    number,
    branch: { id: "b", code: "B", name: "B" },
    topic: { id: "t", code: "T", title: "T" },
    occurrence: 1,
    state: "PLACED",
    zone: ZONE,
    lecturer: { id: "l", code: "L", name: "L" },
    start: `2026-12-10T${from}:00+08:00`,
    end: `2026-12-10T${until}:00+08:00`,
    ...(travelMinutes !== undefined && { travelMinutes }),
  };
}

function day(lectures: Item[], homeMinutes?: number): LecturerDay {
  return {
    lecturer: { id: "l", code: "L", name: "L" },
    date: "2026-12-10",
    travelMinutes: 0,
    lectures,
    ...(homeMinutes !== undefined && { homeMinutes }),
  };
}

Deno.test("hours_growToTheFirstWayAndTheWayHome", () => {
  const of = hours("2026-12-10", ZONE, [day([item(1, "08:00", "09:30", 75), item(2, "19:00", "20:30")], 50)]);
  assert.equal([of.from, of.to], [6, 22]);
  assert.equal([hours("2026-12-10", ZONE, []).from, hours("2026-12-10", ZONE, []).to], [8, 20]);
});

Deno.test("way_endsWhenTheLectureBegins", () => {
  const { bars, ways } = drawn(day([item(1, "11:00", "12:30", 60)], 120), { day: "2026-12-10", zone: ZONE, from: 8, to: 20 });
  assert.equal([bars[0]!.left, bars[0]!.width], [0.25, 0.125]);
  assert.equal([ways[0]!.left, ways[0]!.left + ways[0]!.width], [2 / 12, 0.25]);
  assert.equal([ways[1]!.home, ways[1]!.left, ways[1]!.minutes], [true, 0.375, 120]);
});

Deno.test("refusedOrImpossibleLecture_needsAttention", () => {
  const fine = item(1, "11:00", "12:30");
  assert.equal(needsAttention(fine), false);
  assert.equal(needsAttention({ ...fine, refusal: { code: "x", detail: "x" } }), true);
  assert.equal(needsAttention({ ...fine, stale: [{ code: "x", detail: "x" }] }), true);
});
