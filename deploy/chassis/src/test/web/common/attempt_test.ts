import { assert } from "../common/assert.ts";
import { NoAnswer } from "./problem.ts";

// Deno has no channel between tabs, and the session opens one when it is loaded
Object.assign(globalThis, { BroadcastChannel: class extends EventTarget {} });
const { Sender } = await import("./attempt.ts");

/** Answers one after the other; `undefined` is a connection that breaks. Says the keys that were sent. */
function service(...answers: (Response | undefined)[]): { keys: string[]; restore: () => void } {
  const before = globalThis.fetch;
  const keys: string[] = [];
  globalThis.fetch = (_url, init) => {
    keys.push(new Headers(init?.headers).get("Idempotency-Key") ?? "");
    const answer = answers.shift();
    return answer ? Promise.resolve(answer) : Promise.reject(new TypeError("no connection"));
  };
  return { keys, restore: () => (globalThis.fetch = before) };
}

const html = () => new Response("a gateway", { status: 502 });
const done = () => new Response("{}", { status: 200 });
const refused = () =>
  new Response(JSON.stringify({ code: "lecturer-occupied" }), {
    status: 409,
    headers: { "Content-Type": "application/problem+json" },
  });
const order = { path: "/api/v1/bookings/bulk", body: { reason: "ill" } } as const;

async function failure(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("no failure");
}

Deno.test("lostAnswer_isRepeatedWithTheSameKey", async () => {
  const { keys, restore } = service(html(), done());
  const sender = new Sender();
  assert.ok(await failure(sender.send(order)) instanceof NoAnswer);
  assert.equal(sender.open, order);
  await sender.send(order);
  restore();
  assert.equal(keys.length, 2);
  assert.equal(keys[0], keys[1]);
  assert.equal(sender.open, undefined);
});

Deno.test("refusalOrAnotherChange_getsANewKey", async () => {
  const { keys, restore } = service(refused(), html(), done(), done());
  const sender = new Sender();
  await failure(sender.send(order));
  assert.equal(sender.open, undefined);
  await failure(sender.send(order));
  await sender.send({ ...order, body: { reason: "away" } });
  await sender.send({ ...order, body: { reason: "away" } });
  restore();
  assert.equal(new Set(keys).size, 4);
});

Deno.test("repeatThatIsNotJudged_staysUnknown", async () => {
  const busy = () =>
    new Response(JSON.stringify({ code: "unavailable", status: 503 }), {
      status: 503,
      headers: { "Content-Type": "application/problem+json", "Retry-After": "0" },
    });
  const { keys, restore } = service(html(), busy(), busy(), busy(), busy(), done());
  const sender = new Sender();
  await failure(sender.send(order));
  assert.ok(await failure(sender.send(order)) instanceof NoAnswer);
  assert.equal(sender.open, order);
  await sender.send(order);
  restore();
  assert.equal(new Set(keys).size, 1);
});
