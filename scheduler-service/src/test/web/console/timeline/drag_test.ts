import { assert } from "../../common/assert.ts";
import { instant } from "../../common/time.ts";
import { edgeSpeed, nudged, planOf, startAt } from "./drag.ts";
import type { Axis } from "./layout.ts";
import { outside, shades } from "./shade.ts";
import { arrange, type Item } from "./rows.ts";

const DAY = "2026-12-01";
const at = (hour: number, day = DAY) => instant(day, hour * 60).getTime();
const day: Axis = { days: [DAY], fromHour: 8, toHour: 20 };
const week: Axis = { days: ["2026-11-30", DAY, "2026-12-02"], fromHour: 8, toHour: 20 };
const ref = (id: string) => ({ id, code: id, name: id });

function lecture(id: string, from: number, to: number, lecturer = "L1"): Item {
  return {
    id,
    version: 1,
    status: "HELD",
    start: at(from),
    end: at(to),
    occupiedFrom: at(from),
    occupiedUntil: at(to) + 15 * 60_000,
    zone: "Asia/Shanghai",
    lecturer: ref(lecturer),
    branch: ref("B1"),
    venue: undefined,
    guests: [],
    topic: "T",
    branchCount: 1,
    reachedCount: undefined,
    acknowledgedCount: undefined,
    holdExpiresAt: undefined,
  };
}

const item = lecture("a", 10, 11);
const place = (hour: number) => ({ left: (hour - 8) / 12, pointer: (hour - 8) / 12 });

Deno.test("dropInADay_snapsToAQuarter_withAltTo5Minutes", () => {
  assert.equal(startAt(item, day, place(13 + 8 / 60), 15), at(13.25));
  assert.equal(startAt(item, day, place(13 + 8 / 60), 5), at(13) + 10 * 60_000);
});

Deno.test("dropAtTheEdge_keepsTheWholeLectureInTheDay", () => {
  assert.equal(startAt(item, day, place(19.9), 15), at(19));
  assert.equal(startAt(item, day, { left: -0.2, pointer: 0 }, 15), at(8));
});

Deno.test("dropInAWeek_changesTheDayAndKeepsTheTime", () => {
  assert.equal(startAt(item, week, { left: 0, pointer: 0.9 }, 15), at(10, "2026-12-02"));
  assert.equal(startAt(item, week, { left: 0, pointer: 0.1 }, 15), at(10, "2026-11-30"));
});

Deno.test("arrows_moveByAQuarter_anHour_5Minutes_orADay", () => {
  const press = (key: string, shift = false, alt = false) => ({ key, shift, alt });
  assert.equal(nudged(at(10), item, day, press("ArrowRight")), at(10.25));
  assert.equal(nudged(at(10), item, day, press("ArrowLeft", true)), at(9));
  assert.equal(nudged(at(10), item, day, press("ArrowLeft", false, true)), at(10) - 5 * 60_000);
  assert.equal(nudged(at(8), item, day, press("ArrowLeft")), at(8));
  assert.equal(nudged(at(10), item, week, press("ArrowRight")), at(10, "2026-12-02"));
  assert.equal(nudged(at(10, "2026-12-02"), item, week, press("ArrowRight")), at(10, "2026-12-02"));
});

Deno.test("plan_holdsOnlyWhatChanges", () => {
  const rows = arrange("lecturer", [item], [ref("L1"), ref("L2")]);
  const lifted = { item, from: "L1", row: "L1", start: item.start };
  assert.equal(planOf(lifted, "lecturer", rows), undefined);
  assert.equal(planOf({ ...lifted, row: "L2" }, "lecturer", rows)?.lecturer?.id, "L2");
  assert.equal(planOf({ ...lifted, row: "L2" }, "lecturer", rows)?.start, undefined);
  assert.equal(planOf({ ...lifted, start: at(12) }, "branch", rows), { item, start: at(12) });
});

Deno.test("edges_scrollFasterTheNearerThePointer", () => {
  assert.equal(edgeSpeed(300, 0, 600), 0);
  assert.ok(edgeSpeed(590, 0, 600) > edgeSpeed(570, 0, 600));
  assert.ok(edgeSpeed(5, 0, 600) < edgeSpeed(30, 0, 600) && edgeSpeed(30, 0, 600) < 0);
});

Deno.test("outside_isWhatNoOpeningCovers", () => {
  const span = { from: 0, until: 100 };
  assert.equal(outside(span, [{ from: 20, until: 40 }, { from: 30, until: 60 }]), [{ from: 0, until: 20 }, {
    from: 60,
    until: 100,
  }]);
  assert.equal(outside(span, [{ from: -5, until: 200 }]), []);
  assert.equal(outside(span, []), [span]);
});

Deno.test("shades_showClosedHoursAndBuffers_butNotTheLiftedOne", () => {
  const other = lecture("b", 14, 15);
  const hours = { open: [{ from: at(9), until: at(20) }], blackouts: [] };
  const found = shades(hours, [item, other], item, day);
  assert.equal(found.map((each) => each.kind), ["closed", "taken"]);
  assert.ok(Math.abs(found[1]!.width - 1.25 / 12) < 1e-9); // with the buffer after it
});

Deno.test("dayOfAWeek_isShadedIfTheLectureDoesNotFitItsTime", () => {
  const hours = {
    open: [{ from: at(9, "2026-11-30"), until: at(12, "2026-11-30") }, {
      from: at(14, "2026-12-02"),
      until: at(18, "2026-12-02"),
    }],
    blackouts: [],
  };
  assert.equal(shades(hours, [item], item, week).map((each) => each.kind), ["closed", "closed"]);
});
