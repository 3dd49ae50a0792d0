import { until } from "lit/directives/until.js";
import type { TemplateResult } from "../common/view.ts";
import { read } from "./api.ts";
import { type Format, know } from "./formats.ts";

/** The lists that an organization configures, in the order in which people choose. */
export interface Choices {
  formats: Format[];
  reasonCodes: { code: string }[];
}

let known: Choices | undefined;
let asked: Promise<Choices> | undefined;

/** Reads them at the first need, then keeps them: they change only with a new start of the service. */
export function choices(): Promise<Choices> {
  asked ??= read<Choices>("/api/v1/choices").then(({ data }) => {
    know(data.formats);
    return known = data;
  });
  asked.catch(() => (asked = undefined)); // the next drawing asks again
  return asked;
}

/** Draws at once, and again when the lists have come; without an answer `draw` has none. */
export function withChoices(draw: (choices: Choices | undefined) => TemplateResult): unknown {
  return known ? draw(known) : until(choices().then(draw, () => draw(undefined)), draw(undefined));
}
