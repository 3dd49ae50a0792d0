import { assert } from "../../common/assert.ts";
import { changedWeights, empty, like, order, weightsOf } from "./order.ts";
import type { Plan } from "./model.ts";

const DAYS = { from: "2026-12-07", until: "2026-12-31" };
const LECTURER = { id: "l1", code: "L1", name: "Li" };

Deno.test("usualPrices_areNotSent", () => {
  const plan = { ...empty("c", "PLAN", DAYS), name: " First ", weights: { travel: 1, load: 12, day: undefined } };
  assert.equal(changedWeights(plan.weights as never), 1);
  assert.equal(order(plan as never), {
    campaignId: "c",
    name: "First",
    purpose: "PLAN",
    seconds: 60,
    ...DAYS,
    format: "lecture",
    weights: { load: 12 },
  });
});

Deno.test("pricesOfAnotherPurpose_areNotSent", () => {
  const plan = { ...empty("c", "PLAN", DAYS), name: "P", weights: { otherDay: 1, guest: 5 } };
  assert.equal("weights" in order(plan)!, false);
  assert.equal(order({ ...plan, joint: true })!.weights, { guest: 5 });
  assert.equal(weightsOf("RESCUE", false).includes("otherDay"), true);
});

Deno.test("rescueWithoutWhatDropsOut_isNotSent", () => {
  const rescue = { ...empty("c", "RESCUE", DAYS), name: "R" };
  assert.equal(order(rescue), undefined);
  const gone = [{ kind: "lecturer" as const, what: LECTURER, from: "2026-12-08", until: "" }];
  assert.equal(order({ ...rescue, gone })!.gone, [{ lecturerId: "l1", from: "2026-12-08", until: "2026-12-08" }]);
});

Deno.test("dayThatDropsOut_namesNoLecturer", () => {
  const gone = [{ kind: "day" as const, what: undefined, from: "2026-12-08", until: "2026-12-09" }];
  assert.equal(order({ ...empty("c", "RESCUE", DAYS), name: "R", gone })!.gone, [{ from: "2026-12-08", until: "2026-12-09" }]);
});

Deno.test("moreLecturers_areOnlyOfAWhatIf", () => {
  const extra = [{ like: LECTURER, count: 2 }, { like: undefined, count: 1 }];
  assert.equal(order({ ...empty("c", "WHAT_IF", DAYS), name: "W", extra })!.extra, [{ likeLecturerId: "l1", count: 2 }]);
  assert.equal("extra" in order({ ...empty("c", "PLAN", DAYS), name: "P", extra })!, false);
});

Deno.test("planLikeAnother_takesItsPricesAndGuests", () => {
  const model = { campaign: { id: "c" }, seconds: 120, weights: { travel: 1, load: 9 }, guests: { most: 3, minutes: 20 } };
  const found = like(model as unknown as Plan, "PLAN");
  assert.equal([found.weights, found.joint, found.most, found.seconds], [{ load: 9 }, true, 3, 120]);
});

Deno.test("lecturesADay_areSentOnlyIfGiven", () => {
  const plan = { ...empty("c", "PLAN", DAYS), name: "P" };
  assert.equal("lecturesPerDay" in order(plan)!, false);
  assert.equal(order({ ...plan, perDay: 3 })!.lecturesPerDay, 3);
});
