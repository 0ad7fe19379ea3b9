// Carries a plan out.

import { setTimeout as pass } from "node:timers/promises";
import type { Device } from "./device";
import type { TestServer } from "./server";
import type { Line } from "./line";
import type { Deed, Fault, Outage, Plan, Timed } from "./plan";

/** Goes through all of a plan's tracks side by side; at the end lines and server are well again. */
export async function perform(plan: Plan, devices: Device[], lines: Line[], server: TestServer): Promise<void> {
  const tracks = [
    ...plan.hands.map((deeds, index) => inTurn(deeds, (deed) => work(devices[index], deed))),
    ...plan.lines.map((faults, index) => inTurn(faults, (fault) => suffer(lines[index], fault))),
    inTurn(plan.server, (outage) => fail(server, outage)),
  ];
  // Every track comes to its end, so that none is still at work when another one has failed.
  for (const track of await Promise.allSettled(tracks)) {
    if (track.status === "rejected") throw track.reason;
  }
}

async function inTurn<Step>(steps: Timed<Step>[], take: (step: Step) => Promise<void>): Promise<void> {
  for (const step of steps) {
    await pass(step.restMs);
    await take(step);
  }
}

async function work(device: Device, deed: Deed): Promise<void> {
  switch (deed.act) {
    case "type":
      return device.type(deed.text, deed.from, deed.to);
    case "paste":
      return device.paste(deed.text, deed.from, deed.to);
    case "erase":
      return device.erase(deed.times, deed.at);
    case "sleep":
      return device.sleep(deed.ms);
    case "join":
      return device.load();
    case "reload":
      return device.load();
  }
}

async function suffer(line: Line, fault: Fault): Promise<void> {
  switch (fault.act) {
    case "cut":
      return line.cut();
    case "vanish":
      line.up.vanish = fault.up;
      line.down.vanish = fault.down;
      break;
    case "upgrades":
      line.upgrades = fault.become;
      line.cut();
      break;
    case "door":
      line.door = fault.becomes;
      line.cut();
      break;
    case "storm":
      line.storm();
  }
  await pass(fault.ms);
  line.mend();
}

async function fail(server: TestServer, outage: Outage): Promise<void> {
  await server.kill();
  await pass(outage.ms);
  await server.start();
}
