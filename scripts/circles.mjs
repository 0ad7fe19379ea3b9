#!/usr/bin/env node
// Refuses import circles among the modules of a crate. A module and its parts are one thing: what counts is that of two
// modules side by side one at most needs the other, however far down.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");

/** The module that a file is, as its path from the crate's root. */
const moduleOf = (file) => file.replace(/\.rs$/, "").split("/").filter((name) => name !== "lib" && name !== "main");

/** What a file imports, as paths of names; groups in braces are taken apart. */
function imports(text, module) {
  const code = text.replace(/\/\/.*$/gm, "").replace(/^#\[cfg\(test\)\]\s*mod tests \{[\s\S]*/m, "");
  const spread = (path) => {
    const open = path.indexOf("{");
    if (open < 0) return [path];
    const parts = [];
    let depth = 0;
    let from = open + 1;
    for (let at = open; at < path.length; at += 1) {
      if (path[at] === "{") depth += 1;
      if (path[at] === "}") depth -= 1;
      if ((path[at] === "," && depth === 1) || (path[at] === "}" && depth === 0)) {
        parts.push(path.slice(from, at));
        from = at + 1;
      }
      if (depth === 0) break;
    }
    return parts.flatMap((part) => spread(path.slice(0, open) + part));
  };
  const used = [...code.matchAll(/\buse\s+((?:crate|super)::[^;]+);/g)].map(([, path]) => path.replace(/\s+(as \w+)?/g, ""));
  const inline = [...code.matchAll(/\b(?:crate|super)(?:::\w+)+/g)].map(([path]) => path);
  return [...used.flatMap(spread), ...inline].map((path) => {
    const names = path.split("::");
    const ups = names.filter((name) => name === "super").length;
    return names[0] === "crate" ? names.slice(1) : [...module.slice(0, module.length - ups), ...names.slice(ups)];
  });
}

/** Strongly connected groups of more than one (Tarjan, 1972). */
function circles(edges) {
  const [index, low, stack, found] = [new Map(), new Map(), [], []];
  const visit = (node) => {
    index.set(node, index.size);
    low.set(node, index.get(node));
    stack.push(node);
    for (const next of edges.get(node) ?? []) {
      if (!index.has(next)) visit(next);
      if (stack.includes(next)) low.set(node, Math.min(low.get(node), low.get(next)));
    }
    if (low.get(node) === index.get(node)) {
      const group = stack.splice(stack.indexOf(node));
      if (group.length > 1) found.push(group);
    }
  };
  [...edges.keys()].forEach((node) => index.has(node) || visit(node));
  return found;
}

let wrong = 0;
for (const crate of readdirSync(root)) {
  const source = join(root, crate, "src");
  if (!existsSync(source)) continue;
  const files = readdirSync(source, { recursive: true }).filter((file) => file.endsWith(".rs") && !/(^|\/)tests\.rs$/.test(file));
  const modules = new Set(files.map((file) => moduleOf(file).join("::")));
  const edges = new Map();
  const because = new Map();
  for (const file of files) {
    const module = moduleOf(file);
    for (const names of imports(readFileSync(join(source, file), "utf8"), module)) {
      let depth = names.length;
      while (depth > 0 && !modules.has(names.slice(0, depth).join("::"))) depth -= 1;
      const target = names.slice(0, depth);
      const apart = module.findIndex((name, at) => target[at] !== name);
      if (apart < 0 || apart >= target.length) continue;
      const [from, to] = [module, target].map((path) => path.slice(0, apart + 1).join("::"));
      edges.set(from, (edges.get(from) ?? new Set()).add(to));
      edges.set(to, edges.get(to) ?? new Set());
      because.set(`${from} ${to}`, file);
    }
  }
  for (const group of circles(edges)) {
    wrong += 1;
    console.error(`circles: in ${crate}, these need each other:`);
    for (const from of group) for (const to of edges.get(from)) if (group.includes(to)) console.error(`  ${from} → ${to} (${because.get(`${from} ${to}`)})`);
  }
}
process.exitCode = wrong ? 1 : 0;
