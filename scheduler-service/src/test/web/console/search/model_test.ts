import { assert } from "../../common/assert.ts";
import { home } from "../../common/home.ts";
import { addressOf, grouped, type Hit, stepped } from "./model.ts";

const hit = (kind: Hit["kind"], id: string): Hit => ({ kind, id, name: id });

Deno.test("hits_areGroupedInTheOrderOfTheBest", () => {
  const groups = grouped([hit("LECTURER", "l1"), hit("BRANCH", "b1"), hit("LECTURER", "l2")]);
  assert.equal(groups.map((each) => [each.kind, each.hits.map((one) => one.id)]), [
    ["LECTURER", ["l1", "l2"]],
    ["BRANCH", ["b1"]],
  ]);
});

Deno.test("booking_opensInTheTimelineAtItsDay", () => {
  const booking = { ...hit("BOOKING", "x"), start: "2026-12-01T17:00:00Z", end: "2026-12-01T18:00:00Z" };
  assert.equal(addressOf(booking), `${home}/timeline?booking=x&day=2026-12-02`);
  assert.equal(addressOf(hit("VENUE", "v")), `${home}/registries/venues/v`);
});

Deno.test("arrows_walkRoundTheEnd", () => {
  assert.equal([stepped(-1, 1, 3), stepped(-1, -1, 3), stepped(2, 1, 3), stepped(0, -1, 3), stepped(-1, 1, 0)], [0, 2, 0, 2, -1]);
});
