/** `register` takes only what a policy has made where trusted types are required (W3C Trusted Types). */
interface Policies {
  createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): { createScriptURL(url: string): unknown };
}

const ADDRESS = "/portal/worker.js";

/** Lets the portal open without a connection. Where the browser has no service workers it works as before. */
export async function install(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  const policies = (globalThis as { trustedTypes?: Policies }).trustedTypes;
  const address = policies
    ? policies.createPolicy("lectern-worker", { createScriptURL: () => ADDRESS }).createScriptURL(ADDRESS) as string
    : ADDRESS;
  try {
    await navigator.serviceWorker.register(address, { scope: "/portal" });
  } catch {
    // no storage, or a certificate the browser does not accept: the portal then needs a connection
  }
}

/** Removes the worker and the files it kept. */
export async function remove(): Promise<void> {
  try {
    const all = await navigator.serviceWorker?.getRegistrations() ?? [];
    await Promise.all(all.map((each) => each.unregister()));
    const names = await caches.keys();
    await Promise.all(names.filter((each) => each.startsWith("lectern-portal-")).map((each) => caches.delete(each)));
  } catch {
    // none was there
  }
}
