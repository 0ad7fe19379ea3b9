// A picture that nothing makes smaller: noise, as a PNG.

import { deflateSync } from "node:zlib";
import { Chance } from "./chance";

const SIGNATURE = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");

/** A square of coloured noise, `side` pixels wide; three bytes a pixel. */
export function noise(side: number, seed: number): Buffer {
  const chance = new Chance(seed);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  // Eight bits a channel; red, green and blue.
  header.set([8, 2], 8);
  // Each row begins with its filter: none.
  const rows = Buffer.alloc(side * (1 + 3 * side));
  for (let at = 0; at < rows.length; at += 1) rows[at] = at % (1 + 3 * side) === 0 ? 0 : chance.next() * 256;
  const pixels = deflateSync(rows, { level: 0 });
  return Buffer.concat([SIGNATURE, chunk("IHDR", header), chunk("IDAT", pixels), chunk("IEND", Buffer.alloc(0))]);
}

function chunk(kind: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(kind, "latin1"), content]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(content.length, 0);
  ends.writeUInt32BE(checksum(named), 4);
  return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)]);
}

/** The CRC of the PNG specification, annex D. */
function checksum(bytes: Buffer): number {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = TABLE[(sum ^ byte) & 0xff] ^ (sum >>> 8);
  return ~sum >>> 0;
}

const TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let entry = byte;
  for (let bit = 0; bit < 8; bit += 1) entry = entry & 1 ? 0xedb88320 ^ (entry >>> 1) : entry >>> 1;
  return entry;
});
