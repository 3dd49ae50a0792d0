import { assert } from "../../common/assert.ts";
import type { BranchState, District } from "./model.ts";
import { project, towards } from "./projection.ts";
import { state } from "./state.ts";
import { flatten, move } from "./tree.ts";

function at(id: string, latitude?: number, longitude?: number): BranchState {
  return {
    branch: {
      id,
      code: id,
      name: id,
      kind: "village",
      ...(latitude !== undefined && { latitude }),
      ...(longitude !== undefined && { longitude }),
    },
    state: "HELD",
    items: 1,
  };
}

const where = (each: BranchState) => each.branch;

Deno.test("map_drawsNorthUpAndDegreesByTheirTrueLength", () => {
  const { dots } = project([at("sw", 59, 10), at("n", 61, 10), at("e", 59, 14)], where, 100, 100, 0);
  const [south, north, east] = dots;
  assert.equal(north!.y < south!.y, true);
  assert.equal(Math.abs((east!.x - south!.x) - (south!.y - north!.y)) < 0.01, true); // 4° east are 2° north at 60°
});

Deno.test("branchWithoutCoordinates_isNotOnTheMapButCounted", () => {
  const { dots, without } = project([at("a", 30, 120), at("b")], where, 100, 100, 10);
  assert.equal([dots.length, without.length], [1, 1]);
});

Deno.test("oneBranch_isInTheMiddle", () => {
  const { dots, scale } = project([at("a", 30, 120)], where, 100, 60, 10);
  assert.equal([dots[0]!.x, dots[0]!.y, scale], [50, 30, undefined]);
});

Deno.test("scale_isARoundLengthThatFits", () => {
  const { scale } = project([at("a", 30, 120), at("b", 31, 120)], where, 100, 100, 0);
  assert.equal(scale!.km, 20);
  assert.equal(Math.round(scale!.width), 18);
});

Deno.test("arrowKey_leadsToTheNextDotAhead", () => {
  const { dots } = project([at("a", 30, 120), at("b", 30.01, 121), at("c", 31, 120.1)], where, 200, 200, 0);
  assert.equal(towards(dots, dots[0]!, "ArrowRight")?.branch.id, "b");
  assert.equal(towards(dots, dots[0]!, "ArrowUp")?.branch.id, "c");
  assert.equal(towards(dots, dots[0]!, "ArrowLeft"), undefined);
});

function district(id: string, branches: number, itself = false): District {
  return {
    branch: { id, code: id, name: id, kind: "county" },
    itself,
    totals: {
      items: branches,
      notPlanned: 0,
      requested: 0,
      booked: 0,
      notified: 0,
      acknowledged: 0,
      held: 0,
      missed: 0,
      excluded: 0,
      percentHeld: 0,
      headCount: 0,
      lecturerAccepted: 0,
      rated: 0,
      branches,
    },
  };
}

const TOP = [district("a", 5), district("b", 1)];
const BELOW = new Map([["a", [district("a", 1, true), district("a1", 4)]]]);

Deno.test("tree_showsWhatIsBelowOpenDistricts", () => {
  assert.equal(flatten(TOP, new Set(), BELOW).map((node) => node.id), ["a", "b"]);
  const open = flatten(TOP, new Set(["a"]), BELOW);
  assert.equal(open.map((node) => node.id), ["a", "a1", "a.itself", "b"]);
  assert.equal(open.map((node) => node.level), [1, 2, 2, 1]);
});

Deno.test("districtThatIsNotLoadedYet_isOpenAndEmpty", () => {
  assert.equal(flatten(TOP, new Set(["a"]), new Map()).map((node) => node.open), [true, undefined]);
});

Deno.test("arrowKeys_walkOpenAndCloseTheTree", () => {
  const closed = flatten(TOP, new Set(), BELOW);
  const open = flatten(TOP, new Set(["a"]), BELOW);
  assert.equal(move(closed, "a", "ArrowDown"), { focus: "b" });
  assert.equal(move(closed, "a", "ArrowRight"), { toggle: "a" });
  assert.equal(move(open, "a", "ArrowRight"), { focus: "a1" });
  assert.equal(move(open, "a1", "ArrowLeft"), { focus: "a" });
  assert.equal(move(open, "a", "ArrowLeft"), { toggle: "a" });
  assert.equal(move(closed, "b", "ArrowDown"), undefined);
});

Deno.test("addressOfTheCampaign_isReadWithItsOpenDistricts", () => {
  const shown = state(new URLSearchParams("campaign=c&open=a.b&tab=calls&where=map&state=HELD&view=report"));
  assert.equal([...shown.open], ["a", "b"]);
  assert.equal([shown.tab, shown.map, shown.item, shown.report], ["calls", true, "HELD", true]);
  assert.equal(state(new URLSearchParams("tab=x&state=y")).tab, "items");
});
