import { pick } from "../../common/language.ts";
import { en } from "./en.ts";
import { zh } from "./zh.ts";

export const t = pick(en, zh);
