import { pick } from "../common/language.ts";
import { en } from "./texts/en.ts";
import { zh } from "./texts/zh.ts";

export const texts = pick(en, zh);
