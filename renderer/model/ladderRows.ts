/** Owns: the shapes of the ladder's rows. A row names its events by number; what is drawn is read from the log. */

/** `open`: readable by others; `sealed`: inside TLS; `none`: nothing has travelled yet. */
export type Wall = 'none' | 'open' | 'sealed'

interface Base {
  /** Number of the (first) event it shows. */
  seq: number
  wall: Wall
}

export type LadderRow =
  /** A look-up, a connection attempt, or a look-up with the attempt that followed it at once. */
  | (Base & { kind: 'link'; seqs: readonly number[] })
  /** From here on, until the next band, this is how readable it is. */
  | (Base & { kind: 'band'; segment: number })
  /** One line or reply. `gap`: microseconds that it was waited for; holds by a person are not counted. */
  | (Base & { kind: 'line' | 'reply'; gap: number })
  /** Capabilities of the EHLO reply `seq`; `before` is the EHLO reply before it. */
  | (Base & { kind: 'capabilities'; before: number | undefined })
  | (Base & { kind: 'tls'; gap: number })
  /** All stretches of one body. */
  | (Base & { kind: 'body'; body: number })
  | (Base & { kind: 'wait' | 'edit' | 'finding' | 'remark' })
  /** A run of lines that repeat, folded: events seq to `last`; see `Fold`. */
  | (Base & { kind: 'fold'; fold: Fold })
  | (Base & { kind: 'lost'; count: number })
  | (Base & { kind: 'end' })

/** Grows while the run goes on. */
export interface Fold {
  first: number
  last: number
  /** How often the pattern came. */
  times: number
  /** What repeats, as ["RCPT", "250"]. */
  pattern: readonly string[]
  /** Microseconds since the session began. */
  from: number
  to: number
}

/** A stretch of the dialogue with one protection. */
export interface Segment {
  wall: 'open' | 'sealed'
  lines: number
  octets: number
}

export interface BodyTotals {
  size: number
  last: boolean
  chunks: number
  /** `http`: the body of a request, whose length its header says. */
  encoding: 'data' | 'bdat' | 'http'
  firstSeq: number
  lastSeq: number
}
