import { parted, windows } from "../portal/requests/model.ts";
import { assert } from "../common/assert.ts";

const ZONE = "Asia/Shanghai";

Deno.test("anyTimeOfDay_isOnePeriodFromFirstMorningToLastEvening", () => {
  const all = windows("2026-12-01", "2026-12-14", "any", ZONE);
  assert.equal(all.length, 1);
  assert.equal(all[0]?.from, "2026-12-01T00:00:00.000Z");
  assert.equal(all[0]?.until, "2026-12-14T13:00:00.000Z");
});

Deno.test("timeOfDay_isOnePeriodForEachDay", () => {
  const all = windows("2026-12-01", "2026-12-03", "afternoon", ZONE);
  assert.equal(all.map((each) => each.from).join(), "2026-12-01T05:00:00.000Z,2026-12-02T05:00:00.000Z,2026-12-03T05:00:00.000Z");
  assert.equal(windows("2026-12-01", "2027-03-01", "morning", ZONE).length, 50);
});

Deno.test("offerThatEndsFirst_comesFirst", () => {
  const of = (id: string, status: string, requestedAt: string, expiresAt?: string) => ({
    id,
    version: 1,
    status,
    topic: { id: "t", code: "T", title: "T" },
    branch: { id: "b", name: "B" },
    windows: [],
    requestedAt,
    ...(expiresAt && { offer: { start: "", end: "", expiresAt } }),
  });
  const { offers, waiting, ended } = parted([
    of("a", "OFFERED", "2026-11-01T00:00:00Z", "2026-12-03T00:00:00Z"),
    of("b", "OFFERED", "2026-11-02T00:00:00Z", "2026-12-02T00:00:00Z"),
    of("c", "WAITING", "2026-11-01T00:00:00Z"),
    of("d", "WAITING", "2026-11-03T00:00:00Z"),
    of("e", "REFUSED", "2026-11-03T00:00:00Z"),
  ]);
  assert.equal(offers.map((each) => each.id).join(), "b,a");
  assert.equal(waiting.map((each) => each.id).join(), "d,c");
  assert.equal(ended.map((each) => each.id).join(), "e");
});
