import { until } from "lit/directives/until.js";
import type { TemplateResult } from "../common/view.ts";
import { read } from "./api.ts";

/** The lists that an organization configures, in the order in which people choose. */
export interface Choices {
  formats: { code: string; name: string }[];
  reasonCodes: { code: string }[];
}

let known: Choices | undefined;
let asked: Promise<Choices> | undefined;

/** Reads them at the first need, then keeps them: they change only with a new start of the service. */
function choices(): Promise<Choices> {
  asked ??= read<Choices>("/api/v1/choices").then(({ data }) => known = data);
  asked.catch(() => (asked = undefined)); // the next drawing asks again
  return asked;
}

/** Draws at once, and again when the lists have come; without an answer `draw` has none. */
export function withChoices(draw: (choices: Choices | undefined) => TemplateResult): unknown {
  return known ? draw(known) : until(choices().then(draw, () => draw(undefined)), draw(undefined));
}

/** The name of a format as a label; its code as long as no name is known. */
export function formatName(code: string): string {
  const name = known?.formats.find((each) => each.code === code)?.name;
  return name ? name.charAt(0).toUpperCase() + name.slice(1) : code;
}
