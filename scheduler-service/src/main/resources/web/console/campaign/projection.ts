import type { BranchState } from "./model.ts";

/** What is drawn, with its place on the drawing. */
export type Drawn<T> = T & { x: number; y: number };
export type Dot = Drawn<BranchState>;

interface Place {
  latitude?: number;
  longitude?: number;
}

function located(place: Place): place is Required<Place> {
  return place.latitude !== undefined && place.longitude !== undefined;
}

export interface Projected<T> {
  dots: Drawn<T>[];
  /** Those without coordinates. */
  without: T[];
  /** A length for the scale: so many kilometres are so many units wide. */
  scale: { km: number; width: number } | undefined;
}

const KM_PER_DEGREE = 111.2;
const LENGTHS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

/**
 * Places on a plane, north up. A degree of longitude is drawn as cos(latitude) of one of latitude, so that distances
 * are true near the middle.
 */
export function project<T>(
  all: readonly T[],
  where: (each: T) => Place,
  width: number,
  height: number,
  margin: number,
): Projected<T> {
  const known: T[] = [];
  const without: T[] = [];
  const places: Required<Place>[] = [];
  for (const each of all) {
    const place = where(each);
    if (located(place)) {
      known.push(each);
      places.push(place);
    } else without.push(each);
  }
  if (places.length === 0) return { dots: [], without, scale: undefined };
  const latitudes = places.map((each) => each.latitude);
  const north = Math.max(...latitudes);
  const south = Math.min(...latitudes);
  const shrink = Math.cos((north + south) / 2 * Math.PI / 180);
  const easts = places.map((each) => each.longitude * shrink);
  const west = Math.min(...easts);
  const wide = Math.max(...easts) - west;
  const high = north - south;
  const inner = { width: width - 2 * margin, height: height - 2 * margin };
  const unit = Math.min(wide > 0 ? inner.width / wide : Infinity, high > 0 ? inner.height / high : Infinity);
  const perDegree = Number.isFinite(unit) ? unit : 0;
  const left = margin + (inner.width - wide * perDegree) / 2;
  const top = margin + (inner.height - high * perDegree) / 2;
  const dots = known.map((each, i) => ({
    ...each,
    x: left + (easts[i]! - west) * perDegree,
    y: top + (north - latitudes[i]!) * perDegree,
  }));
  const perKm = perDegree / KM_PER_DEGREE;
  const km = LENGTHS.findLast((each) => each * perKm <= width / 4);
  return { dots, without, scale: perKm > 0 && km ? { km, width: km * perKm } : undefined };
}

const DIRECTIONS: Record<string, [number, number]> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};

/** The dot that an arrow key leads to: near, and more ahead than aside. */
export function towards(dots: readonly Dot[], from: Dot, key: string): Dot | undefined {
  const direction = DIRECTIONS[key];
  if (!direction) return undefined;
  let best: Dot | undefined;
  let least = Infinity;
  for (const dot of dots) {
    const dx = dot.x - from.x;
    const dy = dot.y - from.y;
    const along = dx * direction[0] + dy * direction[1];
    const aside = Math.abs(dx * direction[1]) + Math.abs(dy * direction[0]);
    const cost = along + 2 * aside;
    if (dot !== from && along > 0 && along >= aside && cost < least) {
      best = dot;
      least = cost;
    }
  }
  return best;
}
