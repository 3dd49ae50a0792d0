export const en = {
  close: "Close",
  cancel: "Cancel",
  back: "Back",
  retry: "Try again",
  loading: "Loading",
  required: "required",
  optional: "optional",
  asOf: (time: string) => `As of ${time}`,
  failed: "This could not be loaded",
  unreachable: "The service does not answer. Check your connection, then try again.",
  unknownOutcome: "No answer came, so it is not known whether the change was made. Trying again is safe: it takes effect once.",
  unexpected: "Something went wrong in this page. Load it again; if it stays, inform the operators.",
  trace: (id: string) => `Reference for the operators: ${id}`,
  offline: "No connection. What you see may be out of date; nothing you typed is lost.",
  keys: "Keyboard",
  keysOn: "Single-letter keys",
  keysHint: "Switch them off if they interfere with your assistive software.",
};

export type Common = typeof en;
