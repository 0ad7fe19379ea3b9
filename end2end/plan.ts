// A plan of an unlucky evening, drawn by chance: what hands do, and what happens to lines and server meanwhile.

import type { Chance } from "./chance";
import type { Place } from "./device";
import { Letters } from "./letters";

/** What hands do at a device. */
export type Deed =
  | { act: "type" | "paste"; text: string; from: Place; to: Place }
  | { act: "erase"; times: number; at: Place }
  | { act: "sleep"; ms: number }
  | { act: "join" }
  | { act: "reload" };

/** What happens to a line; what lasts is mended after its time. */
export type Fault =
  | { act: "cut" }
  | { act: "vanish"; up: boolean; down: boolean; ms: number }
  | { act: "upgrades"; become: "forbidden" | "swallowed"; ms: number }
  | { act: "door"; becomes: "silent" | "refused"; ms: number }
  | { act: "storm"; ms: number };

/** How long the server is gone. */
export type Outage = { act: "kill"; ms: number };

/** A step, and the rest before it. */
export type Timed<Step> = Step & { restMs: number };

/** Forty steps: two pairs of hands, their lines and the server go through theirs side by side. */
export interface Plan {
  hands: Timed<Deed>[][];
  lines: Timed<Fault>[][];
  server: Timed<Outage>[];
}

/** Draws a plan. */
export function draw(chance: Chance): Plan {
  const letters = new Letters(chance);
  const steps = <Step>(count: number, restMs: number, step: () => Step): Timed<Step>[] =>
    Array.from({ length: count }, () => ({ restMs: chance.between(0, restMs), ...step() }));
  const deeds = (count: number) => steps(count, 2_000, () => deed(chance, letters));
  return {
    hands: [deeds(14), [{ act: "join", restMs: 2_000 }, ...deeds(10)]],
    lines: [6, 5].map((count) => steps(count, 5_000, () => fault(chance))),
    server: steps(4, 8_000, () => outage(chance)),
  };
}

function deed(chance: Chance, letters: Letters): Deed {
  const act = chance.of(["type", "type", "type", "paste", "erase", "sleep", "reload"] as const);
  const [from, to] = [chance.next(), chance.next()];
  const text = act === "type" || act === "paste" ? letters.word(chance.between(2, 5)) : "";
  if (act === "sleep") return { act, ms: chance.between(500, 4_000) };
  if (act === "reload") return { act };
  if (act === "erase" || !text) return { act: "erase", times: chance.between(1, 3), at: from };
  return { act, text, from, to: chance.happens(0.2) ? Math.min(1, from + to / 4) : from };
}

function fault(chance: Chance): Fault {
  const ms = chance.between(1_000, 6_000);
  const act = chance.of(["cut", "cut", "vanish", "vanish", "upgrades", "door", "storm"] as const);
  switch (act) {
    case "cut":
      return { act };
    case "vanish":
      return { act, ms, ...chance.of([{ up: true, down: true }, { up: true, down: false }, { up: false, down: true }]) };
    case "upgrades":
      return { act, ms, become: chance.of(["forbidden", "swallowed"] as const) };
    case "door":
      return { act, ms, becomes: chance.of(["silent", "refused"] as const) };
    default:
      return { act, ms };
  }
}

/** After more than 5 s the game comes back paused. */
function outage(chance: Chance): Outage {
  return { act: "kill", ms: chance.happens(0.3) ? chance.between(5_500, 7_000) : chance.between(0, 2_500) };
}
