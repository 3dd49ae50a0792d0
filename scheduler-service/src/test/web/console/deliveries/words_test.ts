import { assert } from "../../common/assert.ts";
import { answer, why } from "./words.ts";
import { t } from "./texts.ts";

Deno.test("answerOfAReceiver_isToldInWords", () => {
  assert.equal(answer("smtp-550-5.1.1"), t.noMailbox("5.1.1"));
  assert.equal(answer("smtp-550"), t.mailRefused("550"));
  assert.equal(answer("smtp-451"), t.mailLater("451"));
  assert.equal(answer("bounced-5.2.2"), t.mailboxFull("5.2.2"));
  assert.equal(answer("http-410"), t.httpGone);
  assert.equal(answer("http-503"), t.httpFails("503"));
  assert.equal(answer("http-200"), t.accepted);
});

Deno.test("unknownCode_isShownAsItIs", () => {
  assert.equal(answer("platform-93000"), t.answered("platform-93000"));
});

Deno.test("deliveryThatWaits_saysForWhat", () => {
  assert.equal(why({ state: "READY", waitsFor: "digest" }), t.waits["digest"]);
  assert.equal(why({ state: "READY" }), undefined);
  assert.equal(why({ state: "PARKED" }), t.parked);
  assert.equal(why({ state: "DEAD", reason: "exhausted" }), t.reasons["exhausted"]);
});
