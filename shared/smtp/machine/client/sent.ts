/**
 * Owns: following what really went on the wire. Expectations come from the octets that were sent, never from what the
 * machine had in mind: a MAIL that a person turned into RSET is answered as RSET; two commands in one edit are two
 * replies; half a command is none until the rest follows.
 */
import { parseCommand, type Command } from '../../grammar/command.ts'
import { concat, fromByteString, toByteString } from '../../../bytes/bytes.ts'
import type { ClientTimeouts } from '../options.ts'
import { replaceMechanism } from './auth.ts'
import { afterEnd } from './content.ts'
import type { ClientCore, Pending, Step } from './core.ts'
import { phaseOf } from './lines.ts'
import { noteSent } from './sentNotes.ts'

/** Octets kept of a line that a person has begun and not ended. */
const longestPartial = 65_536
const nothing = new Uint8Array(0)

const verbs: Record<Step['name'], string> = {
  ehlo: 'EHLO', helo: 'HELO', starttls: 'STARTTLS', auth: 'AUTH', response: 'AUTH', cancel: 'AUTH', mail: 'MAIL',
  rcpt: 'RCPT', data: 'DATA', body: 'BDAT', end: 'final', quit: 'QUIT', reset: 'RSET', insert: '',
} // prettier-ignore

const waits: Record<string, keyof ClientTimeouts> = {
  MAIL: 'mail', RCPT: 'rcpt', DATA: 'data', BDAT: 'bodyEnd', final: 'bodyEnd', QUIT: 'quit',
} // prettier-ignore

export function expectReply(core: ClientCore, verb: string, own: boolean, recipient = -1): void {
  const timer = verb === 'final' ? 'body-end' : 'reply'
  const ms = core.timeouts[waits[verb] ?? 'command']
  core.expect({ verb, phase: phaseOf[verb] ?? 'other', ms, timer, recipient, own })
}

/** `edited`: what was sent instead of the line's own bytes. */
export function onSent(core: ClientCore, id: number, edited?: Uint8Array): void {
  const pending = core.pending.get(id)
  if (pending === undefined) return
  core.pending.delete(id)
  noteSent(core, pending, edited)
  if (core.state === 'content') return contentSent(core, pending, edited)
  const { name } = pending.step
  // While a 334 is open, whatever is said is taken for the response to it.
  const response = !core.challenged || name === 'response' || name === 'cancel'
  const plain = edited === undefined && name !== 'insert' && response
  if (plain && core.partial.length === 0 && core.owed === 0) return expectOwn(core, pending)
  core.careful = true
  follow(core, pending.step, edited ?? pending.line.bytes)
}

function expectOwn(core: ClientCore, { step, chunk }: Pending): void {
  const verb = verbs[step.name]
  if (verb === 'AUTH') core.challenged = false
  said(core, verb)
  if (chunk?.last) {
    // A person may have said QUIT while the chunk was held.
    if (core.commanding) core.move('last-chunk')
    return expectReply(core, 'final', true)
  }
  expectReply(core, verb, true, step.name === 'rcpt' ? step.index : -1)
}

/** State changes that happen by saying something. */
function said(core: ClientCore, verb: string): void {
  if (verb === 'STARTTLS') {
    core.tlsTried = true
    if (core.state === 'ready') core.move('starttls')
  } else if (verb === 'AUTH') {
    core.guarded = true
    if (core.state === 'ready') core.move('auth')
  } else if (verb === 'QUIT') {
    core.quitIssued = true
    if (core.commanding) core.move('quit')
  }
}

function contentSent(core: ClientCore, pending: Pending, edited: Uint8Array | undefined): void {
  const content = core.content!
  const bytes = edited ?? pending.line.bytes
  const ours = edited === undefined && pending.step.name === 'body'
  if (ours) {
    content.tail = concat([content.tail, bytes.subarray(-4)]).subarray(-4)
    return core.arm('body-block', core.timeouts.bodyBlock)
  }
  const rest = afterEnd(content, bytes)
  if (rest === null) {
    // The end of data was changed into something else: wait for a person, or for the server to lose patience.
    if (pending.step.name === 'end') core.arm('body-end', core.timeouts.bodyEnd)
    return
  }
  core.disarm()
  core.content = null
  core.move('end-of-data')
  expectReply(core, 'final', true)
  if (rest.length > 0) follow(core, { name: 'insert' }, rest)
}

/** Reads edited or inserted octets as the server will. */
export function follow(core: ClientCore, step: Step, octets: Uint8Array): void {
  const owed = Math.min(core.owed, octets.length)
  core.owed -= owed
  let data = concat([core.partial, octets.subarray(owed)])
  let own = step.name !== 'insert' || core.partialStep !== null
  const meant = core.partialStep ?? step
  core.partial = nothing
  core.partialStep = null
  for (let end = lineEnd(data); end > 0; end = lineEnd(data)) {
    const line = data.subarray(0, end)
    data = data.subarray(end)
    if (core.challenged) {
      core.challenged = false
      expectReply(core, 'AUTH', own)
      continue
    }
    const command = read(line)
    const mine = own && command.verb === verbs[meant.name]
    if (mine) own = false
    followCommand(core, command, mine, meant)
    if (command.verb === 'DATA') {
      core.spill = data
      return
    }
    if (command.verb === 'BDAT') {
      core.owed = Math.max(0, command.size - data.length)
      data = data.subarray(Math.min(command.size, data.length))
    }
  }
  core.partial = data.slice(0, longestPartial)
  core.partialStep = own && data.length > 0 && meant.name !== 'insert' ? meant : null
  if (bareEnded(core) && core.expected.length === 0) core.arm('reply', core.timeouts.command)
}

const LF = 10
const CR = 13

/** What is out ends in a bare LF or CR: many servers take that for a line and answer, others wait for a CRLF. */
export const bareEnded = ({ partial }: ClientCore): boolean => partial.at(-1) === LF || partial.at(-1) === CR

/** The server speaks although nothing is owed: it took every bare line end for one (which RFC 5321 §2.3.8 forbids). */
export function takeBareEnds(core: ClientCore): void {
  const pieces = toByteString(core.partial).match(/[^\r\n]+/g) ?? []
  const { partialStep } = core
  core.partial = nothing
  core.partialStep = null
  for (const [place, piece] of pieces.entries()) {
    const step = place === 0 && partialStep !== null ? partialStep : ({ name: 'insert' } as const)
    follow(core, step, fromByteString(`${piece}\r\n`))
  }
}

function followCommand(core: ClientCore, command: Command | Other, mine: boolean, step: Step): void {
  if (command.verb === 'AUTH') core.typedAuth = true
  if (command.verb === 'AUTH' && mine) replaceMechanism(core, command.mechanism, command.initial)
  if (command.verb === 'BDAT' && command.last && core.commanding) {
    core.content = null
    core.contentIssued = true
    core.move('last-chunk')
    return expectReply(core, 'final', true)
  }
  said(core, command.verb)
  expectReply(core, command.verb, mine, mine && step.name === 'rcpt' ? step.index : -1)
}

type Other = { verb: 'other' }

function read(line: Uint8Array): Command | Other {
  const parsed = parseCommand(line)
  return parsed.ok && parsed.command.verb !== 'unknown' ? parsed.command : { verb: 'other' }
}

/** Octets up to and with the first CRLF, 0 when there is none. */
function lineEnd(data: Uint8Array): number {
  for (let at = data.indexOf(13); at >= 0; at = data.indexOf(13, at + 1))
    if (data[at + 1] === 10) return at + 2
  return 0
}
