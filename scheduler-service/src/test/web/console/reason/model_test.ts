import { assert } from "../../common/assert.ts";
import { codeName, sent, told } from "./model.ts";

const storm = { code: "weather", words: " storm " };

Deno.test("reason_isSentAsCodeAndText", () => {
  const { reason, reasonCode } = sent(storm);
  assert.equal(reasonCode, "weather");
  assert.ok(reason!.startsWith(codeName("weather")) && reason!.endsWith("storm"));
  assert.equal(sent({ code: "weather", words: "" }).reason, codeName("weather"));
});

Deno.test("words_areSentWithoutACode", () => {
  assert.equal(sent({ code: "", words: " w " }), { reason: "w" });
  assert.equal(sent({ code: "", words: "" }), {});
  assert.equal(sent({ code: "", words: "" }, "p"), { reason: "p" });
});

Deno.test("otherReason_needsWords", () => {
  assert.equal(sent({ code: "other", words: "" }), { reasonCode: "other" });
  assert.equal(sent({ code: "other", words: "w" }), { reason: "w", reasonCode: "other" });
});

Deno.test("codeOfAnOrganization_showsItself", () => {
  assert.equal(codeName("harvest"), "harvest");
  assert.equal(told({ reason: "late", reasonCode: "harvest" }), "harvest · late");
});

Deno.test("givenReason_saysItsCodeOnce", () => {
  assert.equal(told({ reason: sent(storm).reason!, reasonCode: "weather" }), sent(storm).reason);
  assert.equal(told({ reasonCode: "weather" }), codeName("weather"));
  assert.equal(told({ reason: "late" }), "late");
  assert.equal(told({}), "");
});
