import "./first.ts";

export * from "../common/api.ts";
