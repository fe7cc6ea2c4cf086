/**
 * Owns: which form a text is, from its beginning. A score of each form: how many of its lines only that form writes.
 */
import { marksOf } from './marked.ts'
import { isNoise } from './opensslLines.ts'
import { notAText, sourceLines } from './sourceLines.ts'
import { isSwaksMark } from './swaks.ts'
import { readLogLine } from './syslog.ts'
import { isTelnetLine } from './telnet.ts'
import { type Form, forms, type SourceLine } from './types.ts'
import { isReply } from './unmarked.ts'

/** Characters and lines that are looked at. */
const sample = 65_536
const sampleLines = 600

export interface Recognised {
  /** Null when it looks like no dialogue at all. */
  form: Form | null
  /** Why it cannot be one, in words. */
  problem?: string
}

/** Cheap enough to run at every key: it looks at the first 64 Ki characters. */
export function recognise(text: string): Recognised {
  const problem = notAText(text)
  if (problem !== null) return { form: null, problem }
  if (/^\ufeff?\s*\{/.test(text.slice(0, 1000)) && /"format"\s*:\s*"relayscope-/.test(text.slice(0, sample)))
    return { form: 'case' }
  const lines = sourceLines(text.slice(0, sample)).lines.slice(0, sampleLines)
  const scores = scoresOf(lines)
  const best = forms.reduce<Form | null>(
    (found, form) => ((scores[form] ?? 0) > (found === null ? 0 : scores[found]!) ? form : found),
    null,
  )
  return { form: best }
}

type Scores = Partial<Record<Form, number>>

function scoresOf(lines: readonly SourceLine[]): Scores {
  const tally = (fits: (text: string) => boolean): number => lines.filter(({ text }) => fits(text)).length
  const replies = tally(isReply)
  const openssl = tally((text) => /^(?:CONNECTED\(|depth=|verify return:|Verify return code:|Certificate chain|CONNECTION ESTABLISHED|SSL handshake has read|[0-9A-F]{8,16}:error:|New, TLS)/.test(text)) // prettier-ignore
  const smtp4dev = tally((text) => /^220 .{1,300} smtp4dev ready/.test(text)) > 0
  const noise = openssl > 0 ? tally((text) => text !== '---' && isNoise(text)) : 0
  return {
    swaks: 3 * tally(isSwaksMark),
    openssl: openssl > 0 ? openssl + noise + replies : 0,
    postfix: 3 * tally((text) => readLogLine(text, 0) !== null),
    marked: 2 * (marksOf(lines)?.hits ?? 0),
    smtp4dev: smtp4dev ? replies + 1 : 0,
    telnet: replies + tally(isTelnetLine),
  }
}
