export const en = {
  product: "Lectern",
  console: "Console",
  skip: "Skip to the content",
  navigation: "Pages",
  pages: {
    timeline: "Timeline",
    requests: "Requests",
    campaign: "Campaigns",
    deliveries: "Deliveries",
    registries: "Registries",
    history: "History",
  },
  account: (name: string) => `Account: ${name}`,
  roles: { organizer: "Organizer", auditor: "Auditor: read only", operator: "Operator", branch: "Branch" } as Record<
    string,
    string
  >,
  language: "中文",
  theme: { auto: "Appearance: as the system", light: "Appearance: light", dark: "Appearance: dark" },
  keys: "Keyboard",
  helpKey: "Show these keys",
  signIn: "Sign in",
  signOut: "Sign out",
  signedOut: "You are signed out",
  signedOutHint: "Your sign-in at the identity provider has ended as well.",
  signInFailed: "The sign-in did not succeed",
  signInFailedHint: "The identity provider refused it or was left. You can try again.",
  notFor: "This page is not for your role",
  notForHint: "Your account has no role for this page. Sign in with another account, or ask the administrators.",
  over: "Your sign-in has ended",
  overBody: "Sign in again in a new tab. This page stays as it is, with everything you typed, and continues by itself.",
  missing: "There is no such page",
  missingHint: "The address may be outdated.",
  toStart: "To the timeline",
  wait: "Many requests at once; the service asks to wait a moment.",
};

export type Texts = typeof en;
