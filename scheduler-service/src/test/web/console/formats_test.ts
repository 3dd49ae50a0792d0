import { assert } from "../common/assert.ts";
import { formatName, isRemote, know, usualFormat } from "./formats.ts";

const format = (code: string, remote = false) => ({ code, name: `${code} name`, remote });

Deno.test("formats_areThoseOfTheOrganization", () => {
  know([format("talk"), format("webinar", true)]);

  assert.equal([isRemote("talk"), isRemote("webinar"), isRemote("broadcast")], [false, true, false]);
  assert.equal([formatName("talk"), formatName("gone")], ["Talk name", "gone"]);
});

Deno.test("formsBegin_withAConfiguredFormat", () => {
  know([]);
  assert.equal(usualFormat(), "lecture");
  know([format("talk"), format("webinar", true)]);
  assert.equal([usualFormat(), usualFormat("webinar")], ["talk", "webinar"]);
  know([format("talk"), format("lecture")]);
  assert.equal(usualFormat(), "lecture");
});
