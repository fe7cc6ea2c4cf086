/**
 * Owns: Path and Reverse-path (RFC 5321 §4.1.2): angle brackets, the null path, Postmaster without domain, source routes
 * (accepted and ignored: §4.1.1.3, appendix C); 256 octets at most (§4.5.3.1.3).
 */
import { utf8Length } from '../../bytes/bytes.ts'
import { parseMailbox } from './mailbox.ts'
import { problem, type Problem, type Read } from './problem.ts'

export interface PathText {
  /** Mailbox text as sent, without brackets and route; `''` for the null path `<>`. */
  path: string
  /** Source route that was ignored, as `@a,@b`. */
  route?: string
  /** Characters of `text` read, brackets included. */
  length: number
  /** Needs SMTPUTF8. */
  international: boolean
  lenient: string[]
}

export type PathUse = 'reverse' | 'forward'

const maxPath = 256
const routeForm = /^(@[^@:,"<>\s]+(?:,@[^@:,"<>\s]+)*):/

/** Reads a path at the beginning of `text`. `<>` is right in MAIL only; `<Postmaster>` in RCPT only (§4.5.1). */
export function parsePath(text: string, use: PathUse): Read<PathText> {
  const field = use === 'reverse' ? 'reverse-path' : 'forward-path'
  const stop = findStop(text)
  if (stop < 0) return problem(field, text, 'no closing >; write <local@domain>')
  const bracketed = text.startsWith('<')
  const written = text.slice(0, stop)
  if (utf8Length(written) > maxPath) return problem(field, written, `more than ${maxPath} octets; shorten it`)
  const inside = bracketed ? written.slice(1, -1) : written
  const route = routeForm.exec(inside)?.[1]
  const path = route === undefined ? inside : inside.slice(route.length + 1)
  const lenient = bracketed ? [] : ['path without angle brackets']
  const value: PathText = { path, length: stop, international: false, lenient }
  if (route !== undefined) value.route = route
  if (path === '')
    return bracketed && use === 'reverse' && !route ? { ok: true, value } : empty(field, written, use)
  if (use === 'forward' && /^postmaster$/i.test(path) && !route) return { ok: true, value }
  const mailbox = parseMailbox(path)
  if (!mailbox.ok) return { ok: false, problem: inPath(field, mailbox.problem) }
  value.international = mailbox.value.international
  value.lenient.push(...mailbox.value.lenient)
  return { ok: true, value }
}

/** `<path>`; `<>` for `''`. Throws RangeError on a control character, which could end the command. */
export function printPath(path: string): string {
  // eslint-disable-next-line no-control-regex -- these are the characters to refuse
  if (/[\u0000-\u001f\u007f]/.test(path)) throw new RangeError('the path holds a control character')
  return `<${path}>`
}

/** Index after the path: after the `>` outside quotes, or at the first space when there is no `<`; -1 when it has no end. */
function findStop(text: string): number {
  const bracketed = text.startsWith('<')
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const c = text[i]
    if (quoted && c === '\\') i++
    else if (c === '"') quoted = !quoted
    else if (!quoted && bracketed && c === '>') return i + 1
    else if (!quoted && !bracketed && c === ' ') return i
  }
  return bracketed ? -1 : text.length
}

function empty(field: string, written: string, use: PathUse) {
  const orNull = use === 'reverse' ? ', or <> for the null reverse-path' : ''
  return problem(field, written, `empty; write <local@domain>${orNull}`)
}

function inPath(field: string, inner: Problem): Problem {
  return inner.field === 'address' ? { ...inner, field } : { ...inner, field: `${field}, ${inner.field}` }
}
