// The requests on one connection: a connection that is kept alive carries many.

/** Longest head that is looked at; a longer one passes unread. */
const HEAD_BYTES = 64 * 1_024;
const HEAD_END = "\r\n\r\n";

/** Passes a browser's bytes on unchanged, and asks before each WebSocket upgrade. */
export class UpgradeFilter {
  private held: Buffer = Buffer.alloc(0);
  private body = 0;
  /** After an upgrade there are no more heads. */
  private upgraded = false;

  constructor(
    private readonly pass: (bytes: Buffer) => void,
    private readonly admits: () => boolean,
  ) {}

  /** Reads on. Browsers send bodies with a length, never in chunks. */
  read(bytes: Buffer): void {
    this.held = Buffer.concat([this.held, bytes]);
    while (this.held.length > 0) {
      const head = this.held.indexOf(HEAD_END) + HEAD_END.length;
      if (this.upgraded) this.release(this.held.length);
      else if (this.body > 0) this.body -= this.release(this.body);
      else if (head >= HEAD_END.length) this.decide(head);
      else if (this.held.length > HEAD_BYTES) this.upgraded = true;
      else return;
    }
  }

  private decide(length: number): void {
    const head = this.held.toString("latin1", 0, length);
    const upgrade = /^upgrade: *websocket/im.test(head);
    this.upgraded = upgrade && this.admits();
    this.body = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
    if (upgrade && !this.upgraded) this.held = this.held.subarray(length);
    else this.release(length);
  }

  private release(most: number): number {
    const part = this.held.subarray(0, most);
    this.held = this.held.subarray(part.length);
    this.pass(part);
    return part.length;
  }
}
