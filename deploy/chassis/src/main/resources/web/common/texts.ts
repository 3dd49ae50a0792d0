import { pick } from "./language.ts";
import { en } from "./texts/en.ts";
import { zh } from "./texts/zh.ts";

/** What components of every page say. */
export const common = pick(en, zh);
