import { byDay, nearness } from "../portal/lectures/model.ts";
import { assert } from "../common/assert.ts";

const lecture = (id: string, start: string) => ({
  id,
  version: 1,
  status: "CONFIRMED",
  topic: { id: "t", code: "T", title: "T" },
  branch: { id: "b", code: "B", name: "B" },
  start,
  end: start,
  zone: "Asia/Shanghai",
});

Deno.test("lecture_standsBelowItsDayAtThePlace", () => {
  const days = byDay([
    lecture("a", "2026-12-01T15:30:00Z"),
    lecture("b", "2026-12-01T16:30:00Z"),
    lecture("c", "2026-12-02T01:00:00Z"),
  ]);
  assert.equal(
    days.map(({ day, bookings }) => `${day}:${bookings.map((each) => each.id)}`).join(" "),
    "2026-12-01:a 2026-12-02:b,c",
  );
});

Deno.test("todayAndTomorrow_areNamedOverTheEndOfAMonth", () => {
  assert.equal(nearness("2026-11-30", "2026-11-30"), "today");
  assert.equal(nearness("2026-12-01", "2026-11-30"), "tomorrow");
  assert.ok(nearness("2026-12-02", "2026-11-30") === undefined);
});
