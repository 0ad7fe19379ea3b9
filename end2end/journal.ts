// What the server has written down, read without it.

import { readFileSync } from "node:fs";

/** How named MessagePack writes the instant of a reveal: its name, then eight bytes. */
const REVEAL = Buffer.from("reveal_ms\xcf", "latin1");

/** The instant of the last reveal in a database's journal, which may still stand in the file beside it; 0 for none. */
export function lastReveal(database: string): number {
  const bytes = Buffer.concat([database, `${database}-wal`].map((file) => readFileSync(file)));
  let revealMs = 0;
  for (let at = bytes.indexOf(REVEAL); at >= 0; at = bytes.indexOf(REVEAL, at + 1)) {
    const value = at + REVEAL.length;
    if (value + 8 <= bytes.length) revealMs = Math.max(revealMs, Number(bytes.readBigUInt64BE(value)));
  }
  return revealMs;
}
