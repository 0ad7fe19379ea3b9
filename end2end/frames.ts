// Frames as they travel: a stamp, then a message; see protocol/src/stamp.rs and protocol/src/server.rs.

/** First byte of the message that brings a key, by who hears it. */
export const UNSEAL = { team: 6, screen: 1 };

/** What follows a frame's stamp; nothing in a heartbeat. */
export function message(frame: Uint8Array): Uint8Array {
  const echo = behind(frame, 0);
  return frame.subarray(frame[echo] === 1 ? behind(frame, behind(frame, echo + 1)) : echo + 1);
}

/** Frames over plain requests: each behind its length in four bytes. */
export function frames(body: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 0; at + 4 <= body.length; at += 4 + body.readUInt32BE(at)) {
    found.push(body.subarray(at + 4, at + 4 + body.readUInt32BE(at)));
  }
  return found;
}

/** Where a number ends whose bytes but the last have their highest bit set. */
function behind(frame: Uint8Array, from: number): number {
  let at = from;
  while (frame[at] >= 0x80) at += 1;
  return at + 1;
}
