/**
 * Owns: one pass over a message's octets before anything parses it: what is against RFC 5322 in its lines, and where
 * reading should stop because a hostile message would cost seconds (a parser pays per line, not per octet).
 */

export interface Survey {
  lines: number
  bareLf: number
  bareCr: number
  /** Lines of more than 998 octets (RFC 5322 §2.1.1). */
  longLines: number
  nul: number
  /** Reading more octets than this costs too much. */
  readTo: number
}

/** Text lines that are read; lines of base64 cost the parser an eighth. */
export const lineBudget = 50_000
const base64Cost = 1 / 8
const longest = 998

const base64 = new Uint8Array(256)
for (const c of Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/='))
  base64[c] = 1

export function surveyMessage(bytes: Uint8Array, budget = lineBudget): Survey {
  const survey: Survey = { lines: 0, bareLf: 0, bareCr: 0, longLines: 0, nul: 0, readTo: bytes.length }
  let left = budget
  for (let at = 0; at < bytes.length;) {
    const lf = bytes.indexOf(0x0a, at)
    const end = lf < 0 ? bytes.length : lf
    const plain = surveyLine(bytes, at, end, lf >= 0, survey)
    left -= plain ? base64Cost : 1
    if (left < 0) {
      survey.readTo = at
      return survey
    }
    survey.lines++
    at = end + 1
  }
  return survey
}

/** True when the line looks like a full line of base64. */
function surveyLine(bytes: Uint8Array, from: number, to: number, ended: boolean, survey: Survey): boolean {
  const crlf = ended && to > from && bytes[to - 1] === 0x0d
  const end = crlf ? to - 1 : to
  if (ended && !crlf) survey.bareLf++
  if (end - from > longest) survey.longLines++
  let other = 0
  for (let at = from; at < end; at++) {
    const octet = bytes[at]!
    if (base64[octet] === 1) continue
    other++
    if (octet === 0x0d) survey.bareCr++
    else if (octet === 0) survey.nul++
  }
  return other === 0 && end - from >= 60
}

/** In words, with the section that is broken. */
export function lineProblems(survey: Survey): string[] {
  const problems: string[] = []
  const say = (count: number, one: string, many: string, rest: string) => {
    if (count > 0) problems.push(`${count} ${count === 1 ? one : many} ${rest}`)
  }
  say(survey.bareLf, 'line ends', 'lines end', 'with LF alone instead of CRLF (RFC 5322 §2.3)')
  say(survey.bareCr, 'CR octet stands', 'CR octets stand', 'without LF (RFC 5322 §2.3)')
  say(survey.longLines, 'line is', 'lines are', 'longer than 998 octets (RFC 5322 §2.1.1)')
  say(survey.nul, 'NUL octet', 'NUL octets', '(RFC 5322 §3.5 allows none)')
  return problems
}
