/** Owns: reading the flag --port. */

/** 0 lets the system choose. Throws an Error that names the flag, its value and what would be right. */
export function readPortFlag(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 65536
  if (port > 65535) throw new Error(`--port ${JSON.stringify(text)}: a number from 0 to 65535.`)
  return port
}
