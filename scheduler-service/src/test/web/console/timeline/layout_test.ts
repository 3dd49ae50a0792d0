import { assert } from "../../common/assert.ts";
import { instant } from "../../common/time.ts";
import { axis, fraction, instantAt, lines, windowed } from "./layout.ts";
import { arrange, type Item } from "./rows.ts";

const DAY = "2026-12-01";
const at = (hour: number, day = DAY) => instant(day, hour * 60).getTime();

function lecture(id: string, from: number, to: number, lecturer = "L1", guests: string[] = []): Item {
  const ref = (each: string) => ({ id: each, code: each, name: each });
  return {
    id,
    version: 1,
    status: "CONFIRMED",
    start: at(from),
    end: at(to),
    occupiedFrom: at(from),
    occupiedUntil: at(to),
    zone: "Asia/Shanghai",
    lecturer: ref(lecturer),
    branch: ref("B1"),
    venue: undefined,
    guests: guests.map(ref),
    topic: "T",
    branchCount: 1,
    reachedCount: undefined,
    acknowledgedCount: undefined,
    holdExpiresAt: undefined,
  };
}

Deno.test("lecturesThatFollowEachOther_shareALane", () => {
  const rows = arrange("lecturer", [lecture("a", 9, 10), lecture("b", 10, 11)], []);
  const [line] = lines(rows, axis([DAY], rows));
  assert.equal(line!.placed.map((each) => each.lane), [0, 0]);
});

Deno.test("lecturesThatOverlap_getLanesOfTheirOwn", () => {
  const rows = arrange("branch", [lecture("a", 9, 11, "L1"), lecture("b", 10, 12, "L2")], []);
  const [line] = lines(rows, axis([DAY], rows));
  assert.equal(line!.placed.map((each) => each.lane), [0, 1]);
});

Deno.test("guestBranch_showsTheLectureInItsRow", () => {
  const rows = arrange("branch", [lecture("a", 9, 10, "L1", ["B2"])], [{ id: "B3", code: "B3", name: "B3" }]);
  assert.equal(rows.map((row) => [row.id, row.items.length]), [["B3", 0], ["B1", 1], ["B2", 1]]);
});

Deno.test("axis_growsToTheLecturesOfTheDay", () => {
  const rows = arrange("lecturer", [lecture("a", 6, 7), lecture("b", 21, 22)], []);
  const grown = axis([DAY], rows);
  assert.equal([grown.fromHour, grown.toHour], [6, 22]);
});

Deno.test("placeOnTheAxis_isAnInstantAndBack", () => {
  const days = ["2026-11-30", DAY];
  const of = { days, fromHour: 8, toHour: 20 };
  assert.equal(fraction(at(14), of), 0.75);
  assert.equal(instantAt(0.75, of).getTime(), at(14));
  assert.equal(instantAt(0.7521, of, 15).getTime(), at(14));
});

Deno.test("window_holdsOnlyTheRowsInView", () => {
  const items = Array.from({ length: 400 }, (_, i) => lecture(`a${i}`, 9, 10, `L${i}`));
  const rows = arrange("lecturer", items, []);
  const all = lines(rows, axis([DAY], rows));
  assert.equal(all.length, 400);
  assert.ok(windowed(all, 8000, 800).length < 40);
});
