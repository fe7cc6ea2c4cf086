/** Owns: where a replayed server stands, and the names of that in the transition table. */

export type Mode =
  | 'connecting' | 'command' | 'exchange' | 'data' | 'chunk' | 'handshake'
  /** The recorded server went silent here: what comes is read and dropped. */
  | 'silent' | 'done' // prettier-ignore

export const states: Readonly<Record<Mode, string>> = {
  connecting: 'connecting', command: 'ready', exchange: 'auth', data: 'data', chunk: 'chunk', handshake: 'handshake',
  silent: 'ready', done: 'done',
} // prettier-ignore

/** What the client says is looked at. */
export const reads: ReadonlySet<Mode> = new Set(['command', 'exchange', 'data', 'chunk', 'silent'])
