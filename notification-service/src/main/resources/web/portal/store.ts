/**
 * What this device keeps, so that the portal shows something without a connection. Everything in it belongs to the
 * person who is signed in, and goes at the sign-out. Where a browser keeps nothing, the portal works with a connection
 * only.
 */
const NAME = "lectern-portal";
const ENTRIES = "entries";

interface Entry {
  key: string;
  at: Date;
  data: unknown;
}

export interface Kept<T> {
  at: Date;
  data: T;
}

let opened: Promise<IDBDatabase> | undefined;
let closed = false;

function database(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(ENTRIES, { keyPath: "key" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

async function work<T>(mode: IDBTransactionMode, of: (entries: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> {
  try {
    const transaction = (await database()).transaction(ENTRIES, mode);
    const request = of(transaction.objectStore(ENTRIES));
    return await new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  } catch {
    return undefined; // no storage, or full
  }
}

export async function keep(key: string, data: unknown): Promise<void> {
  if (closed) return;
  await work("readwrite", (entries) => entries.put({ key, at: new Date(), data } satisfies Entry));
}

export async function kept<T>(key: string): Promise<Kept<T> | undefined> {
  if (closed) return undefined;
  const entry = await work<Entry | undefined>("readonly", (entries) => entries.get(key));
  return entry && { at: entry.at, data: entry.data as T };
}

/** All entries with a key that begins like this. */
export async function allKept<T>(prefix: string): Promise<Kept<T>[]> {
  const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
  const found = await work<Entry[]>("readonly", (entries) => entries.getAll(range));
  return (found ?? []).map((entry) => ({ at: entry.at, data: entry.data as T }));
}

export async function forget(key: string): Promise<void> {
  await work("readwrite", (entries) => entries.delete(key));
}

/** Removes everything. With `close` nothing is kept any more by this page. */
export async function clear({ close = false } = {}): Promise<void> {
  closed ||= close;
  await work("readwrite", (entries) => entries.clear());
}
