import { assert } from "../../common/assert.ts";
import { counts, weeks } from "./month.ts";
import type { Item, Row } from "./rows.ts";
import { days, state, stepped } from "./state.ts";

const item = (id: string, start: string, status: Item["status"]): Item => ({ id, start: Date.parse(start), status }) as Item;
const row = (id: string, ...items: Item[]): Row => ({ id, code: id, name: id, items });

Deno.test("monthOfTheUrl_hasItsDays", () => {
  const found = state(new URLSearchParams("span=month&day=2028-02-10"));
  assert.equal(days(found).length, 29);
  assert.equal([days(found)[0], days(found).at(-1)], ["2028-02-01", "2028-02-29"]);
});

Deno.test("monthBeforeAndAfter_turnTheYear", () => {
  assert.equal(stepped({ day: "2026-12-31", span: "month" }, 1), "2027-01-01");
  assert.equal(stepped({ day: "2027-01-31", span: "month" }, -1), "2026-12-01");
  assert.equal(stepped({ day: "2026-12-02", span: "week" }, 1), "2026-12-07");
  assert.equal(stepped({ day: "2026-12-01", span: "day" }, -1), "2026-11-30");
});

Deno.test("month_isWeeksFromMonday", () => {
  const found = weeks(days({ day: "2026-12-15", span: "month" }));
  assert.equal(found.length, 5);
  assert.equal(found[0], [undefined, "2026-12-01", "2026-12-02", "2026-12-03", "2026-12-04", "2026-12-05", "2026-12-06"]);
  assert.equal(found[4]!.slice(3), ["2026-12-31", undefined, undefined, undefined]);
});

Deno.test("lectureInSeveralRows_isCountedOnce", () => {
  const shared = item("a", "2026-12-01T02:00:00Z", "HELD");
  const found = counts([row("host", shared), row("guest", shared, item("b", "2026-12-01T17:00:00Z", "CONFIRMED"))]);
  assert.equal(found.get("2026-12-01"), { all: 1, held: 1, confirmed: 0, completed: 0 });
  assert.equal(found.get("2026-12-02"), { all: 1, held: 0, confirmed: 1, completed: 0 });
});
