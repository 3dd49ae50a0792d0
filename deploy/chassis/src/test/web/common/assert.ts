/** The little that the tests of the pages need; libraries for it would have to be fetched. */
export const assert = {
  ok(value: unknown, message = "not true"): void {
    if (!value) throw new Error(message);
  },
  equal(actual: unknown, expected: unknown): void {
    const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
    if (a !== b) throw new Error(`expected ${b}, was ${a}`);
  },
};
