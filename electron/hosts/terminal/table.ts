/** Owns: a table in a terminal: columns as wide as their widest cell, two spaces between them. */

/** One line for each row; rows have the same number of cells. Every UTF-16 unit counts as one column. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((cell, column) => cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - cell.length)))
      .join('  ')
      .trimEnd(),
  )
}
