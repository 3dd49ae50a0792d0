import { assert } from "../../common/assert.ts";
import type { Item } from "./model.ts";
import { undoOf } from "./order.ts";

const PLACED: Item = {
  number: 7,
  branch: { id: "b", code: "B", name: "B" },
  topic: { id: "t", code: "T", title: "T" },
  occurrence: 1,
  state: "PLACED",
  zone: "Asia/Shanghai",
  lecturer: { id: "l", code: "L", name: "L" },
  venue: { id: "v", code: "V", name: "V" },
  start: "2026-12-10T14:00:00+08:00",
  end: "2026-12-10T15:30:00+08:00",
};
const BACK = { number: 7, action: "MOVE", lecturerId: "l", venueId: "v", start: PLACED.start! };
const UNPIN = { number: 7, action: "UNPIN" };

Deno.test("movedLecture_goesBackAndIsAsLooseAsBefore", () => {
  const moved = [{ number: 7, action: "MOVE" as const, lecturerId: "x" }];
  assert.equal(undoOf(PLACED, moved, [PLACED]), [BACK, UNPIN] as never);
  assert.equal(undoOf({ ...PLACED, pinned: true }, moved, [PLACED]), [BACK] as never);
});

Deno.test("excludedLecture_isIncludedBeforeItGoesBack", () => {
  const found = undoOf(PLACED, [{ number: 7, action: "EXCLUDE" }], [PLACED]);
  assert.equal(found, [{ number: 7, action: "INCLUDE" }, BACK, UNPIN] as never);
});

Deno.test("placedByHand_isLeftOutAgain", () => {
  const { lecturer: _, venue: __, start: ___, end: ____, ...rest } = PLACED;
  const before: Item = { ...rest, state: "LEFT_OUT" };
  assert.equal(undoOf(before, [{ number: 7, action: "MOVE", lecturerId: "l" }], [PLACED]), [{ number: 7, action: "REMOVE" }]);
});

Deno.test("changeOfSeveralLectures_isNotUndoneByOne", () => {
  const other = { ...PLACED, number: 8 };
  assert.equal(undoOf(PLACED, [{ number: 7, action: "REMOVE" }], [PLACED, other]), undefined);
  assert.equal(undoOf({ ...PLACED, state: "GUEST" }, [{ number: 7, action: "REMOVE" }], [PLACED]), undefined);
});
