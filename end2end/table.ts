// Measurements as people read them.

/** Rows under the names of their fields, numbers to the right. */
export function table(rows: Record<string, string | number>[]): string {
  const names = Object.keys(rows[0] ?? {});
  const lines = [names, ...rows.map((row) => names.map((name) => cell(row[name])))];
  const widths = names.map((_, at) => Math.max(...lines.map((line) => line[at].length)));
  const isNumber = names.map((name) => rows.every((row) => typeof row[name] === "number"));
  const pad = (text: string, at: number) => (isNumber[at] ? text.padStart(widths[at]) : text.padEnd(widths[at]));
  return lines.map((line) => `  ${line.map(pad).join("  ")}`).join("\n");
}

function cell(value: string | number): string {
  return typeof value === "number" ? value.toFixed(1) : value;
}

/** From the least to the most. */
export function spread(values: number[]): number {
  return Math.max(...values) - Math.min(...values);
}

/** The middle one. */
export function median(values: number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];
}
